package reconcile

import "slices"

// An add-on is sold to a tenant that has one of certain bases. A move that
// changes the base may take it away from under the add-on.

// BasesOf are the SKUs of which an add-on needs one, by the former price list
// and the user's offer matrix, with what new customers buy instead of them.
// Empty: no table says.
func (c *Catalogue) BasesOf(addOn string, at Date) map[string]bool {
	bases := make(map[string]bool)
	add := func(guid string) {
		if guid = foldID(guid); guid == "" {
			return
		}
		bases[guid] = true
		for _, s := range c.SuccessorsOf(guid, at) {
			if s.Kind == KindNetNew && len(s.NewGUIDs) > 0 {
				bases[foldID(s.NewGUIDs[0])] = true
			}
		}
	}
	for i := range c.Offers {
		o := &c.Offers[i]
		if !o.AddOn || foldID(o.ProductGUID) != foldID(addOn) {
			continue
		}
		for _, id := range o.Prerequisites {
			if base := c.Offer(id); base != nil {
				add(base.ProductGUID)
			}
		}
	}
	for i := range c.Products {
		p := &c.Products[i]
		if p.SKUGUID == "" || foldID(p.SKUGUID) != foldID(addOn) {
			continue
		}
		for _, id := range p.Requires {
			if base := c.productByRef(id); base != nil {
				add(base.SKUGUID)
			}
		}
	}
	return bases
}

// A baseMove is what a customer has as a base today, and will have: nothing if
// it does not move.
type baseMove struct{ id, now, then string }

// losesBase tells whether the add-on has a base that carries it today, and none
// after the move: the base it names, else any of the customer's. Where no table
// says which bases carry it, nothing is known and nothing is said.
func (p *planning) losesBase(r *Row, d *draft) bool {
	if r.Target == nil || r.Target.SKUGUID == "" {
		return false
	}
	carriers, seen := p.carriersOf(foldID(r.Target.SKUGUID)), false
	if len(carriers) == 0 {
		return false
	}
	named := foldID(r.Sub.RareFacts().BaseID)
	bases := p.families.of(d.party).bases
	for _, b := range bases {
		if named != "" && b.id != named {
			continue
		}
		switch {
		case carriers[b.then], b.then == b.now && named != "":
			return false // goes on as it is: the customer has the two together today
		case carriers[b.now]:
			seen = true
		}
	}
	return seen || named != "" && slices.ContainsFunc(bases, func(b baseMove) bool { return b.id == named })
}

// carriersOf remembers the bases of an add-on: there are few add-ons and many rows.
func (p *planning) carriersOf(addOn string) map[string]bool {
	carriers, ok := p.carriers.Load(addOn)
	if !ok {
		carriers = p.in.Catalogue.BasesOf(addOn, p.in.AsOf)
		p.carriers.Store(addOn, carriers)
	}
	return carriers.(map[string]bool)
}
