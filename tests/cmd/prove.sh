#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove: each verdict, files outside the tree, --self, --json, names that are none.
# shellcheck source=tests/run-lib.sh disable=SC2016	# $1 is the inner shell's
. "$(dirname "$0")/../run-lib.sh"

REMAP=drivers/demo/remap.c:demo_remap_mmap

# FILE: a copy outside the tree; each further argument is a sed expression.
outside()
{
	local file=$1 copy=$T/new/$1
	shift
	mkdir -p "$(dirname "$copy")"
	sed -E "${@/#/-e}" "$SAMPLE/$file" >"$copy"
}
# NAME STATUS VERDICT OLD NEW
verdict()
{
	try "$MMAPCONV" prove -q -C "$SAMPLE" "$4" "$5"
	want_status "$1: status $2" "$2"
	check "$1: the first word is $3" test "$(head -n 1 "$T/stdout")" = "$3"
}
# NAME REGEX: somewhere in what was printed, however the lines are broken
says()
{
	tr -s ' \n' ' ' <"$T/stdout" >"$T/flat"
	check "$1" grep -qE -- "$2" "$T/flat"
}

# what turns demo_remap_mmap() into a hook; names of its file's tables follow
hook=(
	's/demo_remap_mmap\(struct file \*file, struct vm_area_struct \*vma\)/demo_remap_mmap_prepare(struct vm_area_desc *desc)/'
	'/^static int demo_remap_mmap/,/^}/s/vma->vm_end - vma->vm_start/vma_desc_size(desc)/'
	'/^static int demo_remap_mmap/,/^}/s/vma->vm_pgoff/desc->pgoff/'
	'/^static int demo_remap_mmap/,/^}/s/vma->vm_page_prot/desc->page_prot/g'
	'/^static int demo_remap_mmap/,/^}/{s/return remap_pfn_range\(vma, vma->vm_start,/mmap_action_remap(desc, desc->start,/;s/size, desc->page_prot\)/size)/;s/^(\s+size\);)/\1\n\treturn 0;/}'
	's/\.mmap(\s*)= demo_remap_mmap,/.mmap_prepare = demo_remap_mmap_prepare,/'
)
new=$T/new/drivers/demo/remap.c:demo_remap_mmap_prepare

# The verdicts
verdict "a handler against itself" 0 equal "$REMAP" "$REMAP"
says "a handler against itself: names both" "old $REMAP new $REMAP"
outside drivers/demo/remap.c "${hook[@]}"
verdict "a right hook" 0 equal "$REMAP" "$new"
verdict "the other way round" 0 equal "$new" "$REMAP"
outside drivers/demo/remap.c "${hook[@]}" '/^static int demo_remap/,/^}/s/size > demo_ram.size/size >= demo_ram.size/'
verdict "a bound off by one" 1 differs "$REMAP" "$new"
says "a bound off by one: the request" 'request .*(size|pgoff)='
says "a bound off by one: what the handler does" 'with old .*-EINVAL'
says "a bound off by one: what the hook does" 'with new [^ ]'
outside drivers/demo/remap.c "${hook[@]}" '/^static int demo_remap/,/^}/s/offset >= demo_ram.size/offset > demo_ram.size/'
verdict "a bound that the other check makes up for" 0 equal "$REMAP" "$new"
outside drivers/demo/remap.c "${hook[@]}" '/^static int demo_remap/,/^}/s/-EINVAL/-ENXIO/'
verdict "another errno" 1 differs "$REMAP" "$new"
says "another errno: both" 'with old .*-EINVAL with new .*-ENXIO'
outside drivers/demo/remap.c "${hook[@]}" '/^static int demo_remap/,/^}/s/^(\tif \(offset)/\tvma_desc_set_flags(desc, VMA_DONTCOPY_BIT);\n\1/'
verdict "a flag more" 1 differs "$REMAP" "$new"
says "a flag more: it is named" 'VM_DONTCOPY'
verdict "two handlers" 1 differs "$REMAP" drivers/demo/remap.c:demo_window_mmap
verdict "what goes through a pointer" 3 unknown drivers/demo/dispatch.c:demo_ops_mmap drivers/demo/dispatch.c:demo_ops_mmap
says "what goes through a pointer: where and why" 'reason drivers/demo/dispatch\.c:[0-9]+: .*demo_chip_ops\.mmap'
outside drivers/demo/remap.c "${hook[@]}" '/^static int demo_remap/,/^}/s/^(\tif \(offset)/\tdemo_no_such_thing(;\n\1/'
verdict "a file that does not compile" 3 unknown "$REMAP" "$new"
says "a file that does not compile: where" 'reason [^ ]*/new/drivers/demo/remap\.c:[0-9]+: code that does not compile'
outside drivers/demo/remap.c "${hook[@]}" '$s/$/\nstruct no_such_thing demo_spoilt;/'
verdict "an error elsewhere in the file" 3 unknown "$REMAP" "$new"
says "an error elsewhere in the file: says so" 'reason it was read with 1 error on x86_64, the first: drivers/demo/remap\.c:[0-9]+'

