package reconcile

// The checks of rules that stop a move or could lose data. Each says what must
// be true for it to fire; what is not known never fires a rule about itself,
// but the rule that asks for it.

func regionMismatch(_ *ruleContext, r *Row) bool { return r.SameRegion == No }

func regionUnknown(_ *ruleContext, r *Row) bool { return r.SameRegion == Unknown }

func expired(c *ruleContext, r *Row) bool { return r.Expired(c.in.AsOf) || ended(&r.Sub) }

// noEquivalent: nothing is chosen to buy. Where the title fits several SKUs or
// contradicts the id, the offer is known to exist and the question is another.
func noEquivalent(_ *ruleContext, r *Row) bool {
	f := &r.Match.Flags
	return r.Target == nil && r.Match.Class != MatchAmbiguous && !f.TitleIDDisagree && !f.DamagedID
}

func servicesLost(c *ruleContext, r *Row) bool {
	return len(r.PlansLost) > 0 && !c.draft.decisions.confirmed
}

func moreAssigned(_ *ruleContext, r *Row) bool {
	return r.Sub.Assigned.Known && r.Needed().Known && r.Sub.Assigned.N > r.Needed().N
}

// orphanedAddOn: the base that the add-on names is not moved with it. A base
// that is in CSP already is no loss.
func orphanedAddOn(c *ruleContext, r *Row) bool {
	base := foldID(r.Sub.BaseID)
	return base != "" && r.Sub.AddOn != No && base != c.draft.id && !c.bases[base]
}

func offerAmbiguous(_ *ruleContext, r *Row) bool { return r.Match.Class == MatchAmbiguous }

func equivalentUnconfirmed(c *ruleContext, r *Row) bool {
	return r.Target != nil && r.Match.Class == MatchEquivalent && r.Reassign != No && !c.draft.decisions.confirmed
}

func titleIDDisagree(_ *ruleContext, r *Row) bool { return r.Match.Flags.TitleIDDisagree }

func idDamaged(_ *ruleContext, r *Row) bool {
	return r.Match.Flags.DamagedID || r.Sub.DamagedID != ""
}

// licencesDiffer: the number of licences is not known, or CSP holds fewer than
// a person or the export says have moved, or licences that nothing links to
// this row. A person who decides to move it says that the latter are others.
func licencesDiffer(c *ruleContext, r *Row) bool {
	d := c.draft
	switch {
	case r.Progress == ProgressDone:
		return false
	case !r.Needed().Known:
		return true
	case missing(r) > 0 && (d.migrated > 0 || d.decisions.choice == ChoiceDone):
		return true
	}
	return d.unexplained > 0 && !d.decisions.confirmed
}

func sourcesDisagree(c *ruleContext, _ *Row) bool { return len(c.draft.conflicts) > 0 }

func expiryMissing(_ *ruleContext, r *Row) bool { return !r.Sub.Expires.Known() }

func trial(c *ruleContext, r *Row) bool {
	return isTrial(r) && (r.Target == nil || !c.draft.decisions.confirmed)
}

// segmentUnverified: who may buy at the prices of a segment is verified by
// Microsoft, outside of any export; a person who decides to move vouches for it.
func segmentUnverified(c *ruleContext, r *Row) bool {
	return segmentOf(r) > Commercial && !c.draft.decisions.confirmed
}

// segmentOf is the special segment that the source, the title or the target
// names; commercial or unknown only if none of them names one.
func segmentOf(r *Row) Segment {
	segment := max(r.Sub.Segment, r.Match.Flags.Segment)
	if r.Target != nil {
		segment = max(segment, r.Target.Segment)
	}
	return segment
}

// seatCap: seats of a Business SKU are pooled by tenant over all channels, and
// while old and new overlap both count.
func seatCap(c *ruleContext, r *Row) bool {
	return r.isBought() && c.caps[foldID(r.Target.SKUGUID)] && c.seats(r).total() > c.rule.Limit
}

// subscriptionLimit: Microsoft's pages name 150 and 300 subscriptions a tenant;
// the lower one warns.
func subscriptionLimit(c *ruleContext, r *Row) bool {
	return r.isBought() && c.held[c.draft.party] > c.rule.Limit
}

// isBought tells whether something is bought beside the old subscription.
func (r *Row) isBought() bool { return r.Provision.Known && !r.Route.isTransfer() }

// seats is what the customer has and is to have of the row's target.
func (c *ruleContext) seats(r *Row) seats {
	return c.tenants[holding{c.draft.party, foldID(r.Target.SKUGUID)}]
}

