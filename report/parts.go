package report

import (
	"cmp"
	"iter"
	"slices"

	"cspplan/reconcile"
)

// How the plan is split into further workbooks, beside the one that covers
// everybody.
const (
	SplitNone     = "none"
	SplitOwner    = "owner"
	SplitCustomer = "customer"
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

// SplitBy is how the plan is split: SplitNone, SplitOwner or SplitCustomer.
func (rep *Report) SplitBy() string { return cmp.Or(rep.opt.SplitBy, SplitNone) }

// Parts makes a report for each owner, in the order of their names, or for each
// customer, in the order of their keys; none if the plan is not split. An owner
// is the note, else the register's, else the input's (rules.md §10). Reports are
// made one at a time, so that only few of them are in memory.
func (rep *Report) Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		shares := rep.shares()
		if len(shares) == 0 {
			return
		}
		cut := rep.newCutter()
		for _, s := range shares {
			if !yield(Part{Name: s.name, Key: s.key, Report: cut.part(s.name, s.rows)}) {
				return
			}
		}
	}
}

// A share is the rows of one owner or one customer.
type share struct {
	name, key string
	rows      []int32 // in the order of the plan
}

// shares are all rows of the plan, each in one share, in the order of the keys.
func (rep *Report) shares() []share {
	var list []share
	switch rep.SplitBy() {
	case SplitOwner:
		list = rep.ownersShares()
	case SplitCustomer:
		list = rep.customersShares()
	}
	slices.SortFunc(list, func(a, b share) int { return cmp.Compare(a.key, b.key) })
	return list
}

func (rep *Report) ownersShares() []share {
	var list []share
	at := make(map[string]int)
	for i := range rep.Plan.Rows {
		name := ownerOf(&rep.Plan.Rows[i])
		n, known := at[name]
		if !known {
			n = len(list)
			at[name] = n
			list = append(list, share{name: name, key: name})
		}
		list[n].rows = append(list[n].rows, int32(i))
	}
	return list
}

func (rep *Report) customersShares() []share {
	var list []share
	rowsOf := reconcile.GroupRows(rep.Plan.Rows, len(rep.Plan.Customers))
	for c := range rep.Plan.Customers {
		if customer, rows := &rep.Plan.Customers[c], rowsOf.Of(int32(c)); len(rows) > 0 {
			list = append(list, share{name: customerTitle(customer), key: customer.Key, rows: rows})
		}
	}
	return list
}
