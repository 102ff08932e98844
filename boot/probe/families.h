/* SPDX-License-Identifier: GPL-2.0-only */
/* One row a family, in the order in which they are tried; probe.h says how one is added.  No guard: read twice. */
FAMILY(memory)
FAMILY(shm)
FAMILY(hugetlb)
FAMILY(filesystems)
FAMILY(io_uring)
FAMILY(bpf)
FAMILY(perf)
FAMILY(selinux)
FAMILY(kvm)
