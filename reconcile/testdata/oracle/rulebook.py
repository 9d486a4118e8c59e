"""What must come out of a data set, worked out from the decisions in rules.md.

Nothing here is taken from the program. Each function names the section that it
follows; amounts are fractions until they are rounded, once, per row.
"""
import dataclasses
import datetime as dt
import hashlib
import unicodedata
from fractions import Fraction

import batch
import facts as f
import people
from layouts import INVOICE
from worlds import DAY, SOLD, SOLD_LONG, TERM_MONTHS, add_months

BILLED_MONTHS = {"monthly": 1, "annual": 12, "triennial": 36}
ENDED_STATES = {"Expired", "Disabled", "Suspended", "Deleted"}
IN_CSP_ALREADY = ("provisioned", "done")
DECIDED_ON = {"licences", "end", "price", "offer"}  # the facts that make a decision stale when they change
CONFIRMS = {"move", "early", "done"}   # words by which a person vouches for the move


# §1 Rows and identity

def outcomes(world):
    """The outcome of each row by file path, and the subscriptions that are left, in order of rank."""
    by_file = {x.path: [] for x in world.files}
    left, texts, lines = [], set(), {}
    for file in sorted(world.files, key=lambda x: x.path):
        text = file.text()
        rows = (file.copy_of or file).rows
        if text in texts:
            continue   # the file is refused as a copy: none of its rows is read twice
        texts.add(text)
        seen_here = set()
        for n, row in enumerate(rows, 2):
            place = {"row": row, "file": file, "path": file.path, "n": n}
            cells = file.layout.text([row])
            if file.layout.role == "register":
                outcome = "duplicate" if cells in seen_here else "reference"
            elif row.get("fate") == "rejected":
                outcome = "rejected"
            elif cells in seen_here or cells in lines:
                outcome = "duplicate"
            elif row.get("fate"):
                outcome = row["fate"]
            else:
                outcome = "in-csp" if file.layout.role == "in-csp" else "planned"
                left.append(place)
            seen_here.add(cells)
            lines.setdefault(cells, place)
            place["outcome"] = len(by_file[file.path])
            by_file[file.path].append((outcome, row))
    return by_file, left


def rank(place):
    return (-place["file"].modified.toordinal(), place["path"], place["n"])


def folder_facts(world, place):
    folder = place["path"].split("/")[0]
    return world.settings_of.get(folder, {}) if "/" in place["path"] else {}


def merge(world, places):
    """One subscription from its records: the newest export wins, gaps are filled from the others."""
    places = sorted(places, key=rank)
    merged, disagree = {}, set()
    for place in places:
        said = {**folder_facts(world, place), **place["file"].layout.facts(place["row"])}
        for key, value in said.items():
            if value in (None, ""):
                continue
            if merged.get(key) in (None, ""):
                merged[key] = value
            elif key in ("end", "licences") and merged[key] != value:
                disagree.add(key)
    merged["partner_cost"] = next((p["file"].layout is INVOICE for p in places if p["file"].layout.facts(p["row"]).get("price") is not None), False)
    merged["places"], merged["disagree"] = places, disagree
    merged["damaged"] = any(p["row"].get("damaged") for p in places)
    return merged


def subscriptions(world, left, by_file):
    """Planned subscriptions and those of the other side; sets the outcome merged."""
    groups = {}
    for place in left:
        row, role = place["row"], place["file"].layout.role
        sub = (row.get("sub") or "").lower()
        groups.setdefault((role, sub or (place["path"], place["n"])), []).append(place)
    planned, others = [], []
    for (role, _), places in groups.items():
        s = merge(world, places)
        (planned if role == "subscription" else others).append(s)
        if role == "subscription":
            for p in s["places"][1:]:
                by_file[p["path"]][p["outcome"]] = ("merged", p["row"])
    return planned, others


def key_of(s, nth):
    if s.get("sub"):
        text = "sub\0" + s["sub"].lower()
    else:
        text = f"row\0{s['tenant']}\0{nth[0]}\0{nth[1]}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def identities(world):
    """Who has which tenant: by domain, by folded name and country; a weaker key joins a tenant only if exactly one has it."""
    by, countries, names = {}, {}, {}
    for said in told(world):
        if said.get("tenant"):
            for key in weaker_keys(said):
                by.setdefault(key, set()).add(said["tenant"])
            countries.setdefault(said["tenant"], set()).add(said.get("country") or "")
            names.setdefault(fold(said.get("customer") or ""), set()).add(said["tenant"])
    for key in [k for k in by if k[0] == "name"]:   # whose country nobody knows may be in any
        by[key] |= {t for t in names[key[1]] if countries[t] == {""}}
    return by


def told(world):
    """What each usable row says."""
    for file in world.files:
        for row in file.rows:
            if row.get("fate") != "rejected":
                place = {"path": file.path, "file": file, "row": row}
                yield {**folder_facts(world, place), **file.layout.facts(row)}


def weaker_keys(said):
    keys = []
    if said.get("domain"):
        keys.append(("domain", said["domain"].lower()))
    if said.get("customer") and said.get("country"):
        keys.append(("name", fold(said["customer"]), said["country"]))
    return keys


