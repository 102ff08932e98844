#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Linux 7.3: every handler proved against itself.  What the contracts cover is equal, the rest is unknown, and says why.
# KTREE: another tree than the one that is fetched, of the same release.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
if [ -n "${KTREE-}" ]; then
	tree=$KTREE
else
	kernel_tree 7.3
fi

TRY_TIMEOUT=1500 try "$MMAPCONV" prove -C "$tree" --self
cp "$T/stdout" "$T/self.txt"
want_status "prove --self: some are unknown: status 3" 3
sed 's/^/# /' "$T/self.txt" | grep -vE '^# equal ' | cut -c 1-160
check "none differs from itself, 190 are equal, the others say why not" "$PYTHON" - "$T/self.txt" <<'PY'
import re, sys
*lines, blank, total = open(sys.argv[1]).read().splitlines()
rows = [re.match(r"(equal|unknown) +([^ :]+:\w+)(: .+)?$", line) for line in lines]
bad = [line for line, row in zip(lines, rows) if not row or bool(row[3]) != (row[1] == "unknown")]
equal = sum(bool(row) and row[1] == "equal" for row in rows)
print("\n".join(bad), equal, total)
sys.exit(bool(bad) or equal < 190 or len(lines) != 282 or len({row[2] for row in rows}) != 282)
PY
