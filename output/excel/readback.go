package excel

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
	"golang.org/x/sync/errgroup"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// ReadBack opens a workbook that Write has written and counts what its Plan
// sheets hold, from the file alone: neither the report nor the counts of Write
// are used, nor the library that wrote it. Columns are found through the hidden
// sheet Lists. It is an error if the file cannot be read to its end, if a row
// has no key, if an amount has more digits than its currency, or if ctx ends.
func ReadBack(ctx context.Context, path string) (Totals, error) {
	totals := Totals{Money: make(map[string]int64)}
	var formulas int
	var group errgroup.Group
	group.Go(func() (err error) { formulas, err = countFormulas(ctx, path); return err })
	group.Go(func() error { return countPlans(ctx, path, &totals) })
	if err := group.Wait(); err != nil {
		return totals, fmt.Errorf("reading back %s: %w", path, err)
	}
	totals.Formulas = formulas
	return totals, nil
}

// countPlans adds up the rows of all Plan sheets.
func countPlans(ctx context.Context, path string, totals *Totals) error {
	book, err := sheet.Open(ctx, path, filepath.Base(path), sheet.Options{Limits: ownLimits})
	if err != nil {
		return err
	}
	defer book.Close()
	plans, err := findPlans(book)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if err := p.count(totals); err != nil {
			return fmt.Errorf("%s: %w", p.sheet.Name, err)
		}
	}
	return nil
}

// ownLimits let every workbook pass that Write can write: the usual limits are
// against foreign files.
var ownLimits = sheet.Limits{XLSXBytes: 1 << 40, InflatedBytes: 1 << 42, Ratio: 1 << 20, Entries: 1 << 20, Cells: 1 << 40}

// A planPart is one Plan sheet and where its columns stand, from 0.
type planPart struct {
	sheet   sheet.Sheet
	columns map[string]int // by code
}

// findPlans reads the hidden sheet Lists, which is known by its first cell.
func findPlans(book *sheet.Book) ([]planPart, error) {
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
			return planParts(book, rows[1:])
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

// planParts collects the columns of the Plan sheets.
func planParts(book *sheet.Book, rows [][]string) ([]planPart, error) {
	var parts []planPart
	for _, row := range rows {
		if cellOf(row, fieldColumn) != planTable {
			continue
		}
		name := cellOf(row, fieldColumn-1)
		if len(parts) == 0 || parts[len(parts)-1].sheet.Name != name {
			i := slices.IndexFunc(book.Sheets, func(s sheet.Sheet) bool { return s.Name == name })
			if i < 0 {
				return nil, fmt.Errorf("there is no sheet %q", name)
			}
			parts = append(parts, planPart{sheet: book.Sheets[i], columns: make(map[string]int)})
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
func (p planPart) count(totals *Totals) error {
	for row, err := range p.sheet.Rows() {
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

// isSentence tells the one line of an empty plan from a row.
func (p planPart) isSentence(row sheet.Row) bool {
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
func (p planPart) add(cells []sheet.Cell, totals *Totals) error {
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
func (p planPart) text(cells []sheet.Cell, code string) string {
	if i, ok := p.columns[code]; ok && i < len(cells) {
		return cells[i].Text
	}
	return ""
}

// countFormulas counts the cells with a formula in every worksheet part. It
// looks for the tag itself: text cannot hold one, since there < is escaped.
func countFormulas(ctx context.Context, path string) (int, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	n := 0
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/") || !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return 0, err
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
func formulaTags(r io.Reader) (n int, err error) {
	tag := []byte("<f")
	buf := make([]byte, 0, 1<<16)
	for err == nil {
		var got int
		got, err = r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+got]
		last := max(0, len(buf)-len(tag)) // a tag from here on may be cut: it is looked at with what follows
		for from := 0; ; {
			i := bytes.Index(buf[from:], tag)
			if i < 0 || from+i >= last {
				break
			}
			from += i + len(tag)
			if strings.IndexByte("> /\t\r\n", buf[from]) >= 0 {
				n++
			}
		}
		buf = append(buf[:0], buf[last:]...)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}
