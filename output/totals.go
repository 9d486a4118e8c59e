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
		add(&t, r.Key, int64(r.Sub.Licences.N), r.Money.Currency, cost)
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

// A fileTotals is what one file of a run, or several together, hold.
type fileTotals struct {
	name string
	excel.Totals
}

// checkedFiles are the files of a run that are counted once more.
func (job *Job) checkedFiles() []string {
	names := []string{"plan.csv", "csp-plan.xlsx", "csp-plan.pdf"}
	if job.splits() {
		names = append(names, partPrefix+"*.xlsx")
	}
	return names
}

// expectChecks adds the totals of the written files to the report as they must
// turn out. They are printed before they can be known, so Publish compares them
// with what it reads back, and publishes nothing if one differs.
func (job *Job) expectChecks(want excel.Totals) {
	var files []fileTotals
	for _, name := range job.checkedFiles() {
		files = append(files, fileTotals{name, want})
	}
	for _, c := range compare(job.Report, want, files) {
		job.Report.AddCheck(c)
	}
}

// compare makes the checks of the written files: rows, licences and keys of
// each, and today's cost in each currency over all of them.
func compare(r *report.Report, want excel.Totals, got []fileTotals) []report.Check {
	var checks []report.Check
	for _, t := range got {
		checks = append(checks, fileChecks(r, t.name, want, t.Totals)...)
	}
	for _, cur := range slices.Sorted(maps.Keys(want.Money)) {
		c := report.Check{Code: "file-money:" + cur, What: r.Text.Label("check.files_money", "cur", cur), In: want.Money[cur], Out: want.Money[cur], Digits: reconcile.MinorDigits(cur)}
		for _, t := range got {
			if t.Money[cur] != c.In {
				c.Out = t.Money[cur]
			}
		}
		checks = append(checks, c)
	}
	return checks
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
