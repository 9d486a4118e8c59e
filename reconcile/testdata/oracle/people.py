"""What people wrote into the cells of a row: another offer, another number, an exception until a day."""
import dataclasses
import datetime as dt

import facts as f

MOVES = ("move", "early")


def wish(e, s, world, base_route):
    """Takes over what is wanted otherwise; a transfer between partners takes the subscription as it is."""
    written = world.decisions.get(s.get("sub"), {})
    offer, n = written.get("offer_wanted", ""), written.get("licences_wanted", "")
    n = n if isinstance(n, int) and n > 0 else None   # an order of none is no order
    stale = n is not None and any(row.get("sub") == s.get("sub") and key in ("licences", "assigned") for row, key, _ in world.before)
    e.update(needed=s["licences"], impossible=False, by_hand=False, wished=False, number_stale=stale)
    if base_route == "partner-transfer":
        e["impossible"] = bool(offer) or n is not None
        return
    if n is not None and not stale:
        e["needed"], e["by_hand"] = n, True
    if not offer:
        return
    if offer not in f.OFFERS:
        e["impossible"] = True
        return
    wanted, planned = f.OFFERS[offer], e["o"]
    e["by_hand"] = e["wished"] = True
    if wanted.sku != e["o"].sku:
        wanted = dataclasses.replace(wanted, match="equivalent", lost=f.WANTED[e["o"].sku, offer])
    e["offer"], e["match"], e["replaced"] = wanted, wanted.match, False
    if wanted.target != planned.target and base_route in ("bam", "channel-transfer"):
        e["route"] = "buy-reassign-end"


def accept(e, s, world, last_night):
    """Settles the exception of a row whose findings are known."""
    until = world.decisions.get(s.get("sub"), {}).get("accepted_until")
    open_now = {code for status, codes in f.SEVERITY.items() if status != "ready" for code in codes} & e["found"]
    e["open_codes"] = open_now
    in_force = isinstance(until, dt.date) and world.as_of <= until and bool(open_now) and e["progress"] != "done"
    if in_force and world.before:
        in_force = open_now <= last_night[e["key"]]["open_codes"]
    e["answered"] = in_force and e["word"] in MOVES and e["status"] == "decide" and open_now <= f.LIFTABLE
    e["accepted"] = in_force
    if in_force:
        e["found"].add("exception-accepted")
    if e["answered"]:
        e["status"] = "ready"
