package reconcile

import (
	"iter"
	"slices"
)

// A draft is a subscription on its way to a row: what its records say together.
// There are as many as rows, all of them until the last is judged.
type draft struct {
	sub *Subscription // of the record itself where there is only one
	*seldom
	key uint64 // see keyText

	record      int32 // the planned one; the others are seldom
	answer      int32 // index into planning.answers, see matchOf
	party       int32
	name, offer int32 // numbers of folded names, see planning.names and offers

	decisions rowDecisions
	cloud     Cloud   // that its domain or offer names
	barrier   barrier // what keeps it from coming to the partner at all
}

// seldom is what few drafts have. It is read as if each had its own, and written
// through own.
type seldom struct {
	merged    []int32 // its other records, by rank
	conflicts []conflict
	origins   []Origin
	changed   [][2]string // facts of cells that have no effect any more, what they were and what they are: first of the decision if stale

	ended     *Target          // what the row would buy if its customer were shown to hold it, see replaceEnded
	another   *cspSubscription // CSP holds it in place of what was planned
	accepted  *written         // until when a person accepts the findings; nil: nobody does
	migration *Migration       // what the batch tool says became of it; nil: nothing
	from      *Source          // where that stands

	unexplained int32 // licences in CSP that may be this row's, but nothing shows it
	migrated    int32 // licences that the CSP side says came from this subscription
	moved       Date  // when the CSP side started, where it is seen
	impossible  bool  // what a person wrote into the row cannot be carried out
}

// nothingSeldom is that of the drafts without; nobody writes to it.
var nothingSeldom seldom

// own is what few drafts have, for writing.
func (d *draft) own() *seldom {
	if d.seldom == &nothingSeldom {
		d.seldom = new(seldom)
	}
	return d.seldom
}

// id is the folded subscription id; empty if it has none.
func (d *draft) id() string { return foldID(d.sub.SubscriptionID) }

// records are the planned one, then the others by rank.
func (d *draft) records() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if !yield(d.record) {
			return
		}
		for _, n := range d.merged {
			if !yield(n) {
				return
			}
		}
	}
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
	p.drafts = make([]draft, len(groups))
	InParts(len(groups), func(from, to int) {
		for n := from; n < to; n++ {
			p.drafts[n] = p.draftOf(groups[n])
		}
	})
	p.addCorrected()
	p.nameRows()
	p.findBothSides()
}

// groupRecords lists the ranked records of a role by subscription id, each
// group by rank. A record without an id is a group of its own.
func (p *planning) groupRecords(role Role) [][]int32 {
	var members []int32
	for _, i := range p.ranked {
		if p.in.Records[i].Role == role {
			members = append(members, i)
		}
	}
	id := func(k int) string { return foldID(p.in.Records[members[k]].Sub.SubscriptionID) }
	firsts, groupOf := numbered(firstEqual(len(members), func(k int) uint64 {
		if id := id(k); id != "" {
			return hashOfText(id)
		}
		return alone
	}, func(i, k int) bool { return id(i) == id(k) }))
	counts := make([]int32, len(firsts))
	for _, n := range groupOf {
		counts[n]++
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
	d := draft{sub: p.in.Records[members[0]].Sub, seldom: &nothingSeldom, record: members[0], party: p.partyOf[members[0]]}
	if len(members) == 1 {
		return d
	}
	for _, i := range members {
		if n := p.partyOf[i]; p.parties[n].strength < p.parties[d.party].strength {
			d.party = n
		}
	}
	d.sub = p.mergeFields(members)
	own := d.own()
	own.conflicts = p.findConflicts(members)
	own.origins = p.origins(members)
	giver := max(0, slices.IndexFunc(members, func(i int32) bool { return p.in.Records[i].Sub.Licences.Known }))
	d.record = members[giver]
	own.merged = slices.Delete(members, giver, giver+1)
	return d
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
		if other, both := inCSP[d.id()]; both {
			here := p.sourceOf(d)
			d.own().conflicts = append(d.conflicts, conflict{"side", "legacy", "csp", here, other})
		}
	}
}

// addCorrected adds, to the records of a subscription, the rejected rows that
// people corrected and dropped back: they are accounted for there.
func (p *planning) addCorrected() {
	rejected := make(map[Source]int32)
	for _, i := range p.ranked {
		if corrects := p.in.Records[i].Corrects; corrects != nil {
			rejected[*corrects] = noRow
		}
	}
	if len(rejected) == 0 {
		return
	}
	for i := range p.in.Records {
		if _, asked := rejected[p.in.Records[i].Source]; asked && p.plan.Fates[i].Outcome == Rejected {
			rejected[p.in.Records[i].Source] = int32(i)
		}
	}
	for i := range p.drafts {
		d := &p.drafts[i]
		for _, n := range slices.Collect(d.records()) {
			corrects := p.in.Records[n].Corrects
			if corrects == nil {
				continue
			}
			if original, asked := rejected[*corrects]; asked && original != noRow {
				d.own().merged = append(slices.Clip(d.merged), original)
				rejected[*corrects] = noRow
			}
		}
	}
}
