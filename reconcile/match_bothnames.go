package reconcile

import (
	"slices"
	"strings"
)

// bothNames reads a title that gives two names of one offer, the present one
// and another in brackets: Microsoft Entra ID P1 (formerly Azure AD Premium
// P1). Each name alone must mean the same one SKU; two offers in one title do
// not.
func (m *Matcher) bothNames(a *question) fits {
	name, other := bracketed(a.q.Title)
	if other == "" {
		return fits{}
	}
	present := m.names.lookup(*m.parse(name), a.segment, a.day)
	former := m.names.lookup(*m.parse(other), a.segment, a.day)
	if len(present.names) != 1 || len(former.names) != 1 || present.names[0].guid == "" || present.names[0].guid != former.names[0].guid {
		return fits{}
	}
	return fits{names: present.names}
}

// bracketed parts a title from the name in brackets at its end, without the
// word that announces a former name; other is empty if there is none.
func bracketed(title string) (name, other string) {
	title = strings.TrimSpace(title)
	if !strings.HasSuffix(title, ")") {
		return title, ""
	}
	name, other, _ = strings.Cut(strings.TrimSuffix(title, ")"), "(")
	if strings.ContainsAny(other, "()") {
		return title, "" // Exchange Online (Plan 1) (1 Year)
	}
	words := strings.Fields(other)
	for len(words) > 0 && announcesFormer(words[0]) {
		words = words[1:]
	}
	return name, strings.Join(words, " ")
}

func announcesFormer(word string) bool {
	folded, _ := foldText(word)
	return slices.Contains(formerWords, strings.Trim(folded, ".:,"))
}

// formerWords announce a former name.
var formerWords = []string{
	"formerly", "former", "previously", "was", "ex", "aka", "known", "as", "ehemals", "fruher", "zuvor", "vormals", "anciennement",
	"precedemment", "gia", "precedentemente", "antes", "anteriormente", "voorheen", "dawniej",
}