// saleStatusUnknown: what is no longer sold may be bought only by a tenant that
// is shown to hold it, and what is withdrawn by nobody; a transfer moves both as
// they are. Microsoft's own tool may also say that it knows of no product for
// the offer, or no price list may ever have named it: a person who decides to
// move has looked, and a price list that prices it settles the latter. Where
// what new customers buy is the target already, it remains to be confirmed that
// the tenant does not hold the other one.
func saleStatusUnknown(c *ruleContext, r *Row) bool {
	if r.Target == nil || !r.Route.needsOffer() || r.Route == RouteChannelTransfer || r.Route == RoutePartnerTransfer {
		return false
	}
	if r.Sub.barred("no equivalent product", "product is not available", "product unavailable") && !c.draft.decisions.confirmed {
		return true
	}
	if c.draft.ended != nil {
		return !c.draft.decisions.confirmed
	}
	status, has := c.sale(r), seats{}
	if r.Target.SKUGUID != "" {
		has = c.seats(r)
	}
	if status == SaleNotListed {
		return !c.draft.decisions.confirmed && !r.Money.CostCSP.Known
	}
	return status == SaleWithdrawn || (status == SaleEnded || r.Match.Flags.SaleUnknown) && has.old+has.csp == 0
}

// sale is the sale status of the target.
func (c *ruleContext) sale(r *Row) string {
	return c.in.Catalogue.worstSale(r.Target, r.Sub.Customer.Country, c.in.AsOf)
}

func relationshipLate(c *ruleContext, r *Row) bool {
	return waitsForRelationship(r) && r.RelationshipBy.Known() && c.in.AsOf > r.RelationshipBy
}

// waitsForRelationship: the customer has not accepted and is to be moved.
func waitsForRelationship(r *Row) bool {
	return r.Relationship != RelationshipAccepted && r.Route.needsOffer()
}

func decisionStale(c *ruleContext, _ *Row) bool {
	return c.draft.decisions.stale || len(c.draft.decisions.changed) > 0
}

// The checks of notes: worth knowing, but they never change the status.

func relationshipPending(c *ruleContext, r *Row) bool {
	return waitsForRelationship(r) && !relationshipLate(c, r)
}

// autoRenewOn: the term renews soon and locks in. Monthly terms renew every
// month and are told apart, or they would drown what matters.
func autoRenewOn(c *ruleContext, r *Row) bool {
	soon := r.Sub.Expires.Known() && r.DaysLeft >= 0 && r.DaysLeft <= c.in.Policy.WarnDays
	return soon && r.EndOfTerm == EndRenew && r.Sub.Term != P1M
}

func estDefault(_ *ruleContext, r *Row) bool { return r.EndOfTerm == EndEST }

// noPrice: what the customer pays is not known, or the price list at hand does
// not price what is to be bought.
func noPrice(c *ruleContext, r *Row) bool {
	return !r.Money.CostNow.Known || c.cspPriceMissing(r)
}

func (c *ruleContext) cspPriceMissing(r *Row) bool {
	return len(c.prices) > 0 && r.Target != nil && r.Route.needsOffer() && !r.Money.CostCSP.Known
}

func currencyDiffers(_ *ruleContext, r *Row) bool {
	m := &r.Money
	return m.CostNow.Known && m.CostCSP.Known && m.Currency != m.CSPCurrency
}

func noOrderID(_ *ruleContext, r *Row) bool {
	return r.Target != nil && r.Route.needsOffer() && (r.Target.lacksOrderID() || r.Match.Flags.NoOrderID)
}

func prepaidLost(_ *ruleContext, r *Row) bool {
	return r.Money.PrepaidLost.Known && r.Money.PrepaidLost.Minor > 0
}

// creditPossible: bought direct, and something paid is still unused as far as
// anybody can tell.
func creditPossible(c *ruleContext, r *Row) bool {
	credit := r.Money.CreditAtMost
	return r.CreditAskedBy != CreditNone && !r.Expired(c.in.AsOf) && (!credit.Known || credit.Minor > 0)
}

// unusedSeats are told only while fewer can still be ordered: before anything is
// in CSP, and where the subscription moves as it is, before it renews. What has
// ended or stays has nothing to reduce.
func unusedSeats(c *ruleContext, r *Row) bool {
	unused := r.Sub.Assigned.Known && r.Needed().Known && r.Sub.Assigned.N < r.Needed().N
	return unused && r.Route.needsOffer() && r.Progress < ProgressPartly && !r.Expired(c.in.AsOf) && !ended(&r.Sub)
}

func monthlyRenewal(_ *ruleContext, r *Row) bool {
	return r.Sub.Term == P1M && r.EndOfTerm == EndRenew
}

func promotion(_ *ruleContext, r *Row) bool {
	return r.Sub.Promotion == Yes || r.Match.Flags.Promotion || r.Sub.barred("promotion")
}
