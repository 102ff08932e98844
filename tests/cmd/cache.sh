#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The cache costs or saves time, and changes nothing: cold, warm, damaged, killed, shared, read-only.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

export XDG_CACHE_HOME=$T/cache
db=$T/cache/mmapconv/cache.sqlite
tree=$T/tree
copy_sample "$tree"

# What was written less than 2 s ago can change again unseen, so nothing of it is kept.
settle() { sleep 2.1; }

# OUT [option]...: scan the tree; how many readings were found and asked for is in $found, $asked.
scan()
{
	local out=$1
	shift
	try "$MMAPCONV" scan -C "$tree" -o "$out" "$@"
	want_status "$name: status" 0 3
	read -r found asked < <(sed -nE 's/.* ([0-9]+) of ([0-9]+) readings.*cache.*/\1 \2/p' "$T/stderr"; echo)
	found=${found:-0} asked=${asked:-9999}	# nothing is said when none was found
}

# The answer without a cache, which every other one has to equal.
truth()
{
	try "$MMAPCONV" scan --no-cache -q -C "$tree" -o "$T/truth"
}
same() { cmp "$T/truth/inventory.json" "$1/inventory.json"; }
all_found() { [ "$asked" -gt 10 ] && [ "$found" -eq "$asked" ]; }
some_found() { [ "$found" -gt 0 ] && [ "$found" -lt "$asked" ]; }
none_found() { [ "$found" -eq 0 ]; }

name="just written"
truth
check "--no-cache makes no database" test ! -e "$db"
try "$MMAPCONV" scan --no-cache --no-pch -q -C "$tree" -o "$T/no-pch"
check "precompiled headers change nothing" same "$T/no-pch"
scan "$T/a"
check "$name: the bytes" same "$T/a"

settle
rm -f "$db"*
name=cold
scan "$T/a"
check "$name: nothing is found" none_found
check "$name: the bytes" same "$T/a"
name=warm
scan "$T/b"
check "$name: everything is found" all_found
check "$name: the bytes" same "$T/b"
name="warm, -j 1"
scan "$T/b" -j 1
check "$name: everything is found" all_found
check "$name: the bytes" same "$T/b"
name="warm, without precompiled headers"
scan "$T/b" --no-pch
check "$name: everything is found" all_found
check "$name: the bytes" same "$T/b"

# Of the whole tree: determinism.sh.
small_sample "$T/small"
try "$MMAPCONV" run -q --no-cache -C "$T/small" -o "$T/run-truth"
try "$MMAPCONV" run -q -C "$T/small" -o "$T/run-cold"
check "run, with what spatch says kept: the same bytes" diff -r -x work "$T/run-truth" "$T/run-cold"
try "$MMAPCONV" run -q -C "$T/small" -o "$T/run-warm"
check "run, with what spatch said found: the same bytes" diff -r -x work "$T/run-truth" "$T/run-warm"

