package main

import (
	"fmt"
	"slices"
	"strings"

	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/report"
)

// pastTrend is how the plan stood on the dates before asOf: for each date its
// newest good run, oldest date first, as many dates as the trend shows beside
// this run's. A run's record holds the dates it showed, so that runs which have
// been pruned since, also between two runs of one day, stay in the trend.
func pastTrend(runs []output.Run, asOf string) []output.TrendPoint {
	newest := map[string]output.TrendPoint{}
	take := func(p output.TrendPoint) {
		if known, ok := newest[p.AsOf]; p.Sound() && p.AsOf < asOf && (!ok || p.Started.After(known.Started)) {
			newest[p.AsOf] = p
		}
	}
	for _, r := range runs {
		if r.AsOf > asOf {
			continue
		}
		for _, p := range r.Trend {
			take(p)
		}
		if r.AddsUp() {
			take(output.TrendPoint{AsOf: r.AsOf, Run: r.ID, Started: r.Started, Statuses: r.Counts.Statuses})
		}
	}
	var points []output.TrendPoint
	for _, date := range sortedKeys(newest) {
		points = append(points, newest[date])
	}
	return points[max(0, len(points)-(report.TrendPoints-1)):]
}

// trendHash covers what of the trend is printed; empty without any.
func trendHash(points []output.TrendPoint) string {
	if len(points) == 0 {
		return ""
	}
	var b strings.Builder
	for _, p := range points {
		fmt.Fprintf(&b, "%s", p.AsOf)
		for _, status := range statusOrder {
			fmt.Fprintf(&b, " %d", p.Statuses[status])
		}
		b.WriteByte('\n')
	}
	return hexHash([]byte(b.String()))
}

// shownTrend is the trend as reports take it.
func shownTrend(points []output.TrendPoint) ([]report.TrendPoint, error) {
	var shown []report.TrendPoint
	for _, p := range points {
		day, err := reconcile.ParseDate(p.AsOf)
		if err != nil {
			return nil, fmt.Errorf("run %s: %w", p.Run, err)
		}
		point := report.TrendPoint{AsOf: day}
		for i := range point.Counts {
			point.Counts[i] = p.Statuses[reconcile.Status(i).String()]
		}
		shown = append(shown, point)
	}
	return slices.Clip(shown), nil
}
