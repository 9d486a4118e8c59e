package reconcile

import (
	"cmp"
	"slices"
	"strconv"
)

// A draft is a subscription on its way to a row: what its records say together.
type draft struct {
	sub       *Subscription // of the record itself where there is only one
	records   []int32       // the planned one first, then the others by rank
	party     int32
	key       string
	id        string // folded subscription id
	name      string // folded, for the order
	offer     string
	conflicts []conflict
	match     *OfferMatch

	decisions   rowDecisions
	unexplained int  // licences in CSP that may be this row's, but nothing shows it
	moved       Date // when the CSP side started, where it is seen
	migrated    int  // licences that the CSP side says came from this subscription
}

// A conflict is a value on which two records of one subscription disagree.
type conflict struct {
	field       string
	kept, other string
	from, to    Source // of kept and other
}

// mergeSubscriptions joins the records of each subscription. The newest export
// wins, field by field; what it leaves empty comes from the next; and what
// others say differently is remembered. The planned record is the one that gave
// the licences, so that licences are counted once, where they were read.
func (p *planning) mergeSubscriptions() {
	groups := p.groupRecords(RoleSubscription)
	p.drafts = make([]draft, 0, len(groups))
	for _, members := range groups {
		p.drafts = append(p.drafts, p.draftOf(members))
	}
	p.nameRows()
	p.findBothSides()
}

// groupRecords lists the ranked records of a role by subscription id, each
// group by rank. A record without an id is a group of its own.
func (p *planning) groupRecords(role Role) [][]int32 {
	number := make(map[string]int32)
	var groupOf, counts []int32
	var members []int32
	for _, i := range p.ranked {
		rec := &p.in.Records[i]
		if rec.Role != role {
			continue
		}
		id := foldID(rec.Sub.SubscriptionID)
		n, known := number[id]
		if id == "" || !known {
			n = int32(len(counts))
			counts = append(counts, 0)
		}
		if id != "" {
			number[id] = n
		}
		counts[n]++
		groupOf = append(groupOf, n)
		members = append(members, i)
	}
	return split(members, groupOf, counts)
}

// split deals members out into groups of the given sizes, keeping their order.
func split(members, groupOf, counts []int32) [][]int32 {
	groups := make([][]int32, len(counts))
	room := make([]int32, len(members))
	for n, size := range counts {
		groups[n], room = room[:0:size], room[size:]
	}
	for k, i := range members {
		groups[groupOf[k]] = append(groups[groupOf[k]], i)
	}
	return groups
}

// draftOf merges the records of one subscription.
func (p *planning) draftOf(members []int32) draft {
	d := draft{sub: p.in.Records[members[0]].Sub, records: members, party: p.partyOf[members[0]]}
	if len(members) == 1 {
		return d
	}
	for _, i := range members {
		if n := p.partyOf[i]; p.parties[n].strength < p.parties[d.party].strength {
			d.party = n
		}
	}
	d.sub = p.mergeFields(members)
	d.conflicts = p.findConflicts(members)
	giver := slices.IndexFunc(members, func(i int32) bool { return p.in.Records[i].Sub.Licences.Known })
	if giver > 0 {
		planned := members[giver]
		copy(members[1:giver+1], members[:giver])
		members[0] = planned
	}
	return d
}

// nameRows gives each draft its offer and its key (rules.md §1). Without an id
// the key counts the customer's rows of one offer; the expiry is not part of it,
// so that notes survive a renewal.
func (p *planning) nameRows() {
	var nameless []int32
	for i := range p.drafts {
		d := &p.drafts[i]
		d.offer = p.fold.name(d.sub.OfferTitle)
		d.name = p.fold.name(cmp.Or(d.sub.Customer.Name, p.parties[d.party].facts.Name))
		if d.id = foldID(d.sub.SubscriptionID); d.id != "" {
			d.key = keyOf("sub", d.id)
		} else {
			nameless = append(nameless, int32(i))
		}
	}
	identity := make(map[int32]string, len(nameless))
	for _, i := range nameless {
		identity[i] = p.offerIdentity(p.drafts[i].sub)
	}
	slices.SortFunc(nameless, func(a, b int32) int { return p.compareNameless(a, b, identity) })
	n := 0
	for k, i := range nameless {
		d := &p.drafts[i]
		if k > 0 && p.drafts[nameless[k-1]].party == d.party && identity[nameless[k-1]] == identity[i] {
			n++
			p.suspectRepeat(&p.drafts[nameless[k-1]], d)
		} else {
			n = 1
		}
		d.key = keyOf("row", p.parties[d.party].identity, identity[i], strconv.Itoa(n))
	}
}

func (p *planning) compareNameless(a, b int32, identity map[int32]string) int {
	x, y := &p.drafts[a], &p.drafts[b]
	return cmp.Or(
		cmp.Compare(p.parties[x.party].identity, p.parties[y.party].identity),
		cmp.Compare(x.party, y.party),
		cmp.Compare(identity[a], identity[b]),
		cmp.Compare(x.sub.Expires, y.sub.Expires),
		cmp.Compare(x.sub.Licences.N, y.sub.Licences.N),
		comparePlaces(p.in.Records[x.records[0]].Source, p.in.Records[y.records[0]].Source),
	)
}

// suspectRepeat marks two rows without an id that may be one subscription in
// exports of different days. Which of them is right nobody can tell from the
// files, so both stay and a person decides.
func (p *planning) suspectRepeat(a, b *draft) {
	i, j := a.records[0], b.records[0]
	older, newer := p.exported[i], p.exported[j]
	if !older.Known() || !newer.Known() || older == newer {
		return
	}
	first, second := p.in.Records[i].Source, p.in.Records[j].Source
	a.conflicts = append(a.conflicts, conflict{"exported", older.String(), newer.String(), first, second})
	b.conflicts = append(b.conflicts, conflict{"exported", newer.String(), older.String(), second, first})
}

// offerIdentity is the strongest name that a row gives its offer.
func (p *planning) offerIdentity(s *Subscription) string {
	switch {
	case s.SKUGUID != "":
		return foldID(s.SKUGUID)
	case s.OfferID != "":
		return foldID(s.OfferID)
	case s.ProductID != "":
		return foldID(s.ProductID + "/" + PadSKUID(s.ProductSKU))
	case s.PartNumber != "":
		return foldID(s.PartNumber)
	}
	return p.fold.name(s.OfferTitle)
}

// findBothSides marks subscriptions that one export wants moved and another
// shows in CSP already.
func (p *planning) findBothSides() {
	inCSP := make(map[string]Source)
	for _, i := range p.ranked {
		rec := &p.in.Records[i]
		if rec.Role != RoleInCSP || rec.Sub.SubscriptionID == "" {
			continue
		}
		if id := foldID(rec.Sub.SubscriptionID); inCSP[id] == (Source{}) {
			inCSP[id] = rec.Source
		}
	}
	if len(inCSP) == 0 {
		return
	}
	for i := range p.drafts {
		d := &p.drafts[i]
		if other, both := inCSP[d.id]; both {
			here := p.in.Records[d.records[0]].Source
			d.conflicts = append(d.conflicts, conflict{"side", "legacy", "csp", here, other})
		}
	}
}
