package reconcile

import (
	"cmp"
	"slices"
)

// listCustomers lists the parties that have rows, by their first expiry and
// folded name, and points the rows to them.
func (p *planning) listCustomers() {
	rowsOf := make([][]int, len(p.parties))
	for i := range p.plan.Rows {
		n := p.plan.Rows[i].Customer
		rowsOf[n] = append(rowsOf[n], i)
	}
	var listed []int
	for n := range rowsOf {
		if len(rowsOf[n]) > 0 {
			listed = append(listed, n)
		}
	}
	first := func(n int) Date { return p.plan.Rows[rowsOf[n][0]].Sub.Expires }
	slices.SortFunc(listed, func(a, b int) int {
		x, y := &p.parties[a], &p.parties[b]
		return comparePlaced(placed{expires: first(a), name: p.fold.name(x.facts.Title()), key: x.key},
			placed{expires: first(b), name: p.fold.name(y.facts.Title()), key: y.key})
	})
	for at, n := range listed {
		p.plan.Customers = append(p.plan.Customers, p.customer(n, rowsOf[n]))
		for _, i := range rowsOf[n] {
			p.plan.Rows[i].Customer = int32(at)
		}
	}
}

func (p *planning) customer(n int, rows []int) Customer {
	c := &p.parties[n]
	note := p.notes.customer(c.key)
	return Customer{
		Key: c.key, Facts: c.facts, Region: c.region, Tenant: c.tenant,
		Relationship: c.relationship, DelegatedAdmin: c.admin, Agreement: c.agreement, Language: c.language,
		Owner: cmp.Or(note.owner, c.owner, c.firstOwner), Note: note.note, Rows: rows,
	}
}

// listMatches lists each distinct offer once, by title. The same title may have
// been asked for several days and countries; answers that agree are one.
func (p *planning) listMatches() {
	var all []*OfferMatch
	seen := make(map[*OfferMatch]bool)
	for i := range p.plan.Rows {
		if m := p.plan.Rows[i].Match; !seen[m] {
			seen[m] = true
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b *OfferMatch) int {
		return cmp.Or(cmp.Compare(p.fold.name(a.Query.Title), p.fold.name(b.Query.Title)), compareQueries(a.Query, b.Query))
	})
	for _, m := range all {
		if n := len(p.plan.Matches); n == 0 || !sameAnswer(&p.plan.Matches[n-1], m) {
			p.plan.Matches = append(p.plan.Matches, *m)
		}
	}
}

func compareQueries(a, b OfferQuery) int {
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
