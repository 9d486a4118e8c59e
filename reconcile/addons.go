package reconcile

import (
	"slices"
	"sync"
)

// families is what the rules about add-ons ask: an add-on needs its base, and
// Microsoft's batch tool migrates a base with all of its add-ons or none of
// them (Partner Center, "Migrate subscriptions to new commerce", 2023-10-13).
type families struct {
	moves  map[string]bool // by id of a base that an add-on names: does it move too
	barred map[string]bool // by id of the base: a member may not be migrated

	byParty []*ownBases // nil for those without an add-on, who are nearly all
}

// of are the bases of a party; none where nobody has an add-on.
func (f *families) of(party int32) *ownBases {
	if own := f.byParty[party]; own != nil {
		return own
	}
	return &noBases
}

// noBases is never changed.
var noBases ownBases

// ownBases are the bases of a customer who has add-ons.
type ownBases struct {
	based bool       // a base moves or is in CSP
	bases []baseMove // both sides
}

// findFamilies looks at every base: as a row of the plan with something to buy,
// or because it is in CSP. Once all of it is there as another offer than was
// planned, what was planned for it carries nothing.
func (p *planning) findFamilies() {
	f := families{moves: map[string]bool{}, barred: map[string]bool{}, byParty: make([]*ownBases, len(p.parties))}
	p.nameBases(&f)
	p.eachParty(func(n int32) {
		rows := p.rowsOf.Of(n)
		if !slices.ContainsFunc(rows, func(i int32) bool { return isAddOn(&p.plan.Rows[i]) }) {
			return
		}
		own := new(ownBases)
		for _, i := range rows {
			own.addBase(&p.plan.Rows[i], &p.drafts[i])
		}
		f.byParty[n] = own
	})
	p.addOthers(&f, p.namedBases(&f))
	p.families = f
}

// namedBases finds the SKUs that named bases have today, by their ids, and which
// of them move.
func (p *planning) namedBases(f *families) map[string]string {
	today := make(map[string]string)
	if len(f.moves) == 0 {
		return today
	}
	for i := range p.plan.Rows {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		id := d.id()
		if _, named := f.moves[id]; named {
			today[id] = skuOf(r)
			f.movesIf(id, r.moves())
		}
	}
	return today
}

// nameBases finds the ids of bases that add-ons name, and of those that the batch
// tool may not migrate.
func (p *planning) nameBases(f *families) {
	var mu sync.Mutex
	p.eachRow(func(i int) {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		barred := r.Sub.Channel == LegacyCSP && r.Sub.MigrationEligible == No
		if r.Sub.RareFacts().BaseID == "" && !barred {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if base := foldID(r.Sub.RareFacts().BaseID); base != "" {
			f.moves[base] = false
		}
		if family := familyOf(r, d); family != "" && barred {
			f.barred[family] = true
		}
	})
}

// addOthers adds the bases that are in CSP.
func (p *planning) addOthers(f *families, today map[string]string) {
	for i := range p.others {
		o := &p.others[i]
		f.movesIf(o.origin, o.active)
		f.movesIf(foldID(o.sub.SubscriptionID), o.active)
		own := f.byParty[o.party]
		if own == nil {
			continue
		}
		if o.active && o.origin != "" && o.guid != "" { // what became of a base counts, whatever was planned for it
			own.bases = append(own.bases, baseMove{o.origin, today[o.origin], o.guid})
		}
		empty := o.sub.Licences.Known && o.sub.Licences.N == 0 // carries nothing
		if o.active && !empty && o.sub.AddOn != Yes && o.sub.RareFacts().BaseID == "" && !o.addOn {
			own.based = true
			own.bases = append(own.bases, baseMove{foldID(o.sub.SubscriptionID), o.guid, o.guid})
		}
	}
}

// moves tells whether the row ends up in CSP.
func (r *Row) moves() bool {
	return r.Progress == ProgressDone || r.Target != nil && r.Route.needsOffer()
}

// addBase adds a row that may carry add-ons of its customer.
func (f *ownBases) addBase(r *Row, d *draft) {
	if isAddOn(r) {
		return
	}
	moves := r.moves()
	if moves {
		f.based = true
		if r.Target != nil && (d.another == nil || r.Progress < ProgressProvisioned) {
			f.bases = append(f.bases, baseMove{d.id(), skuOf(r), foldID(r.Target.SKUGUID)})
		}
	}
	if !moves && r.Sub.Licences.N > 0 { // stays behind: it carries today, and nothing in CSP; add-ons that name it ask what became of it
		f.bases = append(f.bases, baseMove{now: skuOf(r)})
	}
}

func (f *families) movesIf(id string, moves bool) {
	if _, asked := f.moves[id]; asked && moves {
		f.moves[id] = true
	}
}

// familyOf is the id of the base: the one that an add-on names, else its own.
func familyOf(r *Row, d *draft) string {
	if base := foldID(r.Sub.RareFacts().BaseID); base != "" {
		return base
	}
	return d.id()
}
