package reconcile

import (
	"strings"
)

// A choice is what a person decided for an offer everywhere: to buy this
// candidate for it, or never to be shown that one again.

// A ChoiceState is a choice with the facts it stands on today.
type ChoiceState struct {
	Key   string // FoldTitle of the offer's title
	Value string // SKUs of the chosen offer, joined by +
	Facts string // who writes notes stores them as Decision.Facts
	By    string // who made it
	When  string // and when
	Was   string // the facts it was made on, where they have changed: it is not taken until somebody chooses anew
}

// addChoice takes a choice unless its facts have changed since it was made.
func (m *Matcher) addChoice(d Decision, key string, parts []string) {
	s := ChoiceState{Key: key, Value: offerID(parts), Facts: m.choiceFacts(key, parts), By: d.By, When: d.When}
	if d.Facts != "" && d.Facts != s.Facts {
		s.Was = d.Facts
	}
	m.choices[key] = s
	m.chosenNow = append(m.chosenNow, s)
}

// choiceFacts is what a choice is made on: what the title means by itself,
// whether the chosen offer is sold, and what it lacks.
func (m *Matcher) choiceFacts(key string, parts []string) string {
	is := ""
	if fit := m.names.lookup(parseTitle(key), SegmentUnknown, m.asOf).names; len(fit) == 1 {
		is = fit[0].guid
	}
	sale := SaleAvailable
	for _, guid := range parts {
		if status := m.c.Sale(guid, "", m.asOf); saleRank(status) > saleRank(sale) {
			sale = status
		}
	}
	var lost []string
	if m.c.SKU(is) != nil {
		for _, p := range m.c.PlansLost([]string{is}, parts) {
			lost = append(lost, p.Code)
		}
		for _, s := range m.c.Shrinks([]string{is}, parts, m.asOf) {
			lost = append(lost, s.What)
		}
	}
	return "sku=" + is + "; sale=" + sale + "; lost=" + strings.Join(lost, "|")
}

// choice finds what a person chose for the title as it is written, else for the
// name of what it was identified as; nil if nobody did.
func (m *Matcher) choice(a *question) *ChoiceState {
	keys := []string{a.folded}
	if a.r.Identified != nil {
		keys = append(keys, m.fold(a.r.Identified.Name))
	}
	for _, key := range keys {
		if s, ok := m.choices[key]; ok && key != "" {
			return &s
		}
	}
	return nil
}
