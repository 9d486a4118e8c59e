package output

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"cspplan/output/excel"
	"cspplan/output/pdf"
	"cspplan/reconcile"
	"cspplan/report"
)

// ErrTotals means that a written file does not hold what was planned.
var ErrTotals = errors.New("control totals differ")

// add counts one row of the plan. The cost of rows that are done is in no total.
func add(t *excel.Totals, key string, licences int64, currency string, cost reconcile.Amount) {
	t.Rows++
	t.Licences += licences
	t.Keys += report.KeyHash(key)
	if cost.Known() {
		t.Money[currency] += cost.Minor()
	}
}

// plannedTotals is what every file must hold.
func plannedTotals(p *reconcile.Plan) excel.Totals {
	t := excel.Totals{Money: map[string]int64{}}
	for i := range p.Rows {
		r := &p.Rows[i]
		cost := r.Money.CostNow
		if r.Status == reconcile.Done {
			cost = 0
		}
		add(&t, r.Key, int64(r.Sub.Licences.N), r.Sub.Currency, cost)
	}
	return t
}

// csvTotals reads plan.csv back.
func csvTotals(path string) (excel.Totals, error) {
	t := excel.Totals{Money: map[string]int64{}}
	currencies := words{}
	columns := []string{"key", "status", "licences", "currency", "cost_now_year"}
	err := eachPlanned(path, columns, func(cells [][]byte) error {
		licences := int64(0)
		if len(cells[2]) > 0 {
			n, err := strconv.ParseInt(string(cells[2]), 10, 64)
			if err != nil {
				return fmt.Errorf("%q licences", cells[2])
			}
			licences = n
		}
		currency := currencies.of(cells[3])
		cost, err := reconcile.ParseAmount(string(cells[4]), currency)
		if err != nil {
			return err
		}
		if string(cells[1]) == reconcile.Done.String() {
			cost = 0
		}
		add(&t, string(cells[0]), licences, currency, cost)
		return nil
	})
	return t, err
}

// drawnTotals takes over what the PDF writer counted while drawing.
func drawnTotals(d pdf.Drawn) excel.Totals {
	t := excel.Totals{Rows: d.Rows, Licences: d.Licences, Keys: d.Keys, Money: map[string]int64{}}
	for _, m := range d.MoneyNow {
		t.Money[m.Currency] = m.Minor
	}
	return t
}

// A fileTotals is what one file of a run, or several together, must hold and were
// found to hold.
type fileTotals struct {
	name  string
	holds holding
	want  excel.Totals
	excel.Totals
}

// A holding is what of the plan stands in a file.
type holding int

const (
	holdsRows holding = iota
	holdsNone         // its rows stand in the workbooks of the parts
	holdsList         // of the workbooks of the parts, with their sums
)

// expectedFiles are the files of a run that are counted once more, with what they
// must hold: each the whole plan, or together, or in sums.
func (job *Job) expectedFiles(want excel.Totals) []fileTotals {
	files := []fileTotals{{name: "plan.csv", want: want}, {name: workbookName, want: want}, {name: pdfName, want: want}}
	if job.splits() {
		files = append(files, fileTotals{name: partPrefix + "*.xlsx", want: want})
	}
	if job.Report.RowsInParts() {
		files[1].holds, files[1].want = holdsNone, excel.Totals{}
		list := fileTotals{name: workbookName, holds: holdsList, want: want}
		list.want.Keys = 0 // it names no subscriptions
		files = append(files, list)
	}
	return files
}

// listedBooks is how many workbooks of parts the workbook of all lists.
func (job *Job) listedBooks() int {
	if t := job.Report.Table("Workbooks"); t != nil {
		return t.Len
	}
	return 0
}

// tied adds up the list of the workbooks of parts, and counts the lines that say
// what was read back from their workbook.
func tied(list []excel.PartTotals, parts map[string]excel.Totals) (sum excel.Totals, lines int) {
	sum.Money = map[string]int64{}
	for _, line := range list {
		sum.Add(line.Totals)
		held, known := parts[line.File]
		if held.Keys = 0; known && held.Equal(line.Totals) {
			lines++
		}
	}
	if len(list) != len(parts) {
		lines = -1 // a workbook that is not listed, or none behind a line
	}
	return sum, lines
}

// expectChecks adds the totals of the written files to the report as they must
// turn out. They are printed before they can be known, so Publish compares them
// with what it reads back, and publishes nothing if one differs.
func (job *Job) expectChecks(want excel.Totals) {
	expected := written{files: job.expectedFiles(want), listed: job.listedBooks()}
	for i := range expected.files {
		expected.files[i].Totals = expected.files[i].want
	}
	for _, c := range job.compare(want, expected) {
		job.Report.AddCheck(c)
	}
}

// compare makes the checks of the written files: rows, licences and keys of
// each, and today's cost in each currency over all of them.
func (job *Job) compare(want excel.Totals, got written) []report.Check {
	r := job.Report
	var checks []report.Check
	for _, t := range got.files {
		checks = append(checks, t.checks(r)...)
	}
	if books := r.Table("Workbooks"); books != nil {
		checks = append(checks, report.Check{Code: "listed-books", What: r.Text.Label("check.listed_books", "sheet", books.Sheet),
			In: int64(job.listedBooks()), Out: int64(got.listed)})
	}
	for _, cur := range slices.Sorted(maps.Keys(want.Money)) {
		c := report.Check{Code: "file-money:" + cur, What: r.Text.Label("check.files_money", "cur", cur), In: want.Money[cur], Out: want.Money[cur], Digits: reconcile.MinorDigits(cur)}
		for _, t := range got.files {
			if difference := t.Money[cur] - t.want.Money[cur]; difference != 0 {
				c.Out = c.In + difference
			}
		}
		checks = append(checks, c)
	}
	return checks
}

// checks compare what a file holds with what it must.
func (t *fileTotals) checks(r *report.Report) []report.Check {
	switch t.holds {
	case holdsNone:
		return []report.Check{{Code: "file-rows:" + t.name, What: r.Text.Label("check.file_none", "file", t.name), Out: int64(t.Rows)}}
	case holdsList:
		sheet := r.Table("Workbooks").Sheet
		return []report.Check{
			{Code: "listed-rows", What: r.Text.Label("check.listed_rows", "sheet", sheet), In: int64(t.want.Rows), Out: int64(t.Rows)},
			{Code: "listed-licences", What: r.Text.Label("check.listed_licences", "sheet", sheet), In: t.want.Licences, Out: t.Licences},
		}
	}
	return fileChecks(r, t.name, t.want, t.Totals)
}

// fileChecks compares rows, licences and keys of one file with the plan.
func fileChecks(r *report.Report, name string, want, got excel.Totals) []report.Check {
	return []report.Check{
		{Code: "file-rows:" + name, What: r.Text.Label("check.file_rows", "file", name), In: int64(want.Rows), Out: int64(got.Rows)},
		{Code: "file-licences:" + name, What: r.Text.Label("check.file_licences", "file", name), In: want.Licences, Out: got.Licences},
		{Code: "file-keys:" + name, What: r.Text.Label("check.file_keys", "file", name), In: int64(want.Keys % hashShown), Out: int64(got.Keys % hashShown)},
	}
}

// hashShown keeps the hash total to nine digits: enough to see a difference,
// few enough to read aloud. The full sums are compared all the same.
const hashShown = 1_000_000_000
