package reconcile

import (
	"iter"
	"slices"
)

// The other side of the reconciliation: what is in CSP already (rules.md §7).
// A CSP subscription counts for a row if the export says that it came from it,
// or it started after the row was first seen, or a person wrote that the row
// has moved. Each licence counts once, earliest expiry first.

// A cspSubscription is one subscription of the CSP side.
type cspSubscription struct {
	sub    *Subscription
	source Source
	party  int32
	origin string   // folded id of the subscription it came from
	active bool     // neither expired nor ended
	addOn  bool     // by its name
	guid   string   // its SKU, empty if nothing names it
	skus   []string // names by which a row may ask for it
	left   int      // licences that count for no row yet
	used   bool

	reported bool // by the batch tool's results only, in no export of the CSP side
}

// A pool is the CSP licences of one SKU that one customer has.
type pool struct {
	party int32
	sku   string
}

// listOthers merges the records of the CSP side and identifies their SKUs.
// What has ended is nobody's licence any more.
func (p *planning) listOthers() {
	for _, members := range p.groupRecords(RoleInCSP) {
		d := p.draftOf(members)
		o := cspSubscription{sub: d.sub, party: d.party, origin: foldID(d.sub.RareFacts().MigratedFrom),
			source: p.sourceOf(&d)}
		expired := d.sub.Expires.Known() && d.sub.Expires < p.in.AsOf
		if o.active = !expired && !ended(d.sub); o.active {
			o.left = int(d.sub.Licences.N)
		}
		match := p.matcher.Match(p.query(d.sub, d.party))
		o.addOn = match.Flags.AddOn
		o.guid, o.skus = skusOf(d.sub, match)
		p.others = append(p.others, o)
	}
	p.addMigrated()
	slices.SortFunc(p.others, func(a, b cspSubscription) int { return comparePlaces(a.source, b.source) })
}

// skusOf is the SKU GUID of a CSP subscription, and all names of its SKU: that
// GUID, the NCE product and SKU.
func skusOf(s *Subscription, m *OfferMatch) (guid string, names []string) {
	guid = foldID(s.SKUGUID)
	if guid == "" && m.Identified != nil {
		guid = foldID(m.Identified.SKUGUID)
	}
	for _, name := range []string{guid, foldID(productText(s))} {
		if name != "" {
			names = append(names, name)
		}
	}
	return guid, names
}

// wanted names the SKU that a row is to have in CSP: what is to be bought, or
// as long as that is open the SKU it has.
func wanted(r *Row) []string {
	var names []string
	switch {
	case r.Target != nil:
		return namesOf(r.Target)
	case r.Match.Identified != nil && r.Match.Identified.SKUGUID != "":
		names = append(names, foldID(r.Match.Identified.SKUGUID))
	}
	return names
}

// namesOf are the names by which the CSP side may hold what is to be bought.
func namesOf(t *Target) []string {
	var names []string
	if t.SKUGUID != "" {
		names = append(names, foldID(t.SKUGUID))
	}
	if t.ProductID != "" {
		names = append(names, foldID(t.ProductID+"/"+PadSKUID(t.SKUID)))
	}
	return names
}

// compareSides allocates CSP licences to rows and sets each row's progress.
func (p *planning) compareSides() {
	p.recallFirstSeen()
	p.allocateMigrated()
	pools := p.pools()
	p.allocateCounted(pools)
	p.allocateUnexplained(pools)
	p.findAnother()
	shown := make(map[int32]bool, len(p.others))
	for i := range p.others {
		o := &p.others[i]
		shown[o.party] = true
		if !o.used && !o.reported {
			p.plan.Extra = append(p.plan.Extra, InCSPRow{Source: o.source, Customer: p.parties[o.party].key(), Sub: *o.sub})
		}
	}
	p.eachRow(func(i int) {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		r.Progress = p.progress(r, d, shown[d.party])
	})
}

// allocateMigrated gives rows the licences that say they came from them.
func (p *planning) allocateMigrated() {
	rowOf := make(map[string]int, len(p.others))
	for i := range p.others {
		if p.others[i].origin != "" {
			rowOf[p.others[i].origin] = noRow
		}
	}
	if len(rowOf) == 0 {
		return
	}
	for i := range p.plan.Rows {
		if _, asked := rowOf[p.drafts[i].id()]; asked {
			rowOf[p.drafts[i].id()] = i
		}
	}
	for i := range p.others {
		o := &p.others[i]
		n, ok := rowOf[o.origin]
		if o.origin == "" || !ok || n == noRow {
			continue
		}
		r, d := &p.plan.Rows[n], &p.drafts[n]
		o.used = true
		if o.active && isAnother(r, o) {
			d.own().another = o
		}
		taken := min(o.left, missing(r))
		r.Seen += int32(taken)
		own := d.own()
		own.migrated += int32(taken)
		o.left -= taken
		own.moved = max(d.moved, o.sub.Start)
	}
}

