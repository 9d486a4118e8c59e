package reconcile

import (
	"slices"
	"testing"

	"github.com/govalues/decimal"
)

// Offers of a base and an add-on: SKUs that the world of these tests adds.
const (
	skuNoTeamsE3 = "46c3a859-c90d-40b3-9551-6178a48d5c18"
	skuTeams     = "7e31c0d9-9551-471d-836f-32ee72be4a01"
)

// withTeamsEnded ends the sale of Office 365 E3 for those who do not hold it:
// they buy it without Teams, and Teams.
func withTeamsEnded(s *situation) {
	c, yearly := s.Catalogue, []TermBilling{{P1Y, Annual}, {P1Y, Monthly}}
	c.SKUs = append(c.SKUs,
		SKU{GUID: skuNoTeamsE3, PartNumber: "O365_E3_NO_TEAMS", Name: "Office 365 E3 (no Teams)", Current: true, Plans: []int32{0, 1}},
		SKU{GUID: skuTeams, PartNumber: "TEAMS_ENTERPRISE", Name: "Microsoft Teams Enterprise", Current: true, Plans: []int32{2}})
	c.Products = append(c.Products,
		Product{ProductID: "CFQ7TTC0LF8R", SKUID: "0020", Title: "Office 365 E3", SKUTitle: "Office 365 E3 (no Teams)", Segment: Commercial, Terms: yearly, SKUGUID: skuNoTeamsE3},
		Product{ProductID: "CFQ7TTC0X0X0", SKUID: "0001", Title: "Microsoft Teams Enterprise", SKUTitle: "Microsoft Teams Enterprise", Segment: Commercial, Terms: []TermBilling{{P1M, Monthly}}, SKUGUID: skuTeams})
	c.Sales = append(c.Sales, SaleStatus{SKUGUID: skuE3, Status: SaleEnded, From: day("2024-04-01")})
	c.Successors = append(c.Successors, Successor{OldGUID: skuE3, NewName: "Office 365 E3 (no Teams) + Microsoft Teams Enterprise",
		NewGUIDs: []string{skuNoTeamsE3, skuTeams}, Kind: KindNetNew})
	c.Index()
}

func retail(product, sku string, term Term, billing Billing, currency, price string) PriceLine {
	return PriceLine{ProductID: product, SKUID: sku, Term: term, Billing: billing, Currency: currency, ERP: decimal.MustParse(price), HasERP: true}
}

func TestReplaceEnded(t *testing.T) {
	tests := []struct {
		name    string
		edit    func(*situation)
		target  string // SKUs to buy
		class   MatchClass
		unknown bool // finding sale-status-unknown
	}{
		{"the subscription itself shows that it is held", func(*situation) {}, skuE3, MatchSame, false},
		{"expired: nobody holds it", func(s *situation) { s.Sub.Expires = day("2026-11-01") }, skuNoTeamsE3 + "+" + skuTeams, MatchEquivalent, true},
		{"expired, held in CSP", func(s *situation) {
			s.Sub.Expires = day("2026-11-01")
			held := good()
			held.SubscriptionID, held.Rare.MigratedFrom = "S-2", "elsewhere"
			s.add(RoleInCSP, held)
		}, skuE3, MatchSame, false},
		{"expired, another customer holds it", func(s *situation) {
			s.Sub.Expires = day("2026-11-01")
			held := good()
			held.SubscriptionID, held.Customer = "S-2", &CustomerFacts{TenantID: tenantB, Name: "Fabrikam", Country: "IT"}
			s.add(RoleSubscription, held)
		}, skuNoTeamsE3 + "+" + skuTeams, MatchEquivalent, true},
		{"an equivalent whose sale has ended", func(s *situation) { s.Sub.SKUGUID, s.Sub.OfferTitle = skuOld, "" }, skuNoTeamsE3 + "+" + skuTeams, MatchEquivalent, true},
		{"the same by channel transfer", func(s *situation) {
			s.Sub.SKUGUID, s.Sub.OfferTitle, s.Sub.Channel, s.Sub.Programme = skuOld, "", Volume, EA
		}, skuE3, MatchEquivalent, false},
		{"a person who decided to move has looked", func(s *situation) {
			s.Sub.SKUGUID, s.Sub.OfferTitle = skuOld, ""
			s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-1"), "decision", "move"))
		}, skuNoTeamsE3 + "+" + skuTeams, MatchEquivalent, false},
		{"two answers for new customers are a choice", func(s *situation) {
			s.Sub.SKUGUID, s.Sub.OfferTitle = skuOld, ""
			s.Catalogue.Successors = append(s.Catalogue.Successors, Successor{OldGUID: skuE3, NewName: "Business Premium", NewGUIDs: []string{skuBP}, Kind: KindNetNew})
			s.Catalogue.Index()
		}, skuE3, MatchEquivalent, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSituation()
			withTeamsEnded(s)
			tt.edit(s)
			r := s.first(t)
			if r.Target == nil || r.Target.ID() != tt.target || r.Match.Class != tt.class || r.Has("sale-status-unknown") != tt.unknown {
				t.Errorf("got %+v, %v, findings %v; want %s, %v, sale-status-unknown %v", r.Target, r.Match.Class, codes(r), tt.target, tt.class, tt.unknown)
			}
		})
	}
}

