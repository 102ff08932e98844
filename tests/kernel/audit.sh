#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# audit on Linux 7.3: the findings and what cannot be audited are those that were judged, and no hook is missed.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 7.3

TRY_TIMEOUT=1500 try "$MMAPCONV" audit -q -C "$tree" --legacy --json
want_status "audit --legacy cannot read all handlers: status 3" 3
cp "$T/stdout" "$T/audit.json"
check "the findings are those of audit-7.3.txt" "$PYTHON" - "$T/audit.json" "$ROOT/tests/kernel/audit-7.3.txt" <<'PY'
import json, sys
found = {(n["file"], n["function"], n["code"], n["rule"], n["sure"]) for n in json.load(open(sys.argv[1]))["findings"]}
found |= {(h["file"], h["function"], "not-audited") for h in json.load(open(sys.argv[1]))["hooks"] if not h["audited"]}
want = {tuple(line.split()) for line in open(sys.argv[2]) if not line.startswith("#")}
for n in sorted(found ^ want):
    print("new:" if n in found else "gone:", *n)
sys.exit(found != want)
PY

# A search that knows only the names of the fields
check "every place that fills in a field for hooks is known" "$PYTHON" - "$T/audit.json" "$tree" <<'PY'
import json, os, re, sys
doc = json.load(open(sys.argv[1]))
names = sorted({f.split(".")[1] for f in doc["fields"]})
known = {(s["file"], s["line"]) for h in doc["hooks"] for s in h["sites"]}
place = re.compile(r"(?:\.|->)\s*(?:%s)\s*=(?!=)\s*&?(\w+)\s*[,;]" % "|".join(names))
functions = {h["function"] for h in doc["hooks"]}
missed, seen = [], 0
for folder, dirs, files in os.walk(sys.argv[2]):
    if folder == sys.argv[2]:
        dirs[:] = [d for d in dirs if d not in ("Documentation", "tools", "scripts")]
    for name in files:
        if not name.endswith((".c", ".h")):
            continue
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8", errors="replace") as f:
            text = f.read()
        for m in place.finditer(text):
            line = text.count("\n", 0, m.start()) + 1
            file = os.path.relpath(path, sys.argv[2])
            seen += m.group(1) != "NULL"
            # A parameter's value comes from the callers, in other places.
            if m.group(1) != "NULL" and (file, line) not in known and m.group(1) not in functions:
                if not re.search(r"\(\s*\*\s*%s\s*\)" % m.group(1), text):
                    missed.append((file, line, m.group(1)))
unsaid = [h["file"] for h in doc["hooks"] if not h["read"] and not h["lost"]]
print(missed, seen, doc["sites"], doc["problems"], unsaid)
# Of a legacy handler, one may only be a doubt.
lost = sum(problem["lost"] for problem in doc["problems"])
sys.exit(bool(missed) or not seen or lost != doc["totals"]["not_audited"] or bool(unsaid))
PY
