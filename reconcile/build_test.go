package reconcile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
	"pgregory.net/rapid"
)

// A customer without a name stands where what is printed instead belongs.
func TestOrderOfNamelessCustomers(t *testing.T) {
	s := newSituation()
	s.Inputs.Records = nil
	for id, facts := range map[string]CustomerFacts{"1": {Name: "Alfa", Country: "IT"}, "2": {Domain: "beta.onmicrosoft.com"}, "3": {Name: "Gamma", Country: "IT"}} {
		sub := good()
		sub.SubscriptionID, sub.Customer = id, &facts
		s.add(RoleSubscription, sub)
	}
	p := Build(s.Inputs)
	var order []string
	for i := range p.Rows {
		order = append(order, p.Rows[i].Sub.SubscriptionID+p.Customers[i].Facts.Title())
	}
	if want := []string{"1Alfa", "2beta.onmicrosoft.com", "3Gamma"}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v", order, want)
	}
}

func TestOrder(t *testing.T) {
	s := newSituation()
	s.Inputs.Records = nil
	for _, line := range []struct{ id, name, expires, title string }{
		{"5", "Zeta", "", "Office 365 E3"},
		{"3", "Straße", "2027-01-01", "Office 365 E3"},
		{"2", "STRASSE", "2027-01-01", "Microsoft 365 Business Premium"},
		{"4", "Zeta", "2027-01-01", "Office 365 E3"},
		{"1", "Zeta", "2026-01-01", "Office 365 E3"},
	} {
		sub := good()
		sub.SubscriptionID, sub.Customer = line.id, &CustomerFacts{Name: line.name, Country: "IT"}
		sub.Expires, sub.OfferTitle, sub.SKUGUID = day(line.expires), line.title, ""
		s.add(RoleSubscription, sub)
	}
	p := Build(s.Inputs)
	var order []string
	for _, r := range p.Rows {
		order = append(order, r.Sub.SubscriptionID)
	}
	if want := []string{"1", "2", "3", "4", "5"}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v", order, want)
	}
	if p.Customers[0].Facts.Name != "Zeta" || !slices.Equal(p.Customers[0].Rows, []int32{0, 3, 4}) || p.Rows[1].Customer != 1 {
		t.Errorf("got customers %+v", p.Customers)
	}
}

// One offer that was bought in several months and countries is listed once;
// where the answers differ, each stands.
func TestMatchesAreListedOnce(t *testing.T) {
	s := newSituation()
	for i, bought := range []string{"2026-02-01", "2026-04-01", "2026-05-01"} {
		sub := good()
		sub.SubscriptionID, sub.Start = string(rune('A'+i)), day(bought)
		sub.Customer = &CustomerFacts{TenantID: string(rune('A' + i)), Country: []string{"IT", "DE", "CH"}[i]}
		s.add(RoleSubscription, sub)
	}
	other := good()
	other.SubscriptionID, other.OfferTitle, other.SKUGUID = "X", "Microsoft 365 Business Premium", skuBP
	s.add(RoleSubscription, other)
	lost := good()
	lost.SubscriptionID, lost.SKUGUID, lost.OfferTitle = "Y", "", "Gold Bundle 7"
	s.add(RoleSubscription, lost)
	var titles []string
	for _, m := range s.build().Matches {
		titles = append(titles, m.Query.Title)
	}
	if want := []string{"Gold Bundle 7", "Microsoft 365 Business Premium", "Office 365 E3"}; !slices.Equal(titles, want) {
		t.Errorf("got %v, want %v", titles, want)
	}
	a := OfferMatch{Class: MatchSame, Target: &Target{SKUGUID: "1", ProductID: "P", SKUID: "0001"}}
	for name, edit := range map[string]func(*OfferMatch){
		"class":   func(m *OfferMatch) { m.Class = MatchRenamed },
		"basis":   func(m *OfferMatch) { m.Basis = "title" },
		"target":  func(m *OfferMatch) { m.Target = nil },
		"sku":     func(m *OfferMatch) { m.Target.SKUGUID = "2" },
		"product": func(m *OfferMatch) { m.Target.ProductID = "Q" },
		"sku id":  func(m *OfferMatch) { m.Target.SKUID = "0002" },
		"title":   func(m *OfferMatch) { m.Query.Title = "other" },
	} {
		target := *a.Target
		b := a
		b.Target = &target
		if !sameAnswer(&a, &b) {
			t.Fatal("a copy is another answer")
		}
		if edit(&b); sameAnswer(&a, &b) {
			t.Errorf("another %s is the same answer", name)
		}
	}
}

