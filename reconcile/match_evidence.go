package reconcile

import (
	"slices"
	"strings"
)

// Evidence is one thing a row holds about its offer and what it counted for.
type Evidence struct {
	Basis  string   // code, as OfferMatch.Basis
	Given  string   // the id or the title as the row holds it
	Names  []string // SKUs and offers that it names; none: the tables do not know it
	Weight Weight
}

// A Weight is what a piece of evidence counted for.
type Weight uint8

const (
	WeightUnknown   Weight = iota // names nothing that is known
	WeightSeveral                 // names several, and nothing decides between them
	WeightDisagrees               // names something else than the rest
	WeightAgrees                  // names the same as what decided
	WeightDecides                 // says what the row is
	WeightOverrides               // a person's decision: says what to buy, whatever the tables say
	WeightBuys                    // says what to buy
)

var weightWords = []string{"unknown", "several", "disagrees", "agrees", "decides", "overrides", "buys"}

func (v Weight) String() string { return word(weightWords, uint8(v)) }

// evidence lists what the query holds in the order in which it counts: the
// batch tool's product, ids, the user's list, a person's decision, the title.
func (m *Matcher) evidence(a *question) []Evidence {
	var out []Evidence
	if a.q.NcePsa != "" {
		out = append(out, m.psaEvidence(a))
	}
	for _, e := range a.named {
		out = append(out, Evidence{e.basis, e.given, m.skuNames(a, e.guids), a.weigh(e.basis, e.guids)})
	}
	if alias, ok := m.alias(a); ok {
		e := Evidence{Basis: basisAlias, Given: a.q.Title, Weight: a.weigh(basisAlias, alias.parts())}
		if alias.SKUGUID != "" {
			e.Names = m.skuNames(a, alias.parts())
		}
		if alias.ProductID != "" {
			e.Names = append(e.Names, alias.ProductID+"/"+PadSKUID(alias.SKUID))
		}
		if a.r.Basis == basisAlias && e.Weight != WeightDecides {
			e.Weight = WeightBuys
		}
		out = append(out, e)
	}
	if c := a.r.Choice; c != nil && a.r.Basis == basisDecision {
		out = append(out, Evidence{basisDecision, a.q.Title, m.skuNames(a, strings.Split(c.Value, "+")), WeightOverrides})
	}
	if a.q.Title != "" && (partNumberOf(a.q) == "" || a.q.PartNumber != "") {
		out = append(out, m.titleEvidence(a))
	}
	return out
}

func (m *Matcher) psaEvidence(a *question) Evidence {
	e := Evidence{Basis: basisNcePsa, Given: a.q.NcePsa}
	ids := strings.Split(strings.TrimSpace(a.q.NcePsa), ":")
	if len(ids) < 2 {
		return e
	}
	if p := m.c.Product(ids[0], ids[1]); p != nil {
		e.Names = []string{p.SKUTitle}
	}
	switch {
	case a.r.Identified != nil && a.r.Identified.Basis == basisNcePsa:
		e.Weight = WeightDecides
	case a.r.Basis == basisNcePsa:
		e.Weight = WeightBuys
	}
	return e
}

// titleEvidence says what the title means; a name that it had before is named
// too, since the day decides.
func (m *Matcher) titleEvidence(a *question) Evidence {
	e := Evidence{Basis: basisTitle, Given: a.q.Title}
	guids := guidsOf(a.fits.names)
	for _, n := range a.fits.names {
		e.Names = append(e.Names, n.text)
		if n.kind == nameFormer {
			e.Basis = basisFormerTitle
		}
	}
	e.Weight = a.weigh(e.Basis, guids)
	if len(guids) == 0 && len(a.fits.names) > 0 {
		e.Weight = WeightAgrees
		if id := a.r.Identified; id != nil && id.Basis == basisTitle {
			e.Weight = WeightDecides
		}
	}
	return e
}

// weigh compares what a piece of evidence names with what was decided.
func (a *question) weigh(basis string, guids []string) Weight {
	id := a.r.Identified
	switch {
	case id != nil && id.Basis == basis:
		return WeightDecides
	case len(guids) == 0:
		return WeightUnknown
	case id != nil && slices.Contains(guids, id.SKUGUID):
		return WeightAgrees
	case id == nil && a.r.Flags.TitleIDDisagree, id != nil && len(guids) == 1:
		return WeightDisagrees
	}
	return WeightSeveral
}

// namedBy is the first evidence that names a SKU; the title if no id does.
func (a *question) namedBy(guid string) string {
	for _, e := range a.named {
		if slices.Contains(e.guids, guid) {
			return e.basis
		}
	}
	return basisTitle
}

func (m *Matcher) skuNames(a *question, guids []string) []string {
	var out []string
	for _, guid := range guids {
		out = append(out, m.skuName(a, guid))
	}
	return out
}
