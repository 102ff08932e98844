#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check --diff: new users of mmap and hooks that a patch spoils are found, sound patches pass, hostile ones do no harm.
# shellcheck source=tests/run-lib.sh disable=SC2016	# $1 is the inner shell's
. "$(dirname "$0")/../run-lib.sh"

copy_sample "$T/new"
export TMPDIR=$T/tmp
mkdir "$TMPDIR"

# NAME FILE SED: $T/NAME.diff, what SED makes of FILE
make_diff()
{
	cp "$SAMPLE/$2" "$T/new/$2"
	sed -i "$3" "$T/new/$2"
	(cd "$T" && git diff --no-index --no-prefix -- "$SAMPLE/$2" "new/$2") |
		sed -E "s,^--- .*,--- a/$2,; s,^\+\+\+ .*,+++ b/$2,; s,^diff --git .*,diff --git a/$2 b/$2," >"$T/$1.diff"
	cp "$SAMPLE/$2" "$T/new/$2"
	[ -s "$T/$1.diff" ] || tap_fail "$1.diff" "sed changed nothing"
}
prepared=drivers/demo/prepared.c
make_diff late $prepared '/mmap_action_remap_full/{h;d};/error_override/{h;s/.*/\tmmap_action_remap_full(desc, held->pfn);\n\tdesc->page_prot = pgprot_noncached(desc->page_prot);/}'
make_diff legacy drivers/demo/flags.c '$a static const struct file_operations demo_new_fops = { .mmap = demo_new_mmap };'
make_diff comment $prepared 's/^struct demo_held {/\/* Held. *\/\n&/'

before=$(tree_sum "$SAMPLE")
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/late.diff"
want_status "a patch that spoils a hook: status 1" 1
check "a patch that spoils a hook: what, in the file with the patch" grep -qE \
	'^drivers/demo/prepared\.c:[0-9]+:8: R7 late-protection: ' "$T/stdout"
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/legacy.diff"
want_status "a new user of mmap: status 1" 1
check "a new user of mmap: named" grep -qE \
	'^drivers/demo/flags\.c:[0-9]+:1: mmap new-legacy-user: demo_new_fops installs demo_new_mmap' "$T/stdout"
check "those that were there are not" test "$(grep -c new-legacy-user "$T/stdout")" = 1
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/comment.diff"
want_status "a patch that changes nothing: status 0" 0
check "a patch that changes nothing: nothing is said" test ! -s "$T/stdout"
try "$MMAPCONV_SAN" check -q -C "$SAMPLE" --json --diff "$T/late.diff"
want_status "--json, with sanitizers: status 1" 1
check "--json: the finding" "$PYTHON" -c '
import json, sys
assert [n["code"] for n in json.load(open(sys.argv[1]))["findings"]] == ["R7"]' "$T/stdout"


# What cannot be judged is said
make_diff header $prepared '/linux.fs\.h/i #include <linux/no_such.h>'
make_diff inside $prepared 's/^\tdesc->vm_ops = .*/&\n\tdesc->no_such = 1;/'
make_diff behind $prepared '$a int demo_wrong(void) { return demo_undeclared; }'
make_diff ends $prepared '$a static int demo_wrong(void) { return 1;'
make_diff hidden $prepared 's/^static int demo_held_mmap_prepare/#ifdef CONFIG_NOT_HERE\n&/; s/^static const struct file_op/#endif\n&/'
for bad in header inside behind ends hidden; do
	try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/$bad.diff"
	want_status "an error, $bad: status 3" 3
	want_message "an error, $bad: what and where" 'prepared\.c:[0-9]+: .*demo_held_mmap_prepare\(\) was .*prepared\.c:[0-9]+:[0-9]+: .*; mend that'
	want_message "an error, $bad: counted" '1 of 1 hooks count as not audited'
done
make_diff installs drivers/demo/fault.c '$a int demo_counts_elsewhere_prepare(struct vm_area_desc *desc);\nconst struct file_operations demo_more_fops = { .mmap_prepare = demo_counts_elsewhere_prepare };'
cat >"$T/elsewhere.diff" <<'X'
diff --git a/drivers/demo/demo_made.h b/drivers/demo/demo_made.h
new file mode 100644
--- /dev/null
+++ b/drivers/demo/demo_made.h
@@ -0,0 +1 @@
+#define DEMO_MADE(name) static const struct file_operations name##_fops = { .mmap_prepare = name##_mmap_prepare }
X
make_diff macro $prepared 's/^static const struct file_op.*/#include "demo_made.h"\nDEMO_MADE(demo_held);/; /^\.owner/d; /^\t\.mmap_prepare/d; /^\t\.owner/{N;N;d}; s/^\tdesc->vm_ops = .*/&\n\tdesc->end = 0;/'
cat "$T/elsewhere.diff" "$T/macro.diff" >"$T/made.diff"
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/made.diff"
want_status "a hook that a macro of a new header installs: status 1" 1
check "a hook that a macro of a new header installs: judged" grep -qE '^drivers/demo/prepared\.c:[0-9]+:8: R15 ' "$T/stdout"
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/installs.diff"
want_status "a hook that nobody defines is installed: status 3" 3
want_message "a hook that nobody defines is installed: says where" 'fault\.c:[0-9]+: what is put into file_operations.mmap_prepare'

