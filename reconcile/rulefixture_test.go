package reconcile

import (
	"fmt"
	"slices"
	"testing"
)

// A ruleCase changes the good subscription and says what the rule must answer.
type ruleCase struct {
	name    string
	edit    func(*situation)
	want    Answer
	missing bool // a field that the rule asks for is not in the export
}

func fires(name string, edit func(*situation)) ruleCase { return ruleCase{name, edit, Fired, false} }

// near is a near miss: as much like a case that fires as can be.
func near(name string, edit func(*situation)) ruleCase { return ruleCase{name, edit, Clear, false} }

func lacks(want Answer, name string, edit func(*situation)) ruleCase {
	return ruleCase{name, edit, want, true}
}

// Each rule: it fires; it does not on either side of its boundary; and where a
// field it asks for is missing it says so, unless the missing field is its very
// question or another fact settles it.
func TestRules(t *testing.T) {
	tested := make(map[string]bool)
	for _, rule := range ruleCases() {
		kinds := map[Answer]int{}
		missing := 0
		for _, test := range rule.cases {
			if test.missing {
				missing++
			} else {
				kinds[test.want]++
			}
			t.Run(rule.code+"/"+test.name, func(t *testing.T) { checkRule(t, rule.code, test) })
		}
		if kinds[Fired] < 1 || kinds[Clear] < 2 || missing < 1 {
			t.Errorf("rule %s has %d firing cases, %d near misses, %d with a field missing; want 1, 2, 1 at least", rule.code, kinds[Fired], kinds[Clear], missing)
		}
		tested[rule.code] = true
	}
	for i := range Rules {
		if !tested[Rules[i].Code] {
			t.Errorf("rule %s has no cases", Rules[i].Code)
		}
	}
}

func checkRule(t *testing.T, code string, test ruleCase) {
	t.Helper()
	s := newSituation()
	test.edit(s)
	p, rulings := Explain(s.inputs(), func(*Plan, int) bool { return true })
	row := int(p.Fates[0].Row)
	if row < 0 {
		t.Fatalf("the subscription is not planned: %v", p.Fates[0])
	}
	r := &p.Rows[row]
	n := slices.IndexFunc(Rules, func(rule Rule) bool { return rule.Code == code })
	v := rulings[row][n]
	if v.Answer != test.want {
		t.Errorf("got %v (unless %q, needs %v), want %v; findings %v, match %v, route %v", v.Answer, v.Unless, v.Needs, test.want, codes(r), r.Match.Class, r.Route)
	}
	if r.Has(code) != (v.Answer == Fired) {
		t.Errorf("got ruling %v, but findings %v", v.Answer, codes(r))
	}
	if (len(v.Needs) > 0) != (v.Answer == Unjudged) {
		t.Errorf("got %v with missing facts %v", v.Answer, v.Needs)
	}
	checkStatus(t, r)
}

// The edits that cases are made of.

func set(edit func(*Subscription)) func(*situation) { return func(s *situation) { edit(&s.Sub) } }

func all(edits ...func(*situation)) func(*situation) {
	return func(s *situation) {
		for _, edit := range edits {
			edit(s)
		}
	}
}

func move(choice string) func(*situation) { return wrote("decision", choice) }

func planned(date string) func(*situation) { return wrote("planned_date", date) }

func wrote(field, value string) func(*situation) {
	return func(s *situation) {
		s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-1"), field, value))
	}
}

func expires(date string) func(*situation) {
	return set(func(s *Subscription) { s.Expires = day(date) })
}

func sku(guid, title string) func(*situation) {
	return set(func(s *Subscription) { s.SKUGUID, s.OfferTitle = guid, title })
}

func licences(n, assigned int) func(*situation) {
	return set(func(s *Subscription) { s.Licences, s.Assigned = Whole(n), Whole(assigned) })
}

func country(code string) func(*situation) {
	return set(func(s *Subscription) { s.Customer.Country = code })
}

func domain(name string) func(*situation) {
	return set(func(s *Subscription) { s.Customer.Domain = name })
}

func bought(c Channel, p Programme) func(*situation) {
	return set(func(s *Subscription) { s.Channel, s.Programme = c, p })
}

func reseller(id string) func(*situation) {
	return set(func(s *Subscription) { s.Rare = &Rare{ResellerID: id} })
}

