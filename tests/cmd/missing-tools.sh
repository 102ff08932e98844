#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# spatch, clang or make missing or failing: named with what installs it, and the rest is done.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

small_sample "$T/small"
SAMPLE=$T/small

# DIR NAME...: a folder with every program of this system but these
path_without()
{
	local dir=$1 name
	shift
	mkdir "$dir"
	find /usr/bin /usr/sbin /bin -maxdepth 1 \( -type f -o -type l \) -print0 2>/dev/null |
		xargs -0 ln -sf -t "$dir" 2>/dev/null
	for name in "$@"; do
		rm -f "$dir/$name"
	done
}

try "$MMAPCONV" run -q -C "$SAMPLE" -o "$T/all"
want_status "with every tool" 1

path_without "$T/no-spatch" spatch spatch.opt
PATH=$T/no-spatch try "$MMAPCONV" run -C "$SAMPLE" -o "$T/a"
want_status "spatch missing: status 3" 3
want_message "spatch missing: named, with what installs it" 'spatch.*coccinelle'
want_inventory "spatch missing: every handler is there, none is called converted" "$T/a" \
	"len(handlers) == len(__import__('json').load(open('$T/all/inventory.json'))['handlers'])
and not [h for h in handlers if h['outcome'] == 'converted']"
check "spatch missing: there is a report" test -s "$T/a/report/report.md"
want_whole "spatch missing: results are whole" "$T/a"
PATH=$T/no-spatch try "$MMAPCONV" scan -C "$SAMPLE" -o "$T/a2"
want_status "spatch missing: scan does not need it" 0

# spatch that fails, that changes nothing, that changes the wrong thing, that hangs on a pipe
stub()			# NAME: standard input becomes the spatch of a PATH
{
	path_without "$T/$1" spatch spatch.opt
	cat >"$T/$1/spatch"
	chmod +x "$T/$1/spatch"
}
# the version must still be answered: it is asked before any work
stub spatch-fails <<-'X'
	#!/bin/sh
	[ "$1" = --version ] && { echo "spatch version 1.1.1"; exit 0; }
	echo "stub: cannot" >&2; exit 2
X
stub spatch-silent <<-'X'
	#!/bin/sh
	[ "$1" = --version ] && { echo "spatch version 1.1.1"; exit 0; }
	exit 0
X
stub spatch-killed <<-'X'
	#!/bin/sh
	[ "$1" = --version ] && { echo "spatch version 1.1.1"; exit 0; }
	kill -SEGV $$
X
for kind in fails silent killed; do
	PATH=$T/spatch-$kind try "$MMAPCONV" run -C "$SAMPLE" -o "$T/s-$kind"
	want_status "spatch $kind: status 1 or 3" 1 3
	want_inventory "spatch $kind: what was asked of it is listed as failed" "$T/s-$kind" '
not [h for h in handlers if h["outcome"] == "converted"]
and [h for h in handlers if h["outcome"] == "failed"]
and all(h["conversion"]["stage"] and h["conversion"]["message"] for h in handlers if h["outcome"] == "failed")'
	check "spatch $kind: no patch" test -z "$(find "$T/s-$kind" -name '*.patch')"
done

path_without "$T/no-clang" clang clang-14 clang-19 gcc cc gcc-12 x86_64-linux-gnu-gcc x86_64-linux-gnu-gcc-12
PATH=$T/no-clang try "$MMAPCONV" run -C "$SAMPLE" -o "$T/b"
want_status "compilers missing: status 1 or 3" 1 3
want_message "compilers missing: clang is named" 'clang'
want_inventory "compilers missing: no conversion claims that it was compiled" "$T/b" '
len(handlers) > 0 and not [h["id"] for h in handlers if h["outcome"] == "converted"
for c in h["conversion"]["checks"] if c["name"] == "compile" and c["status"] == "ok"]'

path_without "$T/no-make" make gmake
PATH=$T/no-make XDG_CACHE_HOME=$T/no-make-cache try "$MMAPCONV" scan -C "$SAMPLE" -o "$T/c"
want_status "make missing: status 0 or 3" 0 3
want_inventory "make missing: every handler is still found" "$T/c" \
	"{h['id'] for h in handlers} == {h['id'] for h in __import__('json').load(open('$T/all/inventory.json'))['handlers']}"

path_without "$T/no-perl" perl
PATH=$T/no-perl try "$MMAPCONV" run -C "$SAMPLE" -o "$T/d"
want_status "perl missing (checkpatch): status 1 or 3" 1 3
want_whole "perl missing: results are whole" "$T/d"
