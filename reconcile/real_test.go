package reconcile_test

import (
	"slices"
	"testing"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

// A title means what it meant when the subscription was bought: Microsoft 365 F1
// is another offer since 2020-04-01.
func TestTitleOfTheDayOfPurchase(t *testing.T) {
	for bought, want := range map[string]string{"2020-03-01": microsoft365F3, "2024-03-01": "", "": ""} {
		in := saleInputs(t, []string{""})
		in.Records[1].Sub.OfferTitle = "Microsoft 365 F1"
		in.Records[1].Sub.Start, _ = reconcile.ParseDate(bought)
		got := ""
		if id := reconcile.Build(in).Rows[0].Match.Identified; id != nil {
			got = id.SKUGUID
		}
		if got != want {
			t.Errorf("bought on %q: got %q, want %q", bought, got, want)
		}
	}
}

// With the embedded tables: what a partner in Italy meets in one morning.
func TestWithTheEmbeddedTables(t *testing.T) {
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	day := func(s string) reconcile.Date {
		d, err := reconcile.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	customer := func(n, country string) *reconcile.CustomerFacts {
		return &reconcile.CustomerFacts{TenantID: "00000000-0000-4000-8000-00000000000" + n, Name: "Customer " + n, Country: country}
	}
	tests := []struct {
		sub      reconcile.Subscription
		status   reconcile.Status
		match    reconcile.MatchClass
		route    reconcile.Route
		end      reconcile.EndOfTerm
		findings []string // among others
	}{
		{reconcile.Subscription{Customer: customer("1", "IT"), OfferFacts: &reconcile.OfferFacts{OfferTitle: "Microsoft 365 Business Premium"}, Licences: reconcile.Whole(25), Expires: day("2026-12-31"),
			Channel: reconcile.Direct, Programme: reconcile.MOSA, AutoRenew: reconcile.Yes, Term: reconcile.P1Y},
			reconcile.Ready, reconcile.MatchSame, reconcile.RouteBuyReassignEnd, reconcile.EndRenew, []string{"no-price", "credit-possible"}},
		{reconcile.Subscription{Customer: customer("2", "JP"), OfferFacts: &reconcile.OfferFacts{OfferTitle: "Office 365 E3", PartNumber: "ENTERPRISEPACK"}, Licences: reconcile.Whole(5), Expires: day("2027-01-15"),
			Channel: reconcile.Direct}, reconcile.Blocked, reconcile.MatchSame, reconcile.RouteNone, reconcile.EndUnknown, []string{"region-mismatch"}},
		{reconcile.Subscription{Customer: customer("3", "DE"), OfferFacts: &reconcile.OfferFacts{OfferTitle: "Microsoft 365 Business Premium"}, Licences: reconcile.Whole(5), Expires: day("2027-01-15"),
			Channel: reconcile.OtherPartner, Programme: reconcile.NCE, AutoRenew: reconcile.No, Term: reconcile.P1Y},
			reconcile.Ready, reconcile.MatchSame, reconcile.RoutePartnerTransfer, reconcile.EndEST, []string{"est-default"}},
		{reconcile.Subscription{Customer: customer("4", "FR"), OfferFacts: &reconcile.OfferFacts{OfferTitle: "Office 365 Enterprise E4", PartNumber: "ENTERPRISEWITHSCAL"}, Licences: reconcile.Whole(5), Expires: day("2026-11-01"),
			Channel: reconcile.Volume, Programme: reconcile.EA}, reconcile.DataLoss, reconcile.MatchDifferent, reconcile.RouteBuyReassignEnd, reconcile.EndUnknown, []string{"expired", "no-equivalent"}},
	}
	in := reconcile.Inputs{Catalogue: c, AsOf: day("2026-11-23"), Partner: reconcile.Partner{Country: "IT"},
		Policy: reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30}}
	for i := range tests {
		sub := tests[i].sub
		in.Records = append(in.Records,
			reconcile.Record{Source: reconcile.Source{File: "subs.csv", Row: 2 + i}, Role: reconcile.RoleSubscription, Sub: &sub},
			reconcile.Record{Source: reconcile.Source{File: "register.csv", Row: 2 + i}, Role: reconcile.RoleReference,
				Customer: &reconcile.RegisterLine{Customer: sub.Customer, OwnList: true}})
	}
	plan := reconcile.Build(in)
	for i, test := range tests {
		r := &plan.Rows[plan.Fates[2*i].Row]
		if r.Status != test.status || r.Match.Class != test.match || r.Route != test.route || r.EndOfTerm != test.end {
			t.Errorf("%s in %s: got %v %v %v %v, want %v %v %v %v; findings %v", test.sub.OfferTitle, test.sub.Customer.Country,
				r.Status, r.Match.Class, r.Route, r.EndOfTerm, test.status, test.match, test.route, test.end, r.Findings())
		}
		for _, code := range test.findings {
			if !r.Has(code) {
				t.Errorf("%s in %s: no finding %s in %v", test.sub.OfferTitle, test.sub.Customer.Country, code, r.Findings())
			}
		}
	}
	if plan.Region != "Europe" || !slices.IsSortedFunc(plan.Rows, func(a, b reconcile.Row) int { return int(a.Sub.Expires - b.Sub.Expires) }) {
		t.Errorf("region %q, or rows not by expiry", plan.Region)
	}
}