func barred(reason string) func(*situation) {
	return set(func(s *Subscription) {
		s.Channel, s.Programme, s.MigrationEligible, s.Rare = LegacyCSP, Legacy, No, &Rare{IneligibleReason: reason}
	})
}

func addOn(base string) func(*situation) {
	return all(sku(skuAudio, "Microsoft 365 Audio Conferencing"), set(func(s *Subscription) { s.AddOn, s.Rare.BaseID = Yes, base }))
}

var (
	business  = sku(skuBP, "Microsoft 365 Business Premium")
	nce       = bought(OtherPartner, NCE)
	agreement = all(bought(Volume, EA), set(func(s *Subscription) { s.AutoRenew, s.EndOfTerm = No, EndCancel }))
	ends      = set(func(s *Subscription) { s.AutoRenew, s.EndOfTerm = No, EndCancel })
	eligible  = set(func(s *Subscription) { s.Channel, s.Programme, s.MigrationEligible = LegacyCSP, Legacy, Yes })
)

func relationship(r Relationship) func(*situation) {
	return func(s *situation) { s.Register.Relationship = r }
}

func admin(t Tri) func(*situation) { return func(s *situation) { s.Register.DelegatedAdmin = t } }

func agreed(t Tri) func(*situation) { return func(s *situation) { s.Register.Agreement = t } }

func tenants(t ...Tenant) func(*situation) {
	return func(s *situation) { s.Partner.Tenants = append(s.Partner.Tenants, t...) }
}

func partnerIn(country string) func(*situation) {
	return func(s *situation) { s.Partner.Country = country }
}

func provider(country string) func(*situation) {
	return func(s *situation) { s.Partner.Provider = Provider{"Distri", country} }
}

// another adds a further subscription of the same customer.
func another(role Role, edit func(*Subscription)) func(*situation) {
	return func(s *situation) {
		sub := good()
		sub.SubscriptionID = "S-2"
		edit(&sub)
		s.add(role, sub)
	}
}

// many adds further subscriptions of the same customer.
func many(n int) func(*situation) {
	return func(s *situation) {
		for i := range n {
			sub := good()
			sub.SubscriptionID = fmt.Sprintf("M-%03d", i)
			s.add(RoleSubscription, sub)
		}
	}
}

// leftover adds one Business seat in a state, which is not to be moved.
func leftover(state string) func(*situation) {
	return all(another(RoleSubscription, func(s *Subscription) {
		s.SKUGUID, s.OfferTitle, s.State, s.Licences, s.Assigned = skuBP, "", state, Whole(1), Whole(1)
	}), func(s *situation) {
		s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-2"), "decision", "leaves"))
	})
}

// family adds an add-on of a base in the partner's own tenant.
func family(base string, eligible Tri) func(*situation) {
	return another(RoleSubscription, func(s *Subscription) {
		s.SKUGUID, s.OfferTitle, s.AddOn, s.Rare.BaseID = skuAudio, "Microsoft 365 Audio Conferencing", Yes, base
		s.Channel, s.Programme, s.MigrationEligible = LegacyCSP, Legacy, eligible
	})
}

// inCSP has as many licences in CSP since it was first seen.
var inCSP = all(seenOn("2026-01-01"), another(RoleInCSP, func(*Subscription) {}))

// nameOnly takes away what tells one tenant from another.
func nameOnly(s *situation) {
	s.Sub.Customer.TenantID, s.Sub.Customer.Domain = "", ""
	s.Register.Customer = &CustomerFacts{Name: "Fabrikam", Country: "IT"}
}

// namesakes leaves the customer its name alone, which n tenants have.
func namesakes(n int) func(*situation) {
	return func(s *situation) {
		nameOnly(s)
		for i := range n {
			sub := good()
			sub.SubscriptionID = fmt.Sprintf("N-%d", i)
			sub.Customer = &CustomerFacts{TenantID: []string{tenantA, tenantB}[i], Name: "Contoso", Country: "IT"}
			s.add(RoleSubscription, sub)
		}
	}
}

