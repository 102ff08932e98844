#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The sample kernel under the real QEMU, with and without its patches, and with one that loses a flag; where
# `make boot-sample` has left one (nothing is built here), and QEMU is there.
# shellcheck source=tests/boot/sample-lib.sh
. "$(dirname "$0")/../boot/sample-lib.sh"
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

# A make that gives what was built before; which of $KERNELS is the patched one, $PATCHED says.  Without kernels it
# makes a configuration of what is asked for, and no more.
mkdir "$T/bin" "$T/no-guest"
cat >"$T/bin/make" <<'X'
#!/bin/bash
for arg; do
	case $arg in
	O=*)			o=${arg#O=} ;;
	KCONFIG_ALLCONFIG=*)	asked=${arg#*=} ;;
	esac
	target=$arg
done
case $target in
allnoconfig)
	[ -z "$KERNELS" ] || asked=$KERNELS/config
	cp "$asked" "$o/.config" ;;
bzImage)
	[ -n "$KERNELS" ] || { echo "no kernel is built here" >&2; exit 2; }
	which=old
	[ ! -e "$o/mmapconv-new" ] || which=$PATCHED
	mkdir -p "$o/arch/x86/boot"
	cp "$KERNELS/$which/bzImage" "$o/arch/x86/boot/"
	cp "$KERNELS/$which/System.map" "$o/"
	while read -r object; do
		mkdir -p "$o/$(dirname "$object")" && : >"$o/$object"
	done <"$KERNELS/objects" ;;
*)		echo "no rule for $target" >&2; exit 2 ;;
esac
X
chmod +x "$T/bin/make"
for tool in qemu-system-x86_64 cpio; do
	printf '#!/bin/sh\nexit 1\n' >"$T/no-guest/$tool"
	chmod +x "$T/no-guest/$tool"
done

check "the sample's subjects are there" sample_folder "$T/boot"
export MMAPCONV_BOOT=$T/boot
small_sample "$T/small"
try "$MMAPCONV" convert -q -C "$T/small" -o "$T/out" drivers/demo/remap.c
PATH=$T/bin:$T/no-guest:$PATH KERNELS='' try "$MMAPCONV" boot -C "$T/small" -o "$T/out"
want_status "without a kernel nothing is booted: status 3" 3
want_message "without a kernel nothing is booted: the builder's words" 'no kernel is built here'
config=$T/out/boot/old/.config
check "the configuration holds what the sample asks for" grep -qx 'CONFIG_SECURITY_SELINUX=y' "$config"
# shellcheck disable=SC2016	# $1 is the inner shell's
check "the configuration holds nothing of other subjects" bash -c '! grep -q CONFIG_DRM= "$1" && grep -q CONFIG_TMPFS=y "$1"' - "$config"

# Of another configuration, or of another mmapconv: a kernel of today's has to be built first.
usable()
{
	[ -d "$SAMPLE_KERNELS/lost" ] || { echo "$SAMPLE_KERNELS is not there"; return 1; }
	diff -r "$SAMPLE_KERNELS/boot" "$T/boot" >/dev/null || { echo "$SAMPLE_KERNELS is of another configuration"; return 1; }
	mkdir "$T/sample" && cp -r "$SAMPLE_KERNELS"/{inventory.json,patches} "$T/sample" || return 1
	"$MMAPCONV" report -q -o "$T/sample" >/dev/null 2>&1 || { echo "$SAMPLE_KERNELS is of another mmapconv"; return 1; }
	command -v qemu-system-x86_64 >/dev/null || { echo "qemu-system-x86_64 is not installed"; return 1; }
}
if ! reason=$(usable); then
	echo "# no kernel was booted: $reason; \`make boot-sample\` builds one"
	exit 0
fi

export KERNELS=$SAMPLE_KERNELS
boot() { PATH=$T/bin:$PATH PATCHED=$1 timeout 900 "$MMAPCONV" boot --short -C "$KERNELS/tree" -o "$T/sample"; }
try boot new
want_status "with and without the patches: no difference" 0
sed 's/^/# /' "$T/stdout"
booted="[h for h in handlers if h['boot']['reached'] and h['conversion']['patch']]"
want_inventory "converted handlers were reached in both kernels" "$T/sample" \
	"len(${booted}) > 0 and all(h['boot']['requests'] > 5 and h['boot']['verdict'] == 'same' for h in ${booted})"
try boot lost
want_status "a flag is lost: status 1" 1
differ="[h for h in handlers if h['boot']['verdict'] == 'differs']"
want_inventory "a flag is lost: of one handler alone, and the flags of a request say which" "$T/sample" \
	"[any(d['key'].endswith('flags') and '(new mw)' in d['text'] for d in h['boot']['differences']) for h in ${differ}] == [True]"
