package report

import (
	"cspplan/reconcile"
)

const (
	urgentDays  = 30 // the first window, and what burns
	soonDays    = 90 // the second window; later rows may be folded
	doFirstDays = 45
	doFirstMax  = 10
)

// window is the index of the time to expiry: expired, ≤ 30, 31–90, > 90 days.
func window(daysLeft int32) int {
	switch {
	case daysLeft < 0:
		return 0
	case daysLeft <= urgentDays:
		return 1
	case daysLeft <= soonDays:
		return 2
	}
	return 3
}

func newWindows() Windows {
	var w Windows
	for s := range w.Rows {
		w.Rows[s].Status = reconcile.Status(s)
	}
	return w
}

// add counts a row in status × time to expiry, or beside it.
func (w *Windows) add(r *reconcile.Row) {
	if !active(r) {
		w.Done++
		w.DoneLicences += licences(r)
		return
	}
	if r.Accepted().InForce {
		w.Accepted++
	}
	w.Rows[r.Status].add(r)
	w.All.add(r)
	switch {
	case !r.Sub.Expires.Known():
		w.NoDate++
		w.NoDateLicences += licences(r)
	case !inHeadline(r) && window(r.DaysLeft) <= 1:
		w.Monthly++
	}
}

func (w *WindowRow) add(r *reconcile.Row) {
	w.Total++
	w.Licences += licences(r)
	if r.Sub.Expires.Known() {
		w.Subs[window(r.DaysLeft)]++
		w.Lics[window(r.DaysLeft)] += licences(r)
	}
}

// WindowNotes says what stands beside the table of status by time, and what in
// it the headline leaves out; nothing if there is nothing to say.
func (rep *Report) WindowNotes() []string {
	w := &rep.Windows
	var notes []string
	for _, note := range []struct {
		key string
		n   int
	}{{"start.done", w.Done}, {"start.no_date", w.NoDate}, {"start.monthly", w.Monthly}, {"start.accepted", w.Accepted}} {
		if note.n > 0 {
			notes = append(notes, rep.Text.Label(note.key, "n", rep.Text.Count(int64(note.n))))
		}
	}
	return notes
}

// urgency is what the headline counts. Monthly terms that renew are in the
// table and never here: they come back every month and nothing is lost.
type urgency struct {
	soon, cannot, decide, expired int
	next                          reconcile.Date // first expiry after the window
}

func inHeadline(r *reconcile.Row) bool {
	return active(r) && r.Sub.Expires.Known() && !r.Has("monthly-renewal")
}

// add counts a row; rows come in the order of the plan.
func (u *urgency) add(r *reconcile.Row) {
	if !inHeadline(r) {
		return
	}
	switch window(r.DaysLeft) {
	case 0:
		u.expired++
	case 1:
		u.soon++
		switch part := r.Status.Part(); {
		case part == reconcile.CannotMove:
			u.cannot++
		case part == reconcile.ToDecide && !r.Accepted().InForce:
			u.decide++
		}
	default:
		if !u.next.Known() {
			u.next = r.Sub.Expires
		}
	}
}

// headlineOf is the first sentence everybody reads of a plan of so many rows, and
// whether it burns.
func (t *Texts) headlineOf(rows int, u urgency) (sentence string, alarm bool) {
	days := t.Count(urgentDays)
	switch {
	case rows == 0:
		return t.Label("headline.none"), false
	case u.soon == 0 && u.expired == 0 && !u.next.Known():
		return t.Label("headline.calm_none", "days", days), false
	case u.soon == 0 && u.expired == 0:
		return t.Label("headline.calm", "days", days, "date", t.Day(u.next)), false
	}
	sentence = t.Label("headline.main", "days", days, "n", t.Count(int64(u.soon)),
		"bad", t.Count(int64(u.cannot)), "decide", t.Count(int64(u.decide)))
	if u.expired > 0 {
		sentence += " " + t.Label("headline.expired", "n", t.Count(int64(u.expired)))
	}
	return sentence, true
}

// doFirst lists the customers to call: earliest expiry first, one line each.
// Rows beyond the days do not count, so that a line speaks of what is near.
func (rep *Report) doFirst() DoFirst {
	limit := rep.AsOf + doFirstDays
	at := make([]int32, len(rep.Plan.Customers)) // 1 + the line of the customer; 0: none yet
	var lines []DoFirstLine
	total := 0
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if !inHeadline(r) || r.Sub.Expires > limit {
			continue
		}
		if at[r.Customer] == 0 {
			total++
			at[r.Customer] = int32(total)
			if total <= doFirstMax {
				lines = append(lines, DoFirstLine{
					Status: r.Status, FirstExpiry: r.Sub.Expires, DaysLeft: r.DaysLeft,
					Customer: rep.CustomerName(r), PlanRow: i, Table: "Plan", Row: i, Next: rep.Text.Next(r),
				})
			}
		}
		if n := int(at[r.Customer]) - 1; n < doFirstMax {
			lines[n].Status = min(lines[n].Status, r.Status)
			lines[n].Subscriptions++
			lines[n].Licences += licences(r)
		}
	}
	if total == 0 {
		return DoFirst{Note: rep.Text.Label("start.do_first_none", "days", rep.Text.Count(doFirstDays))}
	}
	note := rep.Text.Label("start.do_first_note", "n", rep.Text.Count(int64(len(lines))),
		"total", rep.Text.Count(int64(total)), "days", rep.Text.Count(doFirstDays))
	return DoFirst{Lines: lines, Note: note}
}
