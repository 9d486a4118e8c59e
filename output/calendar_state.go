package output

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gocarina/gocsv"

	"cspplan/reconcile"
	"cspplan/report"
)

// calendarState is the file that tells the next run which events stand in
// people's calendars.
const calendarState = "calendar.csv"

// calendarLine is a line of calendar.csv.
type calendarLine struct {
	Key      string `csv:"key"`
	Owner    string `csv:"owner"`
	Day      string `csv:"day"`
	State    string `csv:"state"`
	Since    string `csv:"since"`
	Customer string `csv:"customer"`
	Offer    string `csv:"offer"`
}

func writeCalendarState(w io.Writer, calendars []report.Calendar) error {
	c := newCSV(w)
	if err := c.Write([]string{"key", "owner", "day", "state", "since", "customer", "offer"}); err != nil {
		return err
	}
	for i := range calendars {
		for _, e := range calendars[i].Events {
			line := []string{e.Key, Neutral(e.Owner), e.Day.String(), e.State.String(), e.Since.String(), Neutral(e.Customer), Neutral(e.Offer)}
			if err := c.Write(line); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

// ReadCalendar reads the events that an earlier run put into calendars. A run
// that wrote none has none.
func ReadCalendar(dir, id string) ([]report.CalendarEvent, error) {
	f, err := os.Open(filepath.Join(dir, id, calendarState))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	reader, err := gocsv.NewUnmarshaller(csv.NewReader(f), calendarLine{})
	if err != nil {
		return nil, fmt.Errorf("run %s: %s: %w", id, calendarState, err)
	}
	var events []report.CalendarEvent
	for {
		line, err := reader.Read()
		if err == io.EOF {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("run %s: %s: %w", id, calendarState, err)
		}
		e, err := line.(calendarLine).event()
		if err != nil {
			return nil, fmt.Errorf("run %s: %s: %w", id, calendarState, err)
		}
		events = append(events, e)
	}
}

func (l calendarLine) event() (report.CalendarEvent, error) {
	e := report.CalendarEvent{Key: l.Key, Owner: Raw(l.Owner), Customer: Raw(l.Customer), Offer: Raw(l.Offer)}
	var known bool
	if e.State, known = report.ParseEventState(l.State); !known {
		return e, fmt.Errorf("%q is not open, done or gone", l.State)
	}
	var err error
	if e.Day, err = reconcile.ParseDate(l.Day); err != nil {
		return e, err
	}
	if e.Since, err = reconcile.ParseDate(l.Since); err != nil {
		return e, err
	}
	if !e.Day.Known() || e.State != report.EventOpen && !e.Since.Known() {
		return e, fmt.Errorf("%s has no day", l.Key)
	}
	return e, nil
}
