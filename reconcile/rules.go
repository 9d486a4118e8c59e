package reconcile

import "time"

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
	pageClouds    = "Partner Center, National clouds overview"
	pagePartners  = "Partner Center, CSP supported partner relationships"
	pageMarkets   = "Partner Center, CSP global markets"
	pageAddOns    = "Partner Center, New commerce add-ons"
	pageEnds      = "Microsoft 365, What happens when a subscription ends"
	ours          = "cspplan: a row is never Ready on a guess"
)

var (
	movePageDate  = NewDate(2020, time.June, 30)
	nceDate       = NewDate(2023, time.October, 13)
	pricingDate   = NewDate(2023, time.October, 18)
	lifecycleDate = NewDate(2023, time.August, 4)
	estDate       = NewDate(2026, time.February, 16)
	cloudsDate    = NewDate(2023, time.January, 11) // the note of the page on moving customers; the overview itself is of 2021
	partnersDate  = NewDate(2023, time.January, 11)
	marketsDate   = NewDate(2023, time.August, 17)
	endsDate      = NewDate(2024, time.March, 29)
	oursDate      = NewDate(2026, time.November, 23)
)

// Rules lists every rule, gravest first; findings stand in this order.
var Rules = []Rule{
	{Code: "region-mismatch", Severity: Blocked, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate,
		fires: regionMismatch, needs: []need{needRegion}, kept: evidenceRegion},
	{Code: "other-cloud", Severity: Blocked, Who: whoCustomer, Source: pageClouds, SourceDate: cloudsDate,
		fires: otherCloud, needs: []need{needDomain}, kept: evidenceCloud},
	{Code: "provider-region", Severity: Blocked, Who: whoBilling, Source: pagePartners, SourceDate: partnersDate,
		fires: providerRegion, unless: []exemption{ifNoProvider}, needs: []need{needRegion}, kept: evidenceProvider},

	{Code: "expired", Severity: DataLoss, Who: whoSales, Source: pageEnds, SourceDate: endsDate,
		fires: expired, needs: []need{needExpiry}, evidence: evidenceEnd},
	{Code: "no-equivalent", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: noEquivalent, evidence: evidenceMatch},
	{Code: "services-lost", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: servicesLost, unless: []exemption{ifLossSeen}, needs: []need{needTarget}, evidence: evidenceLost},
	{Code: "more-assigned-than-licences", Severity: DataLoss, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate,
		fires: moreAssigned, needs: []need{needAssigned, needLicences}, evidence: evidenceAssigned},
	{Code: "orphaned-add-on", Severity: DataLoss, Who: whoSales, Source: pageNCE, SourceDate: nceDate,
		fires: orphanedAddOn, unless: []exemption{ifNoAddOn}, needs: []need{needBase}, evidence: evidenceBase},
	{Code: "planned-after-end", Severity: DataLoss, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: plannedAfterEnd, unless: []exemption{ifUnplanned, ifUndated, ifNotMoved, ifOver, ifProvisioned}, needs: []need{needEnd}, evidence: evidencePlanned},

	{Code: "region-unknown", Severity: Decide, Who: whoBilling, Source: pageMove, SourceDate: movePageDate,
		fires: regionUnknown, kept: evidenceCountries},
	{Code: "cloud-unverified", Severity: Decide, Who: whoBilling, Source: pageClouds, SourceDate: cloudsDate,
		fires: cloudUnverified, unless: []exemption{ifOtherRegion, ifConfirmed}, needs: []need{needRegion}, kept: evidenceCloud},
	{Code: "tenant-ambiguous", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: tenantAmbiguous, evidence: evidenceCustomer},
	{Code: "offer-ambiguous", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: offerAmbiguous, needs: []need{needOffer}, evidence: evidenceMatch},
	{Code: "equivalent-unconfirmed", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: equivalentUnconfirmed, unless: []exemption{ifChosen}, needs: []need{needTarget}, evidence: evidenceOffer},
	{Code: "title-id-disagree", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: titleIDDisagree, needs: []need{needTitle, needOfferID}, evidence: evidenceMatch},
	{Code: "id-damaged", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: idDamaged, needs: []need{needID}, evidence: evidenceDamage},
	{Code: "licences-differ", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: licencesDiffer, unless: []exemption{ifDone}, kept: evidenceSeen},
	{Code: "sources-disagree", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: sourcesDisagree, needs: []need{needOtherExport}, kept: evidenceConflicts},
	{Code: "facts-contradict", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: factsContradict, needs: []need{needStart, needExpiry}, evidence: evidenceContradiction},
	{Code: "expiry-missing", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: expiryMissing, evidence: evidenceExpiry},
	{Code: "expiry-implausible", Severity: Decide, Who: whoBilling, Source: pagePricing, SourceDate: pricingDate, Threshold: "policy.max_term_months",
		fires: expiryImplausible, needs: []need{needExpiry}, evidence: evidenceExpiry},
	{Code: "trial", Severity: Decide, Who: whoSales, Source: pageNCE, SourceDate: nceDate,
		fires: trial, needs: []need{needTrial}, evidence: evidenceTrial},
	{Code: "segment-unverified", Severity: Decide, Who: whoCustomer, Source: pagePricing, SourceDate: pricingDate,
		fires: segmentUnverified, unless: []exemption{ifConfirmed}, needs: []need{needSegment}, evidence: evidenceSegment},
	{Code: "base-unknown", Severity: Decide, Who: whoSales, Source: pageAddOns, SourceDate: nceDate,
		fires: baseUnknown, unless: []exemption{ifNoAddOn, ifBaseNamed, ifNotMoved, ifTransferred, ifConfirmed}, evidence: evidenceMatch},
	{Code: "family-split", Severity: Decide, Who: whoSales, Source: pageNCE, SourceDate: nceDate,
		fires: familySplit, unless: []exemption{ifNotBAM}, needs: []need{needID}, kept: evidenceFamily},
	{Code: "seat-cap", Severity: Decide, Who: whoSales, Source: pagePricing, SourceDate: pricingDate, Threshold: "policy.seat_cap",
		fires: overSeatCap, unless: []exemption{ifNotMoved, ifTransferred, ifNotCapped}, needs: []need{needTarget, needLicences}, kept: evidenceSeats},
	{Code: "subscription-limit", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: NewDate(2023, time.January, 11), Threshold: "policy.subscription_cap",
		fires: overSubscriptionCap, unless: []exemption{ifNotMoved, ifTransferred}, needs: []need{needTarget, needLicences}, kept: evidenceHeld},
	{Code: "sale-status-unknown", Severity: Decide, Who: whoSales, Source: "Partner Center, Manage end of sale offers", SourceDate: NewDate(2023, time.September, 5),
		fires: saleStatusUnknown, unless: []exemption{ifNotMoved, ifKeptWhole, ifProvisioned}, needs: []need{needTarget}, kept: evidenceSale},
	{Code: "relationship-late", Severity: Decide, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate, Threshold: "policy.relationship_days",
		fires: relationshipLate, unless: []exemption{ifAccepted, ifNotMoved}, needs: []need{needAct}, evidence: evidenceRelationship},
	{Code: "agreement-missing", Severity: Decide, Who: whoCustomer, Source: "SoftwareOne, enforcement of the Microsoft Customer Agreement", SourceDate: NewDate(2026, time.August, 21),
		fires: agreementMissing, unless: []exemption{ifNotMoved, ifRelationshipFirst, ifProvisioned}, needs: []need{needAgreement}, kept: evidenceAgreement},
	{Code: "partner-id-invalid", Severity: Decide, Who: whoBilling, Source: "Dicker Data, validation of the PartnerID on record", SourceDate: NewDate(2026, time.February, 27), Since: NewDate(2025, time.December, 1),
		fires: partnerIDInvalid, unless: []exemption{ifNotMoved, ifProvisioned}, needs: []need{needReseller}, evidence: evidenceReseller},
	{Code: "planned-after-renewal", Severity: Decide, Who: whoSales, Source: pageLifecycle, SourceDate: lifecycleDate,
		fires: plannedAfterRenewal, unless: []exemption{ifUnplanned, ifUndated, ifNotMoved, ifOver, ifProvisioned, ifMonthly}, needs: []need{needEnd}, evidence: evidencePlanned},
	{Code: "migration-failed", Severity: Decide, Who: whoBilling, Source: pageNCE, SourceDate: nceDate,
		fires: migrationFailed, unless: []exemption{ifNotMoved, ifProvisioned}, needs: []need{needMigration}, kept: evidenceMigration},
	{Code: "migration-vanished", Severity: Decide, Who: whoBilling, Source: pageNCE, SourceDate: nceDate,
		fires: migrationVanished, unless: []exemption{ifNotMoved, ifProvisioned}, needs: []need{needMigration}, kept: evidenceMigration},
	{Code: "migration-overdue", Severity: Decide, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: migrationOverdue, unless: []exemption{ifNotMoved, ifProvisioned}, needs: []need{needMigration}, kept: evidenceMigration},
	{Code: "csp-offer-differs", Severity: Decide, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: cspOfferDiffers, unless: []exemption{ifDone}, needs: []need{needTarget}, kept: evidenceAnother},
	{Code: "wish-impossible", Severity: Decide, Who: whoSales, Source: ours, SourceDate: oursDate,
		fires: wishImpossible, needs: []need{needWish}, evidence: evidenceWish},
	{Code: "decision-stale", Severity: Decide, Who: whoSales, Source: ours, SourceDate: oursDate,
		fires: decisionStale, unless: []exemption{ifUndecided}, kept: evidenceStale},

	{Code: "other-tenant", Severity: Ready, Who: whoBilling, Source: pageMarkets, SourceDate: marketsDate,
		fires: otherTenant, unless: []exemption{ifOneTenant, ifNotMoved}, needs: []need{needRegion}, kept: evidenceTenant},
	{Code: "tenant-unknown", Severity: Ready, Who: whoBilling, Source: pageMove, SourceDate: movePageDate,
		fires: tenantUnknown, evidence: evidenceCustomer},
	{Code: "relationship-pending", Severity: Ready, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate,
		fires: relationshipPending, unless: []exemption{ifAccepted, ifNotMoved}, evidence: evidenceRelationship},
	{Code: "migration-pending", Severity: Ready, Who: whoBilling, Source: pageNCE, SourceDate: nceDate,
		fires: migrationPending, unless: []exemption{ifNotMoved, ifProvisioned}, needs: []need{needMigration}, kept: evidenceMigration},
	{Code: "changed-by-hand", Severity: Ready, Who: whoSales, Source: ours, SourceDate: oursDate,
		fires: changedByHand, needs: []need{needWish}, evidence: evidenceWish},
	{Code: "exception-accepted", Severity: Ready, Who: whoSales, Source: ours, SourceDate: oursDate,
		fires: exceptionAccepted, unless: []exemption{ifDone}, needs: []need{needAccepted}, kept: evidenceAccepted},
	{Code: "no-delegated-admin", Severity: Ready, Who: whoCustomer, Source: pageMove, SourceDate: movePageDate,
		fires: noDelegatedAdmin, unless: []exemption{ifNotMoved, ifRelationshipFirst}, needs: []need{needDelegatedAdmin}, evidence: evidenceAdmin},
	{Code: "channel-unknown", Severity: Ready, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: channelUnknown, evidence: evidenceChannel},
	{Code: "state-unknown", Severity: Ready, Who: whoBilling, Source: pageLifecycle, SourceDate: lifecycleDate,
		fires: stateUnknown, needs: []need{needState}, evidence: evidenceState},
	{Code: "planned-late", Severity: Ready, Who: whoSales, Source: ours, SourceDate: oursDate, Threshold: "policy.lead_days",
		fires: plannedLate, unless: []exemption{ifUnplanned, ifUndated, ifNotMoved, ifOver, ifProvisioned}, evidence: evidencePlanned},
	{Code: "auto-renew-on", Severity: Ready, Who: whoCustomer, Source: pageLifecycle, SourceDate: lifecycleDate, Threshold: "policy.warn_days",
		fires: autoRenewOn, unless: []exemption{ifMonthly}, needs: []need{needExpiry, needEnd}, evidence: evidenceRenewal},
	{Code: "est-default", Severity: Ready, Who: whoCustomer, Source: pageEST, SourceDate: estDate, Since: NewDate(2026, time.February, 9),
		fires: estDefault, needs: []need{needEnd}, evidence: evidenceRenewal},
	{Code: "no-price", Severity: Ready, Who: whoBilling, Source: ours, SourceDate: oursDate,
		fires: noPrice, evidence: evidenceSide},
	{Code: "currency-differs", Severity: Ready, Who: whoBilling, Source: pageMarkets, SourceDate: marketsDate,
		fires: currencyDiffers, needs: []need{needPrice, needCSPPrice}, evidence: evidenceCurrencies},
	{Code: "billing-currency", Severity: Ready, Who: whoBilling, Source: pageMarkets, SourceDate: marketsDate,
		fires: billingCurrencyDiffers, unless: []exemption{ifOwnPrice}, needs: []need{needCSPPrice, needBillingCurrency}, kept: evidenceBilled},
	{Code: "no-order-id", Severity: Ready, Who: whoBilling, Source: pagePricing, SourceDate: pricingDate,
		fires: noOrderID, unless: []exemption{ifNotMoved}, needs: []need{needTarget}, evidence: evidenceOffer},
	{Code: "prepaid-lost", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: prepaidLost, needs: []need{needExpiry, needPrice, needBilling}, evidence: evidencePrepaid},
	{Code: "credit-possible", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: creditPossible, unless: []exemption{ifNotDirect}, needs: []need{needChannel}, evidence: evidenceCredit},
	{Code: "unused-seats", Severity: Ready, Who: whoSales, Source: pageMove, SourceDate: movePageDate,
		fires: unusedSeats, unless: []exemption{ifNotMoved, ifOver, ifProvisioned, ifPartnerTransfer}, needs: []need{needAssigned, needLicences}, evidence: evidenceUnused},
	{Code: "monthly-renewal", Severity: Ready, Who: whoSales, Source: pagePricing, SourceDate: pricingDate,
		fires: monthlyRenewal, needs: []need{needTerm, needEnd}, evidence: evidenceTerm},
	{Code: "promotion", Severity: Ready, Who: whoBilling, Source: pageNCE, SourceDate: nceDate,
		fires: promotion, needs: []need{needPromotion}, evidence: evidencePromotion},
}
