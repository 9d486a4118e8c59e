package report

import (
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cspplan/reconcile"
)

//go:embed labels.csv
var labelFile embed.FS

// Languages are the languages of reports, the first being the one to fall back on.
var Languages = []string{"en", "it", "de", "fr", "es"}

// Texts is every label and sentence of one language, and how that language
// writes numbers and dates. Machine-readable files do not use it.
type Texts struct {
	Lang     string
	labels   map[string]string
	group    string // between thousands
	point    string // before decimals
	colon    string // between a name and its value
	next     string // between two of those
	quotes   [2]string
	months   [12]string
	fullMons [12]string
	marked   [len(marks)]string // statuses behind their marks
	words    words
	said     said
	steps    nextSteps
}

var monthNames = map[string][2]string{
	"en": {"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "January February March April May June July August September October November December"},
	"it": {"gen feb mar apr mag giu lug ago set ott nov dic", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"},
	"de": {"Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"},
	"fr": {"janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"},
	"es": {"ene feb mar abr may jun jul ago sep oct nov dic", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"},
}

// quoteMarks stand around what was read, as each language sets them.
var quoteMarks = map[string][2]string{
	"en": {"“", "”"}, "it": {"«", "»"}, "de": {"„", "“"}, "fr": {"« ", " »"}, "es": {"«", "»"},
}

var separators = map[string][2]string{
	"en": {",", "."}, "it": {".", ","}, "de": {".", ","}, "fr": {"\u202f", ","}, "es": {".", ","},
}

// LoadTexts reads the labels of a language.
func LoadTexts(lang string) (*Texts, error) {
	if !slices.Contains(Languages, lang) {
		return nil, fmt.Errorf("language %q is not one of %s", lang, strings.Join(Languages, ", "))
	}
	f, err := labelFile.Open("labels.csv")
	if err != nil {
		return nil, fmt.Errorf("reading labels: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading labels: %w", err)
	}
	column := slices.Index(rows[0], lang)
	if column < 0 {
		return nil, fmt.Errorf("labels have no column %q", lang)
	}
	t := &Texts{Lang: lang, labels: make(map[string]string, len(rows))}
	for _, row := range rows[1:] {
		t.labels[row[0]] = row[column]
	}
	t.group, t.point = separators[lang][0], separators[lang][1]
	t.colon, t.next, t.quotes = ": ", "; ", quoteMarks[lang]
	if lang == "fr" {
		t.colon, t.next = " : ", " ; "
	}
	copy(t.months[:], strings.Fields(monthNames[lang][0]))
	copy(t.fullMons[:], strings.Fields(monthNames[lang][1]))
	t.steps = t.nextSteps()
	t.listWords()
	for i, mark := range marks {
		t.marked[i] = mark + " " + t.Status(reconcile.Status(i))
	}
	return t, nil
}

// Has tells whether a label exists.
func (t *Texts) Has(key string) bool { return t.labels[key] != "" }

// Label is the text of a key with its placeholders filled: args are name,
// value, name, value. A missing key is a fault of ours and shows as itself; a
// test keeps that from happening.
func (t *Texts) Label(key string, args ...string) string {
	s, ok := t.labels[key]
	if !ok {
		return key
	}
	if len(args) == 0 || strings.IndexByte(s, '{') < 0 { // as most findings say it: what they rest on stands behind them
		return s
	}
	for i := 0; i+1 < len(args); i += 2 {
		s = strings.ReplaceAll(s, "{"+args[i]+"}", args[i+1])
	}
	return s
}

// Named is a value behind its name: Licences: 25.
func (t *Texts) Named(name, value string) string { return name + t.colon + value }

func (t *Texts) quoted(s string) string { return t.quotes[0] + s + t.quotes[1] }

// Day prints a date for people: 23 Nov 2026. No date is empty.
func (t *Texts) Day(d reconcile.Date) string {
	var space [24]byte
	return string(t.appendDay(space[:0], d))
}

// appendDay appends what Day gives.
func (t *Texts) appendDay(dst []byte, d reconcile.Date) []byte {
	if !d.Known() {
		return dst
	}
	y, m, day := d.Civil()
	dst = strconv.AppendInt(dst, int64(day), 10)
	if t.Lang == "de" {
		dst = append(dst, '.')
	}
	dst = append(append(dst, ' '), t.months[m-1]...)
	if t.Lang == "de" && m != time.May { // 23. Nov. 2026, but 23. Mai 2026
		dst = append(dst, '.')
	}
	return strconv.AppendInt(append(dst, ' '), int64(y), 10)
}

// LetterDay prints a date as letters do: 23 November 2026. Its parts stay on one
// line.
func (t *Texts) LetterDay(d reconcile.Date) string {
	y, m, day := d.Civil()
	number, of := strconv.Itoa(day), "\u00a0"
	switch {
	case t.Lang == "de":
		number += "."
	case t.Lang == "fr" && day == 1:
		number += "er"
	case t.Lang == "it" && day == 1:
		number += "º"
	case t.Lang == "es":
		of = "\u00a0de\u00a0"
	}
	return number + of + t.fullMons[m-1] + of + strconv.Itoa(y)
}

// ShortMonth is Nov; LongMonth is November 2026.
func (t *Texts) ShortMonth(d reconcile.Date) string { return t.months[d.Time().Month()-1] }

// LongMonth is the month with its year, as a heading; that of no date is No date.
func (t *Texts) LongMonth(d reconcile.Date) string {
	if !d.Known() {
		return t.Label("window.none")
	}
	name := t.fullMons[d.Time().Month()-1]
	return strings.ToUpper(name[:1]) + name[1:] + " " + strconv.Itoa(d.Time().Year())
}

// MonthTotal heads the total of a month, or of the rows without a date.
func (t *Texts) MonthTotal(d reconcile.Date) string {
	if !d.Known() {
		return t.Label("total.undated")
	}
	return t.Label("total.month", "month", t.fullMons[d.Time().Month()-1]+" "+strconv.Itoa(d.Time().Year()))
}

// Count prints a whole number with the language's thousands separator.
func (t *Texts) Count(n int64) string {
	if n < 0 {
		return "\u2212" + t.Count(-n)
	}
	return t.grouped(strconv.FormatInt(n, 10))
}

// Amount prints minor units with the currency's digits, without the currency.
func (t *Texts) Amount(minor int64, currency string) string {
	if minor < 0 {
		return "\u2212" + t.Amount(-minor, currency)
	}
	whole, frac, has := strings.Cut(reconcile.MinorUnits(minor).Text(currency), ".")
	if !has {
		return t.grouped(whole)
	}
	return t.grouped(whole) + t.point + frac
}

// Money is the currency's code before the amount: EUR 458,223.60.
func (t *Texts) Money(minor int64, currency string) string {
	return currency + "\u00a0" + t.Amount(minor, currency)
}

// grouped puts the separator between groups of three digits.
func (t *Texts) grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + t.group + digits[i:]
	}
	return digits
}
