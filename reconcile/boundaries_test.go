package reconcile

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/govalues/decimal"
)

// Cases that stand on the very edge of a rule, one step from its neighbour:
// mutation testing found that no other test did.

// twoSides is a situation that was first seen some days ago, so that CSP
// subscriptions which started since count.
func twoSides(keys ...string) *situation {
	s := newSituation()
	for _, key := range keys {
		s.Previous = append(s.Previous, PreviousRow{Key: key, FirstSeen: day("2026-11-01")})
	}
	return s
}

// What is not needed any more belongs to no row, though it would have counted.
func TestMoreInCSPThanNeeded(t *testing.T) {
	s := twoSides(keyOf("sub", "s-1"))
	s.csp("N-1", func(*Subscription) {})
	s.csp("N-2", func(sub *Subscription) { sub.Licences = Whole(3) })
	p := s.build()
	if r := p.Rows[0]; r.Seen != 20 || len(p.Extra) != 1 || p.Extra[0].Sub.SubscriptionID != "N-2" {
		t.Errorf("got %d seen, extra %+v, want 20 and N-2", r.Seen, p.Extra)
	}
}

// Unexplained licences are dealt out like others: each once, as many as a row
// lacks.
func TestUnexplainedLicencesAreDealtOut(t *testing.T) {
	s := newSituation()
	old := func(sub *Subscription) { sub.Start = day("2026-01-01") }
	s.csp("N-1", func(sub *Subscription) { old(sub); sub.Licences = Whole(15) })
	s.csp("N-2", func(sub *Subscription) { old(sub); sub.Licences = Whole(8) })
	second := good()
	second.SubscriptionID, second.Expires, second.Licences, second.Assigned = "S-2", day("2027-03-31"), Whole(3), Whole(3)
	s.add(RoleSubscription, second)
	third := second
	third.SubscriptionID, third.Expires = "S-3", day("2027-04-30")
	s.add(RoleSubscription, third)
	p := s.build()
	for i, want := range []bool{true, true, false} { // 15 + 5 for 20, 3 for 3, none left
		if got := p.Rows[i].Has("licences-differ"); got != want {
			t.Errorf("%s: got %v, want %v; findings %v", p.Rows[i].Sub.SubscriptionID, got, want, codes(&p.Rows[i]))
		}
	}
}

// A subscription of no licences is not done because none are missing.
func TestNothingToMoveIsNotDone(t *testing.T) {
	s := newSituation()
	s.Sub.Licences, s.Sub.Assigned, s.Sub.EndOfTerm = Whole(0), Count{}, EndCancel
	if r := s.first(t); r.Progress == ProgressDone || r.Progress == ProgressProvisioned {
		t.Errorf("got %v with no licences", r.Progress)
	}
}

// Some licences migrated and the others bought since: none is missing, so the
// numbers agree, and the old side is still to be ended.
func TestMigratedAndBought(t *testing.T) {
	for _, test := range []struct {
		bought int
		want   bool
	}{{12, false}, {11, true}} {
		s := twoSides(keyOf("sub", "s-1"))
		s.csp("N-1", func(sub *Subscription) { sub.Rare.MigratedFrom, sub.Licences = "S-1", Whole(8) })
		s.csp("N-2", func(sub *Subscription) { sub.Licences = Whole(test.bought) })
		if r := s.first(t); r.Has("licences-differ") != test.want || (r.Progress == ProgressProvisioned) == test.want {
			t.Errorf("8 migrated, %d bought of 20: got %v, %v", test.bought, r.Progress, codes(r))
		}
	}
}

// What is not sold any more may be bought by a tenant that holds it on either
// side, or on both.
func TestEndedSaleHeldOnEitherSide(t *testing.T) {
	for _, test := range []struct {
		name     string
		old, csp bool
		want     bool
	}{{"neither", false, false, true}, {"old", true, false, false}, {"CSP", false, true, false}, {"both", true, true, false}} {
		s := newSituation()
		s.Sub.SKUGUID, s.Sub.OfferTitle = skuEnded, ""
		if !test.old {
			s.Sub.Expires = day("2026-11-22")
		}
		if test.csp {
			s.csp("N-1", func(sub *Subscription) { sub.SKUGUID, sub.OfferTitle, sub.Rare.MigratedFrom = skuEnded, "", "S-9" })
		}
		if r := s.first(t); r.Has("sale-status-unknown") != test.want {
			t.Errorf("held by %s: got findings %v", test.name, codes(r))
		}
	}
}

