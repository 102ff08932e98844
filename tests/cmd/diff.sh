#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# diff: what moved between inventories, as text, as JSON and as a picture.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

small_sample "$T/tree"
try "$MMAPCONV" scan -q -C "$T/tree" -o "$T/old"
want_status "the inventory to begin with" 0
mkdir -p "$T/new"
"$PYTHON" - "$T/old/inventory.json" "$T/new/inventory.json" "$ROOT/tests/page" <<'PY'
import json, sys
sys.path.insert(0, sys.argv[3])
import inventories
inventory = json.load(open(sys.argv[1]))
handlers = [h for h in inventory["handlers"] if h["tier"] == 1 and h["verdict"] == "auto"]
assert len(handlers) >= 4
same, moved, judged, gone = handlers[:4]
kept = [dict(h) for h in (same, moved, judged)]
kept[1].update(file="moved/away.c", id=f"moved/away.c:{moved['function']}",
               definitions=[dict(d, file="moved/away.c") for d in moved["definitions"]])
kept[2].update(verdict="assisted", outcome="assisted")
new = dict(same, file="new/new.c", function="new_mmap", id="new/new.c:new_mmap",
           definitions=[dict(d, file="new/new.c") for d in same["definitions"]])
json.dump(inventories.with_handlers(inventory, [same, moved, judged, gone]), open(sys.argv[1], "w"))
later = inventories.with_handlers(inventory, kept + [new])
later["tree"]["version"] = "7.9.0"
json.dump(later, open(sys.argv[2], "w"))
PY
try "$MMAPCONV" diff "$T/old/inventory.json" "$T/new/inventory.json"
want_status "two inventories: status 0" 0
for what in '^7\.9\.0 ' 'as before' '^1 gone' '^1 new' '^  new/new\.c:new_mmap' '^1 moved' '-> moved/away\.c' '^1 judged otherwise' 'auto -> assisted'; do
	check "two inventories: $what" grep -qE -- "$what" "$T/stdout"
done
check "80 columns" test "$(awk '{ if (length > n) n = length } END { print n }' "$T/stdout")" -le 80
try "$MMAPCONV" diff -q --json -o "$T/out" "$T/old/inventory.json" "$T/new/inventory.json" "$T/new/inventory.json"
want_status "three, as JSON: status 0" 0
check "three, as JSON: what changed" "$PYTHON" -c '
import json, sys
d = json.load(open(sys.argv[1]))
assert d["schema"] == "mmapconv-progress-1" and len(d["inventories"]) == 3 and len(d["steps"]) == 2
assert [i["handlers"] for i in d["inventories"]] == [4, 4, 4]
kinds = sorted(tuple(c["what"]) for c in d["steps"][0]["changes"])
assert ("gone",) in kinds and ("new",) in kinds and ("moved",) in kinds and ("verdict",) in kinds, kinds
assert d["steps"][0]["same"] == 1 and d["steps"][1] == {"same": 4, "changes": []}
' "$T/stdout"
want_whole "the picture is whole" "$T/out"
check "the picture in a browser" "$PYTHON" - "$T/out/report/progress.html" "$ROOT/tests/page" <<'PY'
import sys
sys.path.insert(0, sys.argv[2])
from browser import Page
with Page(sys.argv[1]) as page:
    page.load()
    assert page.js("drawn_charts.length") == 2
    assert page.js("drawn_charts[0].data.labels").count("7.9.0") == 2
    assert page.js("document.querySelectorAll('#steps details').length") == 4
    assert "moved/away.c" in page.js("document.querySelector('#steps').textContent")
    assert "[object" not in page.js("document.body.innerText")
    assert not page.messages() and not page.requests()
PY
try "$MMAPCONV" diff "$T/old/inventory.json"
want_status "one inventory: status 2" 2
try "$MMAPCONV" diff "$T/old/inventory.json" "$T/none.json"
want_status "one that is not there: status 3" 3
check "one that is not there: named" grep -q "none.json" "$T/stderr"