def identify(s, by):
    """The tenant of a subscription, else the key by which it is known; the tenant is empty then."""
    if s.get("tenant"):
        s["party"] = s["tenant"]
        return
    keys = weaker_keys(s)
    for key in keys:
        if len(by.get(key, ())) == 1:
            s["tenant"] = s["party"] = next(iter(by[key]))
            return
        if len(by.get(key, ())) > 1:
            s["ambiguous"] = True
            break
    s["tenant"], s["party"] = "", keys[0] if keys else ("name", fold(s.get("customer", "")), "")


def registered(world):
    """What registers and our own exports say of a tenant."""
    known = {}
    for file in world.files:
        for row in (file.copy_of or file).rows:
            if row.get("fate") == "rejected" or not row.get("tenant"):
                continue
            c = known.setdefault(row["tenant"], {"relationship": "unknown", "delegated_admin": "unknown", "owner": "", "country": "", "customer": row.get("customer", "")})
            said = file.layout.facts(row)
            if file.layout.name == "customer-register":
                c.update({k: row[k] for k in ("relationship", "delegated_admin", "owner", "agreement") if row[k]})
            c["country"] = c["country"] or said.get("country", "")
            c["domain"] = c.get("domain") or said.get("domain", "")
            c["own"] = c.get("own", False) or file.layout.own
    for c in known.values():
        if c.get("own"):
            c["relationship"] = "accepted"
    return known


# §2 What it is, what to buy

def sold(offer):
    return SOLD_LONG if offer.triennial else SOLD


def new_term(s, offer):
    """Term and billing to ask for: those of today as far as they are sold, else those of a year."""
    term, billing = s.get("term") or "P1Y", s.get("billing") or ""
    if not offer.terms_known:
        return term, billing
    if (term, billing) in sold(offer):
        return term, billing
    for t in (term, "P1Y"):
        ways = [b for x, b in sold(offer) if x == t]
        if len(ways) == 1:
            return t, ways[0]
        if ways:
            return (t, "") if not billing else (t, billing) if billing in ways else (t, (min if billing == "monthly" else max)(ways, key=BILLED_MONTHS.get))
    raise AssertionError(offer)


def ended_sale(offer, country, as_of):
    return bool(offer.ended) and as_of >= offer.ended[0 if country in f.EEA or not country else 1]


def replace_ended(rows, others, world):
    """§2: what is no longer sold may be bought only by who is shown to hold it; others buy what takes its place."""
    held = {(e["s"]["party"], e["o"].sku) for e in rows if not e["over"]}
    held |= {(o["party"], x.target) for o in others if not o.get("end") or o["end"] >= world.as_of
             for x in f.OFFERS.values() if x.product and x.product == csp_product(o)}
    for e in rows:
        instead = f.INSTEAD.get(e["offer"].target) if e["offer"] else None
        e["replaced"] = bool(instead and e["country"] and (e["s"]["party"], e["offer"].target) not in held
                             and channel_route(e, e["s"]) not in TRANSFERS and ended_sale(e["offer"], e["country"], world.as_of))
        if e["replaced"]:
            e["offer"], e["match"] = instead[0 if e["country"] in f.EEA else 1], "equivalent"


# §4 Dates

def bought(s):
    """The first day of the current term. Only a first term may be cut short (to end with others), so terms count back from the end."""
    months = TERM_MONTHS.get(s.get("term"))
    if not months or not s.get("end"):
        return None
    if s.get("start") and s["start"] >= add_months(s["end"], -months):
        return s["start"]
    return add_months(s["end"] + DAY, -months)


def life(s, policy):
    day = bought(s)
    if s["programme"] in policy.get("lifecycle", {}):
        working, admin = policy["lifecycle"][s["programme"]]
        return f.Life(s["channel"], s["programme"], working=working, admin=admin)
    for rule in f.LIFE:
        if rule.channel != s["channel"] or rule.programme not in ("", s["programme"]):
            continue
        if rule.bought_before and not (day and day < rule.bought_before):
            continue
        if rule.ends_before and not (s.get("end") and s["end"] < rule.ends_before):
            continue
        return rule
    raise AssertionError(s["channel"])


def end_of_term(s, policy):
    if s.get("end_of_term"):
        return s["end_of_term"]
    if s.get("auto_renew") == "yes":
        return "renew"
    if s.get("auto_renew") != "no":
        return "unknown"
    est = life(s, policy).est
    return "unknown" if est is None else "est" if est and s.get("trial") != "yes" else "cancel"


def working_day(day, policy):
    while day.weekday() in policy["weekend"] or day in policy["holidays"]:
        day -= DAY
    return day


# §5 Routes

def route(e, s):
    if e["same_region"] == "no" or e["cloud"] or e["provider"]:
        return "none"
    return "let-expire" if s["licences"] == 0 else channel_route(e, s)


def decided_route(e):
    """A person may decide against what would move; what another offer is wanted for is bought."""
    return "let-expire" if e["route"] != "none" and e["word"] in ("no", "leaves") else e["route"]


def channel_route(e, s):
    """How it would move if it is to be moved: what has ended or is a trial can only be bought anew."""
    if e["over"] or s.get("trial") == "yes":
        return "buy-reassign-end"
    if s["channel"] == "legacy-csp" and s.get("eligible") == "yes":
        return "bam"
    if s["programme"] == "ea":
        return "channel-transfer"
    if s["programme"] == "nce" and s["channel"] == "partner":
        return "partner-transfer"
    return "buy-reassign-end"


