package input

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A dateForm is what one cell alone says about its date.
type dateForm uint8

const (
	noDate          dateForm = iota // empty, or a word for nothing
	never                           // a word or a day that stands for "no end"
	notDate                         // a text, or a day that no calendar has
	fixedDate                       // one day, in whatever order it is read
	severalReadings                 // 05/12/2026
)

// A dateCell is a cell of a date column before the column's convention is
// applied.
type dateCell struct {
	form     dateForm
	day      reconcile.Date                // fixedDate
	readings [yearFirst + 1]reconcile.Date // severalReadings: the day by each order, zero if that is no day
	fits     orderSet                      // orders that the cell can be in; 0 of a date that has none

	dots      bool // 05.12.2026, and the year cannot be first
	short     bool // two digits for the year: the calendar may have left readings out
	stored    bool // a date cell of a workbook: some spreadsheet read it already
	swappable bool // stored, and its day could have been its month
	strange   bool // several readings, and not as the layout writes dates
}

var (
	fullYear  = newPattern(`^(\d{4})([-/.])(\d{1,2})([-/.])(\d{1,2})(\D.*)?$`)
	numbered  = newPattern(`^(\d{1,2})([-/.]) ?(\d{1,2})([-/.]) ?(\d{4}|\d{2})(\D.*)?$`)
	eastern   = newPattern(`^(\d{4}) ?[年년.] ?(\d{1,2}) ?[月월.] ?(\d{1,2}) ?[日일.]?(\D.*)?$`)
	compact   = newPattern(`^(\d{4})(\d{2})(\d{2})$`)
	serial    = newPattern(`^\d{1,6}([.,]\d+)?$`)
	clock     = newPattern(`^[t ,.]{0,2}(?:(?:at |à |om |um |kl\.? |alle |ore |às |a las )?(?:am|pm|午前|午後|上午|下午|오전|오후)? ?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)? ?(?:am|pm|a\.? ?m\.?|p\.? ?m\.?|öö|ös|uhr)?)? ?\(?(?:z|utc|gmt|[+-]\d{2}:?\d{2})?\)?$`)
	lastWord  = newPattern(`^(.*[\d日일.]) ?[(]?(\pL+)\.?[)]?$`)
	numbMonth = newPattern(`^(\d{1,2})[月월]$`)
)

// scanDate reads one cell. A year of two digits belongs to this century. The
// time of day and the zone are dropped: the day that is written is the day that
// is meant. Exporters write midnight in their own zone; brought to UTC, the
// last day of a term in Rome would become the one before.
func (c calendar) scanDate(cell sheet.Cell) dateCell {
	switch cell.Kind {
	case sheet.Empty, sheet.Fault:
		return dateCell{}
	case sheet.Number:
		if m := compact.FindStringSubmatch(cell.Text); m != nil {
			return oneDay(calendarDay(m[1], m[2], m[3]))
		}
		return c.scanSerial(cell.Text)
	case sheet.Bool:
		return dateCell{form: notDate}
	}
	text := plainDate(cell.Text)
	if blank(text) {
		return dateCell{}
	}
	if _, ok := lookUp(neverWords, text); ok {
		return dateCell{form: never}
	}
	found := c.scanText(text)
	if cell.Kind == sheet.Date && found.form == fixedDate {
		found.stored, found.swappable = true, found.day.Time().Day() <= 12
	}
	return found
}

// plainDate writes digits, spaces and dashes of any kind in the plain way, in
// lower case. Footnote marks and fractions stay what they are: NFKC would make
// digits of them.
func plainDate(text string) string {
	text = norm.NFC.String(width.Fold.String(text))
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || r == '−' {
			return '-'
		}
		return r
	}, text)
	return strings.ToLower(strings.Join(strings.Fields(text), " "))
}

func (c calendar) scanText(text string) dateCell {
	text = cutWeekday(text)
	if m := compact.FindStringSubmatch(text); m != nil {
		return oneDay(calendarDay(m[1], m[2], m[3]))
	}
	if serial.MatchString(text) {
		return c.scanSerial(text)
	}
	if m := fullYear.FindStringSubmatch(text); m != nil && m[2] == m[4] && clock.MatchString(m[6]) {
		return oneDay(calendarDay(m[1], m[3], m[5]))
	}
	if m := eastern.FindStringSubmatch(text); m != nil && clock.MatchString(strings.TrimSpace(m[4])) {
		return oneDay(calendarDay(m[1], m[2], m[3]))
	}
	if m := numbered.FindStringSubmatch(text); m != nil && m[2] == m[4] && clock.MatchString(m[6]) {
		return c.threeNumbers(m[1], m[3], m[5], m[2] == ".")
	}
	return c.scanNamed(text)
}

