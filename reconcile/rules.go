package reconcile

import "time"

// A Rule is one thing that can be true of a row and that somebody should know.
// Rules are data: the plan, the README, About and `cspplan catalog --rules`
// read the same list. Adding a rule is adding an entry and its test rows.
type Rule struct {
	Code       string // its sentence is the text finding.<code>
	Severity   Status // the status it gives a row; Ready: a note that changes none
	Who        string // key of the text that names who can lift it
	Source     string
	SourceDate Date
	Since      Date // first as-of date it applies on; zero = always
	Until      Date // last one; zero = open
	Limit      int  // the number it checks against, if it has one

	fires    func(*ruleContext, *Row) bool
	evidence func(*ruleContext, *Row) []string // nil: the sentence says it all
}

// ruleContext is what checks may ask beside the row itself.
type ruleContext struct {
	*planning
	draft *draft
	rule  *Rule
}

// Who can lift a finding.
const (
	whoSales    = "role.sales"
	whoBilling  = "role.billing"
	whoAdmin    = "role.admin"
	whoCustomer = "col.customer"
)

// Sources that several rules share.
const (
	pageMove      = "Partner Center, Move license-based customers to CSP"
	pageNCE       = "Partner Center, Migrate subscriptions to new commerce"
	pagePricing   = "Partner Center, Pricing and offers"
	pageLifecycle = "Partner Center, Subscription lifecycle states"
	pageEST       = "Partner Center, Extended service terms"
	pageEnds      = "Microsoft 365, What happens when a subscription ends"
	ours          = "cspplan: a row is never Ready on a guess"
)

var (
	movePageDate  = NewDate(2020, time.June, 30)
	nceDate       = NewDate(2023, time.October, 13)
	pricingDate   = NewDate(2023, time.October, 18)
	lifecycleDate = NewDate(2023, time.August, 4)
	estDate       = NewDate(2026, time.February, 16)
	endsDate      = NewDate(2024, time.March, 29)
	oursDate      = NewDate(2026, time.November, 23)
)