name="a changed source"
source=$(grep -rl remap_pfn_range "$tree"/drivers/demo/*.c | head -n 1)
cp -p "$source" "$T/before.c"
sed -i 's/remap_pfn_range(/io_remap_pfn_range(/' "$source"
settle
truth
scan "$T/c"
check "$name: the others are found" some_found
check "$name: the bytes" same "$T/c"
check "$name: they differ" test -n "$(cmp "$T/a/inventory.json" "$T/c/inventory.json")"

name="the source is as before"
cp -p "$T/before.c" "$source"
settle
truth
scan "$T/c"
check "$name: everything is found by content" all_found
check "$name: the bytes" same "$T/c"

name="a changed header"
header=$tree/include/linux/mm.h
cp -p "$header" "$T/mm.h"
printf '#define MMAPCONV_TEST 1\n' >>"$header"
settle
truth
scan "$T/c"
check "$name: what includes it is read again" test "$found" -lt "$asked"
check "$name: the bytes" same "$T/c"
cp -p "$T/mm.h" "$header"

name="same size, same time"
sed -i 's/VM_DONTEXPAND/VM_DONTCOPYX/' "$source"
touch -r "$T/before.c" "$source"
settle
truth
scan "$T/c"
check "$name: the bytes" same "$T/c"
cp -p "$T/before.c" "$source"

name="a touched file"
settle
scan "$T/c"
touch "$source"
settle
truth
scan "$T/c"
check "$name: everything is found by content" all_found
check "$name: the bytes" same "$T/c"

name="a new header that another hides"
: >"$tree/drivers/demo/mm.h"
settle
truth
scan "$T/c"
check "$name: the bytes" same "$T/c"
check "$name: what includes one of its name is read again" test "$found" -lt "$asked"
rm "$tree/drivers/demo/mm.h"

name="other flags"
settle
scan "$T/c"
cp -p "$tree/compile_commands.json" "$T/commands"
sed -i 's/"-D__KERNEL__"/"-D__KERNEL__", "-DMMAPCONV_FLAG"/; s/ -D__KERNEL__/ -D__KERNEL__ -DMMAPCONV_FLAG/' \
	"$tree/compile_commands.json"
if cmp -s "$tree/compile_commands.json" "$T/commands"; then
	tap_fail "$name: the test changes them" "no -D__KERNEL__ in compile_commands.json"
fi
truth
scan "$T/c"
check "$name: nothing is found that had them" test "$found" -lt "$asked"
check "$name: the bytes" same "$T/c"
cp -p "$T/commands" "$tree/compile_commands.json"

name=damaged
truth
scan "$T/c"
size=$(stat -c %s "$db")
for at in 0 100 5000 $((size / 2)) $((size - 200)); do
	printf 'this is no database' | dd of="$db" bs=1 seek="$at" conv=notrunc status=none
	rm -f "$db-wal" "$db-shm"
	scan "$T/d"
	check "$name at byte $at: the bytes" same "$T/d"
done
printf 'no database at all' >"$db"
scan "$T/d"
want_message "$name: it says so" 'damaged'
check "$name whole: the bytes" same "$T/d"
scan "$T/d"
check "$name: the next run finds everything" all_found

name="killed in the middle"
rm -f "$db"*
for ms in 020 060 120 250 400; do
	"$MMAPCONV" scan -q -C "$tree" -o "$T/killed" >/dev/null 2>&1 </dev/null &
	pid=$!
	sleep "0.$ms"
	kill -KILL "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	scan "$T/e"
	check "$name after $ms ms: the bytes" same "$T/e"
	[ "$ms" = 400 ] || rm -f "$db"*
done
scan "$T/e"
check "$name: the next run finds everything" all_found

name="two at once"
rm -f "$db"*
for i in 1 2 3; do
	"$MMAPCONV" scan -q -C "$tree" -o "$T/p$i" >/dev/null 2>"$T/p$i.err" </dev/null &
	pids[i]=$!
done
for i in 1 2 3; do
	wait "${pids[i]}"
	check "$name: the bytes of run $i" same "$T/p$i"
	check "$name: run $i does not complain" test ! -s "$T/p$i.err"
done
scan "$T/e"
check "$name: the next run finds everything" all_found

name="read-only folder"
chmod a-w "$T/cache/mmapconv" "$db"*
try without_override "$MMAPCONV" scan -C "$tree" -o "$T/f"
want_status "$name: status" 0 3
check "$name: the bytes" same "$T/f"
chmod u+w "$T/cache/mmapconv" "$db"*

name="no folder"
XDG_CACHE_HOME=/dev/null/none try "$MMAPCONV" scan -C "$tree" -o "$T/f"
want_status "$name: status" 0 3
check "$name: the bytes" same "$T/f"

name="another program"
cp "$MMAPCONV" "$T/mmapconv"
printf 'x' >>"$T/mmapconv"
MMAPCONV=$T/mmapconv scan "$T/f"
check "$name: nothing of ours is found" none_found
check "$name: the bytes" same "$T/f"
