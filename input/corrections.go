package input

import (
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

// keepCorrection remembers a row of rejected-rows.csv, with the number of its
// record, until all files are read.
func (r *fileResult) keepCorrection(row sheet.Row, at int) {
	if len(row.Cells) <= correctedCells || row.Cells[correctedCode].Text == "header" {
		return
	}
	c := correction{at: at, number: row.Number}
	for _, cell := range row.Cells {
		c.cells = append(c.cells, strings.Clone(cell.Text))
	}
	r.corrections = append(r.corrections, c)
}

// correct reads the corrected rows of all files.
func correct(results []fileResult) {
	rejected := rejectedRows(results)
	taken := make(map[reconcile.Source]bool)
	for i := range results {
		result := &results[i]
		remarks := newWarnings()
		for _, c := range result.corrections {
			rec := &result.records[c.at]
			place, ok := c.place()
			bad, found := rejected[place]
			switch {
			case !ok || !found || taken[place] || !c.isOf(bad.record):
				rec.Note = "corrects a row that is not rejected any more"
			case !c.changes(bad.record):
				rec.Note = "not corrected yet"
			default:
				taken[place] = true
				corrected := bad.builder.corrected(c, bad.record, remarks)
				corrected.Source, corrected.Exported, corrected.Corrects = rec.Source, rec.Exported, place
				if corrected.Problem != nil {
					corrected.Cells = c.cells // as they stand under this file's header
				}
				*rec = corrected
				result.report.Licences += int64(corrected.Licences.N)
			}
		}
		result.report.Warnings = append(result.report.Warnings, remarks.list()...)
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

// isOf reports whether the rejected row is still the one that was corrected:
// it has the same fault.
func (c correction) isOf(bad *reconcile.Record) bool {
	p := bad.Problem
	return c.cells[correctedCode] == p.Code && asWritten(c.cells[correctedColumn], p.Column) == p.Column && asWritten(c.cells[correctedValue], p.Value) == p.Value
}

// row is the corrected row, cell for cell; what was not touched is as it stood.
func (c correction) row(bad *reconcile.Record) []string {
	cells := append([]string(nil), c.cells[correctedCells:]...)
	for i := range cells {
		if i < len(bad.Cells) {
			cells[i] = asWritten(cells[i], bad.Cells[i])
		}
	}
	for len(cells) > len(bad.Cells) && strings.TrimSpace(cells[len(cells)-1]) == "" {
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
		if i >= len(bad.Cells) || text != bad.Cells[i] {
			return true
		}
	}
	return len(cells) != len(bad.Cells)
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
		if bad.Problem.Code == "bad-record" || i >= len(row.Cells) || i >= len(bad.Cells) || blank(bad.Cells[i]) || b.header[i].text == bad.Problem.Column {
			continue
		}
		if row.Cells[i].Text != bad.Cells[i] {
			rec := reconcile.Record{Role: b.role, Hash: b.hashOf(row)}
			b.reject(&rec, row, reconcile.Problem{Code: "bad-record", Column: b.header[i].text, Value: row.Cells[i].Text,
				Expected: "the row that was rejected, with " + bad.Cells[i] + " in this column"})
			return rec
		}
	}
	b.reader.warnings = remarks
	return b.record(row, b.special(row))
}
