package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"cspplan/input"
	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/report"
)

// maxShownWarnings keeps the summary to one screen.
const maxShownWarnings = 10

// printSummary tells a person at a terminal what the run did. The first line
// says whether it worked, the last one what to do.
func (j *job) printSummary() {
	w := j.term.Out
	if j.cmd.Quiet {
		fmt.Fprintln(w, j.report.Headline)
		j.sayUnsent()
		return
	}
	settings := j.settings.path
	if settings == "" {
		settings = "none"
	}
	fmt.Fprintf(w, "cspplan %s   settings: %s   as at %s   region: %s\n\n", programVersion(), settings, j.asOf, j.plan.Region)
	j.printFiles(w)
	j.printNotes(w)
	fmt.Fprintf(w, "Matched   %s\n", strings.Join(counted(matchOrder, j.record.Counts.Matches), " · "))
	j.printSolved(w)
	j.printWritten(w)
	j.printLetters(w)
	j.printChecked(w)
	j.printMail(w)
	fmt.Fprintf(w, "\n%s\n\n", j.report.Headline)
	j.printWindows(w)
	j.printWarnings(w)
	j.printLast(w)
}

// printSolved says what the aliases and choices since the last run have settled.
func (j *job) printSolved(w io.Writer) {
	for _, s := range j.report.Solved {
		by := map[string]string{"alias": "your alias", "decision": "a choice on Unmatched"}[s.Basis]
		fmt.Fprintf(w, "Solved    %s: %s rows, by %s\n", s.Offer, j.count(int64(s.Rows)), by)
	}
}

func (j *job) printFiles(w io.Writer) {
	names, counts := 0, 0
	for _, f := range j.batch.Files {
		names = max(names, utf8.RuneCountInString(f.Name))
		counts = max(counts, len(j.count(int64(f.Rows))))
	}
	label := "Read"
	for _, f := range j.batch.Files {
		what := fmt.Sprintf("%*s rows   %s", counts, j.count(int64(f.Rows)), layoutsOf(f))
		if f.Refused != nil {
			what = "refused: " + f.Refused.Code
		}
		fmt.Fprintf(w, "%-9s %s   %s\n", label, padRight(f.Name, names), what)
		label = ""
	}
}

func layoutsOf(f input.FileReport) string {
	var layouts []string
	for _, s := range f.Sheets {
		if s.Layout != "" {
			layouts = append(layouts, s.Layout)
		}
	}
	return strings.Join(layouts, ", ")
}

