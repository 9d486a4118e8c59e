package reconcile

import (
	"slices"
	"strings"
)

// businessSeats is how many seats the former price list allowed a subscription
// of a Business offer, which tells these offers from others.
const businessSeats = 300

// A holding is one SKU that one customer has or is to have.
type holding struct {
	party int32
	sku   string
}

// A seatCount is what a customer has and is to have of one SKU.
type seatCount struct {
	sku string
	seats
}

// seats counts the licences of a holding while old and new side overlap. Those
// of a subscription that is over, but not yet deleted, stand apart: they count
// towards a cap, but give no right to buy more.
type seats struct{ old, over, csp, toBuy int }

func (s seats) total() int { return s.old + s.over + s.csp + s.toBuy }

func (s seats) held() int { return s.old + s.csp }

// countHoldings adds up what each customer has on both sides and is to buy, by
// SKU and in subscriptions. A transfer adds nothing: what is transferred is
// there already. Seats of a subscription that is over count until it is deleted
// (Partner Center, "Pricing and offers", 2023-10-18).
func (p *planning) countHoldings() {
	p.tenants = make([][]seatCount, len(p.parties))
	p.held = make([]int32, len(p.parties))
	p.eachParty(func(n int32) {
		if rows := p.rowsOf[n]; len(rows) > 0 {
			p.tenants[n] = make([]seatCount, 0, min(len(rows), fewSKUs)) // what it is to have is mostly the SKU that it has
		}
		for _, i := range p.rowsOf[n] {
			p.countRow(n, &p.plan.Rows[i])
		}
	})
	for i := range p.others {
		o := &p.others[i]
		if o.active {
			p.addSeats(o.party, o.guid, seats{csp: int(o.sub.Licences.N)})
			p.held[o.party]++
		}
	}
}

// fewSKUs is how many SKUs a customer with many rows is given room for at first.
const fewSKUs = 8

// countRow counts a row of the party.
func (p *planning) countRow(party int32, r *Row) {
	if r.Progress == ProgressDone {
		return
	}
	switch licences := int(r.Sub.Licences.N); {
	case !r.Expired(p.in.AsOf) && !ended(r.Sub):
		p.addSeats(party, skuOf(r), seats{old: licences})
		p.held[party]++
	case !r.DataGone(p.in.AsOf):
		p.addSeats(party, skuOf(r), seats{over: licences})
	}
	if r.Provision.Known && !r.Route.isTransfer() {
		p.addSeats(party, foldID(r.Target.SKUGUID), seats{toBuy: int(r.Provision.N)})
		p.held[party]++
	}
}

// addSeats counts seats of a SKU. A customer has few, and the catalogue not many:
// they are looked through.
func (p *planning) addSeats(party int32, sku string, more seats) {
	if sku == "" {
		return
	}
	counts := &p.tenants[party]
	at := slices.IndexFunc(*counts, func(c seatCount) bool { return c.sku == sku })
	if at < 0 {
		at = len(*counts)
		*counts = append(*counts, seatCount{sku: sku})
	}
	s := &(*counts)[at].seats
	*s = seats{s.old + more.old, s.over + more.over, s.csp + more.csp, s.toBuy + more.toBuy}
}

// seatsOf is what a party has and is to have of a SKU.
func (p *planning) seatsOf(party int32, sku string) seats {
	for i := range p.tenants[party] {
		if c := &p.tenants[party][i]; c.sku == sku {
			return c.seats
		}
	}
	return seats{}
}

// skuOf is the SKU the row has today, empty if nothing names it.
func skuOf(r *Row) string {
	if r.Match.Identified == nil {
		return ""
	}
	return foldID(r.Match.Identified.SKUGUID)
}

// businessSKUs are the SKUs whose seats are pooled by tenant: those that the
// former price list capped by subscription under a Business name, and those
// that came later and carry such a name with an addition, such as (no Teams).
func businessSKUs(c *Catalogue) map[string]bool {
	skus := make(map[string]bool)
	for i := range c.Offers {
		if o := &c.Offers[i]; o.Max == businessSeats && !o.Trial && !o.AddOn && strings.Contains(o.ProductName, "Business") {
			skus[foldID(o.ProductGUID)] = true
		}
	}
	var names []string
	for i := range c.SKUs {
		if s := &c.SKUs[i]; skus[foldID(s.GUID)] {
			names = append(names, s.Name)
		}
	}
	for i := range c.SKUs {
		s := &c.SKUs[i]
		if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(s.Name, name) }) {
			skus[foldID(s.GUID)] = true
		}
	}
	return skus
}
