#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# boot from end to end on the sample tree, with recorded logs: make and QEMU are stand-ins here that leave what real
# ones would.  The real ones: make boot-check.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

small_sample "$T/small"
tree=$T/small
try "$MMAPCONV" run -q -C "$tree" -o "$T/out"
want_status "the tree is converted" 1

# What a real make leaves: a .config of what was asked for but CONFIG_UDF_FS, an object for each source, a kernel.
mkdir "$T/bin"
cat >"$T/bin/make" <<'X'
#!/bin/bash
for arg; do
	case $arg in
	O=*)			o=${arg#O=} ;;
	KCONFIG_ALLCONFIG=*)	asked=${arg#*=} ;;
	esac
	target=$arg
done
tree=$(dirname "$o")/tree
echo "$target" >>"$STUB/made"
case $target in
allnoconfig)	grep -v UDF_FS "$asked" >"$o/.config" ;;
bzImage)
	mkdir -p "$o/arch/x86/boot"
	[ ! -e "$STUB/no-kernel" ] || { echo "drivers/x.c:1: error: no such thing" >&2; exit 2; }
	(cd "$tree" && find . -name '*.c' -printf '%h\n') | sort -u | sed "s,^,$o/," | xargs mkdir -p
	(cd "$tree" && find . -name '*.c') | while read -r f; do cp "$tree/$f" "$o/${f%.c}.o"; done
	(cd "$tree" && find . -name '*.c' -exec grep -ohE '\w*mmap\w*' {} +) | sort -u | sed 's/^/ffffffff81000000 t /' >"$o/System.map"
	[ ! -e "$STUB/no-symbols" ] || echo >"$o/System.map"
	echo kernel >"$o/arch/x86/boot/bzImage" ;;
headers)	;;
*)		echo "no rule for $target" >&2; exit 2 ;;
esac
X
# What a real QEMU leaves: a console and a log; which ones, by the name of the log.
cat >"$T/bin/qemu-system-x86_64" <<'X'
#!/bin/bash
printf '%s\n' "$@" >>"$STUB/qemu-arguments"
files=()
for arg; do
	[[ $arg != file:* ]] || files+=("${arg#file:}")
done
name=$(basename "${files[1]}" .log)
cp "$STUB/$name.console" "${files[0]}" && cp "$STUB/$name.log" "${files[1]}"
[ ! -e "$STUB/$name.hangs" ] || sleep 600
[ ! -e "$STUB/meanwhile" ] || [ "$name" != new ] || . "$STUB/meanwhile"
X
chmod +x "$T"/bin/*
export STUB=$T/stub
mkdir "$STUB"

# A converted handler of the sample: its names before and after, for the logs.
read -r id old new < <("$PYTHON" - "$T/out/inventory.json" <<'PY'
import json, sys
h = [h for h in json.load(open(sys.argv[1]))["handlers"] if h["outcome"] == "converted"][0]
print(h["id"], h["function"], h["conversion"]["new_name"])
PY
)
log()		# NAME FUNCTION FLAGS
{
	cat >"$STUB/$1.log" <<-X
	{"probe":1,"kernel":"0.0"}
	{"subject":"demo","state":"ready"}
	{"subject":"demo","request":"shared rw all","called":["$2"],"result":{"mmap":"ok","VmFlags":"$3","rss":8}}
	{"subject":"demo","request":"private rw all","called":["$2"],"result":{"mmap":"EINVAL"}}
	{"subject":"demo","state":"done","result":{"files":0}}
	{"end":2}
	X
	echo "Linux version 0.0" >"$STUB/$1.console"
}
boot() { PATH=$T/bin:$PATH timeout 100 "$MMAPCONV" boot -C "$tree" -o "$T/out" "$@"; }
log old-1 "$old" "rd wr sh"
log old-2 "$old" "rd wr sh"
log new "$new" "rd wr sh"
before=$(tree_sum "$tree")
try boot
want_status "no difference: status 0" 0
check "both kernels were built, once each" test "$(grep -c bzImage "$STUB/made")" = 2
check "the guest gets its two serial lines, in order" grep -qx "file:$T/out/boot/new.console" "$STUB/qemu-arguments"
check "what kconfig refuses is said" grep -q 'CONFIG_UDF_FS' "$T/out/boot.json"
want_inventory "the handler was reached, by its old name and its new one" "$T/out" \
	"by_id['$id']['boot']['reached'] and by_id['$id']['boot']['requests'] == 2 and not by_id['$id']['boot']['differences']"
want_inventory "others were built, and not reached" "$T/out" \
	"[h['boot']['verdict'] for h in handlers if h['id'] != '$id'].count('not-reached') > 10"
check "the tree was not touched" test "$before" = "$(tree_sum "$tree")"
check "the patched kernel has the patched source" grep -rq "\.mmap_prepare" "$T/out/boot/new/drivers"
check "the other one has the tree's" bash -c '! grep -rq "'"$new"'" "$1"' - "$T/out/boot/old/drivers"

# What was booted is known to the next inventory, unless something of it is another one by then.
try "$MMAPCONV" run -q -C "$tree" -o "$T/out"
want_status "the tree is converted again" 1
want_inventory "after another run: what the boot said of the same patch is still there" "$T/out" \
	"by_id['$id']['boot']['verdict'] == 'same' and by_id['$id']['boot']['requests'] == 2"
try "$MMAPCONV" scan -C "$tree" -o "$T/out"
want_message "a scan has no patches: said" 'booted, and .* not with a patch'
want_inventory "a scan has no patches: nothing is claimed of the handler" "$T/out" "by_id['$id']['boot'] is None"
try "$MMAPCONV" run -q -C "$tree" -o "$T/out"
want_inventory "a run after the scan: it is back" "$T/out" "by_id['$id']['boot']['verdict'] == 'same'"
source=$tree/${id%:*}
cp -p "$source" "$T/source"
echo "/* another source */" >>"$source"
try "$MMAPCONV" run -q -C "$tree" -o "$T/out"
want_message "another source: said" 'the source file is another one than was booted'
want_inventory "another source: what the boot said is dropped" "$T/out" "by_id['$id']['boot'] is None"
cp -p "$T/source" "$source"
sed -i 's/"patch": "\([0-9a-f]\{15\}\)[0-9a-f]"/"patch": "\1x"/' "$T/out/boot/inventory.json"
try "$MMAPCONV" run -q -C "$tree" -o "$T/out"
want_message "another patch: said" 'the patch is another one than was booted'
want_inventory "another patch: what the boot said is dropped" "$T/out" "by_id['$id']['boot'] is None"

