#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Hand-finished patches: what hand says of them, what convert, run and series make of them, and what is refused.
# shellcheck disable=SC2016	# bash -c with arguments
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

SHELF=$ROOT/tests/shelf
export SOURCE_DATE_EPOCH=1800000000		# 2027-01-15
export TMPDIR=$T/tmp
mkdir "$TMPDIR"

# A checkpatch that has nothing to say, or one thing of each patch: $T/tree/scripts/finding.
small_sample "$T/tree"
cat >"$T/tree/scripts/checkpatch.pl" <<-'X'
	#!/usr/bin/perl
	use FindBin;
	exit 0 if grep { $_ eq "-f" } @ARGV;
	if (open my $f, "<", "$FindBin::Bin/finding") { print <$f>; exit 1 }
	exit 0;
X
tree=$T/tree
before=$(tree_sum "$tree")

# FILE KEY=VALUE…: a shelf's metadata with other members; a VALUE is JSON
edit()
{
	"$PYTHON" - "$@" <<-'PY'
	import json, sys
	meta = json.load(open(sys.argv[1]))
	for change in sys.argv[2:]:
	    key, _, value = change.partition("=")
	    at = meta
	    *path, last = key.split(".")
	    for k in path:
	        at = at[int(k) if k.isdigit() else k]
	    at[last] = json.loads(value)
	json.dump(meta, open(sys.argv[1], "w"))
	PY
}
new_shelf() { rm -rf "$T/shelf" && cp -r "$SHELF" "$T/shelf"; }
hand() { try "$MMAPCONV" hand -q -C "$tree" --shelf "$T/shelf" "$@"; }

schema()
{
	"$PYTHON" - "$ROOT/conversions/shelf/shelf.schema.json" "$@" <<-'PY'
	import json, jsonschema, sys
	schema = json.load(open(sys.argv[1]))
	jsonschema.Draft7Validator.check_schema(schema)
	bad = [f"{f}: {e.message}" for f in sys.argv[2:] for e in jsonschema.Draft7Validator(schema).iter_errors(json.load(open(f)))]
	print("\n".join(bad))
	sys.exit(bool(bad))
	PY
}
mapfile -t metas < <(find "$SHELF" "$ROOT/conversions/linux-7.3" -name '*.json' | sort)
check "the metadata of all shelves matches the schema" schema "${metas[@]}"

# list
new_shelf
hand
want_status "list: status 0" 0
check "list: each with number, kind, claim, and that it applies" bash -c '
	grep -E "^0001  fix          -          yes " "$1" && grep -E "^0002  conversion   equal-but  yes " "$1" &&
	grep -E "^0010  core         -          yes " "$1" && grep -E "^0011  conversion   unknown    yes " "$1"' - "$T/stdout"
check "list: 80 columns" bash -c '! grep -nE "^.{81}" "$1"' - "$T/stdout"
hand list 11 --json
check "list NNNN --json" "$PYTHON" -c '
import json, sys
p, = json.load(open(sys.argv[1]))["patches"]
assert p["name"] == "0011-demo-flags-mask" and p["applies"] == "yes", p
assert p["handlers"][0]["hook"] == "demo_mask_mmap_prepare", p' "$T/stdout"

# check
try "$MMAPCONV_SAN" hand -q -C "$tree" --shelf "$SHELF" check
want_status "check: status 0" 0
cp "$T/stdout" "$T/checked"
check "check: a line each, with the verdict" bash -c '
	[ "$(grep -c ": ok: applies, compiles, checkpatch, audit" "$1")" = 4 ] && grep -q "^0002-.*; equal-but$" "$1" &&
	grep -q "^0011-.*; unknown$" "$1" && grep -q "^4 of 4 are as claimed" "$1"' - "$T/checked"
hand -j 1 --no-cache check 0002-demo-state-kref-in-mapped.patch 0011
check "check of two: what they stand on comes along and has no line" bash -c 'diff <(grep -E "^00(02|11)" "$1") <(grep ^00 "$2")' - "$T/checked" "$T/stdout"
check "the tree is untouched" test "$(tree_sum "$tree")" = "$before"

