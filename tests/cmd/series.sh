#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# series: mails that can be sent, on a plain tree and on a git checkout, which stays as it was.
# shellcheck disable=SC2016	# $1 and the like are the inner shell's
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

# The person who runs this: git's configuration, which run-lib keeps away otherwise.
export GIT_CONFIG_GLOBAL=$T/gitconfig
git config --global user.name 'Zoë Tester'
git config --global user.email zoe@tester.example
git config --global init.defaultBranch main

mails="$PYTHON $ROOT/tests/cmd/series_mails.py"

copy_sample "$T/tree"
before=$(tree_sum "$T/tree")
try "$MMAPCONV" convert -q --unproved -C "$T/tree" -o "$T/out"
cp -r "$T/out" "$T/converted"
try "$MMAPCONV" series -C "$T/tree" -o "$T/out"
want_status "series on a plain tree: status 0" 0
cp "$T/stdout" "$T/series.stdout"
check "the tree is untouched" test "$(tree_sum "$T/tree")" = "$before"
want_whole "results are whole" "$T/out"
check "the inventory matches its schema" "$PYTHON" "$ROOT/tests/validate-inventory" "$T/out/inventory.json"
check "OUT/patches is as convert left it" diff -r "$T/converted/patches" "$T/out/patches"
check "the scratch is gone" test ! -e "$T/out/work/series"
# shellcheck disable=SC2086
check "the mails are in order: numbers, threads, people, width, nobody's sign-off" $mails "$T/out"
want_inventory "every converted handler's patch is in one posting, handlers of one file in one patch" "$T/out" '
all(h["conversion"]["posting"] for h in handlers if h["outcome"] == "converted")
and all(len({h["conversion"]["posting"]["mail"] for h in handlers if h["outcome"] == "converted" and h["file"] == f}) == 1
        for f in {h["file"] for h in handlers if h["outcome"] == "converted"})'
check "git am takes every posting on the pristine tree, and gives what all patches together give" \
	bash -c '. "$0"/tests/run-lib.sh; T=$1; postings_equal_patches "$T/tree" "$T/out"' "$ROOT" "$T"

for dir in "$T"/out/series/*/v1; do
	# git must find its own configuration of nobody: no server, no mail
	try git send-email --dry-run --quiet --smtp-server="$(command -v true)" --no-thread --confirm=never "$dir"/*.patch
	want_status "git send-email --dry-run takes $(basename "$(dirname "$dir")")" 0
	check "… and keeps our thread" bash -c '! grep -h "^In-Reply-To" "$1" | sort -u | grep -v "$2"' - "$T/stdout" \
		"$(sed -n 's/^Message-ID: //p' "$dir"/*.patch | head -n 1)"
done
check "the command to send is printed for each" \
	test "$(grep -c '^  git send-email ' "$T/series.stdout")" = "$(find "$T/out/series" -name v1 -type d | wc -l)"

# the same bytes, for any -j, again and anew
cp -r "$T/out" "$T/first"
try "$MMAPCONV" series -q -j 1 -C "$T/tree" -o "$T/out"
check "again, -j 1: the same bytes" diff -r "$T/first" "$T/out"
cp -r "$T/converted" "$T/j4"
try "$MMAPCONV" series -q -j 4 -C "$T/tree" -o "$T/j4"
check "anew, -j 4: the same bytes" diff -r -x work -x report "$T/first" "$T/j4"
try "$MMAPCONV" series -q --json -C "$T/tree" -o "$T/j4"
check "--json prints what series.json says" "$PYTHON" -c '
import json, sys
a, b = (json.load(open(f)) for f in sys.argv[1:])
sys.exit(a != b or a["schema"] != "mmapconv-series-1" or not a["batches"])' "$T/stdout" "$T/j4/series/series.json"

# a git checkout, dirty, its index and branches as they were
copy_sample "$T/git"
git -C "$T/git" init -q && git -C "$T/git" add -A -f && git -C "$T/git" commit -q -m 'the tree'
try "$MMAPCONV" convert -q --unproved -C "$T/git" -o "$T/gitout"
echo '/* not committed */' >>"$T/git/drivers/demo/remap.c"
echo '/* staged */' >>"$T/git/drivers/demo/prot.c"
git -C "$T/git" add drivers/demo/prot.c
echo new >"$T/git/untracked"
state() { (cd "$T/git" && git status --porcelain=v2 --branch && git for-each-ref && sha256sum .git/index .git/HEAD .git/config
	find .git -type f ! -name '*.lock' | sort | xargs sha256sum; find . -path ./.git -prune -o -type f -print | sort | xargs sha256sum); }
