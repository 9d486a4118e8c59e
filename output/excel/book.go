package excel

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
	"cspplan/report"
)

// A book is a workbook that is being written.
type book struct {
	f      *excelize.File
	r      *report.Report
	opt    Options
	styles styles
	tables nativeTables
	notice string // ends a text that was cut

	start, money, lists, chartData string // sheet names
	sheets                         []listSheet
	taken                          map[string]bool        // folded sheet names
	rows                           map[string]*packedRows // by the part they belong to
	shared                         sharedTexts
	written                        Written
}

// A listSheet is one sheet of a list: a table, or the part of it from row first on.
type listSheet struct {
	name  string
	table *report.Table
	first int // index of its first row in the table
	rows  int
	part  int // from 1
	parts int
}

// newBook names and creates all sheets in their final order: excelize moves
// print areas to the wrong sheet if sheets are moved later.
func newBook(r *report.Report, opt Options) (*book, error) {
	f := excelize.NewFile(excelize.Options{TmpDir: opt.Tmp})
	b := &book{
		f: f, r: r, opt: opt, notice: r.Text.Label("doc.cut"),
		styles: styles{f: f, made: make(map[shape]int)},
		tables: nativeTables{f: f},
		taken:  make(map[string]bool),
		rows:   make(map[string]*packedRows),
	}
	if err := b.createSheets(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// createSheets makes Start, the list sheets with Money before Credits, Lists
// and Chart data.
func (b *book) createSheets() error {
	text := b.r.Text
	b.start = b.newName(text.Label("sheet.start"))
	if err := b.f.SetSheetName("Sheet1", b.start); err != nil {
		return fmt.Errorf("naming sheet %s: %w", b.start, err)
	}
	for _, t := range b.r.Tables {
		if t.ID == creditsTable {
			if err := b.createMoney(); err != nil {
				return err
			}
		}
		for _, s := range b.split(t) {
			if err := b.create(s.name); err != nil {
				return err
			}
			b.sheets = append(b.sheets, s)
		}
	}
	if err := b.createMoney(); err != nil {
		return err
	}
	b.lists = b.newName(text.Label("sheet.lists"))
	b.chartData = b.newName(text.Label("sheet.chart_data"))
	for _, name := range []string{b.lists, b.chartData} {
		if err := b.create(name); err != nil {
			return err
		}
		if err := b.f.SetSheetVisible(name, false, true); err != nil {
			return fmt.Errorf("hiding sheet %s: %w", name, err)
		}
	}
	b.f.SetActiveSheet(0)
	return nil
}

// createMoney makes the sheet Money, once.
func (b *book) createMoney() error {
	if b.money != "" {
		return nil
	}
	b.money = b.newName(b.r.Text.Label("sheet.money"))
	return b.create(b.money)
}

// create adds an empty sheet at the end.
func (b *book) create(name string) error {
	if _, err := b.f.NewSheet(name); err != nil {
		return fmt.Errorf("creating sheet %s: %w", name, err)
	}
	return nil
}

// split cuts a table into as many sheets as it needs: Plan, Plan 2, …
func (b *book) split(t *report.Table) []listSheet {
	limit := b.opt.rowsPerSheet()
	parts := max(1, (t.Len+limit-1)/limit)
	out := make([]listSheet, parts)
	for i := range out {
		name := t.Sheet
		if i > 0 {
			name += " " + strconv.Itoa(i+1)
		}
		out[i] = listSheet{
			name: b.newName(name), table: t, first: i * limit, rows: min(limit, t.Len-i*limit),
			part: i + 1, parts: parts,
		}
	}
	return out
}

// newName tidies a sheet name and keeps it apart from the others: excelize
// hands out the existing sheet, without an error, if two differ only in case.
func (b *book) newName(name string) string {
	base := tidyName(name)
	if base == "" {
		base = "Sheet"
	}
	name = base
	for n := 2; b.taken[strings.ToLower(name)]; n++ {
		suffix := " " + strconv.Itoa(n)
		name = cutUnits(base, 31-len(suffix)) + suffix
	}
	b.taken[strings.ToLower(name)] = true
	return name
}

// rowsFor makes the place for the rows of a sheet. Their part is named by the
// sheet's number in order of creation.
func (b *book) rowsFor(sheet string) *packedRows {
	rows := &packedRows{spool: spool{dir: b.opt.Tmp}}
	for id, name := range b.f.GetSheetMap() {
		if name == sheet {
			b.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", id)] = rows
		}
	}
	return rows
}

// close removes temporary files.
func (b *book) close() {
	b.f.Close()
	for _, rows := range b.rows {
		rows.close()
	}
}

// rowSheet finds the sheet and the row on which row i of a table stands.
func (b *book) rowSheet(table string, i int) (name string, row int, ok bool) {
	for _, s := range b.sheets {
		if s.table.ID == table && i >= s.first && i < s.first+s.rows {
			return s.name, firstDataRow + i - s.first, true
		}
	}
	return "", 0, false
}

// describe sets the document's properties. Times come from the as-of date,
// never from the clock.
func (b *book) describe() error {
	at := b.r.AsOf.Time().Format("2006-01-02T15:04:05Z")
	err := b.f.SetDocProps(&excelize.DocProperties{
		Title: b.plain(b.r.Title), Subject: b.plain(b.r.Subtitle), Creator: creator, LastModifiedBy: creator,
		Description: b.plain(b.r.Text.Label("doc.run", "id", b.r.RunID)),
		Language:    b.r.Text.Lang, Created: at, Modified: at,
	})
	if err != nil {
		return fmt.Errorf("setting document properties: %w", err)
	}
	if err := b.f.SetAppProps(&excelize.AppProperties{Application: creator, Company: b.plain(b.r.Partner)}); err != nil {
		return fmt.Errorf("setting application properties: %w", err)
	}
	return nil
}

// plain makes a text of the report fit for a cell.
func (b *book) plain(s string) string { return cellText(s, b.notice) }

// serial is the number by which Excel counts a day.
func serial(d reconcile.Date) int64 { return int64(d) + serialOfEpoch }

// cellName is the address of a cell, from 1, and panics where there is none:
// all our columns and rows are within Excel's limits.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(fmt.Sprintf("cell %d, %d: %v", column, row, err))
	}
	return name
}

// columnName is the letter of a column, from 1.
func columnName(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(fmt.Sprintf("column %d: %v", column, err))
	}
	return name
}

// quoted is a sheet name as references need it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
