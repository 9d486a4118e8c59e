package excel

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/govalues/decimal"

	xlsx "cspplan/input/sheet"
	"cspplan/reconcile"
	"cspplan/report"
)

// A dayReader reads days that people typed. Where a text can be two days it is
// not read at all: the person is asked, nothing is guessed.
type dayReader struct {
	dayFirst bool // 05/12/2026 is in December; English leaves it open
	months   map[string]time.Month
}

func newDayReader(language string) dayReader {
	return dayReader{dayFirst: language != "en", months: map[string]time.Month{}}
}

// learn takes over the names of the months of a language, short and long.
func (r dayReader) learn(text *report.Texts) {
	for m := time.January; m <= time.December; m++ {
		day := reconcile.NewDate(2026, m, 1)
		long, _, _ := strings.Cut(text.LongMonth(day), " ")
		for _, name := range []string{text.ShortMonth(day), long} {
			r.months[foldWord(strings.TrimSuffix(name, "."))] = m
		}
	}
}

var (
	isoDay     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	numericDay = regexp.MustCompile(`^(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?(\d{4}|\d{2})$`)
	namedDay   = regexp.MustCompile(`^(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -](?:de )?(\p{L}+)\.?[ ,-]+(?:de )?(\d{4})$`)
	monthFirst = regexp.MustCompile(`^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
)

// read reads a cell of a date column: a real date, its number where the format
// was lost, or text.
func (r dayReader) read(c xlsx.Cell) (reconcile.Date, bool) {
	text := foldWord(c.Text)
	switch c.Kind {
	case xlsx.Date:
		day, _, _ := strings.Cut(c.Text, "T")
		d, err := reconcile.ParseDate(day)
		return d, err == nil && d.Known()
	case xlsx.Number:
		return serialDay(text)
	}
	if m := isoDay.FindStringSubmatch(text); m != nil {
		return calendarDay(m[1], m[2], m[3])
	}
	if m := numericDay.FindStringSubmatch(text); m != nil {
		return r.numeric(m[1], m[3], m[4], m[2] == ".")
	}
	if m := namedDay.FindStringSubmatch(text); m != nil {
		return r.named(m[3], m[2], m[1])
	}
	if m := monthFirst.FindStringSubmatch(text); m != nil {
		return r.named(m[3], m[1], m[2])
	}
	return 0, false
}

// serialDay reads the number of a day from 2000 on.
func serialDay(text string) (reconcile.Date, bool) {
	d, err := decimal.Parse(text)
	if err != nil {
		return 0, false
	}
	n, _, ok := d.Trunc(0).Int64(0)
	if !ok || n < oldestDate || n > lastDate {
		return 0, false
	}
	return reconcile.Date(n - serialOfEpoch), true
}

// numeric reads two numbers and a year: by the dots, by the language, or
// because only one order makes a day.
func (r dayReader) numeric(first, second, year string, dots bool) (reconcile.Date, bool) {
	if len(year) == 2 {
		year = "20" + year
	}
	asDay, isDay := calendarDay(year, second, first)
	if dots || r.dayFirst {
		return asDay, isDay
	}
	asMonth, isMonth := calendarDay(year, first, second)
	switch {
	case isDay && isMonth:
		return asDay, asDay == asMonth
	case isMonth:
		return asMonth, true
	}
	return asDay, isDay
}

func (r dayReader) named(year, name, day string) (reconcile.Date, bool) {
	month, ok := r.months[name]
	if !ok {
		return 0, false
	}
	return calendarDay(year, strconv.Itoa(int(month)), day)
}

// calendarDay makes a day of this century of digits, if there is such a day.
func calendarDay(year, month, day string) (reconcile.Date, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 2000 || y > 2199 || m < 1 || m > 12 || t.Day() != d {
		return 0, false
	}
	return reconcile.DateOf(t), true
}
