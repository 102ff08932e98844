#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# 24,000 runs of random handlers, predicted by their contracts; then pairs of two handlers, and of a handler and a
# hook, what the proof says of them beside what they do.  GENERATOR_SEED=N starts at
# another seed than 100.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

"$BUILD/generator" -k "$ROOT/tests/generator" -s "${GENERATOR_SEED:-100}" -b 100 -n 20 -r 12 -t
"$BUILD/generator" -k "$ROOT/tests/generator" -e -s 1 -b 400 -n 8 -r 40
"$BUILD/generator" -k "$ROOT/tests/generator" -E -s 1 -b 400 -n 8 -r 40
