package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cspplan/output"
	"cspplan/report"
)

// pastRun is a good run of a date, its number of ready rows its mark.
func pastRun(asOf string, hour, ready int) output.Run {
	r := output.Run{ID: fmt.Sprintf("%s-%08d", asOf, ready), AsOf: asOf, Started: time.Date(2026, 11, 24, hour, 0, 0, 0, time.UTC)}
	r.Counts.Statuses = map[string]int{"ready": ready}
	r.Counts.Outcomes = map[string]int{"planned": ready}
	return r
}

func marks(points []output.TrendPoint) []string {
	var list []string
	for _, p := range points {
		list = append(list, fmt.Sprintf("%s %d", p.AsOf[5:], p.Statuses["ready"]))
	}
	return list
}

func TestPastTrend(t *testing.T) {
	lies := pastRun("2026-11-19", 1, 5)
	lies.Counts.Outcomes["planned"] = 6
	runs := []output.Run{
		pastRun("2026-11-18", 1, 1), lies,
		pastRun("2026-11-20", 2, 2), pastRun("2026-11-20", 4, 3), // two runs of one date: the newest
		pastRun("2026-11-23", 5, 4), pastRun("2026-11-24", 6, 9), // this date and later ones: not past
	}
	if got, want := marks(pastTrend(runs, "2026-11-23")), []string{"11-18 1", "11-20 3"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := pastTrend(runs, "2026-11-18"); got != nil {
		t.Errorf("a first run has a past: %v", got)
	}
}

// Pruning takes folders away; what a run of the same day has shown stays, so
// that the same run again has the same id.
func TestPastTrendOutlivesPruning(t *testing.T) {
	before := []output.Run{pastRun("2026-11-18", 1, 1), pastRun("2026-11-19", 2, 2), pastRun("2026-11-20", 3, 3)}
	first := pastRun("2026-11-23", 4, 4)
	first.Trend = pastTrend(before, first.AsOf)
	left := []output.Run{before[2], first}
	if got, want := pastTrend(left, first.AsOf), first.Trend; trendHash(got) != trendHash(want) || len(got) != 3 {
		t.Errorf("after pruning: got %q, want %q", marks(got), marks(want))
	}
	next := pastTrend(left, "2026-11-24")
	if got, want := marks(next), []string{"11-18 1", "11-19 2", "11-20 3", "11-23 4"}; !slices.Equal(got, want) {
		t.Errorf("the next night: got %q, want %q", got, want)
	}
	// A date that was run anew counts as it stands now.
	anew := append(slices.Clone(left), pastRun("2026-11-20", 7, 8))
	if got, want := marks(pastTrend(anew, "2026-11-24")), []string{"11-18 1", "11-19 2", "11-20 8", "11-23 4"}; !slices.Equal(got, want) {
		t.Errorf("a date run anew: got %q, want %q", got, want)
	}
}

func TestPastTrendIsBounded(t *testing.T) {
	var runs []output.Run
	for n := range 60 {
		runs = append(runs, pastRun(fmt.Sprintf("2026-%02d-%02d", 9+n/30, 1+n%30), n%24, n))
	}
	got := pastTrend(runs, "2026-12-01")
	if len(got) != report.TrendPoints-1 || got[len(got)-1].Statuses["ready"] != 59 {
		t.Errorf("got %q, want the last %d", marks(got), report.TrendPoints-1)
	}
}

// What a damaged run.json holds is not believed.
func TestTrendPointSound(t *testing.T) {
	good := output.TrendPoint{AsOf: "2026-11-20", Statuses: map[string]int{"ready": 1}}
	for name, change := range map[string]func(*output.TrendPoint){
		"no date":      func(p *output.TrendPoint) { p.AsOf = "2026-13-20" },
		"empty date":   func(p *output.TrendPoint) { p.AsOf = "" },
		"no status":    func(p *output.TrendPoint) { p.Statuses = map[string]int{"reedy": 1} },
		"negative":     func(p *output.TrendPoint) { p.Statuses = map[string]int{"ready": -1} },
		"nothing said": func(p *output.TrendPoint) { p.Statuses = nil },
	} {
		p := good
		change(&p)
		if p.Sound() {
			t.Errorf("%s: %+v is taken", name, p)
		}
	}
	if !good.Sound() {
		t.Errorf("%+v is not taken", good)
	}
}
