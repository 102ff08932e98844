// SPDX-License-Identifier: GPL-2.0-only
/* Files of a virtual machine within the guest: its processor, a device of it, its memory. */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../probe.h"

#ifndef KVM_CAP_DIRTY_LOG_RING
#define KVM_CAP_DIRTY_LOG_RING 192
#endif
#ifndef KVM_DIRTY_LOG_PAGE_OFFSET
#define KVM_DIRTY_LOG_PAGE_OFFSET 64
#endif
#ifndef KVM_CREATE_GUEST_MEMFD
struct kvm_create_guest_memfd {
	__u64 size;
	__u64 flags;
	__u64 reserved[6];
};
#define KVM_CREATE_GUEST_MEMFD _IOWR(KVMIO, 0xd4, struct kvm_create_guest_memfd)
#endif
#define MEMFD_MMAP 1 /* GUEST_MEMFD_FLAG_MMAP, _INIT_SHARED */
#define MEMFD_INIT_SHARED 2

#define RING_BYTES 65536

static int make_vm(int *kvm)
{
	int vm;

	*kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (*kvm < 0)
		return why(-errno, "/dev/kvm: %m");
	vm = ioctl(*kvm, KVM_CREATE_VM, 0);
	return vm < 0 ? why(-errno, "KVM_CREATE_VM: %m") : vm;
}

static int open_vcpu(struct opened *o)
{
	int kvm, vm = make_vm(&kvm), size;

	if (vm < 0)
		return vm;
	o->fd = ioctl(vm, KVM_CREATE_VCPU, 0);
	if (o->fd < 0)
		return why(-errno, "KVM_CREATE_VCPU: %m");
	size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	if (size < 0)
		return why(-errno, "KVM_GET_VCPU_MMAP_SIZE: %m");
	o->size = (uint64_t)size;
	o->content = true;
	return 0;
}

static const struct subject vcpu = { .name = "kvm-vcpu", .open = open_vcpu };

static int open_dirty_ring(struct opened *o)
{
	struct kvm_enable_cap cap = { .cap = KVM_CAP_DIRTY_LOG_RING, .args = { RING_BYTES } };
	int kvm, vm = make_vm(&kvm);

	if (vm < 0)
		return vm;
	if (ioctl(vm, KVM_ENABLE_CAP, &cap))
		return why(-errno, "KVM_CAP_DIRTY_LOG_RING: %m");
	o->fd = ioctl(vm, KVM_CREATE_VCPU, 0);
	if (o->fd < 0)
		return why(-errno, "KVM_CREATE_VCPU: %m");
	o->offset = KVM_DIRTY_LOG_PAGE_OFFSET * 4096;
	o->size = RING_BYTES;
	o->content = true;
	return 0;
}

static const struct subject dirty_ring = { .name = "kvm-dirty-ring", .open = open_dirty_ring };

static int open_device(struct opened *o)
{
	struct kvm_create_device device = { .type = KVM_DEV_TYPE_VFIO };
	int kvm, vm = make_vm(&kvm);

	if (vm < 0)
		return vm;
	if (ioctl(vm, KVM_CREATE_DEVICE, &device))
		return why(-errno, "KVM_CREATE_DEVICE of VFIO: %m");
	o->fd = (int)device.fd;
	o->size = 4096;
	return 0;
}

static const struct subject device = { .name = "kvm-device", .open = open_device };

static int open_memory(struct opened *o, uint64_t flags)
{
	struct kvm_create_guest_memfd memory = { .size = 5 * 4096, .flags = flags };
	int kvm, vm = make_vm(&kvm);

	if (vm < 0)
		return vm;
	o->fd = ioctl(vm, KVM_CREATE_GUEST_MEMFD, &memory);
	if (o->fd < 0)
		return why(-errno, "KVM_CREATE_GUEST_MEMFD with flags %llx: %m",
			   (unsigned long long)flags);
	o->size = memory.size;
	o->content = true;
	return 0;
}

static int open_shared_memory(struct opened *o)
{
	return open_memory(o, MEMFD_MMAP | MEMFD_INIT_SHARED);
}

static int open_private_memory(struct opened *o)
{
	return open_memory(o, MEMFD_MMAP);
}

static const struct subject memory = { .name = "kvm-guest-memfd", .open = open_shared_memory };
static const struct subject private_memory = {
	.name = "kvm-guest-memfd-private",
	.open = open_private_memory,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_kvm[] = { &vcpu,   &dirty_ring,     &device,
					     &memory, &private_memory, NULL };
