package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
)

// A numberColumn does for numbers what dateColumn does for dates: the decimal
// mark is decided by the whole column.
type numberColumn struct {
	memo map[sheet.Cell]numberCell

	readable, unreadable int
	open                 int
	dots, commas         int // cells that prove a decimal dot or comma

	mark byte // decided decimal mark; 0 if open or mixed
	by   string
}

func newNumberColumn() *numberColumn {
	return &numberColumn{memo: make(map[sheet.Cell]numberCell)}
}

func (c *numberColumn) scan(cell sheet.Cell) numberCell {
	if found, ok := c.memo[cell]; ok {
		return found
	}
	found := scanNumber(cell)
	if len(c.memo) < maxMemo {
		cell.Text = strings.Clone(cell.Text) // a row's cells are only lent
		c.memo[cell] = found
	}
	return found
}

// survey takes one cell of the first walk into account.
func (c *numberColumn) survey(cell sheet.Cell) {
	found := c.scan(cell)
	switch found.form {
	case noNumber:
		return
	case notNumber:
		c.unreadable++
		return
	case openNumber:
		c.open++
	}
	c.readable++
	switch found.proves {
	case '.':
		c.dots++
	case ',':
		c.commas++
	}
}

func (c *numberColumn) proven() (mark byte, mixed bool) {
	switch {
	case c.dots > 0 && c.commas > 0:
		return 0, true
	case c.dots > 0:
		return '.', false
	case c.commas > 0:
		return ',', false
	}
	return 0, false
}

// decideNumbers settles the decimal mark of every number column: by the column
// itself, then by the sheet's other numbers, then by the settings, then by how
// the layout is known to write numbers.
func decideNumbers(columns []*numberColumn, settings, layout byte) {
	var file byte
	conflict := false
	for _, c := range columns {
		mark, mixed := c.proven()
		conflict = conflict || mixed || mark != 0 && file != 0 && mark != file
		if mark != 0 {
			file = mark
		}
	}
	for _, c := range columns {
		mark, mixed := c.proven()
		switch {
		case mark != 0:
			c.mark, c.by = mark, "by the column"
		case c.open == 0 || mixed && settings == 0:
		case file != 0 && !conflict:
			c.mark, c.by = file, "by the file's other numbers"
		case settings != 0:
			c.mark, c.by = settings, "by the settings"
		case layout != 0:
			c.mark, c.by = layout, "as this kind of export writes them"
		}
	}
}

// read applies the column's convention: the digits with a dot, the currency
// that the cell names, and whether it is a number at all. A blank cell is no
// number and no fault.
func (c *numberColumn) read(cell sheet.Cell) (text, currency string, ok bool) {
	found := c.scan(cell)
	mark := c.mark
	if _, mixed := c.proven(); mixed && found.form == plainNumber {
		mark = 0
	}
	text, ok = found.settle(mark)
	return text, found.currency, ok
}

// missing reports whether the cell says nothing.
func (c *numberColumn) missing(cell sheet.Cell) bool { return c.scan(cell).form == noNumber }

// ambiguous reports whether the cell is 1.000 and nothing says which it is.
func (c *numberColumn) ambiguous(cell sheet.Cell) bool {
	return c.scan(cell).form == openNumber && c.mark == 0
}

// String says how the column is read, for `check`.
func (c *numberColumn) String() string {
	text := fmt.Sprintf("%d numbers", c.readable)
	switch {
	case c.mark == ',':
		text += ", decimal comma, " + c.by
	case c.mark == '.':
		text += ", decimal dot, " + c.by
	case c.dots > 0 && c.commas > 0:
		text += ", decimal comma and decimal dot mixed"
	case c.open > 0:
		text += fmt.Sprintf(", %d could be thousands or decimals", c.open)
	}
	if c.unreadable > 0 {
		text += fmt.Sprintf(", %d not a number", c.unreadable)
	}
	return text
}
