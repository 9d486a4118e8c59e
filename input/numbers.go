package input

import (
	"strings"
	"unicode"

	"github.com/govalues/decimal"
	"golang.org/x/text/width"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// maxLicences is the largest quantity that is believed.
const maxLicences = 1_000_000

// A numberForm is what one cell alone says about its number.
type numberForm uint8

const (
	noNumber    numberForm = iota // empty, or a word for nothing
	notNumber                     // a text
	plainNumber                   // digits, or a decimal mark that has one reading
	openNumber                    // 1.000: a thousand, or one with three decimals
)

// A numberCell is a cell of a number column before the column's convention is
// applied. Digits are kept as text: no float touches money.
type numberCell struct {
	form     numberForm
	text     string // invariant: 1234.56; of openNumber with its mark as the decimal
	grouped  string // openNumber with its mark between thousands
	mark     byte   // openNumber: which mark that is
	proves   byte   // decimal mark that a plain number proves, 0 if none
	currency string // named by a symbol or a code in the cell
	symbol   string // of several currencies, one of which is meant: $
	signs    bool   // letters or symbols of money stand beside the digits
}

// scanNumber reads one cell.
func scanNumber(cell sheet.Cell) numberCell {
	switch cell.Kind {
	case sheet.Empty, sheet.Fault:
		return numberCell{}
	case sheet.Number:
		return storedNumber(cell.Text)
	case sheet.Bool, sheet.Date:
		return numberCell{form: notNumber}
	}
	text := plainNumberText(cell.Text)
	if blank(text) {
		return numberCell{}
	}
	digits, currency, symbol := cutMoneySigns(text)
	found := scanDigits(digits)
	found.currency, found.symbol, found.signs = currency, symbol, strings.ContainsFunc(text, isMoneySign)
	return found
}

// plainNumberText writes digits and spaces of any width in the plain way. NFKC
// would do more, and make 102 of 10².
func plainNumberText(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, width.Fold.String(text)))
}

func isMoneySign(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) }

// storedNumber reads what a workbook stores for a number: digits with a dot,
// or scientific notation. A spreadsheet stores 12.6 as 12.600000000000001 and
// shows, and means, the digits that it keeps exactly.
func storedNumber(text string) numberCell {
	d, err := decimal.Parse(text)
	if err != nil {
		return numberCell{form: notNumber}
	}
	if more := d.Prec() - exactDigits; more > 0 && d.Scale() >= more {
		d = d.Round(d.Scale() - more)
	}
	return numberCell{form: plainNumber, text: d.Trim(0).String()}
}

// scanDigits reads digits with marks between them.
func scanDigits(text string) numberCell {
	text, negative := strings.CutPrefix(text, "-")
	sign := ""
	if negative {
		sign = "-"
	}
	text, ok := cutSpaces(text)
	if !ok || strings.Trim(text, "0123456789.,") != "" || strings.Trim(text, ".,") == "" {
		return numberCell{form: notNumber}
	}
	found := readMarks(text, strings.Count(text, "."), strings.Count(text, ","))
	if found.form == plainNumber || found.form == openNumber {
		found.text, found.grouped = sign+found.text, sign+found.grouped
	}
	return found
}

// readMarks settles which of dot and comma is the decimal mark, as far as one
// number can tell.
func readMarks(text string, dots, commas int) numberCell {
	switch {
	case dots == 0 && commas == 0:
		return numberCell{form: plainNumber, text: text}
	case dots > 0 && commas > 0:
		if strings.LastIndexByte(text, '.') > strings.LastIndexByte(text, ',') {
			return bothMarks(text, dots, ',', '.')
		}
		return bothMarks(text, commas, '.', ',')
	case dots == 1:
		return oneMark(text, '.')
	case commas == 1:
		return oneMark(text, ',')
	case dots > 1:
		return groups(text, '.', ',')
	default:
		return groups(text, ',', '.')
	}
}

// bothMarks reads 1.234,56: the last mark is the decimal one and stands once.
func bothMarks(text string, decimals int, thousands, mark byte) numberCell {
	whole, fraction, _ := strings.Cut(text, string(mark))
	if decimals != 1 || fraction == "" || !grouped(whole, thousands) {
		return numberCell{form: notNumber}
	}
	whole = strings.ReplaceAll(whole, string(thousands), "")
	return numberCell{form: plainNumber, text: whole + "." + fraction, proves: mark}
}

// oneMark reads 5,70 (a decimal mark, for its two decimals) and 1.000 (open).
func oneMark(text string, mark byte) numberCell {
	whole, fraction, _ := strings.Cut(text, string(mark))
	if fraction == "" {
		return numberCell{form: notNumber}
	}
	if whole == "" {
		whole = "0"
	}
	asDecimal := whole + "." + fraction
	if len(fraction) == 3 && len(whole) <= 3 && whole[0] != '0' {
		return numberCell{form: openNumber, text: asDecimal, grouped: whole + fraction, mark: mark}
	}
	return numberCell{form: plainNumber, text: asDecimal, proves: mark}
}

// groups reads 1.234.567: a mark that stands twice separates thousands.
func groups(text string, thousands, decimalMark byte) numberCell {
	if !grouped(text, thousands) {
		return numberCell{form: notNumber}
	}
	return numberCell{form: plainNumber, text: strings.ReplaceAll(text, string(thousands), ""), proves: decimalMark}
}

// grouped reports whether marks stand where thousands are separated. Indian
// groups have commas: 12,34,567.
func grouped(text string, mark byte) bool {
	parts := strings.Split(text, string(mark))
	last := len(parts) - 1
	if last == 0 {
		return text != ""
	}
	size := 3
	if mark == ',' && last > 1 && len(parts[1]) == 2 {
		size = 2
	}
	if parts[0] == "" || len(parts[0]) > size || len(parts[last]) != 3 {
		return false
	}
	for _, p := range parts[1:last] {
		if len(p) != size {
			return false
		}
	}
	return true
}

// cutSpaces removes spaces and apostrophes between thousands. Anywhere else
// they make a text: "3 5" is no number.
func cutSpaces(text string) (string, bool) {
	text = strings.NewReplacer("’", "'", " ", "'").Replace(text)
	if !strings.Contains(text, "'") {
		return text, true
	}
	whole, fraction := text, ""
	if i := strings.IndexAny(text, ".,"); i >= 0 {
		whole, fraction = text[:i], text[i:]
	}
	if !grouped(whole, '\'') || strings.Contains(fraction, "'") {
		return text, false
	}
	return strings.ReplaceAll(whole, "'", "") + fraction, true
}

// settle applies a column's decimal mark; 0 leaves open numbers unread.
func (n numberCell) settle(decimalMark byte) (string, bool) {
	switch {
	case n.form == plainNumber && (n.proves == 0 || decimalMark == 0 || n.proves == decimalMark):
		return n.text, true
	case n.form == openNumber && decimalMark == n.mark:
		return n.text, true
	case n.form == openNumber && decimalMark != 0:
		return n.grouped, true
	}
	return "", false
}

// parseCount turns settled digits into a number of licences: whole, from 0 to
// a million. 275.00 is 275; 5.7 is no number of licences.
func parseCount(text string) (reconcile.Count, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.Trim(fraction, "0") != "" || whole == "" || len(whole) > 18 {
		return reconcile.Count{}, false
	}
	n := 0
	for _, c := range []byte(whole) {
		if c < '0' || c > '9' {
			return reconcile.Count{}, false
		}
		n = n*10 + int(c-'0')
	}
	if n > maxLicences {
		return reconcile.Count{}, false
	}
	return reconcile.Whole(n), true
}
