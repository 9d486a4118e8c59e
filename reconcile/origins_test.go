package reconcile

import "testing"

// told is a subscription of which every field is filled, in words that differ
// from those of any other day.
func told(day Date) Subscription {
	s := good()
	s.OfferID, s.PartNumber, s.ProductID, s.ProductSKU = "offer", "ENTERPRISEPACK", "CFQ7TTC0LF8R", "0001"
	s.Start, s.Expires = day, day+400
	s.EndOfTerm, s.State, s.AddOn, s.Trial, s.Owner = EndRenew, "Active", No, No, "Bruno"
	return s
}

// untold is a subscription of which a row says nothing but the id.
func untold() Subscription {
	return Subscription{Customer: new(CustomerFacts), OfferFacts: new(OfferFacts), SubscriptionID: "S-1"}
}

// Who reads a merged row is told which export each of its values came from: the
// newest that has it, and none where nobody says it.
func TestOriginOfEachField(t *testing.T) {
	fields := []string{"tenant_id", "domain", "name", "country", "title", "offer_id", "sku_guid", "part_number", "product", "licences", "assigned",
		"start", "expires", "term", "billing", "auto_renew", "end_of_term", "state", "channel", "programme", "segment", "add_on", "trial", "owner", "price"}
	const newer, older = "subs.csv", "more01.csv"
	for _, test := range []struct {
		name         string
		newer, older Subscription
		want         string
	}{
		{"both say it", told(today - 100), told(today - 500), newer},
		{"the older alone", untold(), told(today - 500), older},
		{"the newer alone", told(today - 100), untold(), newer},
	} {
		s := newSituation()
		s.Sub = test.newer
		s.add(RoleSubscription, test.older).Exported = day("2026-01-01")
		p := newPlanning(s.inputs())
		got := map[string]string{}
		for _, o := range p.origins([]int32{0, 2}) {
			got[o.Field] = o.Source.File
		}
		for _, f := range fields {
			if got[f] != test.want {
				t.Errorf("%s: %s is from %q, want %q", test.name, f, got[f], test.want)
			}
		}
		if len(got) != len(fields) {
			t.Errorf("%s: got %d fields, want %d", test.name, len(got), len(fields))
		}
	}
}

// The price of a merged row is that of the customer, so its origin is as well.
func TestOriginOfThePrice(t *testing.T) {
	const newer, older = "subs.csv:2", "more01.csv:2"
	for _, test := range []struct {
		newer, older bool // of the partner
		want         string
	}{{false, false, newer}, {false, true, newer}, {true, false, older}, {true, true, newer}} {
		s := newSituation()
		s.Sub.Price.Partner = test.newer
		other := good()
		other.Price.Partner = test.older
		s.add(RoleSubscription, other).Exported = day("2026-01-01")
		r := s.first(t)
		got := ""
		for _, o := range r.Origins() {
			if o.Field == "price" {
				got = place(o.Source)
			}
		}
		if got != test.want {
			t.Errorf("partner's price newer %v, older %v: got %s, want %s", test.newer, test.older, got, test.want)
		}
		if r.Sub.Price.Partner != (test.newer && test.older) {
			t.Errorf("partner's price newer %v, older %v: got %+v, origins %v", test.newer, test.older, r.Sub.Price, r.Origins())
		}
	}
}
