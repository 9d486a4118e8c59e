package report

import (
	"strings"

	"cspplan/reconcile"
)

// Ruling is what a rule found on a row, in one line: the facts where it fired
// or was clear, why it does not apply, which facts are missing, or that it is
// not in force.
func (t *Texts) Ruling(v reconcile.Ruling) string {
	switch {
	case v.Answer == reconcile.NotInForce:
		return strings.Join(t.validity(v.Rule), t.next)
	case v.Unless != "":
		return t.Label(v.Unless)
	case v.Answer == reconcile.Unjudged:
		var missing []string
		for _, key := range v.Needs {
			missing = append(missing, t.Named(t.Label(key), t.Label("unknown")))
		}
		return strings.Join(missing, t.next)
	case v.Answer == reconcile.Fired:
		return t.Finding(v.Rule.Code, v.Facts)
	}
	return t.evidence(v.Facts, "")
}

// validity says since when and until when a rule holds, where that is bounded.
func (t *Texts) validity(r *reconcile.Rule) []string {
	var parts []string
	if r.Since.Known() {
		parts = append(parts, t.Label("about.rule_since", "date", t.Day(r.Since)))
	}
	if r.Until.Known() {
		parts = append(parts, t.Label("about.rule_until", "date", t.Day(r.Until)))
	}
	return parts
}

// RuleSource names where a rule comes from, with the date of the page, since
// when it holds and which setting it is checked against.
func (t *Texts) RuleSource(r *reconcile.Rule) string {
	parts := append([]string{r.Source + ", " + t.Day(r.SourceDate)}, t.validity(r)...)
	if r.Threshold != "" {
		parts = append(parts, t.Label("about.rule_checks", "setting", r.Threshold))
	}
	return strings.Join(parts, t.next)
}

// rulesLead lists every rule, as `cspplan catalog --rules` does.
func (rep *Report) rulesLead() Lead {
	t := rep.Text
	l := Lead{Title: t.Label("about.rules"), Columns: []Column{
		rep.col("rule", "col.rule", Text, 36),
		rep.col("status", "status", Text, 24),
		rep.col("meaning", "col.meaning", Text, 90).wrapped(),
		rep.col("source", "col.offer_source", Text, 50).wrapped(),
	}}
	for i := range reconcile.Rules {
		r := &reconcile.Rules[i]
		l.Rows = append(l.Rows, []Value{textCell(r.Code), t.statusCell(r.Severity),
			textCell(t.Label(r.Sentence()) + " " + t.Lifts(r.Code)), textCell(t.RuleSource(r))})
	}
	return l
}