// missing is how many of the licences that the row needs are not in CSP yet.
func missing(r *Row) int { return max(0, int(r.Needed().N)-int(r.Seen)) }

// pools lists the CSP subscriptions by customer and SKU, in their order.
func (p *planning) pools() map[pool][]int {
	pools := make(map[pool][]int)
	for i := range p.others {
		for _, sku := range p.others[i].skus {
			pools[pool{p.others[i].party, sku}] = append(pools[pool{p.others[i].party, sku}], i)
		}
	}
	return pools
}

// countsFor tells whether a CSP subscription may count for a row. One that says
// it came from elsewhere counts for nothing else.
func countsFor(r *Row, d *draft, o *cspSubscription) bool {
	if o.origin != "" && o.origin != d.id() {
		return false
	}
	return d.decisions.choice == ChoiceDone || o.sub.Start.Known() && o.sub.Start > r.FirstSeen
}

// allocateCounted deals the licences that count out in the order of the plan.
func (p *planning) allocateCounted(pools map[pool][]int) {
	if len(pools) == 0 {
		return
	}
	for i := range p.plan.Rows {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		open := missing(r)
		for part := range addOnsOf(r) { // without its add-ons the base is not the offer
			open = min(open, p.countable(r, d, pools, namesOf(part)))
		}
		for part := range addOnsOf(r) {
			p.take(r, d, pools, namesOf(part), open)
		}
		r.Seen += int32(p.take(r, d, pools, wanted(r), open))
	}
}

// addOnsOf are the parts of the row's offer beside its base.
func addOnsOf(r *Row) iter.Seq[*Target] {
	return func(yield func(*Target) bool) {
		for i := 0; r.Target != nil && i < len(r.Target.AddOns) && yield(&r.Target.AddOns[i]); i++ {
		}
	}
}

// countable is how many CSP licences under some names count for the row.
func (p *planning) countable(r *Row, d *draft, pools map[pool][]int, names []string) int {
	counted, n := make(map[int]bool), 0
	for _, sku := range names {
		for _, i := range pools[pool{d.party, sku}] {
			if o := &p.others[i]; !counted[i] && countsFor(r, d, o) {
				counted[i] = true
				n += o.left
			}
		}
	}
	return n
}

// take uses up to n CSP licences under some names for the row.
func (p *planning) take(r *Row, d *draft, pools map[pool][]int, names []string, n int) (taken int) {
	for _, sku := range names {
		for _, i := range pools[pool{d.party, sku}] {
			o := &p.others[i]
			if share := min(o.left, n-taken); share > 0 && countsFor(r, d, o) {
				taken += share
				o.left -= share
				o.used = true
				d.own().moved = max(d.moved, o.sub.Start)
			}
		}
	}
	return taken
}

// allocateUnexplained finds rows that CSP licences may already cover although
// nothing shows it. They are not counted; a person has to tell.
func (p *planning) allocateUnexplained(pools map[pool][]int) {
	if len(pools) == 0 {
		return
	}
	for i := range p.plan.Rows {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		for _, sku := range wanted(r) {
			for _, n := range pools[pool{d.party, sku}] {
				o := &p.others[n]
				if share := min(o.left, missing(r)-int(d.unexplained)); share > 0 && o.origin == "" {
					d.own().unexplained += int32(share)
					o.left -= share
				}
			}
		}
	}
}

// progress tells how far the move has come. It is done with enough licences in
// CSP once a person or the exports show that the old side ended or is set to
// end; a migrated subscription is one that Microsoft ended itself. Where no
// export of this customer's CSP side was read, a person's word is enough.
func (p *planning) progress(r *Row, d *draft, othersKnown bool) Progress {
	person := d.decisions.choice == ChoiceDone
	enough := r.Needed().Known && r.Seen > 0 && missing(r) == 0
	switch {
	case person && !othersKnown:
		return ProgressDone
	case enough && d.another != nil && !person: // not what was planned: somebody has to look
		return ProgressProvisioned
	case enough && (person || d.migrated >= r.Needed().N || p.oldSideEnds(r)):
		return ProgressDone
	case enough:
		return ProgressProvisioned
	case r.Seen > 0:
		return ProgressPartly
	case r.Relationship == RelationshipAccepted:
		return ProgressAccepted
	case r.Relationship == RelationshipRequested:
		return ProgressRequested
	}
	return ProgressOpen
}

// oldSideEnds tells whether the exports show that the old subscription is over
// or set to end. A date in the past is no proof where it renews by itself.
func (p *planning) oldSideEnds(r *Row) bool {
	if ended(r.Sub) || r.EndOfTerm == EndCancel {
		return true
	}
	return r.Expired(p.in.AsOf) && r.EndOfTerm == EndUnknown
}
