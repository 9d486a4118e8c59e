package sheet

import (
	"bytes"
	"strconv"
)

// A class is what the type of a cell says about its value.
type class uint8

const (
	numberCell class = iota
	sharedCell
	stringCell // written in the cell itself
	boolCell
	errorCell
	dateCell
)

func cellClass(t []byte) class {
	switch string(t) {
	case "", "n":
		return numberCell
	case "s":
		return sharedCell
	case "b":
		return boolCell
	case "e":
		return errorCell
	case "d":
		return dateCell
	}
	return stringCell // str, inlineStr
}

// Unread stands for the value of a cell that was not asked for (Sheet.Only).
const Unread = "…"

// value makes a plain cell of a value if its column is asked for. If not, the cell
// says no more than that it is not blank, but a number of a text is looked up: it
// may lead nowhere.
func (s *worksheetReader) value(column int, c class, style int, text []byte) (Cell, error) {
	const first, last = '!', '~' // what begins with one of those between is not blank
	if s.only == nil || column < len(s.only) && s.only[column] || c == sharedCell || len(text) == 0 || text[0] < first || text[0] > last {
		return s.cell(c, style, text)
	}
	return Cell{Text, Unread}, nil
}

// cell makes a cell of a value.
func (s *worksheetReader) cell(c class, style int, text []byte) (Cell, error) {
	if c == stringCell {
		return textCell(s.pool.add(text)), nil
	}
	value := bytes.TrimSpace(text)
	if len(value) == 0 {
		return Cell{}, nil
	}
	switch c {
	case sharedCell:
		return s.sharedCell(value)
	case errorCell:
		return Cell{Fault, s.pool.add(value)}, nil
	case boolCell:
		switch string(value) {
		case "1", "true":
			return Cell{Bool, "TRUE"}, nil
		case "0", "false":
			return Cell{Bool, "FALSE"}, nil
		}
	case dateCell:
		if text, ok := isoDate(string(value)); ok {
			return Cell{Date, text}, nil
		}
	case numberCell:
		if !isPlainNumber(value) && !isNumber(string(value)) {
			break
		}
		if style >= 0 && style < len(s.book.dates) && s.book.dates[style] {
			if text, ok := s.day(value); ok {
				return Cell{Date, text}, nil
			}
		}
		return Cell{Number, s.pool.add(value)}, nil
	}
	return textCell(s.pool.add(value)), nil // not what its type promises, but nothing is lost
}

// maxDays is how many dates are kept by their numbers: more than a century's.
const maxDays = 1 << 16

// day is the date that a number shows. Most dates of a sheet occur many times:
// each is worked out once.
func (s *worksheetReader) day(value []byte) (text string, ok bool) {
	if text, ok = s.days[string(value)]; ok {
		return text, true
	}
	if text, ok = serialDate(string(value), s.book.date1904); !ok {
		return "", false
	}
	if s.days == nil {
		s.days = make(map[string]string)
	}
	if len(s.days) < maxDays {
		s.days[string(value)] = text
	}
	return text, true
}

// isPlainNumber tells digits, with a sign or a point among them, without a look at
// the forms that numbers may have besides.
func isPlainNumber(b []byte) bool {
	if len(b) > 1 && b[0] == '-' {
		b = b[1:]
	}
	points := 0
	for _, c := range b {
		switch {
		case '0' <= c && c <= '9':
		case c == '.' && points == 0:
			points++
		default:
			return false
		}
	}
	return len(b) > points
}

// sharedCell looks up a text by its number. A number that has no text would be
// an empty cell to a careless reader.
func (s *worksheetReader) sharedCell(value []byte) (Cell, error) {
	n, err := strconv.Atoi(string(value))
	texts := s.book.strings
	switch {
	case err != nil || n < 0 || n >= len(texts.texts):
		return Cell{}, s.refuse(CodeBrokenXML, "a cell of this row refers to text %s of the workbook, which has %d; %s", printable(value), len(texts.texts), saveAgain)
	case texts.tooLong[n]:
		return Cell{}, s.tooLong()
	}
	return textCell(texts.texts[n]), nil
}
