package reconcile

import (
	"fmt"
	"testing"
)

func TestGatherKeepsTheFactsOfEachRow(t *testing.T) {
	const rows = 3*rowsAtOnce + 7 // several parts
	var p Plan
	var records []Subscription
	for i := range rows {
		records = append(records, Subscription{SubscriptionID: fmt.Sprint(i), Licences: Whole(i)})
	}
	for i := range rows {
		p.Rows = append(p.Rows, Row{Sub: &records[(i*17)%rows]})
	}
	p.Gather()
	for i := range p.Rows {
		want := &records[(i*17)%rows]
		if got := p.Rows[i].Sub; got == want || got.SubscriptionID != want.SubscriptionID || got.Licences != want.Licences {
			t.Fatalf("row %d has the facts of %s at %p, want a copy of those of %s at %p", i, got.SubscriptionID, got, want.SubscriptionID, want)
		}
	}
}
