#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The sample tree in the form of each older generation of the API: what is converted, and that it compiles.
#
#	tests/cmd/generations.sh [--update]	--update rewrites what is expected
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

FORMS=$ROOT/tests/generations

# In the order in which one stands on the other.
copy_sample "$T/tree"
# Files that are written for the newest one.
for file in drivers/demo/prepared.c mm/vma.c mm/vma.h; do
	rm "$T/tree/$file"
	sed -i "\\|\"file\": \"$file\"|d" "$T/tree/compile_commands.json"
done
for release in 7.1 7.0 6.19 6.18 6.17; do
	# Else git would take the folder for a part of this checkout, and skip everything without a word.
	check "$release: the form applies" \
		env -C "$T/tree" GIT_CEILING_DIRECTORIES="$T" git apply "$FORMS/$release.diff"
	sed -i "s/^VERSION = .*/VERSION = ${release%.*}/; s/^PATCHLEVEL = .*/PATCHLEVEL = ${release#*.}/" "$T/tree/Makefile"
	try "$MMAPCONV" run -q --unproved -C "$T/tree" -o "$T/out-$release"
	want_status "$release: status 1" 1
	want_inventory "$release: every patch was compiled" "$T/out-$release" '
all(c["status"] == "ok" for h in handlers if h["outcome"] == "converted"
    for c in h["conversion"]["checks"] if c["name"] == "compile")'
	"$PYTHON" -c '
import json, sys
for h in sorted(json.load(open(sys.argv[1]))["handlers"], key=lambda h: h["id"]):
    proof = (h["conversion"] or {}).get("proof") or {}
    print(h["outcome"], h["id"], *filter(None, [proof.get("verdict")]))' "$T/out-$release/inventory.json" >"$T/$release.txt"
	if [ "${1-}" = --update ]; then
		cp "$T/$release.txt" "$FORMS/$release.txt"
	else
		check "$release: the outcomes" diff -u "$FORMS/$release.txt" "$T/$release.txt"
	fi
done

# The forms themselves, where they differ
has() { grep -rqF -- "$2" "$T/out-$1/patches"; }
lacks() { ! grep -rqE -- "$2" "$T/out-$1/patches"; }
check "7.1: vma_desc_test()" has 7.1 'vma_desc_test(desc, VMA_'
check "7.1: mapped" has 7.1 '.mapped'
check "7.1: no error_override" lacks 7.1 '^\+.*error_override'
check "7.1: error_hook, and its function" bash -c 'cat "$1"/*.patch | grep -A3 "^+static int demo_bar_mmap_eagain(int err)" |
	grep -x "+	return -EAGAIN;" && grep -rqx "+	desc->action.error_hook = demo_bar_mmap_eagain;" "$1"' - "$T/out-7.1/patches"
check "7.0: vma_desc_test_flags()" has 7.0 'vma_desc_test_flags(desc, VMA_'
check "7.0: no other test" lacks 7.0 '^\+.*vma_desc_test(_any|_all)?\('
check "6.19: the flags are a word" has 6.19 'desc->vm_flags'
check "6.19: actions" has 6.19 'mmap_action_remap'
check "6.18: no action, no size" lacks 6.18 '^\+.*(mmap_action_|vma_desc_)'
check "6.17: the flags are a word" has 6.17 'desc->vm_flags'
