# SPDX-License-Identifier: GPL-2.0-only
"""How big a report's page is, and how long it takes to open in a browser that is started anew for each run.

	measure.py OUT [RUNS]				OUT/report/index.html
	measure.py --many PROGRAM SCRATCH OUT [RUNS]	of 5,000 handlers made of OUT's

ready: until every row is in the page, by the clock; of which the page itself computed: its thread's processor time, which
does not count what else the machine does."""
import json
import os
import statistics
import sys

import inventories
from browser import Page

args = sys.argv[1:]
if args[0] == "--many":
    _, program, scratch, out, *args = args
    with open(f"{out}/inventory.json", encoding="utf-8") as f:
        made = inventories.many(json.load(f), 5000)
    path = inventories.report(program, made, f"{scratch}/many")
else:
    out, *args = args
    path = f"{out}/report/index.html"


path = os.path.abspath(path)


def times():
    with Page(path) as page:
        page.driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        page.load()
        found = {m["name"]: m["value"] for m in page.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]}
        ready = page.js("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        return ready, 1000 * found["TaskDuration"], page.js("rows.length")


measured = [times() for _ in range(int(args[0]) if args else 5)]
print(f"{path}: {measured[0][2]} handlers, {os.path.getsize(path) / 1e6:.2f} MB")
for i, what in enumerate(("ready", "computed")):
    mine = [m[i] for m in measured]
    print(f"  {what}: median {statistics.median(mine):.0f} ms of", " ".join(f"{m:.0f}" for m in mine))
