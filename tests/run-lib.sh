# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Sourced by the scripts in tests/cmd and tests/kernel.  A test prints one line each:
#
#	ok NAME			not ok NAME		ok NAME # SKIP reason
#
# and lines of explanation that start with "# ".  Variables that a script gets:
#
#	ROOT		the checkout; SAMPLE: ROOT/tests/sample-tree
#	MMAPCONV	the program; MMAPCONV_SAN: the same under ASan and UBSan
#	T		a scratch folder of this script's own, empty at the start
#
# tests/run sets BUILD and XDG_CACHE_HOME; a script can also be started by hand.
# shellcheck disable=SC2034	# used by those who source this
set -uo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SAMPLE=$ROOT/tests/sample-tree
BUILD=$(realpath -m -- "${BUILD:-$ROOT/build}")
MMAPCONV=${MMAPCONV:-$BUILD/mmapconv}
MMAPCONV_SAN=${MMAPCONV_SAN:-$BUILD/san/mmapconv}
PYTHON=/usr/bin/python3			# Debian's: it has jsonschema, another in PATH may not
export BUILD MMAPCONV MMAPCONV_SAN
# The kbuild folders and precompiled headers are shared by all tests, and not the user's.
export XDG_CACHE_HOME=${XDG_CACHE_HOME_FOR_TESTS:-$BUILD/test-cache}
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:exitcode=99}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:exitcode=99}
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@example.invalid
export GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=test@example.invalid

T=$BUILD/test-out/$(basename "$(dirname "$0")")-$(basename "$0" .sh)
chmod -R u+rwX "$T" 2>/dev/null || :
rm -rf "$T"
mkdir -p "$T" "$XDG_CACHE_HOME" || exit 3

tap_ok() { echo "ok $1"; }
tap_skip() { echo "ok $1 # SKIP $2"; }
tap_fail()			# NAME [line of explanation]...
{
	echo "not ok $1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | head -n 40 | sed 's/^/# /'
}

# NAME COMMAND...: ok if the command succeeds; what it prints explains a failure.
check()
{
	local name=$1 output
	shift
	if output=$("$@" 2>&1); then
		tap_ok "$name"
	else
		tap_fail "$name" "failed: $*" "$output"
	fi
}

# COMMAND...: run it with a time limit; afterwards $status, $T/stdout and $T/stderr tell.  timeout
# starts programs only: a function of ours puts "${limit[@]}" before the program that it starts.
limit=()
try()
{
	local limit=(timeout -k 10 "${TRY_TIMEOUT:-600}")
	status=0
	if declare -F -- "$1" >/dev/null; then
		"$@" >"$T/stdout" 2>"$T/stderr" </dev/null || status=$?
	else
		"${limit[@]}" "$@" >"$T/stdout" 2>"$T/stderr" </dev/null || status=$?
	fi
	last_command="$*"
}

# NAME STATUS...: was the last status one of these?  124 is a time-out, 99 a sanitizer's finding.
want_status()
{
	local name=$1 s
	shift
	for s in "$@"; do
		if [ "$status" = "$s" ]; then
			tap_ok "$name"
			return
		fi
	done
	tap_fail "$name" "status $status, wanted one of: $*" "command: $last_command" \
		"$(tail -n 30 "$T/stderr")"
}

# NAME REGEX: does a line of the last standard error match?
want_message()
{
	if grep -qiE -- "$2" "$T/stderr"; then
		tap_ok "$1"
	else
		tap_fail "$1" "no message matches: $2" "command: $last_command (status $status)" \
			"$(tail -n 30 "$T/stderr")"
	fi
}

# NAME OUT: everything under OUT is whole: JSON parses, patches are complete, no temporary is left.
want_whole()
{
	check "$1" "$PYTHON" "$ROOT/tests/cmd/whole.py" "$2"
}

# NAME OUT: the inventory on disk says all that the report needs: the same report comes out of it.
want_read_back()
{
	check "$1" read_back "$2"
}
read_back()
{
	local before=$T/report-before
	rm -rf "$before" && cp -r "$1/report" "$before" && "$MMAPCONV" report -o "$1" >/dev/null &&
		diff -r "$before" "$1/report"
}