edit "$T/shelf/0002-demo-state-kref-in-mapped.json" 'handlers.0.proof="equal"'
hand check 2
want_status "check: proves less than it claims: status 1" 1
check "… says both" grep -q 'not as claimed: proof: its metadata claims .* is equal, .* says equal-but: state-in-mapped' "$T/stdout"
edit "$T/shelf/0002-demo-state-kref-in-mapped.json" 'handlers.0.proof="unknown"'
hand check 2
want_status "check: proves more than it claims: status 1" 1
check "… says both" grep -q 'is claimed to be unknown, and the proof says equal-but: state-in-mapped' "$T/stdout"
edit "$T/shelf/0002-demo-state-kref-in-mapped.json" 'handlers.0.proof="equal-but"' 'handlers.0.why="prot-in-vma"'
hand check 2
want_status "check: another difference than it names: status 1" 1

new_shelf
echo 'x.patch:1: WARNING:FILE_PATH_CHANGES: added file(s)' >"$tree/scripts/finding"
hand check
want_status "check: checkpatch finds something: status 1" 1
check "… of those whose metadata does not know it" bash -c '
	grep -q "^0001-.*: not as claimed: checkpatch: .*FILE_PATH_CHANGES" "$1" && grep -q "^0010-.*: ok: " "$1"' - "$T/stdout"
echo 'x.patch:1: CHECK:SPACING: a space' >"$tree/scripts/finding"
hand check 11
want_status "check: a CHECK counts: status 1" 1
rm "$tree/scripts/finding"
mv "$tree/scripts/checkpatch.pl" "$T/checkpatch.pl"
hand check 1
want_status "check without checkpatch: status 3" 3
check "… says that it could not be looked at" grep -q '^0001-.*: not seen: .*checkpatch.pl' "$T/stdout"
mv "$T/checkpatch.pl" "$tree/scripts/checkpatch.pl"

# the audit of what the patches change, with all of them applied
new_shelf
cp -r "$tree" "$T/audit" && rm -f "$T/audit/scripts/finding"
git -C "$T/audit" init -q && git -C "$T/audit" add -A -f && git -C "$T/audit" commit -q -m 'as it is'
echo 'const struct file_operations demo_new_fops = { .owner = THIS_MODULE, .mmap = demo_flags_mmap, };' >>"$T/audit/drivers/demo/flags.c"
git -C "$T/audit" commit -q -a -m 'demo-flags: one more table'
git -C "$T/audit" format-patch -q -1 --stdout --full-index --no-signature --zero-commit >"$T/shelf/0012-demo-flags-table.patch"
cp "$T/shelf/0001-demo-state-refuse-an-offset.json" "$T/shelf/0012-demo-flags-table.json"
edit "$T/shelf/0012-demo-flags-table.json" 'handlers=[]' 'questions=[]' 'differences=[]' 'prerequisites=["0011-demo-flags-mask"]'
hand check
want_status "check: a rule of the audit is broken: status 1" 1
check "… said of the patch that breaks it, and of no other" bash -c '
	grep -q "^0012-demo-flags-table: not as claimed: audit: drivers/demo/flags.c:[0-9]*: mmap new-legacy-user: demo_new_fops installs" "$1" &&
	[ "$(grep -c ": ok: applies, compiles, checkpatch, audit" "$1")" = 4 ]' - "$T/stdout"
edit "$T/shelf/0012-demo-flags-table.json" 'verified.audit="new-legacy-user: it is what is tested"'
check "a known finding's metadata matches the schema" schema "$T/shelf/0012-demo-flags-table.json"
hand check 12
want_status "check: a known finding: status 0" 0
edit "$T/shelf/0012-demo-flags-table.json" 'verified.audit="new-legacy: it is another one"'
hand check 12
want_status "check: another one is known: status 1" 1
hand check 11
want_status "check of another patch: status 0" 0

