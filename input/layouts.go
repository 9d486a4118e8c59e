package input

import "cspplan/reconcile"

// How two programs write dates, to the character: a file that a spreadsheet
// has saved again looks different and is not believed.
var (
	batchToolDate = newPattern(`^\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}$`).MatchString
	reconDate     = newPattern(`^[1-9]\d?/[1-9]\d?/\d{4}( \d{1,2}:\d{2})?$`).MatchString
)

// batchTool binds the columns of Microsoft's batch migration tool. What is
// edited for the upload (Term, BillingPlan, SeatCount) is the tool's business.
var batchTool = map[string]field{
	"CustomerTenantId": fTenantID, "LegacySubscriptionId": fSubscriptionID,
	"LegacySubscriptionName": fSubscription, "LegacyProductName": fOffer,
	"ExpirationDate": fExpires, "AutoRenewEnabled": fAutoRenew, "MigrationEligible": fEligible,
	"NcePsa": fNcePsa, "CurrentTerm": fTerm, "CurrentBillingPlan": fBilling,
	"CurrentSeatCount": fLicences, "CustomerName": fCustomer, "AddOn": fAddOn,
	"BaseSubscriptionId": fBaseID, "MigrationIneligibilityReason": fIneligible,
	"IndirectResellerMpnId": fResellerID, "Indirect Reseller PartnerID": fResellerID,
}

// The columns without which a batch tool file is of no use.
var batchToolMust = []field{fTenantID, fSubscriptionID, fOffer, fExpires, fLicences}

// batchToolLayout is one version of subscriptions.csv.
func batchToolLayout(name string, sign, absent []string) layout {
	return layout{
		name: name, sign: sign, absent: absent, role: reconcile.RoleSubscription,
		bind: batchTool, closed: true, must: batchToolMust,
		order: monthFirst, written: batchToolDate, decimal: '.',
		channel: reconcile.LegacyCSP, programme: reconcile.Legacy, own: true,
	}
}

// resultLayout is one of the files in which the batch tool says what became of
// an upload: reference rows that the plan reads back.
func resultLayout(name, note string, sign []string, bind map[string]field) layout {
	return layout{name: name, sign: sign, role: reconcile.RoleReference, note: note, bind: bind, closed: true, results: true,
		order: monthFirst, written: batchToolDate, decimal: '.'}
}

