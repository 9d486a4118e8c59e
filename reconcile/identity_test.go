package reconcile

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPlaceFacts(t *testing.T) {
	a := CustomerFacts{TenantID: tenantA, Domain: "contoso.com", Name: "Contoso", Country: "IT"}
	b := CustomerFacts{TenantID: tenantB, Domain: "fabrikam.com", Name: "Fabrikam", Country: "IT"}
	tests := []struct {
		name  string
		facts []CustomerFacts
		want  []int // parties; equal numbers are one customer
	}{
		{"same tenant, other names", []CustomerFacts{a, {TenantID: tenantA, Name: "Contoso Ltd"}}, []int{0, 0}},
		{"two tenants of one name", []CustomerFacts{a, {TenantID: tenantB, Name: "Contoso", Country: "IT"}}, []int{0, 1}},
		{"domain of one tenant", []CustomerFacts{a, b, {Domain: "contoso.com"}}, []int{0, 1, 0}},
		{"domain of two tenants", []CustomerFacts{a, {TenantID: tenantB, Domain: "contoso.com"}, {Domain: "contoso.com"}}, []int{0, 1, 2}},
		{"onmicrosoft domain, same name", []CustomerFacts{a, {Domain: "contoso.onmicrosoft.com", Name: "CONTOSO", Country: "IT"}}, []int{0, 0}},
		{"another primary domain", []CustomerFacts{a, {Domain: "contoso.it", Name: "Contoso", Country: "IT"}}, []int{0, 1}},
		{"name and country of one tenant", []CustomerFacts{a, b, {Name: "contoso ", Country: "IT"}}, []int{0, 1, 0}},
		{"name in another country", []CustomerFacts{a, {Name: "Contoso", Country: "DE"}}, []int{0, 1}},
		{"name of tenants in two countries", []CustomerFacts{a, {TenantID: tenantB, Name: "Contoso", Country: "DE"}, {Name: "Contoso", Country: "IT"}}, []int{0, 1, 0}},
		{"name of a tenant whose country nobody knows, as well", []CustomerFacts{a, {TenantID: tenantB, Name: "Contoso"}, {Name: "Contoso", Country: "IT"}}, []int{0, 1, 2}},
		{"name without country", []CustomerFacts{a, {Name: "Contoso"}}, []int{0, 0}},
		{"name of two tenants", []CustomerFacts{a, {TenantID: tenantB, Name: "Contoso", Country: "IT"}, {Name: "Contoso", Country: "IT"}}, []int{0, 1, 2}},
		{"name of a domain", []CustomerFacts{{Domain: "x.it", Name: "Xero", Country: "IT"}, {Name: "XERO", Country: "IT"}}, []int{0, 0}},
		{"name only, folded", []CustomerFacts{{Name: "Straße", Country: "DE"}, {Name: "STRASSE", Country: "DE"}, {Name: "Strasse"}}, []int{0, 0, 0}},
		{"name only, two countries", []CustomerFacts{{Name: "Acme", Country: "DE"}, {Name: "Acme", Country: "IT"}, {Name: "Acme"}}, []int{0, 1, 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, at := placeFacts(test.facts, newFolder())
			for i := range at {
				for j := range i {
					if got, want := at[i] == at[j], test.want[i] == test.want[j]; got != want {
						t.Errorf("facts %d and %d are one customer: got %v, want %v", i, j, got, want)
					}
				}
			}
		})
	}
}

