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

// holdings are what one customer has and is to have, on both sides: counted when a
// rule asks, and kept until it asks for another customer. To count all customers
// beforehand took as much memory as a quarter of their rows.
type holdings struct {
	of            int32 // 1 + the party; 0: nothing is counted yet
	skus          []seatCount
	subscriptions int // CSP and old ones, both sides while they overlap
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

// holdings adds up what the customer of the row has on both sides and is to buy, by
// SKU and in subscriptions. A transfer adds nothing: what is transferred is
// there already. Seats of a subscription that is over count until it is deleted
// (Partner Center, "Pricing and offers", 2023-10-18).
//
// Other rows of the customer may be judged meanwhile: only what is settled before
// that is asked of them.
func (c *ruleContext) holdings() *holdings {
	h, party := &c.held, c.draft.party
	if h.of == party+1 {
		return h
	}
	*h = holdings{of: party + 1, skus: h.skus[:0]}
	for _, i := range c.rowsOf.Of(party) {
		h.add(&c.plan.Rows[i], c.in.AsOf)
	}
	for _, i := range c.othersOf.Of(party) {
		if o := &c.others[i]; o.active {
			h.addSeats(o.guid, seats{csp: int(o.sub.Licences.N)})
			h.subscriptions++
		}
	}
	return h
}

// add counts a row of the customer.
func (h *holdings) add(r *Row, asOf Date) {
	if r.Progress == ProgressDone {
		return
	}
	switch licences := int(r.Sub.Licences.N); {
	case !r.Expired(asOf) && !ended(r.Sub):
		h.addSeats(skuOf(r), seats{old: licences})
		h.subscriptions++
	case !r.DataGone(asOf):
		h.addSeats(skuOf(r), seats{over: licences})
	}
	if r.Provision.Known && !r.Route.isTransfer() {
		h.addSeats(foldID(r.Target.SKUGUID), seats{toBuy: int(r.Provision.N)})
		h.subscriptions++
	}
}

// addSeats counts seats of a SKU. A customer has few, and the catalogue not many:
// they are looked through.
func (h *holdings) addSeats(sku string, more seats) {
	if sku == "" {
		return
	}
	at := h.find(sku)
	if at < 0 {
		at = len(h.skus)
		h.skus = append(h.skus, seatCount{sku: sku})
	}
	s := &h.skus[at].seats
	*s = seats{s.old + more.old, s.over + more.over, s.csp + more.csp, s.toBuy + more.toBuy}
}

func (h *holdings) find(sku string) int {
	return slices.IndexFunc(h.skus, func(c seatCount) bool { return c.sku == sku })
}

// seatsOf is what the customer has and is to have of a SKU.
func (h *holdings) seatsOf(sku string) seats {
	if at := h.find(sku); at >= 0 {
		return h.skus[at].seats
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
