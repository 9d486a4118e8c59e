package reconcile

import "slices"

// A Rule is one thing that can be true of a row and that somebody should know.
// Rules are data: the plan, the README, About and `cspplan catalog --rules`
// read the same list. Adding a rule is adding an entry and its test rows.
type Rule struct {
	Code       string // its sentence is the text finding.<code>
	Severity   Status // the status it gives a row; Ready: a note that changes none
	Who        string // key of the text that names who can lift it
	Source     string
	SourceDate Date
	Since      Date   // first as-of date it applies on; zero = always
	Until      Date   // last one; zero = open
	Threshold  string // the setting it checks against, such as policy.warn_days; empty if none

	fires    func(*ruleContext, *Row) bool
	unless   []exemption                       // conditions under which it never fires
	needs    []need                            // facts without which it cannot be judged
	evidence func(*ruleContext, *Row) []string // name, value, name, value …; nil: the sentence says it all
}

// ruleContext is what checks may ask beside the row itself.
type ruleContext struct {
	*planning
	draft *draft
}

// An exemption is a condition that settles a rule's question beforehand; its
// sentence is the text unless.<code>.
type exemption struct {
	code  string
	holds func(*ruleContext, *Row) bool
}

// A need is a fact that a rule asks for; its name is the text of the label.
type need struct {
	label string
	known func(*ruleContext, *Row) bool
}

// Sentence is the key of the text that says what is true.
func (r *Rule) Sentence() string { return "finding." + r.Code }

// Lifts is the key of the text that says what lifts it.
func (r *Rule) Lifts() string { return "lifts." + r.Code }

// Applies tells whether the rule is in force on a day.
func (r *Rule) Applies(on Date) bool {
	return on >= r.Since && (!r.Until.Known() || on <= r.Until)
}

// holds tells whether the rule is true of the row, on a day it is in force.
func (r *Rule) holds(c *ruleContext, row *Row) bool {
	return r.fires(c, row) && !slices.ContainsFunc(r.unless, func(e exemption) bool { return e.holds(c, row) })
}

func (r *Rule) finding(c *ruleContext, row *Row) Finding {
	f := Finding{Code: r.Code, Severity: r.Severity}
	if r.evidence != nil {
		f.Args = r.evidence(c, row)
	}
	return f
}

// judge applies the rules. The worst finding gives the status; what is done is
// done.
func (p *planning) judge(r *Row, d *draft) {
	ctx := ruleContext{planning: p, draft: d}
	r.Status = Ready
	for i := range Rules {
		rule := &Rules[i]
		if !rule.Applies(p.in.AsOf) || !rule.holds(&ctx, r) {
			continue
		}
		r.Findings = append(r.Findings, rule.finding(&ctx, r))
		r.Status = min(r.Status, rule.Severity)
	}
	if r.Progress == ProgressDone {
		r.Status = Done
	}
}
