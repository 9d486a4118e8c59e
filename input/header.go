package input

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

//go:embed headers.csv
var headersCSV string

// headingFields maps folded headings to fields. The table holds headings of
// real exports and our own words in fifteen languages; no folded heading
// stands for two fields (a test holds that).
var headingFields = sync.OnceValue(func() map[string]field {
	known := make(map[string]field)
	for _, r := range mustRows("headers.csv", headersCSV) {
		known[fold(r[2])] = field(r[0])
	}
	return known
})

// mustRows parses an embedded table without its header row. The tables are
// part of the program, so a fault in one is a fault of ours.
func mustRows(name, text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("embedded table %s: %v", name, err))
	}
	return rows[1:]
}

// fold makes headings and words comparable: compatibility forms, case,
// accents of Latin letters, spaces, line breaks and punctuation do not count.
func fold(s string) string {
	if plain, ok := foldASCII(s); ok {
		return plain
	}
	s = cases.Fold().String(norm.NFKC.String(s))
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 0x300 && r <= 0x36F: // Latin accents only: Japanese and Korean marks change the word
			continue
		case r == 'ı':
			r = 'i'
		case r == 'ł':
			r = 'l'
		}
		b.WriteRune(r)
	}
	return strings.Map(letterOrDigit, norm.NFC.String(b.String()))
}

// foldASCII is fold for the usual case.
func foldASCII(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			return "", false
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			out = append(out, c)
		}
	}
	return string(out), true
}

func letterOrDigit(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
		return r
	}
	return -1
}

// A heading is one cell of a header row.
type heading struct {
	text     string // as the file spells it, line breaks squeezed
	folded   string
	field    field     // by the header words; empty if unknown
	currency string    // named inside the heading: Unit price (EUR)
	order    dateOrder // named inside the heading: End date (dd/mm/yyyy)
}

// newHeading looks a heading up. A heading that names a currency besides a
// known price word keeps both: "Prezzo unitario (€)". One that says how its
// dates are written keeps that: "End date (dd/mm/yyyy)".
func newHeading(text string) heading {
	h := heading{text: strings.Join(strings.Fields(text), " ")}
	h.folded = fold(h.text)
	h.field = headingFields()[h.folded]
	if h.field == "" {
		h.field, h.order = cutRemark(h.text)
	}
	if h.field == "" || h.field.kind() == moneyValue {
		h.field, h.currency = cutCurrency(h.text, h.field)
	}
	return h
}

// remark is what stands in brackets behind a heading.
var remark = regexp.MustCompile(`^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$`)

// writtenDate is a remark on how dates are written, in the letters of the
// languages: dd/mm/yyyy, gg/mm/aaaa, TT.MM.JJJJ, YYYY-MM-DD.
var writtenDate = regexp.MustCompile(`^(?:([dtgj]{1,2})[-/. ]+m{1,4}[-/. ]+[yajr]{2,4}|(m{1,4})[-/. ]+[dtgj]{1,2}[-/. ]+[yajr]{2,4}|[yajr]{4}[-/. ]+m{1,4}[-/. ]+[dtgj]{1,2})$`)

// cutRemark looks a heading up without a remark in brackets that changes
// nothing of its meaning: how its dates are written, or that it counts.
func cutRemark(text string) (field, dateOrder) {
	m := remark.FindStringSubmatch(text)
	if m == nil {
		return "", orderOpen
	}
	f, note := headingFields()[fold(m[1])], strings.ToLower(m[2])
	switch f.kind() {
	case dateValue:
		if written := writtenDate.FindStringSubmatch(note); written != nil {
			switch {
			case written[1] != "":
				return f, dayFirst
			case written[2] != "":
				return f, monthFirst
			}
			return f, orderOpen
		}
		if note == "utc" || note == "gmt" || note == "iso" || note == "local" {
			return f, orderOpen
		}
	case countValue:
		if note == "total" || note == "qty" || note == "number" || note == "count" {
			return f, orderOpen
		}
	}
	return "", orderOpen
}

// beforeCurrency are words between a price and its currency: Preis in EUR.
var beforeCurrency = map[string]bool{"in": true, "en": true, "em": true, "i": true, "v": true, "w": true}

// cutCurrency takes a currency code or symbol out of a heading: Unit price
// (EUR/month) is a unit price per month, in euro. f is what the heading means as
// a whole, if that is known.
func cutCurrency(text string, f field) (field, string) {
	parts := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("()[]/_,;:", r)
	})
	if len(parts) < 2 {
		return f, ""
	}
	if last := &parts[len(parts)-1]; strings.Contains(text, "_") {
		*last = strings.ToUpper(*last) // unit_cost_usd
	}
	for i := len(parts) - 1; i >= 0; i-- {
		code := currencyWord(parts[i])
		if code == "" {
			continue
		}
		before := parts[:i]
		if n := len(before); n > 1 && beforeCurrency[before[n-1]] {
			before = before[:n-1]
		}
		if f != "" {
			return f, code
		}
		if rest := headingFields()[fold(strings.Join(slices.Concat(before, parts[i+1:]), " "))]; rest.kind() == moneyValue {
			return rest, code
		}
	}
	return f, ""
}
