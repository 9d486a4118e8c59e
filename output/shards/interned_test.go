package shards

import (
	"testing"

	"cspplan/reconcile"
)

// Rows share the findings that say the same, and no others: texts may hold anything.
func TestRowsShareFindings(t *testing.T) {
	list := func(code string, severity reconcile.Status, args ...string) *[]reconcile.Finding {
		return &[]reconcile.Finding{{Code: code, Severity: severity, Args: args}}
	}
	lists := []*[]reconcile.Finding{
		list("a", reconcile.Decide, "x", "y"), list("a", reconcile.Decide, "x", "y"),
		list("a", reconcile.Decide, "x\x00y", ""), list("a", reconcile.Decide, "x", "y\x00"), list("a", reconcile.Decide, "xy", ""), list("a", reconcile.Decide, "x"), list("a", reconcile.Blocked, "x", "y"), list("ax", reconcile.Decide, "y"),
		{(*list("a", reconcile.Decide))[0], (*list("b", reconcile.Decide))[0]}, list("a", reconcile.Decide), list("b", reconcile.Decide), nil,
	}
	k := newInterned()
	for i, found := range lists {
		r := reconcile.Row{Sub: &reconcile.Subscription{Customer: &reconcile.CustomerFacts{}, OfferFacts: &reconcile.OfferFacts{}}, Found: found}
		k.row(&r)
		want := i
		if i == 1 {
			want = 0
		}
		if r.Found != lists[want] {
			t.Errorf("row %d has %v, want those of row %d", i, r.Findings(), want)
		}
	}
}
