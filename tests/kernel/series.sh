#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# series on Linux 7.3 and 7.2, with their own get_maintainer.pl and checkpatch.pl.
# shellcheck disable=SC2016	# $1 is the inner shell's
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"
# shellcheck source=tests/kernel-lib.sh
. "$(dirname "$0")/../kernel-lib.sh"

declare -A chosen=([7.3]="arch/powerpc/platforms/cell drivers/hv drivers/char drivers/soc fs/udf"
	[7.2]="arch/powerpc/platforms/cell fs/udf")
for version in 7.3 7.2; do
	read -ra folders <<<"${chosen[$version]}"
	kernel_tree "$version"
	out=$T/$version
	TRY_TIMEOUT=900 try "$MMAPCONV" convert -q -C "$tree" -o "$out" "${folders[@]}"
	want_status "$version: convert of some drivers leaves some handlers" 0 1
	TRY_TIMEOUT=900 try "$MMAPCONV" series -q --check -C "$tree" -o "$out"
	want_status "$version: series --check finds nothing" 0
	check "$version: the mails are in order" "$PYTHON" "$ROOT/tests/cmd/series_mails.py" "$out"
	want_whole "$version: results are whole" "$out"
	want_inventory "$version: spufs is one patch, to the people of powerpc, and every place was checked" "$out" '
len({h["conversion"]["posting"]["mail"] for h in handlers if h["outcome"] == "converted" and "/spufs/" in h["file"]}) == 1
and all(h["conversion"]["posting"]["batch"] == "powerpc" for h in handlers if h["outcome"] == "converted" and "/spufs/" in h["file"])
and all({c["name"] for c in h["conversion"]["posting"]["checks"] if c["status"] == "ok"} == {"git am", "compile", "checkpatch", "sparse"}
        for h in handlers if h["outcome"] == "converted")'
	check "$version: everybody is asked: To: and a list in each mail" bash -c \
		'! grep -L "^To: " "$1"/series/*/v1/*.patch | grep . && ! grep -L "linux-kernel@vger.kernel.org" "$1"/series/*/v1/*.patch | grep .' - "$out"
done
