# SPDX-License-Identifier: GPL-2.0-only
"""twice.py FIRST SECOND: two inventories, the second of the tree that the first's patches were applied to."""
import json
import sys

SAME = ("class", "verdict", "outcome", "patterns", "state", "needs")


def read(path):
    with open(path, encoding="utf-8") as f:
        return {h["id"]: h for h in json.load(f)["handlers"]}


first, second = map(read, sys.argv[1:])
done = {i for i, h in first.items() if h["outcome"] in ("converted", "hand")}
bad = [f"{i}: converted, and a handler again" for i in second if i in done]
bad += [f"{i}: not there before" for i in second if i not in first]
bad += [f"{i}: was to stay, and is gone" for i in first if i not in done and i not in second]
bad += [f"{i}: {k} was {first[i][k]}, is {h[k]}" for i, h in second.items() if i in first and i not in done
        for k in SAME if first[i][k] != h[k]]
print(f"{len(done)} converted of {len(first)}, {len(second)} left", *bad, sep="\n")
sys.exit(bool(bad or not done or not second))
