package report

import (
	"strings"

	"cspplan/reconcile"
)

// An ExceptionLine is one exception as people read it.
type ExceptionLine struct {
	Status   reconcile.Status // that it gives
	Since    reconcile.Date   // from when its age counts
	Days     int              // its age; of a closed one, how long it was open
	Expires  reconcile.Date
	DecideBy reconcile.Date
	Late     bool // that day is over
	Customer string
	Offer    string
	What     string
	Licences reconcile.Count
	Cost     reconcile.Amount // now a year
	Currency string
	How      string // how it closed; empty: it is open
	Source   string
}

// Opened is how many exceptions opened since the run before, Rolled how many
// were open then, too, and Closed how many are not any more. On a first run
// there are none of them.
func (rf *RollForward) Opened() int { return rf.moved(rf.segment(opened)) }
func (rf *RollForward) Rolled() int { return rf.moved(rf.segment(rolled)) }
func (rf *RollForward) Closed() int { return len(rf.closed) }

func (rf *RollForward) moved(list []exception) int {
	if rf.First {
		return 0
	}
	return len(list)
}

// OpenedLine is the i-th exception that opened, gravest first; RolledLine the
// i-th that was rolled forward, oldest first.
func (rep *Report) OpenedLine(i int) ExceptionLine {
	return rep.openLine(&rep.RollForward.segment(opened)[i])
}
func (rep *Report) RolledLine(i int) ExceptionLine {
	return rep.openLine(&rep.RollForward.segment(rolled)[i])
}

func (rep *Report) openLine(e *exception) ExceptionLine {
	r := &rep.Plan.Rows[e.row]
	l := rep.rowLine(r)
	l.Status, l.Since, l.What = e.severity(), e.since, rep.Text.ruleName(e.rule)
	l.Days = int(rep.AsOf - e.since)
	l.DecideBy = rep.decideBy(r)
	l.Late = l.DecideBy.Known() && l.DecideBy < rep.AsOf
	return l
}

// rowLine is what a row of the plan says of itself.
func (rep *Report) rowLine(r *reconcile.Row) ExceptionLine {
	return ExceptionLine{
		Expires: r.Sub.Expires, Customer: rep.CustomerName(r), Offer: OfferName(r), Licences: r.Sub.Licences,
		Cost: r.Money.CostNow, Currency: r.Sub.Currency, Source: sourcesText(rep.Plan.Sources(r)),
	}
}

// ClosedLine is the i-th exception that closed: in the order of the plan, then
// those whose rows are not planned any more.
func (rep *Report) ClosedLine(i int) ExceptionLine {
	c := &rep.RollForward.closed[i]
	var l ExceptionLine
	switch {
	case c.row >= 0:
		l = rep.rowLine(&rep.Plan.Rows[c.row])
	case c.before >= 0:
		p := &rep.opt.Previous[c.before]
		l = ExceptionLine{Expires: p.Expires, Customer: p.Customer, Offer: p.Offer, Licences: p.Licences}
	}
	l.Status, l.What = c.past.severity(), rep.Text.ruleName(c.past.Rule)
	l.Since, l.Days, l.How = c.past.Since, int(rep.AsOf-c.past.Since), rep.howText(c)
	return l
}

// ruleName is what a rule finds, without its full stop.
func (t *Texts) ruleName(rule int16) string {
	if rule == RuleUnknown {
		return t.Label("rf.old_rule")
	}
	return strings.TrimSuffix(t.Label(reconcile.Rules[rule].Sentence()), ".")
}

// ClosedBy is how many exceptions closed in which way, by its word.
func (rf *RollForward) ClosedBy() map[string]int {
	by := make(map[string]int)
	for how, n := range rf.closedBy {
		if n > 0 {
			by[closingWords[how]] = n
		}
	}
	return by
}

// RollForwardTie is the sum that must come out, or why there is none yet.
func (rep *Report) RollForwardTie() string {
	t, rf := rep.Text, &rep.RollForward
	n := func(count int) string { return t.Count(int64(count)) }
	if rf.First {
		subs := 0
		for _, s := range rf.Ages.Subscriptions {
			subs += s
		}
		return t.Label("rf.first", "n", n(rf.Total.Open), "subs", n(subs))
	}
	return t.Label("rf.tie", "before", n(rf.Total.Before), "opened", n(rf.Total.Opened), "closed", n(rf.Total.Closed),
		"open", n(rf.Total.Open), "rolled", n(rf.Total.Rolled))
}

// PreviousDate is the as-of date of the run before; none on a first run.
func (rep *Report) PreviousDate() reconcile.Date { return rep.opt.PreviousDate }

// RollForwardBase names the run that is compared with, and says where ages begin
// if that run did not record any.
func (rep *Report) RollForwardBase() string {
	t := rep.Text
	if rep.RollForward.First {
		return ""
	}
	date := t.Day(rep.opt.PreviousDate)
	sentence := t.Label("rf.compared", "run", rep.opt.PreviousRun, "date", date)
	if rep.opt.AgesUnknown && rep.RollForward.Total.Before > 0 {
		sentence += " " + t.Label("rf.no_ages", "date", date)
	}
	return sentence
}
