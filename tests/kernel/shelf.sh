#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The hand-finished patches on the kernel that they were written for: each applies, compiles, passes checkpatch --strict
# and proves what its metadata claims.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 7.3

SHELF=$ROOT/conversions/linux-7.3
mapfile -t patches < <(find "$SHELF" -name '*.patch' -printf '%f\n' | sort)
TRY_TIMEOUT=1500 try "$MMAPCONV" hand -q -C "$tree" check
want_status "hand check: all are as claimed" 0
sed 's/^/# /' "$T/stdout"
for patch in "${patches[@]}"; do
	check "${patch%.patch}" grep -q "^${patch%.patch}: ok: " "$T/stdout"
done
check "no patch without a line, no line without a patch" diff <(printf '%s\n' "${patches[@]%.patch}" | grep .) \
	<(grep -E '^[0-9]{4}-' "$T/stdout" | cut -d: -f1)
