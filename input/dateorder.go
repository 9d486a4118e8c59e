package input

import (
	"math/bits"
	"slices"
)

// A dateOrder is how three numbers make a date.
type dateOrder uint8

const (
	orderOpen  dateOrder = iota // nothing decides it
	dayFirst                    // 31/12/2026
	monthFirst                  // 12/31/2026
	yearFirst                   // 26/12/31; four digits tell a year without any order
	orderMixed                  // the column proves more than one
)

func (o dateOrder) String() string {
	switch o {
	case dayFirst:
		return "day first"
	case monthFirst:
		return "month first"
	case yearFirst:
		return "year first"
	}
	return ""
}

// DateOrders lists the words that the settings' date_order accepts.
var DateOrders = []string{"day-first", "month-first", "year-first"}

// parseDateOrder reads the settings' date_order; orderOpen if it is none.
func parseDateOrder(word string) dateOrder {
	return dateOrder(slices.Index(DateOrders, word) + 1)
}

// An orderSet holds the orders by which a cell, or every cell of a column, is
// a day of the calendar.
type orderSet uint8

const anyOrder = orderSet(1<<dayFirst | 1<<monthFirst | 1<<yearFirst)

func (s orderSet) has(o dateOrder) bool { return s&(1<<o) != 0 }

// only is the single order of the set: orderOpen if there are several,
// orderMixed if there is none.
func (s orderSet) only() dateOrder {
	switch {
	case s == 0:
		return orderMixed
	case s&(s-1) != 0:
		return orderOpen
	}
	return dateOrder(bits.TrailingZeros8(uint8(s)))
}