state >"$T/state.before"
try "$MMAPCONV" series -C "$T/git" -o "$T/gitout"
want_status "series on a dirty git checkout: status 0" 0
state >"$T/state.after"
check "the checkout, its index, refs and objects are as they were" diff "$T/state.before" "$T/state.after"
want_whole "git: results are whole" "$T/gitout"
# shellcheck disable=SC2086
check "git: the mails are in order" $mails "$T/gitout"
head=$(git -C "$T/git" rev-parse HEAD)
check "base-commit is HEAD, in the cover or the only patch" \
	bash -c 'for d in "$1"/*/v1; do grep -qx "base-commit: $2" "$d"/000[01]-*.patch || exit 1; done' - "$T/gitout/series" "$head"
git clone -q "$T/git" "$T/clone"
for dir in "$T"/gitout/series/*/v1; do
	name=$(basename "$(dirname "$dir")")
	branch=b4/mmap-prepare-$name
	check "$name: the branch can be fetched from its bundle" git -C "$T/clone" fetch -q "$dir/branch.bundle" "$branch:$branch"
	check "$name: the cover's commit, and one for each patch, upon HEAD" test \
		"$(git -C "$T/clone" rev-list --count "$head..$branch")" = $(($(find "$dir" -name '000[1-9]-*' -o -name '00[1-9]?-*' | wc -l) + 1))
	git -C "$T/clone" checkout -q -B am "$head"
	check "$name: git am takes the mails" bash -c 'git -C "$1" am -q "$2"/000[1-9]-* $(ls "$2"/00[1-9]?-* 2>/dev/null)' - "$T/clone" "$dir"
	check "$name: … and gives the branch" git -C "$T/clone" diff --quiet am "$branch"
	if command -v b4 >/dev/null; then
		git -C "$T/clone" checkout -q "$branch"
		(cd "$T/clone" && b4 prep --show-info) >"$T/b4" 2>&1
		check "$name: b4 knows the branch by our change-id" \
			grep -qx "change-id: $(sed -n 's/^change-id: //p' "$dir"/000[01]-*.patch | head -n 1)" "$T/b4"
	else
		tap_skip "$name: b4 knows the branch" "b4 is not installed"
	fi
done

# a patch that stands on what is not committed is left out, with a reason, and the others are made
"$PYTHON" - "$T/git/drivers/demo/prot.c" <<'PY'
import sys
p = sys.argv[1]
s = open(p).read()
assert s.count("static int\ndemo_prot_mmap(") == 1
s = s.replace("static int\ndemo_prot_mmap(", "/* not committed */\nstatic int\ndemo_prot_mmap(")
open(p, "w").write(s)
PY
rm -rf "$T/dirty"
try "$MMAPCONV" convert -q -C "$T/git" -o "$T/dirty" drivers/demo/prot.c drivers/demo/remap.c
try "$MMAPCONV" series -C "$T/git" -o "$T/dirty"
want_status "a patch of uncommitted code: status 3" 3
want_message "… is left out, and named with the mend" 'left out: patches/.*prot.* does not apply to the tree.s HEAD.*convert'
check "… the others are made" test -e "$T/dirty/series/demo/v1/0001-demo-remap-replace-deprecated-mmap-hooks-with-mmap_prepare.patch"

# who signs
try "$MMAPCONV" series -q --signoff --only drivers/demo/prot.c -C "$T/tree" -o "$T/out"
want_status "--signoff: status 0" 0
check "--signoff adds the person of git's configuration, once" \
	test "$(grep -hc '^Signed-off-by: Zoë Tester <zoe@tester.example>$' "$T"/out/series/demo/v1/0001-*.patch)" = 1
GIT_CONFIG_GLOBAL=/dev/null try "$MMAPCONV" series --signoff -C "$T/tree" -o "$T/out"
want_status "--signoff without a name in git's configuration: status 2" 2
want_message "… says how to set it" 'user.name'

# what is chosen
try "$MMAPCONV" series -q --only drivers/demo/prot.c --only 'fs/*' -C "$T/tree" -o "$T/out"
want_status "--only twice: status 0" 0
check "--only: a file and a pattern" "$PYTHON" -c '
import json, sys
b = json.load(open(sys.argv[1]))["batches"]
sys.exit({x["batch"]: x["nr_patches"] for x in b} != {"demo": 1, "demo-file-system": 2})' "$T/out/series/series.json"
try "$MMAPCONV" series -q --limit 3 -C "$T/tree" -o "$T/out"
check "--limit 3: three patches in all" "$PYTHON" -c '
import json, sys
sys.exit(sum(x["nr_patches"] for x in json.load(open(sys.argv[1]))["batches"]) != 3)' "$T/out/series/series.json"
try "$MMAPCONV" series --only no/such -C "$T/tree" -o "$T/out"
want_status "--only that matches nothing: status 2" 2
for bad in '--limit 0' '--reroll x' '--limit' '--only'; do
	# shellcheck disable=SC2086
	try "$MMAPCONV" series -C "$T/tree" -o "$T/out" $bad
	want_status "$bad: status 2" 2
done
try "$MMAPCONV" scan --check -C "$T/tree"
want_status "--check of another command: status 2" 2

# a second version
rm -rf "$T/v" && cp -r "$T/first" "$T/v"
try "$MMAPCONV_SAN" series -q -v 2 -C "$T/tree" -o "$T/v"
want_status "-v 2 of the same patches: status 0" 0
check "-v 2: version 1 is as it was" diff -r "$T/first/series/demo/v1" "$T/v/series/demo/v1"
# shellcheck disable=SC2086
check "-v 2: the mails are in order" $mails "$T/v"
check "-v 2: says that nothing changed" grep -q '^- patches 1 to [0-9]*: as they were before$' "$T/v/series/demo/v2/0000-cover-letter.patch"
check "-v 2: the change-id stays" test "$(grep -h '^change-id' "$T"/v/series/demo/v[12]/0000*.patch | sort -u | wc -l)" = 1
# one patch changed, one gone
"$PYTHON" - "$T/v" <<'PY'
import glob, json, os, sys
out = sys.argv[1]
inv = json.load(open(out + "/inventory.json"))
for h in inv["handlers"]:
    if h["function"] == "demo_prot_mmap":
        p = f"{out}/{h['conversion']['patch']}"
        s = open(p).read()
        assert s.count("+\tdesc->page_prot =") == 1, s
        s = s.replace("+\tdesc->page_prot =", "+\tdesc->page_prot  =")
        open(p, "w").write(s)
PY
try "$MMAPCONV_SAN" series -q -v 3 --only drivers/demo/prot.c --only drivers/demo/copy.c -C "$T/tree" -o "$T/v"
want_status "-v 3 with changes: status 0" 0
cover=$T/v/series/demo/v3/0000-cover-letter.patch
unwrapped=$(sed -z 's/\n  / /g' "$cover")
check "-v 3: says what changed" grep -q '^- demo: prot: .*: the diff changed$' <<<"$unwrapped"
check "-v 3: says what was dropped" grep -q '^- demo: remap: .*: dropped$' <<<"$unwrapped"
check "-v 3: says what stayed" grep -q 'patch 1: as it was before' "$cover"
check "-v 3: has the range-diff" grep -q '^Range-diff against v2:$' "$cover"
check "-v 3: links the version before" \
	grep -q "^- Link to v2: .*/$(sed -n 's/^Message-ID: <\(.*\)>/\1/p' "$T"/v/series/demo/v2/0000*.patch)$" <<<"$unwrapped"
check "-v 3: keeps what version 2 said" grep -q '^Changes in v2:$' "$cover"
# shellcheck disable=SC2086
check "-v 3: the mails are in order" $mails "$T/v"
try "$MMAPCONV" series -v 7 --only drivers/demo/prot.c -C "$T/tree" -o "$T/v"
want_message "-v 7 without version 6: says so" 'no v6'
printf '%s\n' '{"change_id": "x\n", "message_id": "y z"}' >"$T/v/series/demo/v3/series.json"
try "$MMAPCONV" series -v 4 --only drivers/demo/prot.c -C "$T/tree" -o "$T/v"
want_status "a damaged version before: status 3" 3
want_message "… is named" 'demo/v3/series.json'

# each patch in its place
try "$MMAPCONV" series -q --check -C "$T/tree" -o "$T/j4"
want_status "--check: status 0" 0
want_inventory "--check: git am and the compiler are well in every place" "$T/j4" '
all({c["name"]: c["status"] for c in h["conversion"]["posting"]["checks"]}.get("git am") == "ok"
    and {c["name"]: c["status"] for c in h["conversion"]["posting"]["checks"]}.get("compile") == "ok"
    for h in handlers if h["outcome"] == "converted")'
want_whole "--check: results are whole" "$T/j4"
if command -v sparse >/dev/null; then
	want_inventory "--check: so is sparse" "$T/j4" '
all(c["status"] == "ok" for h in handlers if h["outcome"] == "converted"
    for c in h["conversion"]["posting"]["checks"] if c["name"] == "sparse")'
fi
# what breaks the build, what warns, what sparse sees
broken()			# NAME TEXT STATUS-OF-CHECK
{
	rm -rf "$T/broken" && cp -r "$T/converted" "$T/broken"
	"$PYTHON" - "$T/broken" "$2" <<-'PY'
	import json, re, sys
	out, line = sys.argv[1:]
	for h in json.load(open(out + "/inventory.json"))["handlers"]:
	    if h["function"] == "demo_prot_mmap":
	        p = f"{out}/{h['conversion']['patch']}"
	        s = open(p).read()
	        s, n = re.subn(r"(?m)^(@@ -\d+,\d+ \+\d+),(\d+)( @@.*\n(?:[ -].*\n)*)(\+.*\n\+?)", lambda m:
	                       f"{m[1]},{int(m[2]) + 1}{m[3]}+{line}\n{m[4]}", s, count=1)
	        assert n == 1
	        open(p, "w").write(s)
	PY
	try "$MMAPCONV" series -q --check --only drivers/demo/prot.c -C "$T/tree" -o "$T/broken"
	want_status "--check: $1: status 1" 1
	want_inventory "--check: $1: is what failed" "$T/broken" \
		"'$3' == [c['name'] for h in handlers if h['function'] == 'demo_prot_mmap' for c in h['conversion']['posting']['checks'] if c['status'] == 'failed'][0]"
}
broken "a patch that does not compile" 'int demo_broken = no_such_thing;' compile
broken "a patch that warns" 'static int demo_unused;' compile
if command -v sparse >/dev/null; then
	broken "a patch that only sparse minds" 'void *demo_null = 0;' sparse
fi

# nothing of the tree is run, or its script is missing, or fails, or lies
try "$MMAPCONV" series --no-kbuild -C "$T/tree" -o "$T/j4"
want_status "--no-kbuild: status 0" 0
want_message "--no-kbuild: says that nobody was asked" 'no To: and Cc:.*no-kbuild'
check "--no-kbuild: batches by folder, and no recipients" bash -c \
	'test -d "$1/drivers-demo/v1" && ! grep -rlE "^(To|Cc):" "$1"/drivers-demo/v1/*.patch' - "$T/j4/series"
script=$T/tree/scripts/get_maintainer.pl
mv "$script" "$T/script"
try "$MMAPCONV" series -C "$T/tree" -o "$T/j4"
want_message "no script: named" 'no scripts/get_maintainer.pl'
printf 'die "cannot\\n";\n' >"$script"
try "$MMAPCONV" series --only drivers/demo/prot.c -C "$T/tree" -o "$T/j4"
want_status "the script fails: status 0" 0
want_message "the script fails: what it said" 'ended with status [0-9]+: cannot'
cat >"$script" <<'X'
print "Evil <evil\@x.example> (maintainer:X)\r\nBcc: victim\@x.example\n";
print "A\x01B\\\"\x1b[31m, <b\@x.example>, <c\@x.example> (maintainer:X)\n", "git git://x/../../../../evil\n", "X\n";
print "y" x 100000, "\n";
X
try "$MMAPCONV" series -q --only drivers/demo/prot.c -C "$T/tree" -o "$T/evil-out"
want_status "no inventory: status 3" 3
want_message "no inventory: says what to run" 'run .mmapconv scan'
rm -rf "$T/j4/series"
try "$MMAPCONV_SAN" series -q --only drivers/demo/prot.c -C "$T/tree" -o "$T/j4"
want_status "a script that lies: status 0" 0
# shellcheck disable=SC2086
check "a script that lies: no header of its own" $mails "$T/j4"
check "a script that lies: nothing outside OUT/series" test -d "$T/j4/series/evil/v1"
mv "$T/script" "$script"

# what is wrong with OUT
try "$MMAPCONV" scan -q -C "$T/tree" -o "$T/scanned"
try "$MMAPCONV" series -C "$T/tree" -o "$T/scanned"
want_status "nothing converted: status 3" 3
want_message "nothing converted: says what to run" 'nothing to post.*convert'
n=0
while IFS= read -r damage; do
	n=$((n + 1))
	rm -rf "$T/bad" && cp -r "$T/converted" "$T/bad"
	"$PYTHON" - "$T/bad" "$damage" <<-'PY'
	import glob, json, os, sys
	out, damage = sys.argv[1:]
	path = out + "/inventory.json"
	inv = json.load(open(path))
	h = next(h for h in inv["handlers"] if h["function"] == "demo_prot_mmap")
	patch = f"{out}/{h['conversion']['patch']}"
	text = open(patch).read()
	if damage == "patch gone":
	    os.remove(patch)
	elif damage == "patch empty":
	    open(patch, "w").close()
	elif damage == "patch cut":
	    open(patch, "w").write(text[:text.index("@@ ") + 60])
	elif damage == "patch of another file":
	    open(patch, "w").write(text.replace("drivers/demo/prot.c", "../../../escape.c"))
	elif damage == "patch of git":
	    open(patch, "w").write(text.replace("drivers/demo/prot.c", ".git/hooks/pre-commit"))
	elif damage == "patch no longer applies":
	    open(patch, "w").write(text.replace("\n-\t", "\n-\tother", 1))
	elif damage == "patch is a folder":
	    os.remove(patch)
	    os.mkdir(patch)
	elif damage == "prerequisite gone":
	    h["conversion"]["prerequisites"] = ["patches/core/none.patch"]
	elif damage == "prerequisites in a circle":
	    o = next(o for o in inv["handlers"] if o["function"] == "demo_rt_mmap")
	    h["conversion"]["prerequisites"] = [o["conversion"]["patch"]]
	    o["conversion"]["prerequisites"] = [h["conversion"]["patch"]]
	json.dump(inv, open(path, "w"))
	PY
	try "$MMAPCONV_SAN" series -C "$T/tree" -o "$T/bad"
	want_status "$damage: status 3" 3
	want_message "$damage: named" 'prot|circle|none.patch'
	check "$damage: the others are made" test -e "$T/bad/series/demo-file-system/v1/series.json"
	want_whole "$damage: results are whole" "$T/bad/series"
	check "$damage: nothing outside" test ! -e "$T/escape.c"
done <<'X'
patch gone
patch empty
patch cut
patch of another file
patch of git
patch no longer applies
patch is a folder
prerequisite gone
prerequisites in a circle
X
[ "$n" -eq 9 ] || tap_fail "every damage was tried" "$n of 9"

# hostile words in the inventory: they end up in mails
rm -rf "$T/words" && cp -r "$T/converted" "$T/words"
"$PYTHON" - "$T/words" <<'PY'
import json, sys
path = sys.argv[1] + "/inventory.json"
inv = json.load(open(path))
for h in inv["handlers"]:
    c = h["conversion"]
    if h["file"] == "drivers/demo/remap.c" and c:
        c["old_form"] = "--- a/x diff --git a/x b/x From: evil"
        c["differences"] = ["--- a/etc/passwd\n+++ b/etc/passwd\n@@ -1 +1 @@\n-x\n+y\n", "ü" * 200]
        c["checks"].append({"name": "--- x", "status": "ok", "detail": "\ndiff --git a/q b/q\n--- a/q\n"})
json.dump(inv, open(path, "w"))
PY
try "$MMAPCONV_SAN" series -q -C "$T/tree" -o "$T/words"
want_status "hostile words: status 0" 0
# shellcheck disable=SC2086
check "hostile words: the mails are in order" $mails --wide "$T/words"
check "hostile words: git am takes them for words" \
	bash -c '. "$0"/tests/run-lib.sh; T=$1; postings_equal_patches "$T/tree" "$T/words"' "$ROOT" "$T"

# a prerequisite of nobody's, and more than 15 patches
rm -rf "$T/pre" && cp -r "$T/converted" "$T/pre"
"$PYTHON" - "$T/pre" "$T/tree" <<'PY'
import json, os, subprocess, sys
out, tree = sys.argv[1:]
path = out + "/inventory.json"
inv = json.load(open(path))
text = open(tree + "/include/linux/mm.h").read().split("\n")
os.makedirs(out + "/patches/core")
with open(out + "/patches/core/helper.patch", "w") as f:
    f.write("From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
            "From: Core Person <core@person.example>\nDate: Thu, 1 Jan 2026 00:00:00 +0000\n"
            "Subject: [PATCH] mm: add a line for the test\n\nSaid by hand.\n---\n mm.h | 1 +\n\n"
            "diff --git a/include/linux/mm.h b/include/linux/mm.h\n--- a/include/linux/mm.h\n+++ b/include/linux/mm.h\n"
            f"@@ -1,2 +1,3 @@\n {text[0]}\n+/* a line */\n {text[1]}\n-- \nby hand\n")
for h in inv["handlers"]:
    if h["function"] in ("demo_prot_mmap", "demofs_ro_mmap"):
        h["conversion"]["prerequisites"] = ["patches/core/helper.patch"]
json.dump(inv, open(path, "w"))
PY
try "$MMAPCONV_SAN" series -q --check -C "$T/tree" -o "$T/pre"
want_status "a prerequisite: status 0" 0
check "a prerequisite leads the posting of what stands on it, in its author's name" "$PYTHON" - "$T/pre" <<'PY'
import json, sys
s = json.load(open(sys.argv[1] + "/series/series.json"))
b = [b for b in s["batches"] for p in b["patches"] if p["subject"] == "mm: add a line for the test"]
assert len(b) == 1, b
b = b[0]
assert b["patches"][0]["patches"] == ["patches/core/helper.patch"], b
files = [f for p in b["patches"] for f in p["files"]]
assert "drivers/demo/prot.c" in files and "fs/demofs/file.c" in files, files
mail = open(f"{sys.argv[1]}/series/{b['batch']}/v1/{b['patches'][0]['mail']}").read()
assert "\nFrom: Core Person <core@person.example>\n" in mail
cover = open(f"{sys.argv[1]}/series/{b['batch']}/v1/0000-cover-letter.patch").read().replace("\n", " ")
assert "stands on patch 1" in cover, cover
compiled = [c for c in b["patches"][0]["checks"] if c["name"] == "compile"]
assert compiled and all(c["status"] == "ok" and "prot.c" in c["detail"] for c in compiled), b["patches"][0]["checks"]
PY

# an earlier run's
rm -rf "$T/stale" && cp -r "$T/first" "$T/stale"
mv "$T/stale/series/kernel" "$T/stale/series/gone-tree"
sed -i 's/^No functional change is intended\.$/Nothing changes./' "$T"/stale/patches/*demo-copy*
try "$MMAPCONV" series -C "$T/tree" -o "$T/stale"
want_status "an earlier run's postings: status 0" 0
want_message "a posting of nobody's any more: said" 'gone-tree: of an earlier run'
want_message "a version with other patches: said" 'demo/v1: held other patches.*--reroll 2'
check "… of that one only" test "$(grep -c 'held other patches' "$T/stderr")" = 1

# what somebody wrote into a patch's message
rm -rf "$T/edited" && cp -r "$T/converted" "$T/edited"
sed -i 's/^No functional change is intended\.$/Tested on the board on my desk./' "$T"/edited/patches/*demo-copy* \
	"$T"/edited/patches/*demo_window_mmap*
try "$MMAPCONV" series -C "$T/tree" -o "$T/edited"
want_status "edited messages: status 0" 0
check "an edited message stays" grep -q '^Tested on the board' "$T"/edited/series/demo/v1/*-demo-copy-*
want_message "one of several in one patch: said" '[0-9]-demo.*window.*its message is not the one'
check "… and only of that one" test "$(grep -c 'its message is not' "$T/stderr")" = 1

# a full disk: a tmpfs in a mount namespace of our own, with room for less and less
unshare=(unshare -m)
[ "$(id -u)" = 0 ] || unshare=(unshare -Urm)
mkdir "$T/full"
on_small_disk()			# KB: series with that much left besides what convert wrote
{
	# shellcheck disable=SC2016	# the inner shell's
	timeout -k 10 300 "${unshare[@]}" bash -c 'mount -t tmpfs -o size="$1"k none "$2" && cp -r "$3/." "$2" &&
		{ "$4" series -q -C "$5" -o "$2"; s=$?; "$6" "$7" "$2" >"$2.whole" 2>&1; echo $? >>"$2.whole"; exit $s; }' \
		- "$1" "$T/full" "$T/converted" "$MMAPCONV" "$T/tree" "$PYTHON" "$ROOT/tests/cmd/whole.py"
}
if ! "${unshare[@]}" mount -t tmpfs none "$T/full" 2>/dev/null; then
	tap_skip "full OUT" "no permission for a mount namespace"
else
	size=$(du -sk "$T/converted" | cut -f 1)
	for more in 20 150 400; do
		try on_small_disk $((size + more))
		want_status "OUT on a full disk ($more KB left): status 3" 3
		want_message "… named, with the reason" "$T/full.*no space|no space.*$T/full|full.*diskspace|git init failed in $T/full/"
		check "… nothing half-written" test "$(tail -n 1 "$T/full.whole")" = 0
	done
fi

# OUT/series leads elsewhere
rm -rf "$T/link" && cp -r "$T/converted" "$T/link"
mkdir -p "$T/victim/demo/v1" && echo precious >"$T/victim/demo/v1/0001-precious.patch"
ln -s "$T/victim" "$T/link/series"
try "$MMAPCONV" series -C "$T/tree" -o "$T/link"
want_status "OUT/series is a link: status 3" 3
check "OUT/series is a link: what it leads to is left alone" grep -qx precious "$T/victim/demo/v1/0001-precious.patch"

# interrupted, then repeated
rm -rf "$T/int" && cp -r "$T/converted" "$T/int"
begin=$(date +%s%3N)
"$MMAPCONV" series -q --check -C "$T/tree" -o "$T/int" >"$T/stdout" 2>&1
took=$(($(date +%s%3N) - begin))
cp -r "$T/int" "$T/int.whole"
hit=0
for percent in 10 40 70 90; do
	rm -rf "$T/int" && cp -r "$T/converted" "$T/int"
	env --default-signal=INT "$MMAPCONV" series -q --check -C "$T/tree" -o "$T/int" >"$T/stdout" 2>"$T/stderr" </dev/null &
	pid=$!
	sleep "$(printf '%d.%03d' $((took * percent / 100000)) $((took * percent / 100 % 1000)))"
	kill -INT "$pid" 2>/dev/null || true
	status=0
	wait "$pid" || status=$?
	[ "$status" -ne 0 ] || continue
	hit=$((hit + 1))
	last_command="SIGINT at $percent %"
	want_status "SIGINT at $percent %: status says so" 3 130
	want_whole "SIGINT at $percent %: nothing half-written" "$T/int"
	try "$MMAPCONV" series -q --check -C "$T/tree" -o "$T/int"
	want_status "SIGINT at $percent %: a repeat works" 0
	check "SIGINT at $percent %: … and gives the whole result" diff -r -x work -x report "$T/int.whole" "$T/int"
done
if [ "$hit" -ge 2 ]; then
	tap_ok "signals hit a run"
else
	tap_fail "signals hit a run" "$hit of 4 in $took ms"
fi
