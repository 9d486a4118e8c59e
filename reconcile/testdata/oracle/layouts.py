"""The exports in which a generated subscription is written down.

A layout says which facts survive in it (keeps), what it implies (implies) and
how they are spelt. Facts are plain values: texts, numbers, dates, None.
"""
import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from decimal import Decimal

from facts import LEGACY_OFFER_ID, OFFERS

PARTNER_TENANT = "2223132c-1c7d-4858-afe8-778bb570e77b"


@dataclass
class Layout:
    name: str
    role: str                     # subscription, in-csp or register
    columns: list                 # (heading, spelling of a row)
    keeps: set
    implies: dict = field(default_factory=dict)
    delimiter: str = ","
    own: bool = False             # a customer in it has a relationship with us

    def facts(self, row):
        """What a reader of this file can know of the row."""
        known = {k: v for k, v in row.items() if k in self.keeps}
        return {**known, **self.implies}

    def text(self, rows):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow([heading for heading, _ in self.columns])
        for row in rows:
            spoilt = row.get("spoilt", {})
            writer.writerow([spoilt.get(heading, spell(row)) for heading, spell in self.columns])
        return out.getvalue()


def plain(key):
    return lambda row: "" if row.get(key) is None else str(row[key])


def title(row):
    return OFFERS[row["offer"]].title if row.get("offer") else ""


def sku_written(row):
    return OFFERS[row["offer"]].written if row.get("offer") else ""


def words(key, table):
    return lambda row: table.get(row.get(key) or "", "")


def day_first(key):
    return lambda row: row[key].strftime("%d/%m/%Y") if row.get(key) else ""


def batch_date(key):
    return lambda row: row[key].strftime("%m/%d/%Y 00:00:00") if row.get(key) else ""


def invoice_date(key):
    return lambda row: f"{row[key].month}/{row[key].day}/{row[key].year} 00:00" if row.get(key) else ""


def comma(key):
    return lambda row: "" if row.get(key) is None else str(row[key]).replace(".", ",")


ENGLISH = {"direct": "Direct from Microsoft", "volume": "Volume licensing", "partner": "Other partner", "legacy-csp": "Legacy CSP"}
ITALIAN = {"direct": "Direttamente da Microsoft", "volume": "Contratto multilicenza", "partner": "Altro partner"}
BILLING = {"monthly": "Monthly", "annual": "Annual", "triennial": "Triennial"}
YES_NO = {"yes": "Yes", "no": "No"}
VERO = {"yes": "VERO", "no": "FALSO"}
TRUE = {"yes": "True", "no": "False"}
EVERY = {"customer", "tenant", "domain", "country", "sub", "offer", "licences", "assigned", "start", "end", "price", "currency", "billing",
         "term", "auto_renew", "end_of_term", "channel", "programme", "trial", "segment", "state", "add_on", "base", "promotion"}

GENERIC = Layout("generic", "subscription", [
    ("Customer", plain("customer")), ("Tenant ID", plain("tenant")), ("Domain", plain("domain")), ("Country", plain("country")),
    ("Subscription ID", plain("sub")), ("Product", title), ("SKU ID", sku_written), ("Licences", plain("licences")),
    ("Assigned", plain("assigned")), ("Start date", plain("start")), ("End date", plain("end")), ("Unit price", plain("price")),
    ("Currency", plain("currency")), ("Billing", words("billing", BILLING)), ("Term", plain("term")),
    ("Auto-renew", words("auto_renew", YES_NO)), ("End of term", words("end_of_term", {"renew": "Renews", "cancel": "Ends", "est": "EST"})),
    ("Bought from", words("channel", ENGLISH)), ("Programme", lambda r: (r.get("programme") or "").upper().replace("-VALUE", " Value")),
    ("Trial", words("trial", YES_NO)), ("Segment", lambda r: (r.get("segment") or "").capitalize()), ("State", plain("state")),
    ("Add-on", words("add_on", YES_NO)), ("Base subscription ID", plain("base")), ("Promotion", words("promotion", YES_NO)),
], EVERY)

ITALIAN_CSV = Layout("generic-it", "subscription", [
    ("Cliente", plain("customer")), ("ID tenant", plain("tenant")), ("Dominio", plain("domain")), ("Paese", plain("country")),
    ("ID sottoscrizione", plain("sub")), ("Prodotto", title), ("Quantità", plain("licences")), ("Licenze assegnate", plain("assigned")),
    ("Data di inizio", day_first("start")), ("Data di scadenza", day_first("end")), ("Prezzo unitario", comma("price")),
    ("Valuta", plain("currency")), ("Fatturazione", words("billing", {"monthly": "Mensile", "annual": "Annuale", "triennial": "Triennale"})),
    ("Rinnovo automatico", words("auto_renew", VERO)), ("Acquistata da", words("channel", ITALIAN)),
    ("Programma", lambda r: (r.get("programme") or "").upper().replace("-VALUE", " Value")), ("Note interne", lambda r: ""),
], EVERY - {"end_of_term", "term", "trial", "segment", "state", "add_on", "base", "promotion"}, delimiter=";")