// cutWeekday takes the day of the week off either end: Do 31.12.2026,
// 2026年12月31日(木).
func cutWeekday(text string) string {
	if first, rest, found := strings.Cut(text, " "); found && rest[0] <= '9' && weekdays()[fold(first)] {
		text = rest
	}
	m := lastWord.FindStringSubmatch(text)
	switch {
	case m == nil:
	case weekdays()[fold(m[2])]:
		return m[1]
	case strings.HasPrefix(m[2], "日") && weekdays()[strings.TrimPrefix(m[2], "日")]: // 31日木曜日
		return m[1]
	}
	return text
}

func oneDay(day reconcile.Date, form dateForm) dateCell { return dateCell{form: form, day: day} }

// The serial numbers of the years that are believed: 1 January 1990 and
// 31 December 2119. Day 60, the 29 February 1900 that never was, lies outside.
const firstSerial, lastSerial = 32874, 80353

// scanSerial reads a spreadsheet's day number.
func (c calendar) scanSerial(text string) dateCell {
	whole, _, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || strings.ContainsAny(text, "eE-") {
		return dateCell{form: notDate}
	}
	if n == 0 || n == 1 && !c.date1904 {
		return dateCell{form: never}
	}
	if c.date1904 {
		n += 1462
	}
	if n < firstSerial || n > lastSerial {
		return dateCell{form: notDate}
	}
	return dateCell{form: fixedDate, day: reconcile.NewDate(1899, time.December, 30) + reconcile.Date(n)}
}

// threeNumbers reads 05/12/2026 and 26-12-31 by every order that gives a day.
func (c calendar) threeNumbers(first, second, third string, dots bool) dateCell {
	cell := dateCell{short: len(third) == 2}
	if cell.short {
		if d, ok := c.yearLast(third, second, first); ok {
			cell.add(dayFirst, d)
		}
		if d, ok := c.yearLast(third, first, second); ok {
			cell.add(monthFirst, d)
		}
		if d, ok := c.yearFirst(first, second, third); ok {
			cell.add(yearFirst, d)
		}
	} else {
		for o, days := range [...][2]string{dayFirst: {second, first}, monthFirst: {first, second}} {
			switch d, form := calendarDay(third, days[0], days[1]); form {
			case never:
				return dateCell{form: never}
			case fixedDate:
				cell.add(dateOrder(o), d)
			}
		}
	}
	cell.form = cell.agreed()
	cell.dots = dots && !cell.fits.has(yearFirst)
	return cell
}

func (d *dateCell) add(o dateOrder, day reconcile.Date) {
	d.readings[o], d.day = day, day
	d.fits |= 1 << o
}

// agreed is fixedDate if every reading gives the same day: 07/07/2026.
func (d dateCell) agreed() dateForm {
	if d.fits == 0 {
		return notDate
	}
	for o, day := range d.readings {
		if d.fits.has(dateOrder(o)) && day != d.day {
			return severalReadings
		}
	}
	return fixedDate
}

// scanNamed reads dates with the name of a month: 30-AUG-2025, 31 dicembre
// 2026, August 30, 2025, 30 de agosto de 2025, Friday, 30 August 2025 00:00.
func (c calendar) scanNamed(text string) dateCell {
	var month time.Month
	var numbers []string
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,/-.", r) })
	for i, w := range words {
		if m, ok := monthNames()[fold(w)]; ok && month == 0 {
			month = m
			continue
		}
		if m := numbMonth.FindStringSubmatch(w); m != nil && month == 0 { // 31-12月-26
			n, _ := strconv.Atoi(m[1])
			month = time.Month(n)
			continue
		}
		if number := ordinal(w); number != "" && len(numbers) < 2 {
			numbers = append(numbers, number)
			continue
		}
		if fillers[fold(w)] || weekdays()[fold(w)] {
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
	if len(year) == 4 {
		return oneDay(calendarDay(year, strconv.Itoa(int(month)), day))
	}
	d, ok := c.yearLast(year, strconv.Itoa(int(month)), day) // no office program writes 25-Aug-30 for 2025
	if !ok {
		return dateCell{form: notDate}
	}
	return dateCell{form: fixedDate, day: d}
}

// ordinal returns the digits of 30, 30th, 1er or 1º; empty for anything else.
func ordinal(word string) string {
	end := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return word
	}
	switch word[end:] {
	case "st", "nd", "rd", "th", "er", "º", "°", "o", "e", "日", "일":
		return word[:end]
	}
	return ""
}
