# SPDX-License-Identifier: GPL-2.0-only
"""accounting.py MUST-NOT-CONVERT TREE OUT scan|run: what must hold on any real tree."""
import collections
import json
import os
import sys

listed, tree, out, mode = sys.argv[1:]
failed = 0


def report(name, good, *lines):
    global failed
    failed += not good
    print(("ok " if good else "not ok ") + name)
    if not good:
        for line in lines[:20]:
            print("#", line)


with open(out + "/inventory.json", encoding="utf-8") as f:
    inv = json.load(f)
handlers = inv["handlers"]
by_id = {h["id"]: h for h in handlers}
tier1 = [h for h in handlers if h["tier"] == 1]
outcome = collections.Counter(h["outcome"] for h in tier1)
for title, key in (("class", "class"), ("verdict", "verdict"), ("outcome", "outcome"), ("parse", "parse")):
    count = collections.Counter(str(h[key]) for h in tier1)
    print(f"# tier 1 by {title}:", ", ".join(f"{k} {v}" for k, v in sorted(count.items())))

report("at least 100 tier 1 handlers are found", len(tier1) >= 100, f"found {len(tier1)}")
report("each handler is listed once", len(by_id) == len(handlers))
words = {"converted", "hand", "assisted", "core", "none", "failed", "unparsed"}
if mode == "scan":
    words.add("auto")
report("the outcomes add up", all(h["outcome"] in words for h in handlers),
       {h["id"]: h["outcome"] for h in handlers if h["outcome"] not in words})
report("every handler has a definition and an instance in the tree",
       all(os.path.isfile(os.path.join(tree, h["file"])) and h["instances"] for h in tier1),
       *[h["id"] for h in tier1 if not h["instances"] or not os.path.isfile(os.path.join(tree, h["file"]))])
report("what is not auto says why",
       all(h["reasons"] or h["verdict"] in ("auto", "none") for h in tier1),
       *[h["id"] for h in tier1 if not h["reasons"] and h["verdict"] not in ("auto", "none")])
report("core names what it needs", all(h["needs"] for h in tier1 if h["verdict"] == "core"),
       *[h["id"] for h in tier1 if h["verdict"] == "core" and not h["needs"]])
report("no unparsed handler has another outcome",
       all((h["outcome"] == "unparsed") == (h["parse"] == "failed") for h in tier1),
       *[h["id"] for h in tier1 if (h["outcome"] == "unparsed") != (h["parse"] == "failed")])

found = 0
auto = []
with open(listed, encoding="utf-8") as f:
    for line in f:
        ident, _, why = line.strip().partition(" ")
        h = by_id.get(ident)
        if not line.startswith("#") and h:
            found += 1
            if h["verdict"] == "auto" or h["outcome"] == "converted":
                auto.append(f"{ident}: {h['verdict']}, {h['outcome']}; but it {why}")
report("no handler that must not be converted is auto", not auto, *auto)
report("the list of those is still about this tree", found >= 15, f"only {found} are in the inventory")

if mode == "run":
    patches = sorted("patches/" + p for p in os.listdir(out + "/patches"))
    named = sorted(h["conversion"]["patch"] for h in handlers if h["outcome"] == "converted")
    report("every patch belongs to a converted handler", patches == named,
           *sorted(set(patches) ^ set(named)))
    report("at least 33 tier 1 handlers are converted", outcome["converted"] >= 33,
           f"converted {outcome['converted']}",
           *[f"{h['id']}: {h['conversion']['stage']}: {h['conversion']['message']}"
             for h in tier1 if h["outcome"] == "failed"])
    bad = [f"{h['id']}: {c['name']} {c['status']} {c['detail']}" for h in handlers
           if h["outcome"] == "converted" for c in h["conversion"]["checks"] if c["status"] == "failed"]
    report("nothing that failed a check was emitted", not bad, *bad)
    unchecked = [h["id"] for h in handlers if h["outcome"] == "converted"
                 and not any(c["name"] == "compile" for c in h["conversion"]["checks"])]
    report("every converted handler was compiled or says that it was not", not unchecked, *unchecked)
    leftover = [p for p in patches if "mmap_prepare" not in open(os.path.join(out, p), encoding="utf-8",
                                                                  errors="replace").read()]
    report("every patch installs a hook", not leftover, *leftover)

sys.exit(bool(failed))
