package input

// A field is what a column means. The names are those that settings use in
// `inputs: [{columns: {field: heading}}]` and that `check` prints.
type field string

const (
	fCustomer       field = "customer"
	fCustomerID     field = "customer_id" // a tenant GUID, or the exporter's own number
	fTenant         field = "tenant"      // GUID, domain or name: the value tells
	fTenantID       field = "tenant_id"
	fDomain         field = "domain"
	fCountry        field = "country"
	fOwner          field = "owner"
	fRelationship   field = "relationship"
	fDelegatedAdmin field = "delegated_admin"
	fAgreement      field = "agreement"
	fLanguage       field = "language" // in which the customer is written to

	fSubscriptionID field = "subscription_id"
	fOffer          field = "offer"
	fItem           field = "item"
	fSKUName        field = "sku_name"
	fSubscription   field = "subscription" // the name somebody gave it
	fOfferID        field = "offer_id"
	fSKUID          field = "sku_id"
	fPartNumber     field = "part_number"
	fProductID      field = "product_id"

	fLicences  field = "licences"
	fAssigned  field = "assigned"
	fStart     field = "start"
	fCreated   field = "created"
	fValidFrom field = "valid_from"
	fExpires   field = "expires"
	fRenews    field = "renews"
	fEnds      field = "ends"
	fValidTo   field = "valid_to"

	fTerm        field = "term"
	fTermBilling field = "term_billing" // prose: One-Year commitment for monthly billing
	fBilling     field = "billing"
	fAutoRenew   field = "auto_renew"
	fEndOfTerm   field = "end_of_term"
	fState       field = "state"

	fChannel   field = "channel"
	fProgramme field = "programme"
	fSegment   field = "segment"
	fAddOn     field = "add_on"
	fBaseID    field = "base_id"
	fTrial     field = "trial"
	fPromotion field = "promotion"

	fCurrency   field = "currency"
	fPrice      field = "unit_price"
	fPriceMonth field = "unit_price_month"
	fPriceYear  field = "unit_price_year"
	fPriceTerm  field = "unit_price_term"
	fCostYear   field = "cost_year" // of all licences of the row
	fListPrice  field = "list_price"
	fERPPrice   field = "erp_price"
	fMarket     field = "market"

	fPublisher    field = "publisher"
	fMigratedFrom field = "migrated_from"
	fNcePsa       field = "nce_psa"
	fEligible     field = "eligible"
	fIneligible   field = "ineligible_reason"
	fResellerID   field = "reseller_id" // PartnerID of the reseller on record
	fMonth        field = "month"       // of a monthly report that repeats subscriptions

	fChargeStart field = "charge_start" // of a line of an invoice
	fChargeEnd   field = "charge_end"
	fChargeType  field = "charge_type"
	fAmount      field = "amount" // of the line; only its sign is used

	// of the batch tool's results
	fResult      field = "result"
	fErrorCode   field = "error_code"
	fErrorReason field = "error_reason"
	fNewID       field = "new_subscription_id"
	fTargetDate  field = "target_date"
	fOnRenewal   field = "on_renewal"

	fOther field = "other" // a heading that is known and holds nothing we use
)

// fallbacks say which columns may stand in for a field that has no column of
// its own, best first: an export with an expiry date and a renewal date means
// the expiry date.
var fallbacks = map[field][]field{
	fExpires: {fRenews, fEnds, fValidTo},
	fStart:   {fCreated, fValidFrom},
	fOffer:   {fSKUName, fItem, fSubscription},
}

// A valueKind is how the values of a field are read.
type valueKind uint8

const (
	textValue valueKind = iota
	dateValue
	countValue
	moneyValue
)

func (f field) kind() valueKind {
	switch f {
	case fStart, fCreated, fExpires, fRenews, fEnds, fValidFrom, fValidTo, fMonth, fChargeStart, fChargeEnd, fTargetDate:
		return dateValue
	case fLicences, fAssigned:
		return countValue
	case fPrice, fPriceMonth, fPriceYear, fPriceTerm, fCostYear, fListPrice, fERPPrice, fAmount:
		return moneyValue
	}
	return textValue
}

// identifies reports whether a field says by itself which offer a row is about.
func (f field) identifies() bool {
	switch f {
	case fOffer, fItem, fSKUName, fSubscription, fOfferID, fSKUID, fPartNumber, fProductID:
		return true
	}
	return false
}

// wanted are the fields whose absence `check` mentions, with what is read
// instead.
var wanted = []struct {
	field   field
	instead string
}{
	{fSubscriptionID, "rows are told apart by customer, offer and expiry"},
	{fExpires, "rows stand under no date"},
	{fAssigned, "users to reassign are not known"},
	{fTerm, "the term is not known"},
	{fAutoRenew, "auto-renew reads as not known"},
	{fCountry, "the tenant's region is not known unless a register or the settings name it"},
	{fChannel, "where it was bought reads as not known"},
	{fDelegatedAdmin, "credits read as asked by the customer"},
	{fPrice, "the row has no price"},
}
