package input

import (
	"strconv"
	"time"

	"cspplan/reconcile"
)

// A calendar says which days a column of dates can hold.
type calendar struct {
	date1904 bool           // the workbook counts its days from 1904
	asOf     reconcile.Date // of the run; zero if it is not known

	// Bounds for years of two digits; zero is no bound but that of the century.
	earliest, latest reconcile.Date
}

// The years that are believed. Other calendars (2569 of the Buddhist era, 1448
// of the Hijra) and slips of the finger lie outside.
const firstYear, lastYear = 1990, 2119

// firstOnline is the year before Office 365 was sold: no subscription is older.
const firstOnline = 2010

// longestAhead and longestPast bound the expiry dates that an export holds, in
// months. A term is three years at most, and bought a while before it starts;
// what ended five years ago has no data left.
const longestAhead, longestPast = 48, 60

// forField is the calendar of a field's column. The year
// stands last nearly everywhere, so what is old counts against the year first:
// as an expiry date, 15/01/27 is not of the year 2015.
func (c calendar) forField(f field) calendar {
	c.earliest = reconcile.NewDate(firstOnline, time.January, 1)
	if !c.asOf.Known() {
		return c
	}
	c.latest = c.asOf.AddMonths(longestAhead)
	switch f {
	case fExpires, fRenews, fEnds:
		c.earliest = c.asOf.AddMonths(-longestPast)
	}
	return c
}

// yearLast reads the day of 31/12/26; no day if the year is none of this business.
func (c calendar) yearLast(year, month, day string) (reconcile.Date, bool) {
	d, form := calendarDay("20"+year, month, day)
	return d, form == fixedDate && d >= reconcile.NewDate(firstOnline, time.January, 1) && !c.tooLate(d)
}

// yearFirst reads the day of 26/12/31.
func (c calendar) yearFirst(year, month, day string) (reconcile.Date, bool) {
	d, form := calendarDay("20"+year, month, day)
	return d, len(year) == 2 && form == fixedDate && d >= c.earliest && !c.tooLate(d)
}

func (c calendar) tooLate(d reconcile.Date) bool { return c.latest != 0 && d > c.latest }

// calendarDay makes a day of digits: a fixedDate, notDate, or never.
func calendarDay(year, month, day string) (reconcile.Date, dateForm) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if placeholder(y, m, d) {
		return 0, never
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < firstYear || y > lastYear || m < 1 || m > 12 || t.Day() != d {
		return 0, notDate
	}
	return reconcile.DateOf(t), fixedDate
}

// placeholder tells the days that programs write for "not set" and "no end".
func placeholder(y, m, d int) bool {
	first := m == 1 && d == 1
	switch y {
	case 0:
		return m == 0 && d == 0 // MySQL
	case 1, 1601, 1753, 1970: // .NET, Windows, SQL Server, Unix
		return first
	case 1899:
		return m == 12 && (d == 30 || d == 31) // a spreadsheet's day 0
	case 1900:
		return m <= 1 && d <= 1 // the same, as spreadsheets show it: 0 January
	}
	return y >= 2999 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}
