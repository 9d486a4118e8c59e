package report

import (
	"cmp"
	"slices"

	"cspplan/reconcile"
)

// addUnplanned closes what was open on rows that the plan does not have any more.
func (b *rollBuilder) addUnplanned() {
	for i, past := range b.past {
		if b.seen[i] || past.Accepted {
			continue
		}
		b.kind(past.Rule).Before++
		b.closed = append(b.closed, closedException{past: past, row: -1, before: -1, how: closedGone})
	}
}

// explainClosed finds out how each exception closed. What the run before knew
// and what became of the records is looked up for the rows concerned alone.
func (b *rollBuilder) explainClosed() {
	if len(b.closed) == 0 {
		return
	}
	before, fates := b.closedRows(), b.closedFates()
	for i := range b.closed {
		c := &b.closed[i]
		if at, ok := before[c.past.Key]; ok {
			c.before = at
		}
		if c.row >= 0 {
			c.how = b.howClosed(c)
		} else if outcome, ok := fates[c.past.Key]; ok {
			c.how, c.outcome = closedUnplanned, outcome
			if outcome == reconcile.InCSP {
				c.how = closedInCSP
			}
		}
		b.closedBy[c.how]++
	}
	slices.SortStableFunc(b.closed, compareClosed)
}

// compareClosed sorts by severity, then as the plan is sorted; rows that are not
// planned any more come last, as the plan before was.
func compareClosed(x, y closedException) int {
	gone := func(c closedException) int32 {
		if c.row < 0 {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(x.past.severity(), y.past.severity()), cmp.Compare(gone(x), gone(y)),
		cmp.Compare(x.row, y.row), cmp.Compare(x.before, y.before))
}

// closedRows finds the rows of the run before that anything has closed on.
func (b *rollBuilder) closedRows() map[uint64]int32 {
	rows := make(map[uint64]int32, len(b.closed))
	for _, c := range b.closed {
		rows[c.past.Key] = -1
	}
	for i := range b.rep.opt.Previous {
		key := KeyHash(b.rep.opt.Previous[i].Key)
		if at, ok := rows[key]; ok && at < 0 {
			rows[key] = int32(i)
		}
	}
	return rows
}

// closedFates finds what became of records whose rows are not planned any more
// and have not vanished: read as in CSP, rejected, out of scope.
func (b *rollBuilder) closedFates() map[uint64]reconcile.Outcome {
	left := make(map[uint64]bool)
	for _, c := range b.closed {
		if c.row < 0 {
			left[c.past.Key] = true
		}
	}
	for i := range b.rep.Plan.Vanished {
		delete(left, KeyHash(b.rep.Plan.Vanished[i].Key))
	}
	if len(left) == 0 {
		return nil
	}
	fates := make(map[uint64]reconcile.Outcome, len(left))
	for i := range min(len(b.rep.Plan.Fates), len(b.rep.opt.Ledger)) {
		rec, fate := b.rep.opt.Ledger[i].Record, &b.rep.Plan.Fates[i]
		if fate.Row >= 0 || rec == nil || rec.Sub == nil || rec.Sub.SubscriptionID == "" {
			continue
		}
		if key := KeyHash(reconcile.SubscriptionKey(rec.Sub.SubscriptionID)); left[key] {
			fates[key] = fate.Outcome
		}
	}
	return fates
}

// howClosed is how an exception of a row that is still planned has closed.
func (b *rollBuilder) howClosed(c *closedException) closing {
	r := &b.rep.Plan.Rows[c.row]
	var before *reconcile.PreviousRow
	if c.before >= 0 {
		before = &b.rep.opt.Previous[c.before]
	}
	switch {
	case r.Status == reconcile.Done:
		return closedDone
	case r.Accepted().InForce && c.past.Rule != RuleUnknown && r.Has(reconcile.Rules[c.past.Rule].Code):
		return closedAccepted
	case before == nil:
		return closedCleared
	case r.Progress >= reconcile.ProgressProvisioned && before.Progress < reconcile.ProgressProvisioned:
		return closedInCSP
	case r.Written() != before.Written:
		return closedByPerson
	}
	return closedCleared
}

// severity is the status that such an exception gives; that of a rule which is
// not known any more counts as the least one.
func (p *PastException) severity() reconcile.Status {
	if p.Rule == RuleUnknown {
		return reconcile.Decide
	}
	return reconcile.Rules[p.Rule].Severity
}

// howText says how an exception closed.
func (rep *Report) howText(c *closedException) string {
	t := rep.Text
	text := t.Label("closed." + closingWords[c.how])
	switch c.how {
	case closedAccepted:
		return t.Label("closed.accepted", "date", t.Day(rep.Plan.Rows[c.row].Accepted().Until))
	case closedByPerson:
		if choice := rep.Plan.Rows[c.row].Decision; choice != reconcile.ChoiceNone {
			return t.Named(text, t.choice(choice))
		}
	case closedUnplanned:
		return t.Named(text, t.Outcome(c.outcome))
	}
	return text
}
