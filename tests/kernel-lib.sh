# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
# Sourced by the tests on real kernel trees, after tests/run-lib.sh.

# The cache keeps the kbuild folders of three trees; tests beside these shall not push one of them out.
[ -n "${XDG_CACHE_HOME_FOR_TESTS-}" ] || export XDG_CACHE_HOME=$BUILD/test-cache/kernel

# shellcheck disable=SC2034	# tree is for those who source this
# VERSION: sets $tree; where it cannot be had, says so as a skipped test and ends the script.
kernel_tree()
{
	if ! tree=$("$ROOT/scripts/fetch-kernel" -d "$BUILD" "$1" 2>"$T/fetch.log"); then
		tap_skip "Linux $1" "$(tail -n 1 "$T/fetch.log")"
		exit 0
	fi
	sed 's/^/# /' "$T/fetch.log"
}

# TREE OUT MODE: what must hold for any inventory of a real tree; MODE is "scan" or "run".
kernel_inventory()
{
	"$PYTHON" "$ROOT/tests/kernel/accounting.py" "$ROOT/tests/kernel/must-not-convert.txt" \
		"$ROOT/tests/kernel/tier-2.txt" "$@"
	check "the inventory matches its schema" "$PYTHON" "$ROOT/tests/validate-inventory" "$2/inventory.json"
	want_whole "results are whole" "$2"
	want_read_back "report reads the inventory back: the same report" "$2"
}
