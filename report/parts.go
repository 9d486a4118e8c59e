package report

import (
	"iter"
	"maps"
	"slices"

	"cspplan/reconcile"
)

// Unassigned is the part of rows that nobody looks after.
const Unassigned = "unassigned"

// A Part is the report on the rows of one owner or one customer.
type Part struct {
	Name   string // owner, or customer; Unassigned where nobody is named
	Key    string // of the customer; empty for owners
	Report *Report
}

// ByOwner makes one report for each owner, in the order of their names.
func (rep *Report) ByOwner() iter.Seq[Part] {
	return rep.parts(func(r *reconcile.Row) string { return first(r.Owner, Unassigned) }, func(r *reconcile.Row) Part { return Part{Name: first(r.Owner, Unassigned)} })
}

// ByCustomer makes one report for each customer, in the order of their keys.
func (rep *Report) ByCustomer() iter.Seq[Part] {
	return rep.parts(func(r *reconcile.Row) string { return rep.customer(r).Key }, func(r *reconcile.Row) Part {
		c := rep.customer(r)
		return Part{Name: customerTitle(c), Key: c.Key}
	})
}

// parts groups the rows by key and makes their reports one at a time, so that
// only one of them is in memory. What was read is checked on the whole report:
// a part compares its own sums only, names no rejected rows and no vanished ones.
func (rep *Report) parts(key func(*reconcile.Row) string, named func(*reconcile.Row) Part) iter.Seq[Part] {
	rows := make(map[string][]int32)
	for i := range rep.Plan.Rows {
		k := key(&rep.Plan.Rows[i])
		rows[k] = append(rows[k], int32(i))
	}
	return func(yield func(Part) bool) {
		for _, k := range slices.Sorted(maps.Keys(rows)) {
			part := named(&rep.Plan.Rows[rows[k][0]])
			part.Report = rep.part(rows[k])
			if !yield(part) {
				return
			}
		}
	}
}

// part computes the report on some rows of the plan.
func (rep *Report) part(rows []int32) *Report {
	plan := *rep.Plan
	plan.Rows = make([]reconcile.Row, len(rows))
	for n, i := range rows {
		plan.Rows[n] = rep.Plan.Rows[i]
	}
	plan.Fates, plan.Vanished = nil, nil
	opt := rep.opt
	opt.part, opt.Records, opt.Read = true, nil, nil
	opt.PutBack, opt.KeptNotes, opt.NotesFound, opt.NotesInForce = nil, nil, 0, 0
	return Compute(&plan, opt)
}
