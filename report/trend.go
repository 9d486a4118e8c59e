package report

import "cspplan/reconcile"

// TrendPoints is how many dates the trend shows at most, the run's own among
// them: about a month of nights.
const TrendPoints = 26

// A TrendPoint is how many subscriptions had each status on an as-of date:
// blocked … ready, done, indexed by reconcile.Status.
type TrendPoint struct {
	AsOf   reconcile.Date
	Counts [reconcile.Done + 1]int
}

// trend is the points of earlier runs and this run's own behind them, oldest
// first. A single point is that of a first run: there is nothing to draw yet.
// The workbook of a part has none: earlier runs counted the rows of all.
func (rep *Report) trend() []TrendPoint {
	if rep.opt.part != "" {
		return nil
	}
	own := TrendPoint{AsOf: rep.AsOf}
	for i := range rep.Plan.Rows {
		own.Counts[rep.Plan.Rows[i].Status]++
	}
	past := rep.opt.Past
	past = past[max(0, len(past)-(TrendPoints-1)):]
	return append(append(make([]TrendPoint, 0, len(past)+1), past...), own)
}

// TrendNote says what the trend shows, or, on a first run, why there is none.
func (rep *Report) TrendNote() string {
	t := rep.Text
	if len(rep.Trend) < 2 {
		return t.Label("trend.first")
	}
	return t.Label("trend.what", "n", t.Count(int64(len(rep.Trend))),
		"from", t.Day(rep.Trend[0].AsOf), "to", t.Day(rep.AsOf))
}

// Movement is how many rows got worse, changed, got better, came and went
// since the run before, in one sentence; empty on a first run.
func (rep *Report) Movement() string {
	if !rep.opt.PreviousDate.Known() {
		return ""
	}
	return rep.movedSince(rep.Text.Day(rep.opt.PreviousDate))
}

// movedSince is that sentence with the date of the run before as it is to be
// printed.
func (rep *Report) movedSince(date string) string {
	t, n := rep.Text, rep.ChangeCounts()
	count := func(i int) string { return t.Count(int64(n[i])) }
	return t.Label("mail.since", "date", date,
		"worse", count(0), "changed", count(1), "better", count(2), "new", count(3), "gone", count(4))
}
