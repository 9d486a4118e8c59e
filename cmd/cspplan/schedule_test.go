package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cspplan/output"
	"cspplan/reconcile"
)

// A clock that a test moves: the schedule's pauses pass at once.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(d)
	c.mu.Unlock()
}

// scheduled is a schedule over a folder with one export, and the clock it lives by.
type scheduled struct {
	*watch
	clock  *clock
	dir    string
	err    bytes.Buffer
	pauses []func() // done in place of the first pauses
}

func newScheduled(t *testing.T, start string, settings string) *scheduled {
	t.Helper()
	at, err := time.Parse(time.RFC3339, start)
	if err != nil {
		t.Fatal(err)
	}
	s := &scheduled{clock: &clock{now: at}, dir: t.TempDir()}
	s.write(t, "cspplan.yaml", "partner: {country: IT}\npolicy: {shrink_guard: 100%}\n"+settings)
	s.write(t, "exports/a.csv", "Customer,Country,Offer,Licences,Expires,Subscription ID\nContoso,IT,Office 365 E3,5,2027-12-01,7d5f9f3a-0000-4000-8000-000000000001\n")
	s.restart(t)
	return s
}

func (s *scheduled) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// restart is what happens when the program is started anew.
func (s *scheduled) restart(t *testing.T) {
	t.Helper()
	config := filepath.Join(s.dir, "cspplan.yaml")
	settings, err := loadSettings(config)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	term := terminal{In: strings.NewReader(""), Out: &out, Err: &s.err, Now: s.clock.Now}
	s.watch = &watch{config: config, term: term, log: newLog(&settings, &s.err), program: run}
	s.watch.pause = func(_ context.Context, d time.Duration) {
		if len(s.pauses) > 0 {
			next := s.pauses[0]
			s.pauses = s.pauses[1:]
			next()
			return
		}
		s.clock.move(d)
	}
	if err := s.take(&settings); err != nil {
		t.Fatal(err)
	}
	s.last = s.start(&settings)
}

// until keeps the schedule until the clock shows end.
func (s *scheduled) until(t *testing.T, end string) {
	t.Helper()
	stop, err := time.Parse(time.RFC3339, end)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pause := s.watch.pause
	s.watch.pause = func(ctx context.Context, d time.Duration) {
		pause(ctx, d)
		if !s.clock.Now().Before(stop) {
			cancel()
		}
	}
	s.keep(ctx)
	s.watch.pause = pause
}