TRANSFERS = {"bam", "channel-transfer", "partner-transfer"}


# §6 Money

def rounded(amount, currency):
    """Half up, in the currency's minor unit."""
    if amount is None:
        return ""
    scale = 10 ** f.MINOR_DIGITS[currency]
    minor = (amount * scale * 2 + 1) // 2
    sign, minor = ("-" if minor < 0 else ""), abs(int(minor))
    digits = f.MINOR_DIGITS[currency]
    return f"{sign}{minor // scale}" + (f".{minor % scale:0{digits}d}" if digits else "")


def yearly(s):
    """What the customer pays in a year, unrounded; None without a price and its period."""
    if s.get("price") is None or not s.get("billing"):
        return None
    return Fraction(s["price"]) * s["licences"] * 12 / BILLED_MONTHS[s["billing"]]


def paid_until(s, as_of):
    """The end of the billing period that as_of lies in, counted back from the end of the term."""
    if s["end"] < as_of:
        return as_of
    k, step = 0, BILLED_MONTHS[s["billing"]]
    while add_months(s["end"], -step * (k + 1)) >= as_of:
        k += 1
    return add_months(s["end"], -step * k)


def money(e, s, world):
    as_of, year, cur = world.as_of, yearly(s), s.get("currency") or ""
    e["currency"] = cur
    e["cost_now_year"] = rounded(year, cur)
    for column in ("overlap_today", "overlap_planned", "prepaid_lost", "locked_in_if_missed", "credit_at_most"):
        e[column] = ""
    if year is not None and s.get("end"):
        if e["route"] == "buy-reassign-end":
            e["overlap_today"] = rounded(year * max(0, (s["end"] - as_of).days) / 365, cur)
            e["overlap_planned"] = rounded(year * max(0, (s["end"] - e["move"]).days) / 365, cur)
        elif e["route"] != "none":
            e["overlap_today"] = e["overlap_planned"] = rounded(Fraction(0), cur)
        e["prepaid_lost"] = rounded(year * (paid_until(s, as_of) - as_of).days / 365, cur)
        e["credit_at_most"] = e["prepaid_lost"] if s["channel"] == "direct" else ""
        if e["end_of_term"] == "renew" and s.get("term") and s["end"] >= as_of:
            e["locked_in_if_missed"] = rounded(year * TERM_MONTHS[s["term"]] / 12, cur)
    e["csp_currency"] = e["cost_csp_year"] = e["difference_year"] = ""
    e["own_price"] = False
    if e["offer"] and e["moving"]:
        csp_cost(e, s, world)


def csp_cost(e, s, world):
    """Our own price, else the retail price; in the currency of today, else of the country, else the only one there is."""
    term, billing = e["csp_term"], e["csp_billing"]
    def priced_by(prices):
        return {c: p for (product, t, b, c), p in prices.items() if product == e["offer"].product and (t, b) == (term, billing)}

    own = priced_by(world.sells)
    market = e["region"] in ("", "Europe")   # the list is that of the Italian market: it says nothing about other regions
    priced = own or (priced_by(world.prices) if market else {})
    cur = next((c for c in (e["currency"], f.CURRENCY_OF.get(e["country"] or "IT")) if c in priced), next(iter(priced)) if len(priced) == 1 else None)
    if not cur:
        return
    e["csp_currency"], e["own_price"] = cur, bool(own)
    e["cost_csp_year"] = rounded(Fraction(priced[cur]) * e["needed"] * 12 / TERM_MONTHS[term], cur)
    if e["cost_now_year"] and cur == e["currency"] and not s["partner_cost"]:
        e["difference_year"] = rounded(Fraction(e["cost_csp_year"]) - Fraction(e["cost_now_year"]), cur)


# The plan

def plan(world):
    """The expected rows, each a dict of plan.csv columns and of what they follow from, and the outcomes by file."""
    by_file, left = outcomes(world)
    planned, others = subscriptions(world, left, by_file)
    known, by = registered(world), identities(world)
    for s in planned + others:
        identify(s, by)
    rows = [start(s, world, known) for s in planned]
    number(rows)
    rows.sort(key=order)
    last_night = night_before(world)
    batch.attach(rows, world, last_night)
    replace_ended(rows, others, world)
    for e in rows:
        settle(e, e["s"], world)
        # who decided to move it decided on what was to be bought the night before
        if e["word"] in ("move", "early", "wait") and not e["wished"] and last_night.get(e["key"], e)["replaced"] != e["replaced"]:
            e["stale"], e["word"] = True, ""
    both_sides(rows, others, world)
    for e in rows:
        move(e, e["s"], world)
    pooled, held = holdings(rows, others, world)
    family = families(rows, others)
    for e in rows:
        money(e, e["s"], world)
        findings(e, e["s"], world, pooled, held, family)
        people.accept(e, e["s"], world, last_night)
        e["findings"] = "|".join(code for codes in f.SEVERITY.values() for code in codes if code in e["found"])
        e["next"] = next_step(e, e["s"], world)
    return rows, by_file