// Both parts are priced, each for the term and billing it is sold with, and
// normalised to a year before they are added.
func TestCostOfParts(t *testing.T) {
	base := retail("CFQ7TTC0LF8R", "0020", P1Y, Monthly, "EUR", "240") // 20 × 240 = 4800 a year, 400 at once
	addOn := retail("CFQ7TTC0X0X0", "0001", P1M, Monthly, "EUR", "5.25")
	own := func(line PriceLine) PriceLine {
		line.Sell, line.UnitPrice = true, line.ERP
		return line
	}
	tests := []struct {
		name   string
		prices []PriceLine
		year   string
		first  string
		basis  string
	}{
		{"both, of different terms", []PriceLine{base, addOn}, "6060.00", "505.00", "erp"},
		{"thirds are rounded once", []PriceLine{retail("CFQ7TTC0LF8R", "0020", P1Y, Monthly, "EUR", "100.01"), retail("CFQ7TTC0X0X0", "0001", P1M, Monthly, "EUR", "0.01")}, "2002.60", "166.88", "erp"},
		{"both at the partner's own price", []PriceLine{own(base), own(addOn)}, "6060.00", "505.00", "sell"},
		{"the base alone at the partner's own price", []PriceLine{own(base), addOn}, "6060.00", "505.00", "erp"},
		{"the add-on alone at the partner's own price", []PriceLine{base, own(addOn)}, "6060.00", "505.00", "erp"},
		{"the add-on has none", []PriceLine{base}, "", "", ""},
		{"the base has none", []PriceLine{addOn}, "", "", ""},
		{"two currencies", []PriceLine{base, retail("CFQ7TTC0X0X0", "0001", P1M, Monthly, "USD", "5.25")}, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSituation()
			withTeamsEnded(s)
			s.Sub.Expires = day("2026-11-01")
			s.Prices = tt.prices
			m := s.first(t).Money
			if got, first := m.CostCSP.Text("EUR"), m.FirstPaymentCSP.Text("EUR"); got != tt.year || first != tt.first || m.CSPBasis.String() != tt.basis {
				t.Errorf("got %q a year, first %q, by %q; want %q, %q, %q", got, first, m.CSPBasis.String(), tt.year, tt.first, tt.basis)
			}
		})
	}
}

// The service plans of both parts count, and a part without an id to order by
// is said.
func TestPartsTogether(t *testing.T) {
	s := newSituation()
	withTeamsEnded(s)
	s.Sub.Expires = day("2026-11-01")
	r := s.first(t)
	if len(r.PlansLost()) != 0 || r.Has("no-order-id") || r.Reassign != Yes {
		t.Errorf("lost %v, reassign %v, findings %v; want nothing lost, yes, both ids known", r.PlansLost(), r.Reassign, codes(r))
	}
	s = newSituation()
	withTeamsEnded(s)
	s.Sub.Expires = day("2026-11-01")
	s.Catalogue.Products = slices.DeleteFunc(s.Catalogue.Products, func(p Product) bool { return p.SKUGUID == skuTeams })
	s.Catalogue.Index()
	if r := s.first(t); !r.Has("no-order-id") {
		t.Errorf("the add-on has no product: findings %v, want no-order-id", codes(r))
	}
}

// A move is done when both parts are in CSP.
func TestProgressOfParts(t *testing.T) {
	for _, tt := range []struct {
		name      string
		e3, teams int
		want      Progress
		seen      int
	}{
		{"nothing", 0, 0, ProgressAccepted, 0},
		{"only the base", 20, 0, ProgressAccepted, 0},
		{"some of the add-on", 20, 5, ProgressPartly, 5},
		{"both", 20, 20, ProgressProvisioned, 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSituation()
			withTeamsEnded(s)
			s.Sub.SKUGUID, s.Sub.OfferTitle, s.Sub.Expires = skuOld, "", day("2027-02-28")
			s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-01-01")}}
			for sku, n := range map[string]int{skuNoTeamsE3: tt.e3, skuTeams: tt.teams} {
				if n > 0 {
					bought := good()
					bought.SubscriptionID, bought.SKUGUID, bought.OfferTitle, bought.Licences, bought.Start = sku, sku, "", Whole(n), day("2026-11-01")
					s.add(RoleInCSP, bought)
				}
			}
			if r := s.first(t); r.Progress != tt.want || int(r.Seen) != tt.seen {
				t.Errorf("got %v with %d licences seen, want %v with %d", r.Progress, r.Seen, tt.want, tt.seen)
			}
		})
	}
}

// Choosing a proposal of two SKUs buys both; ruling it out leaves the base
// alone to be chosen.
func TestChoiceOfParts(t *testing.T) {
	id := skuNoTeamsE3 + "+" + skuTeams
	choose := func(value string) *situation {
		s := newSituation()
		withTeamsEnded(s)
		s.Sub.SKUGUID, s.Sub.OfferTitle = "", "Contoso Bundle"
		s.Decisions = []Decision{{Scope: "offer", Key: FoldTitle("Contoso Bundle"), Field: "choice", Value: value}}
		return s
	}
	r := choose(id).first(t)
	if r.Target == nil || r.Target.ID() != id || r.Match.Basis != "decision" {
		t.Errorf("chosen: got %+v by %q, want %s by decision", r.Target, r.Match.Basis, id)
	}
	r = choose(skuNoTeamsE3 + "+" + tenantA).first(t)
	if r.Target != nil {
		t.Errorf("a choice with an unknown SKU: got %+v, want nothing chosen", r.Target)
	}
}
