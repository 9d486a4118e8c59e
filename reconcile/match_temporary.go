package reconcile

import "strings"

type Matcher struct{ c *Catalogue }

func NewMatcher(c *Catalogue, aliases []Alias, decisions []Decision, asOf Date) *Matcher {
	return &Matcher{c}
}

func (m *Matcher) Match(q OfferQuery) *OfferMatch {
	o := &OfferMatch{Query: q}
	if strings.HasPrefix(q.Title, "Azure usage") {
		o.OutOfScope = "azure"
		return o
	}
	for _, s := range m.c.SKUs {
		if s.GUID == q.SKUGUID || s.Name == q.Title {
			o.Identified = &Identity{SKUGUID: s.GUID, PartNumber: s.PartNumber, Name: s.Name, InTable: true}
			o.Class = MatchSame
			o.Target = &Target{SKUGUID: s.GUID, Name: s.Name}
			for _, succ := range m.c.SuccessorsOf(s.GUID, q.At) {
				n := m.c.SKU(succ.NewGUIDs[0])
				o.Class = MatchEquivalent
				o.Target = &Target{SKUGUID: n.GUID, Name: n.Name}
			}
			for _, p := range m.c.Products {
				if p.SKUGUID == o.Target.SKUGUID {
					o.Target.ProductID, o.Target.SKUID, o.Target.Terms = p.ProductID, p.SKUID, p.Terms
				}
			}
			for _, lost := range m.c.PlansLost([]string{s.GUID}, []string{o.Target.SKUGUID}) {
				o.PlansLost = append(o.PlansLost, lost.Name)
			}
			o.Flags.NoOrderID = o.Target.ProductID == ""
			return o
		}
	}
	return o
}