# Differences are tried in a second pair of boots.
log new "$new" "rd wr"
log new-2 "$new" "rd wr"
log old-3 "$old" "rd wr sh"
rm -f "$STUB/qemu-arguments"
try boot --json
want_status "a lost flag: status 1" 1
check "a lost flag: what differs is tried again, and nothing else is" test "$(grep -c ' probe.only=demo' "$STUB/qemu-arguments")" = 2
check "a lost flag: the request and both values are named" "$PYTHON" - "$T/stdout" <<'PY'
import json, sys
text = json.dumps(json.load(open(sys.argv[1])))
sys.exit(not all(s in text for s in ("shared rw all", "rd wr sh", "VmFlags")))
PY
want_inventory "a lost flag: the handler differs" "$T/out" "len(by_id['$id']['boot']['differences']) == 1"
try "$MMAPCONV" series -q -C "$tree" -o "$T/out"
want_status "a patch that differs is left out of the postings: status 3" 3
check "a patch that differs: the reason names the request" grep -q "shared rw all" "$T/out/series/series.json"

log new-2 "$new" "rd wr sh"
try boot
want_status "a flag lost once, and not again: no difference, status 0" 0
check "a flag lost once: both values are named all the same" grep -q 'VmFlags: old "rd wr sh", new "rd wr"' "$T/stdout"
want_inventory "a flag lost once: the handler behaves the same, and a value was not compared" "$T/out" \
	"by_id['$id']['boot']['verdict'] == 'same' and by_id['$id']['boot']['unstable'] == 1"

log new "$new" "rd wr sh"
log old-2 "$old" "rd wr"
touch "$STUB/no-symbols"
try boot
want_status "what the unchanged kernel does not repeat is no difference: status 0" 0
want_inventory "an object of an earlier configuration, whose functions the kernel has not, counts as not built" "$T/out" \
	"{h['boot']['verdict'] for h in handlers if h['id'] != '$id'} == {'not-built'}"
rm "$STUB/no-symbols"
check "what the unchanged kernel does not repeat is listed" grep -q '"VmFlags"' "$T/out/boot.json"

log old-2 "$old" "rd wr sh"
sed -i '/"end"/d' "$STUB/new.log"
touch "$STUB/new.hangs"
try boot --boot-timeout 1
want_status "a guest that hangs is killed, its log is not whole: status 3" 3
want_message "a guest that hangs: said, with its console" 'killed after 1 s.*console'
rm "$STUB/new.hangs"

# While QEMU runs, another run writes the inventory, and a patch.
log new "$new" "rd wr sh"
patch=$("$PYTHON" -c 'import json, sys
print([h["conversion"]["patch"] for h in json.load(open(sys.argv[1]))["handlers"] if h["id"] == sys.argv[2]][0])' "$T/out/inventory.json" "$id")
cp "$T/out/$patch" "$T/patch"
sed 's/"text": "[^"]*"/"text": "another run"/' "$T/out/inventory.json" >"$T/inventory.json"
cat >"$STUB/meanwhile" <<X
sed -i 's/^+\(.*mmap_prepare.*\)/+\1 /' "$T/out/$patch"
cp "$T/inventory.json" "$T/out/inventory.json"
X
try boot
rm "$STUB/meanwhile"
want_status "a run meanwhile: status 0" 0
want_message "a run meanwhile: said" 'inventory.json was written anew while the kernels ran'
check "a run meanwhile: its inventory stays" cmp "$T/inventory.json" "$T/out/inventory.json"
check "a run meanwhile: what was booted is the patch that was built" "$PYTHON" - "$T/out" "$id" <<'PY'
import json, sys
booted = {h["id"]: h["boot"] for h in json.load(open(sys.argv[1] + "/boot/inventory.json"))["handlers"]}
before = {h["id"]: h["boot"] for h in json.load(open(sys.argv[1] + "/inventory.json"))["handlers"]}
sys.exit(booted[sys.argv[2]]["verdict"] != "same" or booted[sys.argv[2]]["patch"] != before[sys.argv[2]]["patch"])
PY
cp "$T/patch" "$T/out/$patch"

log new "$new" "rd wr sh"
echo "[    1.0] WARNING: CPU: 0 PID: 71 at mm/vma.c:12 vma_merge+0x1/0x2" >>"$STUB/new.console"
try boot
want_status "a warning of the patched kernel only: status 1" 1

touch "$STUB/no-kernel"
try boot
want_status "a kernel that does not build: status 3" 3
want_message "a kernel that does not build: what the compiler said" 'drivers/x.c:1: error: no such thing'
rm "$STUB/no-kernel"

try boot --no-kbuild
want_status "--no-kbuild is refused: status 2" 2
try "$MMAPCONV" boot -C "$tree" -o "$T/empty"
want_status "no inventory: status 3" 3
