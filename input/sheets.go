package input

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"cspplan/input/sheet"
)

// A fileReader reads the sheets of one open file.
type fileReader struct {
	ctx      context.Context
	file     File
	rule     Rule
	days     calendar
	book     *sheet.Book
	result   *fileResult
	warnings *warnings
	progress func(file string, rows, total int) // may be nil
	room     *room
	twoWalks bool
}

// pause is called between blocks, with the number of rows so far: it says how far
// the file has come, and why it must be given up, if it must.
func (r *fileReader) pause(rows, total int) error {
	if r.progress != nil {
		r.progress(r.file.Name, rows, total)
	}
	return context.Cause(r.ctx)
}

// ofHeader are the refusals that leave the other sheets of a workbook as
// they are: one sheet lacks a column, or has two.
var ofHeader = map[string]bool{"missing-column": true, "duplicate-heading": true, "ambiguous-column": true}

// read reads every visible sheet whose header is known. Hidden sheets and
// sheets without a known header are listed with the reason; a file without any
// sheet that can be used is refused.
func (r *fileReader) read() *sheet.Refusal {
	var firstFault *sheet.Refusal
	var found []string
	used := false
	for _, s := range r.book.Sheets {
		reports := []SheetReport{{Sheet: s.Name}}
		switch {
		case r.rule.Sheet != "" && s.Name != r.rule.Sheet && r.book.Kind != "csv":
			reports[0].Skipped = "the settings name another sheet"
		case s.Hidden && r.rule.Sheet == "":
			reports[0].Skipped = "hidden"
		default:
			var top []string
			var fault *sheet.Refusal
			reports, top, fault = r.readSheet(s)
			found = append(found, top...)
			if fault != nil && !ofHeader[fault.Code] {
				return fault // a broken or ambiguous sheet makes the whole file doubtful
			}
			if fault != nil && firstFault == nil {
				firstFault = fault
			}
			used = used || fault == nil && reports[0].Layout != ""
		}
		r.result.report.Sheets = append(r.result.report.Sheets, reports...)
	}
	switch {
	case used:
		r.warnSkipped()
		return nil
	case firstFault != nil:
		return firstFault
	case r.rule.Sheet != "" && !slices.ContainsFunc(r.book.Sheets, func(s sheet.Sheet) bool { return s.Name == r.rule.Sheet }):
		return missingSheet(r.file.Name, r.rule.Sheet, r.sheetNames(func(sheet.Sheet) bool { return true }))
	}
	return noHeader(r.file.Name, r.rule, found, r.sheetNames(func(s sheet.Sheet) bool { return s.Hidden && s.Name != r.rule.Sheet }))
}

func (r *fileReader) sheetNames(of func(sheet.Sheet) bool) []string {
	var names []string
	for _, s := range r.book.Sheets {
		if of(s) {
			names = append(names, s.Name)
		}
	}
	return names
}

// warnSkipped mentions sheets that look like data and were not read.
func (r *fileReader) warnSkipped() {
	for _, s := range r.result.report.Sheets {
		if s.Skipped != "" && s.Layout != "" {
			r.warnings.add(Warning{Sheet: s.Sheet, Row: s.HeaderRow, Code: "sheet-skipped", Message: s.Skipped})
		}
	}
}

// readSheet reads the tables of one sheet and reports on each; top are the
// first rows of a sheet without a header.
func (r *fileReader) readSheet(s sheet.Sheet) (reports []SheetReport, top []string, refusal *sheet.Refusal) {
	p, err := r.findTables(s)
	if err != nil {
		return nil, nil, refusalOf(r.file.Name, err)
	}
	if len(p.tables) == 0 {
		report := SheetReport{Sheet: s.Name, Skipped: "no known header"}
		if len(p.top) == 0 {
			report.Skipped = "empty"
		}
		return []SheetReport{report}, p.top, nil
	}
	if refusal := r.bindTables(p); refusal != nil {
		t := p.tables[0]
		return []SheetReport{r.tableReport(t)}, nil, refusal
	}
	if refusal := r.build(p); refusal != nil {
		return nil, nil, refusal
	}
	for _, t := range p.tables {
		reports = append(reports, r.tableReport(t))
	}
	return reports, nil, nil
}

// bindTables binds the tables of a sheet. If none can be read the sheet is
// refused; the rows of one that cannot, beside others that can, are rejected.
func (r *fileReader) bindTables(p *page) *sheet.Refusal {
	bad := 0
	for _, t := range p.tables {
		if t.fault = t.bind(r.file.Name); t.fault != nil {
			bad++
			continue
		}
		t.warnOpen(r.warnings, r.file.Name)
		t.warnTwins(r.warnings, r.file.Name)
	}
	if bad == len(p.tables) {
		return p.tables[0].fault
	}
	return nil
}

func (r *fileReader) tableReport(t *table) SheetReport {
	report := SheetReport{Sheet: t.sheet.Name, Layout: t.layout.name, Why: t.why, Role: r.rule.side(t.layout.role), HeaderRow: t.headerRow, Rows: t.records}
	if t.fault != nil {
		report.Skipped = t.fault.Message
		return report
	}
	report.Columns, report.Missing = t.report(), t.wishes()
	return report
}

// rowsOf are the rows below the header of one table.
func (r *fileReader) rowsOf(p *page, t *table) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		n := 0
		for row, err := range p.sheet.Rows() {
			if n++; err == nil && n%pace == 0 {
				err = r.pause(n, p.walked)
			}
			if err == nil && (row.Number <= t.headerRow || p.tableOf(row.Number) != t) {
				continue
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// pace is how many rows are read one by one between two looks at the time.
const pace = 4096

// rowFault says why a row of a table that cannot be read is rejected.
func (t *table) rowFault() string {
	first, _, _ := strings.Cut(t.fault.Message, "\n")
	_, what, _ := strings.Cut(first, ": ")
	return fmt.Sprintf("a table with all its columns; of the one with its header in row %d: %s", t.headerRow, what)
}
