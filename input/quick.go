package input

import (
	"time"

	"github.com/govalues/decimal"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// What most cells of an export look like is read here by hand, ten times as fast
// as by the functions that know everything people write. Those read all else, and
// tests hold both to the same result.

// isoDay reads YYYY-MM-DD, a day of the years that are believed.
func isoDay(text string) (reconcile.Date, bool) {
	if len(text) != len("2026-12-31") || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	year, ok1 := digits(text[:4])
	month, ok2 := digits(text[5:7])
	day, ok3 := digits(text[8:])
	if !ok1 || !ok2 || !ok3 || year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > daysOf(year, month) {
		return 0, false
	}
	return firstOfYear[year-firstYear] + reconcile.Date(daysBefore[month-1]+day-1+leapDay(year, month)), true
}

// quickDate reads a cell that holds such a day.
func quickDate(cell sheet.Cell) (dateCell, bool) {
	day, ok := isoDay(cell.Text)
	if !ok || cell.Kind != sheet.Text && cell.Kind != sheet.Date {
		return dateCell{}, false
	}
	found := dateCell{form: fixedDate, day: day, stored: cell.Kind == sheet.Date}
	found.swappable = found.stored && cell.Text[8:] <= "12"
	return found, true
}

// firstOfYear are the first days of January.
var firstOfYear = func() (first [lastYear - firstYear + 1]reconcile.Date) {
	for i := range first {
		first[i] = reconcile.NewDate(firstYear+i, time.January, 1)
	}
	return first
}()

// daysBefore are the days of an ordinary year before each month.
var daysBefore = [...]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

func daysOf(year, month int) int {
	n := daysBefore[month] - daysBefore[month-1]
	if month == 2 {
		n += leapDay(year, 3)
	}
	return n
}

// leapDay is 1 behind the 29 February of a leap year. The years that are believed
// hold one year of a full century that is none, 2100.
func leapDay(year, month int) int {
	if month > 2 && year%4 == 0 && year != 2100 {
		return 1
	}
	return 0
}

// digits reads a number of nothing but digits, eighteen at most.
func digits(text string) (n int, ok bool) {
	if len(text) == 0 || len(text) > 18 {
		return 0, false
	}
	for i := range len(text) {
		d := text[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int(d)
	}
	return n, true
}

// quickNumber reads 29 and 79.90. What a workbook stores is written otherwise if
// it is longer or begins with 0.
func quickNumber(cell sheet.Cell) (numberCell, bool) {
	text := cell.Text
	if cell.Kind != sheet.Text && cell.Kind != sheet.Number || text == "" {
		return numberCell{}, false
	}
	dot := -1
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && dot < 0 && i > 0:
			dot = i
		default:
			return numberCell{}, false
		}
	}
	switch fraction := len(text) - 1 - dot; {
	case dot < 0 && (cell.Kind == sheet.Text || len(text) <= exactDigits && (text[0] != '0' || len(text) == 1)):
		return numberCell{form: plainNumber, text: text}, true
	case dot < 0 || cell.Kind == sheet.Number || fraction == 0 || fraction == 3 && dot <= 3 && text[0] != '0':
		return numberCell{}, false
	}
	return numberCell{form: plainNumber, text: text, proves: '.'}, true
}

// quickCount reads a number of licences of nothing but digits, which means the
// same in every column.
func quickCount(cell sheet.Cell) (reconcile.Count, bool) {
	if cell.Kind != sheet.Text && cell.Kind != sheet.Number || len(cell.Text) > len("1000000") {
		return reconcile.Count{}, false
	}
	n, ok := digits(cell.Text)
	if !ok || n > maxLicences {
		return reconcile.Count{}, false
	}
	return reconcile.Whole(n), true
}

// parseAmount reads settled digits (see numberCell).
func parseAmount(text string) (decimal.Decimal, error) {
	if text == "" {
		return decimal.Parse(text)
	}
	value, scale := 0, -1
	for i := range len(text) {
		d := text[i] - '0'
		switch {
		case d <= 9 && i < 18:
			value = value*10 + int(d)
		case text[i] == '.' && scale < 0 && i > 0 && i < len(text)-1:
			scale = len(text) - 1 - i
		default:
			return decimal.Parse(text)
		}
	}
	return decimal.New(int64(value), max(0, scale))
}

// hexDigits marks the digits of GUIDs with 1, everything else with 0.
var hexDigits = func() (hex [256]byte) {
	for _, c := range "0123456789abcdefABCDEF" {
		hex[c] = 1
	}
	return hex
}()

// usualForm reports whether a text is a GUID as programs write it: digits in
// their groups, no brackets.
func usualForm(text string) bool {
	return len(text) == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' &&
		allHex(text[:8]) && allHex(text[9:13]) && allHex(text[14:18]) && allHex(text[19:23]) && allHex(text[24:])
}

// allHex goes to the end of the text without a look at what it has found so far: ids
// are asked for it several times a row, and hardly any fails.
func allHex(text string) bool {
	all := byte(1)
	for i := range len(text) {
		all &= hexDigits[text[i]]
	}
	return all == 1
}
