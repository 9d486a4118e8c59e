package reconcile

// findBases remembers, for every base that an add-on names, whether it moves
// too: as a row of the plan with something to buy, or because it is in CSP.
func (p *planning) findBases() {
	p.bases = make(map[string]bool)
	for i := range p.plan.Rows {
		if base := foldID(p.plan.Rows[i].Sub.BaseID); base != "" {
			p.bases[base] = false
		}
	}
	if len(p.bases) == 0 {
		return
	}
	for i := range p.plan.Rows {
		r := &p.plan.Rows[i]
		if id := p.drafts[i].id; id != "" {
			p.baseMovesIf(id, r.Progress == ProgressDone || r.Target != nil && r.Route.needsOffer())
		}
	}
	for i := range p.others {
		o := &p.others[i]
		p.baseMovesIf(o.origin, o.active)
		p.baseMovesIf(foldID(o.sub.SubscriptionID), o.active)
	}
}

func (p *planning) baseMovesIf(id string, moves bool) {
	if _, asked := p.bases[id]; asked && moves {
		p.bases[id] = true
	}
}
