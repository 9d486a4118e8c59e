package main

import (
	"strings"
	"testing"

	"cspplan/output"
	"cspplan/reconcile"
)

// The counts of run.json are those of the headline: what is done and monthly
// terms that renew are in neither.
func TestCountPlanIsTheHeadline(t *testing.T) {
	const asOf = reconcile.Date(20000)
	row := func(days int32, status reconcile.Status, findings ...string) reconcile.Row {
		r := reconcile.Row{Status: status, DaysLeft: days, Match: &reconcile.OfferMatch{}, Sub: new(reconcile.Subscription)}
		r.Sub.Expires = asOf + reconcile.Date(days)
		for _, code := range findings {
			r.Found = new(append(r.Findings(), reconcile.Finding{Code: code}))
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
		{Status: reconcile.Decide, Match: &reconcile.OfferMatch{}, Sub: new(reconcile.Subscription)},
	}})
	if c.Expired != 1 || c.Within30 != 2 {
		t.Errorf("%d expired and %d within 30 days, want 1 and 2", c.Expired, c.Within30)
	}
}

// Two sheets of one workbook have rows of the same number: each warning shows
// the fault of its own.
func TestWarningsNameTheirSheet(t *testing.T) {
	j := &job{}
	for _, sheet := range []string{"Jan", "Feb"} {
		rec := reconcile.Record{
			Problem: &reconcile.Problem{Code: "bad-date", Column: "Expires", Value: "soon in " + sheet, Expected: "a date"}}
		j.plan.Places = append(j.plan.Places, reconcile.Place{File: "a.xlsx", Sheet: sheet})
		j.ledger = append(j.ledger, reconcile.LedgerLine{At: reconcile.Spot{Place: int32(len(j.ledger)), Row: 2}, Record: &rec})
		j.plan.Fates = append(j.plan.Fates, reconcile.Fate{Outcome: reconcile.Rejected})
		j.warn(output.RunWarning{File: "a.xlsx", Sheet: sheet, Row: 2, Column: "Expires", Code: "bad-date"})
	}
	var b strings.Builder
	j.printWarnings(&b)
	for _, want := range []string{`a.xlsx!Jan:2   Expires   bad-date   expected a date`, `a.xlsx!Feb:2   Expires   bad-date   expected a date`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("got %s, want %s", b.String(), want)
		}
	}
}