# A callback in a file of its own, and a patch that changes nothing else.
apart=$T/apart demo=drivers/demo
copy_sample "$apart"
{
	sed -n '/^#include/p; /^struct demo_held {/,/^}/p' "$SAMPLE/$prepared"
	echo 'void demo_held_close(struct vm_area_struct *vma);'
	sed -n '/^static void demo_held_release/,/^}/p; /^static void demo_held_close/,/^}/p' "$SAMPLE/$prepared" | sed 's/^static void demo_held_close/void demo_held_close/'
} >"$apart/$demo/calls.c"
sed -i 's/^static void demo_held_close.*/void demo_held_close(struct vm_area_struct *vma);/; /^void demo_held_close/,/^}/{/^void/!d}' "$apart/$prepared"
cp "$apart/$demo/calls.c" "$T/calls.c"
# SED: what becomes of the callback
apart_diff()
{
	sed "$1" "$T/calls.c" >"$T/after.c"
	(cd "$T" && git diff --no-index --no-prefix -- calls.c after.c) |
		sed -E "s,^--- .*,--- a/$demo/calls.c,; s,^\+\+\+ .*,+++ b/$demo/calls.c,; s,^diff --git .*,diff --git a/$demo/calls.c b/$demo/calls.c," >"$T/apart.diff"
}
apart_diff '/if (held)/d'
try "$MMAPCONV" check -q -C "$apart" --diff "$T/apart.diff"
want_status "a callback of another file's hook: status 1" 1
check "a callback of another file's hook: judged" grep -qE '^drivers/demo/calls\.c:[0-9]+:[0-9]+: R3 close-without-mapped: ' "$T/stdout"
apart_diff 's/if (held)/if (held->no_such)/'
try "$MMAPCONV" check -q -C "$apart" --diff "$T/apart.diff"
want_status "a callback of another file's hook that does not compile: status 3" 3
want_message "a callback of another file's hook that does not compile: where" 'calls\.c:[0-9]+: .*demo_held_close\(\)'
apart_diff 's/if (held)/if (held != NULL)/'
try "$MMAPCONV" check -q -C "$apart" --json --diff "$T/apart.diff"
want_status "a callback of another file's hook, still right: status 0" 0
check "of other files' hooks those that it is of" "$PYTHON" -c '
import json, sys
assert [h["function"] for h in json.load(open(sys.argv[1]))["hooks"]] == ["demo_held_mmap_prepare"]' "$T/stdout"

from_stdin() { "${limit[@]}" "$MMAPCONV" check -q -C "$SAMPLE" --diff - <"$T/late.diff"; }
try from_stdin
want_status "--diff -: the same from standard input" 1
cat >"$T/added.diff" <<'X'
diff --git a/drivers/demo/added.c b/drivers/demo/added.c
new file mode 100644
--- /dev/null
+++ b/drivers/demo/added.c
@@ -0,0 +1,9 @@
+#include <linux/fs.h>
+
+static int demo_added(struct vm_area_desc *desc)
+{
+	desc->end = 0;
+	return 0;
+}
+
+static const struct file_operations demo_added_fops = { .mmap_prepare = demo_added };
X
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/added.diff"
want_status "a hook in a file that the patch adds: status 1, or 3 where no flags are known" 1 3
check "a hook in a file that the patch adds: judged, or named" bash -c \
	'grep -q "^drivers/demo/added\.c:5:8: R15 " "$1" || grep -q "drivers/demo/added\.c:.*demo_added()" "$2"' - \
	"$T/stdout" "$T/stderr"

# Patches that nobody should trust
printf -- '--- a/../../evil\n+++ b/../../evil\n@@ -0,0 +1 @@\n+x\n' >"$T/out.diff"
printf 'diff --git a/drivers/demo/l.c b/drivers/demo/l.c\nnew file mode 120000\n--- /dev/null\n+++ b/drivers/demo/l.c\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n' >"$T/link.diff"
sed 's/demo_held/demo_other/' "$T/comment.diff" >"$T/stale.diff"
: >"$T/empty.diff"
for bad in out stale empty missing; do
	try "$MMAPCONV" check -C "$SAMPLE" --diff "$T/$bad.diff"
	want_status "$bad.diff: status 3" 3
	want_message "$bad.diff: says why" "$bad\.diff"
done
try "$MMAPCONV" check -q -C "$SAMPLE" --diff "$T/link.diff"
want_status "a link is not followed: status 0" 0
try "$MMAPCONV" check -C "$SAMPLE"
want_status "check without a patch: status 2" 2
try "$MMAPCONV" scan -C "$SAMPLE" --diff "$T/late.diff"
want_status "scan --diff: status 2" 2
check "the tree is untouched, and nothing is left behind" bash -c '[ "$1" = "$2" ] && [ -z "$(ls -A "$3")" ] && [ ! -e "$3/../evil" ]' - \
	"$before" "$(tree_sum "$SAMPLE")" "$TMPDIR"
