package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// maxMemo bounds what a column remembers of its distinct cells: dates and
// numbers repeat a lot, and scanning them twice is most of the reading time.
const maxMemo = 1 << 16

// A dateColumn gathers, in a first walk over the sheet, what its cells prove,
// and reads them by one convention in a second walk.
type dateColumn struct {
	memo     map[sheet.Cell]dateCell
	date1904 bool

	readable, unreadable  int // cells with a date; texts that are none
	dayProofs, monthProof int
	open                  int // cells with two readings
	stored, swappable     int
	sample                string // first cell that shows the convention
	known                 func(string) bool
	strange               int // open cells that do not look as the layout writes dates

	order dateOrder
	by    string // who decided: by the column, by the file's other dates …
}

func newDateColumn(date1904 bool) *dateColumn {
	return &dateColumn{memo: make(map[sheet.Cell]dateCell), date1904: date1904}
}

func (c *dateColumn) scan(cell sheet.Cell) dateCell {
	if found, ok := c.memo[cell]; ok {
		return found
	}
	found := scanDate(cell, c.date1904)
	if len(c.memo) < maxMemo {
		cell.Text = strings.Clone(cell.Text) // a row's cells are only lent
		c.memo[cell] = found
	}
	return found
}

// survey takes one cell of the first walk into account.
func (c *dateColumn) survey(cell sheet.Cell) {
	found := c.scan(cell)
	switch found.form {
	case notDate:
		c.unreadable++
		return
	case noDate, never:
		return
	case twoReadings:
		c.open++
		if c.known != nil && !c.known(cell.Text) {
			c.strange++
		}
	}
	c.readable++
	if found.stored {
		c.stored++
	}
	if found.swappable {
		c.swappable++
	}
	switch found.proves {
	case dayFirst:
		c.dayProofs++
	case monthFirst:
		c.monthProof++
	}
	if c.sample == "" || found.proves != orderOpen && c.dayProofs+c.monthProof == 1 {
		c.sample = strings.Clone(cell.Text)
	}
}

// proven is the order that the column's own cells prove.
func (c *dateColumn) proven() dateOrder {
	switch {
	case c.dayProofs > 0 && c.monthProof > 0:
		return orderMixed
	case c.dayProofs > 0:
		return dayFirst
	case c.monthProof > 0:
		return monthFirst
	}
	return orderOpen
}

// swapped reports the mark of a spreadsheet that read dates in the wrong
// order: texts that prove one order stand beside date cells of which every one
// could be the other way round.
func (c *dateColumn) swapped() bool {
	return c.stored > 0 && c.stored == c.swappable && c.dayProofs+c.monthProof > 0
}

// decideDates settles the order of every date column of a sheet: by the column
// itself, then by the sheet's other dates, then by the settings, then by how
// the layout is known to write dates if every open cell looks like that.
func decideDates(columns []*dateColumn, settings, layout dateOrder) {
	file := orderOpen
	for _, c := range columns {
		switch proven := c.proven(); {
		case proven == orderOpen:
		case file == orderOpen || file == proven:
			file = proven
		default:
			file = orderMixed
		}
	}
	for _, c := range columns {
		switch {
		case c.proven() == dayFirst || c.proven() == monthFirst:
			c.order, c.by = c.proven(), "by the column"
		case c.open == 0:
		case file == dayFirst || file == monthFirst:
			c.order, c.by = file, "by the file's other dates"
		case settings != orderOpen:
			c.order, c.by = settings, "by the settings"
		case layout != orderOpen && c.strange == 0 && c.proven() == orderOpen:
			c.order, c.by = layout, "as this kind of export writes them"
		}
	}
}

// The outcomes of reading a cell of a date column.
type dateResult uint8

const (
	dateRead dateResult = iota
	dateMissing
	dateNever
	dateBad
	dateAmbiguous
)

// read applies the column's convention to one cell.
func (c *dateColumn) read(cell sheet.Cell) (reconcile.Date, dateResult) {
	found := c.scan(cell)
	switch found.form {
	case noDate:
		return 0, dateMissing
	case never:
		return 0, dateNever
	case notDate:
		return 0, dateBad
	case fixedDate:
		if found.stored && c.swapped() {
			return 0, dateAmbiguous
		}
		return found.day, dateRead
	}
	switch c.order {
	case dayFirst:
		return found.day, dateRead
	case monthFirst:
		return found.monthFirst, dateRead
	}
	return 0, dateAmbiguous
}

// ambiguous reports whether the column leaves every date that it has open.
func (c *dateColumn) ambiguous() bool {
	return c.open > 0 && c.open == c.readable && c.order == orderOpen
}

// String says how the column is read, for `check`.
func (c *dateColumn) String() string {
	if c.readable == 0 && c.unreadable == 0 {
		return "no dates"
	}
	text := fmt.Sprintf("%d dates", c.readable)
	if c.sample != "" {
		text += " as " + c.sample
	}
	switch {
	case c.order == dayFirst || c.order == monthFirst:
		text += fmt.Sprintf(" (%s, %s)", c.order, c.by)
	case c.open > 0:
		text += fmt.Sprintf(" (%d could be day/month or month/day)", c.open)
	}
	if c.swapped() {
		text += ", date cells that a spreadsheet may have read in the wrong order"
	}
	if c.unreadable > 0 {
		text += fmt.Sprintf(", %d not a date", c.unreadable)
	}
	return text
}

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
