package reconcile

// What rules ask for, and what settles their questions beforehand. Both are
// shown by explain: a rule that could not be judged names the fact that is
// missing, one that does not apply says why.

var (
	needRegion      = need{"col.region_customer", func(_ *ruleContext, r *Row) bool { return r.SameRegion != Unknown }}
	needDomain      = need{"fact.domain", func(_ *ruleContext, r *Row) bool { return r.Sub.Customer.Domain != "" }}
	needExpiry      = need{"col.expires", func(_ *ruleContext, r *Row) bool { return r.Sub.Expires.Known() }}
	needStart       = need{"fact.start", func(_ *ruleContext, r *Row) bool { return r.Sub.Start.Known() }}
	needTerm        = need{"evidence.term", func(_ *ruleContext, r *Row) bool { return r.Sub.Term != TermUnknown }}
	needBilling     = need{"evidence.billing", func(_ *ruleContext, r *Row) bool { return billingMonths(r.Sub) != 0 }}
	needEnd         = need{"col.end_of_term", func(_ *ruleContext, r *Row) bool { return r.EndOfTerm != EndUnknown }}
	needLicences    = need{"col.licences", func(_ *ruleContext, r *Row) bool { return r.Sub.Licences.Known }}
	needAssigned    = need{"evidence.assigned", func(_ *ruleContext, r *Row) bool { return r.Sub.Assigned.Known }}
	needTarget      = need{"col.csp_offer", func(_ *ruleContext, r *Row) bool { return r.Target != nil }}
	needOffer       = need{"evidence.title", func(_ *ruleContext, r *Row) bool { return r.Sub.namesOffer() }}
	needID          = need{"fact.subscription_id", func(_ *ruleContext, r *Row) bool { return r.Sub.SubscriptionID != "" }}
	needOfferID     = need{"fact.offer_id", func(_ *ruleContext, r *Row) bool { return r.Sub.namesOfferID() }}
	needTitle       = need{"evidence.title", func(_ *ruleContext, r *Row) bool { return r.Sub.OfferTitle != "" }}
	needPrice       = need{"evidence.price", func(_ *ruleContext, r *Row) bool { return r.Money.CostNow.Known() }}
	needCSPPrice    = need{"fact.csp_price", func(_ *ruleContext, r *Row) bool { return r.Money.CostCSP.Known() }}
	needChannel     = need{"col.channel", func(_ *ruleContext, r *Row) bool { return r.Sub.Channel != ChannelUnknown }}
	needSegment     = need{"evidence.segment", func(_ *ruleContext, r *Row) bool { return segmentOf(r) != SegmentUnknown }}
	needTrial       = need{"fact.trial", func(_ *ruleContext, r *Row) bool { return r.Sub.Trial != Unknown }}
	needPromotion   = need{"fact.promotion", func(_ *ruleContext, r *Row) bool { return r.Sub.Promotion != Unknown || r.Sub.MigrationEligible == Yes }}
	needBase        = need{"evidence.base", func(_ *ruleContext, r *Row) bool { return r.Sub.RareFacts().BaseID != "" }}
	needAct         = need{"fact.relationship_by", func(_ *ruleContext, r *Row) bool { return r.RelationshipBy.Known() }}
	needWish        = need{"fact.wish", func(_ *ruleContext, r *Row) bool { return r.Wish().written() }}
	needAccepted    = need{"col.accepted_until", func(_ *ruleContext, r *Row) bool { return r.Accepted().Until.Known() }}
	needMigration   = need{"col.migration", func(_ *ruleContext, r *Row) bool { return r.Migration().State != MigrationNone }}
	needOtherExport = need{"fact.other_source", func(_ *ruleContext, r *Row) bool { return len(r.told().Sources) > 1 }}
)

// namesOffer tells whether the source says at all what was bought.
func (s *Subscription) namesOffer() bool { return s.OfferTitle != "" || s.namesOfferID() }

func (s *Subscription) namesOfferID() bool {
	return s.OfferID != "" || s.SKUGUID != "" || s.PartNumber != "" || s.ProductID != "" || s.RareFacts().NcePsa != ""
}

var (
	// A person who decides to move it has looked at the row. Who chooses an offer
	// for a title has not: only what the offer itself asks is answered then.
	ifConfirmed = exemption{"confirmed", func(c *ruleContext, _ *Row) bool { return c.draft.decisions.confirmed }}
	ifChosen    = exemption{"confirmed", func(c *ruleContext, _ *Row) bool { return c.draft.decisions.chosen }}
	// Who chooses an offer everywhere sees on Unmatched what it lacks. A name that is
	// written into a row shows nobody what the users of that row lose.
	ifLossSeen = exemption{"confirmed", func(c *ruleContext, r *Row) bool {
		return c.draft.decisions.confirmed || c.draft.decisions.chosen && !r.Wish().offerHolds()
	}}
	// Nothing is to be bought: it is blocked, the customer leaves, or it has no licences.
	ifNotMoved = exemption{"not-moved", func(_ *ruleContext, r *Row) bool { return !r.Route.needsOffer() }}
	// What is transferred or converted is there already: nothing is bought beside it.
	ifTransferred = exemption{"transferred", func(_ *ruleContext, r *Row) bool { return r.Route.isTransfer() }}
	ifDone        = exemption{"done", func(_ *ruleContext, r *Row) bool { return r.Progress == ProgressDone }}
	ifAccepted    = exemption{"accepted", func(_ *ruleContext, r *Row) bool { return r.Relationship == RelationshipAccepted }}
	ifUndecided   = exemption{"undecided", func(c *ruleContext, r *Row) bool {
		return r.Decision == ChoiceNone && !r.Wish().written() && r.Match.Choice == nil
	}}
	ifNoAddOn = exemption{"no-add-on", func(_ *ruleContext, r *Row) bool { return !isAddOn(r) }}
	ifMonthly = exemption{"monthly", func(_ *ruleContext, r *Row) bool { return r.Sub.Term == P1M }}
	ifOver    = exemption{"over", func(c *ruleContext, r *Row) bool { return r.Expired(c.in.AsOf) || ended(r.Sub) }}
)

// isAddOn: the source says so or names a base, or the offer is one by name.
func isAddOn(r *Row) bool {
	return r.Sub.AddOn != No && (r.Sub.AddOn == Yes || r.Sub.RareFacts().BaseID != "" || r.Match.Flags.AddOn)
}
