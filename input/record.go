package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A builder turns the data rows of one table into records.
type builder struct {
	*table
	reader   *fileReader
	source   reconcile.Source
	context  reconcile.CustomerFacts
	exported reconcile.Date
	role     reconcile.Role
	hash     rowHash
	owned    []byte                    // what the hash of a row that names no customer goes on with
	newest   map[string]reconcile.Date // newest month of a subscription

	// What came of the rows so far.
	warnings *warnings
	prices   []reconcile.PriceLine
	line     *charge // the last row, if it was a line of an invoice
	borrowed bool    // a row has its customer from the file's context

	lostLetters bool // U+FFFD may stand in the rows
	warned      int  // warnings of rows so far
	seen
}

func newBuilder(r *fileReader, p *page, t *table) (*builder, error) {
	b := &builder{
		table: t, reader: r,
		source:   reconcile.Source{File: r.file.Name, Sheet: t.sheet.Name},
		context:  r.result.context,
		exported: reconcile.DateOf(r.result.report.Modified),
		role:     r.rule.side(t.layout.role),
		warnings: r.warnings,

		lostLetters: true,
	}
	b.hash, b.seen = newRowHash(t.header), newSeen(t)
	if c := b.context; c != (reconcile.CustomerFacts{}) {
		for _, s := range []string{c.TenantID, c.Domain, c.Name, c.Country} {
			b.owned = append(append(b.owned, s...), 1)
		}
	}
	if t.fault == nil {
		b.warnUnfound()
	}
	if t.fault == nil && t.layout.newest && t.has(fMonth) {
		return b, b.findNewest(p)
	}
	return b, nil
}

// forGoroutine is a builder that shares nothing that changes.
func (b *builder) forGoroutine() *builder {
	own := *b
	own.table, own.hash = b.table.forGoroutine(), newRowHash(b.header)
	own.seen = newSeen(own.table)
	return &own
}

// warnUnfound mentions headings that the settings name and the file lacks.
func (b *builder) warnUnfound() {
	for _, f := range sortedFields(b.rule.Columns) {
		if !b.has(fieldNamed(f)) {
			b.warnings.add(Warning{Sheet: b.source.Sheet, Row: b.headerRow, Column: b.rule.Columns[f], Code: "column-not-found",
				Message: fmt.Sprintf("the settings name the column %q for %s; the header has none", b.rule.Columns[f], f)})
		}
	}
}

// findNewest learns the newest month of each subscription.
func (b *builder) findNewest(p *page) error {
	b.newest = make(map[string]reconcile.Date)
	months := b.column(fMonth).dates
	for row, err := range b.reader.rowsOf(p, b.table) {
		if err != nil {
			return err
		}
		id := strings.ToLower(b.text(row, fSubscriptionID))
		if month, result := months.read(b.cell(row, fMonth)); result == dateRead && id != "" && month > b.newest[id] {
			b.newest[strings.Clone(id)] = month
		}
	}
	return nil
}

// licencesOf is the number of licences that a row of data holds, for the
// control total: read without regard to what becomes of the row.
func (b *builder) licencesOf(row sheet.Row, special string) int64 {
	if !b.layout.reads() || row.Fault != "" || special != "" {
		return 0
	}
	count, _ := b.count(row, fLicences)
	return int64(count.N)
}

// record makes the record of one data row in rec; special is what b.special says
// of it.
func (b *builder) record(row sheet.Row, special string, rec *reconcile.Record) {
	*rec = reconcile.Record{Source: b.source, SheetAt: int32(b.sheet.Number), Exported: b.exported, Role: b.role}
	rec.Source.Row = row.Number
	b.setHash(&rec.Hash, row)
	if row.Fault != "" {
		b.reject(rec, row, reconcile.Problem{Code: "bad-record", Value: shorten(lineOf(row), 200), Expected: row.Fault})
		return
	}
	if special != "" {
		rec.Role, rec.Note = reconcile.RoleReference, special
		return
	}
	if problem := b.misshapen(row); problem != nil && !b.layout.corrects {
		b.reject(rec, row, *problem)
		return
	}
	if problem := b.lostLetter(row); problem != nil {
		b.reject(rec, row, *problem)
		return
	}
	switch {
	case b.layout.prices:
		rec.Note = b.layout.note
		b.price(row, rec)
	case b.layout.register:
		rec.Note = b.layout.note
		b.register(row, rec)
	case b.layout.results:
		rec.Note = b.layout.note
		b.migration(row, rec)
	case !b.layout.reads():
		rec.Note = b.layout.note
	default:
		b.subscription(row, rec)
	}
}

// misshapen finds records of a text file whose cells do not line up with the
// header: one cell too many or too few means that a delimiter was lost or
// added, and every cell after it would be read under a wrong heading.
func (b *builder) misshapen(row sheet.Row) *reconcile.Problem {
	if b.reader.book.Kind != "csv" {
		return nil
	}
	cells := len(row.Cells)
	for cells > b.width && strings.TrimSpace(row.Cells[cells-1].Text) == "" {
		cells--
	}
	if cells >= len(b.header) && cells <= b.width {
		return nil
	}
	return &reconcile.Problem{Code: "bad-record", Value: shorten(lineOf(row), 200),
		Expected: fmt.Sprintf("%d cells as in the header, found %d: quote cells that hold the delimiter or a line break", len(b.header), cells)}
}

// lostLetter is what programs write for a letter that they cannot read.
const lostLetter = "\uFFFD"

// lostLetter finds a U+FFFD in a cell that is used: a program that had the file
// before wrote it in the place of a letter that it could not read. Nobody knows
// the customer by such a name.
func (b *builder) lostLetter(row sheet.Row) *reconcile.Problem {
	if !b.lostLetters || !b.layout.reads() && !b.layout.register {
		return nil
	}
	for i := range min(len(row.Cells), len(b.columns)) {
		if text := row.Cells[i].Text; b.columns[i].field != noField && strings.Contains(text, lostLetter) {
			return &reconcile.Problem{Code: "damaged-text", Column: b.header[i].text, Value: shorten(text, 200),
				Expected: "the letter that \uFFFD stands for: an earlier program lost it; export again as .xlsx or CSV UTF-8"}
		}
	}
	return nil
}

func lineOf(row sheet.Row) string {
	texts := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		texts[i] = c.Text
	}
	return strings.Join(texts, " | ")
}

// reject marks a record as unusable and keeps its cells.
func (b *builder) reject(rec *reconcile.Record, row sheet.Row, problem reconcile.Problem) {
	problem.Value = strings.Clone(problem.Value)
	rec.Problem = &problem
	rec.Problem.Cells = make([]string, len(row.Cells))
	for i, c := range row.Cells {
		rec.Problem.Cells[i] = strings.Clone(c.Text)
	}
	if !b.layout.reads() || rec.Licences.Known || row.Fault != "" {
		return
	}
	rec.Licences, _ = b.count(row, fLicences)
}

// setHash identifies a row by header and cells, and by the customer of its file
// if it names none, so that equal hashes are duplicate rows. Cells beyond the
// header count too.
func (b *builder) setHash(into *[16]byte, row sheet.Row) {
	b.who = nil // this is the first thing that is read of a row
	owned := b.owned
	if owned != nil && b.namesCustomer(row) {
		owned = nil
	}
	b.hash.of(row, owned, into)
}

func (b *builder) warn(row sheet.Row, f field, code, message string) {
	b.warned++
	b.warnings.add(Warning{Sheet: b.source.Sheet, Row: row.Number, Column: b.headingOf(f), Code: code, Message: message})
}
