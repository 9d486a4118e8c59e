package reconcile

import "strconv"

// The checks of rules that stop a move or could lose data. Each says what must
// be true for it to fire; what is not known never fires a rule about itself,
// but the rule that asks for it.

func regionMismatch(_ *ruleContext, r *Row) (bool, []string) {
	return r.SameRegion == No, []string{"region", r.Region, "country", r.Sub.Customer.Country}
}

func expired(c *ruleContext, r *Row) (bool, []string) {
	return r.Expired(c.in.AsOf) || ended(&r.Sub), []string{"expires", r.Sub.Expires.String(), "state", r.Sub.State}
}

// noEquivalent: nothing is chosen to buy. Where the title fits several SKUs or
// contradicts the id, the offer is known to exist and the question is another.
func noEquivalent(_ *ruleContext, r *Row) (bool, []string) {
	m := r.Match
	fires := r.Target == nil && m.Class != MatchAmbiguous && !m.Flags.TitleIDDisagree && !m.Flags.DamagedID
	return fires, []string{"match", m.Class.String()}
}

func servicesLost(c *ruleContext, r *Row) (bool, []string) {
	return len(r.PlansLost) > 0 && !c.draft.decisions.confirmed, []string{"plans", strconv.Itoa(len(r.PlansLost)), "offer", targetName(r)}
}

func targetName(r *Row) string {
	if r.Target == nil {
		return ""
	}
	return r.Target.Name
}

func moreAssigned(_ *ruleContext, r *Row) (bool, []string) {
	s := &r.Sub
	return s.Assigned.Known && s.Licences.Known && s.Assigned.N > s.Licences.N,
		[]string{"a", countText(s.Assigned), "n", countText(s.Licences)}
}

// orphanedAddOn: the base that the add-on names is not moved with it. A base
// that is in CSP already is no loss.
func orphanedAddOn(c *ruleContext, r *Row) (bool, []string) {
	base := foldID(r.Sub.BaseID)
	if base == "" || r.Sub.AddOn == No || base == foldID(r.Sub.SubscriptionID) {
		return false, nil
	}
	return !c.baseMoves(base), []string{"base", r.Sub.BaseID}
}

func regionUnknown(_ *ruleContext, r *Row) (bool, []string) {
	return r.SameRegion == Unknown, []string{"country", r.Sub.Customer.Country}
}

func offerAmbiguous(_ *ruleContext, r *Row) (bool, []string) {
	return r.Match.Class == MatchAmbiguous, []string{"candidates", strconv.Itoa(len(r.Match.Candidates))}
}

func equivalentUnconfirmed(c *ruleContext, r *Row) (bool, []string) {
	return r.Target != nil && r.Match.Class == MatchEquivalent && r.Reassign != No && !c.draft.decisions.confirmed,
		[]string{"offer", targetName(r)}
}

func titleIDDisagree(_ *ruleContext, r *Row) (bool, []string) {
	return r.Match.Flags.TitleIDDisagree, []string{"title", r.Sub.OfferTitle}
}

func idDamaged(_ *ruleContext, r *Row) (bool, []string) {
	return r.Match.Flags.DamagedID || r.Sub.DamagedID != "", []string{"column", r.Sub.DamagedID}
}

// licencesDiffer: the number of licences is not known, or CSP holds fewer than
// a person or the export says have moved, or licences that nothing links to
// this row. A person who decides to move it says that the latter are others.
func licencesDiffer(c *ruleContext, r *Row) (bool, []string) {
	d := c.draft
	switch {
	case r.Progress == ProgressDone:
		return false, nil
	case !r.Sub.Licences.Known:
		return true, []string{"licences", "", "seen", strconv.Itoa(r.Seen)}
	case missing(r) > 0 && (d.migrated > 0 || d.decisions.choice == ChoiceDone):
		return true, []string{"licences", countText(r.Sub.Licences), "seen", strconv.Itoa(r.Seen)}
	case d.unexplained > 0 && !d.decisions.confirmed:
		return true, []string{"licences", countText(r.Sub.Licences), "seen", strconv.Itoa(d.unexplained)}
	}
	return false, nil
}

func sourcesDisagree(c *ruleContext, _ *Row) (bool, []string) {
	return len(c.draft.conflicts) > 0, evidence(c.draft.conflicts)
}

func expiryMissing(_ *ruleContext, r *Row) (bool, []string) { return !r.Sub.Expires.Known(), nil }

func trial(c *ruleContext, r *Row) (bool, []string) {
	return isTrial(r) && !(r.Target != nil && c.draft.decisions.confirmed), nil
}

// segmentUnverified: who may buy at the prices of a segment is verified by
// Microsoft, outside of any export; a person who decides to move vouches for it.
func segmentUnverified(c *ruleContext, r *Row) (bool, []string) {
	segment := r.Sub.Segment
	fill(&segment, r.Match.Flags.Segment)
	if r.Target != nil {
		fill(&segment, r.Target.Segment)
	}
	return segment > Commercial && !c.draft.decisions.confirmed, []string{"segment", segment.String()}
}

// seatCap: seats of a Business SKU are pooled by tenant over all channels, and
// while old and new overlap both count.
func seatCap(c *ruleContext, r *Row) (bool, []string) {
	if !r.Provision.Known || r.Route.isTransfer() || !c.caps[foldID(r.Target.SKUGUID)] {
		return false, nil
	}
	total := c.tenants[holding{c.draft.party, foldID(r.Target.SKUGUID)}].total()
	return total > c.rule.Limit, []string{"seats", strconv.Itoa(total), "limit", strconv.Itoa(c.rule.Limit)}
}

// subscriptionLimit: Microsoft's pages name 150 and 300 subscriptions a tenant;
// the lower one warns.
func subscriptionLimit(c *ruleContext, r *Row) (bool, []string) {
	if !r.Provision.Known || r.Route.isTransfer() {
		return false, nil
	}
	held := c.held[c.draft.party]
	return held > c.rule.Limit, []string{"subscriptions", strconv.Itoa(held), "limit", strconv.Itoa(c.rule.Limit)}
}

// saleStatusUnknown: what is no longer sold may be bought only by a tenant that
// is shown to hold it; a transfer moves it as it is.
func saleStatusUnknown(c *ruleContext, r *Row) (bool, []string) {
	if r.Target == nil || r.Route == RouteChannelTransfer || r.Route == RoutePartnerTransfer {
		return false, nil
	}
	sku, status := foldID(r.Target.SKUGUID), SaleAvailable
	if sku != "" {
		status = c.in.Catalogue.Sale(sku, r.Sub.Customer.Country, c.in.AsOf)
	}
	has := c.tenants[holding{c.draft.party, sku}]
	held := sku != "" && has.old+has.csp > 0
	ended := status == SaleEnded || r.Match.Flags.SaleUnknown
	return status == SaleWithdrawn || ended && !held, []string{"offer", r.Target.Name, "sale", status}
}

func relationshipLate(c *ruleContext, r *Row) (bool, []string) {
	return waitsForRelationship(r) && r.RelationshipBy.Known() && c.in.AsOf > r.RelationshipBy,
		[]string{"date", r.RelationshipBy.String()}
}

// waitsForRelationship: the customer has not accepted and is to be moved.
func waitsForRelationship(r *Row) bool {
	return r.Relationship != RelationshipAccepted && r.Route != RouteLetExpire && r.Route != RouteNone
}

func decisionStale(c *ruleContext, r *Row) (bool, []string) {
	return c.draft.decisions.stale, []string{"was", c.draft.decisions.was, "now", r.Stamp()}
}
