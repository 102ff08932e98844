#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A function in a dozen tables: every table is found, eight are confirmed by libclang, and what is in
# the text only for want of asking is told from what libclang should have seen.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

copy_sample "$T/tree"
mkdir "$T/tree/drivers/many"
cat >"$T/tree/drivers/many/many.h" <<'C'
struct file;
struct vm_area_struct;
int many_mmap(struct file *file, struct vm_area_struct *vma);
C
cat >"$T/tree/drivers/many/many.c" <<'C'
#include <linux/mm.h>
#include "many.h"
int many_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTEXPAND);
	return 0;
}
C
for i in a b c d e f g h i j k l; do
	cat >"$T/tree/drivers/many/table_$i.c" <<C
#include <linux/fs.h>
#include "many.h"
const struct file_operations many_${i}_fops = { .mmap = many_mmap };
C
done

try "$MMAPCONV" scan --no-kbuild -C "$T/tree" -o "$T/out"
want_status "scan: status 0" 0
want_inventory "all twelve tables are found" "$T/out" \
	'len(by_id["drivers/many/many.c:many_mmap"]["instances"]) == 12'
want_inventory "eight are confirmed, the others were not read, in the order of their names" "$T/out" '
[(i["confirmed"], i["unread"]) for i in by_id["drivers/many/many.c:many_mmap"]["instances"]]
    == [(True, False)] * 8 + [(False, True)] * 4'
want_inventory "every other C handler of tier 1 is confirmed, or stands where libclang was and saw nothing" "$T/out" '
not [h["id"] for h in handlers for i in h["instances"] if h["tier"] == 1 and i["unread"] and h["function"] != "many_mmap"]'
check "the report says how many were not read" grep -q "in files that libclang was not asked to read" "$T/out/report/report.md"

# read with guessed flags, so convert leaves it to a person
try "$MMAPCONV" convert --no-kbuild -C "$T/tree" -o "$T/one" drivers/many
want_status "convert of the folder: status 1" 1
want_inventory "tables that were asked for are all read" "$T/one" '
[(i["confirmed"], i["unread"]) for i in by_id["drivers/many/many.c:many_mmap"]["instances"]] == [(True, False)] * 12'
