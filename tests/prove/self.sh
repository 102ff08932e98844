#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Linux 7.3: every handler proved against itself.  What the contracts cover is equal, the rest is unknown, and says why:
# self-unknown.txt beside this file.
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
check "none differs from itself, and those that are not equal are the ones of self-unknown.txt, for their reasons" \
	"$PYTHON" - "$T/self.txt" "$ROOT/tests/prove/self-unknown.txt" <<'PY'
import re, sys
*lines, blank, total = open(sys.argv[1]).read().splitlines()
wanted = [line for line in open(sys.argv[2]).read().splitlines() if not line.startswith("#")]
rows = [re.match(r"(equal|unknown) +([^ :]+:\w+)(?:: (.+))?$", line) for line in lines]
bad = [line for line, row in zip(lines, rows) if not row or bool(row[3]) != (row[1] == "unknown")]

def reason(text):
    text = re.sub(r"^[^ ]+:\d+: ", "", text)
    return re.sub(r"(the first: [^ ]+?):\d+:\d+:", r"\1:", re.sub(r", line \d+", "", text))

got = [f"{row[2]}: {reason(row[3])}" for row in rows if row and row[3]]
print("\n".join(bad), total)
print("\n".join(f"not in the list: {line}" for line in got if line not in wanted))
print("\n".join(f"no more, take it from the list: {line}" for line in wanted if line not in got))
sys.exit(bool(bad) or got != wanted or len(lines) != 282 or len({row[2] for row in rows}) != 282)
PY
