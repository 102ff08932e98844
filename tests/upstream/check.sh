#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Handlers that Linux 7.3 has converted and 6.12 has not: 6.12's functions, put into a copy of 7.3,
# converted and compared with 7.3's hooks.  expected.txt says what must come out, and why.
# OLD_KTREE, NEW_KTREE: other trees than those that are fetched.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"

if [ -z "${OLD_KTREE-}" ]; then
	kernel_tree 6.12
	OLD_KTREE=$tree
fi
if [ -z "${NEW_KTREE-}" ]; then
	kernel_tree 7.3
	NEW_KTREE=$tree
fi
OLD_KTREE=$(realpath -- "$OLD_KTREE") NEW_KTREE=$(realpath -- "$NEW_KTREE")

# The copy stays for the next run: mmapconv's kbuild folder belongs to it.
copy=$BUILD/upstream/$(basename "$NEW_KTREE")
if [ ! -f "$copy/.whole" ]; then
	rm -rf "$copy"
	mkdir -p "$copy"
	cp -a --reflink=auto "$NEW_KTREE/." "$copy/" && touch "$copy/.whole" || exit 3
fi
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$ROOT/tests/upstream/check.py" "$OLD_KTREE" "$NEW_KTREE" "$copy" "$T/out" \
	"$MMAPCONV" "$ROOT/tests/upstream/expected.txt"
