#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prove: some of the wrong hooks that tests/prove/ makes from the sample tree's right ones, under the sanitizers.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

some=(drivers/demo/{companions,fault,flags,ioremap,locks,prot,remap,state}.c)
"$MMAPCONV" convert -q -C "$SAMPLE" -o "$T/out" "${some[@]}" >"$T/convert.log" 2>&1
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$ROOT/tests/prove/mutants.py" "$BUILD/san/prove-batch" "$T/out" "$SAMPLE" "$T/work" 60
