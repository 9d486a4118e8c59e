package reconcile

// replaceEnded puts what new customers buy in the place of a target whose sale
// has ended, for customers who are not shown to hold it: by a subscription of
// either side that is in force (rules.md §2). A transfer moves it as it is.
func (p *planning) replaceEnded() {
	replaceable := p.replaceable()
	if len(replaceable) == 0 {
		return
	}
	held := p.heldToday(replaceable)
	for i := range p.plan.Rows {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		if r.Target == nil || r.Match.NotHeld == nil || held[holding{d.party, foldID(r.Target.SKUGUID)}] {
			continue
		}
		if route, _ := p.channelRoute(r); route.isTransfer() {
			continue
		}
		d.ended = r.Target
		r.Match = r.Match.NotHeld
		r.Target = r.Match.Target
	}
}

// replaceable are the SKUs to buy in whose place something else may have to be
// bought: few, if any.
func (p *planning) replaceable() map[string]bool {
	skus := make(map[string]bool)
	for i := range p.plan.Rows {
		if r := &p.plan.Rows[i]; r.Target != nil && r.Match.NotHeld != nil {
			skus[foldID(r.Target.SKUGUID)] = true
		}
	}
	return skus
}

// heldToday are those of some SKUs that a subscription in force shows, by
// customer.
func (p *planning) heldToday(skus map[string]bool) map[holding]bool {
	held := make(map[holding]bool)
	for i := range p.plan.Rows {
		if r := &p.plan.Rows[i]; skus[skuOf(r)] && !r.Expired(p.in.AsOf) && !ended(r.Sub) {
			held[holding{p.drafts[i].party, skuOf(r)}] = true
		}
	}
	for i := range p.others {
		if o := &p.others[i]; o.active && skus[o.guid] {
			held[holding{o.party, o.guid}] = true
		}
	}
	return held
}
