#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The main job on the sample tree: what comes out, and that nothing else is touched.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

copy_sample "$T/tree"
before=$(tree_sum "$T/tree")
# What the comparison of contracts cannot decide yet is emitted as well, and marked.
try "$MMAPCONV" run --unproved -C "$T/tree" -o "$T/out"
want_status "run on the sample tree leaves some handlers: status 1" 1
cp "$T/stdout" "$T/run.stdout"
if [ "$(tree_sum "$T/tree")" = "$before" ]; then
	tap_ok "the tree is untouched"
else
	tap_fail "the tree is untouched" "names, modes or contents below $T/tree changed"
fi

for f in inventory.json evidence.json audit.json report/report.md report/index.html report/handlers.csv \
	report/report.sarif; do
	check "OUT/$f is there" test -s "$T/out/$f"
done
want_whole "results are whole" "$T/out"
check "inventory.json matches its schema" "$PYTHON" "$ROOT/tests/validate-inventory" "$T/out/inventory.json"
TREE=$T/tree timeout 300 "$PYTHON" "$ROOT/tests/page/drive.py" "$MMAPCONV" "$T/out" "$T/page" ||
	tap_fail "the page in a browser" "tests/page/drive.py ended with status $?"
"$PYTHON" "$ROOT/tests/cmd/reports.py" "$MMAPCONV" "$T/out" "$T/tree" "$T/moved" ||
	tap_fail "handlers.csv and report.sarif" "tests/cmd/reports.py ended with status $?"
# What the man pages and the run above show is the same, for a page of each command.
examples() { "$PYTHON" "$ROOT/tests/cmd/examples.py" pages "$MMAPCONV" "$1" "$SAMPLE" "$T/out" "$T/run.stdout" "$2"; }
examples "$ROOT/man" "$T/examples" || tap_fail "the man pages' examples" "tests/cmd/examples.py ended with status $?"
mkdir "$T/man"
sed 's/line 17$/line 18/' "$ROOT/man/mmapconv-explain.1" >"$T/man/mmapconv-explain.1"
check "an example that a page shows wrong is found" grep '^not ok mmapconv-explain.1: mmapconv explain' \
	<(examples "$T/man" "$T/wrong-examples")
want_read_back "report reads the inventory back: the same report" "$T/out"
want_inventory "the outcomes add up, and every patch belongs to a converted handler" "$T/out" '
len(handlers) > 0
and len(by_id) == len(handlers)
and all(h["outcome"] in ("converted", "hand", "assisted", "core", "none", "failed", "unparsed") for h in handlers)
and sorted({h["conversion"]["patch"] for h in handlers if h["outcome"] == "converted"})
    == sorted("patches/" + p for p in __import__("os").listdir(sys.argv[1].rsplit("/", 1)[0] + "/patches"))'
want_inventory "handlers share a patch where they change together, and only there" "$T/out" '
any(h["together"] for h in handlers)
and all({h["id"], *h["together"]} == {o["id"] for o in handlers if o["conversion"]
     and o["conversion"]["patch"] == h["conversion"]["patch"]} for h in handlers if h["outcome"] == "converted")
and all(by_id[o]["outcome"] == h["outcome"] for h in handlers for o in h["together"])'
want_inventory "every converted handler was verified as auto" "$T/out" '
all(h["verdict"] == "auto" for h in handlers if h["outcome"] == "converted")'

