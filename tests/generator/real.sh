#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The handlers of a kernel tree that x86_64 builds, run in userland beside their contracts.  KTREE: the
# tree; REAL_RUNS: how often each (20); INVENTORY: of a scan of that tree, to save making one.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

if [ -z "${KTREE-}" ]; then
	tap_skip "real handlers" "no kernel tree: make check-real KTREE=path"
	exit 0
fi
# Not the tests' own: kbuild folders are large, and these are the same.
[ -z "${REAL_CACHE-}" ] || export XDG_CACHE_HOME=$REAL_CACHE
if [ -z "${INVENTORY-}" ]; then
	"$MMAPCONV" scan -q -C "$KTREE" -o "$T/out" >"$T/scan.log" 2>&1
	INVENTORY=$T/out/inventory.json
fi
"$BUILD/real-handlers" -C "$KTREE" -i "$INVENTORY" -r "${REAL_RUNS:-20}"
