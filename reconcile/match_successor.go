package reconcile

import (
	"slices"
	"strings"
)

// What takes the place of a SKU: by itself where a table leaves no choice, as
// a proposal where it does.

// buySuccessor takes the only successor of an accepted kind; several are a
// choice for a person.
func (m *Matcher) buySuccessor(a *question, guid string) {
	s, ok := m.onlySuccessor(a, guid, EquivalentKind)
	if !ok {
		m.proposeSuccessors(a, guid)
		return
	}
	m.target(a, s.NewGUIDs...)
	a.r.Class, a.r.Basis = MatchEquivalent, basisSuccessor
}

// onlySuccessor is the one successor of some kinds that counts for the
// customer; false if there are none or several, or if a part of it is unknown
// or has no SKU.
func (m *Matcher) onlySuccessor(a *question, guid string, kind func(string) bool) (Successor, bool) {
	var equal []Successor
	for _, s := range m.c.SuccessorsOf(guid, m.asOf) {
		if kind(s.Kind) && a.countsFor(&s) && len(s.NewGUIDs) > 0 && !slices.Contains(a.never, offerID(s.NewGUIDs)) {
			equal = append(equal, s)
		}
	}
	if len(equal) != 1 || !m.knows(equal[0].NewGUIDs) || !equal[0].namesAll() {
		return Successor{}, false
	}
	return equal[0], true
}

// knows tells whether every SKU of an offer is in the table.
func (m *Matcher) knows(guids []string) bool {
	return !slices.ContainsFunc(guids, func(guid string) bool { return m.c.SKU(guid) == nil })
}

// insteadOf is what a customer buys who does not hold the target, where its
// sale has ended: the table's only answer for new customers in its country, with
// the add-ons of the target. Nil if the table has none.
func (m *Matcher) insteadOf(a *question) *OfferMatch {
	t := a.r.Target
	if a.instead || m.sale(a, t.SKUGUID) != SaleEnded {
		return nil
	}
	s, ok := m.onlySuccessor(a, t.SKUGUID, func(kind string) bool { return kind == KindNetNew })
	if !ok {
		return nil
	}
	guids := slices.Clone(s.NewGUIDs)
	for _, part := range t.AddOns {
		guids = append(guids, part.SKUGUID)
	}
	other := *a.r
	b := *a
	b.r, b.instead = &other, true
	m.target(&b, guids...)
	a.byCountry = a.byCountry || b.byCountry
	other.Class, other.Basis, other.Score, other.Candidates = MatchEquivalent, basisSuccessor, scoreID, nil
	return &other
}

// proposeSuccessors lists what tables name for the SKU, then what comes near.
func (m *Matcher) proposeSuccessors(a *question, guid string) {
	a.r.Candidates = m.withSuccessors(a, guid, m.propose(a))
	a.r.Class = MatchDifferent
}

// offerNetNew adds what a customer who does not hold the SKU must buy instead
// where its sale has ended.
func (m *Matcher) offerNetNew(a *question, guid string) {
	if a.r.Flags.SaleUnknown {
		a.r.Candidates = m.withSuccessors(a, guid, nil)
	}
}

// withSuccessors puts what tables name for a SKU before other proposals. What
// consists of several SKUs is proposed whole or not at all.
func (m *Matcher) withSuccessors(a *question, guid string, rest []Candidate) []Candidate {
	var out []Candidate
	for _, s := range m.c.SuccessorsOf(guid, m.asOf) {
		if s.Kind == KindRename || len(s.NewGUIDs) == 0 || !a.countsFor(&s) {
			continue
		}
		id := offerID(s.NewGUIDs)
		if !m.knows(s.NewGUIDs) || id == guid || !s.namesAll() || slices.ContainsFunc(out, func(c Candidate) bool { return c.ID() == id }) {
			continue
		}
		c := m.candidate(a, s.NewGUIDs[0], maxScore, s.NewGUIDs[1:]...)
		c.Why = []Reason{{whySuccessor, []string{"name", s.NewName, "kind", s.Kind}}}
		out = append(out, c)
	}
	for _, c := range rest {
		if !slices.ContainsFunc(out, func(o Candidate) bool { return o.ID() == c.ID() }) {
			out = append(out, c)
		}
	}
	return m.trim(a, out)
}

// namesAll tells whether each part of the successor's name has its SKU: of
// "E3 + Plus CAL" only E3 has one, and E3 alone is something else.
func (s *Successor) namesAll() bool {
	name := strings.ReplaceAll(s.NewName, "Mobility + Security", "") // the name of one
	return strings.Count(name, " + ") < len(s.NewGUIDs)
}

// candidate is a proposal of a SKU, with those that must be bought beside it.
func (m *Matcher) candidate(a *question, guid string, score int, addOns ...string) Candidate {
	c := Candidate{SKUGUID: foldID(guid), Score: score, Name: m.skuName(a, guid)}
	for _, addOn := range addOns {
		c.AddOns = append(c.AddOns, foldID(addOn))
		c.Name += " + " + m.skuName(a, addOn)
	}
	return c
}

func (m *Matcher) skuName(a *question, guid string) string {
	if s := m.c.SKU(guid); s != nil {
		return s.Name
	}
	return m.legacyName(a, foldID(guid))
}
