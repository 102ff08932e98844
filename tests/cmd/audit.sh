#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# audit: every rule on both sides of its border, the form of a finding, exit statuses, what could not be looked at.
# shellcheck source=tests/run-lib.sh disable=SC2016	# $1 is the inner shell's
. "$(dirname "$0")/../run-lib.sh"

# The sample tree: expect-audit comments beside the code
try "$MMAPCONV" audit -C "$SAMPLE" --json
want_status "with findings: status 1" 1
check "all hooks audited: it is said, and nothing else" bash -c \
	'grep -qE "[0-9]+ hooks audited; findings: [0-9]+$" "$1" && ! grep -q warning "$1"' - "$T/stderr"
try "$MMAPCONV" audit -q -C "$SAMPLE" --legacy --json
want_status "with a Rust handler, which is not parsed: status 3" 3
want_message "a Rust handler: says where" 'demo_misc\.rs:[0-9]+: demo_vtable_mmap\(\) is Rust.*: it was not looked at; look at it by hand'
want_message "a Rust handler: counted" '1 of [0-9]+ hooks count as not audited'
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
rust = [h for h in doc["hooks"] if not h["audited"]]
bad += [("not read", h["file"], h["function"]) for h in doc["hooks"] if not h["read"] and h not in rust]
bad += [("lost", h["file"]) for h in rust if not h["file"].endswith(".rs") or not h["lost"]]
total = {"hooks": len(doc["hooks"]), "audited": len(doc["hooks"]) - 1, "not_audited": 1, "findings": len(doc["findings"])}
if doc["totals"] != total or len(rust) != 1:
    bad.append((doc["totals"], total))
if doc["schema"] != "mmapconv-audit-1" or [p["mend"] for p in doc["problems"]] != ["look at it by hand"] or not hooks:
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
want_status "with sanitizers: status 3" 3

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

# Tables that a macro of a header makes
cat >"$T/tree/include/linux/demo_paste.h" <<'X'
#define DEMO_PASTED(name) static const struct file_operations name##_fops = { .mmap_prepare = name##_mmap_prepare }
#define DEMO_PASTED_TWICE(name) DEMO_PASTED(name##_twice)
static inline int demo_header_mmap_prepare(struct vm_area_desc *desc)
{
	desc->start = 0;
	return 0;
}
X
cp "$SAMPLE/drivers/demo/prepared.c" "$T/tree/drivers/demo/prepared.c"
cat >>"$T/tree/drivers/demo/prepared.c" <<'X'
#include <linux/demo_paste.h>
static int demo_one_mmap_prepare(struct vm_area_desc *desc)
{
	desc->end = 0;
	return 0;
}
static int demo_two_twice_mmap_prepare(struct vm_area_desc *desc)
{
	desc->end = desc->start;
	return 0;
}
DEMO_PASTED(demo_one);
DEMO_PASTED_TWICE(demo_two);
DEMO_PASTED(demo_header);
#ifdef CONFIG_NOT_HERE
DEMO_PASTED(demo_not);
#endif
X
try "$MMAPCONV" audit -q -C "$T/tree" drivers/demo/prepared.c include/linux/demo_paste.h
want_status "a macro of a header: status 3 for the use that is not compiled" 3
want_message "a macro of a header that is not compiled here: says where" 'prepared\.c:9[0-9]: what the macro DEMO_PASTED fills in'
for name in prepared.c:one prepared.c:two_twice demo_paste.h:header; do
	check "a hook that a macro of a header installs is judged, $name" grep -qE \
		"/${name%:*}:[0-9]+:8: R15 read-only-field: demo_${name#*:}_mmap_prepare" "$T/stdout"
done
rm "$T/tree/include/linux/demo_paste.h"

# What was read with errors, or not at all.  NAME SED WHAT-IS-SAID: SED makes of a sound hook's file one that is not.
prepared=$T/tree/drivers/demo/prepared.c
spoiled()
{
	cp "$SAMPLE/drivers/demo/prepared.c" "$prepared"
	sed -i -e "$2" "$prepared"
	cmp -s "$SAMPLE/drivers/demo/prepared.c" "$prepared" && tap_fail "$1" "sed changed nothing"
	try "$MMAPCONV" audit -q -C "$T/tree" drivers/demo/prepared.c
	want_status "$1: status 3" 3
	want_message "$1: says what and where" "$3"
	want_message "$1: counted" '1 of 1 hooks count as not audited'
}
held='prepared\.c:[0-9]+: demo_held_mmap_prepare\(\)'
spoiled "a header that is not there" '/linux.fs\.h/i #include <linux/no_such.h>' "$held was read with .*:3:10: 'linux/no_such\.h' file not found; mend"
spoiled "an error before the hook" '/^struct demo_held {/i int demo_wrong(void) { return demo_undeclared; }' "$held was read with 1 error"
spoiled "an error in the hook" 's/^\tdesc->vm_ops = .*/&\n\tdesc->no_such = 1;/' "$held was read with 1 error on .*no_such"
spoiled "an error behind the hook" '$a int demo_wrong(void) { return demo_undeclared; }' "$held was read with 1 error"
spoiled "a file that ends in a parameter list" '$a static int demo_wrong(' "$held was read with 1 error"
spoiled "a file that ends in a function" '$a static int demo_wrong(void) { return 1;' "$held was read with 1 error on .*prepared\.c:7[0-9]:.*expected"
spoiled "a hook that is not compiled" 's/^static int demo_held_mmap_prepare/#ifdef CONFIG_NOT_HERE\n&/; s/^static const struct file_op/#endif\n&/' \
	"and demo_held_mmap_prepare\(\) was not found there"
