package reconcile

// setRoute sets how the row moves and why, in the order of rules.md §5; the
// reason is the text routewhy.<code>.
func (p *planning) setRoute(r *Row, d *draft) {
	switch s := r.Sub; {
	case d.barrier == byRegion:
		r.Route, r.RouteWhy = RouteNone, "region"
	case d.barrier == byCloud:
		r.Route, r.RouteWhy = RouteNone, "other-cloud"
	case d.barrier == byProvider:
		r.Route, r.RouteWhy = RouteNone, "provider"
	case s.Licences.Known && s.Licences.N == 0:
		r.Route, r.RouteWhy = RouteLetExpire, "nothing-to-provision"
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
		r.Route, r.RouteWhy = RouteLetExpire, "customer-leaves"
	case choice == ChoiceNo:
		r.Route, r.RouteWhy = RouteLetExpire, "not-to-be-moved"
	}
}

// channelRoute is how a row would move that is to be moved, by where it was
// bought. What has ended or is a trial cannot be migrated or transferred, only
// bought anew.
func (p *planning) channelRoute(r *Row) (Route, string) {
	over := r.Expired(p.in.AsOf) || ended(r.Sub)
	switch s := r.Sub; {
	case over:
		return RouteBuyReassignEnd, "ended"
	case isTrial(r):
		return RouteBuyReassignEnd, "trial"
	case s.Channel == LegacyCSP && s.MigrationEligible == Yes:
		return RouteBAM, "migration-eligible"
	case s.Channel == LegacyCSP:
		return RouteBuyReassignEnd, "migration-not-eligible"
	case s.Programme == EA:
		return RouteChannelTransfer, "ea-renews"
	case s.Channel == OtherPartner && s.Programme == NCE:
		return RoutePartnerTransfer, "nce-at-partner"
	case s.Channel == OtherPartner:
		return RouteBuyReassignEnd, "partner-not-nce"
	case s.Channel == Direct:
		return RouteBuyReassignEnd, "direct"
	case s.Channel == Volume:
		return RouteBuyReassignEnd, "volume"
	}
	return RouteBuyReassignEnd, "channel-unknown"
}

// isTransfer tells whether the subscription itself changes hands or is
// converted: it is never paid twice, and nothing is bought beside it.
func (r Route) isTransfer() bool {
	return r == RouteBAM || r == RouteChannelTransfer || r == RoutePartnerTransfer
}

// needsOffer tells whether the route ends in a CSP subscription.
func (r Route) needsOffer() bool { return r != RouteNone && r != RouteLetExpire }
