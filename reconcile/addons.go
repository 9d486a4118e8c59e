package reconcile

// families is what the rules about add-ons ask: an add-on needs its base, and
// Microsoft's batch tool migrates a base with all of its add-ons or none of
// them (Partner Center, "Migrate subscriptions to new commerce", 2023-10-13).
type families struct {
	asked  map[int32]bool  // customers with an add-on: of others nothing below is known
	moves  map[string]bool // by id of a base that an add-on names: does it move too
	based  map[int32]bool  // customers of whom a base moves or is in CSP
	barred map[string]bool // by id of the base: a member may not be migrated

	bases map[int32][]baseMove // of each customer, both sides
}

// findFamilies looks at every base: as a row of the plan with something to buy,
// or because it is in CSP. Once all of it is there as another offer than was
// planned, what was planned for it carries nothing.
func (p *planning) findFamilies() {
	f := families{asked: p.withAddOns(), moves: map[string]bool{}, based: map[int32]bool{}, barred: map[string]bool{}, bases: map[int32][]baseMove{}}
	for i := range p.plan.Rows {
		if base := foldID(p.plan.Rows[i].Sub.BaseID); base != "" {
			f.moves[base] = false
		}
	}
	today := make(map[string]string) // by id of a named base: its SKU
	for i := range p.plan.Rows {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		if _, asked := f.moves[d.id]; asked {
			today[d.id] = skuOf(r)
		}
		f.addRow(r, d, r.Progress == ProgressDone || r.Target != nil && r.Route.needsOffer())
	}
	for i := range p.others {
		o := &p.others[i]
		f.movesIf(o.origin, o.active)
		f.movesIf(foldID(o.sub.SubscriptionID), o.active)
		if !f.asked[o.party] {
			continue
		}
		if o.active && o.origin != "" && o.guid != "" { // what became of a base counts, whatever was planned for it
			f.bases[o.party] = append(f.bases[o.party], baseMove{o.origin, today[o.origin], o.guid})
		}
		empty := o.sub.Licences.Known && o.sub.Licences.N == 0 // carries nothing
		if o.active && !empty && o.sub.AddOn != Yes && o.sub.BaseID == "" && !o.addOn {
			f.based[o.party] = true
			f.bases[o.party] = append(f.bases[o.party], baseMove{foldID(o.sub.SubscriptionID), o.guid, o.guid})
		}
	}
	p.families = f
}

func (f *families) addRow(r *Row, d *draft, moves bool) {
	if d.id != "" {
		f.movesIf(d.id, moves)
	}
	f.addBase(r, d, moves)
	if family := familyOf(r, d); family != "" && r.Sub.Channel == LegacyCSP && r.Sub.MigrationEligible == No {
		f.barred[family] = true
	}
}

// addBase adds a row that may carry add-ons of its customer.
func (f *families) addBase(r *Row, d *draft, moves bool) {
	if !f.asked[d.party] || isAddOn(r) {
		return
	}
	if moves {
		f.based[d.party] = true
		if r.Target != nil && (d.another == nil || r.Progress < ProgressProvisioned) {
			f.bases[d.party] = append(f.bases[d.party], baseMove{d.id, skuOf(r), foldID(r.Target.SKUGUID)})
		}
	}
	if !moves && r.Sub.Licences.N > 0 { // stays behind: it carries today, and nothing in CSP; add-ons that name it ask what became of it
		f.bases[d.party] = append(f.bases[d.party], baseMove{now: skuOf(r)})
	}
}

// withAddOns are the customers that have an add-on.
func (p *planning) withAddOns() map[int32]bool {
	customers := make(map[int32]bool)
	for i := range p.plan.Rows {
		if isAddOn(&p.plan.Rows[i]) {
			customers[p.drafts[i].party] = true
		}
	}
	return customers
}

func (f *families) movesIf(id string, moves bool) {
	if _, asked := f.moves[id]; asked && moves {
		f.moves[id] = true
	}
}

// familyOf is the id of the base: the one that an add-on names, else its own.
func familyOf(r *Row, d *draft) string {
	if base := foldID(r.Sub.BaseID); base != "" {
		return base
	}
	return d.id
}
