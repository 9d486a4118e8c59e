package input

import "slices"

// A field is what a column means. The names are those that settings use in
// `inputs: [{columns: {field: heading}}]` and that `check` prints.
type field uint8

const (
	noField field = iota // a column that is not used

	fCustomer
	fCustomerID // a tenant GUID, or the exporter's own number
	fTenant     // GUID, domain or name: the value tells
	fTenantID
	fDomain
	fCountry
	fOwner
	fRelationship
	fDelegatedAdmin
	fAgreement
	fLanguage // in which the customer is written to

	fSubscriptionID
	fOffer
	fItem
	fSKUName
	fSubscription // the name somebody gave it
	fOfferID
	fSKUID
	fPartNumber
	fProductID

	fLicences
	fAssigned
	fStart
	fCreated
	fValidFrom
	fExpires
	fRenews
	fEnds
	fValidTo

	fTerm
	fTermBilling // prose: One-Year commitment for monthly billing
	fBilling
	fAutoRenew
	fEndOfTerm
	fState

	fChannel
	fProgramme
	fSegment
	fAddOn
	fBaseID
	fTrial
	fPromotion

	fCurrency
	fPrice
	fPriceMonth
	fPriceYear
	fPriceTerm
	fCostYear // of all licences of the row
	fListPrice
	fERPPrice
	fMarket

	fPublisher
	fMigratedFrom
	fNcePsa
	fEligible
	fIneligible
	fResellerID // PartnerID of the reseller on record
	fMonth      // of a monthly report that repeats subscriptions

	fChargeStart // of a line of an invoice
	fChargeEnd
	fChargeType
	fAmount // of the line; only its sign is used

	// of the batch tool's results
	fResult
	fErrorCode
	fErrorReason
	fNewID
	fTargetDate
	fOnRenewal

	fOther // a heading that is known and holds nothing we use

	fieldCount
)

// fieldNames are the words for fields.
var fieldNames = [fieldCount]string{
	fCustomer:       "customer",
	fCustomerID:     "customer_id",
	fTenant:         "tenant",
	fTenantID:       "tenant_id",
	fDomain:         "domain",
	fCountry:        "country",
	fOwner:          "owner",
	fRelationship:   "relationship",
	fDelegatedAdmin: "delegated_admin",
	fAgreement:      "agreement",
	fLanguage:       "language",
	fSubscriptionID: "subscription_id",
	fOffer:          "offer",
	fItem:           "item",
	fSKUName:        "sku_name",
	fSubscription:   "subscription",
	fOfferID:        "offer_id",
	fSKUID:          "sku_id",
	fPartNumber:     "part_number",
	fProductID:      "product_id",
	fLicences:       "licences",
	fAssigned:       "assigned",
	fStart:          "start",
	fCreated:        "created",
	fValidFrom:      "valid_from",
	fExpires:        "expires",
	fRenews:         "renews",
	fEnds:           "ends",
	fValidTo:        "valid_to",
	fTerm:           "term",
	fTermBilling:    "term_billing",
	fBilling:        "billing",
	fAutoRenew:      "auto_renew",
	fEndOfTerm:      "end_of_term",
	fState:          "state",
	fChannel:        "channel",
	fProgramme:      "programme",
	fSegment:        "segment",
	fAddOn:          "add_on",
	fBaseID:         "base_id",
	fTrial:          "trial",
	fPromotion:      "promotion",
	fCurrency:       "currency",
	fPrice:          "unit_price",
	fPriceMonth:     "unit_price_month",
	fPriceYear:      "unit_price_year",
	fPriceTerm:      "unit_price_term",
	fCostYear:       "cost_year",
	fListPrice:      "list_price",
	fERPPrice:       "erp_price",
	fMarket:         "market",
	fPublisher:      "publisher",
	fMigratedFrom:   "migrated_from",
	fNcePsa:         "nce_psa",
	fEligible:       "eligible",
	fIneligible:     "ineligible_reason",
	fResellerID:     "reseller_id",
	fMonth:          "month",
	fChargeStart:    "charge_start",
	fChargeEnd:      "charge_end",
	fChargeType:     "charge_type",
	fAmount:         "amount",
	fResult:         "result",
	fErrorCode:      "error_code",
	fErrorReason:    "error_reason",
	fNewID:          "new_subscription_id",
	fTargetDate:     "target_date",
	fOnRenewal:      "on_renewal",
	fOther:          "other",
}

func (f field) String() string { return fieldNames[f] }

// fieldNamed is the field of a word; noField if there is none.
func fieldNamed(word string) field {
	return field(max(0, slices.Index(fieldNames[:], word)))
}

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

// places are the columns of the fields, counted from 1; 0 of a field without a
// column. Every cell that is read is looked for here, so it is no map.
type places [fieldCount]int32

// of is the column of a field, counted from 0.
func (p *places) of(f field) (column int, ok bool) { return int(p[f]) - 1, p[f] > 0 }

func (p *places) put(f field, column int) { p[f] = int32(column + 1) }

// count is how many fields have a column.
func (p *places) count() (n int) {
	for _, column := range p {
		if column > 0 {
			n++
		}
	}
	return n
}