def night_before(world):
    """Last night's rows by key, on the facts of last night, where some of them have changed since."""
    if not world.before:
        return {}
    now = [(row, key, row[key]) for row, key, _ in world.before]
    for row, key, value in world.before:
        row[key] = value
    rows, _ = plan(dataclasses.replace(world, as_of=world.as_of - DAY, before=[]))
    for row, key, value in now:
        row[key] = value
    return {e["key"]: e for e in rows}


def fold(text):
    return unicodedata.normalize("NFKC", text).casefold()


def order(e):
    """§1: expiry, folded customer, offer, key; without a date last."""
    return (e["s"].get("end") or dt.date.max, fold(e["customer"]), fold(e["current_offer"]), e["key"])


def number(rows):
    """Keys of rows without an id: the n-th of its customer and offer by expiry, licences, place."""
    nameless = {}
    for e in rows:
        if e["s"].get("sub"):
            e["key"] = key_of(e["s"], None)
        else:
            o = f.OFFERS[e["s"]["offer"]]
            nameless.setdefault((e["tenant_id"], o.written or fold(o.title)), []).append(e)
    for (_, offer), same in nameless.items():
        same.sort(key=lambda e: (e["s"].get("end") or dt.date.max, e["s"]["licences"], e["s"]["places"][0]["path"], e["s"]["places"][0]["n"]))
        for n, e in enumerate(same, 1):
            e["key"] = key_of(e["s"], (offer, n))


def start(s, world, known):
    """What is known of a row before anything is planned."""
    c, as_of, end = known.get(s["tenant"], {}), world.as_of, s.get("end")
    offer = f.OFFERS[s["offer"]]
    country = s.get("country") or c.get("country") or ""
    region = f.REGIONS.get(country)
    serving = next((t for t in ["IT", *world.partner_tenants] if region and f.REGIONS[t] == region), None)
    s["programme"] = s.get("programme") or ""
    s["channel"] = f.CHANNEL_OF.get(s["programme"]) or s.get("channel") or "unknown"
    e = {"s": s, "o": offer, "customer": s.get("customer") or c.get("customer") or s.get("domain", ""), "tenant_id": s["tenant"], "country": country, "domain": s.get("domain") or c.get("domain", ""),
         "region": region or "", "partner_region": f.REGIONS[serving or "IT"], "serving": serving, "current_offer": offer.title, "current_sku_guid": offer.sku, "licences": str(s["licences"]),
         "assigned": "" if s.get("assigned") is None else str(s["assigned"]), "channel": s["channel"], "programme": s["programme"] or "unknown",
         "expires": str(end or ""), "days_left": str((end - as_of).days) if end else "", "subscription_id": s.get("sub") or "",
         "match": offer.match, "offer": offer if offer.product else None, "owner": c.get("owner", "")}
    e["same_region"] = "yes" if serving else "no" if country in f.REGIONS else "unknown"
    e["cloud"] = (s.get("domain") or c.get("domain", "")).endswith(f.OTHER_CLOUDS)
    e["provider"] = e["same_region"] == "yes" and bool(world.provider) and f.REGIONS[world.provider] != region
    e["agreement"] = c.get("agreement", "")
    written = world.decisions.get(s.get("sub"), {})
    e["decision"], e["planned"] = written.get("decision", ""), written.get("planned_date")
    e["planned_date"] = str(e["planned"] or "")
    e["stale"] = e["decision"] != "" and any(row.get("sub") == s.get("sub") and key in DECIDED_ON for row, key, _ in world.before)
    e["word"] = "" if e["stale"] else e["decision"]
    e["expired"] = bool(end and end < as_of)
    e["over"] = e["expired"] or s.get("state") in ENDED_STATES
    e["end_of_term"] = end_of_term(s, world.policy)
    e["relationship"] = c.get("relationship", "unknown")
    e["delegated_admin"] = c.get("delegated_admin", "unknown")
    e["credit_asked_by"] = "none" if s["channel"] != "direct" else "partner" if e["delegated_admin"] == "yes" else "customer"
    e["auto_renew"] = s.get("auto_renew") or "unknown"
    e["term"], e["billing"] = s.get("term") or "", s.get("billing") or ""
    e["act"] = max(as_of, working_day(end - world.policy["lead_days"] * DAY, world.policy)) if end else None
    e["by"] = e["act"] - world.policy["relationship_days"] * DAY if end else None
    e["act_by"], e["relationship_by"] = str(e["act"] or ""), str(e["by"] or "")
    lost, deleted = None, None
    if end and (e["expired"] or e["end_of_term"] == "cancel" and not e["over"]):
        rule = life(s, world.policy)
        lost = end + rule.working * DAY
        deleted = lost + rule.admin * DAY
    e["access_lost_on"], e["data_deleted_on"], e["deleted"] = str(lost or ""), str(deleted or ""), deleted
    return e


def settle(e, s, world):
    """What people wrote, and the route that follows."""
    e["route"] = route(e, s)
    people.wish(e, s, world, e["route"])
    e["route"] = decided_route(e)
    e["moving"] = e["route"] not in ("none", "let-expire")