# two handlers, each of which looks at the array's length itself
outside drivers/demo/pages.c '$s/$/\nint demo_few_mmap(struct file *file, struct vm_area_struct *vma);\nint demo_few_mmap(struct file *file, struct vm_area_struct *vma)\n{\n\treturn vm_map_pages(vma, (struct page **)file->private_data, 3);\n}\nint demo_more_mmap(struct file *file, struct vm_area_struct *vma);\nint demo_more_mmap(struct file *file, struct vm_area_struct *vma)\n{\n\treturn vm_map_pages(vma, (struct page **)file->private_data, 4);\n}/'
pages=$T/new/drivers/demo/pages.c
verdict "an array that is longer" 1 differs "$pages:demo_few_mmap" "$pages:demo_more_mmap"
verdict "an array that is as long" 0 equal "$pages:demo_few_mmap" "$pages:demo_few_mmap"

# a table of the file that both look at: 4096 here, and there what the macro says
table=(
	's/^static const struct demo_ram demo_ram.*/&\n#define DEMO_MOST 8192\nstatic const unsigned long demo_limits[] = { 4096, DEMO_MOST };/'
	'/^static int demo_remap_mmap/,/^}/s/^\t\/\* The mapping ends.*/\tif (size > demo_limits[offset >> PAGE_SHIFT \& 1])\n\t\treturn -EINVAL;/'
)
outside drivers/demo/remap.c "${table[@]}"
mkdir -p "$T/old/drivers/demo"
mv "$T/new/drivers/demo/remap.c" "$T/old/drivers/demo/remap.c"
old=$T/old/drivers/demo/remap.c:demo_remap_mmap
outside drivers/demo/remap.c "${table[@]}" "${hook[@]}"
verdict "a table of the file" 0 equal "$old" "$new"
outside drivers/demo/remap.c "${table[@]}" "${hook[@]}" 's/DEMO_MOST 8192/DEMO_MOST 4096/'
verdict "a table with another value behind a macro" 3 unknown "$old" "$new"
says "a table with another value: which, and where" 'reason [^ ]*remap\.c:[0-9]+: demo_limits is not known to be initialised with the same for both'
outside drivers/demo/remap.c "${table[@]}" "${hook[@]}" 's/base = 0xc0000000/base = 0xd0000000/'
verdict "a record with another value" 3 unknown "$old" "$new"
outside drivers/demo/remap.c "${table[@]}" "${hook[@]}" 's/static const unsigned long demo_limits/static unsigned long demo_limits/'
verdict "a table that can be written to" 3 unknown "$old" "$new"
outside drivers/demo/remap.c "${table[@]}" "${hook[@]}" 's/demo_remap_fops = \{/&\n\t.llseek = NULL,/'
verdict "what nobody looks at" 0 equal "$old" "$new"

