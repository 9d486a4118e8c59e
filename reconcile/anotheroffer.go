package reconcile

import "slices"

// isAnother tells whether a CSP subscription is known to be of another SKU than
// the row is to have. What is named on one side only cannot differ.
func isAnother(r *Row, o *cspSubscription) bool {
	if r.Target == nil {
		return false
	}
	if o.guid != "" && r.Target.SKUGUID != "" {
		return o.guid != foldID(r.Target.SKUGUID)
	}
	there := foldID(productText(o.sub))
	return there != "" && r.Target.ProductID != "" && there != foldID(r.Target.ProductID+"/"+PadSKUID(r.Target.SKUID))
}

// findAnother finds rows for which somebody may have provisioned a different
// offer: nothing of what was planned is there, but since the row was first seen
// the customer got as many licences of a SKU that no row of it asks for.
// Earliest expiry first, each CSP subscription once.
func (p *planning) findAnother() {
	candidates := make(map[int32][]*cspSubscription)
	for i := range p.others {
		if o := &p.others[i]; !o.used && o.active && o.origin == "" && o.sub.Start.Known() && o.left > 0 {
			candidates[o.party] = append(candidates[o.party], o)
		}
	}
	if len(candidates) == 0 {
		return
	}
	asked := make(map[pool]bool)
	for i := range p.plan.Rows {
		for _, sku := range wanted(&p.plan.Rows[i]) {
			asked[pool{p.drafts[i].party, sku}] = true
		}
	}
	taken := make(map[*cspSubscription]bool)
	for i := range p.plan.Rows {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		for _, o := range candidates[d.party] {
			anothers := !slices.ContainsFunc(o.skus, func(sku string) bool { return asked[pool{d.party, sku}] })
			if r.Seen == 0 && d.another == nil && !taken[o] && anothers && isAnother(r, o) && o.sub.Start > r.FirstSeen &&
				o.sub.Licences == r.Sub.Licences && d.decisions.when < o.sub.Start {
				d.own().another, taken[o] = o, true
			}
		}
	}
}
