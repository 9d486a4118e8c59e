package reconcile

// recallFirstSeen dates each row by the run that first planned it.
func (p *planning) recallFirstSeen() {
	firstSeen := make(map[string]Date, len(p.in.Previous))
	for i := range p.in.Previous {
		firstSeen[p.in.Previous[i].Key] = p.in.Previous[i].FirstSeen
	}
	p.eachRow(func(i int) {
		r := &p.plan.Rows[i]
		if len(firstSeen) > 0 {
			r.FirstSeen = firstSeen[r.Key]
		}
		fill(&r.FirstSeen, p.in.AsOf)
	})
}

// listVanished lists what the run before planned and no export shows now. What
// was done has left for good; what stands in a record that is not planned any
// more (already in CSP, out of scope) has not vanished.
func (p *planning) listVanished() {
	if len(p.in.Previous) == 0 {
		return
	}
	present := make(map[string]bool, len(p.plan.Rows))
	for i := range p.plan.Rows {
		present[p.plan.Rows[i].Key] = true
	}
	for _, i := range p.own {
		if rec := p.ledger[i].Record; p.plan.Fates[i].Row == noRow && rec != nil && rec.Sub != nil && rec.Sub.SubscriptionID != "" {
			present[SubscriptionKey(rec.Sub.SubscriptionID)] = true
		}
	}
	for _, was := range p.in.Previous {
		if was.Progress != ProgressDone && !present[was.Key] {
			p.plan.Vanished = append(p.plan.Vanished, was)
		}
	}
}
