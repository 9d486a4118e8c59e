package sheet

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// A worksheetReader streams the rows of one worksheet. It gives out every <row>
// that holds anything, in order, or refuses the workbook: rows must ascend and
// occur once, and the part must be well-formed to its end.
type worksheetReader struct {
	book  *workbook
	name  string // of the sheet
	part  string
	x     *xmlScanner
	row   int    // number of the last row
	own   []byte // its digits, with which the references of its cells end
	count int64  // of cells
	cells []Cell
	buf   []byte
	pool  textPool
	days  map[string]string // dates by the number that stands for them

	above   []likeAbove // what the cells of the row looked like that was read last, in their order
	rowTail []byte      // how the tag of the last row went on behind its number

	picked []bool // the columns whose texts are wanted; nil: all
	unread bool   // the text of the cell at hand is not
}

// noValue is the text of a formula's cell whose program did not store what it
// gives; nothing is ever computed here.
const noValue = "formula without a value"

// openSheet begins to read a worksheet and goes to its rows.
func (w *workbook) openSheet(name, part string) (*worksheetReader, error) {
	in, err := w.pack.open(part)
	if err != nil {
		return nil, err
	}
	s := &worksheetReader{book: w, name: name, part: part, x: newXMLScanner(&ahead{r: in, where: w.pack.src.name})}
	if err := s.x.root("worksheet", mainSpace); err != nil {
		return nil, s.refusal(err)
	}
	for {
		more, err := s.x.child()
		if err != nil {
			return nil, s.refusal(err)
		}
		if !more {
			return nil, s.refusal(xmlFault("it has no <sheetData>"))
		}
		if s.isMain("sheetData") {
			return s, nil
		}
		if err := s.x.skip(); err != nil {
			return nil, s.refusal(err)
		}
	}
}

// openPicked begins to read a worksheet of which only some columns are looked at.
func (w *workbook) openPicked(name, part string, columns []int) (rowReader, error) {
	s, err := w.openSheet(name, part)
	if err != nil {
		return nil, err
	}
	s.picked = []bool{}
	for _, c := range columns {
		for len(s.picked) <= c {
			s.picked = append(s.picked, false)
		}
		s.picked[c] = true
	}
	return s, nil
}

func (s *worksheetReader) isMain(name string) bool {
	return s.x.space == mainSpace && string(s.x.name) == name
}

// where is the sheet and the row that is being read, for messages.
func (s *worksheetReader) where() string {
	where := s.book.pack.src.name + "!" + s.name
	if s.row > 0 {
		where += ":" + strconv.Itoa(s.row)
	}
	return where
}

func (s *worksheetReader) refuse(code, format string, args ...any) error {
	return refuse(code, s.where(), format, args...)
}

func (s *worksheetReader) refusal(err error) error {
	return s.book.pack.refusal(s.part, s.where(), err)
}

func (s *worksheetReader) next() (Row, error) {
	for {
		s.cells = s.cells[:0]
		number, plain := s.plainRow()
		more, err := plain, error(nil)
		if !plain {
			more, err = s.x.child()
		}
		switch {
		case err != nil:
			return Row{}, s.refusal(err)
		case !more:
			if err := s.end(); err != nil {
				return Row{}, s.refusal(err)
			}
			return Row{}, io.EOF
		case plain:
			err = s.enter(number)
		case !s.isMain("row"):
			err = s.x.skip()
		default:
			err = s.readRow()
		}
		if err != nil {
			return Row{}, s.refusal(err)
		}
		if !blank(s.cells) {
			return Row{Number: s.row, Cells: s.cells}, nil
		}
	}
}

// end reads what stands behind the rows, to the last byte of the part.
func (s *worksheetReader) end() error {
	for {
		more, err := s.x.child()
		switch {
		case err != nil:
			return err
		case !more:
			return s.x.finish()
		case s.isMain("sheetData"):
			return xmlFault("it has two lists of rows")
		}
		if err := s.x.skip(); err != nil {
			return err
		}
	}
}

// readRow reads a row into s.cells. A row without a number follows the one
// before it.
func (s *worksheetReader) readRow() error {
	s.learnRow()
	number := s.row + 1
	if r, found := s.x.attr("r"); found {
		n, err := strconv.Atoi(string(r))
		switch {
		case err != nil || n < 1:
			return s.refuse(CodeBrokenXML, "after this row comes one whose number is %q; %s", printable(r), saveAgain)
		case n == s.row:
			return s.refuse(CodeBrokenXML, "this row number occurs twice, so that rows may be missing or doubled; %s", saveAgain)
		case n < s.row:
			return s.refuse(CodeBrokenXML, "after this row comes row %d, so that rows may be missing or doubled; %s", n, saveAgain)
		}
		number = n
	}
	return s.enter(number)
}

// enter reads the cells of the row of this number, which is above that of the
// last one.
func (s *worksheetReader) enter(number int) error {
	limits := s.book.pack.src.limits
	s.row, s.own = number, strconv.AppendInt(s.own[:0], int64(number), 10)
	if number > limits.Rows {
		return s.refuse(CodeTooManyCells, "the sheet has a row of this number, and %d rows are read at most; delete what stands far below the table, or %s", limits.Rows, raise("rows"))
	}
	return s.readCells(limits)
}

