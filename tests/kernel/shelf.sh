#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The hand-finished patches on the kernel that they were written for: each applies, compiles, passes checkpatch --strict
# and proves what its metadata claims; and what was judged by hand is the kernel's code.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 7.3

SHELF=$ROOT/conversions/linux-7.3
mapfile -t patches < <(find "$SHELF" -name '*.json' -printf '%f\n' | sort)	# one a patch, or a judgement
TRY_TIMEOUT=1500 try "$MMAPCONV" hand -q -C "$tree" check
want_status "hand check: all are as claimed" 0
sed 's/^/# /' "$T/stdout"
for patch in "${patches[@]}"; do
	check "${patch%.json}" grep -q "^${patch%.json}: ok: " "$T/stdout"
done
check "no patch, and no judgement, without a line; no line without one" diff <(printf '%s\n' "${patches[@]%.json}" | grep .) \
	<(grep -E '^[0-9]{4}-' "$T/stdout" | cut -d: -f1)