def both_sides(rows, others, world):
    """§7: licences in CSP count for a row by origin, by a start after it was first seen, or by a person's word; each once."""
    for o in others:
        o["left"] = o["licences"] if not o.get("end") or o["end"] >= world.as_of else 0
        o["active"] = o["left"] > 0
        o["origin"] = (o.get("migrated_from") or "").lower()
        o["bought"] = csp_product(o)
    others += list(batch.completed(rows, others))
    shown = {o["party"] for o in others}
    others.sort(key=lambda o: (o["places"][0]["path"], o["places"][0]["n"]))
    by_id = {(e["s"].get("sub") or "").lower(): e for e in rows}
    for e in rows:
        e["seen"] = e["migrated"] = e["unexplained"] = 0
        e["another"] = False
    for o in others:
        e = by_id.get(o["origin"]) if o["origin"] else None
        if e:
            e["another"] = e["another"] or o["active"] and is_another(e, o)
            take(e, o, "seen")
            e["migrated"] = e["seen"]
    for e in rows:
        for o in matching(e, others):
            if o["origin"] in ("", e["subscription_id"].lower()) and (e["word"] == "done" or o.get("start") and o["start"] > world.first_night):
                take(e, o, "seen")
    for e in rows:
        for o in matching(e, others):
            if not o["origin"]:
                take(e, o, "unexplained")
    find_others(rows, others, world)
    for e in rows:
        e["progress"] = progress(e, e["s"]["party"] in shown)


def sku_of(o):
    return next((x.target for x in f.OFFERS.values() if x.product and x.product == o["bought"]), "")


def is_another(e, o):
    """CSP holds a SKU that is not the one planned."""
    return bool(e["offer"]) and sku_of(o) not in ("", e["offer"].target.split("|")[0])


def find_others(rows, others, world):
    """As many licences of a SKU that no row of the customer asks for, since the row was first planned, where nothing else of it is there."""
    asked = {(e["s"]["party"], e["offer"].target.split("|")[0] if e["offer"] else e["o"].sku) for e in rows}
    given = set()
    for e in rows:
        for o in others:
            if (o["party"] == e["s"]["party"] and o["active"] and not o["origin"] and o.get("start") and o["start"] > world.first_night
                    and (o["party"], sku_of(o)) not in asked and o["licences"] == e["s"]["licences"] and e["seen"] == 0
                    and not e["another"] and id(o) not in given and is_another(e, o)):
                e["another"] = True
                given.add(id(o))


def csp_product(o):
    return o.get("product") or next((x.product for x in f.OFFERS.values() if x.target == o.get("guid") and x.product), "")


def matching(e, others):
    offer = e["offer"]
    return [o for o in others if offer and o["party"] == e["s"]["party"] and o["bought"] == offer.product]


def take(e, o, counter):
    share = min(o["left"], e["needed"] - e["seen"] - (e["unexplained"] if counter == "unexplained" else 0))
    if share > 0:
        e[counter] += share
        o["left"] -= share
        if counter == "seen" and o.get("start"):
            e["moved"] = max(e.get("moved") or o["start"], o["start"])


def progress(e, csp_shown):
    enough = e["seen"] > 0 and e["seen"] >= e["needed"]
    ends = e["s"].get("state") in ENDED_STATES or e["end_of_term"] == "cancel" or e["expired"] and e["end_of_term"] == "unknown"
    if e["word"] == "done" and not csp_shown:
        return "done"
    if enough and e["another"] and e["word"] != "done":
        return "provisioned"   # somebody has to look
    if enough:
        return "done" if e["word"] == "done" or e["migrated"] >= e["needed"] or ends else "provisioned"
    if e["seen"]:
        return "partly-provisioned"
    return e["relationship"] if e["relationship"] in ("accepted", "requested") else "open"


def move(e, s, world):
    """What is to be provisioned, from when, and whom it concerns."""
    for column in ("csp_term", "csp_billing", "csp_start", "licences_to_provision", "reassign", "users_to_reassign"):
        e[column] = ""
    fixed = max((day for day in (e["planned"], e["scheduled"]) if day), default=None)
    e["move"] = max(fixed, world.as_of) if fixed else world.as_of if e["word"] == "early" else e["act"]
    if e["progress"] in IN_CSP_ALREADY and e.get("moved"):
        e["move"] = e["moved"]
    e["reassign"] = "unknown"
    e["lost"] = False
    if not e["offer"] or not e["moving"]:
        return
    e["open"] = e["needed"] - e["seen"] if e["progress"] != "done" else 0
    e["licences_to_provision"] = str(e["open"]) if e["open"] > 0 else ""
    e["csp_term"], e["csp_billing"] = (s.get("term") or "P1Y", s.get("billing") or "") if e["route"] == "partner-transfer" else new_term(s, e["offer"])
    if e["route"] == "channel-transfer" and s.get("end") and not e["planned"] and e["progress"] not in IN_CSP_ALREADY:
        e["csp_start"] = str(s["end"] + DAY)
    elif e["progress"] not in IN_CSP_ALREADY and (data_gone(e, world) or overdue(e, world)) and not e["planned"]:
        e["csp_start"] = ""   # "check backup", never "provision today"; and nobody knows whether it was migrated on its day
    elif e["progress"] not in IN_CSP_ALREADY:
        e["csp_start"] = str(e["move"] or "")
    else:
        e["csp_start"] = None   # the day of the move, which these exports may not tell
    same = e["offer"].match in ("same", "renamed") or e["route"] == "partner-transfer"
    e["reassign"] = "no" if same else "yes"
    e["users_to_reassign"] = "" if same else e["assigned"]
    e["lost"] = not same and (e["o"].sku in f.LOSES_INSTEAD if e["replaced"] else e["offer"].lost)