// readCells reads the cells of a row. One without a reference follows the one
// before it.
func (s *worksheetReader) readCells(limits Limits) error {
	for column, place := 0, 0; ; column, place = column+1, place+1 {
		cell, at, ok, err := s.shortCell(place)
		if !ok && err == nil {
			if ok, err = s.nextCell(); err == nil && ok {
				cell, at, err = s.longCell(column)
			}
		}
		if err != nil || !ok {
			return err
		}
		if s.count++; s.count > limits.Cells {
			return s.refuse(CodeTooManyCells, "up to this row the sheet has more than %d cells; %s", limits.Cells, raise("cells"))
		}
		column = at
		if err := s.put(column, cell); err != nil {
			return err
		}
	}
}

// shortCell reads the next cell of the row, the place-th, if it is written as most
// are.
func (s *worksheetReader) shortCell(place int) (cell Cell, column int, ok bool, err error) {
	x := s.x
	if x.empty || x.cdata || x.unprefixed != mainSpace {
		return Cell{}, 0, false, nil
	}
	if place < len(s.above) {
		if cell, ok, err = s.cellLikeAbove(&s.above[place]); ok || err != nil {
			return cell, s.above[place].column, ok, err
		}
	}
	p, ok := s.plainCell(x.buf[x.pos:])
	if !ok {
		return Cell{}, 0, false, nil
	}
	if column, err = s.column(p.ref); err != nil {
		return Cell{}, 0, false, err
	}
	s.pick(column)
	if cell, err = s.cell(p.class, p.style, p.text); err != nil {
		return Cell{}, 0, false, err
	}
	s.learnCell(place, column, p, cell)
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
	s.pick(column)
	cell, err = s.readCell()
	return cell, column, err
}

// pick tells for the cell of a column whether its text is wanted.
func (s *worksheetReader) pick(column int) {
	s.unread = s.picked != nil && (column >= len(s.picked) || !s.picked[column])
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

// put places a cell. Empty ones are of no account: whole rows may be formatted to
// the last column.
func (s *worksheetReader) put(column int, cell Cell) error {
	if cell.Kind == Empty {
		return nil
	}
	if limit := s.book.pack.src.limits.Columns; column >= limit {
		return s.refuse(CodeTooManyCells, "this row has a value in column %s, and %d columns are read at most; delete what stands far beside the table, or %s", columnName(column), limit, raise("columns"))
	}
	for len(s.cells) <= column {
		s.cells = append(s.cells, Cell{})
	}
	if s.cells[column].Kind != Empty {
		return s.refuse(CodeBrokenXML, "column %s occurs twice in this row; %s", columnName(column), saveAgain)
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
	limits := s.book.pack.src.limits
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
			if s.buf, err = s.x.content(s.buf[:0], bytesPerChar*limits.CellChars); err == nil && class == stringCell {
				if s.buf = unescapeX(s.buf); limits.tooLong(s.buf) {
					err = errTooLong
				}
			}
		case s.isMain("is"):
			s.buf, err = richText(s.x, s.buf[:0], limits)
		case s.isMain("f") && s.book.formulas:
			formula = true
			written, err = s.x.content(nil, limits.CellChars)
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
	return s.refuse(CodeTooLarge, "a cell of this row has more than %d characters, which no spreadsheet program allows; shorten it, or raise limits.cell_chars in the settings", s.book.pack.src.limits.CellChars)
}

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

// cell makes a cell of a value.
func (s *worksheetReader) cell(c class, style int, text []byte) (Cell, error) {
	value := bytes.TrimSpace(text)
	switch {
	case c == stringCell && (!s.unread || len(value) == 0):
		return textCell(s.pool.add(text)), nil
	case len(value) == 0:
		return Cell{}, nil
	case c == sharedCell: // whose number is checked even if its text is not wanted
		return s.sharedCell(value)
	case s.unread:
		return Cell{Text, unreadText}, nil
	}
	switch c {
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

// rowsInBlock is how many rows of a worksheet make a block.
const rowsInBlock = 1024

// sheetBlocks reads a worksheet in blocks. Its rows must be read one after the
// other; what is made of them need not be.
type sheetBlocks struct {
	rows  rowReader
	cells int // the most that a block had so far
}

func (r *sheetBlocks) read(b *Block) error {
	if cap(b.cells) < r.cells { // growing would copy them several times
		b.cells = make([]Cell, 0, r.cells)
	}
	defer func() { r.cells = max(r.cells, len(b.cells)) }()
	for len(b.Rows) < rowsInBlock {
		row, err := r.rows.next()
		if err == io.EOF {
			b.last = true
			break
		}
		if err != nil {
			return err
		}
		from := len(b.cells)
		b.cells = append(b.cells, row.Cells...)
		row.Cells = b.cells[from:len(b.cells):len(b.cells)]
		b.Rows = append(b.Rows, row)
	}
	if len(b.Rows) == 0 {
		return io.EOF
	}
	return nil
}

func (r *sheetBlocks) cut(*Block) error { return nil }