// Rules lists every rule, gravest first; findings stand in this order.
var Rules = []Rule{
	{Code: "region-mismatch", Severity: Blocked, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, fires: regionMismatch, evidence: evidenceRegion},

	{Code: "expired", Severity: DataLoss, Who: whoSales, Source: pageEnds, SourceDate: endsDate, fires: expired, evidence: evidenceExpiry},
	{Code: "no-equivalent", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: noEquivalent, evidence: evidenceMatch},
	{Code: "services-lost", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: servicesLost, evidence: evidenceOffer},
	{Code: "more-assigned-than-licences", Severity: DataLoss, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, fires: moreAssigned, evidence: evidenceAssigned},
	{Code: "orphaned-add-on", Severity: DataLoss, Who: whoSales, Source: pageNCE, SourceDate: nceDate, fires: orphanedAddOn, evidence: evidenceBase},

	{Code: "region-unknown", Severity: Decide, Who: whoBilling, Source: pageMove, SourceDate: movePageDate, fires: regionUnknown, evidence: evidenceRegion},
	{Code: "offer-ambiguous", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: offerAmbiguous, evidence: evidenceMatch},
	{Code: "equivalent-unconfirmed", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: equivalentUnconfirmed, evidence: evidenceOffer},
	{Code: "title-id-disagree", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, fires: titleIDDisagree, evidence: evidenceMatch},
	{Code: "id-damaged", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, fires: idDamaged, evidence: evidenceDamage},
	{Code: "licences-differ", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: licencesDiffer, evidence: evidenceSeen},
	{Code: "sources-disagree", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, fires: sourcesDisagree, evidence: evidenceConflicts},
	{Code: "expiry-missing", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, fires: expiryMissing},
	{Code: "trial", Severity: Decide, Who: whoSales, Source: pageNCE, SourceDate: nceDate, fires: trial},
	{Code: "segment-unverified", Severity: Decide, Who: whoCustomer, Source: pagePricing, SourceDate: pricingDate, fires: segmentUnverified, evidence: evidenceSegment},
	{Code: "seat-cap", Severity: Decide, Who: whoSales, Source: pagePricing, SourceDate: pricingDate, Limit: 300, fires: seatCap, evidence: evidenceSeats},
	{Code: "subscription-limit", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: NewDate(2023, time.January, 11), Limit: 150, fires: subscriptionLimit, evidence: evidenceHeld},
	{Code: "sale-status-unknown", Severity: Decide, Who: whoSales, Source: "Partner Center, Manage end of sale offers", SourceDate: NewDate(2023, time.September, 5), fires: saleStatusUnknown, evidence: evidenceSale},
	{Code: "relationship-late", Severity: Decide, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, fires: relationshipLate, evidence: evidenceRelationship},
	{Code: "migration-failed", Severity: Decide, Who: whoBilling, Source: pageNCE, SourceDate: nceDate, fires: migrationFailed, evidence: evidenceMigration},
	{Code: "migration-vanished", Severity: Decide, Who: whoBilling, Source: pageNCE, SourceDate: nceDate, fires: migrationVanished, evidence: evidenceMigration},
	{Code: "csp-offer-differs", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: cspOfferDiffers, evidence: evidenceAnother},
	{Code: "wish-impossible", Severity: Decide, Who: whoSales, Source: ours, SourceDate: oursDate, fires: wishImpossible, evidence: evidenceWish},
	{Code: "decision-stale", Severity: Decide, Who: whoSales, Source: ours, SourceDate: oursDate, fires: decisionStale, evidence: evidenceStale},

	{Code: "relationship-pending", Severity: Ready, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, fires: relationshipPending, evidence: evidenceRelationship},
	{Code: "migration-pending", Severity: Ready, Who: whoBilling, Source: pageNCE, SourceDate: nceDate, fires: migrationPending, evidence: evidenceMigration},
	{Code: "changed-by-hand", Severity: Ready, Who: whoSales, Source: ours, SourceDate: oursDate, fires: changedByHand, evidence: evidenceWish},
	{Code: "exception-accepted", Severity: Ready, Who: whoSales, Source: ours, SourceDate: oursDate, fires: exceptionAccepted, evidence: evidenceAccepted},
	{Code: "auto-renew-on", Severity: Ready, Who: whoCustomer, Source: pageLifecycle, SourceDate: lifecycleDate, fires: autoRenewOn, evidence: evidenceExpiry},
	{Code: "est-default", Severity: Ready, Who: whoCustomer, Source: pageEST, SourceDate: estDate, Since: NewDate(2026, time.February, 9), fires: estDefault, evidence: evidenceExpiry},
	{Code: "no-price", Severity: Ready, Who: whoBilling, Source: ours, SourceDate: oursDate, fires: noPrice, evidence: evidenceSide},
	{Code: "currency-differs", Severity: Ready, Who: whoBilling, Source: "Partner Center, CSP global markets", SourceDate: NewDate(2023, time.August, 17), fires: currencyDiffers, evidence: evidenceCurrencies},
	{Code: "no-order-id", Severity: Ready, Who: whoBilling, Source: pagePricing, SourceDate: pricingDate, fires: noOrderID, evidence: evidenceOffer},
	{Code: "prepaid-lost", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: prepaidLost, evidence: evidencePrepaid},
	{Code: "credit-possible", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: creditPossible, evidence: evidenceCredit},
	{Code: "unused-seats", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate, fires: unusedSeats, evidence: evidenceUnused},
	{Code: "monthly-renewal", Severity: Ready, Who: whoSales, Source: pagePricing, SourceDate: pricingDate, fires: monthlyRenewal, evidence: evidenceExpiry},
	{Code: "promotion", Severity: Ready, Who: whoBilling, Source: pageNCE, SourceDate: nceDate, fires: promotion},
}

// Sentence is the key of the text that says what is true.
func (r *Rule) Sentence() string { return "finding." + r.Code }

// Lifts is the key of the text that says what lifts it.
func (r *Rule) Lifts() string { return "lifts." + r.Code }

// Applies tells whether the rule is in force on a day.
func (r *Rule) Applies(on Date) bool {
	return on >= r.Since && (!r.Until.Known() || on <= r.Until)
}

// judge applies the rules. The worst finding gives the status; what is done is
// done.
func (p *planning) judge(r *Row, d *draft) {
	ctx := ruleContext{planning: p, draft: d}
	r.Status = Ready
	for i := range Rules {
		rule := &Rules[i]
		if !rule.Applies(p.in.AsOf) {
			continue
		}
		ctx.rule = rule
		if !rule.fires(&ctx, r) {
			continue
		}
		f := Finding{Code: rule.Code, Severity: rule.Severity}
		if rule.evidence != nil {
			f.Args = rule.evidence(&ctx, r)
		}
		r.Findings = append(r.Findings, f)
		r.Status = min(r.Status, rule.Severity)
	}
	if r.Progress == ProgressDone {
		r.Status = Done
	}
}