// genInputs draws a small world of records that collide in every way: ids,
// duplicates, tenants, sides, offers, dates.
func genInputs(t *rapid.T) Inputs {
	s := newSituation()
	in := s.Inputs
	for i := range rapid.IntRange(0, 14).Draw(t, "records") {
		sub := Subscription{
			Customer: &CustomerFacts{
				TenantID: rapid.SampledFrom([]string{"", tenantA, tenantB}).Draw(t, "tenant"),
				Domain:   rapid.SampledFrom([]string{"", "contoso.com", "fabrikam.com"}).Draw(t, "domain"),
				Name:     rapid.SampledFrom([]string{"Contoso", "CONTOSO", "Fabrikam"}).Draw(t, "name"),
				Country:  rapid.SampledFrom([]string{"", "IT", "DE", "JP"}).Draw(t, "country"),
			},
			SubscriptionID: rapid.SampledFrom([]string{"", "s-1", "S-1", "s-2", "s-3"}).Draw(t, "id"),
			OfferFacts:     &OfferFacts{OfferTitle: rapid.SampledFrom([]string{"Office 365 E3", "Office 365 E4", "Microsoft Azure", "Gold Bundle"}).Draw(t, "title")},
			Licences:       Count{int32(rapid.IntRange(0, 3).Draw(t, "licences")), rapid.Bool().Draw(t, "known")},
			Expires:        today + Date(rapid.IntRange(-3, 3).Draw(t, "expires")),
			Start:          today - Date(rapid.IntRange(0, 2).Draw(t, "start")),
			Channel:        rapid.SampledFrom([]Channel{ChannelUnknown, Direct, LegacyCSP, OtherPartner}).Draw(t, "channel"),
			Rare:           &Rare{MigratedFrom: rapid.SampledFrom([]string{"", "s-2"}).Draw(t, "from")},
			Owner:          rapid.SampledFrom([]string{"", "Anna", "Bruno"}).Draw(t, "owner"),
			Price:          euros("10", PerMonth), Currency: "EUR",
		}
		if !sub.Licences.Known {
			sub.Licences.N = 0
		}
		rec := Record{
			Source:   Source{File: rapid.SampledFrom([]string{"a.csv", "b.csv"}).Draw(t, "file"), Row: i + 2},
			Role:     rapid.SampledFrom([]Role{RoleSubscription, RoleSubscription, RoleSubscription, RoleInCSP, RoleReference, RoleOutOfScope, RoleNone}).Draw(t, "role"),
			Hash:     hashOf(rapid.IntRange(0, 20).Draw(t, "hash")),
			Licences: sub.Licences, Sub: &sub,
		}
		rec.Exported = map[string]Date{"a.csv": today - 3, "b.csv": today - 1}[rec.Source.File]
		switch rec.Role {
		case RoleReference:
			rec.Sub, rec.Customer = nil, &RegisterLine{Customer: sub.Customer, Relationship: RelationshipRequested, Owner: sub.Owner}
		case RoleNone:
			rec.Problem = &Problem{Code: "bad-date"}
		}
		in.Records = append(in.Records, rec)
	}
	return in
}

// Each record has exactly one fate; each row one planned record; licences of
// the planned records are the licences of the plan.
func TestEveryRecordHasOneFate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := genInputs(t)
		p := Build(in)
		if len(p.Fates) != len(in.Records) {
			t.Fatalf("%d fates of %d records", len(p.Fates), len(in.Records))
		}
		planned := make([]int, len(p.Rows))
		sources := make([]int, len(p.Rows))
		var read, onPlan int64
		for i, fate := range p.Fates {
			onRow := fate.Outcome == Planned || fate.Outcome == Merged
			if fate.Outcome == OutcomeMissing || onRow != (fate.Row >= 0) {
				t.Fatalf("record %d: %+v", i, fate)
			}
			if onRow {
				sources[fate.Row]++
			}
			if fate.Outcome == Planned {
				planned[fate.Row]++
				read += int64(in.Records[i].Licences.N)
			}
		}
		for n := range p.Rows {
			onPlan += int64(p.Rows[n].Sub.Licences.N)
			if planned[n] != 1 || sources[n] != len(p.Sources(&p.Rows[n])) {
				t.Fatalf("row %d: %d planned records, %d sources, fates name %d", n, planned[n], len(p.Sources(&p.Rows[n])), sources[n])
			}
			if n > 0 && compareExpiry(p.Rows[n-1].Sub.Expires, p.Rows[n].Sub.Expires) > 0 {
				t.Fatalf("row %d stands before an earlier expiry", n-1)
			}
		}
		if read != onPlan {
			t.Fatalf("%d licences read, %d planned", read, onPlan)
		}
		checkCustomers(t, &p)
	})
}