# judged by hand: what no patch converts
judge()	# FILE HANDLER [HASH]: a judgement, with the hash of what the tree has
{
	local hash=${3:-}
	[ -n "$hash" ] || hash=$(text_of "$2")
	cat >"$1" <<-J
	{ "schema": "mmapconv-shelf-1", "kind": "judged", "handler": "$2", "needs": ["an action that asks the driver for its pages"],
	  "why": "Its pages are made when it is mapped.", "rules": ["R1"], "read": [{ "function": "$2", "text": "$hash" }],
	  "verified": { "release": "7.3.0-sample", "date": "2026-11-22" }, "remarks": ["A remark."] }
	J
}
text_of()	# HANDLER: what hand says of a judgement of other code
{
	rm -rf "$T/probe" && mkdir "$T/probe" && judge "$T/probe/0900-x.json" "$1" 00000000000000000000000000000000 || return 1
	"$MMAPCONV" hand -q -C "$tree" --shelf "$T/probe" --json list 2>&1 | sed -nE 's/.*its text is ([0-9a-f]{32}),.*/\1/p'
}
track=drivers/demo/state.c:demo_track_mmap
new_shelf
judge "$T/shelf/0900-track.json" $track
check "a judgement's metadata matches the schema" schema "$T/shelf/0900-track.json"
hand
want_status "judged: list: status 0" 0
check "judged: list says what it waits for, and that the code is what was read" bash -c '
	grep -E "^0900  judged       core       yes     waits for an action that asks the driver" "$1" && grep -qx "4 of 4 apply to Linux .*" "$1" &&
	grep -qx "1 of 1 judged handlers are what was read" "$1" && ! grep -nE "^.{81}" "$1"' - "$T/stdout"
hand list 0900-track.json --json
check "judged: list --json" "$PYTHON" -c '
import json, sys
o = json.load(open(sys.argv[1]))
j, = o["judged"]
assert not o["patches"] and j["name"] == "0900-track" and j["applies"] == "yes" and j["needs"], o' "$T/stdout"
hand check 900
want_status "judged: check: status 0" 0
check "… and its line" grep -qx '0900-track: ok: drivers/demo/state.c:demo_track_mmap waits for an action that asks the driver for its pages' "$T/stdout"
try "$MMAPCONV_SAN" convert -C "$tree" --shelf "$T/shelf" -o "$T/judged" drivers/demo/state.c
want_inventory "judged: verdict core, with what it waits for and why" "$T/judged" '
by_id["drivers/demo/state.c:demo_track_mmap"]["verdict"] == by_id["drivers/demo/state.c:demo_track_mmap"]["outcome"] == "core"
and "an action that asks the driver for its pages" in by_id["drivers/demo/state.c:demo_track_mmap"]["needs"]
and [r["text"] for r in by_id["drivers/demo/state.c:demo_track_mmap"]["reasons"] if r["code"] == "judged"] == ["Its pages are made when it is mapped."]
and [(j["name"], j["state"], j["message"]) for j in inv["judged"]] == [("0900-track", "taken", None)]
and [u["waiting"] for u in inv["unlocks"]["order"] if u["name"] == "an action that asks the driver for its pages"] == [1]'
check "judged: the inventory matches its schema" "$PYTHON" "$ROOT/tests/validate-inventory" "$T/judged/inventory.json"
check "judged: the terminal counts it" grep -qx 'judged by hand to need an API: 1 handler' "$T/stdout"
want_read_back "judged: report reads the inventory back" "$T/judged"
check "judged: report.md has it with its remark" bash -c '
	grep -q "^## Judged by hand to need an API (1)" "$1" && grep -q "^- .*demo_track_mmap.* (taken, .*0900-track" "$1" && grep -q "^  - A remark\." "$1"' - \
	"$T/judged/report/report.md"
try "$MMAPCONV" convert -q -C "$tree" --no-shelf -o "$T/judged" drivers/demo/state.c
want_inventory "--no-shelf: no judgement" "$T/judged" '
not inv["judged"] and by_id["drivers/demo/state.c:demo_track_mmap"]["outcome"] == "assisted"'

# of other code it says nothing; a comment and a line above are no code
cp -r "$tree" "$T/other"
sed -i '1a\\' "$T/other/drivers/demo/state.c"
sed -i '/^static int demo_track_mmap/,/^}/s,^{,{\t/* Why. */,' "$T/other/drivers/demo/state.c"
try "$MMAPCONV" hand -q -C "$T/other" --shelf "$T/shelf" list 900
want_status "judged: a comment more is the same code" 0
sed -i '/^static int demo_track_mmap/,/^}/s,GFP_KERNEL,GFP_NOWAIT,' "$T/other/drivers/demo/state.c"
! cmp -s "$T/other/drivers/demo/state.c" "$tree/drivers/demo/state.c" || tap_fail "other code" "nothing was changed"
try "$MMAPCONV" hand -q -C "$T/other" --shelf "$T/shelf" list 900
want_status "judged: other code: list: status 1" 1
check "… says what changed, with the hash" bash -c '
	tr -s "\n " " " <"$1" | grep -qE "demo_track_mmap\(\) of drivers/demo/state.c is not what was judged: its text is [0-9a-f]{32}, and "' - "$T/stdout"
