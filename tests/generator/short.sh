#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Some hundred runs of random handlers, predicted by their contracts, under ASan and UBSan; and
# contracts made wrong on purpose, which must not predict them.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

"$BUILD/san/generator" -k "$ROOT/tests/generator" -s 1 -b 2 -n 30 -r 8 -t