# equal-but: what convert makes of a handler whose state moves, read from where it was applied
try "$MMAPCONV" convert -q -C "$SAMPLE" -o "$T/out" drivers/demo/state.c:demo_count_mmap
cp -r "$SAMPLE" "$T/applied"
(cd "$T/applied" && cat "$T"/out/patches/*.patch | patch -s -p1)
COUNT=drivers/demo/state.c:demo_count_mmap
verdict "state that moves" 0 equal-but "$COUNT" "$T/applied/${COUNT}_prepare"
says "state that moves: the kind, its sentence, where" '- state-in-mapped \(line [0-9]+\): what the handler left behind'

# A handler that hands its mapping on to one of another file, which moves in the same patch.
try "$MMAPCONV" convert -q -C "$SAMPLE" -o "$T/peers-out" drivers/demo/share_user.c drivers/demo_share
cp -r "$SAMPLE" "$T/peers"
(cd "$T/peers" && cat "$T"/peers-out/patches/*.patch | patch -s -p1)
old_tree=$SAMPLE USER=drivers/demo/share_user.c SHARE=drivers/demo_share/core.c DECLARED=include/linux/demo_share.h
# NAME VERDICT REGEX [FILE SED]...: with what a sed expression makes of a file; "-": the file is left out
together()
{
	local name=$1 verdict=$2 regex=$3 dir=$T/together file list=$USER$'\t'demo_user_mmap$'\t'demo_user_mmap_prepare
	shift 3
	rm -rf "$dir"
	mkdir -p "$dir"
	(cd "$T/peers" && cp --parents -t "$dir" "$USER" "$SHARE" "$DECLARED")
	while [ $# -gt 1 ]; do
		if [ "$2" = - ]; then
			rm "$dir/$1"
		else
			cp "$dir/$1" "$T/before"
			sed -i -E "$2" "$dir/$1"
			check "$name: the file changes" bash -c '! cmp -s "$1" "$2"' - "$dir/$1" "$T/before"
		fi
		shift 2
	done
	for file in "$USER" "$SHARE" "$DECLARED"; do
		[ ! -f "$dir/$file" ] || list+=$'\t'$file=$dir/$file
	done
	"$BUILD/san/prove-batch" "$old_tree" <<<"$list" >"$T/answer"
	check "$name: $verdict" grep -qE "^$verdict"$'\t'".*$regex" "$T/answer"
}
together "handed on" equal ''
together "handed on, a bound off by one there" differs '-EINVAL' "$SHARE" '/^int demo_share_mmap_prepare/,/^}/s/size > share/size >= share/'
together "handed on, another pfn there" differs 'pfn' "$SHARE" '/^int demo_share_mmap_prepare/,/^}/s/share->pfn/share->pfn + 1/'
together "handed on, a count there" differs 'size = ' "$SHARE" \
	'/^int demo_share_mmap_prepare/,/^}/s/^(\s*)mmap_action_remap/\1share->size++;\n&/'
# The handler takes a reference, and so does the hook: that stays where the mapping fails.
cp -r "$SAMPLE" "$T/taking"
sed -i -E '/^int demo_share_mmap\(/,/^}/s/^\treturn remap/\tget_page(pfn_to_page(share->pfn));\n&/' "$T/taking/$SHARE"
old_tree=$T/taking
together "handed on, a reference left there" differs 'R1' "$SHARE" \
	'/^int demo_share_mmap_prepare/,/^}/s/^\tmmap_action_remap/\tget_page(pfn_to_page(share->pfn));\n&/'
old_tree=$SAMPLE
together "handed on, a flag of the caller's gone" differs 'vm_flags' "$USER" '/vma_desc_clear_flags/d'
together "handed on, a check of the caller's gone" differs '-EPERM' "$USER" '/VMA_EXEC_BIT/,+1d'
together "handed on, to another" differs '' "$USER" 's/demo_share_mmap_prepare\(desc/demo_share_plain_mmap_prepare(desc/'
together "handed on, not the last thing done" unknown 'demo_share_mmap_prepare\(\), which is not modelled' "$USER" \
	's/^\treturn demo_share_mmap_prepare\(desc\);/\tint ret = demo_share_mmap_prepare(desc);\n\n\tdesc->pgoff++;\n\treturn ret;/'
together "handed on, to nobody who is there" unknown 'demo_share_mmap_prepare' "$SHARE" 's/^int demo_share_mmap_prepare/int demo_share_gone/'

# --json says the same
outside drivers/demo/remap.c "${hook[@]}" '/^static int demo_remap/,/^}/s/-EINVAL/-ENXIO/'
for pair in "equal $REMAP $REMAP" "differs $REMAP $new" "equal-but $COUNT $T/applied/${COUNT}_prepare" \
	"unknown drivers/demo/dispatch.c:demo_ops_mmap drivers/demo/dispatch.c:demo_ops_mmap"; do
	read -r word old other <<<"$pair"
	try "$MMAPCONV" prove -q --json -C "$SAMPLE" "$old" "$other"
	check "--json, $word: consistent" "$PYTHON" - "$T/stdout" "$word" "$old" "$other" <<-'PY'
	import json, sys
	doc, (word, old, new) = json.load(open(sys.argv[1])), sys.argv[2:]
	assert set(doc) == {"verdict", "differences", "witness", "reason", "line", "line_of", "questions", "undecided",
			    "old", "new", "arch"}, doc
	assert doc["verdict"] == word and doc["old"] == old and doc["new"] == new and doc["arch"] == "x86_64", doc
	assert bool(doc["differences"]) == (word == "equal-but"), doc
	assert all(set(d) == {"kind", "text", "line", "detail"} for d in doc["differences"])
	assert (doc["witness"] is not None) == (word == "differs"), doc
	assert not doc["witness"] or all(doc["witness"][k] for k in ("request", "old", "new"))
	assert (doc["reason"] is not None) == (word == "unknown"), doc
	assert not doc["line"] or doc["line_of"] in ("old", "new")
	PY
done

# A file outside is never taken for the tree's, nor kept as one.
outside drivers/demo/remap.c '/^static int demo_remap/,/^}/s/-EINVAL/-ENXIO/'
other=$T/new/$REMAP
verdict "the same name outside" 1 differs "$REMAP" "$other"
verdict "the same name outside, the other way round" 1 differs "$other" "$REMAP"
verdict "the tree's own, after that" 0 equal "$REMAP" "$REMAP"
verdict "outside against itself" 0 equal "$other" "$other"
(cd "$T/new" && "$MMAPCONV" prove -q -C "$SAMPLE" "$REMAP" "./$REMAP" >"$T/relative")
check "a path of the tree is the tree's, wherever one stands" test "$(head -n 1 "$T/relative")" = equal
(cd "$T/new/drivers" && "$MMAPCONV" prove -q -C "$SAMPLE" "$REMAP" demo/remap.c:demo_remap_mmap >"$T/relative")
check "a path that the tree has not is seen from here" test "$(head -n 1 "$T/relative")" = differs
ln -s "$SAMPLE/drivers" "$T/link"
verdict "a link into the tree" 0 equal "$REMAP" "$T/link/demo/remap.c:demo_remap_mmap"
verdict "the tree's absolute path" 0 equal "$REMAP" "$SAMPLE/$REMAP"

# --self
try "$MMAPCONV" prove -q -C "$SAMPLE" --self
cp "$T/stdout" "$T/self"
want_status "--self, some unknown: status 3" 3
check "--self: nothing differs from itself" bash -c '! grep -E "^(differs|equal-but) " "$1"' - "$T/self"
try "$MMAPCONV" scan -q --json -C "$SAMPLE"
check "--self: every handler once, and the sum" "$PYTHON" - "$T/stdout" "$T/self" <<'PY'
import json, re, sys
ids = sorted(h["id"] for h in json.load(open(sys.argv[1]))["handlers"])
*lines, blank, total = open(sys.argv[2]).read().splitlines()
rows = [re.match(r"(equal|unknown) +([^ :]+:\w+)(: .+)?$", l) for l in lines]
assert all(rows) and sorted(r[2] for r in rows) == ids
assert all(bool(r[3]) == (r[1] == "unknown") for r in rows)
nr = sum(r[1] == "equal" for r in rows)
assert total == f"{len(ids)} handlers: {nr} equal, 0 equal-but, 0 differs, {len(ids) - nr} unknown", total
assert nr > 55, nr
PY
try "$MMAPCONV" prove -q -j 1 --no-cache -C "$SAMPLE" --self
check "--self, -j 1, without the cache: the same bytes" diff "$T/self" "$T/stdout"
try "$MMAPCONV" prove -q -C "$SAMPLE" --self drivers/demo/remap.c:demo_window_mmap fs/demofs/file.c
want_status "--self of some: status 0" 0
check "--self of some: those" test "$(grep -c '^equal ' "$T/stdout")" = "$(grep -cE '^equal +(fs/demofs/file\.c:|drivers/demo/remap\.c:demo_window)' "$T/self")"
try "$MMAPCONV" prove -q --json -C "$SAMPLE" --self fs/demofs/file.c
check "--self --json: handlers and totals" "$PYTHON" -c '
import json, sys
doc = json.load(open(sys.argv[1]))
assert doc["totals"]["equal"] == len(doc["handlers"]) > 1 and doc["totals"]["unknown"] == 0
assert any(h["questions"] for h in doc["handlers"]) and not any(h["undecided"] for h in doc["handlers"])' "$T/stdout"
try "$MMAPCONV" prove -C "$SAMPLE" --self fs/demofs/file.c
want_message "--self: how often Z3 was asked" \
	'Z3 was asked [0-9]+ questions and did not decide 0; processor time: median [0-9.]+ ms, 99 % below [0-9.]+ ms, at most [0-9.]+ ms'
try "$MMAPCONV" prove -C "$SAMPLE" --self no/such.c
want_status "--self of what is not there: status 2" 2

# Names that are none: status 2, one sentence, nothing else
refused()	# NAME REGEX ARGUMENT...
{
	local name=$1 regex=$2
	shift 2
	try "$MMAPCONV" prove -C "$SAMPLE" "$@"
	want_status "$name: status 2" 2
	want_message "$name: says so" "$regex"
	check "$name: prints nothing else" test ! -s "$T/stdout"
}
refused "no name" 'takes two functions, not 0'
refused "one name" 'takes two functions, not 1' "$REMAP"
refused "three names" 'takes two functions, not 3' "$REMAP" "$REMAP" "$REMAP"
refused "a file alone" 'names no function; prove takes two' drivers/demo/remap.c "$REMAP"
refused "a function alone" 'names no function; prove takes two' "$REMAP" :demo_remap_mmap
refused "half a name" 'names no function; prove takes two' "$REMAP" drivers/demo/remap.c:
refused "a line" 'names no function; prove takes two' "$REMAP" drivers/demo/remap.c:17
refused "a slip in the name" 'demo_remap_map names no function .*; did you mean drivers/demo/remap\.c:demo_remap_mmap' \
	"$REMAP" drivers/demo/remap.c:demo_remap_map
refused "a slip in the file" 'there is no file drivers/demo/remmap\.c.*; did you mean' "$REMAP" drivers/demo/remmap.c:demo_remap_mmap
refused "no handler" 'no handler and no hook: it takes neither' drivers/demo/prepared.c:demo_held_release "$REMAP"
refused "a header" 'only functions of \.c files' "$REMAP" include/linux/mm.h:vma_pages
mkdir -p "$T/away/drivers/demo" "$T/new/drivers/demo/dir.c"
cp "$SAMPLE/drivers/demo/remap.c" "$T/away/elsewhere.c"
refused "a file that stands for none" "$T/away/elsewhere.c lies outside the tree, and no end of its path is a file of" \
	"$REMAP" "$T/away/elsewhere.c:demo_remap_mmap"
refused "no such function there" "$T/new/drivers/demo/remap.c:demo_gone names no function" \
	"$REMAP" "$T/new/drivers/demo/remap.c:demo_gone"
mkfifo "$T/away/drivers/demo/remap.c"
refused "a pipe" 'is no regular file' "$REMAP" "$T/away/$REMAP"
rm "$T/away/drivers/demo/remap.c"
truncate -s 1G "$T/away/drivers/demo/remap.c"
refused "a huge file" 'is larger than 16 MiB' "$REMAP" "$T/away/$REMAP"
rm "$T/away/drivers/demo/remap.c"
refused "a folder" 'is no regular file' "$REMAP" "$T/new/drivers/demo/dir.c:demo_remap_mmap"
try "$MMAPCONV" scan -C "$SAMPLE" --self
want_status "scan --self: status 2" 2
try "$MMAPCONV" prove -C "$SAMPLE" -o "$T/x" "$REMAP" "$REMAP"
want_status "prove writes nothing: no -o" 2
