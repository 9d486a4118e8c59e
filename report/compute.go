package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cspplan/reconcile"
)

// rulesPage is the day Microsoft's page on moving licence-based customers was
// dated when its rules were taken over.
var rulesPage = reconcile.NewDate(2020, 6, 30)

// Compute works out everything that any writer prints about a plan. The plan
// must not change afterwards: tables read it row by row while they are written.
func Compute(p *reconcile.Plan, opt Options) *Report {
	t := opt.Text
	rep := &Report{
		Text: t, Plan: p, opt: opt, english: english(t),
		Partner: p.Partner.Name, Region: p.Region, AsOf: p.AsOf,
		RunID: opt.RunID, InputHash: opt.InputHash, Version: opt.Version, Settings: opt.Settings,
		Subscriptions: len(p.Rows), Customers: countCustomers(p), dataHeld: cmp.Or(opt.dataHeld, new(sync.Map)),
	}
	if rep.RowsInParts() {
		rep.Settings = append(slices.Clone(opt.Settings),
			Setting{"output.split_by", opt.SplitBy}, Setting{"output.overall_rows", strconv.Itoa(opt.OverallRows)})
	}
	rep.expectations = expectations(t, rep.english)
	byFile := rep.outcomes()
	var sheets rowTables
	reconcile.Together(rep.figures, rep.lists, rep.listOrders, func() { sheets = rep.rowTables() })
	rep.Inputs = inputs(opt.Inputs, byFile)
	rep.RuleTexts, rep.RulesSource = rep.rules()
	rep.Sources = rep.sources()
	rep.Checks = rep.makeChecks(byFile)
	rep.Tables = rep.tables(sheets)
	if rep.RowsInParts() {
		rep.leaveRows(sheets.customerLines)
	}
	rep.Sheets = rep.sheetLines()
	rep.Title = t.Label("doc.title")
	if opt.part != "" {
		rep.Title += " – " + opt.part
	}
	rep.Subtitle = t.Label("doc.subtitle") + " · " + rep.Counts()
	if opt.Letters {
		rep.letters = rep.writeLetters()
	}
	rep.judge()
	return rep
}

// figures are what is counted and added up, and what has changed. It runs beside
// lists and others, so none may read what another sets.
func (rep *Report) figures() {
	rep.count()
	rep.Converted = rep.convert()
	rep.MoneyNotes = rep.moneyNotes()
	rep.KeyFigures, rep.AskFinance = rep.keyFigures(), rep.askFinance()
	rep.Changes, rep.ChangesNote = rep.changes()
	rep.RollForward = rep.rollForward()
	rep.Trend = rep.trend()
	rep.Solved = rep.solved()
}

// count goes through the rows once for all that is only counted: fetching a row
// takes longer than counting it.
func (rep *Report) count() {
	var money moneyBuilder
	windows := newWindows()
	timeline, chart := newTimeline(rep.AsOf, timelineMonths), newTimeline(rep.AsOf, timelineMonths-1)
	money.start(rep.AsOf)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		rep.Licences += licences(r)
		rep.Matches[matchOf(r).Class]++
		windows.add(r)
		rep.urgent.add(r)
		if active(r) {
			timeline.add(r)
			chart.add(r)
			money.add(r)
		}
	}
	rep.Windows = windows
	rep.headline, rep.alarm = rep.Text.headlineOf(len(rep.Plan.Rows), rep.urgent)
	rep.Timeline, rep.Chart = timeline.shown(rep.Text), chart.shown(rep.Text)
	rep.Money = money.money(rep.Text)
}

// lists are the customers, months and exceptions that are shown.
func (rep *Report) lists() {
	rep.DoFirst = rep.doFirst()
	rep.Months, rep.Folded = rep.months()
	if rep.opt.part == "" { // a part is not printed
		rep.Exceptions = rep.exceptions()
	}
	rep.Owners = rep.owners()
}

