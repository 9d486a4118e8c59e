package reconcile_test

import (
	"fmt"
	"testing"

	"cspplan/reconcile"
)

// Rows are answered as Match answers each of them, also where a title is asked
// about in more ways than are remembered, and where there are more titles.
func TestMatchRows(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	queries := manyQueries(c, 40, 4_000)
	for i := range queries {
		q := &queries[i]
		switch i % 7 {
		case 1:
			q.SKUGUID = c.SKUs[i%len(c.SKUs)].GUID
		case 2:
			q.Title = ""
		case 3:
			q.Segment, q.PartNumber = reconcile.Education, c.SKUs[i%50].PartNumber
		case 4:
			q.Title = "Office 365 E3" // means something else since
		case 5:
			q.Wanted = true
		}
	}
	for i, got := range m.MatchRows(len(queries), func(i int) reconcile.OfferQuery { return queries[i] }) {
		if want := m.Match(queries[i]); got != want {
			t.Fatalf("row %d asks %+v: got %+v, want %+v", i, queries[i], got, want)
		}
	}
	alone, _ := newMatcher(t, nil, nil)
	for _, q := range queries[:200] {
		if a, b := m.Match(q), alone.Match(q); fmt.Sprintf("%+v %+v", a.Identified, a.Target) != fmt.Sprintf("%+v %+v", b.Identified, b.Target) {
			t.Fatalf("%+v: %+v side by side, %+v alone", q, a, b)
		}
	}
}
