package main

import (
	"strings"
	"testing"
	"time"

	"cspplan/output"
)

// shownProgress is a line of progress over a clock that the test moves.
func shownProgress(t *testing.T) (p *progress, c *clock, written *strings.Builder) {
	t.Helper()
	c = &clock{now: time.Date(2026, 11, 23, 4, 15, 0, 0, time.UTC)}
	written = &strings.Builder{}
	return &progress{out: written, now: c.Now, start: c.Now()}, c, written
}

// last is what stands on the line after everything that was written.
func last(written *strings.Builder) string {
	parts := strings.Split(written.String(), "\r")
	return strings.TrimRight(parts[len(parts)-1], " ")
}

func TestProgressLine(t *testing.T) {
	p, c, written := shownProgress(t)
	p.stage("Reading the exports")
	read := p.reading()
	c.move(499 * time.Millisecond)
	read("exports/a.csv", 4096, 0)
	p.draw()
	if written.String() != "" {
		t.Errorf("shown before half a second: %q", written.String())
	}
	c.move(time.Millisecond)
	p.draw()
	if got, want := last(written), "Reading exports/a.csv   4,096 rows   0 s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	c.move(2500 * time.Millisecond)
	read("exports/a.csv", 128000, 200000)
	p.draw()
	if got, want := last(written), "Reading exports/a.csv   128,000 of 200,000 rows   64 %   3 s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.show("Planning", "rows", 200000)
	c.move(1100 * time.Millisecond)
	p.draw()
	if got, want := last(written), "Planning   200,000 rows   1 s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.wipe()
	if got := last(written); got != "" {
		t.Errorf("not wiped: %q", got)
	}
	if strings.Contains(written.String(), "\n") {
		t.Errorf("more than one line: %q", written.String())
	}
}

// The workbook and the PDF are written side by side: the PDF is shown when the
// workbook has nothing to say any more.
func TestProgressOfTwoFiles(t *testing.T) {
	p, c, written := shownProgress(t)
	p.stage("Writing the plan")
	c.move(time.Second)
	for _, step := range []struct {
		told output.Progress
		want string
	}{
		{output.Progress{File: "csp-plan.pdf", Unit: "pages", Done: 12}, "Writing csp-plan.pdf   12 pages   1 s"},
		{output.Progress{File: "csp-plan.xlsx", Part: "Plan", Unit: "rows", Done: 150000, Total: 200000}, "Writing csp-plan.xlsx   Plan   150,000 of 200,000 rows   75 %   1 s"},
		{output.Progress{File: "csp-plan.pdf", Unit: "pages", Done: 13}, "Writing csp-plan.xlsx   Plan   150,000 of 200,000 rows   75 %   1 s"},
		{output.Progress{File: "csp-plan.xlsx", Part: "Plan", Unit: "rows", Done: 200000, Total: 200000}, "Writing csp-plan.pdf   13 pages   1 s"},
		{output.Progress{File: "csp-plan.pdf", Unit: "pages", Done: 14, Total: 28}, "Writing csp-plan.pdf   14 of 28 pages   50 %   1 s"},
	} {
		p.writing()(step.told)
		p.draw()
		if got := last(written); got != step.want {
			t.Errorf("after %+v: got %q, want %q", step.told, got, step.want)
		}
	}
}

// Names of files are made by strangers: they neither command the terminal nor
// leave the line.
func TestProgressKeepsToItsLine(t *testing.T) {
	p, c, written := shownProgress(t)
	c.move(time.Second)
	for _, name := range []string{
		"exports/a\x1b[2J\nrm.csv", "exports/" + strings.Repeat("long name ", 30) + ".csv", "exports/" + strings.Repeat("有限会社", 60) + ".csv",
	} {
		p.reading()(name, 4096, 8192)
		p.draw()
		line := last(written)
		if strings.ContainsAny(line, "\x1b\n") || !strings.Contains(line, "4,096 of 8,192 rows   50 %") {
			t.Errorf("%q is shown as %q", name, line)
		}
		if p.shown > progressWidth {
			t.Errorf("%q takes %d columns, want at most %d", name, p.shown, progressWidth)
		}
	}
}

// Nobody looking, nothing to do: a nil progress takes every word.
func TestNoProgress(t *testing.T) {
	p, stop := startProgress(terminal{Err: &strings.Builder{}, Now: time.Now})
	defer stop()
	p.stage("Reading the exports")
	p.show("Planning", "rows", 3)
	if p != nil || p.reading() != nil || p.writing() != nil {
		t.Error("progress is shown where there is no terminal")
	}
}
