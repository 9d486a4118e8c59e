package input

import (
	"slices"
	"strconv"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// Corrected rows: rejected-rows.csv, corrected by a person and dropped among
// the exports. Each of its rows names the row it was and holds that row's
// cells. A changed row is read the way its file is read tonight, header,
// conventions and all, and takes the place of the rejected one. Nothing is
// taken on trust: if the file's row is another one by now, or is not rejected
// any more, the correction counts for nothing.

// The columns of rejected-rows.csv before the cells of the row itself.
const (
	correctedFile = iota
	correctedSheet
	correctedRow
	correctedColumn
	correctedValue
	correctedCode
	_ // reason
	_ // expected
	correctedCells
)

// A correction is one row of a rejected-rows.csv.
type correction struct {
	at     int // its record in the file
	number int
	cells  []string
}

// keepCorrection adds a row of rejected-rows.csv, with the number of its record,
// to those that are remembered until all files are read.
func keepCorrection(kept []correction, row sheet.Row, at int) []correction {
	if len(row.Cells) <= correctedCells || row.Cells[correctedCode].Text == "header" {
		return kept
	}
	c := correction{at: at, number: row.Number}
	for _, cell := range row.Cells {
		c.cells = append(c.cells, strings.Clone(cell.Text))
	}
	return append(kept, c)
}

// correct reads the corrected rows of all files.
func correct(results []fileResult) {
	rejected := rejectedRows(results)
	taken := make(map[reconcile.Source]bool)
	read := make(map[string]bool)
	for i := range results {
		read[results[i].report.Name] = results[i].report.Refused == nil
	}
	for i := range results {
		result := &results[i]
		remarks := newWarnings()
		for _, c := range result.corrections {
			rec := &result.records[c.at]
			place, ok := c.place()
			bad, found := rejected[place]
			unused := ""
			switch {
			case !ok || !found && !read[place.File]:
				unused = "corrects a row of a file that is not read"
			case !found || !c.isOf(bad):
				unused = "corrects a row that is not rejected any more"
			case taken[place]:
				unused = "corrects a row that is corrected already"
			case !c.changes(bad.record):
				rec.Note = "not corrected yet"
			default:
				corrected := bad.builder.corrected(c, bad.record, remarks)
				corrected.Source, corrected.SheetAt, corrected.Exported, corrected.Corrects = rec.Source, rec.SheetAt, rec.Exported, &place
				if corrected.Problem != nil {
					corrected.Problem.Cells = c.cells // as they stand under this file's header
				}
				taken[place] = corrected.Problem == nil
				*rec = corrected
				result.report.Licences += int64(corrected.Licences.N)
				result.prices = append(result.prices, bad.builder.pricesFor(corrected)...)
			}
			if unused != "" {
				rec.Note = unused
				remarks.add(Warning{Sheet: rec.Source.Sheet, Row: rec.Source.Row, Code: "correction-unused", Message: unused + ": " +
					shorten(c.cells[correctedFile], 80) + " row " + shorten(c.cells[correctedRow], 20) + "; nothing is taken from it"})
			}
		}
		result.report.Warnings = append(result.report.Warnings, remarks.list()...)
	}
	dropUnread(results, taken)
}

// pricesFor are the prices that a corrected row of a price list has given.
func (b *builder) pricesFor(corrected reconcile.Record) []reconcile.PriceLine {
	lines := b.prices
	b.prices = nil
	for i := range lines {
		lines[i].Source = corrected.Source
	}
	return lines
}

// dropUnread takes out the prices that nobody could read once their rows are
// corrected.
func dropUnread(results []fileResult, corrected map[reconcile.Source]bool) {
	for i := range results {
		results[i].prices = slices.DeleteFunc(results[i].prices, func(line reconcile.PriceLine) bool {
			return line.Unread && corrected[line.Source]
		})
	}
}

// A rejectedRow is a row that can be corrected, with the reader of its sheet.
type rejectedRow struct {
	record  *reconcile.Record
	builder *builder
}

func rejectedRows(results []fileResult) map[reconcile.Source]rejectedRow {
	rows := make(map[reconcile.Source]rejectedRow)
	for i := range results {
		for k := range results[i].records {
			rec := &results[i].records[k]
			if b := builderOf(results[i].builders[rec.Source.Sheet], rec.Source.Row); rec.Problem != nil && b != nil {
				rows[rec.Source] = rejectedRow{rec, b}
			}
		}
	}
	return rows
}

// builderOf is the reader of the table that a row stands in; nil for rows that
// stand in none that can be read.
func builderOf(builders []*builder, row int) *builder {
	var found *builder
	for _, b := range builders {
		if row > b.headerRow {
			found = b
		}
	}
	if found == nil || found.fault != nil {
		return nil
	}
	return found
}

// place is the row that is corrected.
func (c correction) place() (reconcile.Source, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(c.cells[correctedRow]))
	return reconcile.Source{File: c.cells[correctedFile], Sheet: c.cells[correctedSheet], Row: n}, err == nil
}

