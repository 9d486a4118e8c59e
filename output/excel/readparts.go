package excel

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
	"cspplan/report"
)

// PartTotals is what the list of workbooks says of one: its file, and the totals
// of its rows but for their keys.
type PartTotals struct {
	File string
	Totals
}

// ReadParts reads the list of the workbooks that hold the rows of the plan from a
// workbook that Write has written, from the file alone; nothing if it has no such
// list. It is an error if the list cannot be read to its end, or if ctx ends.
func ReadParts(ctx context.Context, path string) ([]PartTotals, error) {
	book, err := sheet.Open(ctx, path, filepath.Base(path), sheet.Options{Limits: ownLimits})
	if err != nil {
		return nil, fmt.Errorf("reading the list of workbooks of %s: %w", path, err)
	}
	defer book.Close()
	parts, err := findTable(book, workbooksTable)
	if err != nil {
		return nil, fmt.Errorf("reading the list of workbooks of %s: %w", path, err)
	}
	var list []PartTotals
	for _, p := range parts {
		if list, err = p.listed(ctx, list); err != nil {
			return nil, fmt.Errorf("reading the list of workbooks of %s: %s: %w", path, p.sheet.Name, err)
		}
	}
	return list, nil
}

// listed appends the lines of one sheet of the list.
func (p tablePart) listed(ctx context.Context, list []PartTotals) ([]PartTotals, error) {
	for row, err := range p.sheet.Rows() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if row.Number < firstDataRow || p.isSentence(row) {
			continue
		}
		line, err := p.listedPart(row.Cells)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", row.Number, err)
		}
		list = append(list, line)
	}
	return list, nil
}

// listedPart reads one line.
func (p tablePart) listedPart(cells []sheet.Cell) (PartTotals, error) {
	line := PartTotals{File: strings.Clone(p.text(cells, codeFile)), Totals: Totals{Money: map[string]int64{}}}
	var err error
	if line.Rows, err = strconv.Atoi(p.text(cells, codeSubscriptions)); err != nil {
		return line, fmt.Errorf("subscriptions %q are not a whole number", p.text(cells, codeSubscriptions))
	}
	if line.Licences, err = strconv.ParseInt(p.text(cells, codeLicences), 10, 64); err != nil {
		return line, fmt.Errorf("licences %q are not a whole number", p.text(cells, codeLicences))
	}
	for code := range p.columns {
		currency, isCost := strings.CutPrefix(code, report.CostCodePrefix)
		if !isCost {
			continue
		}
		amount, err := reconcile.ParseAmount(p.text(cells, code), currency)
		if err != nil {
			return line, err
		}
		if amount.Known() {
			line.Money[currency] += amount.Minor()
		}
	}
	return line, nil
}