try "$MMAPCONV" hand -q -C "$T/other" --shelf "$T/shelf" -o "$T/fresh-judged" refresh 900
want_status "judged: other code: refresh: status 1" 1
check "… writes nothing" test ! -e "$T/fresh-judged/0900-track.json"
try "$MMAPCONV" convert -q -C "$T/other" --shelf "$T/shelf" -o "$T/judged" drivers/demo/state.c
want_message "judged: other code: convert says so" 'warning: .*demo_track_mmap: 0900-track is not used: demo_track_mmap\(\) of .* is not what was judged'
want_inventory "… and the handler is as it was" "$T/judged" '
by_id["drivers/demo/state.c:demo_track_mmap"]["outcome"] == "assisted"
and not by_id["drivers/demo/state.c:demo_track_mmap"]["needs"] and inv["judged"][0]["state"] == "changed"'
hand -o "$T/fresh-judged" refresh 900
want_status "judged: refresh: status 0" 0
check "… the same, with today's date" "$PYTHON" - "$T/shelf/0900-track.json" "$T/fresh-judged/0900-track.json" <<'PY'
import json, sys
old, new = (json.load(open(f)) for f in sys.argv[1:])
assert new.pop("verified") == {"release": "7.3.0-sample", "date": "2027-01-15"}, new
old.pop("verified")
assert old == new, new
PY

# what cannot be: a rule that converts it, a patch that does, an API that nobody knows
new_shelf
judge "$T/shelf/0900-flags.json" drivers/demo/flags.c:demo_flags_mmap
try "$MMAPCONV" convert -q -C "$tree" --shelf "$T/shelf" -o "$T/judged" drivers/demo/flags.c
want_inventory "judged, and a rule would convert it: failed" "$T/judged" '
by_id["drivers/demo/flags.c:demo_flags_mmap"]["conversion"]["stage"] == "shelf"
and "a rule would convert it" in by_id["drivers/demo/flags.c:demo_flags_mmap"]["conversion"]["message"]
and by_id["drivers/demo/flags.c:demo_mod_mmap"]["outcome"] == "converted"'
hand check 900
want_status "… check: status 1" 1
judge "$T/shelf/0900-flags.json" drivers/demo/flags.c:demo_mask_mmap
try "$MMAPCONV" convert -q -C "$tree" --shelf "$T/shelf" -o "$T/judged" drivers/demo/flags.c
want_status "judged, and a patch converts it: status 3" 3
want_message "… names the patch" '0011-demo-flags-mask converts drivers/demo/flags.c:demo_mask_mmap: remove one of the two'
want_inventory "… and the patch converts it" "$T/judged" 'by_id["drivers/demo/flags.c:demo_mask_mmap"]["outcome"] == "hand"'
new_shelf
judge "$T/shelf/0900-track.json" $track
edit "$T/shelf/0900-track.json" 'needs=["an action for everything"]'
hand list 900
want_status "judged, with an unknown API: status 3" 3
want_message "… is named" '0900-track.json: "needs": "an action for everything" is nothing that handlers wait for'
hand check 900
check "… and could not be looked at" grep -q '^0900-track: not seen: ' "$T/stdout"