// isOf reports whether the rejected row is still the one that was corrected: it
// has the same fault in the same column, and either its value or all that names
// the row is the same. Spreadsheets write values in their own way.
func (c correction) isOf(bad rejectedRow) bool {
	p := bad.record.Problem
	if c.cells[correctedCode] != p.Code || asWritten(c.cells[correctedColumn], p.Column) != p.Column {
		return false
	}
	return asWritten(c.cells[correctedValue], p.Value) == p.Value || bad.builder.namesSame(c.row(bad.record), bad.record)
}

// namesSame reports whether cells name the subscription and the offer of a row,
// the one at fault left out, and name anything at all.
func (b *builder) namesSame(cells []string, bad *reconcile.Record) bool {
	same := 0
	for _, i := range b.naming {
		if i >= len(cells) || i >= len(bad.Problem.Cells) || blank(bad.Problem.Cells[i]) || b.header[i].text == bad.Problem.Column {
			continue
		}
		if cells[i] != bad.Problem.Cells[i] {
			return false
		}
		same++
	}
	return same > 0
}

// row is the corrected row, cell for cell; what was not touched is as it stood.
func (c correction) row(bad *reconcile.Record) []string {
	cells := append([]string(nil), c.cells[correctedCells:]...)
	for i := range cells {
		if i < len(bad.Problem.Cells) {
			cells[i] = asWritten(cells[i], bad.Problem.Cells[i])
		}
	}
	for len(cells) > len(bad.Problem.Cells) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1] // spreadsheets fill rows up to the longest
	}
	return cells
}

// asWritten takes back the apostrophe that makes a text harmless in a CSV.
func asWritten(text, original string) string {
	if text == "'"+original {
		return original
	}
	return text
}

func (c correction) changes(bad *reconcile.Record) bool {
	cells := c.row(bad)
	for i, text := range cells {
		if i >= len(bad.Problem.Cells) || text != bad.Problem.Cells[i] {
			return true
		}
	}
	return len(cells) != len(bad.Problem.Cells)
}

// corrected makes the record of a corrected row. A row that names another
// customer, subscription or offer than the rejected one is not its correction,
// unless that name was the fault.
func (b *builder) corrected(c correction, bad *reconcile.Record, remarks *warnings) reconcile.Record {
	row := sheet.Row{Number: c.number}
	for _, text := range c.row(bad) {
		row.Cells = append(row.Cells, sheet.Cell{Kind: sheet.Text, Text: text})
	}
	for _, i := range b.naming {
		if bad.Problem.Code == "bad-record" || i >= len(row.Cells) || i >= len(bad.Problem.Cells) || blank(bad.Problem.Cells[i]) || b.header[i].text == bad.Problem.Column {
			continue
		}
		if row.Cells[i].Text != bad.Problem.Cells[i] {
			rec := reconcile.Record{Role: b.role}
			b.setHash(&rec.Hash, row)
			b.reject(&rec, row, reconcile.Problem{Code: "bad-record", Column: b.header[i].text, Value: row.Cells[i].Text,
				Expected: "the row that was rejected, with " + bad.Problem.Cells[i] + " in this column"})
			return rec
		}
	}
	b.warnings, b.lostLetters = remarks, true
	var rec reconcile.Record
	b.record(row, b.special(row), &rec)
	return rec
}
