package input

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

//go:embed headers.csv
var headersCSV string

// A meaning is what the table of headings says of one: a field, or several that
// the column's cells must decide between.
type meaning struct {
	field   field
	options []field
}

func (m meaning) known() bool { return m.field != noField || len(m.options) > 0 }

// newMeaning reads offer, or licences|offer; a last empty word is a meaning that
// we do not use.
func newMeaning(words string) meaning {
	first, more, several := strings.Cut(words, "|")
	if !several {
		return meaning{field: fieldNamed(first)}
	}
	options := []field{fieldNamed(first)}
	for word := range strings.SplitSeq(more, "|") {
		if f := fieldNamed(word); f != noField {
			options = append(options, f)
		}
	}
	return meaning{options: options}
}

// headingFields maps folded headings to fields. The table holds headings of
// real exports and our own words in fifteen languages; no folded heading
// stands for two fields (a test holds that).
var headingFields = sync.OnceValue(func() map[string]meaning {
	known := make(map[string]meaning)
	for _, r := range mustRows("headers.csv", headersCSV) {
		known[fold(r[2])] = newMeaning(r[0])
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
	folded, ok := appendFolded(make([]byte, 0, len(s)), s)
	return string(folded), ok
}

func appendFolded(out []byte, s string) ([]byte, bool) {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			return nil, false
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			out = append(out, c)
		}
	}
	return out, true
}

func letterOrDigit(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
		return r
	}
	return -1
}
