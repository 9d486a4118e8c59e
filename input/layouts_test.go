package input

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/reconcile"
)

// facts prints what a test of a layout looks at.
func facts(r reconcile.Record) string {
	if r.Sub == nil {
		return fate(r)
	}
	s := r.Sub
	var parts []string
	add := func(name, value string) {
		if value != "" && value != "unknown" {
			parts = append(parts, name+"="+value)
		}
	}
	add("tenant", s.Customer.TenantID)
	add("domain", s.Customer.Domain)
	add("customer", s.Customer.Name)
	add("country", s.Customer.Country)
	add("id", s.SubscriptionID)
	add("offer", s.OfferTitle)
	add("offerid", s.OfferID)
	add("sku", s.SKUGUID)
	add("part", s.PartNumber)
	add("product", strings.Trim(s.ProductID+"/"+s.ProductSKU, "/"))
	add("addon", s.AddOn.String())
	add("base", s.RareFacts().BaseID)
	add("trial", s.Trial.String())
	if s.Licences.Known {
		add("licences", fmt.Sprint(s.Licences.N))
	}
	if s.Assigned.Known {
		add("assigned", fmt.Sprint(s.Assigned.N))
	}
	add("start", s.Start.String())
	add("expires", s.Expires.String())
	add("term", s.Term.String())
	add("billing", s.Billing.String())
	add("renew", s.AutoRenew.String())
	add("channel", s.Channel.String())
	add("programme", s.Programme.String())
	if s.Price.Known {
		add("price", fmt.Sprintf("%s per %d", s.Price.Value, s.Price.Per))
	}
	add("currency", s.Currency)
	add("psa", s.RareFacts().NcePsa)
	add("eligible", s.MigrationEligible.String())
	add("from", s.RareFacts().MigratedFrom)
	if r.Customer != nil && r.Customer.OwnList {
		add("relationship", r.Customer.Relationship.String())
	}
	return strings.Join(parts, " ")
}

const (
	tenantA = "0f1c6a70-aaaa-4bbb-8ccc-000000000001"
	subA    = "AB12CD34-0001-4001-8001-00000000000A"
	offerA  = "aaaa1111-2222-4333-8444-555566667777"
)

