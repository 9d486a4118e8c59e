package reconcile

import (
	"cmp"
	"slices"
)

// matchOffers identifies the offer of each draft; the matcher answers equal
// questions once. What turns out to be nothing to move leaves the plan here.
func (p *planning) matchOffers() {
	answers, answerOf := p.matcher.matchDistinct(p.titles, func(i int) OfferQuery { return p.query(p.drafts[i].sub, p.drafts[i].party) })
	p.answers, p.titles = answers, numberedTexts{}
	p.readClouds()
	InParts(len(p.drafts), func(from, to int) {
		for i := from; i < to; i++ {
			d := &p.drafts[i]
			d.answer = answerOf[i]
		}
	})
	if slices.ContainsFunc(answers, func(m *OfferMatch) bool { return m.OutOfScope != "" }) {
		p.dropOutOfScope()
	}
	p.attachMigrations()
	p.listOthers()
	p.matcher.forget()
}

// matchOf is the answer for the offer of a draft.
func (p *planning) matchOf(d *draft) *OfferMatch { return p.answers[d.answer] }

// dropOutOfScope drops what turned out to be nothing to move.
func (p *planning) dropOutOfScope() {
	p.drafts = slices.DeleteFunc(p.drafts, func(d draft) bool {
		why := p.matchOf(&d).OutOfScope
		if why == "" {
			return false
		}
		for n := range d.records() {
			p.plan.Fates[n] = Fate{Outcome: OutOfScope, Row: noRow, Other: noRecord, Why: causeOf(why)}
		}
		return true
	})
}

// query is what a subscription says about its offer. Titles mean what they
// meant when it was bought.
func (p *planning) query(s *Subscription, party int32) OfferQuery {
	c, at := &p.parties[party], p.in.AsOf
	if s.Start.Known() && s.Start < at {
		at = s.Start
	}
	return OfferQuery{
		Title: s.OfferTitle, PartNumber: s.PartNumber, SKUGUID: s.SKUGUID, OfferID: s.OfferID,
		ProductID: s.ProductID, ProductSKU: s.ProductSKU, NcePsa: s.RareFacts().NcePsa,
		Segment: s.Segment, Country: c.facts.Country, At: at,
	}
}

// orderRows sorts by expiry, folded customer name, offer and key, undated rows
// last, tells each record which row it led to, and makes the rows. Nobody asks
// for the records after that: what reports ask of them stands in the ledger.
func (p *planning) orderRows() {
	p.sortDrafts()
	p.ledger = p.plan.newLedger(p.in.Records)
	p.eachDraft(p.tellFates)
	p.plan.keepRecords(p.ledger, p.in.Records)
	p.in.Records, p.exported, p.ranked, p.partyOf = nil, nil, nil, nil
	if p.recordsAreOurs {
		p.arrangeFacts()
	}
	p.plan.Rows = make([]Row, len(p.drafts))
	InParts(len(p.drafts), func(from, to int) {
		var keys textRoom
		for i := from; i < to; i++ {
			p.startRow(&p.plan.Rows[i], &p.drafts[i], &keys)
		}
	})
	p.rowsOf = GroupRows(p.plan.Rows, len(p.parties))
}

// A placed row is what its place in the plan is decided by.
type placed struct {
	expires          Date
	name, offer, key string // name of the customer and title of the offer, folded
}

// A sortKey is the same in numbers: a draft is fifteen times as large, and to
// compare names took half of the time.
type sortKey struct {
	expires     Date
	name, offer int32 // ranks of the folded names
	draft       int32
}

