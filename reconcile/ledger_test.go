package reconcile

import (
	"fmt"
	"maps"
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
	p.gather()
	for i := range p.Rows {
		want := &records[(i*17)%rows]
		if got := p.Rows[i].Sub; got == want || got.SubscriptionID != want.SubscriptionID || got.Licences != want.Licences {
			t.Fatalf("row %d has the facts of %s at %p, want a copy of those of %s at %p", i, got.SubscriptionID, got, want.SubscriptionID, want)
		}
	}
}

// What is accounted for is every record, and none of them is held any more but what
// reports ask for.
func TestLedger(t *testing.T) {
	s := newSituation()
	again := good() // the same subscription in another export
	again.Owner = "Bruno"
	s.add(RoleSubscription, again)
	s.add(RoleInCSP, apart(s.Sub)).Sub.SubscriptionID = "N-1"
	s.Records = append(s.Records,
		Record{Source: Source{File: "subs.csv", Row: 3}, Problem: &Problem{Code: "bad-date", Cells: []string{"x"}}, Licences: Whole(3), Hash: hashOf(1)},
		Record{Source: Source{File: "twice.csv", Row: 2}, Role: RoleSubscription, Hash: hashOf(9001), Sub: &s.Sub})
	in := s.inputs()
	p := Build(in)
	ledger := p.Ledger(in.Records)
	for i := range in.Records {
		if got, want := ledger[i], in.Records[i]; p.Source(got.At) != want.Source || got.Licences != want.Licences {
			t.Errorf("line %d: got %v with %v licences, want %v with %v", i, p.Source(got.At), got.Licences, want.Source, want.Licences)
		}
		if led := p.Fates[i].Row != noRow; led && ledger[i].Record != nil {
			t.Errorf("line %d led to a row and keeps its record", i)
		}
	}
	for i := range p.Rows {
		if got, want := p.Source(p.Rows[i].From), p.Sources(&p.Rows[i])[0]; got != want {
			t.Errorf("row %d comes from %v, want %v", i, got, want)
		}
	}
	if len(p.Places) != 5 {
		t.Errorf("places %v, want each file once", p.Places)
	}
	outcomes := map[Outcome]int{}
	for i := range p.Fates {
		outcomes[p.Fates[i].Outcome]++
	}
	if want := map[Outcome]int{Planned: 1, Merged: 1, Reference: 1, InCSP: 1, Rejected: 1, Duplicate: 1}; !maps.Equal(outcomes, want) {
		t.Fatalf("outcomes %v, want %v", outcomes, want)
	}
	for i, fate := range p.Fates {
		switch rec := ledger[i].Record; fate.Outcome {
		case Rejected:
			if problem, is := fate.Problem(rec); !is || problem.Code != "bad-date" || len(rec.Cells()) != 1 {
				t.Errorf("rejected: got %+v with %q", problem, rec.Cells())
			}
		case InCSP:
			if rec == nil || rec.Sub.SubscriptionID != "N-1" || rec.Hash != [16]byte{} {
				t.Errorf("in CSP: got %+v", rec)
			}
		case Merged:
			if ledger[fate.Other].At != p.Rows[fate.Row].From {
				t.Errorf("merged with %v", p.Source(ledger[fate.Other].At))
			}
		case Duplicate:
			if fate.Other != 0 {
				t.Errorf("repeats record %d", fate.Other)
			}
		}
	}
}