// CSP subscriptions count against the limit of a tenant, too.
func TestSubscriptionLimitCountsBothSides(t *testing.T) {
	for _, test := range []struct {
		csp  int
		want bool
	}{{148, false}, {149, true}} { // with the old one and the one to be bought 150, 151
		s := newSituation()
		for i := range test.csp {
			s.csp(fmt.Sprintf("N-%d", i), func(sub *Subscription) { sub.SKUGUID, sub.OfferTitle, sub.Rare.MigratedFrom = skuAudio, "", "S-9" })
		}
		if r := s.first(t); r.Has("subscription-limit") != test.want {
			t.Errorf("%d in CSP: got %v, want %v", test.csp, r.Has("subscription-limit"), test.want)
		}
	}
}

// The product of the newest export that names one goes with its own SKU.
func TestProductAndSKUAreFilledTogether(t *testing.T) {
	tests := []struct{ newer, older, want string }{
		{"", "CFQ7TTC0LF8R/0001", "CFQ7TTC0LF8R/0001"},
		{"CFQ7TTC0LF8R/0001", "CFQ7TTC0LCHC/0002", "CFQ7TTC0LF8R/0001"},
		{"CFQ7TTC0LF8R/0001", "", "CFQ7TTC0LF8R/0001"},
	}
	for _, test := range tests {
		newer, older := Subscription{OfferFacts: new(OfferFacts)}, Subscription{OfferFacts: new(OfferFacts)}
		if test.newer != "" {
			newer.ProductID, newer.ProductSKU = test.newer[:12], test.newer[13:]
		}
		if test.older != "" {
			older.ProductID, older.ProductSKU = test.older[:12], test.older[13:]
		}
		newer.fillOffer(&older)
		if got := newer.ProductID + "/" + newer.ProductSKU; got != test.want {
			t.Errorf("%q filled from %q: got %q, want %q", test.newer, test.older, got, test.want)
		}
	}
}

// A name joins the one tenant that has it before a customer known by a domain.
func TestNameJoinsTheTenantFirst(t *testing.T) {
	facts := []CustomerFacts{
		{TenantID: tenantA, Name: "Contoso", Country: "IT"},
		{Domain: "contoso.example", Name: "Contoso", Country: "DE"},
		{Name: "Contoso", Country: "IT"},
		{Name: "Contoso", Country: "DE"},
	}
	_, at := placeFacts(facts, newFolder())
	if at[2] != at[0] || at[3] != at[1] || at[0] == at[1] {
		t.Errorf("got parties %v, want the Italian name at the tenant, the German one at the domain", at)
	}
}

// A year without a working day leaves the date alone.
func TestNoWorkingDayInAYear(t *testing.T) {
	p := planning{}
	for d := today; d > today-366; d-- {
		p.in.Policy.Holidays = append(p.in.Policy.Holidays, d)
	}
	if got := p.workingDay(today); got != today {
		t.Errorf("got %v after a year of holidays, want %v", got, today)
	}
	p.in.Policy.Holidays = p.in.Policy.Holidays[:365]
	if got := p.workingDay(today); got != today-365 {
		t.Errorf("got %v after 365 holidays, want %v", got, today-365)
	}
}

// Shares of any size are rounded as exact fractions are, half away from zero:
// the quick way in whole numbers and the way for large ones agree.
func TestShareIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	prices := []string{"0", "0.005", "-0.005", "0.0049999999999999999", "9.999999999999999999", "1.234567890123456789", "4611686018427387.904", "46116860184273.87904",
		"0.0000000000000000001", "92233720368547.75807", "-92233720368547.75807", "1844674407370.9551616"}
	for range 3000 {
		coef := r.Uint64() >> (1 + r.IntN(60))
		prices = append(prices, decimal.MustNew(int64(coef), r.IntN(20)).String())
	}
	for i, price := range prices {
		num, den := int64(1+r.IntN(40000)), int64(1+r.IntN(1200))
		if i%3 == 0 {
			num, den = 365, 365*3
		}
		currency := []string{"EUR", "JPY", "KWD"}[i%3]
		exact, _ := new(big.Rat).SetString(price)
		exact.Mul(exact, big.NewRat(num, den))
		exact.Mul(exact, new(big.Rat).SetInt64(int64(powerOf10(MinorDigits(currency)))))
		want, fits := roundedRat(exact)
		got := share(decimal.MustParse(price), num, den, currency)
		if got.Known() != fits || fits && got.Minor() != want {
			t.Errorf("%s × %d/%d in %s: got %+v, want %d (known: %v)", price, num, den, currency, got, want, fits)
		}
	}
}

