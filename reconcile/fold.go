package reconcile

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A folder makes names comparable: compatibility forms are unified (NFKC),
// case is folded as Unicode says, runs of white space become one space. Real
// exports repeat few names very often, so each is folded once.
type folder struct {
	caser cases.Caser
	seen  map[string]string
}

func newFolder() *folder {
	return &folder{caser: cases.Fold(), seen: make(map[string]string)}
}

// name returns the folded form of s.
func (f *folder) name(s string) string {
	if folded, ok := f.seen[s]; ok {
		return folded
	}
	folded := strings.Join(strings.Fields(f.caser.String(norm.NFKC.String(s))), " ")
	f.seen[s] = folded
	return folded
}

// foldDomain makes a domain comparable.
func foldDomain(s string) string {
	return strings.Trim(foldID(s), "@.")
}

// foldTenant makes a tenant GUID comparable; registry exports wrap it in braces.
func foldTenant(s string) string {
	return strings.Trim(foldID(s), "{}")
}
