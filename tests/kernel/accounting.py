# SPDX-License-Identifier: GPL-2.0-only
"""accounting.py MUST-NOT-CONVERT TIER-2 TREE OUT scan|run: what must hold on any real tree."""
import collections
import json
import os
import sys

listed, listed_tier2, tree, out, mode = sys.argv[1:]
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
tier2 = [h for h in handlers if h["tier"] == 2]
fields = {f["name"]: f for f in inv["fields"]}
outcome = collections.Counter(h["outcome"] for h in tier1)
for tier, them in ((1, tier1), (2, tier2)):
    for key in ("class", "verdict", "outcome", "parse"):
        count = collections.Counter(str(h[key]) for h in them)
        print(f"# tier {tier} by {key}:", ", ".join(f"{k} {v}" for k, v in sorted(count.items())))

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

# Counted in 7.3.4, 7.2.13 and 6.12.107; fields without an implementation do not count.
floors = {"7.3": (100, 176, 25), "7.2": (100, 176, 25), "6.12": (130, 170, 25)}
used = [f for f in fields.values() if f["role"] == "tier-2" and f["handlers"]]
least = floors.get(".".join(inv["tree"]["version"].split(".")[:2]), (100, 150, 20))
report(f"at least {least[1]} tier 2 handlers in {least[2]} fields are found",
       len(tier1) >= least[0] and len(tier2) >= least[1] and len(used) >= least[2],
       f"found {len(tier1)} of tier 1, {len(tier2)} of tier 2 in {len(used)} fields")
wanted = ("v4l2_file_operations.mmap", "vb2_mem_ops.mmap", "drm_gem_object_funcs.mmap", "vfio_device_ops.mmap",
          "ib_device_ops.mmap", "dma_buf_ops.mmap", "snd_pcm_ops.mmap", "proto_ops.mmap", "fb_ops.fb_mmap",
          "proc_ops.proc_mmap", "bin_attribute.mmap", "kernfs_ops.mmap")
report("the fields that everybody knows are reached",
       all(fields.get(n, {}).get("role") == "tier-2" and fields[n]["handlers"] for n in wanted),
       *[f"{n}: {fields.get(n)}" for n in wanted])
report("vm_ops, rmap and arch callbacks are no handlers",
       not [h["id"] for h in handlers for i in h["instances"]
            if fields.get(i["interface"], {}).get("role") not in ("tier-1", "tier-2")])
first = {h["id"] for h in tier1}
report("tier 2 says from which tier 1 handlers it is reached",
       all(h["reached_from"] and set(h["reached_from"]) <= first for h in tier2),
       *[h["id"] for h in tier2 if not h["reached_from"] or not set(h["reached_from"]) <= first])
report("tier 2 has instances, and is defined in the tree or called dead",
       all(h["instances"] and os.path.isfile(os.path.join(tree, h["file"])) for h in tier2))
report("tier 2: what is not auto says why, core names what it needs",
       all((h["reasons"] or h["verdict"] in ("auto", "none")) and (h["needs"] or h["verdict"] != "core")
           for h in tier2))
report("every field that takes a vma has a role, and what is left out says why",
       all(f["why"] or f["role"] in ("tier-1", "tier-2", "hook") for f in fields.values()))
missed = []
sought = 0
with open(listed_tier2, encoding="utf-8") as f:
    for line in f:
        if line.startswith("#"):
            continue
        ident, field, how = line.split()
        path = os.path.join(tree, ident.split(":")[0])
        if not os.path.isfile(path) or ident.split(":")[1] + "(" not in open(path, encoding="utf-8",
                                                                          errors="replace").read():
            continue
        sought += 1
        if not any(i["interface"] == field and i["how"] in how.split("|")
                   for i in by_id.get(ident, {"instances": []})["instances"]):
            missed.append(f"{ident}: {by_id.get(ident, {}).get('instances')}")
report("tier 2 handlers that are installed in unusual ways are found", not missed and sought >= 10,
       f"{sought} of the list are in the tree", *missed)
report("the text search and libclang agree on tier 1",
       not inv["disagreements"] and not [h["id"] for h in tier1 for i in h["instances"]
                                         if not i["confirmed"] and not i["unread"] and i["how"] != "rust"],
       *inv["disagreements"], *[f"{h['id']}: {i}" for h in tier1 for i in h["instances"]
                                if not i["confirmed"] and not i["unread"] and i["how"] != "rust"])
report("every tier 1 handler is confirmed by libclang in one table or more",
       all(any(i["confirmed"] or i["how"] == "rust" for i in h["instances"]) for h in tier1),
       *[h["id"] for h in tier1 if not any(i["confirmed"] or i["how"] == "rust" for i in h["instances"])])

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
    named = sorted({h["conversion"]["patch"] for h in handlers if h["outcome"] in ("converted", "hand")} |
                   {p["patch"] for p in inv["hand"] if p["patch"]})
    report("every patch belongs to a converted handler, or is a hand-finished one before it", patches == named,
           *sorted(set(patches) ^ set(named)))
    report("at least 33 tier 1 handlers are converted", outcome["converted"] >= 33,
           f"converted {outcome['converted']}",
           *[f"{h['id']}: {h['conversion']['stage']}: {h['conversion']['message']}"
             for h in tier1 if h["outcome"] == "failed"])
    bad = [f"{h['id']}: {c['name']} {c['status']} {c['detail']}" for h in handlers
           if h["outcome"] in ("converted", "hand") for c in h["conversion"]["checks"] if c["status"] == "failed"]
    bad += [f"{p['name']}: {c['name']} {c['status']} {c['detail']}" for p in inv["hand"] if p["patch"]
            for c in p["checks"] if c["status"] == "failed"]
    report("nothing that failed a check was emitted", not bad, *bad)
    unchecked = [h["id"] for h in handlers if h["outcome"] in ("converted", "hand")
                 and not any(c["name"] == "compile" for c in h["conversion"]["checks"])]
    report("every converted handler was compiled or says that it was not", not unchecked, *unchecked)
    plain = {p["patch"] for p in inv["hand"] if not p["handlers"]}
    leftover = [p for p in patches if p not in plain and "mmap_prepare" not in open(os.path.join(out, p), encoding="utf-8",
                                                                  errors="replace").read()]
    report("every patch that converts installs a hook", not leftover, *leftover)

sys.exit(bool(failed))
