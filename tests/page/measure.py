# SPDX-License-Identifier: GPL-2.0-only
"""measure.py PROGRAM OUT SCRATCH [RUNS]: how big OUT/report/index.html is and how long it takes to open, in a browser that
is started for each run; and the same of 5,000 made-up handlers.  What is timed ends when every row is in the page."""
import json
import os
import statistics
import sys

import inventories
from browser import Page

program, out, scratch = sys.argv[1:4]
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 5
with open(f"{out}/inventory.json", encoding="utf-8") as f:
    inventory = json.load(f)


def measure(what, path):
    times = []
    for _ in range(runs):
        with Page(path) as page:
            page.load()
            times.append(page.js("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
    print(f"{what}: {os.path.getsize(path) / 1e6:.2f} MB, median {statistics.median(times):.0f} ms of",
          " ".join(f"{t:.0f}" for t in times))


measure(f"{len(inventory['handlers'])} handlers", f"{out}/report/index.html")
measure("5,000 made up", inventories.report(program, inventories.many(inventory, 5000), f"{scratch}/many"))
