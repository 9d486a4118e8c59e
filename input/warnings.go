package input

import "fmt"

// mostAlike is how many warnings of one code and column a file reports in
// full; a column of ten thousand unknown words is one remark, not a book.
const mostAlike = 10

// warnings collects the warnings of one file in the order of its rows.
type warnings struct {
	all   []Warning
	alike map[[2]string]int
	order [][2]string
}

func newWarnings() *warnings { return &warnings{alike: make(map[[2]string]int)} }

func (w *warnings) add(warning Warning) {
	key := [2]string{warning.Code, warning.Column}
	if w.alike[key] == 0 {
		w.order = append(w.order, key)
	}
	w.alike[key]++
	if w.alike[key] <= mostAlike {
		w.all = append(w.all, warning)
	}
}

// list returns the warnings, with a count for those that were left out.
func (w *warnings) list() []Warning {
	out := w.all
	for _, key := range w.order {
		if more := w.alike[key] - mostAlike; more > 0 {
			out = append(out, Warning{Column: key[1], Code: key[0], Message: fmt.Sprintf("and %d more like it", more)})
		}
	}
	return out
}
