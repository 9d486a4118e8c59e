"""Generated data sets: a partner's exports as they might lie there one evening.

Everything follows from the seed. Days are drawn around each boundary of the
rules on purpose; faults (rows that cannot be read, copies, rows that disagree)
are drawn with known outcomes.
"""
import calendar
import datetime as dt
import random
import uuid
from dataclasses import dataclass, field
from decimal import Decimal

import layouts as l
from facts import CHANNEL_OF, EST_CSP, EST_DIRECT, MINOR_DIGITS, OFFERS, OLD_GRACE, REGIONS, WANTED

DAY = dt.timedelta(1)
AS_OF = [dt.date(2026, 11, 23)] * 4 + [dt.date(2026, 11, 21), dt.date(2026, 5, 4), dt.date(2026, 6, 15), dt.date(2027, 1, 4)]
EDGES = [-241, -240, -205, -204, -203, -151, -150, -149, -121, -120, -119, -91, -90, -89, -31, -30, -29, -2, -1, 0, 1, 6, 7, 8, 9, 13, 14,
         15, 16, 17, 18, 27, 28, 29, 30, 31, 32, 89, 90, 91, 92]
TERM_MONTHS = {"P1M": 1, "P1Y": 12, "P3Y": 36}
SOLD = [("P1M", "monthly"), ("P1Y", "annual"), ("P1Y", "monthly")]
SOLD_LONG = SOLD + [("P3Y", "annual"), ("P3Y", "triennial")]


@dataclass
class World:
    seed: int
    as_of: dt.date
    policy: dict
    files: list = field(default_factory=list)
    settings_of: dict = field(default_factory=dict)   # folder below exports/: facts the settings say of its files
    prices: dict = field(default_factory=dict)        # (product, term, billing, currency): retail price of the term
    sells: dict = field(default_factory=dict)         # the same: our own price
    partner_tenants: list = field(default_factory=list)  # countries of the partner's further CSP tenants
    provider: str = ""                                # country of the provider that the partner buys from
    decisions: dict = field(default_factory=dict)     # subscription id: what people wrote about it, by field
    before: list = field(default_factory=list)        # (row, field, value) as it was on the evening when they wrote it
    first_night: dt.date | None = None                # of the first plan of these subscriptions


