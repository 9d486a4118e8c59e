package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func table(t *testing.T, expression, zoneName string) timetable {
	t.Helper()
	tt, err := newTimetable(expression, zone(t, zoneName))
	if err != nil {
		t.Fatal(err)
	}
	return tt
}

func TestTimetableNext(t *testing.T) {
	tests := []struct{ zone, cron, after, want string }{
		{"Europe/Rome", "15 4 * * *", "2026-11-23T04:14:59+01:00", "2026-11-23T04:15:00+01:00"},
		{"Europe/Rome", "15 4 * * *", "2026-11-23T04:15:00+01:00", "2026-11-24T04:15:00+01:00"},
		{"Europe/Rome", "30 2 * * *", "2027-03-27T02:30:00+01:00", "2027-03-28T03:00:00+02:00"}, // skipped hour
		{"Europe/Rome", "30 2 * * *", "2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00"},
		{"Europe/Rome", "0,30 2 * * *", "2027-03-28T01:59:00+01:00", "2027-03-28T03:00:00+02:00"}, // both moved: one run
		{"Europe/Rome", "0,30 2 * * *", "2027-03-28T03:00:00+02:00", "2027-03-29T02:00:00+02:00"},
		{"Europe/Rome", "30 2 * * *", "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00"}, // first of two
		{"Europe/Rome", "30 2 * * *", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"},
		{"Europe/Rome", "30 2 * * *", "2026-10-25T02:10:00+01:00", "2026-10-26T02:30:00+01:00"}, // within the second hour
		{"America/Sao_Paulo", "0 0 * * *", "2018-11-03T00:00:00-03:00", "2018-11-04T01:00:00-02:00"},
		{"Australia/Lord_Howe", "15 2 * * *", "2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00"}, // half an hour
		{"Pacific/Apia", "15 4 * * *", "2011-12-29T04:15:00-10:00", "2011-12-31T00:00:00+14:00"},        // a day that never was
		{"UTC", "15 4 * * 1-5", "2026-11-20T04:15:00Z", "2026-11-23T04:15:00Z"},
		{"UTC", "@daily", "2026-11-20T04:15:00Z", "2026-11-21T00:00:00Z"},
		{"UTC", "0 4 29 2 *", "2026-11-20T04:15:00Z", "2028-02-29T04:00:00Z"},
	}
	for _, tt := range tests {
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		if got := table(t, tt.cron, tt.zone).next(after).Format(time.RFC3339); got != tt.want {
			t.Errorf("%s %s: next after %s = %s, want %s", tt.zone, tt.cron, tt.after, got, tt.want)
		}
	}
}

// Every business date of two years has one run, whatever the zone does to its
// clocks and whenever in the night the run is set.
func TestTimetableOncePerDate(t *testing.T) {
	zones := []string{"Europe/Rome", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "UTC"}
	for _, name := range zones {
		for _, cron := range []string{"0 0 * * *", "30 0 * * *", "0 1 * * *", "30 2 * * *", "0 3 * * *", "15 4 * * *", "59 23 * * *"} {
			tt := table(t, cron, name)
			at := time.Date(2025, 12, 31, 23, 59, 59, 0, tt.zone)
			for date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); date.Year() < 2028; date = date.AddDate(0, 0, 1) {
				at = tt.next(at)
				if got, want := at.Format(time.DateOnly), date.Format(time.DateOnly); got != want {
					t.Fatalf("%s %s: run on %s, want %s", name, cron, got, want)
				}
			}
		}
	}
}

func TestTimetableChanges(t *testing.T) {
	from := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	got := fmt.Sprint(table(t, "30 2 * * *", "Europe/Rome").changes(from, from.AddDate(1, 0, 0)))
	want := "[Sun 2026-10-25 02:30 comes twice that day: runs at the first, 02:30 CEST Sun 2027-03-28 02:30 does not exist that day: runs at 03:00 CEST]"
	if got != want {
		t.Errorf("changes = %s, want %s", got, want)
	}
	if got := table(t, "15 4 * * *", "Europe/Rome").changes(from, from.AddDate(2, 0, 0)); got != nil {
		t.Errorf("changes of the default schedule = %q, want none", got)
	}
}

func TestTimetableRefuses(t *testing.T) {
	for expression, want := range map[string]string{
		"TZ=":                        "schedule.timezone",
		"TZ=0":                       "schedule.timezone",
		"CRON_TZ=UTC":                "schedule.timezone",
		"CRON_TZ=UTC 15 4 * * *":     "schedule.timezone",
		"":                           "empty",
		"15 4 * *":                   "expected exactly 5 fields",
		"0 15 4 * * *":               "expected exactly 5 fields",
		"15 4 * * 7":                 "above maximum",
		"0 2 31 2 *":                 "never falls due",
		"@every 0s":                  "under a minute",
		"@every -1h":                 "under a minute",
		"@every 59s":                 "under a minute",
		"@sometimes":                 "unrecognized",
		strings.Repeat("* ", 5) + "": "",
		"@every 1h":                  "",
	} {
		_, err := newTimetable(strings.TrimSpace(expression), time.UTC)
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: refused: %v", expression, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: error %v, want one with %q", expression, err, want)
		}
	}
}
