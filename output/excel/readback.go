package excel

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
)

// ReadBack opens a workbook that Write has written and counts what its Plan
// sheets hold, from the file alone: neither the report nor the counts of Write
// are used. Columns are found through the hidden sheet Lists. It is an error if
// the file cannot be read to its end, if a row has no key, or if an amount has
// more digits than its currency.
func ReadBack(path string) (Totals, error) {
	totals := Totals{Money: make(map[string]int64)}
	formulas, err := countFormulas(path)
	if err != nil {
		return totals, fmt.Errorf("reading back %s: %w", path, err)
	}
	totals.Formulas = formulas
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return totals, fmt.Errorf("reading back %s: %w", path, err)
	}
	defer f.Close()
	plans, err := findPlans(f)
	if err != nil {
		return totals, fmt.Errorf("reading back %s: %w", path, err)
	}
	for _, p := range plans {
		if err := p.count(f, &totals); err != nil {
			return totals, fmt.Errorf("reading back %s!%s: %w", path, p.sheet, err)
		}
	}
	return totals, nil
}

// A planPart is one Plan sheet and where its columns stand, from 0.
type planPart struct {
	sheet   string
	columns map[string]int // by code
}

// findPlans reads the hidden sheet Lists, which is known by its first cell.
func findPlans(f *excelize.File) ([]planPart, error) {
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || visible {
			continue
		}
		rows, err := f.GetRows(name)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 && cellOf(rows[0], propertyColumn-1) == propertyHeading {
			return planParts(rows[1:])
		}
	}
	return nil, errors.New("no hidden sheet says which column is which")
}

// planParts collects the columns of the Plan sheets.
func planParts(rows [][]string) ([]planPart, error) {
	var parts []planPart
	for _, row := range rows {
		if cellOf(row, fieldColumn) != planTable {
			continue
		}
		sheet := cellOf(row, fieldColumn-1)
		if len(parts) == 0 || parts[len(parts)-1].sheet != sheet {
			parts = append(parts, planPart{sheet: sheet, columns: make(map[string]int)})
		}
		n, err := strconv.Atoi(cellOf(row, fieldColumn+1))
		if err != nil || n < 1 {
			return nil, fmt.Errorf("sheet %q has no column %q", sheet, cellOf(row, fieldColumn+1))
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
func (p planPart) count(f *excelize.File, totals *Totals) error {
	rows, err := f.Rows(p.sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		row, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("row %d: %w", number, err)
		}
		if number < firstDataRow || len(row) == 0 || p.isSentence(number, row) {
			continue
		}
		if err := p.add(row, totals); err != nil {
			return fmt.Errorf("row %d: %w", number, err)
		}
	}
	return rows.Error()
}

// isSentence tells the one line of an empty plan from a row.
func (p planPart) isSentence(number int, row []string) bool {
	return number == firstDataRow && len(row) == 1 && p.cell(row, codeKey) == ""
}

// add counts one row.
func (p planPart) add(row []string, totals *Totals) error {
	key, err := strconv.ParseUint(p.cell(row, codeKey), 16, 64)
	if err != nil {
		return fmt.Errorf("key %q is not 16 hexadecimal digits", p.cell(row, codeKey))
	}
	totals.Rows++
	totals.Keys += key
	if text := p.cell(row, codeLicences); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("licences %q are not a whole number", text)
		}
		totals.Licences += n
	}
	currency := p.cell(row, codeCurrency)
	amount, err := reconcile.ParseAmount(p.cell(row, codeCostNow), currency)
	if err != nil {
		return err
	}
	if amount.Known {
		totals.Money[currency] += amount.Minor
	}
	return nil
}

// cell is the cell of a column by its code.
func (p planPart) cell(row []string, code string) string {
	i, ok := p.columns[code]
	if !ok {
		return ""
	}
	return cellOf(row, i)
}

// countFormulas counts the cells with a formula in every worksheet part. It
// looks for the tag itself: text cannot hold one, since there < is escaped.
func countFormulas(path string) (int, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	n := 0
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/") || !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			return 0, fmt.Errorf("opening %s: %w", part.Name, err)
		}
		found, err := formulaTags(r)
		r.Close()
		if err != nil {
			return 0, fmt.Errorf("reading %s: %w", part.Name, err)
		}
		n += found
	}
	return n, nil
}

// formulaTags counts the start tags named f. Other names begin with that
// letter too (formula1), so the character behind decides.
func formulaTags(r io.Reader) (int, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	n := 0
	for {
		_, err := in.ReadSlice('<')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		tag, err := in.Peek(2)
		if err != nil {
			continue // the end of the part is met by the next ReadSlice
		}
		if tag[0] == 'f' && strings.IndexByte("> /\t\r\n", tag[1]) >= 0 {
			n++
		}
	}
}