// layouts are the known exports, the narrower ones first.
var layouts = []layout{
	// Files that cspplan wrote itself: read back, they are no subscriptions.
	{name: "cspplan-rejected", sign: []string{"file", "sheet", "row", "column", "value", "code", "reason", "expected"},
		role: reconcile.RoleReference, note: "rejected rows of an earlier run", closed: true, corrects: true},
	{name: "cspplan-plan", sign: []string{"key", "status", "expires", "days_left", "act_by", "relationship_by"},
		role: reconcile.RoleReference, note: "plan of an earlier run", closed: true},
	{name: "cspplan-notes", sign: []string{"scope", "key", "field", "value", "by", "when"},
		role: reconcile.RoleReference, note: "notes of an earlier run", closed: true},

	// Microsoft's batch migration tool.
	resultLayout("bam-migrations", "results of the batch migration tool", []string{"LegacySubscriptionId", "MigrationStatus|MigrationId", "NCESeatCount|BatchId"},
		map[string]field{"LegacySubscriptionId": fSubscriptionID, "MigrationStatus": fResult, "NCESeatCount": fLicences,
			"ErrorCode": fErrorCode, "ErrorReason": fErrorReason, "NCESubscriptionId": fNewID}),
	resultLayout("bam-schedule-results", "results of the batch migration tool", []string{"LegacySubscriptionId", "MigrationScheduleId|MigrationScheduleStatus"},
		map[string]field{"LegacySubscriptionId": fSubscriptionID, "MigrationScheduleStatus": fResult, "NCESeatCount": fLicences,
			"ErrorCode": fErrorCode, "ErrorReason": fErrorReason, "TargetDate": fTargetDate, "MigrateOnRenewal": fOnRenewal}),
	resultLayout("bam-schedulemigrations", "migrations scheduled with the batch migration tool", []string{"CurrentSubscriptionId", "CatalogItemId", "MigrateOnRenewal"},
		map[string]field{"CurrentSubscriptionId": fSubscriptionID, "Status": fResult, "Quantity": fLicences,
			"ErrorCode": fErrorCode, "ErrorDescription": fErrorReason, "TargetDate": fTargetDate, "MigrateOnRenewal": fOnRenewal}),
	batchToolLayout("bam-subscriptionsforschedule", []string{"LegacySubscriptionId", "TargetDate", "MigrateOnRenewal"}, nil),
	batchToolLayout("bam-subscriptions-v3", []string{"LegacySubscriptionId", "AutoRenewEnabled", "CustomTermEndDate"}, nil),
	batchToolLayout("bam-subscriptions-v2", []string{"LegacySubscriptionId", "AutoRenewEnabled"}, []string{"CustomTermEndDate"}),
	batchToolLayout("bam-subscriptions-v1", []string{"LegacySubscriptionId", "LegacyProductName|NcePsa"}, []string{"AutoRenewEnabled"}),
	{name: "bam-ncesubscriptions", sign: []string{"MigratedFromSubscriptionId", "Psa"}, role: reconcile.RoleInCSP,
		bind: map[string]field{"CustomerName": fCustomer, "CustomerTenantId": fTenantID, "SubscriptionId": fSubscriptionID,
			"SubscriptionName": fSubscription, "ProductName": fOffer, "ExpirationDate": fExpires, "Psa": fProductID, "Term": fTerm,
			"BillingPlan": fBilling, "SeatCount": fLicences, "MigratedFromSubscriptionId": fMigratedFrom},
		closed: true, must: []field{fTenantID, fSubscriptionID, fLicences},
		order: monthFirst, written: batchToolDate, decimal: '.', programme: reconcile.NCE, own: true},
	{name: "bam-customers", sign: []string{"TenantId", "Domain", "CompanyName"}, absent: []string{"@offer", "@licences", "@expires"},
		role: reconcile.RoleReference, note: "customer list", register: true, own: true},

	// Invoices of Partner Center. The subscription's own id of the legacy file
	// is the syndication number, its offer id the durable one.
	{name: "recon-nce", sign: []string{"ProductId", "SkuId", "AvailabilityId", "PartnerId|TermAndBillingCycle|ChargeType"},
		role: reconcile.RoleInCSP, scope: reconScope,
		bind: map[string]field{"CustomerId": fTenantID, "SkuName": fOffer, "ProductName": fItem, "SubscriptionDescription": fSubscription,
			"UnitPrice": fOther, "EffectiveUnitPrice": fOther, "ProductQualifiers": fAddOn, "PromotionId": fPromotion, "OrderDate": fOther,
			"BillingFrequency": fOther, "FatturazioneFrequency": fOther, "ChargeType": fChargeType, "ChargeStartDate": fChargeStart, "ChargeEndDate": fChargeEnd,
			"Data final da cobrança": fChargeEnd, "Subtotal": fAmount, "Subtotale": fAmount, "Sous-total": fAmount, "Subtotal (Zwischensumme)": fAmount, "小計": fAmount},
		lines: true, must: []field{fSubscriptionID, fProductID, fLicences}, order: monthFirst, written: reconDate, decimal: '.',
		programme: reconcile.NCE, own: true},
	{name: "recon-legacy", sign: []string{"SyndicationPartnerSubscriptionNumber|SindicalizaçãoPartnerSubscriptionNumber", "DurableOfferId"},
		role: reconcile.RoleSubscription,
		bind: map[string]field{"CustomerId": fTenantID, "SubscriptionId": fOther, "OfferId": fOther, "DurableOfferId": fOfferID,
			"SyndicationPartnerSubscriptionNumber": fSubscriptionID, "SindicalizaçãoPartnerSubscriptionNumber": fSubscriptionID,
			"SubscriptionDescription": fOther, "Descrição da assinatura": fOther, "AssinaturaDescrição": fOther, "SubscriptionName": fSubscription,
			"ChargeType": fChargeType, "ChargeStartDate": fChargeStart, "ChargeEndDate": fChargeEnd, "Data final da cobrança": fChargeEnd,
			"Amount": fAmount, "Amount (Betrag)": fAmount, "Montant": fAmount},
		lines: true, must: []field{fSubscriptionID, fOfferID, fLicences, fExpires},
		order: monthFirst, written: reconDate, decimal: '.', pricePer: reconcile.PerMonth, invoice: true,
		channel: reconcile.LegacyCSP, programme: reconcile.Legacy, own: true},

	// Price lists and offer matrices.
	{name: "nce-offer-matrix", sign: []string{"ProductId", "SkuId", "ProvisioningId", "ProvisioningString"},
		role: reconcile.RoleReference, note: "offer matrix", closed: true},
	{name: "nce-price-list", sign: []string{"ProductId", "SkuId", "TermDuration", "BillingPlan", "UnitPrice|ERP Price"},
		role: reconcile.RoleReference, note: "price list", closed: true, prices: true, decimal: '.', order: monthFirst, written: usDate,
		bind: map[string]field{"ProductId": fProductID, "SkuId": fSKUID, "TermDuration": fTerm, "BillingPlan": fBilling,
			"SkuTitle": fOffer, "Segment": fSegment, "Market": fMarket, "Currency": fCurrency, "UnitPrice": fPrice, "ERP Price": fERPPrice,
			"EffectiveStartDate": fValidFrom, "EffectiveEndDate": fValidTo},
		must: []field{fProductID, fSKUID, fTerm, fBilling, fCurrency}},
	{name: "legacy-price-list", sign: []string{"@offer_id", "@list_price", "@erp_price"}, absent: []string{"@licences"},
		role: reconcile.RoleReference, note: "legacy price list", closed: true},
	{name: "legacy-offer-matrix", sign: []string{"Durable Offer ID", "Provisioning ID|Offer Type|Depends On|DependsOn|Modern ProductID/SkuID|Modern Product ID / SKU ID"},
		role: reconcile.RoleReference, note: "legacy offer matrix", closed: true},
	{name: "sell-prices", sign: []string{"product_id", "sku_id", "term", "billing", "currency", "price"}, absent: []string{"@licences", "@subscription_id", "@expires"},
		role: reconcile.RoleReference, note: "sell prices: name the file in catalog.sell_prices", closed: true},
	{name: "aliases", sign: []string{"title", "offer_id", "sku_guid", "product_id"}, absent: []string{"@licences", "@expires"},
		role: reconcile.RoleReference, note: "offer aliases: name the file in catalog.aliases", closed: true},

	// Partner Center's own downloads.
	{name: "partner-center-customers", sign: []string{"Microsoft ID", "Company name", "Primary domain name"},
		role: reconcile.RoleReference, note: "customer list", register: true, own: true},
	{name: "partner-center-subscriptions", sign: []string{"Subscription ID", "Subscription", "Quantity", "Status"}, absent: []string{"@expires", "@renews", "@ends", "@customer", "@offer"},
		role: reconcile.RoleInCSP, own: true, bind: map[string]field{"Subscription": fOffer},
		must: []field{fSubscriptionID, fOffer, fLicences}},
	{name: "partner-center-api", sign: []string{"offerId", "offerName", "friendlyName", "quantity", "effectiveStartDate|commitmentEndDate|commitmentEndDateTime"},
		role: reconcile.RoleSubscription, own: true, scope: apiScope,
		bind: map[string]field{"id": fSubscriptionID, "friendlyName": fSubscription, "effectiveStartDate": fStart, "creationDate": fCreated,
			"commitmentEndDateTime": fEnds, "billingType": fOther, "orderId": fOther, "contractType": fOther, "unitType": fOther, "links.self.uri": fOther},
		must: []field{fSubscriptionID, fOffer, fLicences, fExpires}},
	{name: "insights-subscriptions", sign: []string{"SubscriptionId", "SubscriptionEndDate", "Month", "CustomerTenantId|CustomerTpid", "AvailableSeats|TotalSoldSeats|SubscriptionState"},
		role: reconcile.RoleSubscription, newest: true,
		bind: map[string]field{"CustomerMarket": fCountry, "AvailableSeats": fLicences, "TotalSoldSeats": fOther, "TotalAssignedSeats": fAssigned,
			"Product": fItem, "SKU": fOffer, "ProductPartNumber": fPartNumber, "SubscriptionState": fState, "IsAutoRenew": fAutoRenew,
			"CustomerTenantId": fTenantID, "CustomerSegment": fOther, "SalesChannel": fChannel, "Month": fMonth},
		must: []field{fSubscriptionID, fOffer, fLicences, fExpires}},

	// What a tenant's own administrators export. None of these names a customer.
	{name: "admin-center-licences-renewal", sign: []string{"Product Title", "Total Licenses|Total Licences", "Renewal Date"},
		role: reconcile.RoleSubscription, must: []field{fOffer, fLicences}},
	{name: "admin-center-licences", sign: []string{"Product Title", "Total Licenses|Total Licences"}, absent: []string{"@expires", "@renews", "@ends"},
		role: reconcile.RoleSubscription, must: []field{fOffer, fLicences}},
	{name: "graph-subscriptions", sign: []string{"SkuPartNumber", "TotalLicenses", "NextLifecycleDateTime|NextLifecycleDate"},
		role: reconcile.RoleSubscription, must: []field{fPartNumber, fLicences, fExpires},
		bind: map[string]field{"NextLifecycleDateTime": fExpires, "NextLifecycleDate": fExpires, "CreatedDateTime": fStart, "DateCreated": fStart,
			"CommerceSubscriptionId": fSubscriptionID, "Id": fOther, "ObjectId": fOther, "OwnerId": fOther, "OwnerObjectId": fOther, "OwnerTenantId": fOther,
			"OcpSubscriptionId": fOther, "ServiceStatus": fOther}},
	{name: "powershell-skus", sign: []string{"AccountSkuId|SkuPartNumber|AccountSkuPartNumber", "ActiveUnits|PrepaidUnits|ConsumedUnits|Enabled|EnabledUnits|prepaidUnits.enabled|PrepaidUnits_Enabled"},
		role: reconcile.RoleSubscription, must: []field{fPartNumber, fLicences},
		bind: map[string]field{"AccountSkuId": fPartNumber, "Enabled": fLicences, "AccountName": fOther, "AccountId": fTenantID, "Id": fOther, "ObjectId": fOther}},
	{name: "powershell-licences", sign: []string{"License", "Bought", "Assigned"},
		role: reconcile.RoleSubscription, must: []field{fOffer, fLicences}, bind: map[string]field{"License": fOffer}},
	{name: "cipp-licences", sign: []string{"skuPartNumber", "CountUsed", "TotalLicenses"},
		role: reconcile.RoleSubscription, must: []field{fPartNumber, fLicences}, bind: map[string]field{"License": fOffer}},
	{name: "admindroid-expiry", sign: []string{"Friendly Subscription Name", "Total Units"},
		role: reconcile.RoleSubscription, must: []field{fOffer, fLicences},
		bind: map[string]field{"Subscription Name": fPartNumber, "Friendly Subscription Name": fOffer, "Friendly Expiry Date": fOther,
			"Subscription Type": fTrial, "Subscribed Date": fStart, "Total Units": fLicences}},
	{name: "admindroid-cost", sign: []string{"License Name", "Purchased Units", "Consumed Units"},
		role: reconcile.RoleSubscription, must: []field{fOffer, fLicences},
		bind: map[string]field{"Cost": fPrice, "Purchased Units": fLicences}},

	// Distributors. What they sell is bought at another partner.
	{name: "cloudblue-audit", sign: []string{"Asset ID", "Provider Name", "Microsoft Commitment End Date"},
		role: reconcile.RoleSubscription, channel: reconcile.OtherPartner, scope: distributorScope,
		bind: map[string]field{"Microsoft Licenses": fLicences, "Licenses": fOther, "Microsoft Status": fState, "Status": fOther,
			"Microsoft Creation Date": fStart, "Creation Date": fOther, "External Subscription ID": fSubscriptionID, "Subscription ID": fOther},
		must: []field{fOffer, fLicences, fExpires}},
	{name: "cloudblue-missing", sign: []string{"Microsoft Subscription ID", "Customer External ID", "Quantity of licenses"},
		role: reconcile.RoleSubscription, channel: reconcile.OtherPartner, scope: distributorScope,
		bind: map[string]field{"Microsoft Customer ID": fTenantID, "Customer ID": fOther, "Customer External ID": fOther},
		must: []field{fSubscriptionID, fOffer, fLicences, fExpires}},
	{name: "cloudblue-migrations", sign: []string{"Date of Migration", "Connect Subscription ID"},
		role: reconcile.RoleReference, note: "migrations that a distributor has done", closed: true},
	{name: "cloudblue-promotions", sign: []string{"Request ID", "Promotion ID", "Promotion Expire Date"},
		role: reconcile.RoleReference, note: "promotions of a distributor", closed: true},
	{name: "crayon-cloudiq", sign: []string{"PublisherSubscriptionId", "FriendlyName", "Quantity", "Organization.Name|OrganizationName|Organization"},
		role: reconcile.RoleSubscription, channel: reconcile.OtherPartner, scope: distributorScope,
		bind: map[string]field{"FriendlyName": fSubscription, "Product.ItemName": fOffer, "ItemName": fOffer, "ProductName": fOffer, "Product.Id": fOther, "ProductId": fOther,
			"Id": fOther, "Publisher.Name": fPublisher, "Publisher": fPublisher, "Organization": fCustomer},
		must: []field{fOffer, fLicences}},
	{name: "dicker-data-annuity", sign: []string{"STOCK CODE", "STOCK DESCRIPTION", "REVALUATION PERIOD"},
		role: reconcile.RoleSubscription, channel: reconcile.OtherPartner, scope: distributorScope,
		bind: map[string]field{"REVALUATION PERIOD": fExpires, "END USAGE": fOther, "REFERENCE": fOffer, "STOCK DESCRIPTION": fItem,
			"UNIT PRICE": fPriceTerm, "UNIT RRP": fOther},
		must: []field{fOffer, fLicences, fExpires}},
	{name: "softwareone-charges", sign: []string{"Charge ID", "Subscription Vendor ID", "Vendor Item ID"},
		role: reconcile.RoleSubscription, channel: reconcile.OtherPartner, scope: distributorScope,
		bind: map[string]field{"Subscription Vendor ID": fSubscriptionID, "Subscription ID": fOther, "Item Name": fOffer, "Item ID": fOther,
			"End Date": fExpires, "Sales Price": fOther, "Charge Total": fOther},
		must: []field{fOffer, fLicences, fExpires}},
}

// usDate is how the price list interface writes dates: 2/1/2019 12:00:00 AM.
var usDate = newPattern(`^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2} (AM|PM)$`).MatchString

// genericName is the layout of subscriptions by header words alone.
const genericName = "generic"

// generic are the layouts by header words alone: customers without offers, and
// subscriptions.
var generic = []layout{
	{name: "customer-register", role: reconcile.RoleReference, note: "customer register", register: true},
	{name: genericName, role: reconcile.RoleSubscription, must: []field{fOffer, fLicences, fExpires}, scope: genericScope},
}