func (rep *Report) listOrders() { rep.orderList, rep.orderTotals = rep.orders() }

// english is what plan.csv is written in, whatever the language of the report.
func english(t *Texts) *Texts {
	if t.Lang == Languages[0] {
		return t
	}
	texts, err := LoadTexts(Languages[0])
	if err != nil {
		panic(fmt.Sprintf("embedded labels: %v", err)) // LoadTexts gave t from the same file
	}
	return texts
}

// Counts is subscriptions, licences and customers in one sentence.
func (rep *Report) Counts() string {
	t := rep.Text
	return t.Label("doc.counts", "subs", t.Count(int64(rep.Subscriptions)),
		"lic", t.Count(rep.Licences), "cust", t.Count(int64(rep.Customers)))
}

// StartLine is the second line of Start: partner, day, counts, run, totals.
func (rep *Report) StartLine() string {
	t := rep.Text
	parts := []string{rep.Partner, t.Label("doc.as_at", "date", t.Day(rep.AsOf)), rep.Counts(), t.Label("doc.run", "id", rep.RunID)}
	if rep.Agree {
		parts = append(parts, t.Label("start.totals_ok"))
	} else {
		parts = append(parts, "▲ "+t.Label("start.totals_differ"))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// countCustomers counts those who hold a row of the plan: a register may name
// more.
func countCustomers(p *reconcile.Plan) int {
	seen := make([]bool, len(p.Customers))
	n := 0
	for i := range p.Rows {
		if c := p.Rows[i].Customer; !seen[c] {
			seen[c] = true
			n++
		}
	}
	return n
}

// inputs fills in what became of each file's rows.
func inputs(files []InputLine, byFile map[string]*[reconcile.OutOfScope + 1]OutcomeTotal) []InputLine {
	filled := slices.Clone(files)
	for i := range filled {
		if totals := byFile[filled[i].File]; totals != nil {
			for o := range totals {
				filled[i].Outcomes[o] = totals[o].Rows
			}
		}
	}
	return filled
}

// owners are all names of account managers, for the drop-down.
func (rep *Report) owners() []string {
	names := make(map[string]bool)
	for _, name := range rep.opt.owners {
		names[name] = true
	}
	for i := range rep.Plan.Customers {
		names[rep.Plan.Customers[i].Owner] = true
	}
	last := ""
	add := func(name string) { // to compare names takes less than to look each up
		if name != last {
			names[name], last = true, name
		}
	}
	for i := range rep.Plan.Rows {
		add(rep.Plan.Rows[i].Owner)
		add(rep.Plan.Rows[i].Sub.Owner)
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names))
}

// rules are the six rules of Microsoft's page, with our lead days.
func (rep *Report) rules() (texts []string, source string) {
	t := rep.Text
	for _, key := range []string{"rule.region", "rule.relationship", "rule.same", "rule.discontinued", "rule.no_refund", "rule.credit"} {
		texts = append(texts, t.Label(key, "days", t.Count(int64(rep.Plan.Policy.LeadDays))))
	}
	return texts, t.Label("rules.source", "date", t.Day(rulesPage))
}

// sources are the catalogue's tables and the price lists with their dates.
func (rep *Report) sources() []string {
	t := rep.Text
	var lines []string
	if c := rep.Plan.Catalogue; c != nil {
		for _, table := range c.Tables {
			lines = append(lines, t.Label("sources.table", "name", table.Name, "n", t.Count(int64(table.Rows)), "date", t.Day(table.AsOf)))
		}
	}
	for _, p := range rep.opt.Prices {
		key := "sources.price_list"
		if !p.AsOf.Known() {
			key = "sources.price_list_undated"
		}
		lines = append(lines, t.Label(key, "name", p.Name, "n", t.Count(int64(p.Rows)), "date", t.Day(p.AsOf)))
	}
	if len(rep.opt.Prices) == 0 {
		lines = append(lines, t.Label("sources.no_price_list"))
	}
	return lines
}