// Every layout is known by its header, whatever the file is called, and binds
// its own columns.
func TestLayouts(t *testing.T) {
	bamHead := "PartnerTenantId|IndirectResellerMpnId|CustomerName|CustomerTenantId|LegacySubscriptionId|LegacySubscriptionName|LegacyProductName|ExpirationDate|"
	bamRow := "p||Contoso|" + tenantA + "|" + subA + "|Mine|Office 365 E3|12/05/2026 00:00:00|"
	bamWant := "tenant=" + tenantA + " customer=Contoso id=" + subA + " offer=Office 365 E3 addon=no licences=3 expires=2026-12-05 term=P1Y billing=monthly"
	bamEnd := " channel=legacy-csp programme=legacy psa=CFQ7TTC0LF8R:0001 eligible=yes relationship=accepted"
	for _, c := range []struct {
		layout    string
		role      reconcile.Role
		head, row string
		want      string
	}{
		{"bam-subscriptions-v1", reconcile.RoleSubscription,
			bamHead + "MigrationEligible|NcePsa|CurrentTerm|CurrentBillingPlan|CurrentSeatCount|StartNewTermInNce|Term|BillingPlan|SeatCount|AddOn|BaseSubscriptionId|MigrationIneligibilityReason",
			bamRow + "True|CFQ7TTC0LF8R:0001|P1Y|Monthly|3|False|P3Y|Annual|9|False||", bamWant + bamEnd},
		{"bam-subscriptions-v2", reconcile.RoleSubscription,
			bamHead + "AutoRenewEnabled|MigrationEligible|NcePsa|CurrentTerm|CurrentBillingPlan|CurrentSeatCount|StartNewTermInNce|Term|BillingPlan|SeatCount|AddOn|BaseSubscriptionId|MigrationIneligibilityReason",
			bamRow + "VERO|WAHR|CFQ7TTC0LF8R:0001|P1Y|Monthly|3|FALSO|P3Y|Annual|9|FALSO||", bamWant + " renew=yes" + bamEnd},
		{"bam-subscriptions-v3", reconcile.RoleSubscription,
			bamHead + "AutoRenewEnabled|MigrationEligible|NcePsa|CurrentTerm|CurrentBillingPlan|CurrentSeatCount|StartNewTermInNce|Term|BillingPlan|SeatCount|CustomTermEndDate|AddOn|BaseSubscriptionId|MigrationIneligibilityReason",
			bamRow + "True|True|CFQ7TTC0LF8R:0001|P1Y|Monthly|3|False|P3Y|Annual|9||False||", bamWant + " renew=yes" + bamEnd},
		{"bam-subscriptionsforschedule", reconcile.RoleSubscription,
			bamHead + "AutoRenewEnabled|AddOn|BaseSubscriptionId|MigrationEligible|NcePsa|CurrentTerm|CurrentBillingPlan|CurrentSeatCount|StartNewTermInNce|Term|BillingPlan|SeatCount|CustomTermEndDate|TargetDate|MigrateOnRenewal|MigrationIneligibilityReason",
			bamRow + "True|False||True|CFQ7TTC0LF8R:0001|P1Y|Monthly|3|False|P3Y|Annual|9||01/07/2027 00:00:00|False|", bamWant + " renew=yes" + bamEnd},
		{"bam-migrations", reconcile.RoleReference, bamHead + "AddOn|BaseSubscriptionId|MigrationStatus|StartedNewTermInNce|NCETermDuration|NCEBillingPlan|NCESeatCount|CustomTermEndDate|ErrorCode|ErrorReason|NCESubscriptionId|BatchId|MigrationId",
			bamRow + "False||Completed|False|P1Y|Monthly|3||||s|b|m", "reference: results of the batch migration tool"},
		{"bam-schedule-results", reconcile.RoleReference, bamHead + "AddOn|StartedNewTermInNce|NCETermDuration|NCEBillingPlan|NCESeatCount|CustomTermEndDate|TargetDate|MigrateOnRenewal|MigrationScheduleStatus|MigrationScheduleId|BatchId|ErrorCode|ErrorReason",
			bamRow + "False|False|P1Y|Monthly|3||12/07/2026 00:00:00|False|Scheduled|i|b||", "reference: results of the batch migration tool"},
		{"bam-schedulemigrations", reconcile.RoleReference, "Id|CurrentSubscriptionId|Status|CustomerTenantId|CatalogItemId|SubscriptionEndDate|Quantity|TermDuration|BillingCycle|PurchaseFullTerm|CustomTermEndDate|TargetDate|MigrateOnRenewal",
			"i|" + subA + "|Scheduled|" + tenantA + "|CFQ7TTC0LF8R:0001|12/14/2026 00:00:00|3|P1Y|Monthly|False|||False", "reference: migrations scheduled with the batch migration tool"},
		{"bam-ncesubscriptions", reconcile.RoleInCSP, "PartnerTenantId|IndirectResellerMpnId|CustomerName|CustomerTenantId|SubscriptionId|SubscriptionName|ProductName|ExpirationDate|Psa|Term|BillingPlan|SeatCount|MigratedFromSubscriptionId",
			"p||Contoso|" + tenantA + "|n1|Mine|Office 365 E3|12/14/2027 00:00:00|CFQ7TTC0LF8R:1:CFQ7TTC0ABCD|P1Y|Monthly|4|" + subA,
			"tenant=" + tenantA + " customer=Contoso id=n1 offer=Office 365 E3 product=CFQ7TTC0LF8R/0001 licences=4 expires=2027-12-14 term=P1Y billing=monthly programme=nce from=" + subA + " relationship=accepted"},
		{"bam-customers", reconcile.RoleReference, "TenantId|Domain|CompanyName", tenantA + "|contoso.onmicrosoft.com|Contoso", "reference: customer list"},
		{"recon-legacy", reconcile.RoleSubscription,
			"PartnerId|CustomerId|CustomerName|MPNID|ResellerMpnId|OrderId|SubscriptionId|Syndication_Partner_Subscription_Number|OfferId|DurableOfferID|OfferName|SubscriptionStartDate|SubscriptionEndDate|ChargeStartDate|ChargeEndDate|ChargeType|UnitPrice|Menge|Amount (Betrag)|TotalOtherDiscount|Subtotal (Zwischensumme)|Tax (Steuern)|TotalForCustomer|Währung|DomainName|SubscriptionName|SubscriptionDescription|AbrechnungszyklusTyp",
			"p|" + tenantA + "|Contoso|1||2|theirs|" + subA + "|x|" + offerA + "|Office 365 E3|2/1/2026 0:00|2/3/2027 0:00|2/1/2026 0:00|2/28/2026 23:59||6.82|2|13.64|0|13.64|0|13.64|EUR|contoso.onmicrosoft.com|Mine|Long|Jährlich",
			"tenant=" + tenantA + " domain=contoso.onmicrosoft.com customer=Contoso id=" + subA + " offer=Office 365 E3 offerid=" + offerA +
				" licences=2 start=2026-02-01 expires=2027-02-03 billing=annual channel=legacy-csp programme=legacy price=6.82 per 1 currency=EUR relationship=accepted"},
		{"recon-nce", reconcile.RoleInCSP,
			"PartnerId|CustomerId|CustomerName|CustomerDomainName|CustomerCountry|InvoiceNumber|MpnId|OrderId|OrderDate|ProductId|SkuId|AvailabilityId|SkuName|ProductName|ChargeType|UnitPrice|Quantity|Subtotale|Totale|Valuta|SubscriptionDescription|SubscriptionId|ChargeStartDate|ChargeEndDate|TermAndBillingCycle|EffectiveUnitPrice|BillableQuantity|BillingFrequency|PricingCurrency|SubscriptionStartDate|SubscriptionEndDate|ProductQualifiers|PromotionId",
			"p|" + tenantA + "|Contoso|contoso.example|it|G1|1|o|10/3/2026|CFQ7TTC0LF8R|1|CFQ7TTC0ABCD|Office 365 E3|Office 365 E3|renew|20|7|140|140|EUR|Mine|n1|10/1/2026|10/31/2026|One-Year commitment for monthly billing|20|7|Monthly|EUR|10/1/2026|9/30/2027|[\"Add-on\"]|",
			"tenant=" + tenantA + " domain=contoso.example customer=Contoso country=IT id=n1 offer=Office 365 E3 product=CFQ7TTC0LF8R/0001 addon=yes licences=7 start=2026-10-01 expires=2027-09-30 term=P1Y billing=monthly programme=nce currency=EUR relationship=accepted"},
		{"recon-nce", reconcile.RoleInCSP, "PartnerId|CustomerId|ProductId|SkuId|AvailabilityId|SkuName|ChargeType|Quantity|SubscriptionId|SubscriptionEndDate",
			"p|" + tenantA + "|DZH318Z0ABCD|006G|DZH318Z0EFGH|Tables - LRS|New|0.005001|n1|4/30/2027", "out-of-scope: azure"},
		{"nce-price-list", reconcile.RoleReference, "ProductTitle|ProductId|SkuId|SkuTitle|TermDuration|BillingPlan|Market|Currency|UnitPrice|EffectiveStartDate|EffectiveEndDate|Tags|ERP Price",
			"Office 365 E3|CFQ7TTC0LF8R|1|Office 365 E3|P1Y|Annual|US|USD|115.2|2/1/2019 12:00:00 AM|2/4/2021 8:35:31 PM|License|144", "reference: price list"},
		{"legacy-price-list", reconcile.RoleReference, "Änderung|Gültig ab (Datum)|Gültig bis (Datum)|Angebotsanzeigename|Angebots-ID|Lizenzvertragstyp|Bestelleinheit|Sekundärer Lizenztyp|Art des Endkunden|Listenpreis|ERP-Preis",
			"ADD|20230701||Office 365 E3|" + offerA + "|Corporate|1 Month(s)|NON-SPECIFIC|Corporate|17|20", "reference: legacy price list"},
		{"legacy-offer-matrix", reconcile.RoleReference, "Offer Display Name|Durable Offer ID|Provisioning ID|Offer Type|Duration|Billing Frequency", "Office 365 E3|" + offerA + "|x|y|1|Monthly", "reference: legacy offer matrix"},
		{"nce-offer-matrix", reconcile.RoleReference, "ProductTitle|ProductId|SkuId|SkuTitle|ProvisioningId|ProvisioningString|MinLicenses|MaxLicenses", "Office 365 E3|CFQ7TTC0LF8R|0001|Office 365 E3|" + offerA + "|ENTERPRISEPACK|1|", "reference: offer matrix"},
		{"partner-center-customers", reconcile.RoleReference, "Microsoft ID|Company name|Primary domain name|Relationship", tenantA + "|Contoso|contoso.example|Cloud Reseller", "reference: customer list"},
		{"partner-center-subscriptions", reconcile.RoleInCSP, "Subscription ID|Subscription|Quantity|Status|Reseller", subA + "|Office 365 E3|5|Active|",
			"customer=Contoso id=" + subA + " offer=Office 365 E3 licences=5 relationship=accepted"},
		{"insights-subscriptions", reconcile.RoleSubscription, "SubscriptionId|SubscriptionStartDate|SubscriptionEndDate|SubscriptionState|Month|IsAutoRenew|CustomerName|CustomerTenantId|CustomerTpid|CustomerSegment|CustomerMarket|Product|SKU|SalesChannel|AvailableSeats",
			subA + "|2026-01-01|2026-12-31|Active|2026-10-01|Y|Contoso|" + tenantA + "|1|SMB|Italy|Office 365|Office 365 E3||12",
			"tenant=" + tenantA + " customer=Contoso country=IT id=" + subA + " offer=Office 365 E3 licences=12 start=2026-01-01 expires=2026-12-31 renew=yes"},
		{"admin-center-licences", reconcile.RoleSubscription, "Product Title|Total Licenses|Expired Licenses|Assigned licenses", "Power BI Pro|5|0|3", "customer=Contoso offer=Power BI Pro licences=5 assigned=3"},
		{"admin-center-licences-renewal", reconcile.RoleSubscription, "Product Title|Total Licenses|Expired Licenses|Assigned licenses|Renewal Date", "Power BI Pro|5|0|3|2027-08-01",
			"customer=Contoso offer=Power BI Pro licences=5 assigned=3 expires=2027-08-01"},
		{"powershell-skus", reconcile.RoleSubscription, "AccountSkuId|ActiveUnits|WarningUnits|ConsumedUnits", "contoso:ENTERPRISEPACK|5|0|3", "customer=Contoso part=ENTERPRISEPACK licences=5 assigned=3"},
		{"powershell-skus", reconcile.RoleSubscription, "SkuPartNumber|SkuId|ConsumedUnits|Enabled", "ENTERPRISEPACK|" + offerA + "|3|5", "customer=Contoso sku=" + offerA + " part=ENTERPRISEPACK licences=5 assigned=3"},
		{"powershell-skus", reconcile.RoleSubscription, "AccountId|AccountName|AppliesTo|CapabilityStatus|ConsumedUnits|Id|PrepaidUnits|ServicePlans|SkuId|SkuPartNumber|SubscriptionIds",
			tenantA + "|contoso|User|Enabled|3|x|@{Enabled=5; LockedOut=0; Suspended=1; Warning=0}|System.Object[]|" + offerA + "|ENTERPRISEPACK|System.String[]",
			"tenant=" + tenantA + " sku=" + offerA + " part=ENTERPRISEPACK licences=5 assigned=3"},
		{"powershell-skus", reconcile.RoleSubscription, "skuId|skuPartNumber|consumedUnits|prepaidUnits.enabled|prepaidUnits.suspended|prepaidUnits.warning|capabilityStatus",
			offerA + "|ENTERPRISEPACK|3|5|0|0|Enabled", "customer=Contoso sku=" + offerA + " part=ENTERPRISEPACK licences=5 assigned=3"},
		{"powershell-skus", reconcile.RoleSubscription, "SkuPartNumber|ConsumedUnits|PrepaidUnits", "ENTERPRISEPACK|3|Microsoft.Graph.PowerShell.Models.MicrosoftGraphLicenseUnitsDetail",
			"no-licences PrepaidUnits Microsoft.Graph.PowerShell.Models.MicrosoftGraphLicenseUnitsDetail"},
		{"graph-subscriptions", reconcile.RoleSubscription, "CommerceSubscriptionId|CreatedDateTime|Id|IsTrial|NextLifecycleDateTime|OcpSubscriptionId|OwnerTenantId|ServiceStatus|SkuId|SkuPartNumber|Status|TotalLicenses",
			subA + "|2025-12-31T00:00:00Z|x|True|2026-12-31T00:00:00Z|o|w|[]|" + offerA + "|ENTERPRISEPACK|Enabled|5",
			"customer=Contoso id=" + subA + " sku=" + offerA + " part=ENTERPRISEPACK trial=yes licences=5 start=2025-12-31 expires=2026-12-31"},
		{"partner-center-api", reconcile.RoleSubscription, "id|offerId|offerName|friendlyName|quantity|creationDate|effectiveStartDate|commitmentEndDateTime|commitmentEndDate|status|autoRenewEnabled|isTrial|billingCycle|termDuration",
			subA + "|CFQ7TTC0LH0T:0001:CFQ7TTC0K186|Teams Phone Standard|Ours|4|2025-02-01T11:55:40.077749Z|2026-02-01T11:55:39.68Z|2027-01-31T00:00:00Z|2027-01-31T00:00:00Z|active|True|False|monthly|P1Y",
			"customer=Contoso id=" + subA + " offer=Teams Phone Standard product=CFQ7TTC0LH0T/0001 trial=no licences=4 start=2026-02-01 expires=2027-01-31 term=P1Y billing=monthly renew=yes programme=nce relationship=accepted"},
		{"partner-center-api", reconcile.RoleSubscription, "id|offerId|offerName|friendlyName|quantity|effectiveStartDate|commitmentEndDate|autoRenewEnabled",
			subA + "|" + offerA + "|Office 365 E3|Ours|4|2026-02-01T11:55:39Z|2027-01-31T00:00:00Z|True",
			"customer=Contoso id=" + subA + " offer=Office 365 E3 offerid=" + offerA + " licences=4 start=2026-02-01 expires=2027-01-31 renew=yes channel=legacy-csp programme=legacy relationship=accepted"},
		{"crayon-cloudiq", reconcile.RoleSubscription, "Publisher.Name|FriendlyName|PublisherSubscriptionId|Product.Id|Product.ItemName|Id|Quantity|Organization.Name",
			"Microsoft|Ours|" + subA + "|67226|Microsoft 365 E3|12345|21|Contoso Group", "customer=Contoso Group id=" + subA + " offer=Microsoft 365 E3 licences=21 channel=partner"},
		{"powershell-licences", reconcile.RoleSubscription, "License|Bought|Assigned|Will_Expired|Suspended|Rest", "Power BI Pro|5|3|0|0|2", "customer=Contoso offer=Power BI Pro licences=5 assigned=3"},
		{"cipp-licences", reconcile.RoleSubscription, "Tenant|License|CountUsed|TotalLicenses|skuId|skuPartNumber", "contoso.example|Power BI Pro|3|5|" + offerA + "|POWER_BI_PRO",
			"domain=contoso.example offer=Power BI Pro sku=" + offerA + " part=POWER_BI_PRO licences=5 assigned=3"},
		{"admindroid-expiry", reconcile.RoleSubscription, "Subscription Name|Friendly Subscription Name|Subscribed Date|Total Units|Consumed Units|Remaining Units|Subscription Type|License Expiry Date/Next LifeCycle Activity Date|Friendly Expiry Date|Status|SKU Id",
			"POWER_BI_PRO|Power BI Pro|2025-12-31|5|3|2|Trial|2026-12-31|in 38 days|Enabled|" + offerA, "customer=Contoso offer=Power BI Pro sku=" + offerA + " part=POWER_BI_PRO trial=yes licences=5 assigned=3 start=2025-12-31 expires=2026-12-31"},
		{"admindroid-cost", reconcile.RoleSubscription, "License Name|Cost|Purchased Units|Consumed Units|Unused Units|Consumed Units Cost|Purchased Units Cost|Unused Units Cost|SkuID", "Power BI Pro|9.99|5|3|2|1|2|3|" + offerA,
			"customer=Contoso offer=Power BI Pro sku=" + offerA + " licences=5 assigned=3 price=9.99 per 0"},
		{"cloudblue-audit", reconcile.RoleSubscription, "Asset ID|Provider Name|Provider ID|Marketplace Name|Subscription ID|External Subscription ID|External Customer ID|Customer Name|Connection Type|Domain|Offer ID|Offer Name|Status|Microsoft Status|Microsoft Auto Renew|Creation Date|Microsoft Creation Date|Microsoft Commitment End Date|Licenses|Microsoft Licenses|Error details",
			"a|P|1|EU|AS-1|" + subA + "|" + tenantA + "|Contoso|production|contoso.example|CFQ7TTC0LF8R:0001|Office 365 E3|active|active|True|2025-01-01|2025-12-31|2026-12-30|6|5|",
			"tenant=" + tenantA + " domain=contoso.example customer=Contoso id=" + subA + " offer=Office 365 E3 product=CFQ7TTC0LF8R/0001 licences=5 start=2025-12-31 expires=2026-12-30 renew=yes channel=partner programme=nce"},
		{"cloudblue-missing", reconcile.RoleSubscription, "Microsoft Subscription ID|Customer ID|Customer External ID|Microsoft Customer ID\n|Customer Domain\n|Reseller MPN ID\n|Product Name\n|Product ID|Product SKU ID\n|Quantity of licenses\n|Microsoft Subscription status|Auto-renewal status\n|Subscription Commitment End Date.\n|Subscription Creation Date|Error Details",
			subA + "|TA-1|E1|" + tenantA + "|contoso.example|1|Office 365 E3|CFQ7TTC0LF8R|0001|5|active|disabled|2026-12-30|2025-12-31|",
			"tenant=" + tenantA + " domain=contoso.example id=" + subA + " offer=Office 365 E3 product=CFQ7TTC0LF8R/0001 licences=5 start=2025-12-31 expires=2026-12-30 renew=no channel=partner programme=nce"},
		{"cloudblue-migrations", reconcile.RoleReference, "Date of Migration|Customer Domain|Customer Tenant ID|Customer Name|Product Name|Product ID|SKU ID|Number of Licenses|Subscription ID|Provider Name|Connect Subscription ID",
			"2026-01-01|contoso.example|" + tenantA + "|Contoso|Office 365 E3|CFQ7TTC0LF8R|0001|5|s|P|c", "reference: migrations that a distributor has done"},
		{"cloudblue-promotions", reconcile.RoleReference, "Request Type|Request ID|Subscription ID|Promotion ID|Promotion Expire Date|Item Name|Item Quantity", "purchase|r|s|p|2026-12-31|Office 365 E3|5", "reference: promotions of a distributor"},
		{"dicker-data-annuity", reconcile.RoleSubscription, "TENANT ID|TENANT NAME|SUBSCRIPTION ID|STOCK CODE|STOCK DESCRIPTION|REFERENCE|QTY|CHARGE TYPE|STATUS|START USAGE|END USAGE|REVALUATION PERIOD|UNIT PRICE|UNIT RRP",
			tenantA + "|Contoso|" + subA + "|P1Y:CFQ7TTC0LCHC:0002:1:|MS NCE BUS PREM|Microsoft 365 Business Premium|275.00|NCE|Active|30-AUG-2025|30-AUG-2025|30-AUG-2026|$338.31|$414.60",
			"tenant=" + tenantA + " customer=Contoso id=" + subA + " offer=Microsoft 365 Business Premium product=CFQ7TTC0LCHC/0002 licences=275 start=2025-08-30 expires=2026-08-30 term=P1Y channel=partner programme=nce price=338.31 per 2"},
		{"softwareone-charges", reconcile.RoleSubscription, "Charge ID|Subscription ID|Subscription Name|Subscription Client ID|Subscription Vendor ID|Item ID|Item Name|Invoice Item ID|Vendor Item ID|Start Date|End Date|Quantity|Sales Price|Currency|Charge Total",
			"x|SUB-1|Subscription for Photoshop|—|v1|ITM-1|Photoshop for Teams|i|v|45691|45990|2|321.17|EUR|642.33", "out-of-scope: other publisher"},
		{"cspplan-rejected", reconcile.RoleReference, "file|sheet|row|column|value|code|reason|expected|cell 1", "a.csv||2|Expires|x|bad-date|Not a date|a date|Contoso", "reference: corrects a row of a file that is not read"},
		{"cspplan-plan", reconcile.RoleReference, "key|status|expires|days_left|act_by|relationship_by|customer|current_offer|licences", "k|ready|2026-12-31|38|2026-12-24|2026-12-03|Contoso|Office 365 E3|5", "reference: plan of an earlier run"},
		{"cspplan-notes", reconcile.RoleReference, "scope|key|field|value|by|when|state|why|facts", "row|k|note|x|me|now|||", "reference: notes of an earlier run"},
		{"aliases", reconcile.RoleReference, "title|offer_id|sku_guid|product_id|sku_id|note", "E3|||CFQ7TTC0LF8R|0001|", "reference: offer aliases: name the file in catalog.aliases"},
		{"sell-prices", reconcile.RoleReference, "product_id|sku_id|term|billing|currency|price", "CFQ7TTC0LF8R|0001|P1Y|annual|EUR|240", "reference: sell prices: name the file in catalog.sell_prices"},
		{"customer-register", reconcile.RoleReference, "Tenant ID|Domain|Customer|Country|Reseller relationship|Delegated admin|Agreement accepted|Account manager", tenantA + "|contoso.example|Contoso|IT|Accepted|Yes|No|Jana", "reference: customer register"},
		{"generic", reconcile.RoleSubscription, "Customer|Country|Offer|Licences|Unit price per year (CHF)|Expires|Billing", "Contoso|CH|Office 365 E3|5|240|2026-12-31|Monthly",
			"customer=Contoso country=CH offer=Office 365 E3 licences=5 expires=2026-12-31 billing=monthly price=240 per 2 currency=CHF"},
		{"generic", reconcile.RoleSubscription, "Customer|Offer|Licences|Annual cost|Currency|Expires", "Contoso|Office 365 E3|5|1200|EUR|2026-12-31",
			"customer=Contoso offer=Office 365 E3 licences=5 expires=2026-12-31 price=240 per 2 currency=EUR"},
	} {
		t.Run(c.layout, func(t *testing.T) {
			report, records := readOne(t, Options{}, "exports/Contoso/x.csv", csvOf(c.head, c.row))
			s := report.Sheets[0]
			if s.Layout != c.layout || s.Role != c.role {
				t.Errorf("layout %s, role %d, want %s, role %d", s.Layout, s.Role, c.layout, c.role)
			}
			if len(records) != 1 {
				t.Fatalf("got %d records, want 1", len(records))
			}
			if got := facts(records[0]); got != c.want {
				t.Errorf("got\n  %s\nwant\n  %s", got, c.want)
			}
		})
	}
}

