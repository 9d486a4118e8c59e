package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/rivo/uniseg"

	"cspplan/input/sheet"
	"cspplan/output"
)

const (
	progressFrom  = 500 * time.Millisecond // a run that is over by then shows nothing
	progressEvery = 200 * time.Millisecond // how often the line is rewritten
	progressWidth = 79                     // columns: a line that wraps cannot be wiped
)

// A progress is the one line on a terminal that says how far a run has come. It
// is rewritten by a clock of its own: whoever works only says now and then where
// it is. A nil *progress says nothing.
type progress struct {
	out   io.Writer
	now   func() time.Time
	start time.Time

	mu    sync.Mutex
	begun time.Time // of the stage
	lanes [2]lane   // what is done side by side; the first that is not blank is shown
	shown int       // columns that stand on the terminal
}

// A lane is how far one thing has come.
type lane struct {
	what  string // Reading exports/a.csv
	unit  string // rows, pages
	done  int
	total int // 0: not known
}

// What goes on side by side: the workbook is shown before the PDF.
const (
	firstLane = iota
	secondLane
)

// startProgress shows the line on standard error until stop is called, which
// wipes it; where nobody looks at a terminal there is none.
func startProgress(term terminal) (p *progress, stop func()) {
	file := terminalFile(term.Err)
	if file == nil || os.Getenv("TERM") == "dumb" {
		return nil, func() {}
	}
	p = &progress{out: file, now: term.Now, start: term.Now()}
	ticker, end, ended := time.NewTicker(progressEvery), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ticker.C:
				p.draw()
			case <-end:
				return
			}
		}
	}()
	return p, func() {
		ticker.Stop()
		close(end)
		<-ended
		p.wipe()
	}
}

// stage begins the next part of the run.
func (p *progress) stage(what string) { p.show(what, "", 0) }

// show begins the next part of the run, which is about so many things.
func (p *progress) show(what, unit string, done int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begun = p.now()
	p.lanes = [2]lane{firstLane: {what: what, unit: unit, done: done}}
}

// set says how far what is done in a lane has come.
func (p *progress) set(n int, l lane) {
	p.mu.Lock()
	p.lanes[n] = l
	p.mu.Unlock()
}

// reading is told by the readers, several at a time: the last one is shown.
func (p *progress) reading() func(file string, rows, total int) {
	if p == nil {
		return nil
	}
	return func(file string, rows, total int) {
		p.set(firstLane, lane{what: "Reading " + file, unit: "rows", done: rows, total: total})
	}
}

// writing is told by the writers. The PDF is shown where the workbook has
// nothing to say any more.
func (p *progress) writing() func(output.Progress) {
	if p == nil {
		return nil
	}
	return func(w output.Progress) {
		l := lane{what: "Writing " + w.File, unit: w.Unit, done: w.Done, total: w.Total}
		if w.Part != "" {
			l.what += "   " + w.Part
		}
		n := firstLane
		if w.Unit == "pages" {
			n = secondLane
		}
		p.set(n, l)
	}
}

// draw rewrites the line, from half a second after the start on.
func (p *progress) draw() {
	now := p.now()
	if now.Sub(p.start) < progressFrom {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	text := p.text(now)
	width := uniseg.StringWidth(text)
	fmt.Fprintf(p.out, "\r%s%s", text, strings.Repeat(" ", max(0, p.shown-width)))
	p.shown = width
}

// text is the line: what, how much of how much, the share, the time it has
// taken so far.
func (p *progress) text(now time.Time) string {
	l := p.lanes[firstLane]
	if second := p.lanes[secondLane]; second.what != "" && (l.unit == "" || l.done >= l.total) {
		l = second
	}
	figures := fmt.Sprintf("   %d s", int(now.Sub(p.begun).Seconds()))
	switch {
	case l.unit == "" || l.done == 0:
	case l.total > 0:
		figures = fmt.Sprintf("   %s of %s %s   %d %%", grouped(l.done), grouped(l.total), l.unit, l.done*100/l.total) + figures
	default:
		figures = fmt.Sprintf("   %s %s", grouped(l.done), l.unit) + figures
	}
	return cutColumns(oneLine(l.what), progressWidth-uniseg.StringWidth(figures)) + figures
}

// oneLine is a text with names of strangers in it, fit for a line that is
// rewritten: nothing in it commands the terminal or begins another line.
func oneLine(s string) string {
	return strings.NewReplacer("\n", "␣", "\t", "␣").Replace(string(sheet.PlainText([]byte(s))))
}

// wipe leaves the terminal as if there had been no line.
func (p *progress) wipe() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown > 0 {
		fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", p.shown))
	}
	p.shown = 0
}

// cutColumns cuts a text to a width on the screen, between characters that
// people see as one.
func cutColumns(s string, width int) string {
	if uniseg.StringWidth(s) <= width {
		return s
	}
	var b strings.Builder
	left := width - 1 // for the dots
	for g := uniseg.NewGraphemes(s); g.Next() && left >= g.Width(); {
		b.WriteString(g.Str())
		left -= g.Width()
	}
	return b.String() + "…"
}

// grouped is a number with commas between its thousands.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