// twins: two SKUs have the name of the subscription's offer.
func twins(s *situation) {
	twin := *s.Catalogue.SKU(skuEnded)
	twin.GUID, twin.PartNumber = "11111111-0000-4000-8000-00000000000e", "TWIN"
	s.Catalogue.SKUs = append(s.Catalogue.SKUs, twin)
	s.Catalogue.Index()
	s.Sub.SKUGUID, s.Sub.OfferTitle = "", "Project Online Essentials"
}

// alias names the offer by a title that a person mapped by hand.
func alias(title string) func(*situation) {
	return all(sku("", title), func(s *situation) {
		s.Aliases = []Alias{{Title: title, SKUGUID: skuE3, ProductID: "CFQ7TTC0LF8R", SKUID: "0001"}}
	})
}

// notListed takes a SKU out of every price list.
func notListed(guid string) func(*situation) {
	return func(s *situation) {
		s.Catalogue.Sales = append(s.Catalogue.Sales, SaleStatus{SKUGUID: guid, Status: SaleNotListed, From: day("2025-11-01")})
		s.Catalogue.Index()
	}
}

// soldOnlyIn limits Office 365 E3 to some countries, as the user's offer matrix does.
func soldOnlyIn(countries ...string) func(*situation) {
	return func(s *situation) {
		s.Catalogue.AddOwn(OwnOffers{Name: "matrix.csv", Products: []Product{{ProductID: "CFQ7TTC0LF8R", SKUID: "0001", Countries: countries}}})
	}
}

func erp(currency, price string) PriceLine {
	return PriceLine{ProductID: "CFQ7TTC0LF8R", SKUID: "1", Term: P1Y, Billing: Monthly, Currency: currency,
		ERP: euros(price, PerYear).Value, HasERP: true, From: day("2026-01-01")}
}

func sell(currency, price string) PriceLine {
	line := erp(currency, price)
	line.UnitPrice, line.Sell = line.ERP, true
	return line
}

func staleIf(facts string) func(*situation) {
	return func(s *situation) {
		d := decide(keyOf("sub", "s-1"), "decision", "move")
		d.Facts = facts
		s.Decisions = append(s.Decisions, d)
	}
}

// smallerMailbox: Office 365 E3 has a smaller mailbox than what it replaces.
func smallerMailbox(s *situation) {
	s.Catalogue.Limits = []PlanLimit{{Of: skuE4, What: LimitMailbox, Amount: 100}, {Of: skuOld, What: LimitMailbox, Amount: 100}, {Of: skuE3, What: LimitMailbox, Amount: 50}}
	s.Catalogue.Index()
}

func charity(s *situation) { s.Sub.Segment = Charity }

// uploaded adds a line of the batch tool's results about it.
func uploaded(m Migration) func(*situation) {
	return all(eligible, func(s *situation) { s.result("results.csv", "2026-11-20", m) })
}

// wants is an offer that a person wrote into the row.
func wants(offer string) func(*situation) {
	return func(s *situation) { write(s, "offer_wanted", offer) }
}

// chosenForAll is an offer that a person chose on Unmatched.
func chosenForAll(title, sku string) func(*situation) {
	return func(s *situation) {
		s.Decisions = append(s.Decisions, Decision{Scope: "offer", Key: FoldTitle(title), Field: "choice", Value: sku})
	}
}

// scheduled is a day that the batch tool was given.
func scheduled(date string) func(*situation) {
	return uploaded(Migration{State: MigrationScheduled, On: day(date)})
}

var onRenewal = uploaded(Migration{State: MigrationScheduled, OnRenewal: true})

// underWay is what the run before knew of its migration.
func underWay(state MigrationState) func(*situation) {
	return func(s *situation) {
		s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-01-01"), Migration: state}}
	}
}

func seenOn(date string) func(*situation) {
	return func(s *situation) { s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day(date)}} }
}

// otherSKU adds CSP licences of a SKU that nobody asked for.
func otherSKU(n int) func(*situation) {
	return another(RoleInCSP, func(s *Subscription) { s.SKUGUID, s.OfferTitle, s.Licences = skuBP, "", Whole(n) })
}

// wroteOn is what a person wrote on facts of an earlier day.
func wroteOn(field, value, facts string) func(*situation) {
	return func(s *situation) {
		d := decide(keyOf("sub", "s-1"), field, value)
		d.Facts = facts
		s.Decisions = append(s.Decisions, d)
	}
}
