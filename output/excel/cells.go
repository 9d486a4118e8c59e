package excel

import "github.com/xuri/excelize/v2"

// sheetCells sets single cells of a small sheet and keeps the first error, so
// that the layout can be read without a check after each cell.
type sheetCells struct {
	b    *book
	name string
	err  error
}

// set puts a value into a cell without a style of its own. Text is made fit
// for a cell first.
func (s *sheetCells) set(column, row int, value any) {
	if text, ok := value.(string); ok {
		value = s.b.plain(text)
	}
	s.do(func() error { return s.b.f.SetCellValue(s.name, cellName(column, row), value) })
}

// put puts a value with its looks into a cell; a nil value is an empty cell.
func (s *sheetCells) put(column, row int, value any, sh shape) {
	if value != nil {
		s.set(column, row, value)
	}
	s.dress(column, row, column, sh)
}

// dress gives the cells of a row, from one column to another, a style.
func (s *sheetCells) dress(from, row, to int, sh shape) {
	s.do(func() error {
		style, err := s.b.styles.of(sh)
		if err != nil {
			return err
		}
		return s.b.f.SetCellStyle(s.name, cellName(from, row), cellName(to, row), style)
	})
}

// rich puts runs of text with their own fonts into a cell.
func (s *sheetCells) rich(column, row int, runs []excelize.RichTextRun) {
	for i := range runs {
		runs[i].Text = s.b.plain(runs[i].Text)
	}
	s.do(func() error { return s.b.f.SetCellRichText(s.name, cellName(column, row), runs) })
}

// link makes a cell jump to a place in this workbook. Targets are names of our
// own sheets, never text of the input.
func (s *sheetCells) link(column, row int, sheet, cell string) {
	s.do(func() error { return s.b.link(s.name, cellName(column, row), sheet, cell) })
}

// width sets the width of a column in characters.
func (s *sheetCells) width(column int, characters float64) {
	s.do(func() error {
		return s.b.f.SetColWidth(s.name, columnName(column), columnName(column), characters)
	})
}

// height sets the height of rows in points.
func (s *sheetCells) height(from, to int, points float64) {
	for row := from; row <= to; row++ {
		s.do(func() error { return s.b.f.SetRowHeight(s.name, row, points) })
	}
}

// do runs a step unless one before it failed.
func (s *sheetCells) do(step func() error) {
	if s.err == nil {
		s.err = step()
	}
}