// roundedRat is r as a whole number, half away from zero, if it fits.
func roundedRat(r *big.Rat) (int64, bool) {
	twice := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(2))
	twice.Add(twice, r.Denom())
	n := twice.Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	if r.Sign() < 0 {
		n.Neg(n)
	}
	return n.Int64(), n.IsInt64()
}

// An offer that the table knows by its product alone is found in CSP by it.
func TestProductWithoutASKUIsFoundInCSP(t *testing.T) {
	s := twoSides(keyOf("sub", "s-1"))
	s.Catalogue.Products = append(s.Catalogue.Products, Product{ProductID: "CFQ7TTC0AAAA", SKUID: "0003", Title: "House Suite", SKUTitle: "House Suite", Segment: Commercial})
	s.Catalogue.Index()
	s.Sub.SKUGUID, s.Sub.OfferTitle = "", "House Suite Gold"
	s.Aliases = []Alias{{Title: "House Suite Gold", ProductID: "CFQ7TTC0AAAA", SKUID: "0003"}}
	s.csp("N-1", func(sub *Subscription) {
		sub.SKUGUID, sub.OfferTitle, sub.ProductID, sub.ProductSKU = "", "", "CFQ7TTC0AAAA", "3"
	})
	if r := s.first(t); r.Seen != 20 || r.Progress != ProgressProvisioned {
		t.Errorf("got %d seen, %v, target %+v", r.Seen, r.Progress, r.Target)
	}
}

// Auto-renew and what the source says of the end of the term must go together.
func TestRenewalThatContradictsItself(t *testing.T) {
	for renew, ends := range map[Tri]map[EndOfTerm]bool{
		Yes:     {EndUnknown: false, EndRenew: false, EndEST: true, EndCancel: true},
		No:      {EndUnknown: false, EndRenew: true, EndEST: false, EndCancel: false},
		Unknown: {EndUnknown: false, EndRenew: false, EndEST: false, EndCancel: false},
	} {
		for end, want := range ends {
			s := newSituation()
			s.Sub.AutoRenew, s.Sub.EndOfTerm = renew, end
			if r := s.first(t); r.Has("facts-contradict") != want {
				t.Errorf("auto-renew %v, end of term %v: got %v, want %v", renew, end, !want, want)
			}
		}
	}
}

// The day that a person planned, on either side of each day that counts.
func TestPlannedDay(t *testing.T) {
	late := []string{"planned-late", "planned-after-end", "planned-after-renewal"}
	tests := []struct {
		name, planned, want string
		edit                func(*situation)
	}{
		{"on the act-by day", "2027-02-19", "", func(*situation) {}}, // seven days before a Sunday, on the Friday
		{"a day later", "2027-02-20", "planned-late", func(*situation) {}},
		{"on the last day", "2027-02-28", "planned-late", func(*situation) {}},
		{"after the renewal", "2027-03-01", "planned-after-renewal", func(*situation) {}},
		{"after the end", "2027-03-01", "planned-after-end", func(s *situation) { s.Sub.AutoRenew = No }},
		{"an agreement on its first day", "2027-03-01", "planned-late", func(s *situation) { s.Sub.Channel, s.Sub.Programme = Volume, EA }},
		{"an agreement a day later", "2027-03-02", "planned-after-renewal", func(s *situation) { s.Sub.Channel, s.Sub.Programme = Volume, EA }},
		{"provisioned already", "2027-02-28", "", func(s *situation) {
			s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
			s.csp("N-1", func(*Subscription) {})
		}},
	}
	for _, test := range tests {
		s := newSituation()
		s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "planned_date", test.planned)}
		test.edit(s)
		r := s.first(t)
		for _, code := range late {
			if got, want := r.Has(code), code == test.want; got != want {
				t.Errorf("%s: %s is %v, want %v", test.name, code, got, want)
			}
		}
	}
}

