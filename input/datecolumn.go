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

	stated dateOrder // by the heading
	order  dateOrder
	by     string // who decided: by the column, by the file's other dates …
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
// itself, then by its heading, then by the sheet's other dates, then by the settings, then by how
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
		case c.stated != orderOpen:
			c.order, c.by = c.stated, "by the heading"
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
