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

	fires  func(*ruleContext, *Row) bool
	unless []exemption // conditions under which it never fires
	needs  []need      // facts without which it cannot be judged

	// What it rests on: name, value, name, value …; neither: the sentence says it
	// all. Evidence that the row itself holds is worked out when somebody asks, since
	// a plan has several findings a row and says few of them; other evidence is kept.
	evidence func(*Row) []string
	kept     func(*ruleContext, *Row) []string
}

// ruleContext is what checks may ask beside the row itself.
type ruleContext struct {
	*planning
	draft *draft
	held  holdings          // see holdings
	sales map[soldTo]string // answers of sale that are remembered; nil: none
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

// finding is the rule on a row of which it is true.
func (r *Rule) finding(c *ruleContext, row *Row) Finding {
	f := Finding{Code: r.Code, Severity: r.Severity}
	if r.kept != nil {
		f.Args = r.kept(c, row)
	}
	return f
}

// ruleOf finds a rule by its code; nil if there is none.
func ruleOf(code string) *Rule {
	if n, ok := ruleAt[code]; ok {
		return &Rules[n]
	}
	return nil
}

// ruleAt is where each rule stands in Rules.
var ruleAt = func() map[string]int {
	at := make(map[string]int, len(Rules))
	for n := range Rules {
		at[Rules[n].Code] = n
	}
	return at
}()