def add_months(day, n):
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Maker:
    """Draws one world."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.world = World(seed, self.r.choice(AS_OF), self.policy())
        if self.r.random() < .2:
            self.world.partner_tenants = self.r.sample(["US", "JP", "CN"], self.r.choice([1, 2]))
        if self.r.random() < .06:
            self.world.provider = self.r.choice(["DE", "US"])
        self.customers = []
        self.rows = []

    def policy(self):
        policy = self.usual_policy()
        if self.r.random() < .1:
            policy["lifecycle"] = self.r.choice([{"ea": (10, 100)}, {"mosa": (5, 60)}])
        return policy

    def usual_policy(self):
        r = self.r
        if r.random() < .7:
            return {"lead_days": 7, "relationship_days": 21, "warn_days": 30, "holidays": [dt.date(2026, 12, 8), dt.date(2026, 12, 25), dt.date(2027, 1, 1)],
                    "weekend": {5, 6}}
        return {"lead_days": r.choice([0, 1, 10, 14]), "relationship_days": r.choice([0, 7, 30]), "warn_days": r.choice([0, 14, 60]),
                "holidays": [], "weekend": r.choice([{4, 5}, {5, 6}, set()])}

    def guid(self):
        return str(uuid.UUID(int=self.r.getrandbits(128), version=4))

    def draw(self):
        for _ in range(self.r.randint(1, 4)):
            self.customers.append(self.customer())
        self.subscriptions()
        self.registers()
        self.other_side()
        self.price_list()
        self.second_exports()
        self.nameless_customers()
        self.unusable_rows()
        self.copies()
        self.decide()
        self.world.first_night = self.world.as_of - 2 * DAY if self.world.decisions else self.world.as_of
        for f in self.world.files:
            self.r.shuffle(f.rows)
        return self.world

    # Customers

    def customer(self):
        r, n = self.r, len(self.customers) + 1
        name = r.choice(["Alfa", "beta", "Ça ira", "Éclair", "Zeta", "Öl & Gas"]) + f" {n}"
        if self.customers and r.random() < .08:   # two tenants of one name
            name = self.customers[-1]["customer"]
        suffix = r.choice([".onmicrosoft.com"] * 20 + [".onmicrosoft.us", ".example"])
        return {"customer": name, "tenant": self.guid(), "domain": f"c{n}x{r.randint(10, 99)}{suffix}",
                "country": r.choice(["IT"] * 6 + ["DE", "FR", "CH", "NO", "GB", "US", "JP", "RS", "TR", "BY", "CN", ""]),
                "relationship": r.choice(["accepted"] * 5 + ["requested", "none", ""]), "delegated_admin": r.choice(["yes", "no", ""]),
                "owner": r.choice(["", "Ada", "Bo"]), "agreement": r.choice(["", "yes", "yes", "no"]), "registered": r.random() < .8}

    # Subscriptions, each in one of the exports

    def subscriptions(self):
        r = self.r
        for c in self.customers:
            for _ in range(r.choice([1, 2, 3, 4, 6])):
                self.rows.append(self.generic(c))
            if r.random() < .25:
                self.family(c)
        english = [x for x in self.rows if not self.fits_italian(x) or r.random() < .6]
        italian = [x for x in self.rows if not any(x is y for y in english)]
        self.file("all.csv", l.GENERIC, english + [self.pin()])
        if italian:
            self.file("italia.csv", l.ITALIAN_CSV, italian + [self.pin()])
        if r.random() < .55:
            self.legacy()
        if r.random() < .25:
            self.one_tenant()
        if r.random() < .015:
            self.crowd()

    def file(self, path, layout, rows, modified=None):
        f = l.File(path, layout, list(rows), modified or self.world.as_of - 2 * DAY)
        self.world.files.append(f)
        return f

    def fits_italian(self, row):
        kept = l.ITALIAN_CSV.keeps
        return not OFFERS[row["offer"]].written and row["channel"] != "legacy-csp" and all(row[k] in (None, "", "no") for k in row if k in l.EVERY - kept and k != "term")

    def pin(self):
        """A row by which a file shows how it writes dates and decimals: alone, 4.005 and 03/04/2027 have two readings."""
        row = self.generic(self.customers[0])
        row.update(end=dt.date(2027, 12, 31), start=dt.date(2025, 12, 31), assigned=None, offer="Exchange Online (Plan 1)", channel="direct", programme="mosa",
                   price=Decimal("10.50"), currency="EUR", billing="annual", sub=self.guid(), licences=7)
        row.update({k: "" for k in ("term", "end_of_term", "trial", "segment", "state", "add_on", "base", "promotion")})
        return row

    def generic(self, c):
        r = self.r
        row = {k: c[k] for k in ("customer", "tenant", "domain", "country")}
        row["sub"] = self.guid() if r.random() < .9 else ""
        row["offer"] = self.offer()
        programme = r.choice(["mosa", "mca", "mca", "mca-e", "ea", "open-value", "mpsa", "nce", "nce", ""])
        row["programme"], row["channel"] = programme, CHANNEL_OF.get(programme) or r.choice(["direct", "volume", "partner", ""])
        row["term"] = r.choice(["", "P1M", "P1Y", "P1Y", "P1Y", "P3Y"])
        row["billing"] = r.choice(["monthly", ""]) if row["term"] == "P1M" else r.choice(["monthly", "annual", ""] + (["triennial"] if row["term"] == "P3Y" else []))
        self.dates(row)
        row["licences"] = r.choice([0, 1, 5, 17, 33, 150, 151, 299, 300, 301, 1234])
        row["assigned"] = r.choice([None, row["licences"], max(0, row["licences"] - 1), row["licences"] + (r.random() < .2)])
        row["auto_renew"] = r.choice(["yes", "no", ""])
        row["end_of_term"] = r.choice([""] * 6 + ["renew", "cancel"] + (["est"] if row["programme"] == "nce" else []))
        row["trial"] = r.choice([""] * 12 + ["yes", "no"])
        row["segment"] = r.choice([""] * 12 + ["commercial", "charity"])
        if row["segment"] == "charity":
            row["segment"], row["offer"] = "", "Microsoft 365 A3 for faculty"
        row["state"] = r.choice([""] * 12 + ["Active", "Expired", "Disabled", "Suspended", "Deleted", "Frozen solid"])
        row["promotion"] = r.choice([""] * 10 + ["yes"])
        row["add_on"], row["base"] = "", ""
        self.price(row)
        return row

    def offer(self):
        plain = [k for k, o in OFFERS.items() if o.match in ("same", "renamed") and not o.segment and not o.add_on]
        return self.r.choice(plain * 3 + [k for k in OFFERS if not OFFERS[k].out_of_scope])

    def dates(self, row):
        """End and start of the term, near what the rules turn on."""
        r, as_of = self.r, self.world.as_of
        if r.random() < .1:  # bought on either side of a day from which other rules hold
            row["start"] = r.choice([OLD_GRACE, EST_DIRECT]) - r.choice([0, 1]) * DAY
            row["term"], row["billing"] = "P1Y", "annual"
            row["end"] = add_months(row["start"], 12) - r.choice([0, 1]) * DAY
            row["programme"] = r.choice(["mca", "mca-e", "nce"])
            row["channel"] = CHANNEL_OF[row["programme"]]
        elif r.random() < .06:
            row["end"], row["start"] = None, None
        else:
            row["end"] = as_of + r.choice([r.randint(-260, 500), r.choice(EDGES)]) * DAY
            if r.random() < .05:
                row["end"] = EST_CSP - r.choice([0, 1]) * DAY
            row["start"] = None
            if r.random() < .8:
                row["start"] = add_months(row["end"], -TERM_MONTHS.get(row["term"], 12) * r.choice([1, 1, 2])) + r.choice([0, 1]) * DAY
        if row["start"] and row["start"] > as_of:
            row["start"] = None
        if r.random() < .03:
            row["end"], row["start"] = r.choice([(dt.date(2011, 6, 27), None), (dt.date(2011, 6, 28), None), (add_months(as_of, 72), None), (add_months(as_of, 72) + DAY, None),
                                                 (as_of + 50 * DAY, as_of + 51 * DAY), (as_of + 50 * DAY, as_of + 50 * DAY)])

    def price(self, row):
        r = self.r
        row["price"] = row["currency"] = None
        if r.random() < .75:
            row["currency"] = r.choice(["EUR"] * 4 + list(MINOR_DIGITS))
            row["price"] = Decimal(r.choice(["960", "1001", "333"] if row["currency"] == "JPY" else ["4.005", "10.50", "22.80", "0.335", "99.999", "120", "7", "0"]))

    def family(self, c):
        """An add-on that names its base: there, staying behind, or nowhere."""
        r = self.r
        base, add_on = self.generic(c), self.generic(c)
        base.update(offer="Exchange Online (Plan 1)", sub=self.guid(), trial="", licences=r.choice([0, 12]), assigned=None)
        add_on.update(offer="Microsoft 365 Audio Conferencing", add_on="yes", trial="", licences=5, assigned=None)
        add_on["base"] = r.choice([base["sub"], base["sub"].upper(), self.guid()])
        self.rows += [base, add_on]

    def legacy(self):
        """Legacy CSP in our own tenant: the batch tool's list, and its invoices."""
        r, rows, lines = self.r, [], []
        for c in self.customers:
            row = self.generic(c)
            row.update(offer=r.choice(list(l.LEGACY_OFFER_ID)), channel="legacy-csp", programme="legacy", eligible=r.choice(["yes", "yes", "no"]),
                       sub=self.guid().upper(), term="P1Y", billing=r.choice(["monthly", "annual"]), add_on="no", base="",
                       licences=r.choice([1, 9, 40]), auto_renew=r.choice(["yes", "no"]))
            row["end"] = row["end"] or self.world.as_of + 40 * DAY
            row["reseller"] = r.choice(["", "", "4390934", "-1", "0", "not set"])
            rows.append(row)
            if r.random() < .3:
                rows.append(dict(row, offer="Microsoft 365 Audio Conferencing", sub=self.guid().upper(), add_on="yes", base=row["sub"], eligible=r.choice(["yes", "no"]),
                                 billing="annual"))
                continue
            if r.random() < .6:
                lines += self.invoice(row)
        self.file("partner-center/subscriptions.csv", l.BATCH_TOOL, rows)
        if r.random() < .8:
            self.results(rows)
        if lines:
            self.file("partner-center/invoice.csv", l.INVOICE, lines, self.world.as_of - 3 * DAY)

    def results(self, rows):
        """What the batch tool says of them: nothing, once, or twice."""
        r = self.r
        for layout, name in ((l.MIGRATED, "results"), (l.MIGRATED, "retried"), (l.SCHEDULED, "scheduled")):
            lines = [self.result(row, layout) for row in rows if r.random() < .5]
            if lines and r.random() < .6:
                path = f"batch/{name}.csv" if name != "results" or r.random() < .6 else f"partner-center/subscriptions.csv_{self.guid()}.csv"
                self.file(path, layout, lines, self.world.as_of - r.choice([2, 2, 3]) * DAY)

    def result(self, row, layout):
        r, day = self.r, self.world.as_of
        line = {"sub": r.choice([row["sub"], row["sub"].lower()]), "request": self.guid(), "n": r.choice([row["licences"], row["licences"], ""])}
        if layout is l.SCHEDULED:
            line["result"] = r.choice(["Scheduled"] * 4 + ["Cancelled"])
            if r.random() < .3:
                return {**line, "on_renewal": "yes"}
            return {**line, "on_renewal": "no", "on": r.choice([row["end"] + n * DAY for n in (-9, -1, 0, 1, 2)] + [day + n * DAY for n in (-1, 0, 5)])}
        line["result"] = r.choice(["Completed", "Completed", "Processing", "Failed", "", "Validated"])
        if line["result"] == "Completed":
            line["new"] = row["new_id"] = r.choice([self.guid(), ""])
            line["n"] = r.choice([row["licences"], row["licences"], max(1, row["licences"] // 2), ""])
        if line["result"] in ("Failed", ""):
            line.update(error="14", reason="Too close to the end of the term")
        return line

    def invoice(self, row):
        lines, month = [], self.world.as_of.replace(day=1)
        for back in range(1, self.r.choice([1, 2, 3]) + 1):
            line = dict(row, price=row["price"] if row["price"] is not None else Decimal("6.30"), currency=row["currency"] or "EUR")
            if line["currency"] == "JPY":
                line["price"] = Decimal(630)
            line.update(billing="monthly", start=add_months(row["end"], -12), charge_from=add_months(month, -back), charge_to=add_months(month, 1 - back) - DAY)
            lines.append(line)
        row["billing"] = "monthly"
        return lines

    def one_tenant(self):
        """What an administrator exports names no customer: a folder or the settings say whose it is."""
        r, c = self.r, self.r.choice(self.customers)
        rows = []
        for offer in r.sample(["Exchange Online (Plan 1)", "Power BI Pro|" + OFFERS["House Suite Gold"].sku, "Office 365 E3"], 2):
            rows.append({"offer": offer if "|" not in offer else "Enterprise Mobility + Security E3", "licences": r.choice([3, 8]), "assigned": r.choice([None, 3]),
                         "end": self.world.as_of + r.choice(EDGES) * DAY, "sub": ""})
        self.file("tenant/licences.csv", l.ADMIN_CENTER, rows)
        self.world.settings_of["tenant"] = {"customer": c["customer"], "tenant": c["tenant"], "country": c["country"], "channel": r.choice(["direct", "volume"])}

    def crowd(self):
        """A tenant with about half of the subscriptions it may have."""
        c, rows = self.customers[0], []
        for _ in range(self.r.choice([70, 76, 80])):
            row = self.generic(c)
            row.update(end=self.world.as_of + 100 * DAY, start=None, offer="Enterprise Mobility + Security E3", licences=1, assigned=None, state="", trial="",
                       channel="direct", programme="mosa", sub=self.guid())
            rows.append(row)
        self.file("crowd.csv", l.GENERIC, rows)

    # What else lies there

    def registers(self):
        known = [c for c in self.customers if c["registered"]]
        if known:
            self.file("register.csv", l.REGISTER, known)
        listed = [c for c in self.customers if self.r.random() < .2]
        if listed:
            self.file("partner-center/customers.csv", l.CUSTOMER_LIST, listed)

    def other_side(self):
        """What is in CSP already, linked to an old subscription or not."""
        r, linked = self.r, []
        for row in self.rows + [x for f in self.world.files if f.layout is l.BATCH_TOOL for x in f.rows]:
            o = OFFERS[row["offer"]]
            if not row["sub"] or not o.product or row["licences"] == 0 or r.random() > .12:
                continue
            new_id = row.get("new_id") if r.random() < .6 else ""
            if r.random() < .1:   # somebody bought something else
                o, row = OFFERS["Power BI Pro|" + OFFERS["House Suite Gold"].sku], dict(row, offer="Power BI Pro|" + OFFERS["House Suite Gold"].sku)
            linked.append({**{k: row[k] for k in ("customer", "tenant", "offer")}, "sub": new_id or self.guid(), "product": o.product, "guid": o.target, "term": "P1Y",
                           "billing": "annual", "licences": r.choice([row["licences"], row["licences"], max(1, row["licences"] // 2), row["licences"] + 2]),
                           "end": self.world.as_of + r.choice([-1, 0, 200]) * DAY, "migrated_from": r.choice([row["sub"], row["sub"].upper(), ""]), "start": None})
        if linked:
            self.file("partner-center/ncesubscriptions.csv", l.NEW_COMMERCE, linked)
        listed = []
        for row in self.rows:
            o = OFFERS[row["offer"]]
            if o.product and row["licences"] and r.random() < .05:
                listed.append({**{k: row[k] for k in ("customer", "tenant", "offer")}, "sub": self.guid(), "guid": o.target,
                               "licences": r.choice([row["licences"], max(1, row["licences"] // 2)]), "end": self.world.as_of + 300 * DAY,
                               "start": self.world.as_of - r.choice([0, 0, 1, 2, 30]) * DAY})
            if row["licences"] and r.random() < .05:
                other = r.choice(["Enterprise Mobility + Security E3", "Microsoft 365 Business Premium"])
                listed.append({**{k: row[k] for k in ("customer", "tenant")}, "offer": other, "sub": self.guid(), "guid": OFFERS[other].target,
                               "licences": row["licences"] - (r.random() < .1), "end": self.world.as_of + 300 * DAY, "start": self.world.as_of - r.choice([0, 1, 1, 2]) * DAY})
        if listed:
            self.file("csp/list.csv", l.CSP_LIST, listed)

    def price_list(self):
        r = self.r
        if r.random() < .3:
            return
        for o in OFFERS.values():
            for term, billing in (SOLD_LONG if o.triennial else SOLD) if o.product and r.random() < .8 else []:
                for currency in ("EUR", "GBP", "USD"):
                    unit = Decimal(r.randint(200, 9999)) / 1000
                    self.world.prices[o.product, term, billing, currency] = unit * TERM_MONTHS[term]
                    if r.random() < .05:
                        self.world.sells[o.product, term, billing, currency] = unit * TERM_MONTHS[term] + 1

    def second_exports(self):
        """Another list of some of the same subscriptions, older or newer, that may disagree."""
        r, copies = self.r, []
        for row in self.rows:
            if not row["sub"] or r.random() > .2:
                continue
            copy = dict(row)
            change = r.choice(["", "end", "licences", "gap"])
            if change == "end" and row["end"]:
                copy["end"] = row["end"] + r.choice([-1, 1, 30]) * DAY
            if change == "licences":
                copy["licences"] = row["licences"] + 1
            if change == "gap":
                copy.update(assigned=None, price=None, currency=None, start=None, country="")
            copies.append(copy)
        if copies:
            self.file("second.csv", l.GENERIC, copies + [self.pin()], self.world.as_of - r.choice([1, 5]) * DAY)

    def nameless_customers(self):
        """Rows that know a customer by domain or by name and country only, of somebody whose tenant another file knows, or of nobody else."""
        r, rows = self.r, []
        for c in self.customers + [self.customer()]:
            for known in (["domain"], ["customer", "country"]):
                if r.random() < .15 and (known == ["domain"] or c["country"]):
                    row = self.generic(c)
                    row.update(tenant="", domain="", customer="", country="", sub=self.guid(), spoilt={})
                    row.update({k: c[k] for k in known})
                    rows.append(row)
        if rows:
            self.file("by-name.csv", l.GENERIC, rows + [self.pin()])

    def unusable_rows(self):
        """Rows that must be refused, left aside or counted once."""
        r, c = self.r, self.customers[0]
        target = next(f for f in self.world.files if f.layout is l.GENERIC)
        for spoilt, code in [({"End date": "soon"}, "bad-date"), ({"End date": "2027-02-30"}, "bad-date"), ({"Licences": "-3"}, "no-licences"), ({"Licences": "many"}, "no-licences"),
                             ({"Product": "", "SKU ID": ""}, "no-offer"), ({"Customer": "", "Tenant ID": "", "Domain": ""}, "no-customer")]:
            if r.random() < .08:
                target.rows.append(dict(self.generic(c), sub=self.guid(), spoilt=spoilt, fate="rejected", code=code))
        if r.random() < .15:
            row = self.generic(c)
            row.update(offer="Microsoft Azure", sub=self.guid(), fate="out-of-scope")
            target.rows.append(row)
        if r.random() < .15:
            row = self.generic(c)
            row.update(sub="", spoilt={"Subscription ID": "1.23457E+17"}, damaged=True)
            target.rows.append(row)
        if r.random() < .2 and target.rows:
            target.rows.append(dict(r.choice(target.rows), repeated=True))

    def copies(self):
        if self.r.random() < .1:
            of = self.r.choice(self.world.files)
            name = of.path.replace(".csv", " (1).csv")
            self.world.files.append(l.File(name, of.layout, [], of.modified, copy_of=of))

    def decide(self):
        if self.r.random() > .3:
            return
        batch = [row for f in self.world.files if f.layout is l.BATCH_TOOL for row in f.rows]
        for row in self.rows + batch:
            if row["sub"] and (fields := self.words(row)):
                self.world.decisions[row["sub"]] = fields
        if self.world.decisions and self.r.random() < .5:
            self.change_facts()
            self.lose_results()

    def words(self, row):
        """What people wrote into the cells of a row."""
        r, fields = self.r, {}
        if r.random() < .4:
            fields["decision"] = r.choice(["move", "early", "wait", "no", "leaves", "done"])
        if r.random() < .15:
            fields["planned_date"] = self.planned_day(row)
        if r.random() < .12:
            fields["licences_wanted"] = r.choice([row["licences"], row["licences"] + 3, max(1, row["licences"] - 1), "many"])
        if r.random() < .12:
            fields["offer_wanted"] = r.choice(["Gold Bundle 7", "Microsoft StaffHub"] + self.wanted(row) * 3)
        if r.random() < .2:
            fields["accepted_until"] = r.choice([self.world.as_of + n * DAY for n in (-1, 0, 5, 40)] + ["soon"])
            fields["decision"] = r.choice(["move", "early", fields.get("decision", "move")])
        return fields

    def wanted(self, row):
        """Offers whose comparison with what the row has is known here: itself, or one of the other."""
        if row["offer"] not in ("Exchange Online (Plan 1)", "Office 365 E3", "Enterprise Mobility + Security E3"):
            return []
        return [row["offer"]] + [offer for sku, offer in WANTED if sku == OFFERS[row["offer"]].sku]

    def lose_results(self):
        """Some results of last night are of other subscriptions tonight."""
        for f in self.world.files:
            for line in f.rows if f.layout in (l.MIGRATED, l.SCHEDULED) and not f.copy_of else []:
                if self.r.random() < .3:
                    self.world.before.append((line, "sub", line["sub"]))
                    line["sub"] = self.guid()

    def planned_day(self, row):
        near = [row["end"] + n * DAY for n in (-8, -7, -6, -1, 0, 1, 2)] if row["end"] else []
        return self.r.choice(near + [self.world.as_of + n * DAY for n in (-3, 0, 5, 40)])

    def change_facts(self):
        """Some subscriptions are not any more what people decided on."""
        written = [f for f in self.world.files if f.layout is l.GENERIC and f.path == "all.csv"][0].rows
        twice = {row["sub"] for f in self.world.files if f.path == "second.csv" for row in f.rows} | {row["sub"] for row in written if row.get("repeated")}
        for row in written:
            if row["sub"] in self.world.decisions and row["sub"] not in twice and not row.get("spoilt") and self.r.random() < .5:
                key = self.r.choice(["licences", "end", "assigned"])
                if key != "end" or row["end"]:
                    self.world.before.append((row, key, row["end"] - DAY if key == "end" else (row[key] or 0) + 1))


def world(seed):
    return Maker(seed).draw()
