package pdf

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// withTrend is a report that has seen n dates, the last one its own.
func withTrend(t *testing.T, lang string, n int) *report.Report {
	t.Helper()
	r := sample(t, lang, 40)
	r.Trend = nil
	for i := range n {
		r.Trend = append(r.Trend, report.TrendPoint{AsOf: asOf - reconcile.Date(n-1-i), Counts: [5]int{1000 + i, 20, 0, 3000 - i, i}})
	}
	return r
}

// The chart and its figures stand on one page, however many dates there are,
// in every language.
func TestTrend(t *testing.T) {
	for _, lang := range report.Languages {
		for _, n := range []int{2, 9, report.TrendPoints} {
			r := withTrend(t, lang, n)
			document, _ := draw(t, r, Options{NoSystemFonts: true})
			page := pageWith(t, document, r.Text.Label("trend.title"))
			for _, p := range []report.TrendPoint{r.Trend[0], r.Trend[n-1]} {
				want := r.Text.Day(p.AsOf) + r.Text.Count(int64(p.Counts[0])) + "20–" + r.Text.Count(int64(p.Counts[3]))
				if !strings.Contains(packed(page), packed(want)) {
					t.Errorf("%s, %d dates: the page of the chart has no line %q\n%s", lang, n, want, page)
				}
			}
			if !strings.Contains(packed(page), packed(r.TrendNote())) {
				t.Errorf("%s, %d dates: the page does not say %q", lang, n, r.TrendNote())
			}
		}
	}
}

func TestTrendOfFirstRun(t *testing.T) {
	r := withTrend(t, "en", 1)
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	page := pageWith(t, document, "Trend of statuses")
	if !strings.Contains(page, "First run: the trend begins with the next one.") || strings.Contains(page, "As at  ") {
		t.Errorf("a first run has a trend, or does not say why there is none:\n%s", page)
	}
}

// A plan that has become empty still shows how it stood before.
func TestTrendOfEmptyPlan(t *testing.T) {
	r := emptyReport(t, "en")
	r.Trend = withTrend(t, "en", 3).Trend
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	if page := pageWith(t, document, "Trend of statuses"); !strings.Contains(page, "21 Nov 2026") {
		t.Errorf("the trend is missing:\n%s", page)
	}
	document, _ = draw(t, emptyReport(t, "en"), Options{NoSystemFonts: true})
	if text := tool(t, document, "pdftotext", "FILE", "-"); strings.Contains(text, "Movement") {
		t.Error("a first run without a subscription has a movement")
	}
}

// Without colour the lines are told apart by their dashes.
func TestTrendLinesDiffer(t *testing.T) {
	seen := map[string]reconcile.Status{}
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		key := fmt.Sprint(dashes[s])
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s have the same dashes", other, s)
		}
		seen[key] = s
	}
}

// pageWith is the text of the page on which a heading stands.
func pageWith(t *testing.T, document []byte, heading string) string {
	t.Helper()
	pages := strings.Split(tool(t, document, "pdftotext", "-layout", "FILE", "-"), "\f")
	for _, page := range pages {
		if regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(heading) + `\s*$`).MatchString(page) {
			return page
		}
	}
	t.Fatalf("no page has the heading %q", heading)
	return ""
}
