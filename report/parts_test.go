package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// Every row stands in exactly one part, and the parts add up to the whole.
func TestPartsAddUp(t *testing.T) {
	p, opt := samplePlan(mixed()...)
	opt.Text, opt.SplitBy = texts(t, "en"), SplitOwner
	for i := range p.Rows {
		p.Rows[i].Owner = []string{"Zoe", "", "Anna"}[i%3]
	}
	rep := Compute(p, opt)
	var names []string
	rows, lics, cost := 0, int64(0), int64(0)
	for part := range rep.Parts() {
		names = append(names, part.Name)
		rows += len(part.Report.Plan.Rows)
		lics += part.Report.Licences
		cost += part.Report.Money.in("EUR").CostNow
		if !part.Report.Agree {
			t.Errorf("%s: checks differ: %+v", part.Name, part.Report.Checks)
		}
		for i := range part.Report.Plan.Rows {
			if owner := first(part.Report.Plan.Rows[i].Owner, Unassigned); owner != part.Name {
				t.Errorf("%s holds a row of %s", part.Name, owner)
			}
		}
	}
	if got, want := strings.Join(names, " "), "Anna Zoe unassigned"; got != want {
		t.Errorf("got parts %s, want %s", got, want)
	}
	if rows != len(rep.Plan.Rows) || lics != rep.Licences || cost != rep.Money.in("EUR").CostNow {
		t.Errorf("parts hold %d rows, %d licences, %d; want %d, %d, %d", rows, lics, cost, len(rep.Plan.Rows), rep.Licences, rep.Money.in("EUR").CostNow)
	}
}

func TestPartsByCustomer(t *testing.T) {
	p, opt := samplePlan(mixed()...)
	opt.Text, opt.SplitBy = texts(t, "en"), SplitCustomer
	rep := Compute(p, opt)
	n := 0
	for part := range rep.Parts() {
		n++
		if part.Report.Customers != 1 || part.Key == "" {
			t.Errorf("%s (%s): %d customers", part.Name, part.Key, part.Report.Customers)
		}
	}
	if n != rep.Customers {
		t.Errorf("got %d parts, want %d", n, rep.Customers)
	}
}

// A part is given what is about its own rows, and nothing else: it may go to its
// customer, and there may be thousands.
func TestPartsHoldOnlyTheirOwn(t *testing.T) {
	p, opt := rolledPlan(t)
	opt.SplitBy = SplitCustomer
	for i := range p.Rows {
		opt.Decisions = append(opt.Decisions, reconcile.Decision{Scope: "credit", Key: p.Rows[i].Key, Field: "case_number", Value: strconv.Itoa(i)},
			reconcile.Decision{Scope: "row", Key: p.Rows[i].Key, Field: "note", Value: "call"})
	}
	for _, key := range []string{p.Customers[1].Key, "of-nobody-here", p.Customers[0].Key} {
		p.Extra = append(p.Extra, reconcile.InCSPRow{Customer: key, Sub: reconcile.Subscription{SubscriptionID: key, Customer: &reconcile.CustomerFacts{Name: key}, OfferFacts: &reconcile.OfferFacts{}}})
	}
	rep := Compute(p, opt)
	if len(rep.opt.Previous) == 0 || len(rep.opt.Outstanding) == 0 {
		t.Fatal("there is no run before")
	}
	rows, previous, inCSP := 0, 0, 0
	for part := range rep.Parts() {
		own := map[string]bool{}
		hashes := map[uint64]bool{}
		for i := range part.Report.Plan.Rows {
			r := &part.Report.Plan.Rows[i]
			own[r.Key], hashes[KeyHash(r.Key)] = true, true
			c := part.Report.customer(r)
			if c.Key != part.Key || !slices.Contains(c.Rows, int32(i)) {
				t.Errorf("%s: row %d is of customer %s with rows %v", part.Name, i, c.Facts.Name, c.Rows)
			}
		}
		if n := len(part.Report.Plan.Customers); n != 1 {
			t.Errorf("%s has %d customers", part.Name, n)
		}
		for _, b := range part.Report.opt.Previous {
			if !own[b.Key] {
				t.Errorf("%s has row %s of the run before", part.Name, b.Key)
			}
		}
		for _, e := range part.Report.opt.Outstanding {
			if !hashes[e.Key] {
				t.Errorf("%s has an exception of another part", part.Name)
			}
		}
		for _, extra := range part.Report.Plan.Extra {
			if inCSP++; extra.Customer != part.Key {
				t.Errorf("%s lists what %s holds in CSP", part.Name, extra.Customer)
			}
		}
		if n := len(part.Report.opt.Decisions); n != len(own) {
			t.Errorf("%s has %d notes on Credits, want %d", part.Name, n, len(own))
		}
		rows += len(own)
		previous += len(part.Report.opt.Previous)
	}
	if rows != len(p.Rows) || previous == 0 {
		t.Errorf("the parts have %d rows, of which %d were there before; want %d", rows, previous, len(p.Rows))
	}
	if inCSP != 2 {
		t.Errorf("the parts list %d subscriptions in CSP, want 2", inCSP)
	}
}
