package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"cspplan/reconcile"
)

const (
	// calendarEvents is how many open events one calendar holds, the soonest
	// ones: Google refuses files above 1 MB (Google Calendar Help, "Import
	// events to Google Calendar"), and an event takes at most a kilobyte.
	calendarEvents = 700
	// eventName is how much of a name an event shows, in characters.
	eventName = 100
	// closedEvents is how many closed events stand beside them, newest first.
	closedEvents = 300
	// closedDays is how long a closed event stays in the file, so that whoever
	// imports it but once a quarter still learns of it.
	closedDays = 90
)

// An EventState is whether there is still something to do.
type EventState uint8

const (
	EventOpen EventState = iota
	EventDone            // the subscription has moved
	EventGone            // it left the exports, is not to be moved, or somebody else looks after it
)

var eventWords = [...]string{"open", "done", "gone"}

// String is the word of calendar.csv.
func (s EventState) String() string { return eventWords[s] }

// ParseEventState reads the word of calendar.csv.
func ParseEventState(word string) (EventState, bool) {
	i := slices.Index(eventWords[:], word)
	return EventState(max(i, 0)), i >= 0
}

// A CalendarEvent is one subscription in the calendar of one owner: the day to
// act by and the sentence that says what to do.
type CalendarEvent struct {
	Key      string // of the row; with the owner it tells events apart
	Owner    string
	Day      reconcile.Date // act by; of a closed event the last one it had
	State    EventState
	Since    reconcile.Date // as-of date of the run that closed it; zero while open
	Customer string
	Offer    string

	Summary string
	Details string // lines; empty once closed
}

// A Calendar is what one owner has to do by when.
type Calendar struct {
	Owner  string
	Title  string
	Note   string          // says what was left out, or empty
	Events []CalendarEvent // open ones by day, then closed ones, newest first
}

// Calendars makes one calendar for each owner, in the order of their names.
// Opt.Calendar holds the events of the run before: one that is not open any
// more is closed, and stays for a while, because an import adds and updates
// events but removes none.
func (rep *Report) Calendars() []Calendar {
	open, closed := rep.openEvents(), rep.closedEvents()
	owners := make(map[string]bool, len(open))
	for owner := range open {
		owners[owner] = true
	}
	for owner := range closed {
		owners[owner] = true
	}
	var list []Calendar
	for _, owner := range slices.Sorted(maps.Keys(owners)) {
		list = append(list, rep.calendar(owner, open[owner], closed[owner]))
	}
	return list
}

func (rep *Report) calendar(owner string, rows []int32, closed []CalendarEvent) Calendar {
	t := rep.Text
	c := Calendar{Owner: owner, Title: t.Label("doc.title") + " – " + owner}
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(rep.Plan.Rows[a].ActBy, rep.Plan.Rows[b].ActBy) })
	if more := len(rows) - calendarEvents; more > 0 {
		rows = rows[:calendarEvents]
		c.Note = t.Label("calendar.more", "n", t.Count(calendarEvents), "more", t.Count(int64(more)))
	}
	for _, i := range rows {
		c.Events = append(c.Events, rep.event(owner, &rep.Plan.Rows[i]))
	}
	slices.SortStableFunc(closed, func(a, b CalendarEvent) int { return cmp.Compare(b.Since, a.Since) })
	c.Events = append(c.Events, closed[:min(len(closed), closedEvents)]...)
	return c
}

// ownerOf is who looks after a row.
func ownerOf(r *reconcile.Row) string { return first(r.Owner, Unassigned) }

// hasEvent tells rows that ask somebody for something by a day.
func hasEvent(r *reconcile.Row) bool {
	return active(r) && r.ActBy.Known() && r.Route != reconcile.RouteLetExpire
}

// openEvents are the rows to act on, by owner, in the order of the plan.
func (rep *Report) openEvents() map[string][]int32 {
	rows := make(map[string][]int32)
	for i := range rep.Plan.Rows {
		if r := &rep.Plan.Rows[i]; hasEvent(r) {
			rows[ownerOf(r)] = append(rows[ownerOf(r)], int32(i))
		}
	}
	return rows
}

func (rep *Report) event(owner string, r *reconcile.Row) CalendarEvent {
	t := rep.Text
	e := CalendarEvent{Key: r.Key, Owner: owner, Day: r.ActBy,
		Customer: Shorten(rep.CustomerName(r), eventName), Offer: Shorten(OfferName(r), eventName)}
	e.Summary = Mark(r.Status) + " " + e.Customer + ": " + t.Next(r)
	line := func(label, value string) string {
		if value == "" {
			return ""
		}
		return t.Named(t.Label(label), value)
	}
	lines := []string{
		t.Next(r),
		line("status", t.Status(r.Status)),
		line("col.current_offer", e.Offer), line("col.csp_offer", Shorten(TargetName(r), eventName)), line("col.licences", t.count(r.Sub.Licences)),
		line("col.expires", t.Day(r.Sub.Expires)), line("col.act_by", t.Day(r.ActBy)),
		t.Label("doc.as_at", "date", t.Day(rep.AsOf)) + " · " + r.Key,
	}
	if r.Relationship != reconcile.RelationshipAccepted {
		lines = slices.Insert(lines, len(lines)-1, line("fact.relationship_by", t.Day(r.RelationshipBy)))
	}
	e.Details = strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
	return e
}

// closedEvents are the events of the run before that are not open for their
// owner any more, and those that were closed not long before.
func (rep *Report) closedEvents() map[string][]CalendarEvent {
	rows := make(map[string]*reconcile.Row, len(rep.opt.Calendar))
	for _, e := range rep.opt.Calendar {
		rows[e.Key] = nil
	}
	for i := range rep.Plan.Rows {
		if _, asked := rows[rep.Plan.Rows[i].Key]; asked {
			rows[rep.Plan.Rows[i].Key] = &rep.Plan.Rows[i]
		}
	}
	closed := make(map[string][]CalendarEvent)
	for _, e := range rep.opt.Calendar {
		r := rows[e.Key]
		if r != nil && hasEvent(r) && ownerOf(r) == e.Owner {
			continue
		}
		if e.State == EventOpen {
			e.State, e.Since = EventGone, rep.AsOf
			if r != nil && !active(r) {
				e.State = EventDone
			}
		}
		if rep.AsOf-e.Since > closedDays {
			continue
		}
		e.Summary = rep.Text.Label("calendar."+e.State.String(), "customer", e.Customer, "offer", e.Offer)
		closed[e.Owner] = append(closed[e.Owner], e)
	}
	return closed
}
