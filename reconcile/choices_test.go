package reconcile

import "testing"

// A choice stands while its facts do: once the chosen offer is withdrawn, or
// lacks something it had, it is asked for again and nothing is bought by it.
func TestStaleChoice(t *testing.T) {
	const title = "Contoso Bundle"
	choice := func(facts string) []Decision {
		return []Decision{{Scope: "offer", Key: FoldTitle(title), Field: "choice", Value: skuBP, Facts: facts, By: "Anna", When: "2026-11-20T10:00:00Z"}}
	}
	situate := func(facts string, edit func(*Catalogue)) *situation {
		s := newSituation()
		s.Sub.SKUGUID, s.Sub.OfferTitle = "", title
		s.Decisions = choice(facts)
		edit(s.Catalogue)
		s.Catalogue.Index()
		return s
	}
	none := func(*Catalogue) {}
	fresh := situate("", none).build()
	if len(fresh.Choices) != 1 || fresh.Choices[0].Facts == "" || fresh.Choices[0].Was != "" {
		t.Fatalf("got choices %+v, want one with its facts", fresh.Choices)
	}
	facts := fresh.Choices[0].Facts
	tests := []struct {
		name  string
		s     *situation
		taken bool
	}{
		{"new", situate("", none), true},
		{"nothing changed", situate(facts, none), true},
		{"withdrawn since", situate(facts, func(c *Catalogue) {
			c.Sales = append(c.Sales, SaleStatus{SKUGUID: skuBP, Status: SaleWithdrawn, From: day("2026-11-01")})
		}), false},
		{"the title means a SKU since", situate(facts, func(c *Catalogue) {
			c.SKUs = append(c.SKUs, SKU{GUID: tenantB, PartNumber: "BUNDLE", Name: title, Current: true, Plans: []int32{0, 3}})
		}), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := tt.s.first(t)
			taken := r.Target != nil && r.Target.SKUGUID == skuBP
			if taken != tt.taken || r.Has("decision-stale") == tt.taken {
				t.Errorf("taken %v with findings %v, want %v; choice %+v", taken, codes(r), tt.taken, r.Match.Choice)
			}
		})
	}
}

// A choice for a title that is known stands on what the chosen offer lacks: once
// that is more, whole services or less of one, somebody has to look again.
func TestChoiceThatLosesMoreSince(t *testing.T) {
	const title = "Office 365 E3"
	choose := func(facts string, edit func(*Catalogue)) *Row {
		s := newSituation()
		s.Decisions = []Decision{{Scope: "offer", Key: FoldTitle(title), Field: "choice", Value: skuBP, Facts: facts, By: "Anna", When: "2026-11-20T10:00:00Z"}}
		edit(s.Catalogue)
		s.Catalogue.Index()
		return s.first(t)
	}
	fresh := choose("", func(*Catalogue) {})
	if fresh.Target == nil || fresh.Target.SKUGUID != skuBP || fresh.Match.Choice == nil {
		t.Fatalf("got %+v, want the chosen offer", fresh.Target)
	}
	for name, tt := range map[string]struct {
		edit  func(*Catalogue)
		taken bool
	}{
		"nothing":   {func(*Catalogue) {}, true},
		"a service": {func(c *Catalogue) { c.SKU(skuBP).Plans = []int32{0, 1} }, false},
		"half of the mailbox": {func(c *Catalogue) {
			c.Limits = []PlanLimit{{Of: skuE3, What: LimitMailbox, Amount: 100}, {Of: skuBP, What: LimitMailbox, Amount: 50}}
		}, false},
	} {
		r := choose(fresh.Match.Choice.Facts, tt.edit)
		if taken := r.Target.SKUGUID == skuBP; taken != tt.taken || r.Has("decision-stale") == tt.taken {
			t.Errorf("it lacks %s since: got %s, findings %v; want the choice taken: %v", name, r.Target.Name, codes(r), tt.taken)
		}
	}
}