# NAME OUT [EXPRESSION]: a Python expression over the inventory `inv`, with `by_id` and `handlers`.
want_inventory()
{
	check "$1" "$PYTHON" - "$2/inventory.json" "$3" <<-'PY'
	import json, sys
	with open(sys.argv[1], encoding="utf-8") as f:
	    inv = json.load(f)
	handlers = inv["handlers"]
	by_id = {h["id"]: h for h in handlers}
	if not eval("(" + sys.argv[2] + ")"):
	    print("not true:", sys.argv[2])
	    print("problems:", json.dumps(inv.get("problems"))[:1500])
	    sys.exit(1)
	PY
}

# A copy of the sample tree that a test may spoil.
copy_sample() { cp -r "$SAMPLE" "$1"; }

# DIR: the sample tree with a few of its drivers, for tests that run it often and ask nothing of the others.
small_sample()
{
	local f
	cp -r "$SAMPLE" "$1"
	for f in "$1"/drivers/demo/*.c; do
		case ${f##*/} in
		fault.c | flags.c | locks.c | prot.c | remap.c | state.c) ;;
		*) rm "$f" ;;
		esac
	done
	rm -r "$1/drivers/demo_share" "$1/drivers/video"
	"$PYTHON" - "$1" <<-'PY'
	import json, os, sys
	path = os.path.join(sys.argv[1], "compile_commands.json")
	rows = [r for r in json.load(open(path)) if os.path.exists(os.path.join(sys.argv[1], r["file"]))]
	json.dump(rows, open(path, "w"), indent=1)
	PY
}

# One line that changes when any name, mode or content below the folder does.
tree_sum()
{
	(cd "$1" && { find . -printf '%p %m %y %l\n' | sort
		      find . -type f -print0 | sort -z | xargs -0r sha256sum; }) | sha256sum
}

# TREE OUT REPO: a git repository with those files of TREE that OUT's patches touch, and the
# patches applied with git am.  Prints what git said when it fails.
git_am_all()
{
	local tree=$1 out=$2 repo=$3 f

	mkdir -p "$repo" && git -C "$repo" init -q || return 1
	# plain names in the patches' diffstat are enough: no patch creates a file
	cat "$out"/patches/*.patch | sed -nE 's,^--- a/(.*)$,\1,p' | sort -u >"$repo/.git/touched"
	[ -s "$repo/.git/touched" ] || { echo "the patches touch nothing"; return 1; }
	while IFS= read -r f; do
		mkdir -p "$repo/$(dirname "$f")" && cp "$tree/$f" "$repo/$f" || return 1
	done <"$repo/.git/touched"
	git -C "$repo" add -A -f && git -C "$repo" commit -q -m pristine || return 1
	git -C "$repo" am -q --whitespace=error "$out"/patches/*.patch || return 1
	[ "$(git -C "$repo" rev-list --count HEAD)" -eq $(($(find "$out/patches" -name '*.patch' | wc -l) + 1)) ]
}

# TREE OUT: the mails of all postings, applied with git am, give what all of OUT/patches give
postings_equal_patches()
{
	local tree=$1 out=$2 repo=$T/postings

	rm -rf "$repo"
	git_am_all "$tree" "$out" "$repo" || return 1
	git -C "$repo" branch patches && git -C "$repo" reset -q --hard "$(git -C "$repo" rev-list --max-parents=0 HEAD)" || return 1
	find "$out"/series/*/v1 -name '*.patch' ! -name '0000-*' | sort | xargs git -C "$repo" am -q || return 1
	git -C "$repo" diff --stat --exit-code patches HEAD
}

# COMMAND...: run as one who cannot read or write what modes forbid, root included.
without_override()
{
	if [ "$(id -u)" = 0 ]; then
		setpriv --bounding-set=-dac_override,-dac_read_search \
			--inh-caps=-dac_override,-dac_read_search -- "${limit[@]}" "$@"
	else
		"${limit[@]}" "$@"
	fi
}
