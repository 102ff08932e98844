# SPDX-License-Identifier: GPL-2.0-only
"""twice.py FIRST SECOND: two inventories, the second of the tree that the first's patches were applied to."""
import json
import sys

SAME = ("class", "verdict", "outcome", "patterns", "state", "needs")


def read(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


one, two = map(read, sys.argv[1:])
first, second = ({h["id"]: h for h in i["handlers"]} for i in (one, two))
done = {i for i, h in first.items() if h["outcome"] in ("converted", "hand")}
# What a hand-finished patch changes without converting it: a handler's file (a fix), and a field that takes no vma after it.
by_hand = {f for p in one["hand"] if p["state"] == "applied" for f in p["files"]}
fields = {f["name"] for f in two["fields"]}
no_vma = {f["name"] for f in one["fields"] if f["file"] in by_hand and f["name"] not in fields}
bad = [f"{i}: converted, and a handler again" for i in second if i in done]
bad += [f"{i}: not there before" for i in second if i not in first]
bad += [f"{i}: was to stay, and is gone" for i, h in first.items()
        if i not in done and i not in second and h["interface"] not in no_vma]
bad += [f"{i}: {k} was {first[i][k]}, is {h[k]}" for i, h in second.items()
        if i in first and i not in done and h["file"] not in by_hand for k in SAME if first[i][k] != h[k]]
print(f"{len(done)} converted of {len(first)}, {len(second)} left", *bad, sep="\n")
sys.exit(bool(bad or not done or not second))
