#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make install: an installed program does the main job far from its source; make uninstall takes away what came.
# shellcheck disable=SC2016	# bash -c with arguments
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

# Outside of the checkout, so that nothing is found by going up from the program.
away=$(mktemp -d) || exit 3
trap 'rm -rf "$away"' EXIT
stage="$away/a stage" moved="$away/elsewhere"
make_it() { make -s -C "$ROOT" BUILD="$BUILD" DESTDIR="$stage" PREFIX=/opt/tools "$@"; }

# What was there already, in folders that others use as well, stays.
mkdir -p "$stage/opt/tools/bin" "$stage/opt/tools/share/man/man1"
touch "$stage/opt/tools/bin/other" "$stage/opt/tools/share/man/man1/mmapconv-other.1"
before=$(tree_sum "$stage")

try make_it install
want_status "make install: status 0" 0
check "make install: all files, nothing else" diff <(cd "$stage/opt/tools" && find . -type f ! -name '*other*' | sort) \
	<(cd "$ROOT" && { echo ./bin/mmapconv
		echo ./share/mmapconv/probe
		echo ./share/bash-completion/completions/mmapconv
		git ls-files 'man/*.1' | sed 's,man/,./share/man/man1/,'
		git ls-files semantic-patches/ORDER semantic-patches/macros.h 'semantic-patches/*.cocci' conversions/linux-7.3 reports/html/page \
			boot/config/base.config 'boot/provider/*' 'boot/subjects/*.json' |
			sed 's,^,./share/mmapconv/,'; } | sort)
check "make install: what is to be read can be, what is to be run too" bash -c '
	! find "$1" -type f ! -name "*other*" ! -perm -444 | grep . && test -x "$1/opt/tools/bin/mmapconv"' - "$stage"
check "man finds the page" bash -c 'man -P cat -M "$1" mmapconv-run | grep -q "^NAME"' - "$stage/opt/tools/share/man"

# The same patches, byte by byte, as from the source.
small_sample "$T/tree"
find "$T/tree" -name '*.c' ! -name remap.c -delete
"$PYTHON" - "$T/tree/compile_commands.json" <<-'PY'
	import json, os, sys
	rows = [r for r in json.load(open(sys.argv[1])) if os.path.exists(os.path.join(os.path.dirname(sys.argv[1]), r["file"]))]
	json.dump(rows, open(sys.argv[1], "w"), indent=1)
PY
mv "$stage/opt" "$moved"
try "$BUILD/mmapconv" run -q -C "$T/tree" -o "$T/here"
want_status "run from the source: status 0 or 1" 0 1
(cd / && try "$moved/tools/bin/mmapconv" run -q -C "$T/tree" -o "$T/there"; echo "$status" >"$T/status"; cp "$T/stderr" "$T/said")
check "run, installed and moved: the same status" test "$(cat "$T/status")" = "$status"
check "run, installed and moved: patches" bash -c 'ls "$1"/patches/*.patch' - "$T/there"
check "run, installed and moved: the same patches" diff -r "$T/here/patches" "$T/there/patches"
check "run, installed and moved: the same report" diff -r "$T/here/report" "$T/there/report"

# They are its own: without them it does not find others.
mv "$moved/tools/share/mmapconv" "$moved/tools/share/gone"
try "$moved/tools/bin/mmapconv" convert -q -C "$T/tree" -o "$T/bare"
want_status "installed without its shelf: status 3" 3
want_message "installed without its shelf: says so" 'hand-finished patches were not found'
try "$moved/tools/bin/mmapconv" convert -q --no-shelf -C "$T/tree" -o "$T/bare"
want_status "installed without its rules: status 3" 3
want_message "installed without its rules: says so" 'semantic patches were not found'
mv "$moved/tools/share/gone" "$moved/tools/share/mmapconv"

mv "$moved" "$stage/opt"
try make_it uninstall
want_status "make uninstall: status 0" 0
rmdir -p "$stage/opt/tools/share/bash-completion/completions" 2>/dev/null
check "make uninstall: as it was before" test "$(tree_sum "$stage")" = "$before"
try make_it uninstall
want_status "make uninstall, again: status 0" 0
