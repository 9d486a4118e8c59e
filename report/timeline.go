package report

import (
	"strconv"

	"cspplan/reconcile"
)

// timelineMonths is this month and the twelve after it: a year ahead is seen
// to the end whatever the day of the month.
const timelineMonths = 13

// A calendar sorts rows into columns: expired, the months from this one on,
// later, no date.
type calendar struct {
	asOf   reconcile.Date
	start  reconcile.Date // first of this month
	from   int            // its number, see monthNumber
	months int
}

func newCalendar(asOf reconcile.Date, months int) calendar {
	return calendar{asOf: asOf, start: asOf.FirstOfMonth(), from: monthNumber(asOf), months: months}
}

// monthNumber counts the months to that of a day.
func monthNumber(d reconcile.Date) int {
	y, m, _ := d.Civil()
	return y*12 + int(m)
}

// slots is the number of columns, expired, later and no date included.
func (c calendar) slots() int { return c.months + 3 }

func (c calendar) expired() int { return 0 }
func (c calendar) later() int   { return c.months + 1 }
func (c calendar) noDate() int  { return c.months + 2 }

// slot is the column of an expiry date. A day of this month that is over
// stands under expired.
func (c calendar) slot(d reconcile.Date) int {
	switch {
	case !d.Known():
		return c.noDate()
	case d < c.asOf:
		return c.expired()
	}
	n := monthNumber(d) - c.from
	if n >= c.months {
		return c.later()
	}
	return 1 + n
}

// month is the first day of a month's column.
func (c calendar) month(slot int) reconcile.Date { return c.start.AddMonths(slot - 1) }

// label heads a column: Nov, expired, later, no date.
func (c calendar) label(t *Texts, slot int) string {
	switch slot {
	case c.expired():
		return t.Label("time.expired")
	case c.later():
		return t.Label("time.later")
	case c.noDate():
		return t.Label("time.none")
	}
	return t.ShortMonth(c.month(slot))
}

// short is the label in at most six letters a word.
func (c calendar) short(t *Texts, slot int) string {
	switch slot {
	case c.expired():
		return t.Label("time.expired_short")
	case c.later():
		return t.Label("time.later_short")
	case c.noDate():
		return t.Label("time.none_short")
	}
	return c.label(t, slot)
}

// optional columns are shown only if they hold something; months always.
func (c calendar) optional(slot int) bool { return slot == 0 || slot > c.months }

// A timeline is the licences by month of expiry and status, done rows left out.
type timeline struct {
	calendar
	bars []MonthBar
	rows []int
}

func newTimeline(asOf reconcile.Date, months int) timeline {
	c := newCalendar(asOf, months)
	return timeline{c, make([]MonthBar, c.slots()), make([]int, c.slots())}
}

// add adds a row that is not done.
func (l *timeline) add(r *reconcile.Row) {
	n := l.slot(r.Sub.Expires)
	l.rows[n]++
	l.bars[n].Licences[r.Status] += licences(r)
	l.bars[n].Total += licences(r)
}

// shown are the columns with their labels, those left out that need not be shown.
func (l *timeline) shown(t *Texts) []MonthBar {
	kept := l.bars[:0]
	for n, bar := range l.bars {
		if l.optional(n) && l.rows[n] == 0 {
			continue
		}
		bar.Label, bar.Short = l.label(t, n), l.short(t, n)
		if !l.optional(n) {
			bar.Month = l.month(n)
			if y, m, _ := bar.Month.Civil(); n == 1 || m == 1 {
				bar.Year = strconv.Itoa(y)
			}
		}
		kept = append(kept, bar)
	}
	return kept
}
