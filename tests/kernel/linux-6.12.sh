#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Linux 6.12 has no mmap_prepare: scan works, convert refuses and names the release that brought it.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 6.12

TRY_TIMEOUT=1500 try "$MMAPCONV" scan -C "$tree" -o "$T/out"
want_status "scan: status 0" 0
kernel_inventory "$tree" "$T/out" scan
want_inventory "no handler is auto where there is nothing to convert to" "$T/out" \
	"not [h['id'] for h in handlers if h['verdict'] == 'auto']"

# one folder is enough for convert, and run reads what the scan has kept
for command in run "convert drivers/char"; do
	read -r command argument <<<"$command"
	TRY_TIMEOUT=1500 try "$MMAPCONV" "$command" -C "$tree" -o "$T/$command" ${argument:+"$argument"}
	want_status "$command refuses: status 2 or 3" 2 3
	want_message "$command names what is missing and the release that introduced it" 'mmap_prepare.*6\.16'
	check "$command writes no patch" test -z "$(find "$T/$command" -name '*.patch' 2>/dev/null)"
	check "$command leaves the inventory and the report" test -s "$T/$command/inventory.json" \
		-a -s "$T/$command/report/report.md"
done
