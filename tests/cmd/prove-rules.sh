#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove: what the semantic patches make of their own tests, against what those were.
#
#	tests/cmd/prove-rules.sh [--update]	--update rewrites what is expected
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

BATCH=$BUILD/san/prove-batch
[ "${1-}" != --update ] || BATCH=$BUILD/prove-batch
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$ROOT/tests/prove/rules/rules.py" "$BATCH" "$ROOT" "$T/work" "$@"
