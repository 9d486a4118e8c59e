package report

import (
	"iter"
	"maps"
	"slices"

	"cspplan/reconcile"
)

// Unassigned is the part of rows that nobody looks after.
const Unassigned = "unassigned"

// A Part is the report on the rows of one owner or one customer, for a workbook
// of their own.
type Part struct {
	Name   string // owner, or customer; Unassigned where nobody is named
	Key    string // of the customer; of owners the name
	Report *Report
}

// ByOwner makes one report for each owner, in the order of their names: owner
// is the note, else the register's, else the input's (rules.md §10).
func (rep *Report) ByOwner() iter.Seq[Part] {
	return rep.parts(func(r *reconcile.Row) Part {
		name := ownerOf(r)
		return Part{Name: name, Key: name}
	})
}

// ByCustomer makes one report for each customer, in the order of their keys.
func (rep *Report) ByCustomer() iter.Seq[Part] {
	return rep.parts(func(r *reconcile.Row) Part {
		c := rep.customer(r)
		return Part{Name: customerTitle(c), Key: c.Key}
	})
}

// parts groups the rows by key and makes their reports one at a time, so that
// only few of them are in memory.
func (rep *Report) parts(of func(*reconcile.Row) Part) iter.Seq[Part] {
	rows := make(map[string][]int32)
	for i := range rep.Plan.Rows {
		key := of(&rep.Plan.Rows[i]).Key
		rows[key] = append(rows[key], int32(i))
	}
	return func(yield func(Part) bool) {
		for _, key := range slices.Sorted(maps.Keys(rows)) {
			part := of(&rep.Plan.Rows[rows[key][0]])
			part.Report = rep.part(part.Name, rows[key])
			if !yield(part) {
				return
			}
		}
	}
}

// part computes the report on some rows of the plan. It names nothing that may
// belong to others: no rejected rows, no files, no vanished subscriptions, no
// notes without a place. These stand in the workbook of all, where also what
// was read is checked; a part checks its own sums.
func (rep *Report) part(name string, rows []int32) *Report {
	plan := *rep.Plan
	plan.Rows = make([]reconcile.Row, len(rows))
	for n, i := range rows {
		plan.Rows[n] = rep.Plan.Rows[i]
	}
	plan.Fates, plan.Vanished = nil, nil
	opt := rep.opt
	opt.part, opt.Letters = name, false
	opt.Ledger, opt.Read, opt.Inputs = nil, nil, nil
	opt.PutBack, opt.KeptNotes, opt.NotesFound, opt.NotesInForce = nil, nil, 0, 0
	return Compute(&plan, opt)
}