// An agreement that was moved keeps the day of the move as its start.
func TestStartOfAMovedAgreement(t *testing.T) {
	s := twoSides(keyOf("sub", "s-1"))
	s.Sub.Channel, s.Sub.Programme = Volume, EA
	if r := s.first(t); r.CSPStart != day("2027-03-01") {
		t.Errorf("open: got %v, want the day after the end", r.CSPStart)
	}
	s.csp("N-1", func(sub *Subscription) { sub.Start = day("2026-11-15") })
	if r := s.first(t); r.Progress != ProgressProvisioned || r.CSPStart != day("2026-11-15") {
		t.Errorf("%v: got %v, want 2026-11-15", r.Progress, r.CSPStart)
	}
}

// Who waits has half of the licences in CSP already: the rest is still to be
// provisioned. And a number that nobody knows is to be agreed, not settled.
func TestNextOfHalfMovedAndOfUnknownLicences(t *testing.T) {
	s := twoSides(keyOf("sub", "s-1"))
	s.csp("N-1", func(sub *Subscription) { sub.Licences = Whole(12) })
	s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", "wait")}
	if r := s.first(t); r.Progress != ProgressPartly || r.Next.Code != NextProvision {
		t.Errorf("partly, waiting: got %v, %s", r.Progress, r.Next.Code)
	}
	s = newSituation()
	s.Sub.Licences = Count{}
	if r := s.first(t); r.Next.Code != NextAgreeLicences {
		t.Errorf("unknown licences: got %s", r.Next.Code)
	}
}

// A domain that two tenants have names neither of them; a name goes to the one
// tenant that has it before anybody known by a domain.
func TestWeakerKeysOfSeveral(t *testing.T) {
	parties, at := placeFacts([]CustomerFacts{
		{TenantID: tenantA, Domain: "shared.example", Name: "Contoso", Country: "IT"},
		{TenantID: tenantB, Domain: "shared.example", Name: "Fabrikam", Country: "IT"},
		{Domain: "shared.example", Name: "Wingtip", Country: "DE"},
		{Domain: "own.example", Name: "Tailspin", Country: "DE"},
		{Domain: "other.example", Name: "Contoso", Country: "IT"},
		{Name: "Contoso", Country: "IT"},
	}, newFolder())
	if !parties[at[2]].ambiguous || parties[at[3]].ambiguous {
		t.Errorf("got ambiguous %v and %v, want true for the shared domain only", parties[at[2]].ambiguous, parties[at[3]].ambiguous)
	}
	if at[4] == at[0] || at[5] != at[0] {
		t.Errorf("got %v, want the name alone at its tenant, the other domain by itself", at)
	}
}

