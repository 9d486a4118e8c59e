package sheet

import (
	"bytes"
	"strconv"
	"strings"
)

// readCells reads the cells of a row. One without a reference follows the one
// before it.
func (s *worksheetReader) readCells() error {
	for column, place := 0, 0; ; column, place = column+1, place+1 {
		read, err := s.cellsLikeAbove(place)
		if err != nil {
			return err
		}
		if read > place {
			place, column = read, s.above.cells[read-1].column+1
		}
		cell, at, ok, err := s.ownCell(place, column)
		if err != nil {
			return err
		}
		if s.count > s.limits.Cells {
			return s.refuse(CodeTooManyCells, "up to this row the sheet has more than %d cells; %s", s.limits.Cells, raise("cells"))
		}
		if !ok {
			s.leave(place)
			return nil
		}
		if err := s.put(at, cell); err != nil {
			return err
		}
		column = at
	}
}

// ownCell reads the next cell of the row, the place-th, without a look at the one
// above; ok is false if there is none. If it does not say its column, it is this one.
func (s *worksheetReader) ownCell(place, column int) (cell Cell, at int, ok bool, err error) {
	cell, at, ok, err = s.shortCell(place)
	if !ok && err == nil {
		if ok, err = s.nextCell(); err == nil && ok {
			if cell, at, err = s.longCell(column); err == nil {
				s.learn(place, at, plainCell{}, nil)
			}
		}
	}
	if ok {
		s.count++
	}
	return cell, at, ok, err
}

// shortCell reads the next cell of the row, the place-th, if it is written as most
// are.
func (s *worksheetReader) shortCell(place int) (cell Cell, column int, ok bool, err error) {
	x := s.x
	if x.empty || x.cdata || x.unprefixed != mainSpace {
		return Cell{}, 0, false, nil
	}
	p, ok := s.plainCell(x.buf[x.pos:])
	if !ok {
		return Cell{}, 0, false, nil
	}
	if column, err = s.column(p.ref); err != nil {
		return Cell{}, 0, false, err
	}
	if cell, err = s.value(column, p.class, p.style, p.text); err != nil {
		return Cell{}, 0, false, err
	}
	s.learn(place, column, p, x.buf[x.pos:x.pos+p.size])
	x.pos += p.size
	x.brackets = 0
	return cell, column, true, nil
}

// longCell reads the cell that has begun, whatever it holds. If it does not say
// its column, it is this one.
func (s *worksheetReader) longCell(column int) (cell Cell, at int, err error) {
	if ref, placed := s.x.attr("r"); placed {
		if column, err = s.column(ref); err != nil {
			return Cell{}, 0, err
		}
	}
	cell, err = s.readCell()
	return cell, column, err
}

// nextCell goes to the next cell of the row, past whatever else it may hold.
func (s *worksheetReader) nextCell() (bool, error) {
	for {
		more, err := s.x.child()
		if err != nil || !more || s.isMain("c") {
			return more, err
		}
		if err := s.x.skip(); err != nil {
			return false, err
		}
	}
}

// column reads a cell's reference such as B7, which must be of the row that it
// stands in, and returns the column, counted from 0.
func (s *worksheetReader) column(ref []byte) (int, error) {
	column, i := 0, 0
	for ; i < len(ref) && i < 3 && 'A' <= ref[i] && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	if i > 0 && bytes.Equal(ref[i:], s.own) {
		return column - 1, nil
	}
	if row, err := strconv.Atoi(string(ref[i:])); i == 0 || err != nil || row != s.row { // B07 may be written, too
		return 0, s.refuse(CodeBrokenXML, "this row holds a cell that calls itself %q; %s", printable(ref), saveAgain)
	}
	return column - 1, nil
}

// put places a cell that the row does not have yet.
func (s *worksheetReader) put(column int, cell Cell) error {
	if cell.Kind != Empty && column < len(s.cells) && s.cells[column].Kind != Empty {
		return s.refuse(CodeBrokenXML, "column %s occurs twice in this row; %s", columnName(column), saveAgain)
	}
	return s.replace(column, cell)
}

// replace places a cell where that of the row above may stand. Empty ones are of no
// account behind the others: whole rows may be formatted to the last column.
func (s *worksheetReader) replace(column int, cell Cell) error {
	if column < len(s.cells) {
		s.cells[column] = cell
		return nil
	}
	if cell.Kind == Empty {
		return nil
	}
	if limit := s.limits.Columns; column >= limit {
		return s.refuse(CodeTooManyCells, "this row has a value in column %s, and %d columns are read at most; delete what stands far beside the table, or %s", columnName(column), limit, raise("columns"))
	}
	for len(s.cells) <= column {
		s.cells = append(s.cells, Cell{})
	}
	s.cells[column] = cell
	return nil
}

// columnName is the letters of a column, counted from 0.
func columnName(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// readCell reads a cell to its end.
func (s *worksheetReader) readCell() (Cell, error) {
	kind, _ := s.x.attr("t")
	class := cellClass(kind)
	style := 0
	if v, found := s.x.attr("s"); found {
		style, _ = strconv.Atoi(string(v)) // what is no number, as s="", is the standard style
	}
	s.buf = s.buf[:0]
	formula, valued := false, false
	var written []byte // the formula, if it is asked for
	for {
		more, err := s.x.child()
		switch {
		case err != nil:
			return Cell{}, err
		case !more:
			if formula && s.book.onFormula != nil {
				s.book.onFormula()
			}
			switch {
			case len(written) > 0 && class == errorCell: // =case 7: the program could not work it out
				return textCell("=" + strings.TrimPrefix(string(written), "=")), nil
			case len(s.buf) > 0 || !formula || class == stringCell && (valued || !s.book.formulas):
			case len(written) > 0:
				return textCell("=" + strings.TrimPrefix(string(written), "=")), nil
			default:
				return Cell{Fault, noValue}, nil
			}
			return s.cell(class, style, s.buf)
		case s.isMain("v"):
			const bytesPerChar = 7 // as in richText
			valued = true
			if s.buf, err = s.x.content(s.buf[:0], bytesPerChar*s.limits.CellChars); err == nil && class == stringCell {
				if s.buf = unescapeX(s.buf); s.limits.tooLong(s.buf) {
					err = errTooLong
				}
			}
		case s.isMain("is"):
			s.buf, err = richText(s.x, s.buf[:0], s.limits)
		case s.isMain("f") && s.book.formulas:
			formula = true
			written, err = s.x.content(nil, s.limits.CellChars)
		default:
			formula = formula || s.isMain("f")
			err = s.x.skip()
		}
		if err == errTooLong {
			return Cell{}, s.tooLong()
		}
		if err != nil {
			return Cell{}, err
		}
	}
}

func (s *worksheetReader) tooLong() error {
	return s.refuse(CodeTooLarge, "a cell of this row has more than %d characters, which no spreadsheet program allows; shorten it, or raise s.limits.cell_chars in the settings", s.limits.CellChars)
}
