#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A tree with hostile files: each is named where it costs something, and all the rest is done.
# Runs the sanitizer build: this is the input that finds memory errors.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

small_sample "$T/small"
SAMPLE=$T/small
bad=drivers/bad/bad.c

# NAME: run on $T/tree into $T/out; every handler of the sample must come out as it did without.
run_and_compare()
{
	try "$MMAPCONV_SAN" run -C "$T/tree" -o "$T/out"
	if [ ! -s "$T/out/inventory.json" ]; then
		tap_fail "$1: the rest is done" "no inventory; status $status" "$(tail -n 20 "$T/stderr")"
		return
	fi
	check "$1: the rest is done" "$PYTHON" - "$T/plain/inventory.json" "$T/out/inventory.json" <<-'PY'
	import json, sys
	old, new = ({h["id"]: h["outcome"] for h in json.load(open(p))["handlers"]} for p in sys.argv[1:])
	lost = {k: (v, new.get(k)) for k, v in old.items() if new.get(k) != v}
	print("changed by the bad file:", lost)
	sys.exit(bool(lost))
	PY
	want_whole "$1: results are whole" "$T/out"
	want_read_back "$1: report reads the inventory back" "$T/out"
}

# NAME FILE: is the file named, in a message or in the inventory's problems?
want_named()
{
	if grep -qF -- "$2" "$T/stderr" ||
	   "$PYTHON" -c 'import json, sys; sys.exit(sys.argv[2] not in [p["file"] for p in json.load(open(sys.argv[1]))["problems"]])' \
			"$T/out/inventory.json" "$2" 2>/dev/null; then
		tap_ok "$1"
	else
		tap_fail "$1" "$2 is named neither on standard error nor in problems" "$(tail -n 20 "$T/stderr")"
	fi
}

# A fresh copy of the tree, the folder of the bad file, and how the bad file is compiled: without
# a row of its own its flags are made up, and what was parsed with those is not converted.
fresh()
{
	chmod -R u+rwX "$T/tree" 2>/dev/null
	rm -rf "$T/tree" "$T/out"
	copy_sample "$T/tree"
	mkdir -p "$T/tree/drivers/bad"
	"$PYTHON" - "$T/tree/compile_commands.json" "$bad" <<-'PY'
	import json, sys
	path, bad = sys.argv[1:]
	rows = json.load(open(path))
	like = rows[0]
	rows.append({k: [a.replace(like["file"][:-2], bad[:-2]) for a in v] if k == "arguments" else v
	             for k, v in like.items()} | {"file": bad})
	json.dump(rows, open(path, "w"))
	PY
}

# A handler as a driver has it; FUNCTION names it, what comes in is put above it.
driver()
{
	cat <<-X
	// SPDX-License-Identifier: GPL-2.0-only
	#include <linux/fs.h>
	#include <linux/module.h>
	#include <linux/mm.h>

	$(cat)
	static int $1(struct file *file, struct vm_area_struct *vma)
	{
		vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
		return 0;
	}

	static const struct file_operations $1_fops = {
		.owner	= THIS_MODULE,
		.mmap	= $1,
	};

	int $1_register(void)
	{
		return register_chrdev(240, "bad", &$1_fops);
	}
	X
}
copy_sample "$T/tree"
try "$MMAPCONV_SAN" run -C "$T/tree" -o "$T/plain"
want_status "the sample tree without a bad file" 1

fresh
driver bad_mmap <<<"" >"$T/tree/$bad"
run_and_compare "good extra file"
want_inventory "good extra file: its handler is converted (the tests below build on it)" "$T/out" \
	"by_id['$bad:bad_mmap']['outcome'] == 'converted'"

fresh
driver bad_mmap <<<"" >"$T/tree/$bad"
chmod 000 "$T/tree/$bad"
if without_override cat "$T/tree/$bad" >/dev/null 2>&1; then
	tap_skip "unreadable file" "this user reads files whatever their mode"
else
	try without_override "$MMAPCONV_SAN" run -C "$T/tree" -o "$T/out"
	want_status "unreadable file: coverage was lost: status 3" 3
	want_message "unreadable file: named, with the reason" "$bad.*permission"
	want_inventory "unreadable file: the rest is done" "$T/out" \
		"len(handlers) >= len(__import__('json').load(open('$T/plain/inventory.json'))['handlers'])"
	chmod 644 "$T/tree/$bad"
	chmod 000 "$T/tree/drivers/bad"
	rm -rf "$T/out"
	try without_override "$MMAPCONV_SAN" scan -C "$T/tree" -o "$T/out"
	want_status "unreadable folder: coverage was lost: status 3" 3
	want_message "unreadable folder: named" "drivers/bad.*permission"