def overdue(e, world):
    """The tool was to migrate it before today and still calls it scheduled."""
    return e["result"]["state"] == "scheduled" and bool(e["scheduled"]) and e["scheduled"] < world.as_of


def data_gone(e, world):
    return bool(e["deleted"] and e["deleted"] < world.as_of or e["s"].get("state") == "Deleted")


def holdings(rows, others, world):
    """Seats by tenant and SKU, and subscriptions by tenant, while both sides exist."""
    pooled, held = {}, {}

    def add(tenant, sku, seats, what):
        held[tenant] = held.get(tenant, 0) + (what != "over")
        if sku:
            pool = pooled.setdefault((tenant, sku), {"old": 0, "over": 0, "csp": 0, "buy": 0})
            pool[what] += seats

    for e in rows:
        if e["progress"] == "done":
            continue
        if not e["over"]:
            add(e["s"]["party"], e["o"].sku, e["s"]["licences"], "old")
        elif not data_gone(e, world):
            add(e["s"]["party"], e["o"].sku, e["s"]["licences"], "over")
        if e["licences_to_provision"] and e["route"] not in TRANSFERS:
            add(e["s"]["party"], e["offer"].target, int(e["licences_to_provision"]), "buy")
    for o in others:
        if o["active"]:
            add(o["party"], next((x.target for x in f.OFFERS.values() if x.product and x.product == o["bought"]), ""), o["licences"], "csp")
    return pooled, held


def families(rows, others):
    """Which bases will be in CSP, whose customers have one there, and which families hold a member that may not be migrated;
    which customers lose the last base that carries Audio Conferencing, and which bases become only plans that the former
    price list does not name among its bases."""
    moving, based, barred, became = set(), set(), set(), {}
    carried, carries = set(), set()  # customers with a base that carries Audio Conferencing today and no more, and with one that will
    for e in rows:
        sub, base = (e["s"].get("sub") or "").lower(), (e["s"].get("base") or "").lower()
        if e["progress"] == "done" or e["offer"] and e["moving"]:
            moving.add(sub)
            as_planned = not (e["another"] and e["progress"] in IN_CSP_ALREADY)
            if e["offer"] and as_planned:
                became.setdefault(sub, []).append((e["o"].sku, becomes(e)))
            if not is_add_on(e):   # a base that stays behind carries nothing in CSP
                based.add(e["s"]["party"])
                if as_planned and becomes(e) in f.CARRY_AUDIO:
                    carries.add(e["s"]["party"])
                elif e["o"].sku in f.CARRY_AUDIO:
                    carried.add(e["s"]["party"])
        elif not is_add_on(e) and e["s"]["licences"] > 0 and e["o"].sku in f.CARRY_AUDIO:
            carried.add(e["s"]["party"])
        if e["s"]["channel"] == "legacy-csp" and e["s"].get("eligible") == "no":
            barred.add(base or sub)
    today = {(e["s"].get("sub") or "").lower(): e["o"].sku for e in rows}
    for o in others:
        if o["active"]:
            moving |= {o["origin"], o["sub"].lower()}
            if sku_of(o):
                became.setdefault(o["origin"], []).append((today.get(o["origin"], ""), sku_of(o)))
            if not o["offer"] or not f.OFFERS[o["offer"]].add_on:
                based.add(o["party"])
            if sku_of(o) in f.CARRY_AUDIO:
                carries.add(o["party"])
    bereaves = {base for base, moves in became.items() if base and not any(then == now or then in f.CARRY_AUDIO for now, then in moves)}
    return moving, based, barred, carried - carries, bereaves


def becomes(e):
    """The SKU that a person wants, else the one that the table names."""
    return e["offer"].target if e["wished"] else e["o"].target


def is_add_on(e):
    said = e["s"].get("add_on", "")
    return said != "no" and (said == "yes" or bool(e["s"].get("base")) or e["o"].add_on)


# §3 Findings and status

