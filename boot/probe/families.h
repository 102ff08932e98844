/* SPDX-License-Identifier: GPL-2.0-only */
/* One row a family, in the order in which they are tried; probe.h says how one is added.  No guard: read twice. */
FAMILY(memory)
FAMILY(memory_devices)
FAMILY(shm)
FAMILY(hugetlb)
FAMILY(filesystems)
FAMILY(overlay)
FAMILY(fuse)
FAMILY(ecryptfs)
FAMILY(io_uring)
FAMILY(aio)
FAMILY(bpf)
FAMILY(perf)
FAMILY(tracing)
FAMILY(socket)
FAMILY(pci)
FAMILY(binder)
FAMILY(kvm)
/* Late: what lockdep says of it in 7.3 is the last that lockdep says. */
FAMILY(coda)
/* The last: it loads a policy, which stays. */
FAMILY(selinux)