// Whatever is joined by a weak key, tenants stay apart and are never split.
func TestTenantsAreNeverJoined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) CustomerFacts {
			return CustomerFacts{
				TenantID: rapid.SampledFrom([]string{"", "t1", "t2", "t3"}).Draw(t, "tenant"),
				Domain:   rapid.SampledFrom([]string{"", "a.com", "b.com", "a.onmicrosoft.com"}).Draw(t, "domain"),
				Name:     rapid.SampledFrom([]string{"", "A", "a", "B"}).Draw(t, "name"),
				Country:  rapid.SampledFrom([]string{"", "IT", "DE"}).Draw(t, "country"),
			}
		}), 1, 12).Draw(t, "facts")
		_, at := placeFacts(facts, newFolder())
		for i, f := range facts {
			for j, g := range facts {
				if f.TenantID != "" && g.TenantID != "" && (at[i] == at[j]) != (f.TenantID == g.TenantID) {
					t.Fatalf("%v and %v: one customer %v", f, g, at[i] == at[j])
				}
			}
		}
		shuffled := rapid.Permutation(facts).Draw(t, "shuffled")
		slices.SortFunc(facts, func(a, b CustomerFacts) int { return compareFacts(&a, &b) })
		slices.SortFunc(shuffled, func(a, b CustomerFacts) int { return compareFacts(&a, &b) })
		if !slices.Equal(facts, shuffled) {
			t.Fatalf("the order of facts is not settled: %v, %v", facts, shuffled)
		}
	})
}

func TestRegisterEnrichesTheCustomer(t *testing.T) {
	s := newSituation()
	s.Sub.Customer = &CustomerFacts{Domain: "contoso.com"}
	s.Register = RegisterLine{
		Customer:     &CustomerFacts{TenantID: tenantA, Domain: "CONTOSO.com", Name: "Contoso S.p.A.", Country: "IT"},
		Relationship: RelationshipRequested, DelegatedAdmin: Yes, Agreement: No, Owner: "Anna",
	}
	p := s.build()
	r, c := p.Rows[0], p.Customers[0]
	if r.Sub.Customer.TenantID != tenantA || r.Sub.Customer.Country != "IT" || r.SameRegion != Yes || r.Owner != "Anna" ||
		r.Relationship != RelationshipRequested || r.DelegatedAdmin != Yes {
		t.Errorf("row: got %+v, %v, %q, %v, %v", r.Sub.Customer, r.SameRegion, r.Owner, r.Relationship, r.DelegatedAdmin)
	}
	if c.Facts.Name != "Contoso S.p.A." || c.Agreement != No || c.Owner != "Anna" || !slices.Equal(c.Rows, []int32{0}) {
		t.Errorf("customer: got %+v", c)
	}
}