// sortDrafts puts the drafts into the order of the plan.
func (p *planning) sortDrafts() {
	p.nameRanks = p.names.ranks()
	offerRanks := p.offers.ranks()
	p.names, p.offers = numberedTexts{}, numberedTexts{}
	keys := make([]sortKey, len(p.drafts))
	for i := range p.drafts {
		d := &p.drafts[i]
		keys[i] = sortKey{d.sub.Expires, p.nameRanks[d.name], offerRanks[d.offer], int32(i)}
	}
	sortSideBySide(keys, func(a, b sortKey) int {
		if c := cmp.Or(compareExpiry(a.expires, b.expires), cmp.Compare(a.name, b.name), cmp.Compare(a.offer, b.offer)); c != 0 {
			return c
		}
		return cmp.Compare(p.drafts[a.draft].key, p.drafts[b.draft].key)
	})
	order := make([]int32, len(keys))
	for at := range keys {
		order[at] = keys[at].draft
	}
	arrange(order, func(i int32) *draft { return &p.drafts[i] })
}

// arrange puts what stands at order[i] of a list at i. It needs no second list; order
// is used up.
func arrange[T any](order []int32, at func(i int32) *T) {
	for i := range order {
		if order[i] < 0 {
			continue
		}
		first, to := *at(int32(i)), int32(i)
		for order[to] != int32(i) {
			next := order[to]
			*at(to) = *at(next)
			order[to] = -1
			to = next
		}
		*at(to) = first
		order[to] = -1
	}
}

func comparePlaced(a, b *placed) int {
	return cmp.Or(compareExpiry(a.expires, b.expires),
		cmp.Compare(a.name, b.name), cmp.Compare(a.offer, b.offer), cmp.Compare(a.key, b.key))
}

// compareExpiry sorts days, the unknown one last.
func compareExpiry(a, b Date) int {
	switch {
	case a.Known() && b.Known():
		return cmp.Compare(a, b)
	case a.Known():
		return -1
	case b.Known():
		return 1
	}
	return 0
}

// tellFates tells the records of a draft which row they led to.
func (p *planning) tellFates(row int) {
	d := &p.drafts[row]
	p.plan.Fates[d.record] = Fate{Outcome: Planned, Row: int32(row), Other: noRecord}
	for _, n := range d.merged {
		fate := Fate{Outcome: Merged, Row: int32(row), Why: CauseSameID, Other: d.record}
		if p.in.Records[n].Problem != nil {
			fate.Why = CauseCorrected
		}
		p.plan.Fates[n] = fate
	}
}

// startRow takes over what merging and matching found.
func (p *planning) startRow(r *Row, d *draft, keys *textRoom) {
	c := &p.parties[d.party]
	match := p.matchOf(d)
	r.Key, r.Sub, r.Match, r.Target = keys.keep(keyText(d.key)), d.facts(c), match, match.Target
	r.From = p.ledger[d.record].At
	if len(d.merged) > 0 {
		t := r.tell()
		for n := range d.records() {
			t.Sources = append(t.Sources, p.plan.Source(p.ledger[n].At))
		}
		t.Origins = d.origins
	}
	if d.migration != nil {
		r.tell().Migration = *d.migration
	}
	r.Customer = d.party // until listCustomers numbers those with rows
	r.SameRegion = c.same
	r.Relationship, r.DelegatedAdmin = c.relationship, c.admin
	d.cloud = p.cloudOf(r, d)
	d.barrier = p.barrier(r, d)
}

// facts are those of the draft with what is known of its customer and channel
// besides. A record that says it all itself is not copied: most of a plan's
// memory is these facts, and there are as many records as rows.
func (d *draft) facts(c *party) *Subscription {
	f, known := d.sub.Customer, c.facts
	if (f.TenantID != "" || known.TenantID == "") && (f.Domain != "" || known.Domain == "") && (f.Name != "" || known.Name == "") &&
		(f.Country != "" || known.Country == "") && (d.sub.Channel != ChannelUnknown || ChannelOf(d.sub.Programme) == ChannelUnknown) {
		return d.sub
	}
	s := *d.sub
	s.Customer = d.sub.Customer.with(c.facts)
	if s.Channel == ChannelUnknown {
		s.Channel = ChannelOf(s.Programme)
	}
	return &s
}