func TestRegisterLines(t *testing.T) {
	_, records := readOne(t, Options{}, "exports/register.csv", csvOf(
		"Tenant ID|Domain|Customer|Country|Reseller relationship|Delegated admin|Agreement accepted|Account manager",
		tenantA+"|contoso.example|Contoso|Italia|Richiesta|Sì|No|Jana", "||||||| "))
	want := reconcile.RegisterLine{
		Customer:     &reconcile.CustomerFacts{TenantID: tenantA, Domain: "contoso.example", Name: "Contoso", Country: "IT"},
		Relationship: reconcile.RelationshipRequested, DelegatedAdmin: reconcile.Yes, Agreement: reconcile.No, Owner: "Jana"}
	if d := cmp.Diff(&want, records[0].Customer); d != "" {
		t.Errorf("line of the register (-want, +got):\n%s", d)
	}
	_, records = readOne(t, Options{}, "exports/customers.csv", csvOf("Microsoft ID|Company name|Primary domain name|Relationship", tenantA+"|Contoso|contoso.example|Cloud Reseller"))
	line := records[0].Customer
	if line == nil || !line.OwnList || line.Relationship != reconcile.RelationshipAccepted {
		t.Errorf("the partner's own list gave %+v, want accepted", line)
	}
}

// A report that repeats subscriptions each month counts its newest month.
func TestNewestMonth(t *testing.T) {
	head := "SubscriptionId|SubscriptionEndDate|Month|CustomerName|CustomerTenantId|SKU|AvailableSeats"
	row := func(month, seats string) string {
		return subA + "|2026-12-31|" + month + "|Contoso|" + tenantA + "|Office 365 E3|" + seats
	}
	_, records := readOne(t, Options{}, "exports/insights.tsv", strings.ReplaceAll(csvOf(head, row("2026-08-01", "9"), row("2026-10-01", "7"), row("2026-09-01", "8")), ",", "\t"))
	want := []string{"reference: an older month of the same subscription", "subscription", "reference: an older month of the same subscription"}
	for i, r := range records {
		if fate(r) != want[i] {
			t.Errorf("row %d: %s, want %s", i, fate(r), want[i])
		}
	}
}

// Partner Center lists both sides: what is new commerce is in CSP already.
func TestSidesOfPartnerCentersList(t *testing.T) {
	_, records := readOne(t, Options{}, "exports/Contoso/x.csv", csvOf("id|offerId|offerName|friendlyName|quantity|effectiveStartDate|commitmentEndDate",
		subA+"|CFQ7TTC0LH0T:0001:CFQ7TTC0K186|Teams Phone Standard|Ours|4|2026-02-01|2027-01-31",
		tenantA+"|"+offerA+"|Office 365 E3|Ours|4|2026-02-01|2027-01-31"))
	for i, want := range []reconcile.Role{reconcile.RoleInCSP, reconcile.RoleSubscription} {
		if records[i].Role != want {
			t.Errorf("row %d: role %d, want %d", records[i].Source.Row, records[i].Role, want)
		}
	}
}
