package excel

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// ReadBack opens a workbook that Write has written and counts what its Plan
// sheets hold, from the file alone: neither the report nor the counts of Write
// are used, nor the library that wrote it. Columns are found through the hidden
// sheet Lists. It is an error if a sheet cannot be read to its end, if a row of
// the plan has no key, if an amount has more digits than its currency, or if ctx
// ends.
//
// Each sheet is unpacked once and read by the strict reader of foreign workbooks,
// two side by side, the longest first: unpacking is most of the work. Every cell is
// checked; values are made of those columns only that are counted.
func ReadBack(ctx context.Context, path string) (Totals, error) {
	totals, err := readBack(ctx, path)
	if err != nil {
		return totals, fmt.Errorf("reading back %s: %w", path, err)
	}
	return totals, nil
}

func readBack(ctx context.Context, path string) (Totals, error) {
	all := Totals{Money: make(map[string]int64)}
	var formulas atomic.Int64
	book, err := sheet.Open(ctx, path, filepath.Base(path), sheet.Options{Limits: ownLimits, OnFormula: func() { formulas.Add(1) }})
	if err != nil {
		return all, err
	}
	defer book.Close()
	plans, err := findTable(book, planTable)
	if err != nil {
		return all, err
	}
	formulas.Store(0) // the sheet Lists is walked once more below
	totals := make([]Totals, len(plans))
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(sheetsAtOnce)
	read := func(name string, walk func() error) {
		group.Go(func() error {
			if err := walk(); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	for i, p := range plans {
		totals[i].Money = make(map[string]int64)
		read(p.sheet.Name, func() error { return p.count(running, &totals[i]) })
	}
	for _, s := range book.Sheets {
		if !slices.ContainsFunc(plans, func(p tablePart) bool { return p.sheet.Name == s.Name }) {
			read(s.Name, func() error { return walkThrough(running, s) })
		}
	}
	if err := group.Wait(); err != nil {
		return all, err
	}
	for _, t := range totals {
		all.Add(t)
	}
	all.Formulas = int(formulas.Load())
	return all, nil
}

// sheetsAtOnce is how many sheets are read side by side: each takes a core.
const sheetsAtOnce = 2

// walkThrough checks a sheet of which nothing is counted but its formulas.
func walkThrough(ctx context.Context, s sheet.Sheet) error {
	for _, err := range s.Only().Rows() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ownLimits let every workbook pass that Write can write: the usual limits are
// against foreign files.
var ownLimits = sheet.Limits{XLSXBytes: 1 << 40, InflatedBytes: 1 << 42, Ratio: 1 << 20, Entries: 1 << 20, Cells: 1 << 40}

// A tablePart is one sheet of a table and where its columns stand, from 0.
type tablePart struct {
	sheet   sheet.Sheet
	columns map[string]int // by code
}

// findTable reads the hidden sheet Lists, which is known by its first cell, for
// the sheets of a table.
func findTable(book *sheet.Book, table string) ([]tablePart, error) {
	for _, s := range book.Sheets {
		if !s.Hidden {
			continue
		}
		var rows [][]string
		for row, err := range s.Rows() {
			if err != nil {
				return nil, err
			}
			rows = append(rows, texts(row.Cells))
		}
		if len(rows) > 0 && cellOf(rows[0], propertyColumn-1) == propertyHeading {
			return tableParts(book, table, rows[1:])
		}
	}
	return nil, errors.New("no hidden sheet says which column is which")
}

// texts are the contents of cells.
func texts(cells []sheet.Cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = c.Text
	}
	return out
}

// tableParts collects the columns of the sheets of a table.
func tableParts(book *sheet.Book, table string, rows [][]string) ([]tablePart, error) {
	var parts []tablePart
	for _, row := range rows {
		if cellOf(row, fieldColumn) != table {
			continue
		}
		name := cellOf(row, fieldColumn-1)
		if len(parts) == 0 || parts[len(parts)-1].sheet.Name != name {
			i := slices.IndexFunc(book.Sheets, func(s sheet.Sheet) bool { return s.Name == name })
			if i < 0 {
				return nil, fmt.Errorf("there is no sheet %q", name)
			}
			parts = append(parts, tablePart{sheet: book.Sheets[i], columns: make(map[string]int)})
		}
		n, err := strconv.Atoi(cellOf(row, fieldColumn+1))
		if err != nil || n < 1 {
			return nil, fmt.Errorf("sheet %q has no column %q", name, cellOf(row, fieldColumn+1))
		}
		parts[len(parts)-1].columns[cellOf(row, fieldColumn+3)] = n - 1
	}
	return parts, nil
}

// cellOf is a cell of a ragged row.
func cellOf(row []string, column int) string {
	if column < 0 || column >= len(row) {
		return ""
	}
	return row[column]
}

// count adds the rows of one Plan sheet to the totals.
func (p tablePart) count(ctx context.Context, totals *Totals) error {
	for row, err := range p.counted().Rows() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if row.Number < firstDataRow || p.isSentence(row) {
			continue
		}
		if err := p.add(row.Cells, totals); err != nil {
			return fmt.Errorf("row %d: %w", row.Number, err)
		}
	}
	return nil
}

// counted is the sheet with the values that are counted.
func (p tablePart) counted() sheet.Sheet {
	var columns []int
	for _, code := range []string{codeKey, codeLicences, codeCurrency, codeCostNow, codeStatus} {
		if i, ok := p.columns[code]; ok {
			columns = append(columns, i)
		}
	}
	return p.sheet.Only(columns...)
}

// isSentence tells the one line of an empty list from a row.
func (p tablePart) isSentence(row sheet.Row) bool {
	if row.Number != firstDataRow {
		return false
	}
	for i, c := range row.Cells {
		if i > 0 && c.Kind != sheet.Empty {
			return false
		}
	}
	return true
}

// add counts one row.
func (p tablePart) add(cells []sheet.Cell, totals *Totals) error {
	key, err := strconv.ParseUint(p.text(cells, codeKey), 16, 64)
	if err != nil {
		return fmt.Errorf("key %q is not 16 hexadecimal digits", p.text(cells, codeKey))
	}
	totals.Rows++
	totals.Keys += key
	if text := p.text(cells, codeLicences); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("licences %q are not a whole number", text)
		}
		totals.Licences += n
	}
	currency := strings.Clone(p.text(cells, codeCurrency)) // texts of a row share its memory
	amount, err := reconcile.ParseAmount(p.text(cells, codeCostNow), currency)
	if err != nil {
		return err
	}
	if amount.Known() && !isDone(p.text(cells, codeStatus)) {
		totals.Money[currency] += amount.Minor()
	}
	return nil
}

// text is the cell of a column by its code.
func (p tablePart) text(cells []sheet.Cell, code string) string {
	if i, ok := p.columns[code]; ok && i < len(cells) {
		return cells[i].Text
	}
	return ""
}