# run: hand-finished first, the rest on top, everything counted
try "$MMAPCONV" run -q --unproved -j 1 -C "$tree" --shelf "$SHELF" -o "$T/out"
want_status "run: status 0 or 1" 0 1
cp "$T/stdout" "$T/run.stdout"
want_inventory "run: handlers of the shelf are hand, others of their files are converted" "$T/out" '
by_id["drivers/demo/state.c:demo_kref_mmap"]["outcome"] == "hand"
and by_id["drivers/demo/flags.c:demo_mask_mmap"]["outcome"] == "hand"
and by_id["drivers/demo/state.c:demo_count_mmap"]["outcome"] == "converted"
and by_id["drivers/demo/flags.c:demo_flags_mmap"]["outcome"] == "converted"
and [h["state"] for h in inv["hand"]] == ["applied"] * 4
and by_id["drivers/demo/flags.c:demo_mask_mmap"]["conversion"]["prerequisites"] == [inv["hand"][2]["patch"]]'
check "run: the inventory matches its schema" "$PYTHON" "$ROOT/tests/validate-inventory" "$T/out/inventory.json"
want_whole "run: results are whole" "$T/out"
want_read_back "run: report reads the inventory back" "$T/out"
check "run: the hand-finished come first" bash -c 'ls "$1" | head -n 4 | grep -c "^000[1-4]-demo-state\|^0003-mm\|^0004-demo-flags-replace-deprecated-demo_mask" | grep -qx 4' - "$T/out/patches"
check "run: the terminal counts them" grep -q 'hand-finished patches: 4 applied, for 2 handlers; 0 failed' "$T/run.stdout"
check "run: report.md names them and what cannot be proved" bash -c '
	grep -q "Hand-finished patches (4)" "$1" && grep -q "check contract: unproved (not proved: .*a person read it: " "$1"' - "$T/out/report/report.md"
check "run: git am takes all patches on the pristine tree" git_am_all "$tree" "$T/out" "$T/repo"
check "run: a new file came with it" test -e "$T/repo/Documentation/vma_desc_set_word.rst"
check "run: the postings give what the patches give" postings_equal_patches "$tree" "$T/out"
check "run: the mail of a posting tells what is to be known" bash -c '
	f=$(grep -l "^Subject: .*demo-state: take the reference" -r "$1/series") && grep -q "^mmapconv: written by hand for Linux" "$f" &&
	grep -q "close may run" "$f" && grep -q "^mmapconv: contract: equal-but" "$f" && ! grep -q "^Signed-off-by" "$f"' - "$T/out"
check "run: a fix without a handler is in a posting, too" bash -c 'grep -lq "^Subject: .*refuse a mapping behind" -r "$1/series"' - "$T/out"
try "$MMAPCONV" run -q --unproved -j 2 -C "$tree" --shelf "$SHELF" -o "$T/out2"
check "run: the same bytes for -j 2" diff -r -x work "$T/out" "$T/out2"
try "$MMAPCONV" series -q --check -C "$tree" -o "$T/out2"
want_status "series --check: status 0" 0
check "the tree is untouched" test "$(tree_sum "$tree")" = "$before"

# a selection takes what the patch stands on, and nothing else of the shelf
try "$MMAPCONV" convert -q -C "$tree" --shelf "$SHELF" -o "$T/some" drivers/demo/state.c:demo_kref_mmap
want_status "convert of one handler: status 0" 0
want_inventory "convert of one handler: its patch, and the fix before it" "$T/some" '
len(handlers) == 1 and [h["name"][:4] for h in inv["hand"]] == ["0001", "0002"]'
try "$MMAPCONV" convert -q -C "$tree" --shelf "$SHELF" -o "$T/some" drivers/demo/prot.c
want_inventory "convert of another file: nothing of the shelf" "$T/some" 'not inv["hand"]'
try "$MMAPCONV" convert -q -C "$tree" --no-shelf -o "$T/some"
want_inventory "--no-shelf: no hand-finished patch" "$T/some" 'not inv["hand"] and not [h for h in handlers if h["outcome"] == "hand"]'

# a git checkout whose context moved: merged with its own objects, which stay as they are
cp -r "$tree" "$T/git"
git -C "$T/git" init -q && git -C "$T/git" add -A -f && git -C "$T/git" commit -q -m 'as the shelf knows it'
context()	# TREE: a line beside what 0011 changes is another one
{
	sed -i 's,The mask is put together at run time (R16)\.,It moved.,' "$1/drivers/demo/flags.c"
	! cmp -s "$1/drivers/demo/flags.c" "$SAMPLE/drivers/demo/flags.c" || tap_fail "another context" "nothing was changed"
}
context "$T/git"
git -C "$T/git" commit -q -a -m 'another context'
state() { (cd "$1" && find .git -type f | sort | xargs sha256sum; git status --porcelain=v2 2>&1); }
state "$T/git" >"$T/state.before"
try "$MMAPCONV" hand -q -C "$T/git" --shelf "$SHELF"
check "git, another context: list says merged" grep -qE '^0011  conversion   unknown    merged' "$T/stdout"
try "$MMAPCONV_SAN" convert -q -C "$T/git" --shelf "$SHELF" -o "$T/merged" drivers/demo/flags.c
want_inventory "git, another context: converted by hand" "$T/merged" 'by_id["drivers/demo/flags.c:demo_mask_mmap"]["outcome"] == "hand"'
check "git: the patch has the tree's context" grep -q '^ /\* It moved\. \*/' "$T"/merged/patches/0002-demo-flags-*.patch
state "$T/git" >"$T/state.after"
check "git: the checkout is as it was" diff "$T/state.before" "$T/state.after"

