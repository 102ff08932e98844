#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Wrong use is status 2 and says how; a wrong tree names the folder and what was looked for.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

try "$MMAPCONV"
want_status "no command: status 2" 2
want_message "no command: shows the usage" 'usage'
try "$MMAPCONV" help
check "help: 80 columns" bash -c '! grep -nE "^.{81}" "$1"' - "$T/stdout"
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
for command in run scan explain convert hand prove audit check series report diff version; do
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

# an option that a command has no use for is not passed over
for wrong in 'series --no-cache' 'report -C' 'scan --shelf' 'series --base' 'scan --legacy' 'version -o' 'audit --diff' 'explain --reroll' 'diff --no-cache'; do
	option=${wrong#* }
	# shellcheck disable=SC2086	# two words
	try "$MMAPCONV" $wrong x -C "$SAMPLE" -o "$T/out"
	want_status "$wrong: status 2" 2
	want_message "$wrong: names it and who takes it" "${option/#--reroll/-v} has no meaning here; commands that take it: [a-z]"
done

# the versions: of what runs, and of spatch where there is one
try "$MMAPCONV" version
want_status "version: status 0" 0
check "version: all the libraries" bash -c 'for part in mmapconv libclang json-c sqlite z3 xxhash spatch; do
	grep -E "^$part [0-9]+\.[0-9.]+" "$1" || { echo "no $part"; exit 1; }; done' - "$T/stdout"
cp "$T/stdout" "$T/version"
try "$MMAPCONV" --version
check "--version: the same" cmp "$T/stdout" "$T/version"
try "$MMAPCONV" version --json
want_status "version --json: status 0" 0
check "version --json: the same" "$PYTHON" -c '
import json, sys
text = dict(line.split(" ", 1) for line in open(sys.argv[2]).read().splitlines())
assert json.load(open(sys.argv[1])) == text, text' "$T/stdout" "$T/version"
check "version: Z3 and spatch are what they say themselves" bash -c '
	spatch --version | grep -F "version $(sed -n "s/^spatch //p" "$1") " &&
	dpkg-query -W -f "\${Version}\n" libz3-4 | grep -F "$(sed -n "s/^z3 //p" "$1")"' - "$T/version"
mkdir "$T/nobin"
try env PATH="$T/nobin" "$MMAPCONV" version --json
want_status "version without spatch: status 0" 0
check "version without spatch: null" "$PYTHON" -c '
import json, sys
assert json.load(open(sys.argv[1]))["spatch"] is None' "$T/stdout"
try env PATH="$T/nobin" "$MMAPCONV" version
check "version without spatch: says what needs it" grep -q '^spatch not found in PATH; .* need it' "$T/stdout"
try "$MMAPCONV" version x
want_status "version x: status 2" 2

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
# Nothing is left there: that is no mistake, and what is left elsewhere is done.
try "$MMAPCONV" convert -C "$SAMPLE" -o "$T/sel" drivers/demo/audit_state.c
want_status "convert a file without handlers: status 0" 0
want_message "convert a file without handlers: says so" 'audit_state\.c has no mmap handler: nothing is left'