// The partner's first tenant stands where its country is, whatever else is listed.
func TestTenantsOfThePartner(t *testing.T) {
	us, gov, it := Tenant{ID: "u", Country: "US"}, Tenant{ID: "g", Country: "IT", Cloud: USGovernment}, Tenant{ID: "i", Country: "IT"}
	for _, test := range []struct {
		name    string
		partner Partner
		want    string
	}{
		{"alone", Partner{Country: "IT"}, "/IT"},
		{"another behind it", Partner{Country: "IT", Tenants: []Tenant{us}}, "/IT u/US"},
		{"with its id, listed second", Partner{Country: "IT", Tenants: []Tenant{us, it}}, "i/IT u/US"},
		{"in another cloud it is another", Partner{Country: "IT", Tenants: []Tenant{gov}}, "/IT g/IT"},
		{"without a country it is it", Partner{Country: "IT", Tenants: []Tenant{{ID: "x"}, us}}, "x/IT u/US"},
		{"only listed", Partner{Tenants: []Tenant{us, it}}, "u/US i/IT"},
	} {
		got := ""
		for i, tenant := range test.partner.cspTenants() {
			if i > 0 {
				got += " "
			}
			got += tenant.ID + "/" + tenant.Country
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// What stops a customer is named by what stands in the way first.
func TestBarriers(t *testing.T) {
	for _, test := range []struct {
		domain, country, provider string
		next                      NextCode
	}{
		{"contoso.com", "IT", "", NextProvision},
		{"contoso.com", "JP", "", NextStopRegion},
		{"contoso.onmicrosoft.us", "IT", "", NextStopCloud},
		{"contoso.onmicrosoft.us", "JP", "", NextStopCloud},
		{"contoso.com", "IT", "DE", NextProvision},
		{"contoso.com", "IT", "JP", NextStopProvider},
		{"contoso.com", "JP", "JP", NextStopRegion},
	} {
		s := newSituation()
		s.Sub.Customer.Domain, s.Sub.Customer.Country, s.Partner.Provider.Country = test.domain, test.country, test.provider
		if r := s.first(t); r.Next.Code != test.next || (r.Route == RouteNone) != (test.next != NextProvision) {
			t.Errorf("%+v: got %s, %v", test, r.Next.Code, r.Route)
		}
	}
}

// A country outside every region is told from one that nobody named.
func TestEvidenceOfNoRegion(t *testing.T) {
	for country, want := range map[string]string{"BY": "none", "JP": "Japan"} {
		s := newSituation()
		s.Sub.Customer.Country = country
		r := s.first(t)
		if len(r.Findings()) == 0 || arg(r.Findings()[0], "region") != want {
			t.Errorf("%s: got %+v, want region %s", country, r.Findings(), want)
		}
	}
	s := newSituation()
	s.Sub.Customer.Country = ""
	for _, f := range s.first(t).Findings() {
		if f.Code == "region-unknown" && arg(f, "region") != "" {
			t.Errorf("no country: got region %q, want none said", arg(f, "region"))
		}
	}
}

// Amounts are added and read back without a guess: unknown stays what the other is.
func TestAmountsAddAndReadBack(t *testing.T) {
	five, none := MinorUnits(500), Amount(0)
	if five.Plus(MinorUnits(-150)) != MinorUnits(350) || five.Plus(none) != five || none.Plus(five) != five || none.Plus(none) != none {
		t.Error("sums of known and unknown amounts are wrong")
	}
	for text, want := range map[string]Amount{"3000.00": MinorUnits(300000), "-0.05": MinorUnits(-5), "0.00": MinorUnits(0), "": 0} {
		got, err := ParseAmount(text, "EUR")
		if err != nil || got != want || got.Text("EUR") != text {
			t.Errorf("%q: got %+v, %v, printed %q", text, got, err, got.Text("EUR"))
		}
	}
	for _, text := range []string{"1.234", "x", "99999999999999999999"} {
		if got, err := ParseAmount(text, "EUR"); err == nil && got.Known() && got.Text("EUR") != text {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
	if _, err := ParseAmount("9600.5", "JPY"); err == nil {
		t.Error("half a yen is taken")
	}
}

// Only what a usable line corrects has lost its place among the rejected rows.
func TestCorrectedRowsNeedAUsableLine(t *testing.T) {
	a, b := Source{File: "a.csv", Row: 2}, Source{File: "a.csv", Row: 3}
	got := CorrectedRows([]Record{{Corrects: &a}, {Corrects: &b, Problem: &Problem{Code: "bad-date"}}, {}})
	if len(got) != 1 || !got[a] {
		t.Errorf("got %v, want %v alone", got, a)
	}
}

func TestParseCloud(t *testing.T) {
	for text, want := range map[string]Cloud{"": Worldwide, "worldwide": Worldwide, "us-government": USGovernment, "china": China21Vianet} {
		if got, ok := ParseCloud(text); !ok || got != want {
			t.Errorf("%q: got %v, %v", text, got, ok)
		}
	}
	if _, ok := ParseCloud("mars"); ok {
		t.Error("a cloud that nobody knows is taken")
	}
}

// A customer known by its domain alone stands where that domain is shown.
func TestOrderOfACustomerWithoutAName(t *testing.T) {
	s := newSituation()
	s.Records = nil
	for i, c := range []CustomerFacts{{Domain: "m.example", Country: "IT"}, {Name: "Alfa", Country: "IT"}, {Name: "Zeta", Country: "IT"}} {
		sub := good()
		sub.SubscriptionID, sub.Customer = fmt.Sprintf("S-%d", i), &c
		s.add(RoleSubscription, sub)
	}
	p := Build(s.Inputs)
	var order []string
	for _, r := range p.Rows {
		order = append(order, r.Sub.SubscriptionID)
	}
	if got := fmt.Sprint(order); got != "[S-1 S-0 S-2]" {
		t.Errorf("got %s, want Alfa, m.example, Zeta", got)
	}
}
