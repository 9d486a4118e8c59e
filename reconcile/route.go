package reconcile

// setRoute sets how the row moves and why, in the order of rules.md §5.
func (p *planning) setRoute(r *Row, d *draft) {
	switch s := r.Sub; {
	case d.barrier == byRegion:
		r.Route, r.RouteWhy = RouteNone, WhyRegion
	case d.barrier == byCloud:
		r.Route, r.RouteWhy = RouteNone, WhyOtherCloud
	case d.barrier == byProvider:
		r.Route, r.RouteWhy = RouteNone, WhyProvider
	case s.Licences.Known && s.Licences.N == 0:
		r.Route, r.RouteWhy = RouteLetExpire, WhyNothingToProvision
	default:
		r.Route, r.RouteWhy = p.channelRoute(r)
	}
}

// stay lets a row run out that a person decided not to move. What is blocked by
// its region cannot be moved whatever anybody decides.
func stay(r *Row, choice Choice) {
	switch {
	case r.Route == RouteNone:
	case choice == ChoiceLeaves:
		r.Route, r.RouteWhy = RouteLetExpire, WhyCustomerLeaves
	case choice == ChoiceNo:
		r.Route, r.RouteWhy = RouteLetExpire, WhyNotToBeMoved
	}
}

// channelRoute is how a row would move that is to be moved, by where it was
// bought. What has ended or is a trial cannot be migrated or transferred, only
// bought anew.
func (p *planning) channelRoute(r *Row) (Route, RouteReason) {
	over := r.Expired(p.in.AsOf) || ended(r.Sub)
	switch s := r.Sub; {
	case over:
		return RouteBuyReassignEnd, WhyEnded
	case isTrial(r):
		return RouteBuyReassignEnd, WhyTrial
	case s.Channel == LegacyCSP && s.MigrationEligible == Yes:
		return RouteBAM, WhyMigrationEligible
	case s.Channel == LegacyCSP:
		return RouteBuyReassignEnd, WhyMigrationNotEligible
	case s.Programme == EA:
		return RouteChannelTransfer, WhyEARenews
	case s.Channel == OtherPartner && s.Programme == NCE:
		return RoutePartnerTransfer, WhyNCEAtPartner
	case s.Channel == OtherPartner:
		return RouteBuyReassignEnd, WhyPartnerNotNCE
	case s.Channel == Direct:
		return RouteBuyReassignEnd, WhyDirect
	case s.Channel == Volume:
		return RouteBuyReassignEnd, WhyVolume
	}
	return RouteBuyReassignEnd, WhyChannelUnknown
}

// isTransfer tells whether the subscription itself changes hands or is
// converted: it is never paid twice, and nothing is bought beside it.
func (r Route) isTransfer() bool {
	return r == RouteBAM || r == RouteChannelTransfer || r == RoutePartnerTransfer
}

// needsOffer tells whether the route ends in a CSP subscription.
func (r Route) needsOffer() bool { return r != RouteNone && r != RouteLetExpire }
