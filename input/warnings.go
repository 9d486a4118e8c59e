package input

import "fmt"

// mostAlike is how many values of one code and column a file reports; a column
// of ten thousand unknown words is one remark, not a book.
const mostAlike = 10

// warnings collects the warnings of one file in the order of its rows. What is
// said of several rows in the same words is said once, with the first row and
// how many there are.
type warnings struct {
	all    []Warning
	rows   []int // of each of all
	place  map[Warning]int
	values map[warningKind]int // different warnings
	order  []warningKind
}

// A warningKind is what warnings have in common that differ by the value.
type warningKind struct{ sheet, column, code string }

func newWarnings() *warnings {
	return &warnings{place: make(map[Warning]int), values: make(map[warningKind]int)}
}

func (w *warnings) add(warning Warning) {
	same := warning
	same.Row = 0
	if at, seen := w.place[same]; seen {
		w.rows[at]++
		return
	}
	kind := warningKind{warning.Sheet, warning.Column, warning.Code}
	if w.values[kind] == 0 {
		w.order = append(w.order, kind)
	}
	w.values[kind]++
	if w.values[kind] <= mostAlike {
		w.place[same] = len(w.all)
		w.all, w.rows = append(w.all, warning), append(w.rows, 1)
	}
}

// list returns the warnings, with a count for those that were left out.
func (w *warnings) list() []Warning {
	var out []Warning
	for i, warning := range w.all {
		if w.rows[i] > 1 {
			warning.Message = fmt.Sprintf("%s (%d rows, this is the first)", warning.Message, w.rows[i])
		}
		out = append(out, warning)
	}
	for _, kind := range w.order {
		if more := w.values[kind] - mostAlike; more > 0 {
			out = append(out, Warning{Sheet: kind.sheet, Column: kind.column, Code: kind.code, Message: fmt.Sprintf("and %d more rows with other values", more)})
		}
	}
	return out
}
