package reconcile

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A folder makes names comparable: compatibility forms are unified (NFKC),
// case is folded as Unicode says, runs of white space become one space. Real
// exports repeat few names very often, so each is folded once.
type folder struct {
	caser cases.Caser
	seen  map[string]string

	folded   []string         // each folded name once, by number
	ofFolded map[string]int32 // of names as they are folded
}

func newFolder() *folder {
	return &folder{caser: cases.Fold(), seen: make(map[string]string), ofFolded: make(map[string]int32)}
}

// numbers are the numbers of the folded forms of texts: equal numbers mean equal
// names.
func (f *folder) numbers(texts []string) []int32 {
	numbers := make([]int32, len(texts))
	for k, s := range texts {
		numbers[k] = f.number(f.name(s))
	}
	return numbers
}

func (f *folder) number(folded string) int32 {
	n, known := f.ofFolded[folded]
	if !known {
		n = int32(len(f.folded))
		f.folded = append(f.folded, folded)
		f.ofFolded[folded] = n
	}
	return n
}

// ranks tells, for each number, where its name stands among all of them.
func (f *folder) ranks() []int32 {
	order := make([]int32, len(f.folded))
	for n := range order {
		order[n] = int32(n)
	}
	sortSideBySide(order, func(a, b int32) int { return strings.Compare(f.folded[a], f.folded[b]) })
	ranks := make([]int32, len(order))
	for rank, n := range order {
		ranks[n] = int32(rank)
	}
	return ranks
}

// name returns the folded form of s.
func (f *folder) name(s string) string {
	if folded, ok := f.seen[s]; ok {
		return folded
	}
	folded, plain := foldASCII(s)
	if !plain {
		folded = strings.Join(strings.Fields(f.caser.String(norm.NFKC.String(s))), " ")
	}
	f.seen[s] = folded
	return folded
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
