package reconcile_test

import (
	"testing"

	"cspplan/reconcile"
)

// The user's own tables name the id to order by where public data name none or
// several, go before the embedded ones, and say so where they differ.
func TestOwnOffers(t *testing.T) {
	const (
		credits     = "47794cd0-f0e5-45c5-9033-2eb6b5fc84e0" // Communications Credits: no product carries the name
		audioOffer  = "c94271d8-b431-4a25-a3c5-a57737a1c909"
		businessStd = "f245ecc8-75af-4f8e-b61f-27d8114de5f3"
	)
	product := func(id, sku, title, guid string, seg reconcile.Segment) reconcile.Product {
		return reconcile.Product{ProductID: id, SKUID: sku, SKUTitle: title, Title: title, SKUGUID: guid, Segment: seg}
	}
	tests := []struct {
		name    string
		own     reconcile.OwnOffers
		query   reconcile.OfferQuery
		class   reconcile.MatchClass
		order   string // product/sku; "/" for none
		differs bool
	}{
		{"nothing: no product carries the name", reconcile.OwnOffers{}, reconcile.OfferQuery{SKUGUID: credits}, reconcile.MatchSame, "/", false},
		{"the matrix names it", reconcile.OwnOffers{Products: []reconcile.Product{product("CFQ7TTC0ABC1", "0001", "Credits", credits, reconcile.Commercial)}},
			reconcile.OfferQuery{SKUGUID: credits}, reconcile.MatchSame, "CFQ7TTC0ABC1/0001", false},
		{"for another segment", reconcile.OwnOffers{Products: []reconcile.Product{product("CFQ7TTC0ABC1", "0001", "Credits (Non-Profit Pricing)", credits, reconcile.Charity)}},
			reconcile.OfferQuery{SKUGUID: credits}, reconcile.MatchSame, "/", false},
		{"an extended term is no product to order", reconcile.OwnOffers{Products: []reconcile.Product{{ProductID: "CFQ7TTC0ABC1", SKUID: "001H", SKUTitle: "Credits - Extended Service Term", SKUGUID: credits, Segment: reconcile.Commercial, EST: true}}},
			reconcile.OfferQuery{SKUGUID: credits}, reconcile.MatchSame, "/", false},
		{"two of one name leave it open", reconcile.OwnOffers{Products: []reconcile.Product{product("CFQ7TTC0ABC1", "0001", "Credits", credits, reconcile.Commercial), product("CFQ7TTC0ABC1", "0002", "Credits", credits, reconcile.Commercial)}},
			reconcile.OfferQuery{SKUGUID: credits}, reconcile.MatchSame, "/", false},
		{"the mapping goes before the embedded pair", reconcile.OwnOffers{Pairs: []reconcile.OfferPair{{OfferID: audioOffer, ProductID: "CFQ7TTC0LHSL", SKUID: "0009", SKUGUID: "0c266dff-15dd-4b49-8397-2bb16070ed52"}}},
			reconcile.OfferQuery{OfferID: audioOffer}, reconcile.MatchSame, "CFQ7TTC0LHSL/0009", true},
		{"and holds where the row has the SKU's id alone", reconcile.OwnOffers{Pairs: []reconcile.OfferPair{{OfferID: audioOffer, ProductID: "CFQ7TTC0LHSL", SKUID: "0009"}}},
			reconcile.OfferQuery{SKUGUID: "0c266dff-15dd-4b49-8397-2bb16070ed52"}, reconcile.MatchSame, "CFQ7TTC0LHSL/0009", true},
		{"the same as embedded is no difference", reconcile.OwnOffers{Pairs: []reconcile.OfferPair{{OfferID: audioOffer, ProductID: "CFQ7TTC0LHSL", SKUID: "1"}}},
			reconcile.OfferQuery{OfferID: audioOffer}, reconcile.MatchSame, "CFQ7TTC0LHSL/0001", false},
		{"mapped to a product of another SKU: an equivalent", reconcile.OwnOffers{Pairs: []reconcile.OfferPair{{OfferID: audioOffer, ProductID: "CFQ7TTC0LDPB", SKUID: "0001"}}},
			reconcile.OfferQuery{OfferID: audioOffer}, reconcile.MatchEquivalent, "CFQ7TTC0LDPB/0001", true},
		{"an offer that only the matrix knows", reconcile.OwnOffers{Offers: []reconcile.LegacyOffer{{ID: "11111111-0000-4000-8000-000000000009", Name: "Contoso special", ProductName: "Contoso special", ProductGUID: businessStd, Segment: reconcile.Commercial}}},
			reconcile.OfferQuery{OfferID: "11111111-0000-4000-8000-000000000009"}, reconcile.MatchSame, "CFQ7TTC0LDPB/0001", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, c := newMatcher(t, nil, nil)
			tt.own.Name = "matrix.xlsx"
			differ := c.AddOwn(tt.own)
			r := reconcile.NewMatcher(c, nil, nil, matchAsOf).Match(tt.query)
			if r.Target == nil || r.Class != tt.class {
				t.Fatalf("got %v, %+v; want %v", r.Class, r.Target, tt.class)
			}
			if got := r.Target.ProductID + "/" + r.Target.SKUID; got != tt.order {
				t.Errorf("got order id %s, want %s", got, tt.order)
			}
			if (r.Target.Differs != "") != tt.differs || (len(differ) > 0) != tt.differs {
				t.Errorf("differs %q, %v; want a difference: %v", r.Target.Differs, differ, tt.differs)
			}
		})
	}
}

// A price list is evidence of what is on sale, and for which terms.
func TestOffered(t *testing.T) {
	line := func(sku, title string, term reconcile.Term, billing reconcile.Billing, until string) reconcile.PriceLine {
		to, err := reconcile.ParseDate(until)
		if err != nil {
			t.Fatal(err)
		}
		return reconcile.PriceLine{ProductID: "CFQ7TTC0ABC1", SKUID: sku, Title: title, Term: term, Billing: billing, To: to}
	}
	lines := []reconcile.PriceLine{
		line("0001", "Credits", reconcile.P1Y, reconcile.Annual, ""), line("1", "Credits", reconcile.P1Y, reconcile.Monthly, ""), line("0001", "Credits", reconcile.P1Y, reconcile.Annual, ""),
		line("0002", "Credits", reconcile.P1M, reconcile.BillingUnknown, ""),
		line("0003", "Ended", reconcile.P1Y, reconcile.Annual, "2026-11-22"),
		line("0004", "Last day", reconcile.P1Y, reconcile.Annual, "2026-11-23"),
		line("0005", "", reconcile.P1Y, reconcile.Annual, ""),
		{ProductID: "CFQ7TTC0ABC1", SKUID: "0006", Title: "Sold by us", Sell: true},
	}
	got := map[string]reconcile.Product{}
	for _, p := range reconcile.Offered("list.csv", lines, matchAsOf).Products {
		got[p.SKUID] = p
	}
	if len(got) != 3 || len(got["0001"].Terms) != 2 || got["0001"].Trial || !got["0002"].Trial || got["0004"].SKUTitle != "Last day" {
		t.Errorf("got %+v, want 0001 for two billing plans, the trial 0002, and 0004 on its last day", got)
	}
}
