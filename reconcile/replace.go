package reconcile

import "slices"

// replaceEnded puts what new customers buy in the place of a target whose sale
// has ended, for customers who are not shown to hold it: by a subscription of
// either side that is in force (rules.md §2). A transfer moves it as it is.
func (p *planning) replaceEnded() {
	replaceable := p.replaceable()
	if len(replaceable) == 0 {
		return
	}
	inCSP := p.heldInCSP(replaceable)
	p.eachParty(func(n int32) {
		var held []string // by its rows; looked through only where something may have to be replaced
		known := false
		for _, i := range p.rowsOf.Of(n) {
			r, d := &p.plan.Rows[i], &p.drafts[i]
			if r.Target == nil || r.Match.NotHeld == nil {
				continue
			}
			if !known {
				held, known = p.heldToday(n, replaceable), true
			}
			sku := foldID(r.Target.SKUGUID)
			if slices.Contains(held, sku) || inCSP[holding{n, sku}] {
				continue
			}
			if route, _ := p.channelRoute(r); route.isTransfer() {
				continue
			}
			d.own().ended = r.Target
			r.Match = r.Match.NotHeld
			r.Target = r.Match.Target
		}
	})
}

// replaceable are the SKUs to buy in whose place something else may have to be
// bought: few, if any.
func (p *planning) replaceable() map[string]bool {
	skus := make(map[string]bool)
	for _, m := range p.answers {
		if m.Target != nil && m.NotHeld != nil {
			skus[foldID(m.Target.SKUGUID)] = true
		}
	}
	return skus
}

// heldToday are those of some SKUs that a row of the party in force shows.
func (p *planning) heldToday(party int32, skus map[string]bool) []string {
	var held []string
	for _, i := range p.rowsOf.Of(party) {
		r := &p.plan.Rows[i]
		if sku := skuOf(r); skus[sku] && !slices.Contains(held, sku) && !r.Expired(p.in.AsOf) && !ended(r.Sub) {
			held = append(held, sku)
		}
	}
	return held
}

// heldInCSP are those of some SKUs that a CSP subscription in force shows.
func (p *planning) heldInCSP(skus map[string]bool) map[holding]bool {
	held := make(map[holding]bool)
	for i := range p.others {
		if o := &p.others[i]; o.active && skus[o.guid] {
			held[holding{o.party, o.guid}] = true
		}
	}
	return held
}
