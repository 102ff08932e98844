#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# audit: every rule on both sides of its border, the form of a finding, exit statuses, what could not be looked at.
# shellcheck source=tests/run-lib.sh disable=SC2016	# $1 is the inner shell's
. "$(dirname "$0")/../run-lib.sh"

# The sample tree: expect-audit comments beside the code
try "$MMAPCONV" audit -q -C "$SAMPLE" --legacy --json
want_status "with findings: status 1" 1
cp "$T/stdout" "$T/all.json"
"$PYTHON" "$ROOT/tests/cmd/audit.py" "$SAMPLE" "$T/all.json"
check "--json: whole, every rule of the table is broken once at least" "$PYTHON" - "$T/all.json" "$ROOT/analyzer/audit/rules.c" <<'PY'
import json, re, sys
doc = json.load(open(sys.argv[1]))
rules = set(re.findall(r'\{ "([RL]\d+)", "([a-z-]+)"', open(sys.argv[2]).read()))
bad = [("not found", r) for r in rules - {(n["code"], n["rule"]) for n in doc["findings"]}]
for n in doc["findings"]:
    bad += [(n["file"], n["line"], k) for k in ("text", "mend", "what", "path", "function", "hook") if not n[k]]
hooks = [h for h in doc["hooks"] if any(s["field"].endswith("_prepare") for s in h["sites"])]
bad += [("not read", h["file"], h["function"]) for h in doc["hooks"] if not h["read"]]
if doc["schema"] != "mmapconv-audit-1" or doc["problems"] or not hooks:
    bad.append((doc["schema"], doc["problems"]))
print(bad)
sys.exit(bool(bad))
PY
# The text search of one who knows nothing: as many as there are places with the word and a value
check "no hook of the tree is missed" "$PYTHON" - "$T/all.json" "$SAMPLE" <<'PY'
import json, os, re, sys
have = {h["function"] for h in json.load(open(sys.argv[1]))["hooks"]}
text = "".join(open(os.path.join(d, f), errors="replace").read() for d, _, fs in os.walk(sys.argv[2]) for f in fs
               if f.endswith(".c"))
want = set(re.findall(r"\.mmap_prepare\s*=\s*(\w+)(?!\w|##)", text)) | {
    n + "_mmap_prepare" for n in re.findall(r"^DEMO_FOPS\((\w+)\)", text, re.M)}
want -= {"NULL", "name"}
print(want - have)
sys.exit(bool(want - have) or not want)
PY

# For a person
try "$MMAPCONV" audit -q -C "$SAMPLE" drivers/demo/audit_mapped.c:demo_held_unit_mmap_prepare
want_status "one hook with a finding: status 1" 1
check "a finding's first line" grep -qE \
	'^drivers/demo/audit_mapped\.c:[0-9]+:2: R3 close-without-mapped: demo_held_unit_close\(\) ' "$T/stdout"
check "below it: the path, the mend, how sure" bash -c '
	grep -qE "^    drivers/demo/audit_mapped\.c:[0-9]+: mmap_action_remap_full\(" "$1" && grep -q "^    then the core unmaps" "$1" &&
	grep -qx "    sure: certain" "$1" && grep -q "^    mend: " "$1"' - "$T/stdout"
check "one hook: nothing else" test "$(grep -c '^[a-z]' "$T/stdout")" = 1
try "$MMAPCONV" audit -q -C "$SAMPLE" drivers/demo/prepared.c
want_status "a sound hook: status 0" 0
check "a sound hook: nothing is said" test ! -s "$T/stdout"

# The same bytes, whatever -j
"$MMAPCONV" audit -q -C "$SAMPLE" --legacy --json -j 1 >"$T/one.json"
check "the same for every -j" cmp "$T/all.json" "$T/one.json"
try "$MMAPCONV_SAN" audit -q -C "$SAMPLE" --legacy
want_status "with sanitizers: status 1" 1

# What is not there, and what cannot be looked at
try "$MMAPCONV" audit -q -C "$SAMPLE" drivers/demo/audit_mapped.c:no_such_hook
want_status "no such hook: status 2" 2
want_message "no such hook: names it" 'no_such_hook names no mmap_prepare hook'
try "$MMAPCONV" audit -q -C "$SAMPLE" drivers/demo/remap.c
want_status "a file without hooks: status 2" 2
try "$MMAPCONV" audit -q -C "$SAMPLE" --legacy drivers/demo/ioremap.c
want_status "a file of sound handlers, with --legacy: status 0" 0
try "$MMAPCONV" scan -C "$SAMPLE" --legacy
want_status "scan --legacy: status 2" 2

copy_sample "$T/tree"
cat >>"$T/tree/drivers/demo/prepared.c" <<'X'

int (*demo_pick_hook(int which))(struct vm_area_desc *desc);
static const struct file_operations demo_lost_fops = { .mmap_prepare = demo_missing_prepare };
static void demo_fill(struct file_operations *fops) { fops->mmap_prepare = demo_pick_hook(1); }
X
try "$MMAPCONV" audit -C "$T/tree" drivers/demo/prepared.c
want_status "a hook that nobody defines: status 3" 3
want_message "a hook that nobody defines: says where" 'prepared\.c:[0-9]+: .*demo_missing_prepare'
want_message "a value that is no function: says where" 'prepared\.c:[0-9]+: what is put into'
rm -r "$T/tree"
copy_sample "$T/tree"
printf '#include <linux/no_such_header.h>\n#error "not today"\nstruct {{{\n' >"$T/head"
cat "$T/head" "$SAMPLE/drivers/demo/prepared.c" >"$T/tree/drivers/demo/prepared.c"
try "$MMAPCONV" audit -C "$T/tree" drivers/demo/prepared.c
check "a file that does not parse is no sound one" test "$status" -ne 0
