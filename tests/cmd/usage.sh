#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Wrong use is status 2 and says how; a wrong tree names the folder and what was looked for.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

try "$MMAPCONV"
want_status "no command: status 2" 2
want_message "no command: shows the usage" 'usage'
try "$MMAPCONV" frobnicate
want_status "unknown command: status 2" 2
want_message "unknown command: names it" 'frobnicate'
try "$MMAPCONV" scan --no-such-option -C "$SAMPLE"
want_status "unknown option: status 2" 2
try "$MMAPCONV" scan
want_status "scan without -C: status 2" 2
want_message "scan without -C: names the option" '-C'
try "$MMAPCONV" run -C "$SAMPLE"
want_status "run without -o: status 2" 2
try "$MMAPCONV" run -C "$SAMPLE" -o
want_status "-o without a folder: status 2" 2
for j in 0 -1 x 99999999999999999999; do
	try "$MMAPCONV" scan -C "$SAMPLE" -j "$j"
	want_status "-j $j: status 2" 2
done
for command in run scan convert prove series audit check; do
	try "$MMAPCONV" "$command" -h
	want_status "$command -h: status 0" 0
	check "$command -h: explains itself on standard output" grep -qi -- "$command" "$T/stdout"
done

# what the rules say of themselves
try "$MMAPCONV" convert --list-rules
want_status "convert --list-rules: status 0, without a tree" 0
check "convert --list-rules: every rule of ORDER" bash -c 'diff <(grep -v "^#" "$1"/ORDER | sed "s/\.cocci$//") \
	<(grep -v "^ " "$2" | grep .)' - "$ROOT/semantic-patches" "$T/stdout"
check "convert --list-rules: 80 columns" bash -c '! grep -nE "^.{81}" "$1"' - "$T/stdout"
try "$MMAPCONV" convert --list-rules -C "$SAMPLE" --json
want_status "convert --list-rules --json: status 0" 0
check "convert --list-rules --json: what a tree lacks" python3 -c '
import json, sys
rules = {r["name"]: r for r in json.load(open(sys.argv[1]))["rules"]}
assert not rules["flag-log"]["serves"] and not rules["flag-word"]["serves"] and rules["handler"]["serves"]' "$T/stdout"
try "$MMAPCONV" scan --list-rules
want_status "scan --list-rules: status 2" 2
try "$MMAPCONV" convert --list-rules drivers
want_status "convert --list-rules drivers: status 2" 2

try "$MMAPCONV" scan --unproved -C "$SAMPLE"
want_status "scan --unproved: status 2" 2

# not a kernel tree
mkdir "$T/empty" "$T/half"
: >"$T/file"
printf 'VERSION = 7\nPATCHLEVEL = 3\n' >"$T/half/Makefile"
for tree in "$T/missing" "$T/empty" "$T/file" "$T/half"; do
	name=${tree##*/}
	try "$MMAPCONV" run -C "$tree" -o "$T/out-$name"
	want_status "not a kernel tree ($name): status 2 or 3" 2 3
	want_message "not a kernel tree ($name): names it" "$tree"
	check "not a kernel tree ($name): no inventory" test ! -e "$T/out-$name/inventory.json"
done

# selections that are not there, or point out of the tree
for selection in no/such/file.c ../../etc/passwd /etc/passwd drivers/demo/remap.c:no_such_handler; do
	try "$MMAPCONV" convert -C "$SAMPLE" -o "$T/sel" "$selection"
	want_status "convert $selection: status 2 or 3" 2 3
	want_message "convert $selection: names it" "$selection"
done
