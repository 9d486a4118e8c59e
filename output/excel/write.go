package excel

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// Tables that have a role here. Their ids are words of the report.
const (
	workbooksTable = "Workbooks"
	planTable      = "Plan"
	unmatchedTable = "Unmatched"
	creditsTable   = "Credits"
	controlTable   = "ControlTotals"
	moneyTable     = "Money" // a line of the list of sheets; its sheet is laid out here
)

const (
	headRow       = 2 // the headings of a list; its title stands above
	firstDataRow  = 3
	maxSheetRows  = 1_000_000 // Excel ends at 1,048,576
	serialOfEpoch = 25569     // Excel's number for 1970-01-01
	creator       = "cspplan"
)

// Options say how the workbook is written.
type Options struct {
	Tmp          string // folder for the temporary files of large sheets; empty: the system's
	ProtectLists bool   // protect list sheets too, without a password; sorting stops working there
	SheetRows    int    // rows of a list before a further sheet begins; 0 means 1,000,000

	// Progress, unless it is nil, is told now and then how many rows of a list
	// sheet have been written, and of how many.
	Progress func(sheet string, rows, total int)

	// Stop, unless it is nil, is asked now and then; its error ends the writing.
	Stop func() error
}

// rowsPerSheet is the limit in force.
func (o Options) rowsPerSheet() int {
	if o.SheetRows > 0 && o.SheetRows < maxSheetRows {
		return o.SheetRows
	}
	return maxSheetRows
}

// Write writes the workbook of a report and tells what it put on each list
// sheet. The same report gives the same bytes, on any number of processors, all
// of which it uses. What is large waits in temporary files, packed.
func Write(w io.Writer, r *report.Report, opt Options) (Written, error) {
	b, err := newBook(r, opt)
	if err != nil {
		return Written{}, fmt.Errorf("writing workbook: %w", err)
	}
	defer b.close()
	for _, step := range []func() error{b.writeLists, b.writeChartData, b.writeStart, b.writeMoney, b.writeTables, b.describe} {
		if err := step(); err != nil {
			return Written{}, fmt.Errorf("writing workbook: %w", err)
		}
	}
	b.tables.putBack()
	packed := &archive{w: w, dir: opt.Tmp, rows: b.rows, rewrite: map[string]func([]byte) ([]byte, error){
		contentTypes: sortedTypes, sharedPart: b.sharedStrings,
	}}
	defer packed.discard()
	// The writer that excelize offers is a buffer for the whole file and is left unused.
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return packed })
	if err := b.f.Write(io.Discard); err != nil {
		return Written{}, fmt.Errorf("writing workbook: %w", err)
	}
	return b.written, nil
}

// writeTables writes every list sheet in order: first the rows of all, side by
// side, then what stands around them.
func (b *book) writeTables() error {
	lists := make([]*list, len(b.sheets))
	for i, s := range b.sheets {
		lists[i] = newList(b, s)
	}
	if err := b.learn(lists); err != nil {
		return err
	}
	if err := b.writeRows(lists); err != nil {
		return err
	}
	for _, l := range lists {
		if err := l.write(); err != nil {
			return fmt.Errorf("sheet %s: %w", l.s.name, err)
		}
		b.written.add(SheetTotal{Sheet: l.s.name, Table: l.s.table.ID, Totals: l.tally.totals})
	}
	return nil
}
