#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# explain: the listings beside this script, 80 columns, --json, names that do not exist.
#
#	tests/cmd/explain.sh [--update]		--update rewrites what is expected
# shellcheck source=tests/run-lib.sh disable=SC2016	# $1 is the inner shell's
. "$(dirname "$0")/../run-lib.sh"

EXPECTED=$ROOT/tests/cmd/explain

# Each file: the selection on its first line, then what is printed.
for file in "$EXPECTED"/*.txt; do
	name=$(basename "$file" .txt)
	selection=$(head -n 1 "$file")
	try "$MMAPCONV" explain -q -C "$SAMPLE" "${selection#explain }"
	want_status "$name: status 0" 0
	{ printf '%s\n' "$selection"; cat "$T/stdout"; } >"$T/$name.txt"
	if [ "${1-}" = --update ]; then
		cp "$T/$name.txt" "$file"
	else
		check "$name: the listing" diff -u "$file" "$T/$name.txt"
	fi
done

# All of the sample tree at once
try "$MMAPCONV" explain -q -C "$SAMPLE" drivers fs include kernel rust sound
want_status "all folders: status 0" 0
cp "$T/stdout" "$T/all"
check "no line has more than 80 columns" bash -c '! grep -nE "^.{81}" "$1"' - "$T/all"
check "nothing but printable ASCII" bash -c '! LC_ALL=C grep -n "[^ -~]" "$1"' - "$T/all"
check "no line ends with a blank" bash -c '! grep -n " $" "$1"' - "$T/all"
try "$MMAPCONV" scan -q -C "$SAMPLE" --json
cp "$T/stdout" "$T/scan.json"
check "every handler of the tree is explained" "$PYTHON" - "$T/scan.json" "$T/all" <<'PY'
import json, sys
text = open(sys.argv[2]).read()
missing = [h["id"] for h in json.load(open(sys.argv[1]))["handlers"] if f"{h['id']}, line {h['line']}\n" not in text]
print(missing)
sys.exit(bool(missing))
PY

# --json: the inventory, contracts with their terms, and the rules
try "$MMAPCONV" explain -q --json -C "$SAMPLE" drivers fs include kernel rust sound
want_status "--json: status 0" 0
cp "$T/stdout" "$T/explain.json"
check "--json: whole and consistent" "$PYTHON" - "$T/explain.json" "$T/inventory.json" <<'PY'
import json, sys
doc = json.load(open(sys.argv[1]))
contracts, rules = doc.pop("contracts"), {r["code"]: r for r in doc.pop("rules")}
json.dump(doc, open(sys.argv[2], "w"))
bad = []
read = {h["id"] for h in doc["handlers"] if h["contract"]}
if {c["id"] for c in contracts if c["is_handler"]} != read or not read:
    bad.append("contracts are not those of the handlers")
for h in doc["handlers"]:
    bad += [f"{h['id']}: no text for {r['code']}" for r in h["reasons"] if not rules[r["code"]]["text"]]
for c in contracts:
    c, name = c["contract"], c["id"]
    terms, effects = len(c["terms"]["list"]), len(c["effects"])
    for i, term in enumerate(c["terms"]["list"], 1):
        if any(a >= i for a in term[4:]):
            bad.append(f"{name}: term {i} refers forward")
    for p in c["paths"]:
        if any(e >= effects for e in p.get("effects", ())):
            bad.append(f"{name}: no such effect")
        used = list(p["cells"].values()) + [g.get("term", 0) for g in p.get("guards", ())]
        if any(t > terms for t in used):
            bad.append(f"{name}: no such term")
print("\n".join(bad))
sys.exit(bool(bad))
PY
check "--json: the rest is an inventory" "$PYTHON" "$ROOT/tests/validate-inventory" "$T/inventory.json"
try "$MMAPCONV" explain -q --json -C "$SAMPLE" drivers/demo/prepared.c:demo_held_mmap_prepare
want_status "--json of a hook: status 0" 0
check "--json of a hook: no handler, its contract, its tables" "$PYTHON" - "$T/stdout" <<'PY'
import json, sys
doc = json.load(open(sys.argv[1]))
c, = doc["contracts"]
sys.exit(not (doc["handlers"] == [] and c["takes"] == "descriptor" and not c["is_handler"] and
              c["hooks"] and c["contract"]["paths"]))
PY

# A handler that only an assignment installs, of a struct that the text does not know: tier 1 is asked who gets there.
cp -R "$SAMPLE" "$T/assigned"
cat >"$T/assigned/drivers/video/demo/fb_given.c" <<'EOF'
#include <linux/mm.h>
#include <video/demo_fb.h>

struct demo_holder { struct demo_fb_ops ops; };

static int demo_given_mmap(struct demo_fb *fb, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

void demo_holder_init(struct demo_holder *h)
{
	h->ops.fb_mmap = demo_given_mmap;
}
EOF
sed -i 's/fb_own\.o/fb_own.o fb_given.o/' "$T/assigned/drivers/video/demo/Makefile"
try "$MMAPCONV" explain -q -C "$T/assigned" drivers/video/demo/fb_given.c:demo_given_mmap
want_status "by an assignment: status 0" 0
check "by an assignment: where" grep -q 'installed    demo_fb_ops.fb_mmap' "$T/stdout"
check "by an assignment: from where" grep -q 'reached from drivers/video/demo/fb_core.c:fb_mmap' "$T/stdout"

# What is said of several lines is said once.
cp -R "$SAMPLE" "$T/twice"
sed -i '/found = block;/{n;p}' "$T/twice/drivers/demo/hold.c"
try "$MMAPCONV" explain -q -C "$T/twice" drivers/demo/hold.c:demo_lookup_mmap
want_status "a reason of two lines: status 0" 0
tr -s ' \n' ' ' <"$T/stdout" >"$T/flat"
check "a reason of two lines: once, with both" \
	grep -qE 'R1 line ([0-9]+) kref_get\(<block>->ref\) \(also line [0-9]+\)' "$T/flat"
check "a reason of two lines: not twice" test "$(grep -oE 'R1 line [0-9]+ kref_get' "$T/flat" | wc -l)" = 1

# Every code that a reason can carry has a text.
codes=$(grep -ohE 'verdict_reason\([^"]*"[A-Za-z0-9-]+"|\? "[A-Z][0-9]+" : "[a-z-]+"' "$ROOT"/analyzer/*/*.c |
	grep -oE '"[^"]+"' | sort -u)
