#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The main job on Linux 7.3.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 7.3

names_before=$(cd "$tree" && find . -printf '%p %s %T@\n' | sort | sha256sum)
TRY_TIMEOUT=1500 try "$MMAPCONV" run -C "$tree" -o "$T/out"
want_status "run leaves some handlers: status 1" 1
sed 's/^/# /' "$T/stdout" | tail -n 40
"$PYTHON" "$ROOT/tests/cmd/examples.py" text "$ROOT/README.md" "that ends, shortened, with" "$T/stdout" "$T/out" ||
	tap_fail "README's run" "tests/cmd/examples.py ended with status $?"
names_after=$(cd "$tree" && find . -printf '%p %s %T@\n' | sort | sha256sum)
check "the tree is untouched" test "$names_before" = "$names_after"
kernel_inventory "$tree" "$T/out" run
check "git am takes every patch on the pristine tree" git_am_all "$tree" "$T/out" "$T/repo"
check "a change of the core goes to mm, although it touches the documentation, too" "$PYTHON" - "$T/out/series/series.json" <<'PY'
import json, sys
trees = {b["tree"] for b in json.load(open(sys.argv[1]))["batches"] for p in b["patches"] if p["subject"].startswith("mm: ")}
print(trees)
sys.exit(not trees or not all(t and t.endswith("/akpm/mm") for t in trees))
PY
want_inventory "each handler that was judged by hand waits for what its judgement names" "$T/out" '
inv["judged"] and not [j for j in inv["judged"] if j["state"] != "taken"]
and not [j for j in inv["judged"] if not set(j["needs"]) <= set(by_id[j["handler"]]["needs"])]
and not [h for h in handlers if h["tier"] == 1 and h["outcome"] == "assisted"]'
# shellcheck disable=SC2016
check "no field of another interface was taken for a handler" bash -c \
	'! grep -E "perf_evlist_mmap_ops|host1x_bo_ops" "$1"' - "$T/out/inventory.json"

# a second scan reads the same from what the first one kept
TRY_TIMEOUT=1500 try "$MMAPCONV" scan -q -C "$tree" -o "$T/again"
want_status "a repeated scan: status 0" 0
check "a repeated scan says the same of every handler" "$PYTHON" - "$T" <<'PY'
import json, sys
keys = ("id", "line", "class", "verdict", "patterns", "state", "reasons", "needs", "parse", "arch", "instances")
out, again = (json.load(open(f"{sys.argv[1]}/{d}/inventory.json")) for d in ("out", "again"))
# What a person judged is added by run, and a scan does not look at it.
judged = {j["handler"] for j in out["judged"] if j["state"] == "taken"}
a, b = ([[h[k] for k in keys if h["id"] not in judged or k not in ("verdict", "reasons", "needs")] for h in i["handlers"]]
        for i in (out, again))
print([(x, y) for x, y in zip(a, b) if x != y][:3], len(a), len(b))
sys.exit(a != b)
PY

# without kbuild nothing of the tree is executed: everything is still found, and says partial
TRY_TIMEOUT=1500 try "$MMAPCONV" scan -q --no-kbuild -C "$tree" -o "$T/nokbuild"
want_status "scan --no-kbuild: status 0 or 3" 0 3
want_inventory "scan --no-kbuild finds the handlers and calls none fully parsed" "$T/nokbuild" \
	"len(handlers) >= 100 and not [h['id'] for h in handlers if h['parse'] == 'full']"

# the rows of the model table, against the three releases
trees=("$tree")
for version in 7.2 6.12; do
	kernel_tree "$version"
	trees+=("$tree")
done
check "each row of the model table names a function where a kernel has it" \
	"$PYTHON" "$ROOT/tests/kernel/models.py" "$ROOT/analyzer/contract/models.c" "${trees[@]}"
