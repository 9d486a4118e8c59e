package reconcile

// The numbers that rules check against unless the settings say otherwise. Pages
// of Microsoft conflict on some; the stricter one warns.
const (
	// seatCap: seats of one Business SKU, pooled by tenant over all partners and
	// channels (Partner Center, "Pricing and offers", 2023-10-18).
	seatCap = 300
	// subscriptionCap: subscriptions of a tenant; another page says 300 (Partner
	// Center, "Move license-based customers to CSP", 2023-01-11).
	subscriptionCap = 150
	// longestTermMonths: the longest term ever sold, of devices for schools (Partner
	// Center, "Pricing and offers", 2023-10-18).
	longestTermMonths = 72
)

// DefaultPolicy is the policy of settings that say nothing about it.
func DefaultPolicy() Policy {
	p := Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30}
	p.fillDefaults()
	return p
}

// fillDefaults sets the caps that are zero: a cap of nothing would forbid all.
func (p *Policy) fillDefaults() {
	fill(&p.SeatCap, seatCap)
	fill(&p.SubscriptionCap, subscriptionCap)
	fill(&p.MaxTermMonths, longestTermMonths)
}
