# SPDX-License-Identifier: GPL-2.0-only
"""reports.py PROGRAM OUT TREE SCRATCH: handlers.csv and report.sarif say what inventory.json and audit.json say."""
import csv
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import urllib.parse

import sarif_schema
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "page"))
import inventories      # pylint: disable=wrong-import-position

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

def csv_of(folder):
    with open(f"{folder}/report/handlers.csv", encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


rows = csv_of(out)
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
schema = sarif_schema.validator()
bad = list(sarif_schema.findings(schema, sarif))
check("report.sarif fits its schema", not bad, *bad)
for what, spoilt in (("another level", {"level": "fatal"}), ("a member too much", {"colour": 1}), ("no message", {"message": None})):
    result = {k: v for k, v in {**results[0], **spoilt}.items() if v is not None}
    other = {**sarif, "runs": [{**run, "results": [result]}]}
    check(f"the schema refuses {what}", len(list(sarif_schema.findings(schema, other))) == 1)
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

# names and texts of a tree that mean something to who reads the report
evil = inventories.hostile(load(f"{out}/inventory.json"))
inventories.report(program, evil, f"{scratch}-hostile", patch=inventories.PATCH)
rows = csv_of(f"{scratch}-hostile")
bad = [cell for row in rows for cell in row.values() if re.match(r"[-=+@\t\r\n]", cell)]
check("no cell of handlers.csv is a formula", not bad, *bad)
check("and each says what it said", [r["function"] for r in rows[:2]] == [inventories.EVIL, "'" + inventories.FORMULA]
      and rows[2]["boot"] == "differs" and rows[2]["boot_requests"] == "3"
      and rows[1]["vm_ops"] == "'@SUM(1)" and rows[1]["state"] == "'+1; =2" and inventories.IMAGE in rows[0]["reasons"])
sarif = load(f"{scratch}-hostile/report/report.sarif")
bad = list(sarif_schema.findings(schema, sarif))
check("hostile text fits SARIF's schema", not bad, *bad)


def texts(value):
    if isinstance(value, dict):
        yield from [value["text"]] if isinstance(value.get("text"), str) else []
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts(one)


said = list(texts(sarif))
check("is no link and no placeholder of a message", not any("](" in t or re.search(r"(?<!{){(?!{)", t) for t in said)
      and any("{{0}} [i] (1)" in t for t in said) and any(inventories.EVIL in t for t in said), *said)
printed = subprocess.run([program, "report", "-o", f"{scratch}-hostile"], check=True, capture_output=True).stdout
check("and moves no cursor on a terminal", re.fullmatch(rb"[ -~\n]+", printed), printed)


def on_terminal(environment, *argv):
    """What it writes on a terminal, which has no more than 80 columns."""
    pid, fd = pty.fork()
    if not pid:
        os.environ.pop("NO_COLOR", None)
        os.environ.update({"TERM": "xterm", **environment})
        os.execv(program, [program, *argv])
    written = b""
    try:
        while data := os.read(fd, 65536):
            written += data
    except OSError:         # all ends are closed
        pass
    os.waitpid(pid, 0)
    os.close(fd)
    return written.decode().replace("\r\n", "\n")


for argv in (["report", "-o", out], ["scan", "-C", tree]):
    plain = subprocess.run([program, *argv, "-q"], check=True, capture_output=True, text=True).stdout
    coloured = on_terminal({}, *argv, "-q")
    without = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    check(f"{argv[0]} on a terminal has colours, and else the same text", coloured != plain == without, coloured[:500])
    check(f"{argv[0]} with NO_COLOR has none", on_terminal({"NO_COLOR": "1"}, *argv, "-q") == plain)
    # the name of a place stays whole, for pasting
    wide = [line for line in plain.split("\n") if len(line) > 80 and "/" not in line]
    check(f"{argv[0]} keeps to 80 columns", not wide, *wide)
