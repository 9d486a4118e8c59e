package reconcile

import (
	"cmp"
	"slices"
	"strings"
)

// What people wrote into workbooks comes back as Decisions. A decision is kept
// whatever happens, but it has no effect once the facts it was made on have
// changed: then it is asked for again (finding decision-stale).

// A note is what people wrote about one row or one customer.
type note struct {
	choice  Choice
	facts   string // Stamp of the row when the choice was made
	stale   bool   // marked so by an earlier run
	when    Date
	owner   string
	planned Date
	note    string

	offer, licences, accepted written
}

// written is what stands in a cell whose effect depends on the facts.
type written struct {
	text  string
	facts string // what it was written on; empty if it was written since the last run
	by    string
	when  Date
}

// notes finds what was written, by row key or customer key. Choices of offers
// are the matcher's.
type notes struct {
	rows, customers map[string]note
}

func (n notes) customer(key string) note { return n.customers[key] }

// ownerOf is who a person named for a customer.
func (n notes) ownerOf(c *party) string {
	if len(n.customers) == 0 {
		return ""
	}
	return n.customers[c.key()].owner
}

// nothingWritten stands for the rows into which nobody wrote; nobody changes it.
var nothingWritten note

// rowDecisions is how decisions bear on a row.
type rowDecisions struct {
	when      Date
	choice    Choice // in force; ChoiceNone where stale
	stale     bool
	confirmed bool // a person decided to move this row as it stands
	chosen    bool // or chose the offer, for this row or everywhere
}

// readNotes sorts decisions by what they are about. The later one wins; texts
// that were set aside (state kept) have no effect.
func readNotes(decisions []Decision) notes {
	n := notes{rows: map[string]note{}, customers: map[string]note{}}
	inOrder := slices.Clone(decisions)
	slices.SortStableFunc(inOrder, func(a, b Decision) int { return cmp.Compare(a.When, b.When) })
	for _, d := range inOrder {
		switch {
		case d.State == "kept":
		case d.Scope == "row":
			n.rows[d.Key] = n.rows[d.Key].with(d)
		case d.Scope == "customer":
			n.customers[d.Key] = n.customers[d.Key].with(d)
		}
	}
	return n
}

// with adds one decision. A cleared cell is a decision too.
func (n note) with(d Decision) note {
	switch d.Field {
	case "decision":
		n.choice, _ = ParseChoice(strings.TrimSpace(d.Value))
		n.facts, n.stale, n.when = d.Facts, d.State == "stale", dayOf(d.When)
	case "planned_date":
		n.planned, _ = ParseDate(strings.TrimSpace(d.Value))
	case "offer_wanted":
		n.offer = writtenIn(d)
	case "licences_wanted":
		n.licences = writtenIn(d)
	case "accepted_until":
		n.accepted = writtenIn(d)
	case "owner":
		n.owner = d.Value
	case "note":
		n.note = d.Value
	}
	return n
}

func writtenIn(d Decision) written {
	return written{text: strings.TrimSpace(d.Value), facts: d.Facts, by: d.By, when: dayOf(d.When)}
}

// dayOf is the day of a time stamp that begins with YYYY-MM-DD.
func dayOf(when string) Date {
	if len(when) < len("2006-01-02") {
		return 0
	}
	d, err := ParseDate(when[:len("2006-01-02")])
	if err != nil {
		return 0
	}
	return d
}

// Stamp is the facts a decision about the row is made on: licences, expiry,
// price and the SKU to buy. Who writes notes stores it as Decision.Facts; Build compares.
func (r *Row) Stamp() string {
	return "licences=" + countText(r.Sub.Licences) + "; expires=" + r.Sub.Expires.String() + "; price=" + priceText(r.Sub) + stampOffer + targetSKU(r)
}

// stampOffer begins the last fact of a stamp: what is to be bought.
const stampOffer = "; sku="

func targetSKU(r *Row) string {
	if r.Target == nil {
		return ""
	}
	if r.Target.SKUGUID == "" {
		return r.Target.ProductID
	}
	return r.Target.ID()
}

// applyDecisions brings notes to their rows.
func (p *planning) applyDecisions() {
	someWritten := len(p.notes.rows) > 0
	p.eachRow(func(i int) {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		c := &p.parties[d.party]
		n := &nothingWritten
		if someWritten { // most nights nobody has written anything into most rows
			if found, ok := p.notes.rows[r.Key]; ok {
				n = &found
			}
		}
		r.Decision, r.Planned = n.choice, n.planned
		if n.note != "" {
			r.tell().Note = n.note
		}
		r.Owner = cmp.Or(n.owner, p.notes.ownerOf(c), c.ownerOfRegister(), r.Sub.Owner, c.owner)
		if n.accepted.text != "" {
			d.own().accepted = &n.accepted
		}
		p.setRoute(r, d)
		p.applyWishes(r, d, n)
		d.decisions = decisionsOn(r, n)
		if d.decisions.stale {
			d.own().changed = append([][2]string{{n.facts, r.Stamp()}}, d.changed...)
		}
		stay(r, d.decisions.choice)
		d.decisions.chosen = d.decisions.confirmed || personChose(r)
	})
}

// decisionsOn tells whether the choice is still in force. A choice without
// facts was made since the last run, on the facts of today.
func decisionsOn(r *Row, n *note) rowDecisions {
	on := rowDecisions{choice: n.choice, when: n.when}
	if n.choice != ChoiceNone && (n.facts != "" && !n.choice.standsOn(n.facts, r.Stamp()) || n.facts == "" && n.stale) {
		on.choice, on.stale = ChoiceNone, true
	}
	on.confirmed = on.choice == ChoiceMove || on.choice == ChoiceEarly || on.choice == ChoiceDone
	return on
}

// standsOn tells whether a choice made on some facts is in force on those of
// today. One by which nothing is bought any more does not rest on the offer to
// buy, which may change on the day the old subscription ends.
func (c Choice) standsOn(was, now string) bool {
	if c == ChoiceDone || c == ChoiceNo || c == ChoiceLeaves {
		was, _, _ = strings.Cut(was, stampOffer)
		now, _, _ = strings.Cut(now, stampOffer)
	}
	return was == now
}

// personChose tells whether the target is a person's choice for this offer
// everywhere: on Unmatched, or in the list of aliases. It says nothing of the
// other questions that a row may raise.
func personChose(r *Row) bool {
	return r.Target != nil && (r.Match.Basis == "decision" || r.Match.Basis == "alias")
}
