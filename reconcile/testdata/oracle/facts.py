"""The facts that the oracle judges by, in a form of its own.

They are written down a second time on purpose: an error in the tables of the
program must not hide itself. Days and dates are those of rules.md, regions
those of Microsoft's list of CSP markets, offers those of its licensing table
and its price list of November 2025.
"""
import datetime as dt
from dataclasses import dataclass

# Country of a tenant: CSP region. None: a known country outside every region.
REGIONS = {
    "IT": "Europe", "DE": "Europe", "FR": "Europe", "CH": "Europe", "NO": "Europe", "GB": "Europe",
    "US": "United States", "JP": "Japan",
    "RS": "Middle East, Central Europe, and Eastern Europe", "CN": "China", "TR": "Middle East, Central Europe, and Eastern Europe",
    "BY": None,
}
CURRENCY_OF = {"IT": "EUR", "DE": "EUR", "FR": "EUR", "CH": "CHF", "NO": "NOK", "GB": "GBP", "US": "USD", "JP": "JPY", "RS": "USD", "TR": "USD", "CN": "CNY"}
EEA = {"IT", "DE", "FR", "CH", "NO"}  # where suites with Teams went off sale first, Switzerland included

MINOR_DIGITS = {"EUR": 2, "GBP": 2, "USD": 2, "CHF": 2, "RSD": 2, "JPY": 0, "KWD": 3}

CHANNEL_OF = {"mosa": "direct", "mca": "direct", "mca-e": "direct", "ea": "volume", "open-value": "volume", "mpsa": "volume",
              "nce": "partner", "legacy": "legacy-csp"}

EST_DIRECT = dt.date(2026, 2, 9)   # extended service terms reach what is bought direct from here on
EST_CSP = dt.date(2026, 5, 4)      # and new commerce terms that end from here on
OLD_GRACE = dt.date(2025, 4, 1)    # bought or renewed before: the free month stays


@dataclass(frozen=True)
class Life:
    """Days after the end: users still work, then only administrators see the data. est: None if nobody can tell."""
    channel: str
    programme: str = ""       # empty: any
    bought_before: dt.date | None = None
    ends_before: dt.date | None = None
    working: int = 0
    admin: int = 90
    est: bool | None = False


LIFE = [  # the first that fits
    Life("direct", "mosa", working=30),
    Life("direct", "mca", bought_before=EST_DIRECT, working=30),
    Life("direct", "mca-e", bought_before=EST_DIRECT, working=30),
    Life("direct", "mca", est=True),
    Life("direct", "mca-e", est=True),
    Life("direct", est=None),
    Life("volume", "ea", admin=150),
    Life("volume", admin=120),
    Life("legacy-csp"),
    Life("partner", "nce", ends_before=EST_CSP, working=30),
    Life("partner", "nce", bought_before=OLD_GRACE, working=30),
    Life("partner", "nce", est=True),
    Life("partner", "legacy"),
    Life("partner", est=True),
    Life("unknown", est=None),
]


@dataclass(frozen=True)
class Offer:
    """What a title (and an id, if it is written beside it) means."""
    title: str
    match: str                    # same, renamed, equivalent, open (different or none), ambiguous
    sku: str = ""                 # identified SKU GUID
    target: str = ""              # SKU GUID to buy
    product: str = ""             # its order id, ProductId/SkuId
    name: str = ""                # its name
    written: str = ""             # SKU id in the export
    lost: bool = False            # the target lacks services
    business: bool = False        # 300 seats, pooled by tenant
    triennial: bool = False       # sold for three years
    ended: tuple = ()             # end of sale: (in the EEA, elsewhere)
    segment: str = ""
    add_on: bool = False
    disagree: bool = False        # title and id name different offers
    candidates: bool | None = True  # are there proposals; None: not to be judged here
    out_of_scope: bool = False
    alias: tuple = ()             # line of the alias file: sku_guid, product_id, sku_id
    terms_known: bool = True      # does the price list name its terms


