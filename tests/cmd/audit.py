# SPDX-License-Identifier: GPL-2.0-only
"""Compare what audit found with the `expect-audit` comments of a tree.

    audit.py TREE FINDINGS.json

    // expect-audit: R3 close-without-mapped certain
    kref_put(&unit->ref, demo_unit_release);

A comment stands above the line that is reported (several may stand above one).  Every finding must be expected
and every expectation found.
"""
import json
import os
import re
import sys

EXPECT = re.compile(r"^\s*// expect-audit: (\S+) (\S+) (\S+)\s*$")


def expectations(tree):
    for folder, _, files in os.walk(tree):
        for name in files:
            if not name.endswith(".c"):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8", errors="replace") as f:
                lines = f.read().split("\n")
            for i, line in enumerate(lines):
                m = EXPECT.match(line)
                if m:
                    at = next(k for k in range(i + 1, len(lines)) if not EXPECT.match(lines[k]))
                    yield (os.path.relpath(path, tree), at + 1, *m.groups())


def main():
    tree, path = sys.argv[1:]
    with open(path, encoding="utf-8") as f:
        found = {(n["file"], n["line"], n["code"], n["rule"], n["sure"]) for n in json.load(f)["findings"]}
    want = set(expectations(tree))
    for n in sorted(want | found):
        problem = "is not found" if n not in found else "is not expected" if n not in want else None
        print(f"{'not ok' if problem else 'ok'} {n[0]}: {' '.join(n[2:])}, line {n[1]}{' ' + problem if problem else ''}")


main()