def findings(e, s, world, pooled, held, family):
    offer, confirmed = e["offer"], e["word"] in CONFIRMS
    bases, based, barred, bereft, bereaves = family
    planned = max((day for day in (e["planned"], e["scheduled"]) if day), default=None)
    last = batch.last_day(e) if s.get("end") else None
    if not last or not e["moving"] or e["over"] or e["progress"] in IN_CSP_ALREADY:
        planned = None   # nothing is left to be planned
    goes_on = e["end_of_term"] in ("renew", "est")
    state, awaited = e["result"]["state"], e["moving"] and e["progress"] not in IN_CSP_ALREADY
    accepted, moving = e["relationship"] == "accepted", e["moving"]
    family_id = (s.get("base") or s.get("sub") or "").lower()
    chosen = confirmed or e["wished"] or bool(e["o"].alias) and not e["replaced"]   # who maps an offer by hand vouches for the offer, not for each of its rows
    bought_anew = bool(offer) and e["licences_to_provision"] != "" and e["route"] not in TRANSFERS
    pool = pooled.get((e["s"]["party"], offer.target), {"old": 0, "over": 0, "csp": 0, "buy": 0}) if offer else {}
    days, warn, eot = (s["end"] - world.as_of).days if s.get("end") else None, world.policy["warn_days"], e["end_of_term"]
    facts = {
        "region-mismatch": e["same_region"] == "no",
        "other-cloud": e["cloud"],
        "provider-region": e["provider"],
        "planned-after-end": planned is not None and planned > last and not goes_on,
        "planned-after-renewal": planned is not None and planned > last and goes_on and s.get("term") != "P1M",
        "planned-late": planned is not None and e["act"] < planned <= last and not (batch.converts(e) and planned == e["scheduled"] == last),
        "migration-failed": state == "failed" and awaited,
        "migration-vanished": state == "vanished" and awaited,
        "migration-overdue": awaited and overdue(e, world),
        "migration-pending": state in ("scheduled", "running", "reported") and awaited,
        "csp-offer-differs": e["another"] and e["progress"] != "done",
        "wish-impossible": e["impossible"],
        "changed-by-hand": e["by_hand"],
        "cloud-unverified": not e["cloud"] and e["country"] == "CN" and e["same_region"] == "yes" and not e["domain"].endswith(".onmicrosoft.com") and not confirmed,
        "tenant-ambiguous": bool(s.get("ambiguous")),
        "tenant-unknown": not e["tenant_id"] and not e["domain"],
        "facts-contradict": contradicts(s),
        "expiry-implausible": bool(s.get("end")) and not f.FIRST_ONLINE_SERVICE <= s["end"] <= add_months(world.as_of, f.LONGEST_TERM_MONTHS),
        "base-unknown": is_add_on(e) and not s.get("base") and moving and e["route"] not in TRANSFERS and not confirmed and s["party"] not in based,
        "family-split": e["route"] == "bam" and family_id in barred,
        "agreement-missing": awaited and accepted and e["agreement"] == "no",
        "partner-id-invalid": awaited and s.get("reseller", "") not in ("", "-1") and not s["reseller"].isdigit(),
        "other-tenant": e["serving"] not in (None, "IT") and moving,
        "no-delegated-admin": moving and accepted and e["delegated_admin"] == "no",
        "channel-unknown": s["channel"] == "unknown",
        "state-unknown": s.get("state", "") == "Frozen solid",
        "billing-currency": e["serving"] is not None and e["cost_csp_year"] != "" and not e["own_price"] and f.CURRENCY_OF[e["serving"]] != e["csp_currency"],
        "region-unknown": e["same_region"] == "unknown",
        "expired": e["over"],
        "no-equivalent": e["o"].match == "open",
        "services-lost": e["lost"] and (not chosen or e["wished"] and not confirmed),   # who writes a name into a row is shown nothing of what it lacks
        "more-assigned-than-licences": s.get("assigned") is not None and s["assigned"] > e["needed"],
        "orphaned-add-on": is_add_on(e) and bool(s.get("base")) and s["base"].lower() not in bases
        or is_add_on(e) and bool(offer) and offer.target == f.AUDIO and (s["base"].lower() in bereaves if s.get("base") else s["party"] in bereft),
        "offer-ambiguous": e["o"].match == "ambiguous",
        "equivalent-unconfirmed": bool(offer) and offer.match == "equivalent" and e["reassign"] != "no" and not chosen,
        "title-id-disagree": e["o"].disagree,
        "id-damaged": s["damaged"],
        "licences-differ": e["progress"] != "done" and (e["seen"] < e["needed"] and (e["migrated"] > 0 or e["word"] == "done") or e["unexplained"] > 0 and not confirmed),
        "sources-disagree": bool(s["disagree"]),
        "expiry-missing": not s.get("end"),
        "trial": s.get("trial") == "yes" and not (offer and confirmed),
        "segment-unverified": (e["o"].segment != "" or s.get("segment") in ("charity", "education")) and not confirmed,
        "seat-cap": bought_anew and offer.business and sum(pool.values()) > f.SEATS_PER_BUSINESS_SKU,
        "subscription-limit": bought_anew and held.get(e["s"]["party"], 0) > f.SUBSCRIPTIONS_PER_TENANT,
        "sale-status-unknown": e["replaced"] and awaited and not confirmed or not e["replaced"] and bool(offer) and awaited and e["route"] not in ("channel-transfer", "partner-transfer") and ended_sale(offer, e["country"], world.as_of)
        and pool["old"] + pool["csp"] == 0,
        "relationship-late": e["relationship"] != "accepted" and e["moving"] and e["by"] is not None and world.as_of > e["by"],
        "decision-stale": e["stale"] or e["number_stale"],
        "relationship-pending": e["relationship"] != "accepted" and e["moving"] and not (e["by"] is not None and world.as_of > e["by"]),
        "auto-renew-on": eot == "renew" and s.get("term") != "P1M" and days is not None and 0 <= days <= warn,
        "monthly-renewal": eot == "renew" and s.get("term") == "P1M",
        "est-default": eot == "est",
        "no-price": e["cost_now_year"] == "" or bool(world.prices or world.sells) and bool(offer) and e["moving"] and e["cost_csp_year"] == "",
        "currency-differs": e["cost_now_year"] != "" and e["cost_csp_year"] != "" and e["currency"] != e["csp_currency"],
        "no-order-id": bool(offer) and e["moving"] and offer.product == "/",
        "prepaid-lost": positive(e["prepaid_lost"]),
        "credit-possible": e["credit_asked_by"] != "none" and not e["expired"] and (e["credit_at_most"] == "" or positive(e["credit_at_most"])),
        "unused-seats": moving and not e["over"] and e["progress"] not in IN_CSP_ALREADY and e["route"] != "partner-transfer" and s.get("assigned") is not None and s["assigned"] < e["needed"],
        "promotion": s.get("promotion") == "yes",
    }
    e["found"] = {code for code, fires in facts.items() if fires}
    e["status"] = "done" if e["progress"] == "done" else next(status for status, codes in f.SEVERITY.items() if status == "ready" or e["found"] & set(codes))


