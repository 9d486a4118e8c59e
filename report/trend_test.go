package report

import (
	"slices"
	"testing"

	"cspplan/reconcile"
)

func TestTrend(t *testing.T) {
	subs := []subscription{
		{customer: "A", offer: "O", licences: 1, days: 40, status: reconcile.Ready},
		{customer: "B", offer: "O", licences: 1, undated: true, status: reconcile.Decide},
		{customer: "C", offer: "O", licences: 1, days: 40, status: reconcile.Done},
		{customer: "D", offer: "O", licences: 1, days: 40, status: reconcile.Ready},
	}
	own := TrendPoint{AsOf: asOf, Counts: [5]int{0, 0, 1, 2, 1}}
	plan, opt := samplePlan(subs...)
	opt.Text = texts(t, "en")

	rep := Compute(plan, opt)
	if want := []TrendPoint{own}; !slices.Equal(rep.Trend, want) {
		t.Errorf("first run: got %v, want %v", rep.Trend, want)
	}
	if got, want := rep.TrendNote(), "First run: the trend begins with the next one."; got != want {
		t.Errorf("first run: got %q, want %q", got, want)
	}
	if got := rep.Movement(); got != "" {
		t.Errorf("first run: moved since nothing: %q", got)
	}

	for n := range TrendPoints + 10 {
		opt.Past = append(opt.Past, TrendPoint{AsOf: asOf - reconcile.Date(TrendPoints+10-n), Counts: [5]int{n}})
	}
	opt.PreviousDate, opt.SplitBy = asOf-1, SplitCustomer
	rep = Compute(plan, opt)
	if len(rep.Trend) != TrendPoints || rep.Trend[TrendPoints-1] != own || rep.Trend[TrendPoints-2] != opt.Past[TrendPoints+9] {
		t.Errorf("after many runs: got %v, want the last %d with this one", rep.Trend, TrendPoints)
	}
	if got, want := rep.TrendNote(), "Subscriptions by status on 26 dates with a run, 29 Oct 2026 to 23 Nov 2026."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := rep.Movement(), "Since 22 Nov 2026: 0 worse, 0 changed, 0 better, 4 new, 0 gone."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for part := range rep.Parts() {
		if part.Report.Trend != nil {
			t.Errorf("the workbook of %s shows how the rows of all stood: %v", part.Name, part.Report.Trend)
		}
	}
}