// padRight fills with spaces by characters.
func padRight(s string, width int) string {
	if n := width - utf8.RuneCountInString(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

func counted(order []string, counts map[string]int) []string {
	var parts []string
	for _, k := range order {
		parts = append(parts, fmt.Sprintf("%s %d", k, counts[k]))
	}
	return parts
}

func (j *job) count(n int64) string { return j.report.Text.Count(n) }

func (j *job) printWritten(w io.Writer) {
	if j.cmd.DryRun {
		fmt.Fprintln(w, "Written   nothing: this was a dry run")
		return
	}
	label := "Written"
	if j.result.Exists {
		label = "Exists" // same inputs, settings and as-of date: the same run
	}
	for _, o := range j.record.Outputs {
		if o.Name != "csp-plan.xlsx" && o.Name != "csp-plan.pdf" && o.Name != "csp-letters.pdf" {
			continue
		}
		what := fmt.Sprintf("%s subscriptions", j.count(int64(len(j.plan.Rows))))
		switch {
		case o.Pages > 0:
			what = fmt.Sprintf("%d pages", o.Pages)
		case j.report.RowsInParts():
			what = fmt.Sprintf("lists the workbooks by %s that hold the %s", j.report.SplitBy(), what)
		}
		fmt.Fprintf(w, "%-9s %s   %s KB   %s\n", label, filepath.ToSlash(filepath.Join(j.result.Folder, o.Name)), j.count((o.Bytes+1023)/1024), what)
		label = ""
	}
	j.printCopies(w)
	for _, name := range j.result.Left {
		fmt.Fprintf(w, "          %s is open, or was saved meanwhile, and was left alone; the new plan is %s\n", filepath.Join(j.dir, name), filepath.Join(j.result.Folder, name))
	}
}

// printCopies names the current copies that were replaced; those of owners and
// customers are counted.
func (j *job) printCopies(w io.Writer) {
	if len(j.result.Copies) == 0 {
		return
	}
	var paths []string
	parts := map[string]int{}
	for _, name := range j.result.Copies {
		if part := output.PartPattern(name); part != "" {
			parts[part]++
			continue
		}
		paths = append(paths, filepath.ToSlash(filepath.Join(j.dir, name)))
	}
	fmt.Fprintf(w, "          and the current copies %s\n", strings.Join(paths, ", "))
	by := j.settings.Output.SplitBy
	what := map[string]string{"csp-plan-*.xlsx": "workbooks by " + by, "csp-letters-*.pdf": "files of letters by " + by, "csp-plan-*.ics": "calendars by owner"}
	for _, part := range sortedKeys(parts) {
		fmt.Fprintf(w, "          and %s %s: %s\n", j.count(int64(parts[part])), what[part], filepath.ToSlash(filepath.Join(j.dir, part)))
	}
}

// printMail says what became of the mail.
func (j *job) printMail(w io.Writer) {
	label := "Mail"
	for _, line := range mailLines(j.mailed, j.mailFault, screen(j.term.Out)) {
		fmt.Fprintf(w, "%-9s %s\n", label, line)
		label = ""
	}
}

// sayUnsent tells a person whose run has no summary that mail was not sent: the
// log is silent on a screen.
func (j *job) sayUnsent() {
	if !j.unsent() || !screen(j.term.Err) {
		return
	}
	for _, line := range mailLines(j.mailed, j.mailFault, true) {
		fmt.Fprintf(j.term.Err, "cspplan: mail: %s\n", line)
	}
}

// maxShownLeftOut is how many customers without a letter are named on a screen.
const maxShownLeftOut = 5

// printLetters says how many letters there are, and who gets none and why. Names
// are for a person at a terminal; what is kept of an unattended run has counts.
func (j *job) printLetters(w io.Writer) {
	l := j.record.Letters
	if l == nil {
		return
	}
	fmt.Fprintf(w, "Letters   %s customers; left out %s", j.count(int64(l.Written)), j.count(int64(l.Without())))
	if l.Without() > 0 {
		fmt.Fprintf(w, ": %s", l.ReasonCounts())
	}
	if l.Without() > 0 && !j.cmd.DryRun {
		fmt.Fprintf(w, "   who: %s", filepath.ToSlash(filepath.Join(j.result.Folder, "csp-letters.csv")))
	}
	fmt.Fprintln(w)
	if !screen(j.term.Out) {
		return
	}
	for i, out := range j.report.Letters().LeftOut {
		if i == maxShownLeftOut {
			fmt.Fprintf(w, "          … and %s more\n", j.count(int64(l.Without()-i)))
			break
		}
		fmt.Fprintf(w, "          %s: %s\n", out.Customer, out.Reason)
	}
}

// printChecked shows that nothing got lost: rows and licences by outcome.
func (j *job) printChecked(w io.Writer) {
	rows, licences := [8]int64{}, [8]int64{}
	var read, readLicences int64
	for i, f := range j.plan.Fates {
		rows[f.Outcome]++
		licences[f.Outcome] += int64(j.ledger[i].Licences.N)
	}
	for _, f := range j.batch.Files {
		read += int64(f.Rows)
		readLicences += f.Licences
	}
	j.printSum(w, "Checked   rows", read, rows, true)
	j.printSum(w, "          licences", readLicences, licences, false)
}

func (j *job) printSum(w io.Writer, what string, total int64, parts [8]int64, zeros bool) {
	var terms []string
	var sum int64
	for _, o := range reconcile.Outcomes {
		if parts[o] != 0 || zeros {
			terms = append(terms, j.count(parts[o])+" "+o.String())
		}
		sum += parts[o]
	}
	if len(terms) == 0 {
		terms = []string{"0"}
	}
	verdict := "agrees"
	if sum != total {
		verdict = "DIFFERS"
	}
	fmt.Fprintf(w, "%s %s = %s   %s\n", what, j.count(total), strings.Join(terms, " + "), verdict)
}

var asciiMarks = [...]string{"!!", "!", "?", "ok", "-"}
var statusMarks = [...]string{"■", "▲", "◆", "●", "✓"}

func (j *job) mark(s reconcile.Status) string {
	if j.cmd.ASCII {
		return asciiMarks[s]
	}
	return statusMarks[s]
}

// windowWidths are those of the figures in the table of status by time to expiry,
// which millions of licences widen.
var windowWidths = [...]int{9, 12, 8, 7, 8, 11}

func (j *job) printWindows(w io.Writer) {
	lines := [][]string{{"expired", "<=30 days", "31-90", ">90", "total", "licences"}}
	names := []string{""}
	add := func(name string, row report.WindowRow) {
		names = append(names, name)
		lines = append(lines, []string{j.dash(int64(row.Subs[0])), j.dash(int64(row.Subs[1])), j.dash(int64(row.Subs[2])),
			j.dash(int64(row.Subs[3])), j.dash(int64(row.Total)), j.dash(row.Licences)})
	}
	for _, row := range j.report.Windows.Rows {
		add(j.mark(row.Status)+" "+j.report.Text.Label("status."+row.Status.String()), row)
	}
	add(j.report.Text.Label("total.all"), j.report.Windows.All)
	widths, nameWidth := windowWidths, 20
	for n, line := range lines {
		nameWidth = max(nameWidth, utf8.RuneCountInString(names[n])+1)
		for i, figure := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(figure)+2)
		}
	}
	for n, line := range lines {
		fmt.Fprint(w, padRight(names[n], nameWidth))
		for i, figure := range line {
			fmt.Fprintf(w, "%*s", widths[i], figure)
		}
		fmt.Fprintln(w)
	}
	for _, note := range j.report.WindowNotes() {
		fmt.Fprintln(w, note)
	}
}