// runs are the starts of the published runs, in UTC, by as-of date.
func (s *scheduled) runs(t *testing.T) []string {
	t.Helper()
	runs, err := output.Runs(filepath.Join(s.dir, "plans"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range runs {
		list = append(list, r.AsOf+" at "+r.Started.UTC().Format("01-02T15:04"))
	}
	return list
}

func TestScheduleOncePerDateOverClockChange(t *testing.T) {
	s := newScheduled(t, "2027-03-27T00:00:00+01:00", "schedule: {cron: 30 2 * * *, timezone: Europe/Rome}\n")
	s.until(t, "2027-03-29T12:00:00+02:00")
	want := []string{"2027-03-27 at 03-27T01:30", "2027-03-28 at 03-28T01:00", "2027-03-29 at 03-29T00:30"}
	if got := s.runs(t); !slices.Equal(got, want) {
		t.Errorf("runs = %q, want %q\n%s", got, want, s.err.String())
	}
}

// Over two years in six zones that change their clocks, with a run in the hour
// that the changes skip or double, each business date has exactly one run.
func TestScheduleOncePerDateForTwoYears(t *testing.T) {
	zones := []string{"Europe/Rome", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "Africa/Casablanca"}
	dates, changed := 0, 0
	for _, name := range zones {
		loc := zone(t, name)
		s := newScheduled(t, "2026-01-01T00:00:00Z", "schedule: {cron: 30 2 * * *, timezone: "+name+"}\n")
		s.clock.now = time.Date(2026, 1, 1, 0, 0, 0, 0, loc)
		s.restart(t)
		runs := map[string]int{}
		s.program = func(context.Context, []string, terminal) int {
			asOf, err := asOfDate("", &Settings{Schedule: Schedule{Timezone: name}}, s.clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			runs[asOf.String()]++
			return exitOK
		}
		s.watch.pause = func(context.Context, time.Duration) { s.clock.move(s.table.next(s.last).Sub(s.clock.Now())) }
		end := time.Date(2028, 1, 1, 0, 0, 0, 0, loc)
		s.until(t, end.Format(time.RFC3339))

		for date := reconcile.NewDate(2026, 1, 1); date < reconcile.NewDate(2028, 1, 1); date++ {
			dates++
			if noon(date, loc).Sub(noon(date-1, loc)) != 24*time.Hour {
				changed++
			}
			if got := runs[date.String()]; got != 1 {
				t.Errorf("%s, %s: %d runs, want 1", name, date, got)
			}
		}
	}
	t.Logf("%d business dates in %d zones, %d of them with a clock change: one run each", dates, len(zones), changed)
	if changed < 20 {
		t.Errorf("%d days with a clock change, want at least 20: the zones' tables are missing", changed)
	}
}

// noon of a date: no zone changes its clock then.
func noon(d reconcile.Date, loc *time.Location) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 12, 0, 0, 0, loc)
}

func TestScheduleMakesUpAfterSleep(t *testing.T) {
	for catchUp, want := range map[bool][]string{
		true:  {"2026-11-23 at 11-23T04:15", "2026-11-26 at 11-26T09:00", "2026-11-27 at 11-27T04:15"},
		false: {"2026-11-23 at 11-23T04:15", "2026-11-27 at 11-27T04:15"},
	} {
		s := newScheduled(t, "2026-11-23T04:00:00Z", fmt.Sprintf("schedule: {timezone: UTC, catch_up: %v}\n", catchUp))
		s.until(t, "2026-11-23T09:00:00Z")
		s.pauses = []func(){func() { s.clock.move(3 * day) }} // the machine sleeps
		s.until(t, "2026-11-27T05:00:00Z")
		if got := s.runs(t); !slices.Equal(got, want) {
			t.Errorf("catch_up %v: runs = %q, want %q", catchUp, got, want)
		}
	}
}

func TestScheduleMakesUpAfterRestart(t *testing.T) {
	s := newScheduled(t, "2026-11-23T04:00:00Z", "schedule: {timezone: UTC}\n")
	s.until(t, "2026-11-23T05:00:00Z")
	s.clock.move(day) // switched off over one night
	s.restart(t)
	s.until(t, "2026-11-24T06:00:00Z")
	s.restart(t) // and on again the same day: nothing is due
	s.until(t, "2026-11-24T08:00:00Z")
	want := []string{"2026-11-23 at 11-23T04:15", "2026-11-24 at 11-24T05:00"}
	if got := s.runs(t); !slices.Equal(got, want) {
		t.Errorf("runs = %q, want %q", got, want)
	}
}

func TestScheduleOutlivesFailures(t *testing.T) {
	s := newScheduled(t, "2026-11-23T04:00:00Z", "schedule: {timezone: UTC}\n")
	settings := "partner: {country: IT}\nschedule: {timezone: UTC}\n"

	// First night the settings are broken, and mended in the morning; second night the run panics, third
	// night the export is gone, fourth night all is well again.
	s.write(t, "cspplan.yaml", "partner: {country: IT}\nschedule: {timezone: UTC}\nnonsense: 1\n")
	s.until(t, "2026-11-23T05:00:00Z")
	s.write(t, "cspplan.yaml", settings)
	calls := 0
	s.term.Now = func() time.Time {
		now := s.clock.Now()
		if now.Day() == 24 && now.Hour() == 4 && now.Minute() == 15 {
			if calls++; calls == 3 { // after the look at the clock and the start of the run
				panic("the clock fell off the wall")
			}
		}
		return now
	}
	s.until(t, "2026-11-24T05:00:00Z")
	s.term.Now = s.clock.Now
	export, away := filepath.Join(s.dir, "exports", "a.csv"), filepath.Join(s.dir, "a.csv")
	if err := os.Rename(export, away); err != nil {
		t.Fatal(err)
	}
	s.write(t, "exports/broken.csv", "\x00\x01")
	s.until(t, "2026-11-25T05:00:00Z")
	os.Remove(filepath.Join(s.dir, "exports", "broken.csv"))
	if err := os.Rename(away, export); err != nil {
		t.Fatal(err)
	}
	s.until(t, "2026-11-26T05:00:00Z")

	if got, want := s.runs(t), []string{"2026-11-23 at 11-23T05:00", "2026-11-26 at 11-26T04:15"}; !slices.Equal(got, want) {
		t.Errorf("runs = %q, want %q\n%s", got, want, s.err.String())
	}
	failed, err := output.FailedRuns(filepath.Join(s.dir, "plans"))
	if err != nil {
		t.Fatal(err)
	}
	var exits []int
	for _, r := range failed {
		exits = append(exits, r.Exit)
	}
	if want := []int{exitInternal, exitInput}; !slices.Equal(exits, want) {
		t.Errorf("failed runs ended with %v, want %v\n%s", exits, want, s.err.String())
	}
	if got := strings.Count(s.err.String(), "run finished"); got != 5 {
		t.Errorf("%d lines say run finished, want 5: with broken settings, those once mended, and one a night\n%s", got, s.err.String())
	}
}

func TestScheduleTakesNewSettings(t *testing.T) {
	s := newScheduled(t, "2026-11-23T04:00:00Z", "schedule: {timezone: UTC}\n")
	s.until(t, "2026-11-23T05:00:00Z")
	s.write(t, "cspplan.yaml", "partner: {country: IT}\nschedule: {timezone: UTC, cron: 0 22 * * *}\n")
	s.until(t, "2026-11-24T05:00:00Z")
	want := []string{"2026-11-23 at 11-23T04:15", "2026-11-23 at 11-23T22:00"}
	if got := s.runs(t); !slices.Equal(got, want) {
		t.Errorf("runs = %q, want %q", got, want)
	}
}

func TestScheduleClockSetBack(t *testing.T) {
	s := newScheduled(t, "2026-11-23T04:00:00Z", "schedule: {timezone: UTC}\n")
	s.until(t, "2026-11-23T05:00:00Z")
	s.clock.move(-2 * time.Hour) // a correction: not a second run that day
	s.until(t, "2026-11-23T06:00:00Z")
	s.clock.move(30 * day) // a wrong month …
	s.until(t, "2026-12-23T07:00:00Z")
	s.clock.move(-30 * day) // … and back
	s.until(t, "2026-11-25T05:00:00Z")
	var dates []string
	for _, r := range s.runs(t) {
		dates = append(dates, r[:10])
	}
	want := []string{"2026-11-23", "2026-11-24", "2026-11-25", "2026-12-23"}
	if !slices.Equal(dates, want) {
		t.Errorf("runs = %q, want %q\n%s", dates, want, s.err.String())
	}
}

func TestScheduleStops(t *testing.T) {
	s := newScheduled(t, "2026-11-23T04:00:00Z", "schedule: {timezone: UTC}\n")
	ctx, cancel := context.WithCancel(context.Background())
	s.term.Now = func() time.Time {
		now := s.clock.Now()
		if now.Hour() == 4 && now.Minute() == 15 {
			cancel() // while the run is under way
		}
		return now
	}
	done := make(chan error, 1)
	go func() { done <- s.keep(ctx) }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("a stopped schedule returns %v, want nil", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the schedule does not end")
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, "plans", ".work-*")); left != nil {
		t.Errorf("left behind: %q", left)
	}
}
