#!/usr/bin/env python3
"""Plans generated data sets with cspplan and with the rule book beside it, and
compares every row, date, amount and total.

    oracle.py [--bin bin/cspplan] [--sets 1000] [--seed 1] [--jobs 2] [--keep DIR]

Prints each kind of disagreement with the data set it was first seen in, then
how often every finding, route, programme and outcome occurred. Exit 1 if
anything disagrees, or if something never occurred in 1,000 sets or more.
"""
import argparse
import collections
import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import facts
import layouts
import rulebook
import worlds

COLUMNS = ("key status expires days_left act_by relationship_by customer tenant_id country region partner_region same_region channel programme "
           "route progress subscription_id current_offer current_sku_guid licences assigned match csp_offer csp_product_id csp_sku_id csp_sku_guid "
           "licences_to_provision csp_term csp_billing csp_start reassign users_to_reassign end_of_term access_lost_on data_deleted_on relationship "
           "delegated_admin credit_asked_by auto_renew term billing currency cost_now_year csp_currency cost_csp_year difference_year overlap_today "
           "overlap_planned prepaid_lost locked_in_if_missed credit_at_most findings next decision owner planned_date migration").split()


def write(world, folder):
    """Lays the data set out as a folder with settings and exports."""
    for file in world.files:
        path = os.path.join(folder, "exports", file.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(file.text())
        noon = dt.datetime.combine(file.modified, dt.time(12), dt.timezone.utc).timestamp()
        os.utime(path, (noon, noon))
    with open(os.path.join(folder, "cspplan.yaml"), "w", encoding="utf-8") as out:
        out.write(settings(world))
    with open(os.path.join(folder, "aliases.csv"), "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow("title offer_id sku_guid product_id sku_id note".split())
        writer.writerows([o.title, "", *o.alias, ""] for o in facts.OFFERS.values() if o.alias)
    if world.prices:
        with open(os.path.join(folder, "prices.csv"), "w", encoding="utf-8") as out:
            out.write(layouts.price_list(world.prices))
    if world.sells:
        with open(os.path.join(folder, "sells.csv"), "w", encoding="utf-8") as out:
            out.write(layouts.sell_prices(world.sells))


def settings(world):
    p = world.policy
    names = "mon tue wed thu fri sat sun".split()
    tenants = ", ".join(f"{{id: {n:08d}-3333-4a33-8a33-333333333333, country: {c}}}" for n, c in enumerate(world.partner_tenants, 1))
    lines = ["partner: {name: Oracle, country: IT, tenants: [%s]%s}" % (tenants, f", provider: {{name: P, country: {world.provider}}}" if world.provider else ""),
             "catalog: {aliases: aliases.csv%s%s}" % (", price_list: prices.csv" if world.prices else "", ", sell_prices: sells.csv" if world.sells else ""),
             "policy: {lead_days: %d, relationship_days: %d, warn_days: %d, weekend: [%s], holidays: [%s], max_rejected: 100%%}" % (
                 p["lead_days"], p["relationship_days"], p["warn_days"], ", ".join(names[d] for d in sorted(p["weekend"])), ", ".join(map(str, p["holidays"])))]
    for programme, (working, admin) in p.get("lifecycle", {}).items():
        lines[-1] = lines[-1][:-1] + ", lifecycle: {%s: {working: %d, admin: %d}}}" % (programme, working, admin)
    rules = [f'  - {{match: "exports/{folder}/*", customer: "{c["customer"]}", tenant_id: {c["tenant"]}, country: "{c["country"]}", channel: {c["channel"]}}}'
             for folder, c in world.settings_of.items()]
    rules.append('  - {match: "exports/csp/*", side: csp}')
    return "\n".join(lines + ["inputs:"] + rules) + "\n"


def run(binary, folder, as_of):
    done = subprocess.run([binary, "run", "--as-of", str(as_of), "--quiet"], cwd=folder, capture_output=True, text=True, env={**os.environ, "GOMAXPROCS": "1"})
    if done.returncode:
        raise RuntimeError(f"cspplan ended with {done.returncode}: {done.stdout[-800:]} {done.stderr[-800:]}")
    name = next(d for d in os.listdir(os.path.join(folder, "plans")) if d.startswith(str(as_of)))
    return os.path.join(folder, "plans", name)


def note_decisions(world, run_folder):
    """Writes people's words into the notes of the night before, as if the program had found them in its workbook."""
    path = os.path.join(run_folder, "notes.csv")
    with open(path, "a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        for sub, fields in world.decisions.items():
            key = hashlib.sha256(("sub\0" + sub.lower()).encode()).hexdigest()[:16]
            for name, value in fields.items():
                writer.writerow(["row", key, name, value, "Ada", f"{world.as_of - 2 * worlds.DAY}T18:00:00Z", "in-force", "", ""])
    with open(path, "rb") as raw:
        content = raw.read()
    record_path = os.path.join(run_folder, "run.json")
    with open(record_path, encoding="utf-8") as raw:
        record = json.load(raw)
    for o in record["outputs"]:
        if o["name"] == "notes.csv":
            o.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    with open(record_path, "w", encoding="utf-8") as out:
        json.dump(record, out)


def earlier_nights(world, folder, binary):
    """Two nights ago there was a plan, people decided on it, last night the program noted on what; then some facts changed."""
    now = [(row, key, row[key]) for row, key, _ in world.before]
    for row, key, value in world.before:
        row[key] = value
    write(world, folder)
    note_decisions(world, run(binary, folder, world.as_of - 2 * worlds.DAY))
    if world.before:
        run(binary, folder, world.as_of - worlds.DAY)
    for row, key, value in now:
        row[key] = value
    write(world, folder)


def compare(world, folder, binary):
    """The disagreements of one data set as (kind, got, want, row), and what occurred in it."""
    if world.decisions:
        earlier_nights(world, folder, binary)
    published = run(binary, folder, world.as_of)
    with open(os.path.join(published, "plan.csv"), encoding="utf-8-sig", newline="") as raw:
        got = list(csv.DictReader(raw))
    with open(os.path.join(published, "run.json"), encoding="utf-8") as raw:
        record = json.load(raw)
    want, by_file = rulebook.plan(world)
    wrong = list(compare_rows(got, want))
    wrong += compare_totals(record, want, by_file, got)
    return wrong, occurrences(want, by_file)


def compare_rows(got, want):
    if [g["key"] for g in got] != [e["key"] for e in want]:
        yield "order or keys", [(g["key"], g["customer"], g["current_offer"], g["expires"]) for g in got], [(e["key"], e["customer"], e["current_offer"], e["expires"]) for e in want], None
    rows = {g["key"]: g for g in got}
    for e in want:
        g = rows.get(e["key"])
        if not g:
            yield "row missing", "", e["key"], e
            continue
        offer = e["offer"]
        e["csp_offer"], e["csp_sku_guid"] = (offer.name, offer.target) if offer else ("", "")
        e["csp_product_id"], e["csp_sku_id"] = offer.product.split("/") if offer else ("", "")
        for column in COLUMNS:
            a, b = g[column], e[column]
            if b is None or column == "match" and b == "open" and a in ("different", "none"):
                continue
            if column == "next":
                if not a.replace(",", "").startswith(b):
                    yield "next", a, b, e
            elif column == "findings":
                for code in sorted(set(a.split("|")) ^ set(b.split("|"))):
                    yield f"finding {'+' if code in a.split('|') else '-'}{code}", a, b, e
                if set(a.split("|")) == set(b.split("|")) and a != b:
                    yield "order of findings", a, b, e
            elif column == "subscription_id":
                if a.lower() != b.lower():
                    yield column, a, b, e
            elif a != b:
                yield column, a, b, e


def compare_totals(record, want, by_file, got):
    total = collections.Counter()
    for file in record["inputs"]:
        if file.get("refused", {}).get("code") == "duplicate-file" and not by_file[file["path"].removeprefix("exports/")]:
            continue
        here = collections.Counter(outcome for outcome, _ in by_file[file["path"].removeprefix("exports/")])
        total += here
        if file["outcomes"] != dict(here) or file["rows"] != sum(here.values()):
            yield "outcomes of a file", file["outcomes"], (file["path"], dict(here)), None
    counts = record["counts"]
    headline = [e for e in want if e["status"] != "done" and "monthly-renewal" not in e["found"]]
    expected = {
        "outcomes": dict(total),
        "statuses": dict(collections.Counter(e["status"] for e in want)),
        "licences": sum(e["s"]["licences"] for e in want),
        "expired": sum(e["expired"] for e in headline),
        "within_30_days": sum(e["days_left"] != "" and 0 <= int(e["days_left"]) <= 30 for e in headline),
    }
    for name, value in expected.items():
        if counts[name] != value:
            yield f"counts.{name}", counts[name], value, None
    costs = collections.Counter()
    for e in want:
        if e["cost_now_year"] and e["status"] != "done":
            costs[e["currency"]] += Fraction(e["cost_now_year"])
    for check in record["control_totals"]:
        what = check["what"]
        if not check["agrees"]:
            yield "control total differs", check, "", None
        if what.startswith("Cost now, ") and "plan.csv" in what:
            currency = what[10:13]
            if check["in"] != rulebook.rounded(Fraction(costs.pop(currency, 0)), currency):
                yield "total cost now", check, currency, None
    for currency in costs:
        if costs[currency]:
            yield "total cost now missing", "", currency, None


def occurrences(want, by_file):
    seen = collections.Counter()
    for e in want:
        seen.update(f"finding {code}" for code in e["found"])
        seen.update(f"{name} {e[name]}" for name in ("status", "route", "programme", "channel", "match", "progress", "end_of_term", "same_region", "reassign"))
        seen["decision " + (e["word"] or "none")] += 1
    for rows in by_file.values():
        seen.update("outcome " + outcome for outcome, _ in rows)
    return seen


def must_occur():
    names = {"finding " + code for codes in facts.SEVERITY.values() for code in codes}
    names |= {"status " + s for s in [*facts.SEVERITY, "done"]}
    names |= {"route " + r for r in "none bam channel-transfer partner-transfer let-expire buy-reassign-end".split()}
    names |= {"programme " + p for p in [*facts.CHANNEL_OF, "unknown"]}
    names |= {"channel " + c for c in "direct volume partner legacy-csp unknown".split()}
    names |= {"progress " + p for p in "open requested accepted partly-provisioned provisioned done".split()}
    names |= {"end_of_term " + w for w in "renew est cancel unknown".split()}
    names |= {"outcome " + o for o in "planned merged in-csp reference rejected duplicate out-of-scope".split()}
    names |= {"decision " + d for d in "move early wait no leaves done none".split()}
    return names - NOT_GENERATED


# What these data sets cannot hold, and where it is tested instead.
NOT_GENERATED = set()


def judge(args, seed):
    world = worlds.world(seed)
    folder = os.path.join(args.keep or tempfile.gettempdir(), f"cspplan-oracle-{os.getpid()}-{seed}")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    try:
        write(world, folder)
        wrong, seen = compare(world, folder, args.bin)
    except RuntimeError as err:
        wrong, seen = [("run", str(err), "", None)], collections.Counter()
    if not args.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return seed, wrong, seen


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", default="bin/cspplan")
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first data set")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="folder in which the data sets stay")
    parser.add_argument("--show", type=int, default=2, help="disagreements printed of each kind")
    args = parser.parse_args()
    args.bin = os.path.abspath(args.bin)
    seen, wrong, sets_wrong = collections.Counter(), collections.defaultdict(list), set()
    with ThreadPoolExecutor(args.jobs) as pool:
        for seed, found, occurred in pool.map(lambda s: judge(args, s), range(args.seed, args.seed + args.sets)):
            seen += occurred
            for kind, got, want, e in found:
                wrong[kind].append((seed, got, want, e))
                sets_wrong.add(seed)
    report(args, seen, wrong, sets_wrong)
    missing = must_occur() - set(seen) if args.sets >= 1000 else set()
    for name in sorted(missing):
        print(f"never occurred: {name}")
    return 1 if wrong or missing else 0


def report(args, seen, wrong, sets_wrong):
    for kind in sorted(wrong, key=lambda k: -len(wrong[k])):
        print(f"== {kind}: {len(wrong[kind])}")
        for seed, got, want, e in wrong[kind][:args.show]:
            print(f"   set {seed}: got {got!r}, want {want!r}")
            if e:
                said = {k: str(v) for k, v in e["s"].items() if k not in ("places", "tenant", "domain") and v not in (None, "", set(), False)}
                print(f"      {said} route={e['route']} progress={e['progress']} relationship={e['relationship']} word={e['word']} "
                      f"files={[p['path'] for p in e['s']['places']]}")
    print("occurred: " + ", ".join(f"{name} {seen[name]}" for name in sorted(seen)))
    rows = sum(n for name, n in seen.items() if name.startswith("status "))
    print(f"{args.sets} data sets, {rows} subscriptions, {rows * len(COLUMNS)} values: {sum(map(len, wrong.values()))} disagreements in {len(sets_wrong)} sets")


if __name__ == "__main__":
    sys.exit(main())
