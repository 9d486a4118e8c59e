package pdf

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"cspplan/report"
)

// Options are the settings that change how the document looks, not what it says.
type Options struct {
	Paper string // a4 or letter; empty is a4

	// FallbackFont is the path of a TrueType file for characters that
	// Liberation Sans lacks. Empty: those of SystemFonts that exist are tried
	// in their order, and the bytes depend on the machine wherever one is used.
	FallbackFont  string
	NoSystemFonts bool // with an empty FallbackFont: use Liberation Sans alone

	// Progress, unless it is nil, is told how many pages have been drawn, and of
	// how many; 0 in the first pass, which finds that out.
	Progress func(pages, total int)

	// Stop, unless it is nil, is asked at each page or letter; its error ends the drawing.
	Stop func() error
}

// Drawn is what the document holds, counted line by line while it was drawn.
// Subscriptions behind a folded line are included.
type Drawn struct {
	Pages    int
	Rows     int
	Licences int64
	MoneyNow []report.Total // cost now a year, by currency code, minor units
	Keys     uint64         // hash total of the keys: their sum, wrapping

	MissingGlyphs []rune   // characters no font has, drawn as □, ascending
	Replaced      int      // characters above U+FFFF drawn as □, as often as they occur
	Unshaped      int      // names, as often as drawn, in scripts whose letters are not joined or stacked
	Fonts         []string // fallback fonts in use, as their paths
}

// Write draws the whole report to w. Errors: an unknown paper, a fallback font
// that cannot be used, a fault while drawing, a failed write. Nothing is
// written before the document is complete.
func Write(w io.Writer, r *report.Report, opt Options) (drawn Drawn, err error) {
	// The library panics where it should fail. A report that cannot be drawn
	// must not take the run's other files with it.
	defer func() {
		if p := recover(); p != nil {
			drawn, err = Drawn{}, broken("drawing the PDF", p)
		}
	}()
	size, err := paperOf(opt.Paper)
	if err != nil {
		return Drawn{}, err
	}
	faces, err := newTypefaces(opt)
	if err != nil {
		return Drawn{}, err
	}
	first := measure(r, faces, size, layout{}, opt)
	if first.spare < 0 {
		first = measure(r, faces, size, layout{tight: true}, opt)
	}
	second := newDocument(r, faces, size, first)
	second.progress, second.mustEnd = opt.Progress, opt.Stop
	second.draw()
	if second.seen.pages != first.pages || second.seen.starts != first.starts {
		return Drawn{}, fmt.Errorf("drawing the PDF: pages moved between two passes: %v, then %v", first, second.seen)
	}
	if err := second.output(w); err != nil {
		return Drawn{}, fmt.Errorf("writing the PDF: %w", err)
	}
	return second.tally.result(second.seen.pages, faces), nil
}

// stopped is what drawing panics with when it is to end.
type stopped struct{ why error }

// broken is the error of a drawing that panicked.
func broken(what string, p any) error {
	if s, ok := p.(stopped); ok {
		return fmt.Errorf("%s: %w", what, s.why)
	}
	return fmt.Errorf("%s: %v", what, p)
}

// measure is a pass that finds out where everything comes. It draws nothing:
// in the library's hands a text costs as much again as all that leads to it.
func measure(r *report.Report, faces *typefaces, size paper, known layout, opt Options) layout {
	d := newDocument(r, faces, size, known)
	d.measuring, d.progress, d.mustEnd = true, opt.Progress, opt.Stop
	d.draw()
	return d.seen
}

// tally counts during a pass.
type tally struct {
	rows     int
	licences int64
	money    map[string]int64
	keys     uint64
	missing  map[rune]bool
	replaced int
	unshaped int
}

// line counts one line of the plan.
func (t *tally) line(l *report.PlanLine) {
	t.rows += l.Rows
	t.licences += l.Licences
	t.keys += l.Keys
	for _, c := range l.Costs {
		t.money[c.Currency] += c.Minor
	}
}

func (t *tally) result(pages int, faces *typefaces) Drawn {
	d := Drawn{
		Pages: pages, Rows: t.rows, Licences: t.licences, Keys: t.keys,
		Replaced: t.replaced, Unshaped: t.unshaped, Fonts: faces.used(),
	}
	for currency, minor := range t.money {
		d.MoneyNow = append(d.MoneyNow, report.Total{Currency: currency, Minor: minor})
	}
	slices.SortFunc(d.MoneyNow, func(a, b report.Total) int { return cmp.Compare(a.Currency, b.Currency) })
	for r := range t.missing {
		d.MissingGlyphs = append(d.MissingGlyphs, r)
	}
	slices.Sort(d.MissingGlyphs)
	return d
}
