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

// A Ruling is the answer of one rule on one row, whatever it is; findings are
// those that fired. It is worked out only for rows that somebody asks about: a
// plan of millions of rows keeps none.
type Ruling struct {
	Rule   *Rule
	Answer Answer
	Facts  []string // what it rests on: name, value, name, value …
	Unless string   // key of the text that says why it does not apply
	Needs  []string // keys of the texts that name the missing facts
}

// Explain builds the plan as Build does and, for each row that wants accepts,
// lists what every rule found, in the order of Rules. Row numbers are indexes
// into Plan.Rows.
func Explain(in Inputs, wants func(p *Plan, row int) bool) (Plan, map[int][]Ruling) {
	p := build(in)
	rulings := make(map[int][]Ruling)
	for i := range p.plan.Rows {
		if wants(&p.plan, i) {
			rulings[i] = p.rulings(&p.plan.Rows[i], &p.drafts[i])
		}
	}
	return p.plan, rulings
}

func (p *planning) rulings(r *Row, d *draft) []Ruling {
	ctx := ruleContext{planning: p, draft: d}
	all := make([]Ruling, len(Rules))
	for i := range Rules {
		all[i] = Rules[i].ruling(&ctx, r)
	}
	return all
}

// ruling says why a rule fired or did not. A missing fact is named only where
// nothing else settles the question: a rule that fires because of it has been
// judged.
func (r *Rule) ruling(c *ruleContext, row *Row) Ruling {
	v := Ruling{Rule: r, Answer: Clear}
	if !r.Applies(c.in.AsOf) {
		v.Answer = NotInForce
		return v
	}
	v.Facts = row.Evidence(r.finding(c, row))
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