func TestRelationship(t *testing.T) {
	tests := []struct {
		name string
		edit func(*situation)
		want Relationship
	}{
		{"nobody says", func(s *situation) { s.Register.Relationship = RelationshipUnknown }, RelationshipUnknown},
		{"the register says", func(s *situation) { s.Register.Relationship = RelationshipRequested }, RelationshipRequested},
		{"the partner's own list", func(s *situation) { s.Register.Relationship, s.Register.OwnList = RelationshipNone, true }, RelationshipAccepted},
		{"already has CSP subscriptions", func(s *situation) {
			s.Register.Relationship = RelationshipRequested
			sub := good()
			sub.SubscriptionID, sub.Rare.MigratedFrom = "N", "elsewhere"
			s.add(RoleInCSP, sub)
		}, RelationshipAccepted},
		{"legacy CSP", func(s *situation) { s.Register.Relationship, s.Sub.Channel = RelationshipUnknown, LegacyCSP }, RelationshipAccepted},
		{"legacy CSP, the register knows better", func(s *situation) { s.Register.Relationship, s.Sub.Channel = RelationshipNone, LegacyCSP }, RelationshipNone},
	}
	for _, test := range tests {
		s := newSituation()
		test.edit(s)
		if got := s.first(t).Relationship; got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

// A country that only a weaker key brings counts as well.
func TestCountriesOfJoinedFacts(t *testing.T) {
	s := newSituation()
	other := good()
	other.SubscriptionID, other.Customer = "S-2", &CustomerFacts{Domain: "contoso.com", Country: "JP"}
	s.add(RoleSubscription, other)
	if p := s.build(); len(p.Customers) != 1 || p.Rows[0].SameRegion != Unknown || p.RegionOf(&p.Rows[0]) != "" {
		t.Errorf("got %d customers, %v, %q, want one in an unsettled region", len(p.Customers), p.Rows[0].SameRegion, p.RegionOf(&p.Rows[0]))
	}
}

// The key by name has the country in it: a tenant whose country nobody knows is
// not given that of a row which shares no more than its name.
func TestNameGivesATenantNoCountry(t *testing.T) {
	s := newSituation()
	s.Sub.Customer.Country, s.Register.Customer.Country = "", ""
	other := good()
	other.SubscriptionID, other.Customer = "S-2", &CustomerFacts{Name: s.Sub.Customer.Name, Country: "IT"}
	s.add(RoleSubscription, other)
	p := s.build()
	if len(p.Customers) != 2 {
		t.Fatalf("got %d customers, want 2", len(p.Customers))
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if tenant := r.Sub.Customer.TenantID != ""; tenant != (r.SameRegion == Unknown) {
			t.Errorf("%s: same region %v", r.Sub.SubscriptionID, r.SameRegion)
		}
	}
}

// What registers say differently of one customer is listed, with both places.
func TestRegistersThatDisagree(t *testing.T) {
	s := newSituation()
	for i, r := range []Relationship{RelationshipAccepted, RelationshipUnknown, RelationshipNone} {
		s.Records = append(s.Records, Record{
			Source: Source{File: "register.csv", Row: i + 2}, Role: RoleReference, Hash: [16]byte{byte(200 + i)},
			Customer: &RegisterLine{Customer: &CustomerFacts{TenantID: "11111111-2222-3333-4444-555555555555"}, Relationship: r, Owner: "Anna"},
		})
	}
	got := s.build().Registers
	if len(got) != 1 || got[0].Field != "relationship" || got[0].Stands.Row != 2 || got[0].Other.Row != 4 || got[0].Value != "accepted" || got[0].OtherValue != "none" {
		t.Errorf("got %+v, want the relationship of rows 2 and 4", got)
	}
}

func TestRegionOfPartners(t *testing.T) {
	s := newSituation()
	s.Partner = Partner{Tenants: []Tenant{{Country: "JP"}, {Country: "DE"}}}
	p := s.build()
	if p.Region != "Japan" || p.Rows[0].SameRegion != Yes {
		t.Errorf("got %q, %v, want Japan (the first tenant), yes (the second)", p.Region, p.Rows[0].SameRegion)
	}
	s.Sub.Customer.Country, s.Register.Customer.Country = "IT", "CH"
	if p := s.build(); p.RegionOf(&p.Rows[0]) != "Europe" {
		t.Errorf("two countries of a region: got %q", p.RegionOf(&p.Rows[0]))
	}
	s = newSituation()
	s.Partner, s.Sub.Customer.Country = Partner{Country: "BY"}, "BY"
	if r := s.first(t); r.SameRegion != Unknown {
		t.Errorf("both in no region: got %v, want unknown", r.SameRegion)
	}
	s = newSituation()
	s.Partner = Partner{}
	if r := s.first(t); r.SameRegion != Unknown || r.Status != Decide {
		t.Errorf("partner without country: got %v, %v, want unknown, decide", r.SameRegion, r.Status)
	}
}

// Rows without an id are counted as the plan lists them: a row that has no date
// yet comes last and leaves the keys of the others, and their notes, alone.
func TestUndatedRowIsCountedLast(t *testing.T) {
	keys := func(withUndated bool) []string {
		s := newSituation()
		s.Sub.SubscriptionID = ""
		if withUndated {
			undated := apart(s.Sub)
			undated.Expires, undated.Licences = 0, Whole(1)
			s.add(RoleSubscription, undated)
		}
		p := s.build()
		var got []string
		for _, r := range p.Rows {
			got = append(got, r.Key)
		}
		return got
	}
	alone, both := keys(false), keys(true)
	if len(alone) != 1 || len(both) != 2 || both[0] != alone[0] {
		t.Errorf("got keys %v with an undated row, want %v first", both, alone)
	}
}
