#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Same tree, same tool: the same bytes, for every -j, with a cold cache and a warm one.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

# OUT/work is scratch; everything else is a result.
same()
{
	diff -r -x work "$T/a" "$1"
}

# Nothing of it is from runs before; the second may find what another one, with its -j, has kept.
try "$MMAPCONV" run -q -j 1 --no-cache -C "$SAMPLE" -o "$T/a"
want_status "run -j 1" 0 1
check "run -j 1 left results" test -s "$T/a/inventory.json"
try "$MMAPCONV" run -q -j 2 -C "$SAMPLE" -o "$T/b"
want_status "run -j 2" 0 1
check "-j 1 and -j 2 give the same bytes" same "$T/b"

small_sample "$T/small"
SAMPLE=$T/small
rm -rf "$T/a"
try "$MMAPCONV" run -q -j 2 -C "$SAMPLE" -o "$T/a"
want_status "run on a smaller tree" 0 1

XDG_CACHE_HOME=$T/cold try "$MMAPCONV" run -q -j 4 -C "$SAMPLE" -o "$T/c"
want_status "run with an empty cache" 0 1
check "an empty cache gives the same bytes" same "$T/c"

# another name for the tree, files created in another order
mkdir "$T/elsewhere"
(cd "$SAMPLE" && find . -type f | sort -r | cpio -pdm --quiet "$T/elsewhere")
try "$MMAPCONV" run -q -j 2 -C "$T/elsewhere" -o "$T/d"
want_status "run on a copy in another place" 0 1
check "another place and file order give the same bytes" same "$T/d"

cp -r "$T/a" "$T/b2"
try "$MMAPCONV" run -q -j 2 -C "$SAMPLE" -o "$T/b2"
check "a second run into the same OUT gives the same bytes" same "$T/b2"
