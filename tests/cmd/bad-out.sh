#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# OUT: missing, a file, read-only, full, of an older version, damaged.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

small_sample "$T/small"
SAMPLE=$T/small

try "$MMAPCONV" scan -C "$SAMPLE" -o "$T/a/b/c"
want_status "OUT below missing folders is made" 0
check "OUT below missing folders: there is an inventory" test -s "$T/a/b/c/inventory.json"

: >"$T/file"
try "$MMAPCONV" run -C "$SAMPLE" -o "$T/file"
want_status "OUT is a file: status 2 or 3" 2 3
want_message "OUT is a file: named" "$T/file"
check "OUT is a file: it is left alone" test ! -s "$T/file"

mkdir "$T/ro"
chmod 555 "$T/ro"
if without_override touch "$T/ro/x" 2>/dev/null; then
	tap_skip "read-only OUT" "this user writes whatever the mode"
else
	try without_override "$MMAPCONV" run -C "$SAMPLE" -o "$T/ro"
	want_status "read-only OUT: status 3" 3
	want_message "read-only OUT: named, with the reason" "$T/ro.*(permission|read-only)"
	check "read-only OUT: nothing was left" test -z "$(ls -A "$T/ro")"
fi

# A full disk: a tmpfs in a mount namespace of our own.
unshare=(unshare -m)
[ "$(id -u)" = 0 ] || unshare=(unshare -Urm)
mkdir "$T/full"
# KB COMMAND...: run with $T/full on that little space, then look at it before it goes away
on_small_disk()
{
	local kb=$1
	shift
	# shellcheck disable=SC2016	# the inner shell's
	"${limit[@]}" "${unshare[@]}" bash -c 'mount -t tmpfs -o size="$1"k none "$2" && shift &&
		folder=$1 && shift && { "$@"; s=$?; python=/usr/bin/python3
		$python "$0" "$folder" >"$folder.whole" 2>&1; echo $? >>"$folder.whole"; exit $s; }' \
		"$ROOT/tests/cmd/whole.py" "$kb" "$T/full" "$@"
}
if ! on_small_disk 4 true 2>/dev/null; then
	tap_skip "full OUT" "no permission for a mount namespace"
else
	for kb in 8 40 120; do
		try on_small_disk "$kb" "$MMAPCONV" run -C "$SAMPLE" -o "$T/full"
		want_status "OUT on a full disk ($kb KB): status 3" 3
		want_message "OUT on a full disk ($kb KB): named, with the reason" \
			"$T/full.*no space|no space.*$T/full"
		check "OUT on a full disk ($kb KB): nothing half-written" test "$(tail -n 1 "$T/full.whole")" = 0
	done
fi

# An OUT of another version, or damaged: what only reads it refuses, what makes it anew goes on.
try "$MMAPCONV" run -q -C "$SAMPLE" -o "$T/good"
want_status "a good OUT to spoil" 1
n=0
while IFS= read -r damage; do
	n=$((n + 1))
	rm -rf "$T/old"
	cp -r "$T/good" "$T/old"
	"$PYTHON" - "$T/old/inventory.json" "$damage" <<-'PY'
	import sys
	path, damage = sys.argv[1:]
	data = open(path, "rb").read()
	data = {
	    "older schema": lambda d: d.replace(b"mmapconv-inventory-", b"mmapconv-inventory-0."),
	    "cut short": lambda d: d[:len(d) // 2],
	    "empty": lambda d: b"",
	    "not JSON": lambda d: b"\x00\xff" * 1000,
	    "another shape": lambda d: b'{"schema": "mmapconv-inventory-1", "handlers": 7}\n',
	    "endless nesting": lambda d: b"[" * 5000000,
	}[damage](data)
	open(path, "wb").write(data)
	PY
	if "$MMAPCONV" report -h >/dev/null 2>&1; then
		try "$MMAPCONV" report -o "$T/old"
		want_status "inventory $damage: report refuses with status 3" 3
		want_message "inventory $damage: report names the file" 'inventory\.json'
	fi
	echo stale >"$T/old/patches/9999-stale.patch"
	try "$MMAPCONV" run -q -C "$SAMPLE" -o "$T/old"
	want_status "inventory $damage: run makes it anew" 1
	check "inventory $damage: run gives what a fresh OUT gives" diff -r -x work "$T/good" "$T/old"
done <<-'X'
	older schema
	cut short
	empty
	not JSON
	another shape
	endless nesting
X
[ "$n" -eq 6 ] || tap_fail "every damage was tried" "$n of 6"

# Names inside OUT that lead out of it are not followed.
rm -rf "$T/link"
mkdir -p "$T/link" "$T/victim"
echo precious >"$T/victim/0001-precious.patch"
echo precious >"$T/victim/report.md"
ln -s "$T/victim" "$T/link/patches"
ln -s "$T/victim" "$T/link/work"
try "$MMAPCONV" run -q -C "$SAMPLE" -o "$T/link"
check "symlinks in OUT: what they lead to is not removed" \
	grep -qx precious "$T/victim/0001-precious.patch" "$T/victim/report.md"
