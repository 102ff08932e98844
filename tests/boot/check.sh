#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Linux 7.3 converted, built with and without the patches, booted, compared.  Half an hour on two cores the first
# time; OUT keeps the builds.  KTREE: another tree than the one that is fetched, of the same release.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
if [ -n "${KTREE-}" ]; then
	tree=$KTREE
else
	kernel_tree 7.3
fi
out=${OUT:-$BUILD/boot-7.3}
mkdir -p "$out"

TRY_TIMEOUT=3600 try "$MMAPCONV" run -C "$tree" -o "$out"
want_status "run" 1
TRY_TIMEOUT=18000 try "$MMAPCONV" boot -C "$tree" -o "$out"
cp "$T/stdout" "$T/boot.txt"
want_status "no difference in any request" 0
sed 's/^/# /' "$T/boot.txt"
check "at least 45 tier 1 handlers were reached in both kernels" "$PYTHON" - "$out/inventory.json" <<'PY'
import collections, json, sys
inventory = json.load(open(sys.argv[1]))
reached = [h for h in inventory["handlers"] if h.get("boot") and h["boot"]["reached"]]
for key in ("tier", "class"):
    print(dict(collections.Counter(h[key] for h in reached)))
print(sum(h["boot"]["requests"] for h in reached), "requests")
sys.exit(sum(h["tier"] == 1 for h in reached) < 45)
PY
check "the inventory matches its schema" "$PYTHON" "$ROOT/tests/validate-inventory" "$out/inventory.json"