want_inventory "every converted handler has a verdict that lets it pass" "$T/out" '
all(h["conversion"]["proof"]["verdict"] in ("equal", "equal-but", "unknown") for h in handlers if h["outcome"] == "converted")
and sum(h["conversion"]["proof"]["verdict"] == "equal" for h in handlers if h["outcome"] == "converted") >= 24
and not [h["id"] for h in handlers if h["outcome"] == "converted" and h["conversion"]["proof"]["verdict"] == "unknown"]'
unproved()	# OUT: patches that are marked, of those that are to be
{
	"$PYTHON" - "$1" <<-'PY'
	import json, re, sys
	out = sys.argv[1]
	for h in json.load(open(f"{out}/inventory.json"))["handlers"]:
	    if h["outcome"] != "converted":
	        continue
	    c = h["conversion"]
	    notes = re.sub(r"\n +", " ", open(f"{out}/{c['patch']}").read().split("\n---\n", 1)[1].split("\n\n", 1)[0])
	    word = {"unknown": "UNPROVED: whether "}.get(c["proof"]["verdict"], c["proof"]["verdict"] + ": ")
	    assert f"mmapconv: contract: {word}{c['new_name']}() does to every request what {h['function']}() did" in notes, notes
	    assert all(f"- {d['kind']}: {d['text']}" in notes for d in c["proof"]["differences"]), notes
	    assert c["proof"]["reason"] is None or c["proof"]["reason"] in notes, notes
	PY
}
check "each patch says what the comparison said of it" unproved "$T/out"
# More pages than the mapping has: the loop fails when it is full, the action before it begins.
cp -R "$T/tree" "$T/longer"
sed -i 's/vma_pages(vma) != ring->nr_pages)/!ring->nr_pages)/' "$T/longer/drivers/demo/pages.c"
try "$MMAPCONV" convert -q -C "$T/longer" -o "$T/proved" drivers/demo/pages.c drivers/demo/prot.c
want_inventory "without --unproved what is unknown is not emitted" "$T/proved" '
[h["id"] for h in handlers if h["outcome"] == "failed"] == ["drivers/demo/pages.c:demo_ring_mmap"]
and by_id["drivers/demo/pages.c:demo_ring_mmap"]["conversion"]["stage"] == "proof"
and by_id["drivers/demo/pages.c:demo_ring_mmap"]["conversion"]["patch"] is None
and by_id["drivers/demo/prot.c:demo_prot_mmap"]["outcome"] == "converted"
and sum(h["outcome"] == "converted" for h in handlers) == len(__import__("os").listdir(sys.argv[1].rsplit("/", 1)[0] + "/patches"))'
check "git am takes every patch on the pristine tree" git_am_all "$T/tree" "$T/out" "$T/repo"
# shellcheck disable=SC2016	# $1 is the inner shell's
check "no patch is signed off by the tool" bash -c '! grep -l "^Signed-off-by:" "$1"/patches/*.patch' - "$T/out"
# shellcheck disable=SC2016
check "no path of this machine is in the results" \
	bash -c '! grep -rlF -- "$1" "$1/out/inventory.json" "$1/out/report" "$1/out/patches"' - "$T"

"$PYTHON" "$ROOT/tests/cmd/expect.py" "$SAMPLE" "$T/out/inventory.json"

# scan alone: same classes, nothing converted, not a finding in itself
try "$MMAPCONV" scan -C "$T/tree" -o "$T/scan"
want_status "scan ends with status 0" 0
check "scan writes no patches" test ! -e "$T/scan/patches"
check "scan and run agree on every class and verdict" "$PYTHON" - "$T" <<'PY'
import json, sys
a, b = (({h["id"]: (h["class"], h["verdict"], h["patterns"]) for h in
          json.load(open(f"{sys.argv[1]}/{d}/inventory.json"))["handlers"]}) for d in ("out", "scan"))
print({k: (a.get(k), b.get(k)) for k in a.keys() | b.keys() if a.get(k) != b.get(k)})
sys.exit(a != b)
PY

# one handler: the selection is converted, with what changes together with it; all others keep their verdict
select_one()	# CONDITION on h: the first converted handler for which it holds
{
	"$PYTHON" -c "
import json, sys
print(next((h['id'] for h in json.load(open(sys.argv[1]))['handlers'] if h['outcome'] == 'converted' and $1), ''))" \
		"$T/out/inventory.json"
}
one=$(select_one 'not h["together"]')
try "$MMAPCONV" convert -C "$T/tree" -o "$T/one" "$one"
want_status "convert of one auto handler ends with status 0" 0
want_inventory "convert of one handler converts that one only" "$T/one" \
	"[h['id'] for h in handlers if h['outcome'] == 'converted'] == ['$one']"
check "convert of one handler leaves one patch" test "$(find "$T/one/patches" -name '*.patch' | wc -l)" = 1
for one in "$(select_one 'len({o.split(":")[0] for o in [h["id"], *h["together"]]}) > 1')" \
	"$(select_one 'len({o.split(":")[0] for o in [h["id"], *h["together"]]}) > 1 and h["id"] > h["together"][0]')"; do
	try "$MMAPCONV" convert --unproved -C "$T/tree" -o "$T/one" "$one"
	want_status "convert of $one, which moves with another file's, ends with status 0" 0
	want_inventory "convert of $one converts all that change together" "$T/one" \
		"sorted(h['id'] for h in handlers if h['outcome'] == 'converted') == sorted(['$one', *by_id['$one']['together']])
		 and len(handlers) > 1"
	check "convert of $one leaves one patch" test "$(find "$T/one/patches" -name '*.patch' | wc -l)" = 1
done