BATCH_TOOL = Layout("bam-subscriptions-v3", "subscription", [
    ("PartnerTenantId", lambda r: PARTNER_TENANT), ("IndirectResellerMpnId", plain("reseller")), ("CustomerName", plain("customer")),
    ("CustomerTenantId", plain("tenant")), ("LegacySubscriptionId", plain("sub")), ("LegacySubscriptionName", title),
    ("LegacyProductName", title), ("ExpirationDate", batch_date("end")), ("AutoRenewEnabled", words("auto_renew", TRUE)),
    ("MigrationEligible", words("eligible", TRUE)), ("NcePsa", lambda r: ""), ("CurrentTerm", plain("term")),
    ("CurrentBillingPlan", words("billing", BILLING)), ("CurrentSeatCount", plain("licences")), ("StartNewTermInNce", lambda r: "False"),
    ("Term", plain("term")), ("BillingPlan", words("billing", BILLING)), ("SeatCount", plain("licences")), ("CustomTermEndDate", lambda r: ""),
    ("AddOn", words("add_on", TRUE)), ("BaseSubscriptionId", plain("base")), ("MigrationIneligibilityReason", lambda r: ""),
], {"customer", "tenant", "sub", "offer", "end", "auto_renew", "eligible", "term", "billing", "licences", "add_on", "base", "reseller"},
    implies={"channel": "legacy-csp", "programme": "legacy"}, own=True)

INVOICE_HEADINGS = ("PartnerId,CustomerId,CustomerName,MPNID,ResellerMPNID,OrderId,SubscriptionId,SyndicationPartnerSubscriptionNumber,OfferId,"
                    "DurableOfferId,OfferName,SubscriptionStartDate,SubscriptionEndDate,ChargeStartDate,ChargeEndDate,ChargeType,UnitPrice,"
                    "Quantity,Amount,TotalOtherDiscount,Subtotal,Tax,TotalForCustomer,Currency,DomainName,SubscriptionName,"
                    "SubscriptionDescription,BillingCycleType").split(",")
INVOICE_CELLS = {
    "PartnerId": lambda r: PARTNER_TENANT, "CustomerId": plain("tenant"), "CustomerName": plain("customer"),
    "SyndicationPartnerSubscriptionNumber": plain("sub"), "DurableOfferId": lambda r: LEGACY_OFFER_ID[r["offer"]].upper(),
    "OfferName": title, "SubscriptionStartDate": invoice_date("start"), "SubscriptionEndDate": invoice_date("end"),
    "ChargeStartDate": invoice_date("charge_from"), "ChargeEndDate": invoice_date("charge_to"), "ChargeType": lambda r: "Cycle fee",
    "UnitPrice": plain("price"), "Quantity": plain("licences"),
    "Amount": lambda r: str(r["price"] * r["licences"]), "Subtotal": lambda r: str(r["price"] * r["licences"]),
    "TotalForCustomer": lambda r: str(r["price"] * r["licences"]), "Tax": lambda r: "0.00", "TotalOtherDiscount": lambda r: "0.00",
    "Currency": plain("currency"), "DomainName": plain("domain"), "SubscriptionName": title, "SubscriptionDescription": title,
    "BillingCycleType": words("billing", BILLING), "OrderId": lambda r: "566890604832738111",
}
INVOICE = Layout("recon-legacy", "subscription", [(h, INVOICE_CELLS.get(h, lambda r: "")) for h in INVOICE_HEADINGS],
                 {"customer", "tenant", "domain", "sub", "offer", "start", "end", "price", "currency", "billing", "licences"},
                 implies={"channel": "legacy-csp", "programme": "legacy"}, own=True)

ADMIN_CENTER = Layout("admin-center-licences-renewal", "subscription", [
    ("Product Title", title), ("Total Licenses", plain("licences")), ("Expired Licenses", lambda r: "0"),
    ("Assigned licenses", plain("assigned")), ("Renewal Date", plain("end")),
], {"offer", "licences", "assigned", "end"})

NEW_COMMERCE = Layout("bam-ncesubscriptions", "in-csp", [
    ("PartnerTenantId", lambda r: PARTNER_TENANT), ("IndirectResellerMpnId", lambda r: ""), ("CustomerName", plain("customer")),
    ("CustomerTenantId", plain("tenant")), ("SubscriptionId", plain("sub")), ("SubscriptionName", title), ("ProductName", title),
    ("ExpirationDate", batch_date("end")), ("Psa", lambda r: r["product"].replace("/", ":") + ":CFQ7TTC0K3K9"), ("Term", plain("term")),
    ("BillingPlan", words("billing", BILLING)), ("SeatCount", plain("licences")), ("MigratedFromSubscriptionId", plain("migrated_from")),
], {"customer", "tenant", "sub", "offer", "end", "product", "term", "billing", "licences", "migrated_from"}, own=True)

