package main

import (
	"testing"

	"cspplan/reconcile"
)

// The counts of run.json are those of the headline: what is done and monthly
// terms that renew are in neither.
func TestCountPlanIsTheHeadline(t *testing.T) {
	const asOf = reconcile.Date(20000)
	row := func(days int, status reconcile.Status, findings ...string) reconcile.Row {
		r := reconcile.Row{Status: status, DaysLeft: days, Match: &reconcile.OfferMatch{}}
		r.Sub.Expires = asOf + reconcile.Date(days)
		for _, code := range findings {
			r.Findings = append(r.Findings, reconcile.Finding{Code: code})
		}
		return r
	}
	c := countPlan(&reconcile.Plan{AsOf: asOf, Rows: []reconcile.Row{
		row(-1, reconcile.DataLoss, "expired"),
		row(-1, reconcile.DataLoss, "expired", "monthly-renewal"),
		row(-1, reconcile.Done),
		row(0, reconcile.Ready),
		row(30, reconcile.Ready),
		row(30, reconcile.Ready, "monthly-renewal"),
		row(31, reconcile.Ready),
		{Status: reconcile.Decide, Match: &reconcile.OfferMatch{}},
	}})
	if c.Expired != 1 || c.Within30 != 2 {
		t.Errorf("%d expired and %d within 30 days, want 1 and 2", c.Expired, c.Within30)
	}
}
