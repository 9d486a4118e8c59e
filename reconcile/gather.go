package reconcile

import (
	"slices"
	"strings"
)

// Records stand as exports list them and rows by expiry, and all that is done with
// rows goes through them in their order, many times over. What is known of the next
// row should be near: to look for it elsewhere took a sixteenth of a run of 200,000
// rows, and more where processors find their way about a large memory slowly.

// arrangeFacts puts the facts of the drafts, which stand where their records were
// read, into the order of the drafts. They change places: for a second copy of them
// there is no room in a large plan.
func (p *planning) arrangeFacts() {
	places, is := make([]*Subscription, 0, len(p.drafts)), make([]int32, len(p.drafts))
	for i := range p.plan.Fates {
		if f := &p.plan.Fates[i]; f.Outcome == Planned {
			is[f.Row] = int32(len(places))
			places = append(places, p.drafts[f.Row].sub)
		}
	}
	arrange(is, func(i int32) *Subscription { return places[i] })
	for i := range p.drafts {
		p.drafts[i].sub = places[i]
	}
}

// gather puts texts and facts of customers one behind another in the order of the
// rows, and lets go what no record holds any more.
func (p *Plan) gather() {
	InParts(len(p.Rows), func(from, to int) {
		size := 0
		for i := from; i < to; i++ {
			size += len(p.Rows[i].Sub.SubscriptionID)
		}
		texts := newTextRoom(size)
		for i := from; i < to; i++ {
			s := p.Rows[i].Sub
			s.SubscriptionID = texts.keep(s.SubscriptionID)
		}
	})
	InParts(len(p.Customers), func(from, to int) {
		g := factsGathering{room: make([]CustomerFacts, to-from)} // few have several
		for n := from; n < to; n++ {
			g.customer(p, &p.Customers[n])
		}
	})
}

// factsGathering gathers the facts of one customer after the other, who stand in the
// order of their first rows. Rows of a customer share them before and after.
type factsGathering struct {
	texts textRoom
	room  []CustomerFacts

	were, are []*CustomerFacts // of the customer: where they were, and where they are now
}

func (g *factsGathering) customer(p *Plan, c *Customer) {
	g.were, g.are = g.were[:0], g.are[:0]
	c.Facts = g.gather(c.Facts)
	for _, i := range c.Rows {
		s := p.Rows[i].Sub
		s.Customer = g.gather(s.Customer)
	}
}

// factsAtOnce is for how many customers room is made at a time.
const factsAtOnce = 256

func (g *factsGathering) gather(facts *CustomerFacts) *CustomerFacts {
	if facts == nil {
		return nil
	}
	if at := slices.Index(g.were, facts); at >= 0 {
		return g.are[at]
	}
	if len(g.room) == 0 {
		g.room = make([]CustomerFacts, factsAtOnce)
	}
	near := &g.room[0]
	g.room = g.room[1:]
	*near = *facts
	near.Name, near.Domain, near.TenantID = g.texts.keep(facts.Name), g.texts.keep(facts.Domain), g.texts.keep(facts.TenantID)
	g.were, g.are = append(g.were, facts), append(g.are, near)
	return near
}

// A textRoom keeps texts one behind another.
type textRoom struct{ room strings.Builder }

// textsAtOnce is for how many bytes of texts room is made at a time.
const textsAtOnce = 16 << 10

// newTextRoom has room for texts of so many bytes in all.
func newTextRoom(size int) *textRoom {
	t := new(textRoom)
	t.room.Grow(size)
	return t
}

func (t *textRoom) keep(s string) string {
	if s == "" {
		return ""
	}
	if t.room.Cap()-t.room.Len() < len(s) {
		t.room.Reset() // what is kept there stays
		t.room.Grow(max(textsAtOnce, len(s)))
	}
	from := t.room.Len()
	t.room.WriteString(s)
	return t.room.String()[from:]
}
