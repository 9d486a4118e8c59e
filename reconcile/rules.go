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
	check      check
}

// A check tells whether a rule fires on a row, and gives the evidence: name,
// value, name, value.
type check func(*ruleContext, *Row) (fires bool, args []string)

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
	{Code: "region-mismatch", Severity: Blocked, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, check: regionMismatch},

	{Code: "expired", Severity: DataLoss, Who: whoSales, Source: pageEnds, SourceDate: endsDate, check: expired},
	{Code: "no-equivalent", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: noEquivalent},
	{Code: "services-lost", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: servicesLost},
	{Code: "more-assigned-than-licences", Severity: DataLoss, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, check: moreAssigned},
	{Code: "orphaned-add-on", Severity: DataLoss, Who: whoSales, Source: pageNCE, SourceDate: nceDate, check: orphanedAddOn},

	{Code: "region-unknown", Severity: Decide, Who: whoBilling, Source: pageMove, SourceDate: movePageDate, check: regionUnknown},
	{Code: "offer-ambiguous", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: offerAmbiguous},
	{Code: "equivalent-unconfirmed", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: equivalentUnconfirmed},
	{Code: "title-id-disagree", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, check: titleIDDisagree},
	{Code: "id-damaged", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, check: idDamaged},
	{Code: "licences-differ", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: licencesDiffer},
	{Code: "sources-disagree", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, check: sourcesDisagree},
	{Code: "expiry-missing", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate, check: expiryMissing},
	{Code: "trial", Severity: Decide, Who: whoSales, Source: pageNCE, SourceDate: nceDate, check: trial},
	{Code: "segment-unverified", Severity: Decide, Who: whoCustomer, Source: pagePricing, SourceDate: pricingDate, check: segmentUnverified},
	{Code: "seat-cap", Severity: Decide, Who: whoSales, Source: pagePricing, SourceDate: pricingDate, Limit: 300, check: seatCap},
	{Code: "subscription-limit", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: NewDate(2023, time.January, 11), Limit: 150, check: subscriptionLimit},
	{Code: "sale-status-unknown", Severity: Decide, Who: whoSales, Source: "Partner Center, Manage end of sale offers", SourceDate: NewDate(2023, time.September, 5), check: saleStatusUnknown},
	{Code: "relationship-late", Severity: Decide, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, check: relationshipLate},
	{Code: "decision-stale", Severity: Decide, Who: whoSales, Source: ours, SourceDate: oursDate, check: decisionStale},

	{Code: "relationship-pending", Severity: Ready, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, check: relationshipPending},
	{Code: "auto-renew-on", Severity: Ready, Who: whoCustomer, Source: pageLifecycle, SourceDate: lifecycleDate, check: autoRenewOn},
	{Code: "est-default", Severity: Ready, Who: whoCustomer, Source: pageEST, SourceDate: estDate, Since: NewDate(2026, time.February, 9), check: estDefault},
	{Code: "no-price", Severity: Ready, Who: whoBilling, Source: ours, SourceDate: oursDate, check: noPrice},
	{Code: "currency-differs", Severity: Ready, Who: whoBilling, Source: "Partner Center, CSP global markets", SourceDate: NewDate(2023, time.August, 17), check: currencyDiffers},
	{Code: "no-order-id", Severity: Ready, Who: whoBilling, Source: pagePricing, SourceDate: pricingDate, check: noOrderID},
	{Code: "prepaid-lost", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: prepaidLost},
	{Code: "credit-possible", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: creditPossible},
	{Code: "unused-seats", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate, check: unusedSeats},
	{Code: "monthly-renewal", Severity: Ready, Who: whoSales, Source: pagePricing, SourceDate: pricingDate, check: monthlyRenewal},
	{Code: "promotion", Severity: Ready, Who: whoBilling, Source: pageNCE, SourceDate: nceDate, check: promotion},
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
		if fires, args := rule.check(&ctx, r); fires {
			r.Findings = append(r.Findings, Finding{Code: rule.Code, Args: args})
			r.Status = min(r.Status, rule.Severity)
		}
	}
	if r.Progress == ProgressDone {
		r.Status = Done
	}
}
