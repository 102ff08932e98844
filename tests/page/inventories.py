# SPDX-License-Identifier: GPL-2.0-only
"""Inventories that nobody has: many handlers, and handlers with names that are markup."""
import copy
import json
import os
import subprocess

EVIL = "<script>window.hacked = 1</script>"
IMAGE = "<img src=x onerror=window.hacked=2>"
# ends a line of a script, shows in another order than it is written, clears a terminal, ends a table's cell
ODD = "\u2028\u2029\u202ex\u202c\x1b[2J\x9b31m|`a`**b** &lt; [l](http://x)"
FORMULA = "=HYPERLINK(1)"        # a spreadsheet would take it for one


def with_handlers(inventory, handlers):
    """The inventory with these handlers, which need nothing; its sums made anew."""
    made = copy.deepcopy(inventory)
    made["handlers"] = sorted(handlers, key=lambda h: (h["tier"], h["file"].encode(), h["function"].encode()))
    made["unlocks"] = {"waiting": 0, "for_handlers": 0, "not_ranked": 0, "order": [], "links": [], "edges": []}
    totals = made["totals"]
    totals["handlers"] = len(handlers)

    def count(into, tier=None):
        for key, field in (("by_class", "class"), ("by_verdict", "verdict"), ("by_outcome", "outcome")):
            for word in into[key]:
                into[key][word] = sum(h[field] == word for h in handlers if tier in (None, h["tier"]))
    count(totals)
    for tier in totals["tiers"]:
        if "handlers" in tier:
            tier["handlers"] = sum(h["tier"] == tier["tier"] for h in handlers)
        count(tier, tier["tier"])
        mine = [h["contract"] for h in handlers if h["tier"] == tier["tier"]]
        there = [c for c in mine if c and (c["paths"] or c["unmodelled"])]
        tier["contracts"] = {"complete": sum(c["complete"] for c in there), "none": len(mine) - len(there),
                             "incomplete": sum(not c["complete"] for c in there)}
    return made


def free(handler, nr):
    """A copy that waits for nobody, under a name of its own."""
    h = copy.deepcopy(handler)
    h["file"] = f"drivers/made{nr % 50:02}/up{nr:05}.c"
    h["function"] = f"{h['function']}_{nr:05}"
    h["id"] = f"{h['file']}:{h['function']}"
    h.update(needs=[], reached_from=[], together=[], callers=[], companions=[], conversion=None, boot=None,
             verdict="auto", outcome="auto")
    for place in h["definitions"]:
        place["file"] = h["file"]
    return h


def many(inventory, nr):
    some = [h for h in inventory["handlers"] if h["parse"] == "full" and h["tier"] == 1]
    return with_handlers(inventory, [free(some[i % len(some)], i) for i in range(nr)])


def hostile(inventory):
    """Two handlers: the first has markup wherever text can be, the second what a spreadsheet would calculate."""
    h = free(next(h for h in inventory["handlers"] if h["outcome"] == "converted"), 0)
    h["function"] = EVIL
    h["id"] = f"{h['file']}:{EVIL}"
    h["vm_ops"] = IMAGE
    h["instances"][0]["name"] = IMAGE
    h["reasons"] = [{"code": "R1", "line": 1, "text": IMAGE + EVIL + "</script>" + ODD}]
    h["contract"]["paths"][0]["guards"] = [f"12: {IMAGE}"]
    h["contract"]["paths"][0]["result"] = EVIL
    h.update(outcome="converted", conversion=copy.deepcopy(next(
        o["conversion"] for o in inventory["handlers"] if o["outcome"] == "converted")))
    h["conversion"]["patch"] = "patches/0001-evil.patch"
    h["conversion"]["posting"] = None
    h["conversion"]["files"] = [h["file"]]
    h["conversion"]["proof"] = {"verdict": "equal", "differences": [], "witness": None, "reason": None}
    formula = free(h, 1)
    formula["function"] = FORMULA
    formula["id"] = f"{formula['file']}:{FORMULA}"
    formula.update(vm_ops="@SUM(1)", state=["+1", "=2"], reasons=[{"code": "-1", "line": 0, "text": "{0} [i](1)"}])
    difference = {"subject": EVIL, "request": IMAGE, "key": "flags", "old": None, "new": IMAGE, "kind": None, "text": IMAGE + EVIL}
    # A boot of a handler without a patch: of one with a patch its hash is asked for.
    booted = free(h, 2)
    booted["boot"] = {"verdict": "differs", "reached": True, "requests": 3, "unstable": 1, "differences": [difference],
                 "expected": [dict(difference, kind=IMAGE)], "warnings": [EVIL], "patch": None}
    made = with_handlers(inventory, [h, formula, booted])
    made["problems"] = [{"file": IMAGE.replace("/", ""), "line": 1, "stage": "parse", "text": EVIL}]
    return made


PATCH = f"""From 0 Mon Sep 17 00:00:00 2001
Subject: [PATCH] {EVIL}

</script><script>window.hacked = 3</script>
---
diff --git a/a.c b/a.c
--- a/a.c
+++ b/a.c
@@ -1,2 +1,2 @@
 {IMAGE}
-old(); </script>{EVIL}
+new(); <!-- <script> {EVIL}
-- 
mmapconv

"""


def report(program, inventory, out, evidence=None, patch=None):
    """OUT/report of it; the page's path."""
    os.makedirs(f"{out}/patches", exist_ok=True)
    with open(f"{out}/inventory.json", "w", encoding="utf-8") as f:
        json.dump(inventory, f)
    if evidence:
        with open(f"{out}/evidence.json", "w", encoding="utf-8") as f:
            json.dump(evidence, f)
    if patch:
        with open(f"{out}/patches/0001-evil.patch", "w", encoding="utf-8") as f:
            f.write(patch)
    subprocess.run([program, "report", "-q", "-o", out], check=True, stdout=subprocess.DEVNULL, timeout=300)
    return f"{out}/report/index.html"
