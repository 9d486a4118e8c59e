package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

type explainCmd struct {
	What   string   `arg:"" help:"Row key, subscription id, or part of a customer's name."`
	Config string   `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
	AsOf   string   `name:"as-of" help:"Business date; default today." placeholder:"YYYY-MM-DD"`
	Input  []string `help:"File, folder or pattern to read instead of ./exports; repeatable." placeholder:"GLOB" sep:"none"`
	Output string   `help:"Folder of the plans, instead of output.dir." placeholder:"DIR"`
}

// Run plans as `run` does, writes nothing, and tells the story of the rows asked for.
func (c *explainCmd) Run(ctx context.Context, term terminal) error {
	j, err := newJob(&runFlags{Config: c.Config, AsOf: c.AsOf, Input: c.Input, Output: c.Output, DryRun: true}, term)
	if err != nil {
		return err
	}
	var records []reconcile.Record // a plan does not keep them
	keep := func(context.Context) error { records = j.batch.Records; return nil }
	for _, step := range []func(context.Context) error{j.listInputs, j.readInputs, j.readHistory, j.readNotes, keep, j.makePlan, j.makeReport} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	in := j.planInputs()
	in.Records = records
	_, rulings := reconcile.Explain(in, c.wants)
	for _, i := range slices.Sorted(maps.Keys(rulings)) {
		j.explainRow(term.Out, i, rulings[i])
	}
	if len(rulings) == 0 {
		return usage(fmt.Errorf("nothing planned has the key, subscription id or customer %q", c.What), "the sheet Plan shows keys and subscription ids; rejected rows stand on Rejected rows")
	}
	return nil
}

func (c *explainCmd) wants(p *reconcile.Plan, i int) bool {
	r := &p.Rows[i]
	what := strings.ToLower(c.What)
	return r.Key == what || strings.EqualFold(r.Sub.SubscriptionID, c.What) ||
		strings.Contains(strings.ToLower(p.Customers[r.Customer].Facts.Name), what)
}

// explainRow prints where a row comes from, what it was matched to and why,
// what every rule found, and what follows.
func (j *job) explainRow(w io.Writer, i int, rulings []reconcile.Ruling) {
	r := &j.plan.Rows[i]
	customer := &j.plan.Customers[r.Customer]
	text := j.report.Text
	fmt.Fprintf(w, "%s   %s   %s\n", r.Key, customer.Facts.Name, r.Sub.OfferTitle)
	fmt.Fprintf(w, "  status     %s\n  do next    %s\n", text.Label("status."+r.Status.String()), text.Next(r))
	for k, s := range j.plan.Sources(r) {
		label := "planned from"
		if k > 0 {
			label = "merged with"
		}
		fmt.Fprintf(w, "  %-12s %s\n", label, place(s))
	}
	for _, o := range r.Origins() {
		fmt.Fprintf(w, "    %-12s from %s\n", o.Field, place(o.Source))
	}
	fmt.Fprintf(w, "  customer   tenant %s, domain %s, country %s (region %s), relationship %s, delegated admin %s\n",
		orUnknown(customer.Facts.TenantID), orUnknown(customer.Facts.Domain), orUnknown(customer.Facts.Country), orUnknown(customer.Region), r.Relationship, r.DelegatedAdmin)
	fmt.Fprintf(w, "  bought     %s, %s; licences %s, assigned %s; expires %s; at the end: %s\n",
		r.Sub.Channel, r.Sub.Programme, orUnknown(countText(r.Sub.Licences)), orUnknown(countText(r.Sub.Assigned)), orUnknown(r.Sub.Expires.String()), r.EndOfTerm)
	var m strings.Builder
	printMatch(&m, text, r.Sub.OfferTitle, r.Match)
	_, evidence, _ := strings.Cut(m.String(), "\n")
	fmt.Fprint(w, evidence)
	if basis := text.Basis(r.Match.Basis); basis != "" {
		fmt.Fprintf(w, "  matched by %s, score %d\n", basis, r.Match.Score)
	}
	fmt.Fprintf(w, "  route      %s: %s\n  dates      act by %s, relationship by %s, decide by %s\n", r.Route, text.RouteReason(r.RouteWhy), r.ActBy, r.RelationshipBy, r.DecideBy)
	j.explainMoney(w, r)
	j.explainAges(w, r.Key)
	fmt.Fprintln(w, "  rules")
	for _, v := range rulings {
		printRuling(w, text, v)
	}
	fmt.Fprintln(w)
}

// answers are what explain calls the answers of rules.
var answers = map[reconcile.Answer]string{
	reconcile.Fired: "fired", reconcile.Clear: "clear", reconcile.Unjudged: "not judged", reconcile.NotInForce: "not in force",
}

// printRuling prints what one rule found: the sentence and its source where it
// fired, else in short why not.
func printRuling(w io.Writer, text *report.Texts, v reconcile.Ruling) {
	line := fmt.Sprintf("    %-12s %-28s", answers[v.Answer], v.Rule.Code)
	if v.Answer == reconcile.Fired {
		line += fmt.Sprintf(" %-10s %s [%s]", v.Rule.Severity, text.Ruling(v), text.RuleSource(v.Rule))
	} else if why := text.Ruling(v); why != "" {
		line += " " + why
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}

func (j *job) explainMoney(w io.Writer, r *reconcile.Row) {
	m, currency := &r.Money, r.Sub.Currency
	fmt.Fprintf(w, "  money      now %s %s a year; CSP %s %s (%s); overlap today %s, as planned %s; prepaid lost %s; locked in %s; credit at most %s\n",
		orUnknown(m.CostNow.Text(currency)), currency, orUnknown(m.CostCSP.Text(m.CSPCurrency)), m.CSPCurrency, orUnknown(m.CSPBasis.String()),
		orUnknown(m.OverlapToday.Text(currency)), orUnknown(m.OverlapPlanned.Text(currency)), orUnknown(m.PrepaidLost.Text(currency)),
		orUnknown(m.LockedIn.Text(currency)), orUnknown(r.CreditAtMost().Text(currency)))
}

// explainAges says since when each exception of a row keeps it from Ready.
func (j *job) explainAges(w io.Writer, row string) {
	j.report.EachException(func(key, code string, since reconcile.Date, isAccepted bool) bool {
		if key == row {
			state := "open"
			if isAccepted {
				state = "accepted"
			}
			fmt.Fprintf(w, "  %-10s %s since %s, %d days\n", state, code, since, j.asOf-since)
		}
		return true
	})
}

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

func countText(c reconcile.Count) string {
	if !c.Known {
		return ""
	}
	return fmt.Sprint(c.N)
}