func (j *job) dash(n int64) string {
	if n == 0 {
		return "–"
	}
	return j.count(n)
}

// printWarnings shows the first few places to look at. A person at a terminal
// may see the value; what an unattended run prints is kept by schedulers and
// mailed about, and holds no more than the log.
func (j *job) printWarnings(w io.Writer) {
	if len(j.record.Warnings) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%d to look at:\n", len(j.record.Warnings))
	rejected := map[string]*reconcile.Problem{}
	for i := range j.plan.Fates {
		read := &j.ledger[i]
		if p, ok := j.plan.Fates[i].Problem(read.Record); ok {
			rejected[place(j.plan.Source(read.At))] = &p
		}
	}
	attended := screen(j.term.Out)
	for i, warning := range j.record.Warnings {
		if i == maxShownWarnings {
			fmt.Fprintf(w, "  … and %d more: sheets Rejected rows and Plan%s\n", len(j.record.Warnings)-i, j.wherePlanIs())
			break
		}
		fmt.Fprintf(w, "  %s\n", warningLine(warning, rejected[placeOf(warning)], attended))
	}
}

// place is file!sheet:row, as in the workbook.
func place(s reconcile.Source) string {
	if s.Sheet != "" {
		s.File += "!" + s.Sheet
	}
	return fmt.Sprintf("%s:%d", s.File, s.Row)
}

func placeOf(w output.RunWarning) string {
	return place(reconcile.Source{File: w.File, Sheet: w.Sheet, Row: w.Row})
}

func warningLine(w output.RunWarning, p *reconcile.Problem, attended bool) string {
	where := w.File
	if w.Row > 0 {
		where = placeOf(w)
	}
	parts := []string{where}
	if w.Column != "" {
		parts = append(parts, w.Column)
	}
	parts = append(parts, w.Code)
	switch {
	case p != nil && p.Code == w.Code && !attended:
		parts = append(parts, fmt.Sprintf("expected %s; row left out", p.Expected))
	case p != nil && p.Code == w.Code:
		parts = append(parts, fmt.Sprintf("found %q, expected %s; row left out", p.Value, p.Expected))
	case w.Code == "duplicate":
		parts = append(parts, "all cells equal to an earlier row; counted once")
	case w.Code == "sources-disagree":
		parts = append(parts, "two exports give different values; the newest wins, both are shown on the row")
	case w.Shown != "" && attended:
		parts = append(parts, w.Shown)
	case w.Text != "":
		parts = append(parts, w.Text)
	}
	return strings.Join(parts, "   ")
}

// wherePlanIs tells which sheets Plan have the rows, if not that of the workbook of
// all.
func (j *job) wherePlanIs() string {
	if j.report.RowsInParts() {
		return " of the workbooks by " + j.report.SplitBy()
	}
	return ""
}

func (j *job) printLast(w io.Writer) {
	took := j.term.Now().Sub(j.started).Seconds()
	next := "write it with `cspplan run`"
	if !j.cmd.DryRun {
		path := filepath.Join(j.dir, "csp-plan.xlsx")
		if !slices.Contains(j.result.Copies, "csp-plan.xlsx") {
			path = filepath.Join(j.result.Folder, "csp-plan.xlsx")
		}
		next = "open " + filepath.ToSlash(path)
	}
	fmt.Fprintf(w, "\nDone in %.1f s, with %d warnings. Next: %s\n", took, j.warningCount(), next)
}
