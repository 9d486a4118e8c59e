package excel

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
	"cspplan/report"
)

// withTrend is a report that has seen n dates.
func withTrend(t *testing.T, n int) *report.Report {
	t.Helper()
	r := sample(t, 30)
	for i := range n {
		r.Trend = append(r.Trend, report.TrendPoint{AsOf: sampleAsOf - reconcile.Date(n-1-i), Counts: [5]int{i, 2 * i, 3, 40 - i, 0}})
	}
	r.AsOf = sampleAsOf
	return r
}

// trendRow is the row of Start on which the trend begins.
func trendRow(t *testing.T, f *excelize.File) int {
	t.Helper()
	for row := 1; row < 100; row++ {
		if cell(t, f, "Start", cellName(1, row)) == "Trend of statuses" {
			return row
		}
	}
	t.Fatal("Start has no trend")
	return 0
}

// The chart is followed by its figures, newest date first, without a formula,
// and neither is printed on the page of Start.
func TestTrend(t *testing.T) {
	r := withTrend(t, 12)
	b, _ := workbook(t, r, Options{})
	f := opened(t, r, Options{})
	row := trendRow(t, f)
	for i, want := range []string{"As at", "Blocked", "Data-loss risk", "Decide", "Ready", "Done"} {
		if got := cell(t, f, "Start", cellName(1+i, row+2)); got != want {
			t.Errorf("heading %d is %q, want %q", i, got, want)
		}
	}
	for i, want := range []string{"23 Nov 2026", "11", "22", "3", "29"} {
		if got := cell(t, f, "Start", cellName(1+i, row+3)); got != want {
			t.Errorf("column %d of the newest date is %q, want %q", i, got, want)
		}
	}
	if got := cell(t, f, "Start", cellName(1, row+14)); got != "12 Nov 2026" {
		t.Errorf("the last line is of %q, want 12 Nov 2026", got)
	}
	for _, n := range f.GetDefinedName() {
		if n.Scope == "Start" && n.Name == "_xlnm.Print_Area" && n.RefersTo != fmt.Sprintf("'Start'!$A$1:$I$%d", row-2) {
			t.Errorf("printed is %s, want the rows above the trend, which begins in row %d", n.RefersTo, row)
		}
	}
	drawing := string(parts(t, b)["xl/drawings/drawing1.xml"])
	if !strings.Contains(drawing, `descr="Trend of statuses. Subscriptions by status on 12 dates`) {
		t.Error("the chart has no alternative text")
	}
	chart := string(parts(t, b)["xl/charts/chart1.xml"])
	for _, want := range []string{"triangle", "diamond", "prstDash", "!$N$2:$N$13", "!$M$2:$M$13"} {
		if !strings.Contains(chart, want) {
			t.Errorf("the chart has no %s", want)
		}
	}
}

func TestTrendOfFirstRun(t *testing.T) {
	r := withTrend(t, 1)
	b, _ := workbook(t, r, Options{})
	f := opened(t, r, Options{})
	row := trendRow(t, f)
	if got, want := cell(t, f, "Start", cellName(1, row+1)), "First run: the trend begins with the next one."; got != want {
		t.Errorf("below the title stands %q, want %q", got, want)
	}
	if got := cell(t, f, "Start", cellName(1, row+2)); got != "" {
		t.Errorf("a first run has figures: %q", got)
	}
	if strings.Contains(string(parts(t, b)["xl/drawings/drawing1.xml"]), "Trend") {
		t.Error("a first run has a chart")
	}
}
