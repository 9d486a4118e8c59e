package reconcile

import (
	"fmt"
	"maps"
	"testing"
)

// Each row keeps its facts when they change places, in a plan of several parts with
// rows of several records, in CSP and rejected.
func TestFactsChangePlaces(t *testing.T) {
	s := newSituation()
	const rows = 2*rowsAtOnce + 7
	for n := range rows {
		sub := apart(good())
		sub.SubscriptionID, sub.Licences = fmt.Sprint("S-", n*17%rows), Whole(n+1)
		sub.Expires += Date(n * 31 % rows)
		sub.Customer.TenantID = fmt.Sprintf("%08d-1111-4111-8111-111111111111", n*7%rows/2)
		switch n % 50 {
		case 7:
			sub.SubscriptionID = fmt.Sprint("S-", (n-1)*17%rows) // a second record of the one before
		case 8:
			s.add(RoleInCSP, sub).Source.Row = n
			continue
		case 9:
			s.Records = append(s.Records, Record{Source: Source{File: "bad.csv", Row: n}, Problem: &Problem{Code: "bad-date"}, Hash: hashOf(100_000 + n)})
			continue
		}
		s.add(RoleSubscription, sub)
	}
	want := Build(s.inputs())
	if len(want.Rows) < 2*rowsAtOnce*9/10 || len(want.Extra) == 0 {
		t.Fatalf("%d rows and %d in CSP show nothing", len(want.Rows), len(want.Extra))
	}
	if d := differs(want, spending(s.inputs())); d != "" {
		t.Errorf("-kept, +let go:\n%s", d)
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
