package report

import (
	"strings"
	"testing"
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
		checkMonths(t, part.Report)
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
