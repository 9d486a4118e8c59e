package sheet

import (
	"io"
	"strconv"
)

// A worksheetReader streams the rows of one worksheet. It gives out every <row>
// that holds anything, in order, or refuses the workbook: rows must ascend and
// occur once, and the part must be well-formed to its end.
type worksheetReader struct {
	book   *workbook
	limits Limits
	name   string // of the sheet
	part   string
	x      *xmlScanner
	row    int    // number of the last row
	own    []byte // its digits, with which the references of its cells end
	count  int64  // of cells
	cells  []Cell // of the row; at first those of the one above
	loose  bool   // cells of the row are not in above
	only   []bool // the columns whose values are made; nil: of all
	buf    []byte
	pool   textPool
	days   map[string]string // dates by the number that stands for them

	above   aboveRow
	rowTail []byte // how the tag of the last row went on behind its number
}

// noValue is the text of a formula's cell whose program did not store what it
// gives; nothing is ever computed here.
const noValue = "formula without a value"

// openSheet begins to read a worksheet and goes to its rows.
func (w *workbook) openSheet(name, part string, only []bool) (*worksheetReader, error) {
	in, err := w.pack.open(part)
	if err != nil {
		return nil, err
	}
	s := &worksheetReader{book: w, limits: w.pack.src.limits, name: name, part: part, only: only, x: newXMLScanner(&ahead{r: in, where: w.pack.src.name})}
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
			if err = s.x.skip(); err == nil {
				continue
			}
		default:
			err = s.readRow()
		}
		if err != nil {
			return Row{}, s.refusal(err)
		}
		if cells := s.filled(); !blank(cells) {
			return Row{Number: s.row, Cells: cells}, nil
		}
	}
}

// filled are the cells of the row up to the last that holds anything.
func (s *worksheetReader) filled() []Cell {
	n := len(s.cells)
	for n > 0 && s.cells[n-1].Kind == Empty {
		n--
	}
	return s.cells[:n:n]
}

// end reads what stands behind the rows, to the last byte of the part.
func (s *worksheetReader) end() error {
	for {
		more, err := s.x.child()
		switch {
		case err != nil:
			return err
		case !more:
			if err := s.x.finish(); err != nil {
				return err
			}
			s.x.release()
			return nil
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
	s.row, s.own = number, strconv.AppendInt(s.own[:0], int64(number), 10)
	if number > s.limits.Rows {
		return s.refuse(CodeTooManyCells, "the sheet has a row of this number, and %d rows are read at most; delete what stands far below the table, or %s", s.limits.Rows, raise("rows"))
	}
	s.begin()
	return s.readCells()
}

// begin makes ready for the cells of a row. It should be there as a whole, so that
// it can be compared with the one above: it will be about as long.
func (s *worksheetReader) begin() {
	if s.loose {
		s.loose, s.above.known = false, 0
		s.cut(0)
	}
	s.above.begin(s.own)
	for need := min(2*len(s.above.text), maxTagBytes); len(s.x.buf)-s.x.pos < need && s.x.more(); {
	}
}
