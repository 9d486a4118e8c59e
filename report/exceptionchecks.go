package report

import "cspplan/reconcile"

// exceptionChecks tie the exceptions of the run before to those of this one, and
// what their ages add up to, to the statuses and the money. An empty plan after
// an empty plan has nothing to tie.
func (rep *Report) exceptionChecks() []Check {
	if len(rep.Plan.Rows) == 0 && len(rep.opt.Outstanding) == 0 {
		return nil
	}
	t, rf := rep.Text, &rep.RollForward
	subs := rf.Ages.AcceptedSubscriptions
	for _, n := range rf.Ages.Subscriptions {
		subs += n
	}
	w := &rep.Windows
	exceptional := w.Rows[reconcile.Blocked].Total + w.Rows[reconcile.DataLoss].Total + w.Rows[reconcile.Decide].Total
	checks := []Check{
		{Code: "exceptions", What: t.Label("check.exceptions"), In: int64(rep.openBefore() + len(rf.segment(opened)) - len(rf.closed)), Out: int64(rep.openNow())},
		{Code: "exceptions-subscriptions", What: t.Label("check.exceptions_subs"), In: int64(subs), Out: int64(exceptional)},
	}
	return append(checks, rep.agedMoneyChecks()...)
}

// openBefore counts what the run before left open: of a part, on its own rows.
func (rep *Report) openBefore() int {
	if rep.opt.part != "" {
		return rep.RollForward.Total.Before
	}
	n := 0
	for _, p := range rep.opt.Outstanding {
		if !p.Accepted {
			n++
		}
	}
	return n
}

// openNow counts the exceptions of the plan, whatever was before.
func (rep *Report) openNow() int {
	n := 0
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Accepted().InForce || r.Status == reconcile.Done || r.Status == reconcile.Ready {
			continue
		}
		for _, f := range r.Findings() {
			if at, ok := ruleNumbers[f.Code]; ok && reconcile.Rules[at].Severity.Part() != reconcile.CanMove {
				n++
			}
		}
	}
	return n
}

// agedMoneyChecks compare the money by age with that of what cannot move and
// what is to be decided. The first check counts the currencies that tie; the
// others are its details.
func (rep *Report) agedMoneyChecks() []Check {
	t := rep.Text
	all := Check{Code: "exceptions-money", What: t.Label("check.exceptions_money"), In: int64(len(rep.Money.Lines))}
	var details []Check
	for i, l := range rep.Money.Lines {
		aged := &rep.RollForward.Ages.Money[i]
		c := Check{Code: "exceptions-money:" + l.Currency, Detail: true, What: t.Label("check.exceptions_money_in", "cur", l.Currency),
			In: aged.Open() + aged.Accepted, Out: l.Cannot + l.ToDecide, Digits: reconcile.MinorDigits(l.Currency)}
		if c.Agrees() {
			all.Out++
		}
		details = append(details, c)
	}
	return append([]Check{all}, details...)
}
