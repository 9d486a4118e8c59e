package reconcile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// A folder makes names comparable. Real exports repeat few names very often, so
// each is folded once. It is for one goroutine.
type folder struct {
	nameFolder
	seen map[string]string
}

func newFolder() *folder { return &folder{newNameFolder(), make(map[string]string)} }

// name returns the folded form of s.
func (f *folder) name(s string) string {
	folded, known := f.seen[s]
	if !known {
		folded = f.fold(s)
		f.seen[s] = folded
	}
	return folded
}

// foldNames are the folded forms of names, each once; of tells which is that of
// each name.
func foldNames(names []string) numberedTexts {
	folded := make([]string, len(names))
	InParts(len(names), func(from, to int) {
		f := newNameFolder()
		for k := from; k < to; k++ {
			folded[k] = f.fold(names[k])
		}
	})
	return distinctTexts(len(folded), func(k int) string { return folded[k] })
}

// A nameFolder folds names with room of its own, for one goroutine.
type nameFolder struct {
	caser         cases.Caser
	unified, room []byte
}

func newNameFolder() nameFolder { return nameFolder{caser: cases.Fold()} }

// fold makes a name comparable: compatibility forms are unified (NFKC), case is
// folded as Unicode says, runs of white space become one space.
func (f *nameFolder) fold(s string) string {
	if folded, plain := foldASCII(s); plain {
		return folded
	}
	f.unified = norm.NFKC.AppendString(f.unified[:0], s)
	small, _, err := transform.Append(f.caser, f.room[:0], f.unified)
	if err != nil {
		panic(fmt.Sprintf("folding %q: %v", s, err)) // to fold a text in memory cannot fail
	}
	f.room = small
	if evenlySpaced(small) {
		return string(small)
	}
	return strings.Join(strings.Fields(string(small)), " ")
}

// evenlySpaced tells whether white space is nothing but single spaces between words.
func evenlySpaced(text []byte) bool {
	blank := true // before the first word
	for _, c := range string(text) {
		if !unicode.IsSpace(c) {
			blank = false
			continue
		}
		if blank || c != ' ' {
			return false
		}
		blank = true
	}
	return !blank
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
