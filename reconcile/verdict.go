package reconcile

// An Answer is what a rule found on a row.
type Answer uint8

const (
	NotInForce Answer = iota // the as-of date is outside the rule's validity
	Fired
	Unjudged // a fact is missing
	Clear
)

var answerWords = []string{"not-in-force", "fired", "unjudged", "clear"}

func (a Answer) String() string { return word(answerWords, uint8(a)) }

// A Verdict is the answer of one rule on one row, whatever it is; findings are
// those that fired. It is worked out only for rows that somebody asks about: a
// plan of millions of rows keeps none.
type Verdict struct {
	Rule   *Rule
	Answer Answer
	Facts  []string // what it rests on: name, value, name, value …
	Unless string   // key of the text that says why it does not apply
	Needs  []string // keys of the texts that name the missing facts
}

// Explain builds the plan as Build does and, for each row that wants accepts,
// lists what every rule found, in the order of Rules. Row numbers are indexes
// into Plan.Rows.
func Explain(in Inputs, wants func(p *Plan, row int) bool) (Plan, map[int][]Verdict) {
	p := build(in)
	verdicts := make(map[int][]Verdict)
	for i := range p.plan.Rows {
		if wants(&p.plan, i) {
			verdicts[i] = p.verdicts(&p.plan.Rows[i], &p.drafts[i])
		}
	}
	return p.plan, verdicts
}

func (p *planning) verdicts(r *Row, d *draft) []Verdict {
	ctx := ruleContext{planning: p, draft: d}
	all := make([]Verdict, len(Rules))
	for i := range Rules {
		all[i] = Rules[i].verdict(&ctx, r)
	}
	return all
}

// verdict says why a rule fired or did not. A missing fact is named only where
// nothing else settles the question: a rule that fires because of it has been
// judged.
func (r *Rule) verdict(c *ruleContext, row *Row) Verdict {
	v := Verdict{Rule: r, Answer: Clear}
	if !r.Applies(c.in.AsOf) {
		v.Answer = NotInForce
		return v
	}
	v.Facts = r.finding(c, row).Args
	for _, e := range r.unless {
		if e.holds(c, row) {
			v.Unless = "unless." + e.code
			return v
		}
	}
	if r.fires(c, row) {
		v.Answer = Fired
		return v
	}
	for _, n := range r.needs {
		if !n.known(c, row) {
			v.Answer = Unjudged
			v.Needs = append(v.Needs, n.label)
		}
	}
	return v
}
