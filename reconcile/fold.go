package reconcile

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A folder makes names comparable. Real exports repeat few names very often, so
// each is folded once.
type folder struct{ seen map[string]string }

func newFolder() *folder { return &folder{make(map[string]string)} }

// name returns the folded form of s.
func (f *folder) name(s string) string {
	folded, known := f.seen[s]
	if !known {
		folded = foldName(s)
		f.seen[s] = folded
	}
	return folded
}

// foldName makes a name comparable: compatibility forms are unified (NFKC),
// case is folded as Unicode says, runs of white space become one space.
func foldName(s string) string {
	folded, plain := foldASCII(s)
	if !plain {
		folded = strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
	}
	return folded
}

// foldNames are the folded forms of names, each once; of tells which is that of
// each name.
func foldNames(names []string) numberedTexts {
	folded := make([]string, len(names))
	InParts(len(names), func(from, to int) {
		for k := from; k < to; k++ {
			folded[k] = foldName(names[k])
		}
	})
	return distinctTexts(len(folded), func(k int) string { return folded[k] })
}

// foldASCII folds a text of ASCII letters; false if it has others. Most names are
// such, and what Unicode says of them is to write them small.
func foldASCII(s string) (string, bool) {
	small, blank, spaced := true, true, false // spaced: white space to be folded
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		small = small && (c < 'A' || c > 'Z')
		isBlank := c == ' ' || c >= '\t' && c <= '\r'
		spaced = spaced || isBlank && (blank || c != ' ')
		blank = isBlank
	}
	if spaced || blank && s != "" {
		s = strings.Join(strings.Fields(s), " ")
	}
	if !small {
		s = strings.ToLower(s)
	}
	return s, true
}

// foldDomain makes a domain comparable.
func foldDomain(s string) string {
	return strings.Trim(foldID(s), "@.")
}

// foldTenant makes a tenant GUID comparable; registry exports wrap it in braces.
func foldTenant(s string) string {
	return strings.Trim(foldID(s), "{}")
}
