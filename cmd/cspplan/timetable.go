package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// A timetable says when runs fall due: the wall-clock times of a cron
// expression in one time zone, each of them once. Left to itself the cron
// package leaves out a time that a clock change skips, and fires twice at one
// that comes twice; here the first runs as soon as the skipped hour is over,
// and of the second the earlier one counts.
type timetable struct {
	nominal cron.Schedule
	zone    *time.Location
}

// newTimetable parses a cron expression of five fields, or one such as @daily.
func newTimetable(expression string, zone *time.Location) (timetable, error) {
	nominal, err := parseCron(expression)
	if err != nil {
		return timetable{}, err
	}
	t := timetable{nominal: nominal, zone: zone}
	if t.next(time.Date(2024, 1, 1, 0, 0, 0, 0, zone)).IsZero() {
		return timetable{}, fmt.Errorf("%q never falls due", expression)
	}
	return t, nil
}

// parseCron guards the parser: it panics on some malformed time zones, which
// have a key of their own here, and takes intervals of nothing and less.
func parseCron(expression string) (when cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			when, err = nil, fmt.Errorf("%q cannot be read", expression)
		}
	}()
	if strings.Contains(expression, "TZ=") {
		return nil, fmt.Errorf("%q names a time zone: that is schedule.timezone", expression)
	}
	when, err = cron.ParseStandard(expression)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", expression, err)
	}
	if every, ok := when.(cron.ConstantDelaySchedule); ok && every.Delay < time.Minute || strings.Contains(expression, "@every -") {
		return nil, fmt.Errorf("%q: the interval is under a minute", expression)
	}
	return when, nil
}

// next is the first due instant after t, in the timetable's zone; zero if
// there is none within five years.
func (t timetable) next(after time.Time) time.Time {
	wall := onWall(after.In(t.zone))
	for {
		wall = t.nominal.Next(wall)
		if wall.IsZero() {
			return time.Time{}
		}
		if due, _ := t.instant(wall); due.After(after) {
			return due
		}
	}
}

// onWall is what the clock on the wall shows at t, written as a time in UTC:
// there every day has 24 hours.
func onWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// A clockChange says what happens at a wall-clock time on its day.
type clockChange int

const (
	unchanged clockChange = iota
	skipped               // the time does not exist on that day
	repeated              // the time comes twice on that day
)

// instant is when the clock on the wall first shows the time wall, or, if a
// clock change skips it, when the skipped time is over.
func (t timetable) instant(wall time.Time) (time.Time, clockChange) {
	var shown []time.Time
	for _, offset := range t.offsets(wall) {
		if at := wall.Add(-offset).In(t.zone); onWall(at).Equal(wall) {
			shown = append(shown, at)
		}
	}
	switch len(shown) {
	case 0:
		return t.endOfGap(wall), skipped
	case 1:
		return shown[0], unchanged
	}
	return shown[0], repeated
}

// offsets are the zone's distances from UTC around a wall-clock time, the
// larger one, which shows a time earlier, first.
func (t timetable) offsets(wall time.Time) []time.Duration {
	before, after := t.offset(wall.Add(-day)), t.offset(wall.Add(day))
	switch {
	case before == after:
		return []time.Duration{before}
	case before > after:
		return []time.Duration{before, after}
	}
	return []time.Duration{after, before}
}

const day = 24 * time.Hour

func (t timetable) offset(at time.Time) time.Duration {
	_, seconds := at.In(t.zone).Zone()
	return time.Duration(seconds) * time.Second
}

// endOfGap is the first instant whose wall-clock time lies after wall, which
// itself does not exist: the instant of the clock change, found by halving.
func (t timetable) endOfGap(wall time.Time) time.Time {
	low, high := wall.Add(-2*day), wall.Add(2*day)
	for high.Sub(low) > time.Second {
		mid := low.Add(high.Sub(low) / 2)
		if onWall(mid.In(t.zone)).After(wall) {
			high = mid
		} else {
			low = mid
		}
	}
	return high.Truncate(time.Second).In(t.zone)
}

// changes are the due times that clock changes move or double between two
// instants, in words.
func (t timetable) changes(from, to time.Time) []string {
	var list []string
	for wall := t.nominal.Next(onWall(from.In(t.zone))); !wall.IsZero(); wall = t.nominal.Next(wall) {
		due, change := t.instant(wall)
		if due.After(to) {
			break
		}
		switch change {
		case skipped:
			list = append(list, fmt.Sprintf("%s does not exist that day: runs at %s", wall.Format("Mon 2006-01-02 15:04"), due.Format("15:04 MST")))
		case repeated:
			list = append(list, fmt.Sprintf("%s comes twice that day: runs at the first, %s", wall.Format("Mon 2006-01-02 15:04"), due.Format("15:04 MST")))
		}
	}
	return list
}

// timetable is when the settings want runs.
func (s *Settings) timetable() (timetable, error) {
	zone, err := s.location()
	if err != nil {
		return timetable{}, fmt.Errorf("schedule.timezone: %w; use a name such as Europe/Rome", err)
	}
	t, err := newTimetable(s.Schedule.Cron, zone)
	if err != nil {
		return timetable{}, fmt.Errorf("schedule.cron: %w; five fields: minute hour day month weekday (0 is Sunday), for example 15 4 * * *", err)
	}
	return t, nil
}
