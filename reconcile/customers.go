package reconcile

import (
	"cmp"
	"hash/maphash"
)

// listCustomers lists the parties that have rows, by their first expiry and
// folded name, and points the rows to them.
func (p *planning) listCustomers() {
	type listedParty struct {
		expires Date
		name    int32 // its rank
		n       int32
	}
	var listed []listedParty
	for n := range p.parties {
		if rows := p.rowsOf.Of(int32(n)); len(rows) > 0 {
			listed = append(listed, listedParty{p.plan.Rows[rows[0]].Sub.Expires, p.nameRanks[p.partyName[n]], int32(n)})
		}
	}
	sortSideBySide(listed, func(a, b listedParty) int {
		if c := cmp.Or(compareExpiry(a.expires, b.expires), cmp.Compare(a.name, b.name)); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(p.parties[a.n].key(), p.parties[b.n].key()), cmp.Compare(a.n, b.n))
	})
	if len(listed) > 0 {
		p.plan.Customers = make([]Customer, len(listed))
	}
	InParts(len(listed), func(from, to int) {
		for at := from; at < to; at++ {
			n := int(listed[at].n)
			rows := p.rowsOf.Of(int32(n))
			p.plan.Customers[at] = p.customer(n, rows)
			for _, i := range rows {
				p.plan.Rows[i].Customer = int32(at)
			}
		}
	})
}

// eachParty does something for each customer that asks nothing of other customers,
// side by side.
func (p *planning) eachParty(do func(n int32)) {
	oneByOne(len(p.parties), func(n int) { do(int32(n)) })
}

func (p *planning) customer(n int, rows []int32) Customer {
	c := &p.parties[n]
	key := c.key()
	note := p.notes.customer(key)
	return Customer{
		Key: key, Facts: c.facts, Region: c.region,
		Relationship: c.relationship, DelegatedAdmin: c.admin, Agreement: c.agreement, Language: c.language,
		Owner: cmp.Or(note.owner, c.owner), Note: note.note, Rows: rows,
	}
}

// listMatches lists each distinct offer once, by title. The same title may have
// been asked for several days and countries; answers that agree are one.
func (p *planning) listMatches() {
	type listed struct {
		*OfferMatch
		title string // folded
		at    int    // the order in which they come up
	}
	match := func(i int) *OfferMatch { return p.plan.Rows[i].Match }
	firsts, _ := numbered(firstEqual(len(p.plan.Rows), func(i int) uint64 { return maphash.Comparable(seed, match(i)) | 1 },
		func(i, k int) bool { return match(i) == match(k) }))
	all := make([]listed, len(firsts))
	for k, i := range firsts {
		m := match(int(i))
		all[k] = listed{m, p.fold.name(m.Query.Title), k}
	}
	sortSideBySide(all, func(a, b listed) int {
		if c := cmp.Compare(a.title, b.title); c != 0 {
			return c
		}
		return cmp.Or(compareQueries(&a.Query, &b.Query), cmp.Compare(a.at, b.at))
	})
	for _, m := range all {
		if n := len(p.plan.Matches); n == 0 || !sameAnswer(&p.plan.Matches[n-1], m.OfferMatch) {
			p.plan.Matches = append(p.plan.Matches, *m.OfferMatch)
		}
	}
}

func compareQueries(a, b *OfferQuery) int {
	return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.PartNumber, b.PartNumber), cmp.Compare(a.SKUGUID, b.SKUGUID),
		cmp.Compare(a.OfferID, b.OfferID), cmp.Compare(a.ProductID, b.ProductID), cmp.Compare(a.ProductSKU, b.ProductSKU),
		cmp.Compare(a.NcePsa, b.NcePsa), cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Country, b.Country), cmp.Compare(a.At, b.At))
}

// sameAnswer tells whether two matches are of one offer, asked for another
// day or country, with one result.
func sameAnswer(a, b *OfferMatch) bool {
	q := b.Query
	q.At, q.Country = a.Query.At, a.Query.Country
	if a.Query != q || a.Class != b.Class || a.Basis != b.Basis || (a.Target == nil) != (b.Target == nil) {
		return false
	}
	return a.Target == nil || a.Target.SKUGUID == b.Target.SKUGUID && a.Target.ProductID == b.Target.ProductID && a.Target.SKUID == b.Target.SKUID
}
