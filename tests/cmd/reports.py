# SPDX-License-Identifier: GPL-2.0-only
"""reports.py PROGRAM OUT TREE SCRATCH: handlers.csv and report.sarif say what inventory.json and audit.json say."""
import csv
import json
import os
import shutil
import subprocess
import sys
import urllib.parse

program, out, tree, scratch = sys.argv[1:]


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def check(name, ok, *why):
    print(("ok " if ok else "not ok ") + "reports: " + name)
    if not ok:
        for line in why:
            print("#", str(line)[:600])


inventory, audit = load(f"{out}/inventory.json"), load(f"{out}/audit.json")
handlers = {h["id"]: h for h in inventory["handlers"]}

with open(f"{out}/report/handlers.csv", encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
check("a line of handlers.csv for each handler, in order", [r["id"] for r in rows] == list(handlers))
bad = [r["id"] for r in rows for h in [handlers[r["id"]]] if
       (r["file"], r["line"], r["class"], r["verdict"], r["outcome"], r["tier"], r["arch"]) !=
       (h["file"], str(h["line"]), h["class"], h["verdict"], h["outcome"], str(h["tier"]), h["arch"] or "")
       or r["needs"] != "; ".join(h["needs"]) or r["flags_set"] != "; ".join(h["flags_set"])
       or not all(reason["text"] in r["reasons"] for reason in h["reasons"])]
check("with what the inventory says", not bad, bad)

sarif = load(f"{out}/report/report.sarif")
run = sarif["runs"][0]
rules = {r["id"]: r for r in run["tool"]["driver"]["rules"]}
results = run["results"]
check("report.sarif is of version 2.1.0, one run", sarif["version"] == "2.1.0" and len(sarif["runs"]) == 1)
check("each result's rule is described, with help", len(rules) == len(run["tool"]["driver"]["rules"]) and all(
    r["ruleId"] in rules for r in results) and all(r["shortDescription"]["text"] and r["help"]["text"] for r in rules.values()))
check("a result for each handler and each finding", len(results) == len(handlers) + len(audit["findings"]), len(results))


def places(log):
    for result in log["runs"][0]["results"]:
        yield from result["locations"] + result.get("relatedLocations", [])


def is_there(place):
    physical = place["physicalLocation"]
    path = os.path.join(tree, urllib.parse.unquote(physical["artifactLocation"]["uri"]))
    with open(path, encoding="utf-8", errors="replace") as source:
        return 1 <= physical.get("region", {}).get("startLine", 1) <= len(source.readlines())


bad = [p for p in places(sarif) if not is_there(p)]
check("every place is a line of the tree", not bad, *bad)
fingerprints = [r["partialFingerprints"]["mmapconv/v1"] for r in results]
check("no two results have one fingerprint", len(set(fingerprints)) == len(fingerprints))
check("what was lost is notified", len(run["invocations"][0]["toolExecutionNotifications"]) ==
      len(inventory["problems"]) + len(inventory["disagreements"]))

# the same tree with other lines above each handler
shutil.copytree(out, scratch, ignore=shutil.ignore_patterns("work", "series"))
for h in inventory["handlers"]:
    h["line"] += 7
for finding in audit["findings"]:
    finding["line"] += 7
for name, what in (("inventory", inventory), ("audit", audit)):
    with open(f"{scratch}/{name}.json", "w", encoding="utf-8") as f:
        json.dump(what, f)
subprocess.run([program, "report", "-q", "-o", scratch], check=True, stdout=subprocess.DEVNULL)
moved = load(f"{scratch}/report/report.sarif")["runs"][0]["results"]
check("a fingerprint stays when lines move", [r["partialFingerprints"]["mmapconv/v1"] for r in moved] == fingerprints
      and [r["locations"] for r in moved] != [r["locations"] for r in results])
