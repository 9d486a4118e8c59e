package excel

import (
	"context"
	"errors"
	"fmt"

	xlsx "cspplan/input/sheet"
)

// writtenBook is an open workbook of ours.
type writtenBook struct {
	book  *xlsx.Book
	lists lists
}

func openWritten(path, name string) (*writtenBook, error) {
	book, err := xlsx.Open(context.Background(), path, name, xlsx.Options{})
	if err != nil {
		return nil, err
	}
	w := &writtenBook{book: book}
	if w.lists, err = readLists(book); err != nil {
		book.Close()
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return w, nil
}

// find is the sheet of a table: by its name, or, if it was renamed, the one
// that has its headings and no name of ours.
func (w *writtenBook) find(t listedTable) *xlsx.Sheet {
	known := map[string]bool{}
	for _, c := range w.lists.columns {
		known[c.sheet] = true
	}
	for i := range w.book.Sheets {
		if w.book.Sheets[i].Name == t.sheet {
			return &w.book.Sheets[i]
		}
	}
	for i := range w.book.Sheets {
		if s := &w.book.Sheets[i]; !known[s.Name] {
			if at, err := w.walk(s, t, func(*placed, xlsx.Row) error { return errFound }); errors.Is(err, errFound) && at != nil {
				return s
			}
		}
	}
	return nil
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
