package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A dateColumn gathers, in a first walk over the sheet, what its cells prove,
// and reads them by one convention in a second walk.
type dateColumn struct {
	dateEvidence
	memo     cellMemo[dateCell]
	last     lastCell[dateCell]
	calendar calendar
	known    func(string) bool

	stated dateOrder // by the heading
	order  dateOrder
	by     string // who decided: by the column, by the file's other dates …
}

// dateEvidence is what the cells of a date column prove.
type dateEvidence struct {
	readable, unreadable int      // cells with a date; texts that are none
	fits                 orderSet // orders in which every cell is a day
	open                 int      // cells with several readings
	dotted               int      // of these, cells with dots
	strange              int      // of these, cells that do not look as the layout writes dates
	texts                int      // text cells whose order is certain
	stored, swappable    int
	sample               string // first cell that shows the convention
}

func newDateColumn(c calendar) *dateColumn {
	return &dateColumn{calendar: c, dateEvidence: dateEvidence{fits: anyOrder}}
}

// scan reads one cell by itself. The result is valid until the next cell.
func (c *dateColumn) scan(cell sheet.Cell) *dateCell {
	if c.last.is(cell) {
		return &c.last.found
	}
	found, ok := quickDate(cell)
	if !ok {
		found, ok = c.memo.get(cell)
	}
	if !ok {
		found = c.calendar.scanDate(cell)
		found.strange = found.form == severalReadings && c.known != nil && !c.known(cell.Text)
		c.memo.put(cell, found)
	}
	return c.last.keep(cell, found)
}

// forGoroutine is the column with a memory of its own, to be read by once its
// convention is settled.
func (c *dateColumn) forGoroutine() *dateColumn {
	if c == nil {
		return nil
	}
	own := *c
	own.memo = cellMemo[dateCell]{}
	return &own
}

// survey takes one cell of the first walk into account.
func (c *dateColumn) survey(cell sheet.Cell) { c.take(c.scan(cell), cell.Text) }

// take takes a cell and its text into account.
func (c *dateEvidence) take(found *dateCell, text string) {
	switch found.form {
	case fixedDate:
		if found.fits == 0 && !found.stored && c.sample != "" { // nearly always
			c.readable++
			return
		}
	case notDate:
		c.unreadable++
		return
	case noDate, never:
		return
	case severalReadings:
		c.open++
		if found.dots {
			c.dotted++
		}
		if found.strange {
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
	before := c.proven()
	if found.fits != 0 {
		c.fits &= found.fits
	}
	if found.fits != 0 && found.fits.only() != orderOpen {
		c.texts++
	}
	if c.sample == "" || before == orderOpen && c.proven() != orderOpen {
		c.sample = strings.Clone(text)
	}
}

// canJoin reports whether the evidence of the rows that follow can be taken as a
// whole. Where they prove an order only together with the earlier ones, nobody knows
// which cell shows it, and they must be taken one by one.
func (c *dateEvidence) canJoin(next *dateEvidence) bool {
	return c.fits == anyOrder || !c.turns(next)
}

// turns reports whether an order is proven with the rows that follow.
func (c *dateEvidence) turns(next *dateEvidence) bool {
	return c.proven() == orderOpen && (c.fits&next.fits).only() != orderOpen
}

// join takes the evidence of the rows that follow, if it can.
func (c *dateEvidence) join(next *dateEvidence) {
	if c.sample == "" || c.turns(next) {
		c.sample = next.sample
	}
	c.readable += next.readable
	c.unreadable += next.unreadable
	c.fits &= next.fits
	c.open += next.open
	c.dotted += next.dotted
	c.strange += next.strange
	c.texts += next.texts
	c.stored += next.stored
	c.swappable += next.swappable
}

// proven is the order that the column's own cells prove.
func (c *dateEvidence) proven() dateOrder { return c.fits.only() }

// swapped reports the mark of a spreadsheet that read dates in the wrong
// order: texts that prove one order stand beside date cells of which every one
// could be the other way round.
func (c *dateEvidence) swapped() bool {
	return c.stored > 0 && c.stored == c.swappable && c.texts > 0
}

// A dateReading is all that the reading of a cell takes from its column.
type dateReading struct {
	order          dateOrder
	swapped, mixed bool
	open           bool // nothing is decided or proven
}

func (c *dateColumn) reading() dateReading {
	return dateReading{c.order, c.swapped(), c.proven() == orderMixed, c.order == orderOpen && c.proven() == orderOpen}
}

// decideDates settles the order of every date column of a sheet: by the column
// itself, then by its heading, then by the sheet's other dates, then by the
// settings, then by how the layout is known to write dates if every open cell
// looks like that. Dots go with the day first wherever they are written, which
// the settings may deny.
func decideDates(columns []*dateColumn, settings, layout dateOrder) {
	all := anyOrder
	for _, c := range columns {
		all &= c.fits
	}
	file := all.only()
	for _, c := range columns {
		fit := func(o dateOrder) bool { return o != orderOpen && o != orderMixed && (c.fits == 0 || c.fits.has(o)) }
		switch {
		case c.proven() != orderOpen && c.proven() != orderMixed:
			c.order, c.by = c.proven(), "by the column"
		case c.open == 0:
		case fit(c.stated):
			c.order, c.by = c.stated, "by the heading"
		case c.dotted == c.open && settings == orderOpen && c.proven() == orderOpen:
			c.order, c.by = dayFirst, "as dots are used"
		case fit(file):
			c.order, c.by = file, "by the file's other dates"
		case fit(settings):
			c.order, c.by = settings, "by the settings"
		case fit(layout) && c.strange == 0 && c.proven() == orderOpen:
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
		if found.stored && c.swapped() || found.short && c.proven() == orderMixed {
			return 0, dateAmbiguous
		}
		return found.day, dateRead
	}
	order := c.order
	if order == orderOpen && found.dots && c.proven() == orderOpen {
		order = dayFirst
	}
	if day := found.readings[order%orderMixed]; day.Known() {
		return day, dateRead
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
	case c.order != orderOpen:
		text += fmt.Sprintf(" (%s, %s)", c.order, c.by)
	case c.open > 0:
		text += fmt.Sprintf(" (%d could be day/month or another order)", c.open)
	}
	if c.swapped() {
		text += ", date cells that a spreadsheet may have read in the wrong order"
	}
	if c.unreadable > 0 {
		text += fmt.Sprintf(", %d not a date", c.unreadable)
	}
	return text
}