CSP_LIST = Layout("generic-csp", "in-csp", [
    ("Customer", plain("customer")), ("Tenant ID", plain("tenant")), ("Subscription ID", plain("sub")), ("Product", title),
    ("SKU ID", plain("guid")), ("Licences", plain("licences")), ("Start date", plain("start")), ("End date", plain("end")),
], {"customer", "tenant", "sub", "offer", "guid", "licences", "start", "end"}, own=True)

RELATIONSHIP = {"accepted": "Accepted", "requested": "Requested", "none": "Not requested"}
REGISTER = Layout("customer-register", "register", [
    ("Customer", plain("customer")), ("Tenant ID", plain("tenant")), ("Domain", plain("domain")), ("Country", plain("country")),
    ("Reseller relationship", words("relationship", RELATIONSHIP)), ("Delegated admin", words("delegated_admin", YES_NO)),
    ("Account manager", plain("owner")), ("Customer agreement accepted", words("agreement", YES_NO)),
], {"agreement", "customer", "tenant", "domain", "country", "relationship", "delegated_admin", "owner"})

CUSTOMER_LIST = Layout("bam-customers", "register", [
    ("TenantId", plain("tenant")), ("Domain", plain("domain")), ("CompanyName", plain("customer")),
], {"tenant", "domain", "customer"}, own=True)


# Results of the batch tool: they name nothing of a row but its subscription.
RESULT_HEAD = [("PartnerTenantId", lambda r: PARTNER_TENANT), ("IndirectResellerMpnId", lambda r: ""), ("CustomerName", lambda r: ""),
               ("CustomerTenantId", lambda r: ""), ("LegacySubscriptionId", plain("sub")), ("LegacySubscriptionName", lambda r: ""),
               ("LegacyProductName", lambda r: ""), ("ExpirationDate", lambda r: ""), ("AddOn", lambda r: "")]
MIGRATED = Layout("bam-migrations", "register", RESULT_HEAD + [
    ("BaseSubscriptionId", lambda r: ""), ("MigrationStatus", plain("result")), ("StartedNewTermInNce", lambda r: "False"),
    ("NCETermDuration", lambda r: "P1Y"), ("NCEBillingPlan", lambda r: "Annual"), ("NCESeatCount", plain("n")), ("CustomTermEndDate", lambda r: ""),
    ("ErrorCode", plain("error")), ("ErrorReason", plain("reason")), ("NCESubscriptionId", plain("new")), ("BatchId", lambda r: ""), ("MigrationId", plain("request")),
], set())
SCHEDULED = Layout("bam-schedule-results", "register", RESULT_HEAD + [
    ("StartedNewTermInNce", lambda r: "False"), ("NCETermDuration", lambda r: "P1Y"), ("NCEBillingPlan", lambda r: "Annual"), ("NCESeatCount", plain("n")),
    ("CustomTermEndDate", lambda r: ""), ("TargetDate", batch_date("on")), ("MigrateOnRenewal", words("on_renewal", TRUE)), ("MigrationScheduleStatus", plain("result")),
    ("MigrationScheduleId", plain("request")), ("BatchId", lambda r: ""), ("ErrorCode", plain("error")), ("ErrorReason", plain("reason")),
], set())


@dataclass
class File:
    """One export: its place below exports/, its day, its rows."""
    path: str
    layout: Layout
    rows: list
    modified: dt.date
    copy_of: "File | None" = None   # same bytes under another name

    def text(self):
        return self.layout.text((self.copy_of or self).rows)


def price_list(prices, region_market="IT"):
    """The price list for (product, term, billing, currency): retail price for the whole term."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("ProductTitle,ProductId,SkuId,SkuTitle,TermDuration,BillingPlan,Market,Currency,UnitPrice,EffectiveStartDate,"
                    "EffectiveEndDate,ERP Price".split(","))
    for (product, term, billing, currency), erp in prices.items():
        writer.writerow(["-", *product.split("/"), "-", term, BILLING[billing], region_market, currency,
                         (erp * Decimal("0.8")).quantize(Decimal("0.01")), "2025-10-01T00:00:00Z", "9999-11-30T23:59:59Z", erp])
    return out.getvalue()


def sell_prices(prices):
    """Our own prices, for the whole term too."""
    lines = ["product_id,sku_id,term,billing,currency,price"]
    for (product, term, billing, currency), price in prices.items():
        lines.append(",".join([*product.split("/"), term, billing, currency, str(price)]))
    return "\n".join(lines) + "\n"
