package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// owned is the mixed plan with owners: Anna, Zoe and nobody by turns.
func owned(t *testing.T, change func(*reconcile.Plan, *Options)) *Report {
	t.Helper()
	p, opt := samplePlan(mixed()...)
	opt.Text = texts(t, "en")
	for i := range p.Rows {
		p.Rows[i].Owner = []string{"Anna", "Zoe", ""}[i%3]
	}
	change(p, &opt)
	return Compute(p, opt)
}

// shownEvents lists owner, row, day and state of all events.
func shownEvents(rep *Report) []string {
	var shown []string
	for _, c := range rep.Calendars() {
		for _, e := range c.Events {
			shown = append(shown, fmt.Sprintf("%s %s %s %s", c.Owner, strings.TrimLeft(e.Key, "0"), e.Day, e.State))
		}
	}
	return shown
}

func TestCalendars(t *testing.T) {
	rep := owned(t, func(*reconcile.Plan, *Options) {})
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		want := active(r) && r.ActBy.Known()
		var summary string
		for _, c := range rep.Calendars() {
			for _, e := range c.Events {
				if e.Key == r.Key {
					summary = e.Summary
					if c.Owner != ownerOf(r) || e.Day != r.ActBy || !strings.Contains(e.Details, rep.Text.Next(r)) {
						t.Errorf("%s: event of %s on %s: %s; want %s on %s with the sentence of Do next", r.Key, c.Owner, e.Day, e.Details, ownerOf(r), r.ActBy)
					}
				}
			}
		}
		if got := strings.Contains(summary, rep.CustomerName(r)) && strings.Contains(summary, rep.Text.Next(r)); got != want {
			t.Errorf("%s, %s: summary %q; wanted an event: %v", r.Key, r.Status, summary, want)
		}
	}
}

// What is done, gone or taken over is closed for whoever had it, and says so for
// a while; what comes back is open again.
func TestCalendarsCloseEvents(t *testing.T) {
	before := func(key string, owner string, state EventState, since reconcile.Date) CalendarEvent {
		return CalendarEvent{Key: fmt.Sprintf("%016s", key), Owner: owner, Day: asOf + 3, State: state, Since: since, Customer: "Caffè", Offer: "Office 365 E3"}
	}
	rep := owned(t, func(p *reconcile.Plan, opt *Options) {
		p.Rows = p.Rows[:1]
		p.Rows[0].Key, p.Rows[0].Owner = fmt.Sprintf("%016s", "a1"), "Anna"
		p.Rows[0].ActBy = asOf
		done := p.Rows[0]
		done.Key, done.Status = fmt.Sprintf("%016s", "d1"), reconcile.Done
		p.Rows = append(p.Rows, done)
		p.Fates, opt.Ledger = nil, nil
		for i := range p.Customers {
			p.Customers[i].Rows = nil
		}
		opt.Calendar = []CalendarEvent{
			before("a1", "Zoe", EventOpen, 0),        // taken over by Anna
			before("a1", "Anna", EventGone, asOf-5),  // back again
			before("b2", "Anna", EventOpen, 0),       // vanished
			before("c3", "Anna", EventGone, asOf-90), // still told
			before("c4", "Anna", EventGone, asOf-91), // long told
			before("d1", "Anna", EventOpen, 0),       // moved
			before("e5", "Anna", EventDone, asOf-closedDays+1),
		}
	})
	want := []string{
		"Anna a1 2026-11-23 open", "Anna b2 2026-11-26 gone", "Anna d1 2026-11-26 done",
		"Anna e5 2026-11-26 done", "Anna c3 2026-11-26 gone", "Zoe a1 2026-11-26 gone",
	}
	if got := shownEvents(rep); !slices.Equal(got, want) {
		t.Errorf("events:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := rep.Calendars()[0].Events[2].Summary; got != "Done: Caffè, Office 365 E3" {
		t.Errorf("summary %q", got)
	}
}

// A calendar that no program would import helps nobody: the soonest stand in
// it, and it says how many do not.
func TestCalendarsAreBounded(t *testing.T) {
	subs := make([]subscription, calendarEvents+5)
	for i := range subs {
		subs[i] = subscription{customer: fmt.Sprint("Customer ", i), offer: "Office 365 E3", days: 400 - i%300, licences: 1, status: reconcile.Ready}
	}
	c := compute(t, "en", subs...).Calendars()
	if len(c) != 1 || len(c[0].Events) != calendarEvents || c[0].Note != "The 700 soonest; 5 later ones stand in the plan." {
		t.Fatalf("%d calendars, %d events, note %q", len(c), len(c[0].Events), c[0].Note)
	}
	if last := c[0].Events[calendarEvents-1].Day; last < c[0].Events[0].Day {
		t.Error("events are not in order of their day")
	}
}