E3, E4, EXO1 = "6fd2c87f-b296-42f0-b197-1e91e994b900", "1392051d-0cb9-4b7a-88d5-621fee5e8711", "4b9405b0-7788-4568-add1-99614e613b69"
PBI, BASIC, PREMIUM = "f8a1db68-be16-40ed-86d5-cb42ce701560", "3b555118-da6a-4418-894f-7df1e2096870", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"
AUDIO, A3, EMS3 = "0c266dff-15dd-4b49-8397-2bb16070ed52", "4b590615-0888-425a-a965-b3bf7789848d", "efccb6f7-5641-4e0e-bd10-b4976e1bf68e"
CARRY_AUDIO = (E3, BASIC, PREMIUM)  # former price list: bases of Audio Conferencing, of the SKUs here
TEAMS_ENDED = (dt.date(2023, 10, 1), dt.date(2024, 4, 1))

OFFERS = {o.title + ("|" + o.written if o.written else ""): o for o in [
    Offer("Exchange Online (Plan 1)", "same", EXO1, EXO1, "CFQ7TTC0LH16/0001", "Exchange Online (Plan 1)"),
    Offer("Power BI Pro", "same", PBI, PBI, "CFQ7TTC0LHSF/0001", "Power BI Pro", written=PBI),
    Offer("Enterprise Mobility + Security E3", "same", EMS3, EMS3, "CFQ7TTC0LHT4/0001", "Enterprise Mobility + Security E3"),
    Offer("Office 365 Business Essentials", "renamed", BASIC, BASIC, "CFQ7TTC0LH18/0001", "Microsoft 365 Business Basic", business=True),
    Offer("Microsoft 365 Business Premium", "same", PREMIUM, PREMIUM, "CFQ7TTC0LCHC/0002", "Microsoft 365 Business Premium", business=True),
    Offer("Office 365 E3", "same", E3, E3, "CFQ7TTC0LF8R/0001", "Office 365 E3", triennial=True, ended=TEAMS_ENDED),
    Offer("Microsoft 365 Audio Conferencing", "same", AUDIO, AUDIO, "CFQ7TTC0LHSL/0001", "Microsoft 365 Audio Conferencing", add_on=True),
    Offer("Microsoft 365 A3 for faculty", "same", A3, A3, "CFQ7TTC0LHPL/000W", "Microsoft 365 A3 (Education Faculty Pricing)", segment="education"),
    Offer("Office 365 Enterprise E4", "open", E4),
    Offer("Frobnicator Deluxe Edition", "open", candidates=None),
    Offer("Microsoft 365 Apps for business", "ambiguous"),
    Offer("Office 365 E3", "none", PBI, written=PBI, disagree=True),
    Offer("House Suite Gold", "renamed", PBI, PBI, "CFQ7TTC0LHSF/0001", "Power BI Pro", alias=(PBI, "", "")),
    Offer("House Suite Silver", "equivalent", E3, EXO1, "CFQ7TTC0LH16/0001", "Exchange Online (Plan 1)", lost=True, alias=(E3, "CFQ7TTC0LH16", "0001")),
    Offer("House Suite Bronze", "equivalent", EXO1, E3, "CFQ7TTC0LF8R/0001", "Office 365 E3", triennial=True, ended=TEAMS_ENDED,
          alias=(EXO1, "CFQ7TTC0LF8R", "0001")),
    Offer("Microsoft Azure", "none", out_of_scope=True),
]}

# What new customers buy where the sale of a suite with Teams has ended: by SKU, in the EEA and elsewhere.
INSTEAD = {E3: (
    Offer("", "equivalent", target="d711d25a-a21c-492f-bd19-aae1e8ebaf30|7e74bd05-2c47-404e-829a-ba95c66fe8e5", product="/",
          name="Office 365 E3 EEA (no Teams) + Microsoft Teams EEA", terms_known=False),
    Offer("", "equivalent", target="46c3a859-c90d-40b3-9551-6178a48d5c18|7e31c0d9-9551-471d-836f-32ee72be4a01",
          product="CFQ7TTC0LF8R|CFQ7TTC0MZJF/0020|0009", name="Office 365 E3 (no Teams) + Microsoft Teams Enterprise"),
)}
LOSES_INSTEAD = {E3}  # the identified SKUs that lose a service by it

