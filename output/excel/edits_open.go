package excel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	xlsx "cspplan/input/sheet"
)

// writtenBook is an open workbook of ours.
type writtenBook struct {
	book    *xlsx.Book
	lists   lists
	renamed map[string][]*xlsx.Sheet // by table
}

// ErrNotWritten means that a workbook can be read, but Write did not write it.
var ErrNotWritten = errors.New("no hidden sheet says which run wrote it and which column is which")

// errSheetsOnly means the same of a workbook into which sheets of ours were copied.
var errSheetsOnly = errors.New("it has sheets of the plan, but not the hidden one that says which run wrote them; copy the whole file instead")

// openWritten opens a workbook of ours. What somebody typed as a formula, and
// no program worked out, is taken as it was typed.
func openWritten(path, name string) (*writtenBook, error) {
	book, err := xlsx.Open(context.Background(), path, name, xlsx.Options{Limits: ownLimits, Formulas: true})
	if err != nil {
		return nil, err
	}
	w := &writtenBook{book: book}
	w.lists, err = readLists(book)
	if errors.Is(err, ErrNotWritten) && w.peoplesColumns() {
		err = errSheetsOnly
	}
	if err != nil {
		book.Close()
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	w.findRenamed()
	return w, nil
}

// peoplesColumns tells whether any sheet has the heading of a column for people.
func (w *writtenBook) peoplesColumns() bool {
	for i := range w.book.Sheets {
		seen := 0
		for row, err := range w.book.Sheets[i].Rows() {
			if seen++; err != nil || seen > headWithin {
				break
			}
			if slices.ContainsFunc(row.Cells, func(c xlsx.Cell) bool { return strings.HasPrefix(c.Text, editMark) }) {
				return true
			}
		}
	}
	return false
}

// find lists the sheets of a table: the one of its name, and those that have
// its headings and no name of ours: somebody renamed or copied it.
func (w *writtenBook) find(t listedTable) []*xlsx.Sheet {
	var found []*xlsx.Sheet
	for i := range w.book.Sheets {
		if w.book.Sheets[i].Name == t.sheet {
			found = append(found, &w.book.Sheets[i])
		}
	}
	if t.first {
		found = append(found, w.renamed[t.table]...)
	}
	return found
}

// findRenamed tells which table the sheets without a name of ours show: that of
// whose headings they have the largest part.
func (w *writtenBook) findRenamed() {
	w.renamed = map[string][]*xlsx.Sheet{}
	known := map[string]bool{}
	for _, c := range w.lists.columns {
		known[c.sheet] = true
	}
	tables := w.lists.tablesWith(func(listedTable) bool { return true })
	for i := range w.book.Sheets {
		s := &w.book.Sheets[i]
		if known[s.Name] {
			continue
		}
		best, most := "", 0.0
		for _, t := range tables {
			at, err := w.walk(s, t, func(*placed, xlsx.Row) error { return errFound })
			if part := at.share(t); errors.Is(err, errFound) && part > most {
				best, most = t.table, part
			}
		}
		if best != "" {
			w.renamed[best] = append(w.renamed[best], s)
		}
	}
}

var (
	errFound  = errors.New("found")
	errNoHead = errors.New("the row of headings is not there; give the columns their headings back")
)

// headWithin is how far down people may have pushed the headings.
const headWithin = 50

// walk finds the row of headings and hands out every row below it. A sheet
// without headings but with rows is an error: what stands there cannot be told.
func (w *writtenBook) walk(s *xlsx.Sheet, t listedTable, use func(*placed, xlsx.Row) error) (*placed, error) {
	var at *placed
	seen := 0
	for row, err := range s.Rows() {
		if err != nil {
			return at, err
		}
		switch {
		case at != nil:
			if err := use(at, row); err != nil {
				return at, err
			}
		case seen >= headWithin:
			return nil, errNoHead
		default:
			seen++
			if at, err = t.place(row); err != nil {
				return nil, err
			}
		}
	}
	if at == nil && seen > 0 {
		return nil, errNoHead
	}
	return at, nil
}
