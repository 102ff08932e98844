#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove: every wrong hook that mutants.py makes from the sample tree's right ones, and from KTREE's where that is
# set; OUT: of a run on it, to save making one.  MUTANTS_CACHE: kbuild folders that are there already.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

# TREE OUT WORK
mutants()
{
	PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$ROOT/tests/prove/mutants.py" "$BUILD/prove-batch" "$2" "$1" "$3"
}

"$MMAPCONV" convert -q -C "$SAMPLE" -o "$T/out" >"$T/convert.log" 2>&1
mutants "$SAMPLE" "$T/out" "$T/work"
if [ -z "${KTREE-}" ]; then
	tap_skip "mutants of a kernel's conversions" "no kernel tree: make check-mutants KTREE=path"
	exit 0
fi
[ -z "${MUTANTS_CACHE-}" ] || export XDG_CACHE_HOME=$MUTANTS_CACHE
if [ -z "${OUT-}" ]; then
	OUT=$T/kernel-out
	"$MMAPCONV" convert -q -C "$KTREE" -o "$OUT" >"$T/kernel-convert.log" 2>&1
fi
mutants "$KTREE" "$OUT" "$T/kernel-work"