# without git such a change is a failure that names the place, and no rule takes over
cp -r "$tree" "$T/plain"
context "$T/plain"
try "$MMAPCONV" convert -q -C "$T/plain" --shelf "$SHELF" -o "$T/failed" drivers/demo/flags.c
want_inventory "another context, no git: failed, with the place" "$T/failed" '
by_id["drivers/demo/flags.c:demo_mask_mmap"]["outcome"] == "failed"
and by_id["drivers/demo/flags.c:demo_mask_mmap"]["conversion"]["stage"] == "apply"
and "does not apply at drivers/demo/flags.c:" in by_id["drivers/demo/flags.c:demo_mask_mmap"]["conversion"]["message"]
and by_id["drivers/demo/flags.c:demo_flags_mmap"]["outcome"] == "converted"'
try "$MMAPCONV" hand -q -C "$T/plain" --shelf "$SHELF"
want_status "… list: status 1" 1

# refresh: with the base beside it, into OUT alone
shelf_before=$(tree_sum "$SHELF")
try "$MMAPCONV" hand -q -C "$T/plain" --shelf "$SHELF" --base "$tree" -o "$T/fresh" refresh
want_status "refresh --base: status 0" 0
check "refresh: all are written" test "$(find "$T/fresh" -type f | wc -l)" = 8
check "refresh: with the new context, by nobody, without a signature" bash -c '
	grep -q "^ /\* It moved\. \*/" "$1" && grep -q "^From: mmapconv <mmapconv@example.invalid>" "$1" && ! grep -q "^-- $" "$1"' - \
	"$T/fresh/0011-demo-flags-mask.patch"
mapfile -t metas < <(find "$T/fresh" -name '*.json')
check "refresh: the metadata matches the schema" schema "${metas[@]}"
check "refresh: verified says what was done now, the rest is as it was" "$PYTHON" - "$SHELF" "$T/fresh" <<'PY'
import json, sys
for name in ("0001-demo-state-refuse-an-offset", "0011-demo-flags-mask"):
    old, new = (json.load(open(f"{d}/{name}.json")) for d in sys.argv[1:])
    was, now = old.pop("verified"), new.pop("verified")
    assert [h | {"hook": h.get("hook")} for h in old["handlers"]] == new["handlers"], new
    assert old == new, (old, new)
    assert now["date"] == "2027-01-15" and now["compile"].startswith("x86_64, ") and now != was, now
PY
check "refresh: the shelf is as it was" test "$(tree_sum "$SHELF")" = "$shelf_before"
try "$MMAPCONV" hand -q -C "$T/plain" --shelf "$T/fresh" check
want_status "the refreshed shelf is as claimed on its tree, without a base" 0
try "$MMAPCONV" hand -q -C "$tree" --shelf "$SHELF" -o "$T/same" refresh
check "refresh for the same tree: the same diffs" bash -c '
	for f in "$1"/*.patch; do diff <(sed -n "/^diff/,\$p" "$f") <(sed -n "/^diff/,\$p" "$2/${f##*/}") || exit 1; done' - "$SHELF" "$T/same"

