package report

import (
	"cmp"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// A letterWriter writes to one customer about the subscriptions that move, in
// order of expiry.
type letterWriter struct {
	rep      *Report
	text     *Texts
	customer *reconcile.Customer
	rows     []*reconcile.Row
}

func (w *letterWriter) letter() Letter {
	rep, t, c := w.rep, w.text, w.customer
	l := Letter{
		Text: t, Key: c.Key, Customer: first(c.Facts.Name, c.Facts.Domain), TenantID: c.Facts.TenantID, Domain: c.Facts.Domain, Owner: c.Owner,
		Sender: rep.Partner, Address: oneLine(rep.Plan.Partner.Address),
		Reference: t.Label("letter.ref", "ref", rep.RunID+"-"+c.Key[:min(8, len(c.Key))]),
		Day:       t.LetterDay(rep.AsOf), Intro: w.intro(), Steps: w.steps(),
	}
	var ends string
	ends, l.EndDays = w.endSentence()
	for _, ask := range []string{w.acceptSentence(), ends, w.creditSentence()} {
		if ask != "" {
			l.Asks = append(l.Asks, ask)
		}
	}
	l.Pages = w.pages(ends != "")
	for _, r := range w.rows {
		l.Subs = append(l.Subs, w.line(r))
	}
	if who := w.whom(); who != "" {
		l.Contact = t.Label("letter.contact", "who", who)
	}
	return l
}

// whom is whom to ask: the account manager, and the contact of the settings.
func (w *letterWriter) whom() string {
	owner, contact := strings.TrimSpace(w.customer.Owner), oneLine(w.rep.Plan.Partner.Contact)
	who := []string{owner, contact}
	if owner == "" || strings.Contains(strings.ToLower(contact), strings.ToLower(owner)) {
		who = who[1:]
	}
	return strings.Trim(strings.Join(who, "; "), "; .")
}

// oneLine joins the lines of an address as the settings may write it.
func oneLine(s string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(s, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" }), " · ")
}

// transfers tells whether the subscription itself changes hands or is converted:
// there is no old one beside it.
func transfers(r *reconcile.Row) bool {
	return r.Route == reconcile.RouteBAM || r.Route == reconcile.RouteChannelTransfer || r.Route == reconcile.RoutePartnerTransfer
}

func all(rows []*reconcile.Row, is func(*reconcile.Row) bool) bool {
	return !slices.ContainsFunc(rows, func(r *reconcile.Row) bool { return !is(r) })
}

// intro is when it ends, what happens instead, and what changes for users.
func (w *letterWriter) intro() string {
	t := w.text
	key := "letter.ends_first"
	if len(w.rows) == 1 {
		key = "letter.ends_one"
	}
	parts := []string{t.Label(key, "date", t.LetterDay(w.rows[0].Sub.Expires))}
	switch {
	case w.acceptSentence() != "":
		parts = append(parts, t.Label("letter.go_on_accept"))
	case all(w.rows, transfers):
		parts = append(parts, t.Label("letter.go_on_transfer"))
	default:
		parts = append(parts, t.Label("letter.go_on_provide"))
	}
	return strings.Join(append(parts, w.changes()...), " ")
}

// changes is what users notice. That nothing changes is said only if no row
// gives a reason to doubt it.
func (w *letterWriter) changes() []string {
	t := w.text
	sameOffer := all(w.rows, func(r *reconcile.Row) bool { return r.Reassign == reconcile.No && len(r.PlansLost()) == 0 })
	sameNumber := all(w.rows, func(r *reconcile.Row) bool { return r.Needed() == r.Sub.Licences })
	if sameOffer && sameNumber {
		return []string{t.Label("letter.no_change")}
	}
	var parts []string
	if !all(w.rows, func(r *reconcile.Row) bool { return r.Reassign == reconcile.No }) {
		parts = append(parts, t.Label("letter.reassign"))
	}
	if !all(w.rows, func(r *reconcile.Row) bool { return len(r.PlansLost()) == 0 }) {
		parts = append(parts, t.Label("letter.lost"))
	}
	if !sameNumber {
		parts = append(parts, t.Label("letter.number"))
	}
	return parts
}

// acceptBy is the earliest day by which the relationship is needed; none if it
// is there.
func (w *letterWriter) acceptBy() reconcile.Date {
	var by reconcile.Date
	for _, r := range w.rows {
		if r.Relationship != reconcile.RelationshipAccepted && r.RelationshipBy.Known() && (!by.Known() || r.RelationshipBy < by) {
			by = r.RelationshipBy
		}
	}
	if by.Known() {
		by = max(by, w.rep.AsOf)
	}
	return by
}

func (w *letterWriter) acceptSentence() string {
	if by := w.acceptBy(); by.Known() {
		return w.text.Label("letter.accept", "date", w.text.LetterDay(by))
	}
	return ""
}

// endBy is the day by which the end of the old subscription is to be set, and
// none where nothing is to be set: it ends by itself, or is transferred. It is
// never before the day on which the new one starts (rules.md §4).
func endBy(r *reconcile.Row) reconcile.Date {
	if !r.StopRenewalBy.Known() {
		return 0
	}
	return max(r.StopRenewalBy, r.CSPStart)
}

// endSentence says how and by when the old subscriptions are ended once the new
// ones are active. If not all of them have the same day, the lines name it.
func (w *letterWriter) endSentence() (sentence string, days bool) {
	t := w.text
	var by []reconcile.Date
	off, cancel := false, false
	for _, r := range w.rows {
		day := endBy(r)
		by = append(by, day)
		off = off || day.Known() && r.RenewalOffEnds
		cancel = cancel || day.Known() && !r.RenewalOffEnds
	}
	if !off && !cancel {
		return "", false
	}
	earliest := slices.Min(slices.DeleteFunc(slices.Clone(by), func(d reconcile.Date) bool { return !d.Known() }))
	key := "letter.end_either"
	switch {
	case !off:
		key = "letter.end_of_term"
	case !cancel:
		key = "letter.end_renewal"
	}
	sentence = t.Label(key, "date", t.LetterDay(earliest))
	if days = slices.Min(by) != slices.Max(by); days {
		sentence += " " + t.Label("letter.end_days")
	}
	return sentence, days
}

// creditBy is who asks for a credit, if one is possible at all.
func (w *letterWriter) creditBy() reconcile.CreditAskedBy {
	by := reconcile.CreditNone
	for _, r := range w.rows {
		if r.CreditAskedBy != reconcile.CreditNone && by != reconcile.CreditByCustomer {
			by = r.CreditAskedBy
		}
	}
	return by
}

func (w *letterWriter) creditSentence() string {
	switch w.creditBy() {
	case reconcile.CreditByPartner:
		return w.text.Label("letter.credit_we")
	case reconcile.CreditByCustomer:
		return w.text.Label("letter.credit_you")
	}
	return ""
}

// pages are Microsoft's pages on what the letter asks.
func (w *letterWriter) pages(ending bool) []string {
	var pages []string
	add := func(title, link string) {
		pages = append(pages, w.text.Label("letter.page", "title", w.text.Label(title), "link", link))
	}
	if ending {
		add("about.page_cancel", cancelPage)
	}
	if w.creditBy() == reconcile.CreditByCustomer {
		add("about.page_privileges", privilegesPage)
	}
	return pages
}

func (w *letterWriter) line(r *reconcile.Row) LetterLine {
	t := w.text
	l := LetterLine{
		Ends: t.Day(r.Sub.Expires), Offer: OfferName(r), CSPOffer: TargetName(r),
		Licences: t.count(r.Sub.Licences), Active: t.Day(r.CSPStart), EndBy: t.Day(endBy(r)),
	}
	if r.Route == reconcile.RoutePartnerTransfer || strings.EqualFold(l.CSPOffer, l.Offer) {
		l.CSPOffer = t.Label("letter.same")
	}
	if r.Needed() != r.Sub.Licences {
		l.Licences += " → " + t.count(r.Needed())
	}
	if r.Progress >= reconcile.ProgressProvisioned {
		l.Active = t.Label("letter.active_now")
	}
	return l
}

// steps are the days of the first subscription; what falls on one day stands
// together.
func (w *letterWriter) steps() []LetterStep {
	r := w.rows[0]
	type step struct {
		day  reconcile.Date
		what string
	}
	steps := []step{{w.rep.AsOf, "letter.step_letter"}}
	if r.Relationship != reconcile.RelationshipAccepted {
		steps = append(steps, step{max(r.RelationshipBy, w.rep.AsOf), "letter.step_accepted"})
	}
	switch {
	case r.Route == reconcile.RouteBAM || r.Route == reconcile.RoutePartnerTransfer:
		steps = append(steps, step{r.CSPStart, "letter.step_moved"})
	default:
		steps = append(steps, step{r.CSPStart, "letter.step_active"},
			step{r.Sub.Expires, "letter.step_ends"}, step{r.Sub.Expires + 1, "letter.step_after"})
	}
	steps = slices.DeleteFunc(steps, func(s step) bool { return s.day < w.rep.AsOf })
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.day, b.day) })
	t := w.text
	var shown []LetterStep
	for i, s := range steps {
		if i > 0 && s.day == steps[i-1].day {
			shown[len(shown)-1].What += ", " + t.Label(s.what)
		} else {
			shown = append(shown, LetterStep{Day: t.Day(s.day), What: t.Label(s.what)})
		}
		last := &shown[len(shown)-1]
		last.Ends = last.Ends || s.what == "letter.step_ends"
		if s.what == "letter.step_after" {
			last.Day = t.Label("letter.from", "date", t.Day(s.day))
		}
	}
	return shown
}
