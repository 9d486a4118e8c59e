package input

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A fileReader reads the sheets of one open file.
type fileReader struct {
	ctx      context.Context
	file     File
	rule     Rule
	asOf     reconcile.Date
	book     *sheet.Book
	result   *fileResult
	warnings *warnings
}

// read reads every visible sheet whose header is known. Hidden sheets and
// sheets without a known header are listed with the reason; a file without any
// sheet that can be used is refused.
func (r *fileReader) read() *sheet.Refusal {
	var firstFault *sheet.Refusal
	var found []string
	used := false
	for _, s := range r.book.Sheets {
		report := SheetReport{Sheet: s.Name}
		switch {
		case r.rule.Sheet != "" && s.Name != r.rule.Sheet && r.book.Kind != "csv":
			report.Skipped = "the settings name another sheet"
		case s.Hidden && r.rule.Sheet == "":
			report.Skipped = "hidden"
		default:
			top, fault := r.readSheet(s, &report)
			found = append(found, top...)
			if fault != nil && fault.Code != "missing-column" {
				return fault // a broken or ambiguous sheet makes the whole file doubtful
			}
			if fault != nil {
				report.Skipped = fault.Message
				if firstFault == nil {
					firstFault = fault
				}
			}
			used = used || report.Skipped == ""
		}
		r.result.report.Sheets = append(r.result.report.Sheets, report)
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
	return noHeader(r.file.Name, found, r.sheetNames(func(s sheet.Sheet) bool { return s.Hidden && s.Name != r.rule.Sheet }))
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

// readSheet reads one sheet; top are the first rows of one without a header.
func (r *fileReader) readSheet(s sheet.Sheet, report *SheetReport) (top []string, refusal *sheet.Refusal) {
	t, top, err := findHeader(s, r.rule)
	if err != nil {
		return nil, refusalOf(r.file.Name, err)
	}
	if t == nil {
		report.Skipped = "no known header"
		if len(top) == 0 {
			report.Skipped = "empty"
		}
		return top, nil
	}
	report.Layout, report.Role, report.HeaderRow = t.layout.name, r.rule.side(t.layout.role), t.headerRow
	if refusal := t.bind(r.file.Name, calendar{date1904: r.book.Date1904, asOf: r.asOf}); refusal != nil {
		return nil, refusal
	}
	rows, err := r.survey(t)
	if err != nil {
		return nil, refusalOf(r.file.Name, err)
	}
	records, refusal := r.build(t, rows)
	if refusal != nil {
		return nil, refusal
	}
	report.Columns, report.Missing, report.Rows = t.report(), t.wishes(), len(records)
	r.result.records = append(r.result.records, records...)
	return nil, nil
}

// survey walks the sheet once to learn the conventions of its columns, and
// counts its data rows.
func (r *fileReader) survey(t *table) (rows int, err error) {
	workbook := r.book.Kind == "xlsx" // text is read again faster than it is kept
	copied := kept{full: !workbook}
	for row, err := range r.dataRows(t) {
		if err != nil {
			return 0, err
		}
		rows++
		copied.add(row)
		if row.Fault != "" {
			continue
		}
		for i := range t.columns {
			if i >= len(row.Cells) {
				break
			}
			switch c := &t.columns[i]; {
			case c.dates != nil:
				c.dates.survey(trimmed(row.Cells[i]))
			case c.numbers != nil:
				c.numbers.survey(trimmed(row.Cells[i]))
			}
		}
	}
	t.decide()
	if !copied.full {
		t.kept = &copied
	}
	return rows, nil
}

// decide settles the conventions after the survey.
func (t *table) decide() {
	var dates []*dateColumn
	var numbers []*numberColumn
	for _, c := range t.columns {
		if c.dates != nil {
			dates = append(dates, c.dates)
		}
		if c.numbers != nil {
			numbers = append(numbers, c.numbers)
		}
	}
	decideDates(dates, t.rule.dateOrder(), t.layout.order)
	decideNumbers(numbers, t.rule.decimalMark(), t.layout.decimal)
}

// dataRows are the rows below the header; after the survey from what was kept
// of them, if it was. The rows of a table that stands above are faults: they
// cannot be read by this header, and must not be lost.
func (r *fileReader) dataRows(t *table) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		n := 0
		rows := t.sheet.Rows()
		if t.kept != nil {
			rows = t.kept.walk()
		}
		for row, err := range rows {
			if err == nil && row.Number <= t.headerRow {
				if row.Number == t.headerRow || t.above == nil || row.Number <= t.above.headerRow {
					continue
				}
				row.Fault = fmt.Sprintf("one table: the header of another stands in row %d; put each on a sheet or into a file of its own", t.headerRow)
			}
			if n++; err == nil && n%4096 == 0 {
				err = r.ctx.Err()
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// build walks the sheet again and makes a record of every data row.
func (r *fileReader) build(t *table, rows int) ([]reconcile.Record, *sheet.Refusal) {
	b, err := newBuilder(r, t)
	if err != nil {
		return nil, refusalOf(r.file.Name, err)
	}
	records := make([]reconcile.Record, 0, rows)
	report := &r.result.report
	for row, err := range r.dataRows(t) {
		if err != nil {
			return nil, refusalOf(r.file.Name, err)
		}
		if t.layout.corrects {
			r.result.keepCorrection(row, len(r.result.records)+len(records))
		}
		special := b.special(row)
		report.Rows++
		report.Licences += b.licencesOf(row, special)
		records = append(records, b.record(row, special))
	}
	if len(records) != rows {
		return nil, stillBeingWritten(r.file.Name)
	}
	r.result.prices = append(r.result.prices, b.prices...)
	t.kept = nil
	r.result.builders[t.sheet.Name] = b
	return records, b.allAmbiguous(records)
}