# what changed and what the patch changes meet: named, not forced
"$PYTHON" - "$T/git/drivers/demo/state.c" <<'PY'
import sys
s = open(sys.argv[1]).read()
s = s.replace("if (vma_pages(vma) != 1)", "if (vma_pages(vma) > 1)")
open(sys.argv[1], "w").write(s)
PY
git -C "$T/git" commit -q -a -m 'the same line'
try "$MMAPCONV" convert -q -C "$T/git" --shelf "$SHELF" -o "$T/conflict" drivers/demo/state.c
want_inventory "a conflict: failed, with the file" "$T/conflict" '
inv["hand"][0]["state"] == "failed" and "meet in drivers/demo/state.c" in inv["hand"][0]["message"]
and "it stands on 0001-" in by_id["drivers/demo/state.c:demo_kref_mmap"]["conversion"]["message"]
and by_id["drivers/demo/state.c:demo_count_mmap"]["outcome"] == "converted"'

# a shelf that cannot be trusted: all else is done, and the status tells
new_shelf
echo '{' >"$T/shelf/0001-demo-state-refuse-an-offset.json"
try "$MMAPCONV_SAN" convert -C "$tree" --shelf "$T/shelf" -o "$T/damaged" drivers/demo/state.c
want_status "broken JSON: status 3" 3
want_message "broken JSON: names the file" '0001-demo-state-refuse-an-offset.json: is no JSON object'
want_inventory "broken JSON: what stands on it fails, the rest is converted" "$T/damaged" '
by_id["drivers/demo/state.c:demo_kref_mmap"]["conversion"]["stage"] == "shelf"
and by_id["drivers/demo/state.c:demo_count_mmap"]["outcome"] == "converted"'
new_shelf
sed -i 's,a/drivers/demo/state.c,a/../drivers/demo/state.c,; s,b/drivers/demo/state.c,b/../drivers/demo/state.c,' "$T/shelf/0001-demo-state-refuse-an-offset.patch"
hand check 1
want_status "a patch that leads out of the tree: status 3" 3
want_message "… is named" '0001-.*leads out of it|0001-.*not one that git makes'
new_shelf
rm "$T/shelf/0002-demo-state-kref-in-mapped.patch" && ln -s /etc/passwd "$T/shelf/0002-demo-state-kref-in-mapped.patch"
hand list 2
want_status "a link: status 3" 3
want_message "… is named" 'is no plain file'
new_shelf
edit "$T/shelf/0010-mm-flags-from-a-word.json" 'prerequisites=["0011-demo-flags-mask"]'
hand list
want_message "a circle of prerequisites" '0011-demo-flags-mask does not come before it'
new_shelf
cp "$T/shelf/0011-demo-flags-mask.patch" "$T/shelf/0012-again.patch"
cp "$T/shelf/0011-demo-flags-mask.json" "$T/shelf/0012-again.json"
try "$MMAPCONV" convert -q -C "$tree" --shelf "$T/shelf" -o "$T/twice" drivers/demo/flags.c
want_status "two patches for one handler: status 3" 3
want_message "… names both" '0012-again converts drivers/demo/flags.c:demo_mask_mmap, too'
want_inventory "… and it fails" "$T/twice" 'by_id["drivers/demo/flags.c:demo_mask_mmap"]["outcome"] == "failed"'

# a tree without its handlers
new_shelf
rm "$T/shelf"/0010* "$T/shelf"/0011*
cp -r "$tree" "$T/without" && rm "$T/without/drivers/demo/state.c"
try "$MMAPCONV" convert -C "$T/without" --shelf "$T/shelf" -o "$T/else" drivers/demo/prot.c drivers/demo/remap.c
want_inventory "a tree without the handlers: the shelf is of no concern" "$T/else" 'not inv["hand"]'
try "$MMAPCONV" hand -q -C "$T/without" --shelf "$T/shelf" check
want_status "… check: status 1" 1

# wrong use
for wrong in 'refresh' "list -o $T/x" 'check 9999' 'frobnicate' "--base"; do
	# shellcheck disable=SC2086	# words
	hand $wrong
	want_status "hand $wrong: status 2" 2
done
try "$MMAPCONV" hand -C "$tree" --shelf "$T/none"
want_status "--shelf of no folder: status 3" 3
want_message "… says so" 'the shelf cannot be read'
hand --base "$T/none" list
want_status "--base of no tree: status 3" 3
try "$MMAPCONV" convert -C "$tree" --shelf "$SHELF" --no-shelf -o "$T/x"
want_status "--shelf with --no-shelf: status 2" 2
check "no scratch is left behind" bash -c '! find "$1" -mindepth 1 | grep .' - "$TMPDIR"
