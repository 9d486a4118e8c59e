package excel

import (
	"fmt"
	"strings"

	xlsx "cspplan/input/sheet"
	"cspplan/reconcile"
)

// Edits is what stands in the columns of a workbook that people may fill in.
type Edits struct {
	Run      string // id of the run that wrote the workbook
	Language string
	By       string // who saved it last, as its properties say; may be empty
	Sheets   []EditedSheet
}

// An EditedSheet is one sheet whose rows have keys: those with columns for
// people, Plan, Plan 2, Customers, Unmatched, Credits, and others such as Risks.
type EditedSheet struct {
	Name    string
	Table   string   // Plan, Customers, …
	Scope   string   // of its notes: row, customer, offer, credit; empty: nobody writes there
	Fields  []string // codes of the columns that were found
	Missing []string // headings of such columns that are not there any more
	Rows    []EditedRow
}

// An EditedRow is one row of a sheet. A row on which nothing is written still
// counts: it may have been cleared.
type EditedRow struct {
	Number int    // as a person sees it
	Key    string // empty if the row lost its key
	Values []EditedValue
	Fixed  uint64 // sum over the other cells, to find rows on which they differ

	Customer, Offer, Subscription string // whom the row is about, if anything is written on it
}

// An EditedValue is one cell in the form of notes.csv: a machine word, a day as
// YYYY-MM-DD, an amount with its currency's digits, or text. Odd is a text that
// stands where a word of the list or a day was expected.
type EditedValue struct {
	Text string
	Odd  bool
}

// scopes tells what the notes of a table are about.
var scopes = map[string]string{planTable: "row", "Customers": "customer", "Unmatched": "offer", creditsTable: "credit"}

// Scope is the scope of the notes on a table; empty: nobody writes there.
func Scope(table string) string { return scopes[table] }

// Codes of further columns by which rows are told.
const (
	codeCustomer     = "customer"
	codeOffer        = "current_offer"
	codeSubscription = "subscription_id"
	codeSKU          = "csp_sku_guid"
)

// ReadEdits reads a workbook that Write has written and people have saved since,
// with whatever program. Rows are found by their key and columns by their
// heading, so sorting, moving, hiding and inserting do no harm; a sheet or a
// column that was deleted is left out. It is an error if any part cannot be
// read to its end, or if a column for people may stand under another heading;
// name is what the error shows.
func ReadEdits(path, name string) (Edits, error) {
	w, err := openWritten(path, name)
	if err != nil {
		return Edits{}, err
	}
	defer w.book.Close()
	e := Edits{Run: w.lists.property("run"), Language: w.lists.property("language")}
	if e.By, err = lastModifiedBy(path); err != nil {
		return Edits{}, fmt.Errorf("reading %s: %w", name, err)
	}
	read, err := newCellReader(e.Language)
	if err != nil {
		return Edits{}, err
	}
	for _, t := range w.lists.tablesWith(hasKey) {
		for _, from := range w.find(t) {
			s, err := w.editedSheet(t, from, read)
			if err != nil {
				return Edits{}, fmt.Errorf("reading %s!%s: %w", name, from.Name, err)
			}
			e.Sheets = append(e.Sheets, s)
		}
	}
	return e, nil
}

// editedSheet reads one sheet of a table.
func (w *writtenBook) editedSheet(t listedTable, from *xlsx.Sheet, read *cellReader) (EditedSheet, error) {
	s := EditedSheet{Name: from.Name, Table: t.table, Scope: scopes[t.table]}
	at, err := w.walk(from, t, func(at *placed, row xlsx.Row) error {
		if edited, any := at.edited(row, read); any {
			s.Rows = append(s.Rows, edited)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	if at != nil {
		s.Fields, s.Missing = at.fields(), at.gone
	}
	return s, nil
}

// edited reads one row; false if nothing stands in any column of ours.
func (p *placed) edited(row xlsx.Row, read *cellReader) (EditedRow, bool) {
	cell := func(code string) xlsx.Cell { return p.cell(row, code) }
	currency := strings.TrimSpace(cell(codeCurrency).Text)
	r := EditedRow{Number: row.Number, Key: p.key(row)}
	written := false
	for _, c := range p.edits {
		v := read.value(c.edit, cellAt(row, c.at), currency)
		r.Values = append(r.Values, v)
		written = written || v.Text != ""
	}
	r.Fixed = p.fixedSum(row)
	if written {
		r.Customer, r.Offer = cell(codeCustomer).Text, cell(codeOffer).Text
		r.Subscription = cell(codeSubscription).Text
	}
	return r, written || r.Key != ""
}

// key is what a row's notes are found by. On Unmatched that is the offer and
// the candidate.
func (p *placed) key(row xlsx.Row) string {
	if p.table != unmatchedTable {
		return strings.TrimSpace(p.cell(row, codeKey).Text)
	}
	return choiceKey(p.cell(row, codeOffer).Text, p.cell(row, codeSKU).Text)
}

// choiceKey names a candidate for an offer; empty if there is none.
func choiceKey(offer, skuGUID string) string {
	folded, guid := reconcile.FoldTitle(offer), strings.ToLower(strings.TrimSpace(skuGUID))
	if folded == "" || guid == "" {
		return ""
	}
	return folded + "|" + guid
}
