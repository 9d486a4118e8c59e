package report

import (
	"cmp"
	"slices"

	"cspplan/reconcile"
)

// A cutter makes the reports on parts of a plan. What is looked up in lists of the
// whole plan is looked up once for all parts, and a part gets of each list only
// what is about its own rows: there may be a part for each of thousands of
// customers, and each must cost no more than what it holds.
type cutter struct {
	rep     *Report
	owners  []string                        // of all customers: a part may be given to any of them
	before  []int32                         // by row of the plan, its index in Options.Previous; −1: it was not there; nil: no row was
	credits map[string][]reconcile.Decision // notes on Credits, by the key of the row
	extra   map[string][]int32              // what is in CSP without any row, by the key of its customer
	number  []int32                         // by customer of the plan, its number in the part at hand; −1: it is not in it
}

func (rep *Report) newCutter() *cutter {
	c := &cutter{rep: rep, number: make([]int32, len(rep.Plan.Customers)), credits: make(map[string][]reconcile.Decision), extra: make(map[string][]int32)}
	for i := range rep.Plan.Customers {
		c.owners = append(c.owners, rep.Plan.Customers[i].Owner)
		c.number[i] = -1
	}
	slices.Sort(c.owners)
	c.owners = slices.Compact(c.owners)
	for _, d := range rep.opt.Decisions {
		if d.Scope == creditScope {
			c.credits[d.Key] = append(c.credits[d.Key], d)
		}
	}
	for i := range rep.Plan.Extra {
		key := rep.Plan.Extra[i].Customer
		c.extra[key] = append(c.extra[key], int32(i))
	}
	c.findBefore()
	return c
}

// findBefore finds each row in the run before.
func (c *cutter) findBefore() {
	if len(c.rep.opt.Previous) == 0 {
		return
	}
	at := make(map[string]int32, len(c.rep.opt.Previous))
	for i := range c.rep.opt.Previous {
		at[c.rep.opt.Previous[i].Key] = int32(i)
	}
	c.before = make([]int32, len(c.rep.Plan.Rows))
	for i := range c.rep.Plan.Rows {
		n, known := at[c.rep.Plan.Rows[i].Key]
		if !known {
			n = -1
		}
		c.before[i] = n
	}
}

// part computes the report on some rows of the plan. It names nothing that may
// belong to others: no rejected rows, no files, no vanished subscriptions, no
// notes without a place. These stand in the workbook of all, where also what
// was read is checked; a part checks its own sums.
func (c *cutter) part(name string, rows []int32) *Report {
	plan := *c.rep.Plan
	plan.Rows = make([]reconcile.Row, len(rows))
	for n, i := range rows {
		plan.Rows[n] = c.rep.Plan.Rows[i]
	}
	plan.Customers = c.customers(plan.Rows)
	plan.Extra = c.inCSP(plan.Customers)
	plan.Fates, plan.Vanished = nil, nil
	opt := c.rep.opt
	opt.part, opt.owners, opt.dataHeld = name, c.owners, c.rep.dataHeld
	opt.SplitBy, opt.Letters = SplitNone, false
	opt.Ledger, opt.Read, opt.Inputs, opt.Calendar, opt.Past = nil, nil, nil, nil, nil
	opt.PutBack, opt.KeptNotes, opt.NotesFound, opt.NotesInForce = nil, nil, 0, 0
	opt.Previous, opt.Outstanding, opt.Decisions = c.previous(rows), c.outstanding(plan.Rows), c.decisions(plan.Rows)
	return Compute(&plan, opt)
}

// customers are those of the rows of a part, in the order of the plan; the rows are
// given their new numbers.
func (c *cutter) customers(rows []reconcile.Row) []reconcile.Customer {
	var own []int32
	for i := range rows {
		if n := rows[i].Customer; c.number[n] < 0 {
			c.number[n] = 0
			own = append(own, n)
		}
	}
	slices.Sort(own)
	customers := make([]reconcile.Customer, len(own))
	for n, i := range own {
		customers[n] = c.rep.Plan.Customers[i]
		c.number[i] = int32(n)
	}
	for i := range rows {
		rows[i].Customer = c.number[rows[i].Customer]
	}
	rowsOf := reconcile.GroupRows(rows, len(customers))
	for n := range customers {
		customers[n].Rows = rowsOf.Of(int32(n))
	}
	for _, i := range own {
		c.number[i] = -1
	}
	return customers
}

// inCSP is what the customers of a part hold in CSP without any row, in the order
// of the plan. That of a customer without rows stands in the workbook of all.
func (c *cutter) inCSP(customers []reconcile.Customer) []reconcile.InCSPRow {
	var at []int32
	for i := range customers {
		at = append(at, c.extra[customers[i].Key]...)
	}
	slices.Sort(at)
	own := make([]reconcile.InCSPRow, len(at))
	for n, i := range at {
		own[n] = c.rep.Plan.Extra[i]
	}
	return own
}

// previous are the rows of a part as they were in the run before, in its order.
func (c *cutter) previous(rows []int32) []reconcile.PreviousRow {
	if c.before == nil {
		return nil
	}
	var at []int32
	for _, i := range rows {
		if n := c.before[i]; n >= 0 {
			at = append(at, n)
		}
	}
	slices.Sort(at)
	before := make([]reconcile.PreviousRow, len(at))
	for n, i := range at {
		before[n] = c.rep.opt.Previous[i]
	}
	return before
}

// outstanding are the exceptions that the rows of a part had in the run before, by
// key.
func (c *cutter) outstanding(rows []reconcile.Row) []PastException {
	if len(c.rep.opt.Outstanding) == 0 {
		return nil
	}
	var own []PastException
	keys := make([]uint64, len(rows))
	for i := range rows {
		keys[i] = KeyHash(rows[i].Key)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		past := c.rep.opt.Outstanding
		from, _ := slices.BinarySearchFunc(past, key, func(p PastException, key uint64) int { return cmp.Compare(p.Key, key) })
		for ; from < len(past) && past[from].Key == key; from++ {
			own = append(own, past[from])
		}
	}
	return own
}

// decisions are the notes that a part shows beside those its rows hold.
func (c *cutter) decisions(rows []reconcile.Row) []reconcile.Decision {
	if len(c.credits) == 0 {
		return nil
	}
	var own []reconcile.Decision
	for i := range rows {
		own = append(own, c.credits[rows[i].Key]...)
	}
	return own
}
