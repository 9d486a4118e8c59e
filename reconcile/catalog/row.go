package catalog

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cspplan/reconcile"
)

// decodeEmbedded decodes an embedded table row by row and returns the first
// error.
func decodeEmbedded(name string, decode func(*row)) error {
	file, err := files.Open("tables/" + name)
	if err != nil {
		return fmt.Errorf("table %s: %w", name, err)
	}
	defer file.Close()
	return decodeTable(name, file, decode)
}

// decodeTable decodes a table, whose columns come first.
func decodeTable(name string, data io.Reader, decode func(*row)) error {
	r := csv.NewReader(data)
	r.ReuseRecord = true // a row hands out its cells, and keeps none
	header, err := r.Read()
	if err == nil && !slices.Equal(header, columns[name]) || err == io.EOF {
		return fmt.Errorf("table %s: columns are not %q", name, columns[name])
	}
	at := row{columns: columns[name]}
	for n := 2; err == nil; n++ {
		var cells []string
		if cells, err = r.Read(); err == nil {
			if err := at.decode(cells, decode); err != nil {
				return fmt.Errorf("table %s row %d: %w", name, n, err)
			}
		}
	}
	if err != io.EOF {
		return fmt.Errorf("table %s: %w", name, err)
	}
	return nil
}

// A row hands out its cells from left to right and keeps the first error.
type row struct {
	columns []string
	cells   []string
	next    int
	err     error
}

// decode decodes the cells of the next row.
func (r *row) decode(cells []string, decode func(*row)) error {
	r.cells, r.next, r.err = cells, 0, nil
	decode(r)
	if r.err == nil && r.next != len(cells) {
		r.err = fmt.Errorf("%d of %d columns read", r.next, len(cells))
	}
	return r.err
}

func (r *row) text() string {
	cell := r.cells[r.next]
	r.next++
	return cell
}

func (r *row) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("column %s: "+format, append([]any{r.columns[r.next-1]}, args...)...)
	}
}

func (r *row) list() []string {
	cell := r.text()
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// isGUID tells whether a text is a GUID in lower case: digits in groups of 8, 4,
// 4, 4 and 12. Every start checks thousands of them; a regular expression took
// a third of the time of loading.
func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case !('0' <= c && c <= '9' || 'a' <= c && c <= 'f'):
			return false
		}
	}
	return true
}

// guid is a lower-case GUID or, where the source has none, empty.
func (r *row) guid() string {
	cell := r.text()
	if cell != "" && !isGUID(cell) {
		r.fail("%q is not a GUID in lower case", cell)
	}
	return cell
}

// offerID is a GUID too, but for the usage-based Azure plan among the offers.
func (r *row) offerID() string {
	cell := r.text()
	if !isGUID(cell) && !strings.HasPrefix(cell, "ms-azr-") {
		r.fail("%q is not an offer id in lower case", cell)
	}
	return cell
}

func (r *row) guids() []string {
	cells := r.list()
	for _, c := range cells {
		if !isGUID(c) {
			r.fail("%q is not a GUID in lower case", c)
		}
	}
	return cells
}

func (r *row) date() reconcile.Date {
	d, err := reconcile.ParseDate(r.text())
	if err != nil {
		r.fail("%w", err)
	}
	return d
}

// number is 0 for an empty cell.
func (r *row) number() int {
	cell := r.text()
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	if err != nil {
		r.fail("%q is not a number", cell)
	}
	return n
}

func (r *row) yes() bool {
	cell := r.text()
	if cell != "yes" && cell != "no" {
		r.fail("%q is neither yes nor no", cell)
	}
	return cell == "yes"
}

// oneOf is a word that must be among those allowed.
func (r *row) oneOf(words ...string) string {
	cell := r.text()
	if !slices.Contains(words, cell) {
		r.fail("%q is none of %q", cell, words)
	}
	return cell
}

// parsed reads a word of the field with its parser.
func parsed[T any](r *row, parse func(string) (T, bool)) T {
	cell := r.text()
	v, ok := parse(cell)
	if !ok {
		r.fail("unknown word %q", cell)
	}
	return v
}
