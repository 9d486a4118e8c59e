package reconcile

// The checks of what is to be bought, and of what may be bought at all.

func offerAmbiguous(_ *ruleContext, r *Row) bool { return r.Match.Class == MatchAmbiguous }

func equivalentUnconfirmed(_ *ruleContext, r *Row) bool {
	return r.Target != nil && r.Match.Class == MatchEquivalent && r.Reassign != No
}

func titleIDDisagree(_ *ruleContext, r *Row) bool { return r.Match.Flags.TitleIDDisagree }

// trial: a person may decide to move one, to something.
func trial(c *ruleContext, r *Row) bool {
	return isTrial(r) && (r.Target == nil || !c.draft.decisions.confirmed)
}

// segmentUnverified: who may buy at the prices of a segment is verified by
// Microsoft, outside of any export; a person who decides to move vouches for it.
func segmentUnverified(_ *ruleContext, r *Row) bool { return segmentOf(r) > Commercial }

// segmentOf is the special segment that the source, the title or the target
// names; commercial or unknown only if none of them names one.
func segmentOf(r *Row) Segment {
	segment := max(r.Sub.Segment, r.Match.Flags.Segment)
	if r.Target != nil {
		segment = max(segment, r.Target.Segment)
	}
	return segment
}

// overSeatCap: seats of a Business SKU are pooled by tenant over all channels,
// and while old and new overlap both count.
func overSeatCap(c *ruleContext, r *Row) bool {
	return r.isBought() && c.caps[foldID(r.Target.SKUGUID)] && c.seats(r).total() > c.in.Policy.SeatCap
}

var ifNotCapped = exemption{"not-capped", func(c *ruleContext, r *Row) bool {
	return r.Target != nil && !c.caps[foldID(r.Target.SKUGUID)]
}}

func overSubscriptionCap(c *ruleContext, r *Row) bool {
	return r.isBought() && c.holdings().subscriptions > c.in.Policy.SubscriptionCap
}

// isBought tells whether something is bought beside the old subscription.
func (r *Row) isBought() bool { return r.Provision.Known && !r.Route.isTransfer() }

// seats is what the customer has and is to have of the row's target.
func (c *ruleContext) seats(r *Row) seats {
	if r.Target == nil {
		return seats{}
	}
	return c.holdings().seatsOf(foldID(r.Target.SKUGUID))
}

// saleStatusUnknown: what is no longer sold may be bought only by a tenant that
// is shown to hold it, what is not sold in the customer's country by nobody there,
// and what is withdrawn by nobody; a transfer moves both as
// they are. Microsoft's own tool may also say that it knows of no product for
// the offer, or no price list may ever have named it: a person who decides to
// move has looked, and the user's own price list or mapping settles the latter. Where
// what new customers buy is the target already, it remains to be confirmed that
// the tenant does not hold the other one.
func saleStatusUnknown(c *ruleContext, r *Row) bool {
	if r.Target == nil {
		return false
	}
	if r.Sub.barred("no equivalent product", "product is not available", "product unavailable") && !c.draft.decisions.chosen {
		return true
	}
	status := c.sale(r)
	if c.draft.ended != nil && status != SaleElsewhere {
		return !c.draft.decisions.confirmed
	}
	if status == SaleNotListed {
		return !c.draft.decisions.chosen && !r.Money.CostCSP.Known() && r.Target.Own == ""
	}
	return status == SaleWithdrawn || status == SaleElsewhere || (status == SaleEnded || r.Match.Flags.SaleUnknown) && !c.holdsTarget(r)
}

// holdsTarget tells whether the customer has licences of the target on some side.
func (c *ruleContext) holdsTarget(r *Row) bool {
	return r.Target.SKUGUID != "" && c.seats(r).held() != 0
}

// A soldTo is what a sale status is asked for: rows share their targets.
type soldTo struct {
	target  *Target
	country string
}

// mostSales is how many sale statuses are remembered: offers by countries.
const mostSales = 1 << 16

// sale is the sale status of the target for the row's customer.
func (c *ruleContext) sale(r *Row) string {
	question := soldTo{r.Target, r.Sub.Customer.Country}
	status, known := c.sales[question]
	if !known {
		status = c.saleOf(r)
		if c.sales != nil && len(c.sales) < mostSales {
			c.sales[question] = status
		}
	}
	return status
}

func (c *ruleContext) saleOf(r *Row) string {
	country := r.Sub.Customer.Country
	worst := c.in.Catalogue.worstSale(r.Target, country, c.in.AsOf)
	if saleRank(worst) < saleRank(SaleElsewhere) && !c.in.Catalogue.soldIn(r.Target, country) {
		return SaleElsewhere
	}
	return worst
}

// A transfer between partners changes no number of licences.
var ifPartnerTransfer = exemption{"kept-whole", func(_ *ruleContext, r *Row) bool { return r.Route == RoutePartnerTransfer }}

// A channel or partner transfer keeps the offer as it is, sold or not.
var ifKeptWhole = exemption{"kept-whole", func(_ *ruleContext, r *Row) bool {
	return r.Route == RouteChannelTransfer || r.Route == RoutePartnerTransfer
}}
