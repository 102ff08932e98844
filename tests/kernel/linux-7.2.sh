#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Linux 7.2: the same API as 7.3; found and classified alike.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"
kernel_tree 7.2

TRY_TIMEOUT=1500 try "$MMAPCONV" scan -C "$tree" -o "$T/out"
want_status "scan: status 0" 0
sed 's/^/# /' "$T/stdout" | tail -n 40
kernel_inventory "$tree" "$T/out" scan