spoiled "a hook and a table that are not compiled" \
	's/^static int demo_held_mmap_prepare/#ifdef CONFIG_NOT_HERE\n&/; s/^module_misc/#endif\n&/; s/^MODULE_L/#define demo_held_misc\n&/' \
	"demo_held_mmap_prepare\(\) (is not compiled|was not found)"
spoiled "a callback that nobody defines" 's/^\t\.close.*/\t.close\t= demo_held_elsewhere,/; /^static const struct vm_op/i void demo_held_elsewhere(struct vm_area_struct *vma);' \
	'demo_held_elsewhere\(\) \(close of demo_held_vm_ops\)'
spoiled "a callback that is no name" 's/^\t\.close.*/\t.close\t= (void (*)(struct vm_area_struct *))(long)sizeof(long),/' \
	'demo_held_vm_ops has as its close is no function'
spoiled "vm_ops as a condition has it" 's/^\tdesc->vm_ops = .*/\tdesc->vm_ops = held->pfn ? \&demo_held_vm_ops : \&demo_other_vm_ops;/; /^static int demo_held_mmap_prepare/i static const struct vm_operations_struct demo_other_vm_ops = { };' \
	'demo_held_mmap_prepare\(\) installs vm_ops here that are no table.s name'
spoiled "vm_ops from a field" 's/^\tunsigned long pfn;/&\n\tconst struct vm_operations_struct *ops;/; s/^\tdesc->vm_ops = .*/\tdesc->vm_ops = held->ops;/' \
	'demo_held_mmap_prepare\(\) installs vm_ops here that are no table.s name'
spoiled "a table that is declared only" '/^static const struct vm_op/,/^};/d; /^static int demo_held_mmap_prepare/i extern const struct vm_operations_struct demo_held_vm_ops;' \
	'the table demo_held_vm_ops .* was not found'
try "$MMAPCONV" audit -q -C "$T/tree" --json drivers/demo/prepared.c
check "--json: not audited, why and the mend" "$PYTHON" - "$T/stdout" <<'PY'
import json, sys
doc = json.load(open(sys.argv[1]))
hook, = doc["hooks"]
problem, = doc["problems"]
assert not hook["audited"] and hook["lost"] == [problem["text"]] and problem["lost"] and problem["mend"], doc
assert doc["totals"] == {"hooks": 1, "audited": 0, "not_audited": 1, "findings": 0}, doc["totals"]
PY
# What a function puts into the field that it is given, and of which callers
cp "$SAMPLE/drivers/demo/prepared.c" "$prepared"
cat >>"$prepared" <<'X'
static void demo_set_prepare(struct file_operations *fops, int (*hook)(struct vm_area_desc *))
{
	fops->mmap_prepare = hook;
}
static struct file_operations demo_first_fops, demo_second_fops;
static void demo_set_both(struct file_operations *from)
{
	demo_set_prepare(&demo_first_fops, demo_held_mmap_prepare);
	demo_set_prepare(&demo_second_fops, from->mmap_prepare);
}
X
try "$MMAPCONV" audit -q -C "$T/tree" drivers/demo/prepared.c
want_status "a hook that is handed on, another as an expression: status 3" 3
want_message "a hook that is handed on as an expression: says where" 'prepared\.c:8[0-9]: what demo_set_prepare\(\) gets here, .* is no function'
printf 'pub const T: bindings::file_operations = bindings::file_operations {\n    mmap_prepare: Some(Self::prepare),\n};\n' >"$T/tree/rust/kernel/demo_hook.rs"
cp "$SAMPLE/drivers/demo/prepared.c" "$prepared"
try "$MMAPCONV" audit -q -C "$T/tree"
want_status "a hook in Rust: status 3" 3
want_message "a hook in Rust: says where" 'demo_hook\.rs:2: '
rm "$T/tree/rust/kernel/demo_hook.rs"
cp "$SAMPLE/drivers/demo/prepared.c" "$prepared"
sed -i '/demo\/prepared\.c/d' "$T/tree/compile_commands.json"
try "$MMAPCONV" audit -C "$T/tree" drivers/demo/prepared.c
check "a file that no configuration builds is not passed over" grep -qE \
	"$held (was read with guessed|was not looked at)|prepared\.c:[0-9]+: no architecture builds this file" "$T/stderr"
rm -r "$T/tree"
copy_sample "$T/tree"
printf '#include <linux/no_such_header.h>\n#error "not today"\nstruct {{{\n' >"$T/head"
cat "$T/head" "$SAMPLE/drivers/demo/prepared.c" >"$T/tree/drivers/demo/prepared.c"
try "$MMAPCONV" audit -C "$T/tree" drivers/demo/prepared.c
want_status "a file that does not parse: status 3" 3
want_message "a file that does not parse: what was not understood" 'prepared\.c:[0-9]+: .*demo_held_mmap_prepare'