def contradicts(s):
    """Two values that cannot both be true."""
    eot, renews = s.get("end_of_term"), s.get("auto_renew")
    return bool(s.get("start") and s.get("end") and s["start"] > s["end"] or renews == "yes" and eot in ("cancel", "est") or renews == "no" and eot == "renew")


def positive(amount):
    return bool(amount.strip("0."))


# §8 Do next: the first line that fits, by the beginning of its sentence

def next_step(e, s, world):
    deleted = data_gone(e, world)
    has, enough, state = e["offer"] is not None, e["progress"] == "provisioned", e["result"]["state"]
    awaited = e["moving"] and not enough
    lines = [
        (e["progress"] == "done", "Moved"),
        (e["accepted"] and not e["answered"], "Accepted until"),
        (e["cloud"], "Stop: tenant in another Microsoft cloud"),
        (e["same_region"] == "no", "Stop: tenant in another CSP region"),
        (e["provider"], "Stop: our provider"),
        (deleted, "Data probably deleted"),
        (s["licences"] == 0 and e["word"] not in ("no", "leaves") and not e["over"] and "more-assigned-than-licences" in e["found"], "More assigned"),
        (e["route"] == "let-expire", "Not to be moved"),
        (e["impossible"] and not e["over"], "What was written into the row"),
        (e["over"] and awaited and state in ("running", "reported"), "Batch migration is running"),
        (e["over"] and awaited and state == "scheduled", "Batch migration is scheduled"),
        (e["over"] and not enough, "Expired. Provision today" if has else "Expired. Choose"),
        ("no-equivalent" in e["found"] and e["o"].candidates is None, None),
        ("no-equivalent" in e["found"], "Choose an offer" if e["o"].candidates else "Find an equivalent"),
        (not has, "Choose an offer"),
        (bool(e["found"] & {"equivalent-unconfirmed", "services-lost"}), "Confirm"),
        ("more-assigned-than-licences" in e["found"], "More assigned"),
        *questions(e),
        (e["word"] == "wait" and not enough and e["progress"] != "partly-provisioned", None),
        (e["relationship"] == "requested", "Chase"),
        (e["relationship"] != "accepted", "Request a"),
        (e["another"] and not e["answered"], "CSP has another offer"),
        (state == "failed" and awaited, "Batch migration failed"),
        (state == "vanished" and awaited, "No result of the batch migration"),
        (state in ("running", "reported") and awaited, "Batch migration is running"),
        (state == "scheduled" and awaited, "Batch migration is scheduled"),
        (enough, ending(e, s, world)),
        (e["route"] == "buy-reassign-end" and e["move"] is not None, f"On {e['move']} provision {e['open'] if 'open' in e else 0} ×"),
        (e["route"] == "buy-reassign-end", "Provision"),
        (e["move"] is not None, f"On {e['move']} request the transfer" if e["route"] != "bam" else None),
        (True, "Request the transfer" if e["route"] != "bam" else None),
    ]
    return next(text for fits, text in lines if fits)


def questions(e):
    """What is to be settled before anything is bought or ended, in order; unless somebody answers for it."""
    for code, text in f.QUESTIONS.items():
        if code == "licences-differ":
            if e["unexplained"] > 0:
                yield code in e["found"] and not e["answered"], f"Settle whose the {e['unexplained']} licences"
            elif e["progress"] != "partly-provisioned":   # there the rest is provisioned
                yield code in e["found"] and not e["answered"], "Agree the number of licences"
        else:
            yield code in e["found"] and not e["answered"], text


def ending(e, s, world):
    """§4: how the old one ends once the new one is there."""
    if e["route"] == "partner-transfer":
        return "Verify it was transferred"
    if e["expired"]:
        return "Verify access; end the old one if it has gone on"
    if not s.get("end"):
        return "Find out the true expiry"
    runs_out = s["channel"] in ("volume", "legacy-csp")
    off_is_enough = runs_out or s["channel"] == "direct" and s["programme"] != "" and not life(s, world.policy).est
    if e["end_of_term"] == "est":
        return "Off alone starts paid EST"
    if e["end_of_term"] == "cancel" or e["end_of_term"] == "unknown" and runs_out:
        return "Verify: the old subscription ends"
    if off_is_enough:
        return "Verify; turn auto-renew off before"
    return "Renews" if e["end_of_term"] == "renew" else "Verify; set Cancel at end of term"
