package report

import (
	"strings"

	"cspplan/reconcile"
)

// Why says why a proposal stands where it does: the parts in which title and
// offer agree, and those on one side only, each of which keeps the offer from
// matching by itself.
func (t *Texts) Why(reasons []reconcile.Reason) string {
	said := make([]string, len(reasons))
	for i, r := range reasons {
		args := make([]string, len(r.Args))
		copy(args, r.Args)
		for k := 0; k+1 < len(args); k += 2 {
			switch args[k] {
			case "parts":
				args[k+1] = t.Parts(strings.Fields(args[k+1]))
			case "date":
				if day, err := reconcile.ParseDate(args[k+1]); err == nil {
					args[k+1] = t.Day(day)
				}
			case "basis":
				args[k+1] = t.Source(args[k+1])
			}
		}
		said[i] = t.Label("why."+r.Code, args...)
	}
	return strings.Join(said, "; ")
}

// Source names what a piece of evidence is taken from.
func (t *Texts) Source(basis string) string {
	if basis == "title" {
		return t.Label("why.title")
	}
	return t.Basis(basis)
}

// Parts writes the canonical words of a title for people: names as Microsoft
// writes them, the words for what is lacking and added in their language.
func (t *Texts) Parts(words []string) string {
	said := make([]string, len(words))
	for i, w := range words {
		said[i] = t.part(w)
	}
	return strings.Join(said, ", ")
}

func (t *Texts) part(word string) string {
	if bare, ok := strings.CutPrefix(word, "no_"); ok {
		return t.Label("part.without", "part", t.part(bare))
	}
	if key := "part." + word; t.Has(key) {
		return t.Label(key)
	}
	if len(word) == 2 && word[1] >= '0' && word[1] <= '9' {
		return strings.ToUpper(word) // E3, P1
	}
	return strings.ReplaceAll(word, "_", " ")
}