# Offers that a person may want instead, by what the row has: what is lost then.
WANTED = {(E3, "Exchange Online (Plan 1)"): True, (EXO1, "Office 365 E3"): False}

# The legacy offer ids that invoices name.
LEGACY_OFFER_ID = {"Office 365 E3": "796b6b5f-613c-4e24-a17c-eba730d49c02", "Exchange Online (Plan 1)": "195416c1-3447-423a-b37b-ee59a99a19c4"}

# Findings by the status they give, in the order of rules.md §3.
SEVERITY = {
    "blocked": ["region-mismatch", "other-cloud", "provider-region"],
    "data-loss": ["expired", "no-equivalent", "services-lost", "more-assigned-than-licences", "orphaned-add-on", "planned-after-end"],
    "decide": ["region-unknown", "cloud-unverified", "tenant-ambiguous", "offer-ambiguous", "equivalent-unconfirmed", "title-id-disagree", "id-damaged",
               "licences-differ", "sources-disagree", "facts-contradict", "expiry-missing", "expiry-implausible", "trial", "segment-unverified",
               "base-unknown", "family-split", "seat-cap", "subscription-limit", "sale-status-unknown", "relationship-late", "agreement-missing",
               "partner-id-invalid", "planned-after-renewal", "migration-failed", "migration-vanished", "migration-overdue", "csp-offer-differs", "wish-impossible", "decision-stale"],
    "ready": ["other-tenant", "tenant-unknown", "relationship-pending", "migration-pending", "changed-by-hand", "exception-accepted", "no-delegated-admin", "channel-unknown", "state-unknown", "planned-late",
              "auto-renew-on", "est-default", "no-price", "currency-differs", "billing-currency", "no-order-id", "prepaid-lost", "credit-possible",
              "unused-seats", "monthly-renewal", "promotion"],
}
# What a person is asked before the work begins, in this order, by the beginning of the sentence.
QUESTIONS = {
    "orphaned-add-on": "Move the base", "planned-after-end": "Plan an earlier date: it ends", "region-unknown": "Find out the country",
    "cloud-unverified": "Find out in which cloud", "tenant-ambiguous": "Find out which tenant", "id-damaged": "Export again", "licences-differ": None,
    "sources-disagree": "Clarify which source", "facts-contradict": "Correct the export", "expiry-implausible": "Find out the true expiry",
    "trial": "Ask which paid", "segment-unverified": "Have Microsoft verify", "base-unknown": "Find the base", "family-split": "Settle the add-on",
    "seat-cap": "Split the seats", "subscription-limit": "Merge orders", "sale-status-unknown": "Find out whether the offer",
    "agreement-missing": "Chase: the customer must accept", "partner-id-invalid": "Correct the PartnerID", "planned-after-renewal": "Plan an earlier date: it renews",
    "decision-stale": "The facts changed",
}
# Findings that a person may answer for: what is to be bought, from when and for whom is known all the same.
LIFTABLE = {"licences-differ", "sources-disagree", "seat-cap", "subscription-limit", "sale-status-unknown", "relationship-late", "segment-unverified",
            "csp-offer-differs"}
# What the batch tool's words mean, by a part of them; errors without a word are failures.
RESULT_WORDS = (("fail", "failed"), ("complete", "completed"), ("cancel", "cancelled"), ("process", "running"), ("schedule", "scheduled"))
# Of two results of one day the graver counts.
GRAVITY = ("reported", "scheduled", "cancelled", "running", "vanished", "failed", "completed")
# First domains of tenants in other clouds than the worldwide one.
OTHER_CLOUDS = (".onmicrosoft.us", ".onmschina.cn", ".onmicrosoft.de")
LONGEST_TERM_MONTHS = 72
FIRST_ONLINE_SERVICE = dt.date(2011, 6, 28)
SEATS_PER_BUSINESS_SKU = 300
SUBSCRIPTIONS_PER_TENANT = 150
