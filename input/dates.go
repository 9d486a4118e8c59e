package input

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A dateOrder is which of the first two numbers of 05/12/2026 is the day.
type dateOrder uint8

const (
	orderOpen dateOrder = iota // nothing decides it
	dayFirst
	monthFirst
	orderMixed // the column proves both
)

func (o dateOrder) String() string {
	switch o {
	case dayFirst:
		return "day first"
	case monthFirst:
		return "month first"
	}
	return ""
}

// A dateForm is what one cell alone says about its date.
type dateForm uint8

const (
	noDate      dateForm = iota // empty, or a word for nothing
	never                       // a word or a year that stands for "no end"
	notDate                     // a text, or a day that no calendar has
	fixedDate                   // one reading only
	twoReadings                 // 05/12/2026
)

// A dateCell is a cell of a date column before the column's convention is
// applied. For twoReadings both readings are valid days.
type dateCell struct {
	form       dateForm
	day        reconcile.Date // fixedDate; the day-first reading of twoReadings
	monthFirst reconcile.Date // the month-first reading of twoReadings
	proves     dateOrder      // what a fixed 23/11/2026 says about its column
	stored     bool           // a date cell of a workbook: some spreadsheet read it already
	swappable  bool           // stored, and its day could have been its month
}

var (
	yearFirst = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})([-/.])(\d{1,2})(.*)$`)
	yearLast  = regexp.MustCompile(`^(\d{1,2})([-/.])\s?(\d{1,2})([-/.])\s?(\d{4}|\d{2})(\D.*)?$`)
	eastern   = regexp.MustCompile(`^(\d{4})\s?[年년.]\s?(\d{1,2})\s?[月월.]\s?(\d{1,2})\s?[日일.]?(.*)$`)
	compact   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	serial    = regexp.MustCompile(`^\d{1,6}(\.\d+)?$`)
	clock     = regexp.MustCompile(`^[t ,.]{0,2}(?:(?:am|pm|午前|午後|上午|下午|오전|오후)?\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s?(?:am|pm|a\.? ?m\.?|p\.? ?m\.?)?)?\s?(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$`)
)

// The days between which a serial number in a date column is believed:
// 1954-10-03 to 2119-01-10.
const firstSerial, lastSerial = 20000, 80000

// scanDate reads one cell. Two-digit years stand last and belong to this
// century. The time of day and the zone are dropped: the day that is written is
// the day that is meant.
func scanDate(cell sheet.Cell, date1904 bool) dateCell {
	switch cell.Kind {
	case sheet.Empty, sheet.Fault:
		return dateCell{}
	case sheet.Number:
		return scanSerial(cell.Text, date1904)
	case sheet.Bool:
		return dateCell{form: notDate}
	}
	text := strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(cell.Text)), " "))
	if blank(text) {
		return dateCell{}
	}
	if _, ok := lookUp(neverWords, text); ok {
		return dateCell{form: never}
	}
	found := scanText(text, date1904)
	if cell.Kind == sheet.Date && found.form == fixedDate {
		found.stored, found.swappable = true, found.day.Time().Day() <= 12
	}
	return found
}

func scanText(text string, date1904 bool) dateCell {
	if first, rest, found := strings.Cut(text, " "); found && rest[0] <= '9' && fillers()[fold(first)] {
		text = rest // Do 31.12.2026
	}
	if m := compact.FindStringSubmatch(text); m != nil {
		return calendarDay(m[1], m[2], m[3])
	}
	if serial.MatchString(text) {
		return scanSerial(text, date1904)
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil && m[2] == m[4] && clock.MatchString(m[6]) {
		return calendarDay(m[1], m[3], m[5])
	}
	if m := eastern.FindStringSubmatch(text); m != nil && clock.MatchString(strings.TrimSpace(m[4])) {
		return calendarDay(m[1], m[2], m[3])
	}
	if m := yearLast.FindStringSubmatch(text); m != nil && m[2] == m[4] && clock.MatchString(m[6]) {
		return eitherOrder(m[1], m[3], fullYear(m[5]), m[2] == ".")
	}
	return scanNamed(text)
}

// scanSerial reads a spreadsheet's day number. Serial 60 is a day that never
// was (29 February 1900); all numbers near it are refused anyway.
func scanSerial(text string, date1904 bool) dateCell {
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || strings.ContainsAny(text, "eE-") {
		return dateCell{form: notDate}
	}
	if n == 0 {
		return dateCell{form: never}
	}
	if date1904 {
		n += 1462
	}
	if n < firstSerial || n > lastSerial {
		return dateCell{form: notDate}
	}
	return dateCell{form: fixedDate, day: reconcile.NewDate(1899, time.December, 30) + reconcile.Date(n)}
}

// eitherOrder reads two numbers and a year. Dots are used day first wherever
// they are used; slashes and dashes are not.
func eitherOrder(first, second, year string, dots bool) dateCell {
	asDay := calendarDay(year, second, first)
	if dots || asDay.form == never {
		return asDay
	}
	asMonth := calendarDay(year, first, second)
	switch {
	case asMonth.form == never: // 12/31/9999
		return asMonth
	case asDay.form == fixedDate && asMonth.form == fixedDate:
		if asDay.day == asMonth.day {
			return asDay
		}
		return dateCell{form: twoReadings, day: asDay.day, monthFirst: asMonth.day}
	case asDay.form == fixedDate:
		asDay.proves = dayFirst
		return asDay
	case asMonth.form == fixedDate:
		asMonth.proves = monthFirst
		return asMonth
	}
	return dateCell{form: notDate}
}

func fullYear(digits string) string {
	if len(digits) == 2 {
		return "20" + digits
	}
	return digits
}

// calendarDay makes a day of digits. Years that exports write for "no end" or
// "not set" (9999, 2999, 1753, 0001) are no dates, nor is the first day of
// computers' calendars.
func calendarDay(year, month, day string) dateCell {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != d || t.Month() != time.Month(m) {
		return dateCell{form: notDate}
	}
	if y >= 2200 || y <= 1900 || y == 1970 && m == 1 && d == 1 {
		return dateCell{form: never}
	}
	return dateCell{form: fixedDate, day: reconcile.DateOf(t)}
}

// scanNamed reads dates with the name of a month: 30-AUG-2025, 31 dicembre
// 2026, August 30, 2025, 30 de agosto de 2025, Friday, 30 August 2025 00:00.
func scanNamed(text string) dateCell {
	var month time.Month
	var numbers []string
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,/-.", r) })
	for i, w := range words {
		if m, ok := monthNames()[fold(w)]; ok && month == 0 {
			month = m
			continue
		}
		if number := ordinal(w); number != "" && len(numbers) < 2 {
			numbers = append(numbers, number)
			continue
		}
		if fillers()[fold(w)] {
			continue
		}
		if len(numbers) == 2 && month != 0 && clock.MatchString(strings.Join(words[i:], " ")) {
			break
		}
		return dateCell{form: notDate}
	}
	if month == 0 || len(numbers) != 2 {
		return dateCell{form: notDate}
	}
	day, year := numbers[0], numbers[1]
	if len(day) == 4 {
		day, year = year, day
	}
	if len(day) > 2 || len(year) != 2 && len(year) != 4 {
		return dateCell{form: notDate}
	}
	return calendarDay(fullYear(year), strconv.Itoa(int(month)), day)
}

// ordinal returns the digits of 30, 30th, 1er or 1º; empty for anything else.
func ordinal(word string) string {
	end := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return word
	}
	switch word[end:] {
	case "st", "nd", "rd", "th", "er", "º", "o", "e":
		return word[:end]
	}
	return ""
}