// apartFromRecords takes out of a plan what counts records and their places, and
// tells the sources of its rows in full.
func apartFromRecords(p *Plan) (sources [][]Source) {
	for i := range p.Rows {
		sources = append(sources, p.Sources(&p.Rows[i]))
		p.Rows[i].From = Spot{}
	}
	p.Fates, p.Places = nil, nil
	return sources
}

func checkCustomers(t *rapid.T, p *Plan) {
	seen := 0
	for c := range p.Customers {
		for _, n := range p.Customers[c].Rows {
			seen++
			if int(p.Rows[n].Customer) != c {
				t.Fatalf("row %d belongs to customer %d, who is said to be %d", n, p.Rows[n].Customer, c)
			}
		}
	}
	keys := map[string]bool{}
	for i := range p.Rows {
		if keys[p.Rows[i].Key] {
			t.Fatalf("key %s occurs twice", p.Rows[i].Key)
		}
		keys[p.Rows[i].Key] = true
	}
	if seen != len(p.Rows) {
		t.Fatalf("%d rows, customers name %d", len(p.Rows), seen)
	}
}

// The order in which records come does not matter: their place does.
func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := genInputs(t)
		want := Build(in)
		order := make([]int, len(in.Records))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		shuffled := in
		shuffled.Records = nil
		for _, i := range order {
			shuffled.Records = append(shuffled.Records, in.Records[i])
		}
		got := Build(shuffled)
		for k, i := range order {
			fate := got.Fates[k]
			if fate.Other != noRecord {
				fate.Other = int32(order[fate.Other])
			}
			if fate != want.Fates[i] {
				t.Fatalf("record %v: got %+v, want %+v", in.Records[i].Source, fate, want.Fates[i])
			}
		}
		if d := cmp.Diff(apartFromRecords(&want), apartFromRecords(&got)); d != "" {
			t.Fatalf("sources of rows differ:\n%s", d)
		}
		want.Catalogue, got.Catalogue = nil, nil
		if d := cmp.Diff(want, got, cmp.AllowUnexported(decimal.Decimal{})); d != "" {
			t.Fatalf("plans differ (-as given, +shuffled):\n%s", d)
		}
	})
}

// A file that comes twice changes nothing but its own fates.
func TestCopiedFileChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := genInputs(t)
		for i := range in.Records {
			in.Records[i].Hash = hashOf(i + 1)
		}
		want := Build(in)
		for _, rec := range slices.Clone(in.Records) {
			rec.Source.File = "z-copy-of-" + rec.Source.File
			in.Records = append(in.Records, rec)
		}
		got := Build(in)
		if d := cmp.Diff(apartFromRecords(&want), apartFromRecords(&got)); d != "" {
			t.Fatalf("sources of rows differ:\n%s", d)
		}
		want.Catalogue, got.Catalogue = nil, nil
		if d := cmp.Diff(want, got, cmp.AllowUnexported(decimal.Decimal{})); d != "" {
			t.Fatalf("plans differ (-once, +twice):\n%s", d)
		}
	})
}

func TestNothingToPlan(t *testing.T) {
	p := Build(Inputs{Catalogue: world(), AsOf: today})
	if len(p.Rows) != 0 || len(p.Customers) != 0 || len(p.Fates) != 0 {
		t.Errorf("got %+v", p)
	}
}

// BenchmarkBuild plans 100,000 rows of 12,500 customers.
func BenchmarkBuild(b *testing.B) {
	s := newSituation()
	in := s.Inputs
	in.Prices = []PriceLine{erp("EUR", "108"), erp("CHF", "100")}
	skus := []string{skuE3, skuE4, skuOld, skuBP, skuGone}
	for i := range 100_000 {
		sub := good()
		sub.Customer = &CustomerFacts{TenantID: fmt.Sprintf("%08x-0000-4000-8000-000000000000", i/8), Name: fmt.Sprintf("Customer %d", i/8), Country: "IT"}
		sub.SubscriptionID = fmt.Sprintf("%08x-1111-4111-8111-111111111111", i)
		sub.SKUGUID, sub.OfferTitle = skus[i%len(skus)], ""
		sub.Expires, sub.Start = today+Date(i%700), today-Date(i%700)
		in.Records = append(in.Records, Record{Source: Source{File: "subs.csv", Row: i + 2}, Role: RoleSubscription,
			Hash: hashOf(i + 1), Exported: today, Licences: sub.Licences, Sub: &sub})
	}
	b.ReportAllocs()
	for b.Loop() {
		if p := Build(in); len(p.Rows) != 100_000 {
			b.Fatalf("got %d rows", len(p.Rows))
		}
	}
}
