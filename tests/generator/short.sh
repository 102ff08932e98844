#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Handlers that a person wrote, each for what broke once; then some hundred runs of random ones, all
# under ASan and UBSan; and contracts made wrong on purpose, which must not predict them.  Last pairs of random
# handlers, and of a handler and a hook: what the proof calls equal has to do the same, and what differs is seen to.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

for cases in "$ROOT"/tests/generator/cases/*.c; do
	"$BUILD/san/generator" -k "$ROOT/tests/generator" -c "$cases" -r 60
done
"$BUILD/san/generator" -k "$ROOT/tests/generator" -s 1 -b 2 -n 30 -r 8 -t
"$BUILD/san/generator" -k "$ROOT/tests/generator" -e -s 1 -b 4 -n 8 -r 20
"$BUILD/san/generator" -k "$ROOT/tests/generator" -E -s 1 -b 8 -n 8 -r 20
