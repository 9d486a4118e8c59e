package excel

import (
	"maps"
	"slices"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// Codes of the columns that control totals are taken from.
const (
	codeStatus   = "status"
	codeKey      = "key"
	codeLicences = "licences"
	codeCurrency = "currency"
	codeCostNow  = "cost_now_year"
	codeExpires  = "expires"
	codeDecision = "decision"
	codePlanned  = "planned_date"

	codeFile          = "file"          // of the list of workbooks
	codeSubscriptions = "subscriptions" // the same
)

// Totals are the figures by which two counts of the same rows are compared.
type Totals struct {
	Rows     int
	Licences int64
	Money    map[string]int64 // cost now a year by currency, in minor units, of rows that are not done
	Keys     uint64           // sum of the keys as 64-bit numbers, without carry
	Formulas int              // cells with a formula, in the whole workbook: must be 0
}

// Equal tells whether both counts agree.
func (t Totals) Equal(u Totals) bool {
	return t.Rows == u.Rows && t.Licences == u.Licences && t.Keys == u.Keys && t.Formulas == u.Formulas &&
		maps.Equal(t.Money, u.Money)
}

// A SheetTotal is what went onto one sheet.
type SheetTotal struct {
	Sheet string // its name in the workbook
	Table string // report.Table.ID
	Totals
}

// Written is what Write has put into the workbook, counted cell by cell at the
// moment of writing.
type Written struct {
	Sheets []SheetTotal // every list sheet, in order; a table above the row limit has several
	Plan   Totals       // all Plan sheets together
}

// add notes what went onto a sheet, and adds a Plan sheet to the plan's totals.
func (w *Written) add(s SheetTotal) {
	w.Sheets = append(w.Sheets, s)
	if s.Table != planTable {
		return
	}
	if w.Plan.Money == nil {
		w.Plan.Money = make(map[string]int64)
	}
	w.Plan.Add(s.Totals)
}

// Add adds what a further sheet or file holds; t.Money must be a map.
func (t *Totals) Add(u Totals) {
	t.Rows += u.Rows
	t.Licences += u.Licences
	t.Keys += u.Keys
	t.Formulas += u.Formulas
	for currency, minor := range u.Money {
		t.Money[currency] += minor
	}
}

// A tally finds the columns that count in a table and adds up its rows.
type tally struct {
	status, key, licences, currency, cost int // indexes, -1 if the table has no such column
	totals                                Totals
}

func newTally(columns []report.Column) *tally {
	find := func(code string) int {
		return slices.IndexFunc(columns, func(c report.Column) bool { return c.Code == code })
	}
	return &tally{
		status: find(codeStatus), key: find(codeKey), licences: find(codeLicences), currency: find(codeCurrency), cost: find(codeCostNow),
		totals: Totals{Money: make(map[string]int64)},
	}
}

// add counts one row as it is written.
func (t *tally) add(row []report.Value) {
	t.totals.Rows++
	if t.licences >= 0 && row[t.licences].Kind == report.Count {
		t.totals.Licences += row[t.licences].N
	}
	if t.key >= 0 {
		t.totals.Keys += keyNumber(row[t.key].Text)
	}
	done := t.status >= 0 && isDone(row[t.status].Text)
	if t.cost >= 0 && t.currency >= 0 && row[t.cost].Kind == report.Amount && !done {
		t.totals.Money[row[t.currency].Text] += row[t.cost].N
	}
}

// merge adds what was counted elsewhere.
func (t *tally) merge(u *tally) {
	t.totals.Rows += u.totals.Rows
	t.totals.Licences += u.totals.Licences
	t.totals.Keys += u.totals.Keys
	for currency, minor := range u.totals.Money {
		t.totals.Money[currency] += minor
	}
}

// isDone tells by its mark a status that leaves every total, in any language.
func isDone(status string) bool { return strings.HasPrefix(status, report.Mark(reconcile.Done)) }

// keyNumber is the number of a key. Anything else counts as nought: the rows
// without a key then show in Rows alone.
func keyNumber(key string) uint64 {
	n, _ := report.KeyNumber(key)
	return n
}
