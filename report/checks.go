package report

import (
	"slices"

	"cspplan/reconcile"
)

// outcomes counts what became of the records, overall and for each file, and
// remembers which ones were rejected.
func (rep *Report) outcomes() map[string]*[reconcile.OutOfScope + 1]OutcomeTotal {
	byFile := make(map[string]*[reconcile.OutOfScope + 1]OutcomeTotal)
	for i := range rep.Plan.Fates {
		if i == len(rep.opt.Ledger) {
			break // a fate without its line: the checks of rows differ
		}
		read := &rep.opt.Ledger[i]
		o := rep.Plan.Fates[i].Outcome
		name := rep.Plan.Source(read.At).File
		file := byFile[name]
		if file == nil {
			file = new([reconcile.OutOfScope + 1]OutcomeTotal)
			byFile[name] = file
		}
		file[o].add(read)
		rep.Outcomes[o].add(read)
		if o == reconcile.Rejected {
			rep.rejected = append(rep.rejected, int32(i))
		}
	}
	return byFile
}

func (o *OutcomeTotal) add(read *reconcile.LedgerLine) {
	o.Rows++
	if read.Licences.Known {
		o.Licences += int64(read.Licences.N)
	}
}

// sum adds up the outcomes a row may have; OutcomeMissing is a fault and not
// among them.
func sum(outcomes *[reconcile.OutOfScope + 1]OutcomeTotal) OutcomeTotal {
	var all OutcomeTotal
	if outcomes == nil {
		return all
	}
	for _, o := range reconcile.Outcomes {
		all.Rows += outcomes[o].Rows
		all.Licences += outcomes[o].Licences
	}
	return all
}

// makeChecks compares what was read with what is said about it. The two sides
// of a check never come from the same addition. The planned record of a row is
// the one that gave its licences, so that planned licences must agree too.
func (rep *Report) makeChecks(byFile map[string]*[reconcile.OutOfScope + 1]OutcomeTotal) []Check {
	checks := rep.planChecks()
	if rep.opt.part == "" {
		checks = append(rep.readChecks(byFile), checks...)
	}
	if rep.opt.NotesFound > 0 {
		checks = append(checks, Check{Code: "notes", What: rep.Text.Label("check.notes", "sheet", rep.Text.Label("sheet.kept_notes")),
			In: int64(rep.opt.NotesFound), Out: int64(rep.opt.NotesInForce + len(rep.opt.KeptNotes))})
	}
	return checks
}

// readChecks compares what was read with the outcomes and the plan, overall
// and, where there are several, for each file.
func (rep *Report) readChecks(byFile map[string]*[reconcile.OutOfScope + 1]OutcomeTotal) []Check {
	t := rep.Text
	all := sum(&rep.Outcomes)
	planned := rep.Outcomes[reconcile.Planned]
	var read OutcomeTotal
	for _, f := range rep.opt.Read {
		read.Rows += f.Rows
		read.Licences += f.Licences
	}
	checks := []Check{
		{Code: "rows", What: t.Label("check.rows"), In: int64(read.Rows), Out: int64(all.Rows)},
		{Code: "licences", What: t.Label("check.licences"), In: read.Licences, Out: all.Licences},
		{Code: "planned", What: t.Label("check.planned"), In: int64(planned.Rows), Out: int64(len(rep.Plan.Rows))},
		{Code: "planned-licences", What: t.Label("check.planned_licences"), In: planned.Licences, Out: rep.Licences},
	}
	if len(rep.opt.Read) > 1 {
		checks = append(checks, rep.fileChecks(byFile)...)
	}
	return checks
}

// planChecks compares the sums of the plan with each other.
func (rep *Report) planChecks() []Check {
	t, w := rep.Text, &rep.Windows
	checks := []Check{
		{Code: "status", What: t.Label("check.status"), In: int64(len(rep.Plan.Rows)), Out: int64(w.statusSum() + w.Done)},
		{Code: "month-status", What: t.Label("check.month_status"), In: rep.licencesByMonth(), Out: w.licenceSum() + w.DoneLicences},
	}
	checks = append(checks, rep.licenceChecks()...)
	checks = append(checks, rep.moneyChecks()...)
	return append(checks, rep.exceptionChecks()...)
}

// fileChecks compares each file's rows and licences with their outcomes. The
// first check counts the files that are explained; the others are its details,
// which paper shows only if they differ.
func (rep *Report) fileChecks(byFile map[string]*[reconcile.OutOfScope + 1]OutcomeTotal) []Check {
	t := rep.Text
	all := Check{Code: "files", What: t.Label("check.files"), In: int64(len(rep.opt.Read))}
	var details []Check
	for _, f := range rep.opt.Read {
		out := sum(byFile[f.File])
		rows := Check{Code: "rows:" + f.File, Detail: true, What: t.Label("check.rows_file", "file", f.File), In: int64(f.Rows), Out: int64(out.Rows)}
		licences := Check{Code: "licences:" + f.File, Detail: true, What: t.Label("check.licences_file", "file", f.File), In: f.Licences, Out: out.Licences}
		if rows.Agrees() && licences.Agrees() {
			all.Out++
		}
		details = append(details, rows, licences)
	}
	return append([]Check{all}, details...)
}

func (w *Windows) statusSum() int {
	n := 0
	for _, r := range w.Rows {
		n += r.Total
	}
	return n
}

func (w *Windows) licenceSum() int64 {
	var n int64
	for _, r := range w.Rows {
		n += r.Licences
	}
	return n
}

func (rep *Report) licencesByMonth() int64 {
	var n int64
	for _, g := range rep.Months {
		n += g.Licences
	}
	return n
}

// moneyChecks compares, for each currency, the months of the plan with the
// three parts.
func (rep *Report) moneyChecks() []Check {
	var months []Total
	for _, g := range rep.Months {
		for _, total := range g.Totals {
			months = addTotal(months, total.Currency, total.Minor)
		}
	}
	var checks []Check
	for _, l := range rep.Money.Lines {
		c := Check{Code: "money:" + l.Currency, What: rep.Text.Label("check.money", "cur", l.Currency),
			Out: l.Cannot + l.ToDecide + l.CanMove, Digits: reconcile.MinorDigits(l.Currency)}
		for _, total := range months {
			if total.Currency == l.Currency {
				c.In = total.Minor
			}
		}
		checks = append(checks, c)
	}
	return checks
}

// AddCheck adds a control total that only a writer can make, such as what it
// read back, or replaces the one of the same code. Headline, Alarm and Agree
// follow.
func (rep *Report) AddCheck(c Check) {
	if i := slices.IndexFunc(rep.Checks, func(o Check) bool { return o.Code == c.Code }); i >= 0 {
		rep.Checks[i] = c
	} else {
		rep.Checks = append(rep.Checks, c)
	}
	rep.judge()
}

// judge sets the headline: while any control total differs it is the sentence
// that stops people from using the plan.
func (rep *Report) judge() {
	rep.Agree = true
	for _, c := range rep.Checks {
		rep.Agree = rep.Agree && c.Agrees()
	}
	rep.Headline, rep.Alarm = rep.headline, rep.alarm
	if !rep.Agree {
		rep.Headline, rep.Alarm = rep.Text.Label("headline.totals_differ"), true
	}
	if t := rep.Table("ControlTotals"); t != nil {
		t.Len = len(rep.Checks)
	}
	for i := range rep.Sheets {
		if rep.Sheets[i].ID == "ControlTotals" {
			rep.Sheets[i].Rows = len(rep.Checks)
		}
	}
}
