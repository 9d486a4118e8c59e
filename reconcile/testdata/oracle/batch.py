"""What Microsoft's batch tool says became of the subscriptions it was given.

A result is a line about one subscription. A completed migration stays one,
whatever a second attempt says; else the newest file speaks, and on one day the
graver line. An add-on goes the way of a base that failed. What was uploaded, or
under way last night, and is in no result has vanished.
"""
import re

import facts as f
from layouts import BATCH_TOOL, MIGRATED, SCHEDULED
from worlds import DAY

UNDER_WAY = ("scheduled", "running", "vanished")


def state_of(line):
    word = line.get("result", "").lower()
    for part, state in f.RESULT_WORDS:
        if part in word:
            return state
    if line.get("error") or line.get("reason"):
        return "failed"
    return "completed" if not word and line.get("new") else "reported"


def weight(found):
    """By what a result counts before another: completed, then the newest, then the gravest."""
    return found["state"] == "completed", found["modified"], f.GRAVITY.index(found["state"])


def results(world):
    """The result that counts, by subscription id."""
    best, seen = {}, set()
    for file in sorted(world.files, key=lambda x: x.path):
        if file.layout not in (MIGRATED, SCHEDULED) or file.text() in seen:
            continue
        seen.add(file.text())
        for line in (file.copy_of or file).rows:
            found = {**line, "state": state_of(line), "modified": file.modified, "path": file.path}
            sub = line["sub"].lower()
            if sub not in best or weight(found) > weight(best[sub]):
                best[sub] = found
    return best


def uploads(world):
    """Files that a result names as what it was given: the name of a result is that of the upload and the id of the batch."""
    names = (re.fullmatch(r"(.+)_[0-9a-f-]{36}\.csv", file.path) for file in world.files if file.layout is MIGRATED)
    return {m[1] for m in names if m}


def uploaded(world):
    """Files with the bytes of an upload: a copy under another name may be the one that was read."""
    given = uploads(world)
    texts = {file.text() for file in world.files if file.path in given}
    return {file.path for file in world.files if file.text() in texts}


def attach(rows, world, last_night):
    """Gives each row what became of it."""
    best, given = results(world), uploaded(world)
    for e in rows:
        s = e["s"]
        sub, base = (s.get("sub") or "").lower(), (s.get("base") or "").lower()
        e["result"] = {"state": ""}
        if sub and sub in best:
            e["result"] = {**best[sub], "own": True}
        elif sub and base in best and best[base]["state"] == "failed":
            e["result"] = best[base]
        elif any(p["path"] in given and p["file"].layout is BATCH_TOOL and p["row"]["eligible"] == "yes" for p in s["places"]):
            e["result"] = {"state": "vanished"}
        elif sub and last_night.get(e["key"], {"result": {"state": ""}})["result"]["state"] in UNDER_WAY:
            e["result"] = {"state": "vanished"}
        e["migration"], e["scheduled"] = e["result"]["state"], None
        if e["result"]["state"] == "scheduled":
            renewal = e["result"]["on_renewal"] == "yes" and s.get("end")
            e["scheduled"] = s["end"] + DAY if renewal else e["result"].get("on")


def completed(rows, others):
    """Subscriptions in CSP of which only the tool's results know; those that an export shows are told where they came from."""
    for e in rows:
        result, sub = e["result"], (e["s"].get("sub") or "").lower()
        if result["state"] != "completed" or not result.get("own"):
            continue
        shown = [o for o in others if result["new"] and o["sub"].lower() == result["new"].lower()]
        if shown:
            shown[0]["origin"] = shown[0]["origin"] or sub
        elif not any(o["origin"] == sub for o in others):
            n = result["n"] if result["n"] != "" else e["s"]["licences"]
            yield {"party": e["s"]["party"], "sub": result["new"], "origin": sub, "licences": n, "left": n, "active": True, "bought": "",
                   "offer": None, "places": [{"path": result["path"], "n": 0}]}


def last_day(e):
    """The last day on which the replacement may start: an agreement renews into CSP, and the tool converts on the day of a renewal."""
    return e["s"]["end"] + DAY * (e["route"] == "channel-transfer" or converts(e))


def converts(e):
    scheduled = e["result"]["state"] == "scheduled"
    if e["route"] != "bam" and not scheduled:
        return False
    return e["end_of_term"] == "renew" or scheduled and e["result"]["on_renewal"] == "yes" and e["end_of_term"] == "unknown"
