package input

import (
	"fmt"
	"math"
)

// mostAlike is how many warnings of one code and column a file reports, each
// value once; a column of ten thousand unknown words is one remark, not a book.
const mostAlike = 10

// warnings collects the warnings of one file in the order of its rows. Rows
// that say the same are one warning, at the first of them, with their number.
type warnings struct {
	all   []*Warning
	same  map[Warning]*Warning
	alike map[warningKind]*alikeCount
	order []warningKind
	most  int // of one kind
}

// A warningKind is the column a warning is about, and what it says of it.
type warningKind struct{ sheet, code, column string }

// An alikeCount counts the warnings of a kind, and those left out.
type alikeCount struct{ kept, left int }

func newWarnings() *warnings { return &warnings{most: mostAlike} }

// newTally collects the warnings of some of the rows, none left out.
func newTally() *warnings { return &warnings{most: math.MaxInt} }

// add takes the warning of one row.
func (w *warnings) add(warning Warning) {
	warning.Rows = 1
	w.take(warning)
}

// join takes the warnings of the rows that follow.
func (w *warnings) join(tally *warnings) {
	for _, warning := range tally.all {
		w.take(*warning)
	}
}

// take takes a warning of as many rows as it says.
func (w *warnings) take(warning Warning) {
	if w.same == nil {
		w.same, w.alike = make(map[Warning]*Warning), make(map[warningKind]*alikeCount)
	}
	identity := warning
	identity.Row, identity.Rows = 0, 0
	if first, known := w.same[identity]; known {
		first.Rows += warning.Rows
		return
	}
	kind := warningKind{warning.Sheet, warning.Code, warning.Column}
	count := w.alike[kind]
	if count == nil {
		count = &alikeCount{}
		w.alike[kind] = count
		w.order = append(w.order, kind)
	}
	if count.kept == w.most {
		count.left += warning.Rows
		return
	}
	count.kept++
	w.all = append(w.all, &warning)
	w.same[identity] = &warning
}

// list returns the warnings, with a count for those that were left out.
func (w *warnings) list() []Warning {
	var out []Warning
	for _, warning := range w.all {
		out = append(out, *warning)
	}
	for _, kind := range w.order {
		if more := w.alike[kind].left; more > 0 {
			out = append(out, Warning{Sheet: kind.sheet, Column: kind.column, Code: kind.code, Message: fmt.Sprintf("and %d more like it", more), Rows: more})
		}
	}
	return out
}
