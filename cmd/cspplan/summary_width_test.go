package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cspplan/reconcile"
	"cspplan/report"
)

// Figures of millions of licences stand apart, and under their headings.
func TestWindowsOfMillions(t *testing.T) {
	texts, err := report.LoadTexts("fr")
	if err != nil {
		t.Fatal(err)
	}
	row := report.WindowRow{Status: reconcile.DataLoss, Subs: [4]int{1_607_736, 421_946, 240_491, 1_329_828}, Total: 3_600_001, Licences: 1_139_996_463}
	j := &job{report: &report.Report{Text: texts}, cmd: &runFlags{}}
	j.report.Windows.Rows[1], j.report.Windows.All = row, row
	var out strings.Builder
	j.printWindows(&out)
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	for _, line := range lines {
		if got, want := utf8.RuneCountInString(line), utf8.RuneCountInString(lines[0]); got != want {
			t.Errorf("%q is %d wide, want %d", line, got, want)
		}
	}
	for _, n := range []int64{1_607_736, 421_946, 240_491, 1_329_828, 3_600_001, 1_139_996_463} {
		if figure := texts.Count(n); !strings.Contains(lines[2], "  "+figure) {
			t.Errorf("%s does not stand apart in %q", figure, lines[2])
		}
	}
}
