#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Linux 7.3 with all patches of a run applied: a second run has nothing to convert, and they come off again.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 7.3
tree=$(realpath "$tree")

# what linux-7.3.sh has just made, when this program made it
out=$BUILD/test-out/kernel-linux-7.3/out
if ! [ "$out/inventory.json" -nt "$MMAPCONV" ]; then
	out=$T/first
	TRY_TIMEOUT=900 try "$MMAPCONV" convert -q -C "$tree" -o "$out"
	want_status "convert: status 1" 1
fi
patches=("$out"/patches/*.patch)
mapfile -t touched < <(sed -nE 's,^--- a/(.*)$,\1,p' "${patches[@]}" | sort -u)

# Hard links: a file that is to change gets a copy of its own first, and mmapconv writes none.
copy=$T/tree
cp -al "$tree" "$copy" 2>/dev/null || { rm -rf "$copy"; cp -a --reflink=auto "$tree" "$copy"; }
for file in "${touched[@]}"; do
	rm -f "$copy/$file" && cp -p "$tree/$file" "$copy/$file"
done

# WANT: do the files differ (1), or are they the same bytes (0), in both trees?
files_differ()
{
	local file status

	[ ${#touched[@]} -gt 0 ] || return 1
	for file in "${touched[@]}"; do
		status=0
		cmp -s "$tree/$file" "$copy/$file" || status=$?
		[ $status = "$1" ] || { echo "$file: cmp ends with $status"; return 1; }
	done
}

export GIT_CEILING_DIRECTORIES=$T
check "every patch applies, all together" git -C "$copy" apply "${patches[@]}"
check "every file that they name has changed, in the copy only" files_differ 1

# The copy at the tree's own place, where the first run's kbuild folders serve it.  Where mounts are not
# allowed they are made again: minutes, and in a cache of its own, for one more would push another out.
# shellcheck disable=SC2016	# $1 is the inner shell's
if unshare -rm mount --bind "$copy" "$tree" 2>"$T/unshare.log"; then
	try unshare -rm bash -c 'mount --bind "$1" "$2" && cd / && exec "$3" convert -q -C "$2" -o "$4"' - \
		"$copy" "$tree" "$MMAPCONV" "$T/out"
else
	sed 's/^/# /' "$T/unshare.log"
	XDG_CACHE_HOME=$T/cache TRY_TIMEOUT=1500 try "$MMAPCONV" convert -q -C "$copy" -o "$T/out"
fi
want_status "a second run leaves what the first left: status 1" 1
check "none of the converted is a handler again, the others are there and, where their file is, judged as they were" \
	"$PYTHON" "$ROOT/tests/kernel/twice.py" "$out/inventory.json" "$T/out/inventory.json"
check "it writes no patch" test -d "$T/out/patches" -a -z "$(find "$T/out/patches" -name '*.patch')"

# the last first: a later one stands on an earlier one
mapfile -t reversed < <(printf '%s\n' "${patches[@]}" | tac)
check "the patches come off" git -C "$copy" apply -R "${reversed[@]}"
check "and leave the bytes that were there" files_differ 0
rm -rf "$copy" "$T/cache"
