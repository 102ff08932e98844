# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The sample kernel: the subjects whose handlers are converted, a minute under QEMU.  `make boot-sample` builds it, with
# and without the patches; tests/cmd/boot-sample.sh boots what that left.  Sourced before tests/run-lib.sh, which gives the
# tests a cache of their own: the kernels lie in the user's, where a clean checkout finds them, too.
# shellcheck disable=SC2034	# for those who source this

SAMPLE_KERNELS=${MMAPCONV_BOOT_SAMPLE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/mmapconv/boot-sample}
SAMPLE_SUBJECTS=(memfd dev-mem udf gfs2 ecryptfs acpi-log acpi-clock usb-monitor vduse-domain kvm-vcpu
		 kvm-guest-memfd tee-shared selinux-status selinux-policy)
SAMPLE_FILES=(drivers/acpi/pfr_telemetry.c drivers/ptp/ptp_vmclock.c drivers/tee/tee_shm.c drivers/usb/mon/mon_bin.c
	      drivers/vdpa/vdpa_user/iova_domain.c fs/ecryptfs/file.c
	      fs/gfs2/file.c fs/udf/file.c security/selinux/selinuxfs.c virt/kvm/guest_memfd.c virt/kvm/kvm_main.c)

# DIR: what boot/ is for all subjects, for these; the guest tries no others.
sample_folder()
{
	mkdir -p "$1/config" "$1/subjects" && cp "$ROOT/boot/config/base.config" "$1/config" && cp -r "$ROOT/boot/provider" "$1" &&
	"$PYTHON" - "$ROOT/boot/subjects" "$1/subjects/sample.json" "${SAMPLE_SUBJECTS[@]}" <<-'PY'
	import glob, json, sys
	folder, to, names = sys.argv[1], sys.argv[2], sys.argv[3:]
	known = {s["subject"]: s for path in sorted(glob.glob(folder + "/*.json")) for s in json.load(open(path))}
	chosen = [known[name] for name in names]
	chosen[0].setdefault("append", []).append("probe.only=" + ",".join(names))
	json.dump(chosen, open(to, "w"), indent=1)
	PY
}

# PATCH: its hook no longer takes a flag away; as many lines as before.
lose_flag()
{
	grep -qE '^\+.*clear_flags\(' "$1" && sed -i -E 's/^\+(\t*).*clear_flags\(.*\);$/+\1;/' "$1" &&
		! grep -qE '^\+.*clear_flags\(' "$1"
}
