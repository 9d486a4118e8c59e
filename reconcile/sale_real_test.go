package reconcile_test

import (
	"testing"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

// saleInputs are rows of one accepted customer in Italy, one for each SKU.
func saleInputs(t *testing.T, guids []string) reconcile.Inputs {
	t.Helper()
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	asOf, _ := reconcile.ParseDate("2026-11-23")
	in := reconcile.Inputs{Catalogue: c, AsOf: asOf, Partner: reconcile.Partner{Country: "IT"}, Policy: reconcile.Policy{LeadDays: 7, RelationshipDays: 21}}
	customer := &reconcile.CustomerFacts{TenantID: "00000000-0000-4000-8000-000000000001", Name: "Customer", Country: "IT"}
	in.Records = append(in.Records, reconcile.Record{Source: reconcile.Source{File: "register.csv", Row: 2}, Role: reconcile.RoleReference,
		Customer: &reconcile.RegisterLine{Customer: customer, OwnList: true}})
	for i, guid := range guids {
		sub := reconcile.Subscription{Customer: customer, OfferFacts: &reconcile.OfferFacts{SKUGUID: guid}, Licences: reconcile.Whole(5), Expires: asOf + 200,
			Channel: reconcile.Direct, Programme: reconcile.MOSA, Term: reconcile.P1Y, Billing: reconcile.Annual, AutoRenew: reconcile.No}
		in.Records = append(in.Records, reconcile.Record{Source: reconcile.Source{File: "subs.csv", Row: 2 + i}, Role: reconcile.RoleSubscription,
			Hash: [16]byte{byte(i), byte(i >> 8), 1}, Sub: &sub})
	}
	return in
}

// Whatever the table of sale status calls withdrawn or unlisted is never ready
// to move, and what is withdrawn is not even to be bought.
func TestNothingWithdrawnIsReady(t *testing.T) {
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	var guids []string
	for _, s := range c.Sales {
		if s.Status != reconcile.SaleEnded {
			guids = append(guids, s.SKUGUID)
		}
	}
	in := saleInputs(t, guids)
	plan := reconcile.Build(in)
	for i, guid := range guids {
		r := &plan.Rows[plan.Fates[1+i].Row]
		status := c.Sale(guid, "IT", in.AsOf)
		if r.Status == reconcile.Ready || status == reconcile.SaleWithdrawn && r.Target != nil && r.Target.SKUGUID == guid {
			t.Errorf("%s is %s: row is %v, target %+v", guid, status, r.Status, r.Target)
		}
	}
}

// Plans that Microsoft gave up years ago, and near misses that are still sold.
func TestRetiredPlans(t *testing.T) {
	tests := []struct {
		title, finding string // the finding that stops it; empty: may be bought
	}{
		{"Office 365 Midsize Business", "no-equivalent"},
		{"Office 365 Small Business", "no-equivalent"},
		{"Office 365 Small Business Premium", "no-equivalent"},
		{"Project Online with Project for Office 365", "no-equivalent"},
		{"Office 365 Enterprise E2", "sale-status-unknown"},
		{"Project Lite", "sale-status-unknown"},
		{"Microsoft Dynamics CRM Online", "sale-status-unknown"},
		{"Microsoft 365 Business Standard", ""},
		{"Office 365 Enterprise K1", ""}, // Office 365 F3 today
		{"Microsoft 365 Domestic Calling Plan (120 min)", ""},
		{"Planner and Project Plan 3", ""},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			in := saleInputs(t, []string{""})
			in.Records[1].Sub.OfferTitle = tt.title
			r := &reconcile.Build(in).Rows[0]
			if tt.finding != "" && !r.Has(tt.finding) || tt.finding == "" && (r.Has("sale-status-unknown") || r.Target == nil) {
				t.Errorf("got %v with findings %v, target %+v; want finding %q", r.Status, r.Findings(), r.Target, tt.finding)
			}
		})
	}
}

// What new customers buy in the place of a suite whose sale has ended is a
// question only as long as nobody wants something else.
func TestWantedOfferEndsTheQuestionOfTheSale(t *testing.T) {
	in := saleInputs(t, []string{""})
	in.Records[1].Sub.OfferTitle = "House Suite"
	in.Aliases = []reconcile.Alias{{Title: "House Suite", SKUGUID: skuExchange1, ProductID: "CFQ7TTC0LF8R", SKUID: "0001"}} // Office 365 E3
	r := &reconcile.Build(in).Rows[0]
	if !r.Has("sale-status-unknown") {
		t.Fatalf("got findings %v, want the sale in question", r.Findings())
	}
	in.Decisions = []reconcile.Decision{{Scope: "row", Key: r.Key, Field: "offer_wanted", Value: "Exchange Online (Plan 1)", When: "2026-11-22T18:00:00Z"}}
	r = &reconcile.Build(in).Rows[0]
	if r.Target.SKUGUID != skuExchange1 || r.Has("sale-status-unknown") || r.Status != reconcile.Ready {
		t.Errorf("got %s, %v %v, want what was asked for, Ready", r.Target.Name, r.Status, r.Findings())
	}
}