fi

fresh
{ driver bad_mmap <<<"static int broken(void) { return ((; }" ; echo 'struct { int'; } >"$T/tree/$bad"
run_and_compare "syntax error"
want_status "syntax error: status 1 or 3" 1 3
want_named "syntax error: the file is named" "$bad"
want_inventory "syntax error: its handler is not converted" "$T/out" \
	"by_id.get('$bad:bad_mmap', {}).get('outcome') != 'converted'"

fresh
driver bad_mmap < <(echo '/*'; yes 'filler filler filler filler filler filler' | head -c 20000000; echo '*/') >"$T/tree/$bad"
run_and_compare "20 MB file"
want_status "20 MB file: status 1 or 3" 1 3
want_inventory "20 MB file: its handler is found, or the file is listed" "$T/out" \
	"'$bad:bad_mmap' in by_id or '$bad' in [p['file'] for p in inv['problems']]"

fresh
driver bad_mmap < <(printf '/* Gr\xfc\xdfe, \xff\xfe, \xc3( */\n#define BAD_NAME "\xe9\\n"\n') >"$T/tree/$bad"
cp "$T/tree/$bad" "$T/latin1.c"
run_and_compare "not UTF-8"
want_status "not UTF-8: status 1" 1
want_inventory "not UTF-8: its handler is found and has an outcome" "$T/out" \
	"by_id['$bad:bad_mmap']['outcome'] in ('converted', 'failed')"
check "not UTF-8: git am takes the patches" git_am_all "$T/tree" "$T/out" "$T/repo-latin1"
if [ -e "$T/repo-latin1/$bad" ]; then
	# shellcheck disable=SC2016
	check "not UTF-8: the bytes are kept" bash -c \
		'diff <(grep -a -e Gr -e BAD_NAME "$1") <(grep -a -e Gr -e BAD_NAME "$2")' - "$T/latin1.c" "$T/repo-latin1/$bad"
fi

fresh
driver bad_mmap <<<'#include "bad.c"' >"$T/tree/$bad"
run_and_compare "a file that includes itself"
want_named "a file that includes itself: named" "$bad"

fresh
for i in $(seq 0 400); do
	printf '#include "deep%d.h"\n#include "deep%d.h"\n' $((i + 1)) $((i + 1)) >"$T/tree/drivers/bad/deep$i.h"
done
driver bad_mmap <<<'#include "deep0.h"' >"$T/tree/$bad"
SECONDS=0
run_and_compare "an #include that doubles at every level"
want_named "an #include that doubles at every level: named" "$bad"

fresh
driver bad_mmap <<<'#include "bad-fifo.h"' >"$T/tree/$bad"
mkfifo "$T/tree/drivers/bad/fifo.c" "$T/tree/drivers/bad/bad-fifo.h"
mkdir "$T/tree/drivers/bad/folder.c"
ln -s loop.c "$T/tree/drivers/bad/loop.c"
ln -s . "$T/tree/drivers/bad/circle"
ln -s /etc/passwd "$T/tree/drivers/bad/outside.c"
run_and_compare "FIFO, folder, symlink loops"
want_named "a FIFO as a header: the file that includes it is named" "$bad"

fresh
driver bad_mmap <<<"" | sed 's/VM_DONTDUMP/VM_DONTDUMP\x00/' >"$T/tree/$bad"
run_and_compare "NUL bytes"
want_status "NUL bytes: status 1 or 3" 1 3

fresh
name=$'drivers/bad/a b;touch pwned;$(touch pwned)\n\x1b[31m.c'
driver bad_mmap <<<"" >"$T/tree/$name"
(cd "$T" && try "$MMAPCONV_SAN" run -C tree -o out)
check "a file name with a command, a newline and an escape: nothing was run" test -z "$(find "$T" -name pwned)"
# shellcheck disable=SC2016
check "a file name with an escape: none reaches the terminal" bash -c '! grep -q $'"'"'\x1b\[31m'"'"' "$@"' - "$T/stdout" "$T/stderr"
check "a file name with a command: there is an inventory" test -s "$T/out/inventory.json"