check "the search for codes finds some" test "$(wc -l <<<"$codes")" -gt 20
for code in $codes; do
	grep -qF "{ $code, " "$ROOT/analyzer/classify/rule_texts.c" ||
		tap_fail "the code $code has a text" "add a row to analyzer/classify/rule_texts.c"
done

# Names that do not exist: status 2, and what may have been meant
refused()	# NAME SELECTION REGEX
{
	try "$MMAPCONV" explain -C "$SAMPLE" "$2"
	want_status "$1: status 2" 2
	want_message "$1: says so" "$3"
	check "$1: prints nothing else" test ! -s "$T/stdout"
}
refused "a slip in the name" drivers/demo/config.c:demo_opt_map 'did you mean drivers/demo/config\.c:demo_opt_mmap'
refused "a slip in a hook's name" drivers/demo/prepared.c:demo_held_map_prepare \
	'did you mean drivers/demo/prepared\.c:demo_held_mmap_prepare'
refused "another file's function" drivers/demo/config.c:demo_regs_mmap 'did you mean drivers/demo/ioremap\.c:demo_regs_mmap'
refused "another folder" drivers/config.c:demo_opt_mmap 'no such file; did you mean drivers/demo/config\.c:demo_opt_mmap'
refused "a folder without handlers" Documentation 'names no mmap handler'
refused "nothing like it" zzz/zzz.c:zzz_mmap 'names no handler: this tree has no such file; .mmapconv scan'
refused "a path out of the tree" ../sample-tree/drivers/demo/config.c:demo_opt_mmap 'lies outside the tree'
refused "out of the tree, later" drivers/../../x.c:demo_opt_mmap 'lies outside the tree'
refused "an absolute path elsewhere" /etc/passwd:demo_opt_mmap '/etc/passwd:demo_opt_mmap lies outside the tree'
refused "a folder whose name begins as the tree's" "$SAMPLE-2/drivers" 'lies outside the tree'
refused "an empty name" '' 'an empty name selects nothing'
refused "a function alone" demo_opt_mmap 'did you mean drivers/demo/config\.c:demo_opt_mmap'
refused "a function alone, with a slip" demo_opt_map 'did you mean drivers/demo/config\.c:demo_opt_mmap'
refused "a colon and a function" :demo_opt_mmap 'did you mean drivers/demo/config\.c:demo_opt_mmap'
refused "a folder's function" drivers/demo:demo_opt_mmap 'did you mean drivers/demo/config\.c:demo_opt_mmap'
refused "a line" drivers/demo/config.c:47 'names no function that is compiled in that file'
refused "a function of a header" include/linux/mm.h:vma_pages 'only functions of \.c files'
refused "half a name" drivers/demo/config.c: 'names no mmap handler'
for args in --json -q; do
	try "$MMAPCONV" explain "$args" -C "$SAMPLE" drivers/demo/config.c:demo_opt_map
	want_status "$args, a slip: status 2" 2
	want_message "$args, a slip: says so" 'did you mean drivers/demo/config\.c:demo_opt_mmap'
	check "$args, a slip: prints nothing else" test ! -s "$T/stdout"
done

# The same file, however its path is written
try "$MMAPCONV" explain -q -C "$SAMPLE" drivers/demo/config.c:demo_opt_mmap
cp "$T/stdout" "$T/one"
for name in ./drivers/demo/config.c drivers//demo/config.c drivers/./demo/../demo/config.c "$SAMPLE/drivers/demo/config.c"; do
	try "$MMAPCONV" explain -q -C "$SAMPLE" "$name:demo_opt_mmap"
	want_status "$name: status 0" 0
	check "$name: the same" diff "$T/one" "$T/stdout"
done
for name in . "$SAMPLE" "$SAMPLE/"; do
	try "$MMAPCONV" explain -q -C "$SAMPLE" "$name"
	want_status "$name, the tree: status 0" 0
	check "$name, the tree: all handlers" diff "$T/all" "$T/stdout"
done
try "$MMAPCONV" explain -C "$SAMPLE"
want_status "no name at all: status 2" 2
try "$MMAPCONV" convert -q -C "$SAMPLE" -o "$T/out" drivers/demo/prepared.c:demo_held_open
want_status "convert takes handlers only: status 2" 2

# Damaged terminals: colour is for a terminal that wants it
check "no escape sequence in a file" bash -c '! grep -q "$(printf "\033")" "$1"' - "$T/all"
