package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
)

// A numberColumn does for numbers what dateColumn does for dates: the decimal
// mark is decided by the whole column.
type numberColumn struct {
	numberEvidence
	memo  cellMemo[numberCell]
	last  lastCell[numberCell]
	whole bool // counts things: no cell can mean a fraction

	mark byte // decided decimal mark; 0 if open or mixed
	by   string
}

// numberEvidence is what the cells of a number column prove.
type numberEvidence struct {
	readable, unreadable int
	open                 int
	dots, commas         int // cells that prove a decimal dot or comma
	bare                 int // cells of digits alone
	openDots, openCommas groupMarks
}

// groupMarks counts the open cells that use one mark, and those among them
// that are no whole number unless the mark separates thousands: 1,250.
type groupMarks struct{ cells, thousands int }

func newNumberColumn(whole bool) *numberColumn {
	return &numberColumn{whole: whole}
}

// scan reads one cell by itself. The result is valid until the next cell.
func (c *numberColumn) scan(cell sheet.Cell) *numberCell {
	if c.last.is(cell) {
		return &c.last.found
	}
	found, ok := quickNumber(cell)
	if !ok {
		found, ok = c.memo.get(cell)
	}
	if !ok {
		cell.Text = strings.Clone(cell.Text) // what is found shares memory with it
		found = scanNumber(cell)
		c.memo.put(cell, found)
	}
	return c.last.keep(cell, found)
}

// forGoroutine is the column with a memory of its own, to be read by once its
// convention is settled.
func (c *numberColumn) forGoroutine() *numberColumn {
	if c == nil {
		return nil
	}
	own := *c
	own.memo = cellMemo[numberCell]{}
	return &own
}

// survey takes one cell of the first walk into account.
func (c *numberColumn) survey(cell sheet.Cell) { c.take(c.scan(cell)) }

func (c *numberEvidence) take(found *numberCell) {
	switch found.form {
	case noNumber:
		return
	case notNumber:
		c.unreadable++
		return
	case openNumber:
		c.open++
		marks := &c.openDots
		if found.mark == ',' {
			marks = &c.openCommas
		}
		marks.cells++
		if !strings.HasSuffix(found.grouped, "000") {
			marks.thousands++
		}
	case plainNumber:
		if found.proves == 0 {
			c.bare++
		}
	}
	c.readable++
	switch found.proves {
	case '.':
		c.dots++
	case ',':
		c.commas++
	}
}

// takeDigits takes a text of nothing but digits, as most counts are, which proves no
// mark: there is no need to read it for that. It reports whether the cell is one.
func (c *numberEvidence) takeDigits(cell sheet.Cell) bool {
	if cell.Kind != sheet.Text {
		return false
	}
	if _, ok := digits(cell.Text); !ok {
		return false
	}
	c.readable++
	c.bare++
	return true
}

// join takes the evidence of the rows that follow.
func (c *numberEvidence) join(next *numberEvidence) {
	c.readable += next.readable
	c.unreadable += next.unreadable
	c.open += next.open
	c.dots += next.dots
	c.commas += next.commas
	c.bare += next.bare
	c.openDots.add(next.openDots)
	c.openCommas.add(next.openCommas)
}

func (m *groupMarks) add(next groupMarks) {
	m.cells += next.cells
	m.thousands += next.thousands
}

// A numberReading is all that the reading of a cell takes from its column.
type numberReading struct {
	mark  byte
	mixed bool
}

func (c *numberColumn) reading() numberReading {
	_, mixed := c.proven()
	return numberReading{c.mark, mixed}
}

func (c *numberEvidence) proven() (mark byte, mixed bool) {
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

// separated is the decimal mark of a column of whole numbers whose other mark
// can only separate thousands: 1,250 is no number of licences otherwise, and
// whoever writes 25 for twenty-five does not write 1,000 for one. 0 if the
// column does not tell.
func (c *numberColumn) separated() byte {
	tells := func(m groupMarks) bool { return m.thousands > 0 || m.cells > 0 && c.bare > 0 }
	switch {
	case !c.whole || c.bothOpen():
		return 0
	case tells(c.openDots):
		return ','
	case tells(c.openCommas):
		return '.'
	}
	return 0
}

// bothOpen reports whether a column of whole numbers groups its thousands, or
// parts its decimals, in both ways.
func (c *numberColumn) bothOpen() bool {
	return c.whole && c.openDots.cells > 0 && c.openCommas.cells > 0
}

// decideNumbers settles the decimal mark of every number column: by the column
// itself, then by the sheet's other numbers, then by the settings, then by how
// the layout is known to write numbers, then by what whole numbers can be.
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
	others := "by the file's other numbers"
	if file == 0 && settings == 0 && layout == 0 {
		file, conflict = separatedMark(columns)
		others = "by the file's whole numbers"
	}
	for _, c := range columns {
		mark, mixed := c.proven()
		own := c.separated()
		switch {
		case mark != 0:
			c.mark, c.by = mark, "by the column"
		case c.bothOpen() && settings == 0: // 1.000 and 1,000 in one column: two hands, and nobody can tell
		case own != 0 && file != 0 && file != own && settings == 0: // 1.000 and 25 beside 12.50: nobody can tell
		case c.open == 0 || mixed && settings == 0:
		case file != 0 && !conflict:
			c.mark, c.by = file, others
		case settings != 0:
			c.mark, c.by = settings, "by the settings"
		case layout != 0:
			c.mark, c.by = layout, "as this kind of export writes them"
		}
	}
}

// separatedMark is the decimal mark that the columns of whole numbers agree on.
func separatedMark(columns []*numberColumn) (mark byte, conflict bool) {
	for _, c := range columns {
		if m := c.separated(); m != 0 {
			conflict = conflict || mark != 0 && mark != m
			mark = m
		}
	}
	return mark, conflict
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
