// SPDX-License-Identifier: GPL-2.0-only
/* PCI resources, in sysfs (kernfs) and in /proc; and files of both that have no mmap(). */
#include <errno.h>
#include <fcntl.h>
#include <linux/pci.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "file.h"

#define BAR_SIZE (1u << 20)
#define RESOURCES "/sys/bus/pci/devices/%s/"

/* QEMU's "edu", a device for learners: one BAR of a MiB, of which it serves the first bytes. */
static bool edu(char *slot, size_t len)
{
	return have_pci(0x1234, 0x11e8, slot, len);
}

static int open_resource(struct opened *o, const char *slot, const char *name, uint64_t size)
{
	char path[128];

	snprintf(path, sizeof(path), RESOURCES "%s", slot, name);
	return file_open_as_is(o, path, O_RDWR, size);
}

static int open_edu(struct opened *o)
{
	char slot[32];

	return edu(slot, sizeof(slot)) ? open_resource(o, slot, "resource0", BAR_SIZE) : -ENODEV;
}

static const struct subject resource = { .name = "pci-resource", .open = open_edu };

/* The frame buffer of a second graphics card: prefetchable, so it may be write-combined. */
static int open_wc(struct opened *o)
{
	char slot[32];

	return have_pci(0x1234, 0x1111, slot, sizeof(slot))
		       ? open_resource(o, slot, "resource0_wc", 16u << 20)
		       : -ENODEV;
}

static const struct subject resource_wc = {
	.name = "pci-resource-wc",
	.open = open_wc,
	.traits = NO_WRITE_TOUCH | FEW_REQUESTS,
};

/* The ports of the SATA controller that q35 has. */
static int open_ports(struct opened *o)
{
	char slot[32];

	return have_pci(0x8086, 0x2922, slot, sizeof(slot))
		       ? open_resource(o, slot, "resource4", 4096)
		       : -ENODEV;
}

static const struct subject resource_io = {
	.name = "pci-resource-io",
	.open = open_ports,
	.traits = FEW_REQUESTS | NO_READ_TOUCH,
};

/* Of the kernfs, but with nothing to map. */
static int open_plain(struct opened *o)
{
	return file_open_as_is(o, "/sys/kernel/uevent_seqnum", O_RDONLY, 4096);
}

static const struct subject plain = { .name = "kernfs-plain",
				      .open = open_plain,
				      .traits = FEW_REQUESTS };

static int open_proc(struct opened *o)
{
	char slot[32], path[128], line[100];
	unsigned long long start = 0;
	FILE *f;

	if (!edu(slot, sizeof(slot)))
		return -ENODEV;
	snprintf(path, sizeof(path), RESOURCES "resource", slot);
	f = fopen(path, "re");
	if (f && fgets(line, sizeof(line), f) && sscanf(line, "%llx", &start) != 1)
		start = 0;
	if (f)
		fclose(f);
	if (!start)
		return why(-ENXIO, "%s tells no address", path);
	/* "0000:00:04.0" is /proc/bus/pci/00/04.0 */
	snprintf(path, sizeof(path), "/proc/bus/pci/%.2s/%s", slot + 5, slot + 8);
	o->fd = open(path, O_RDWR | O_CLOEXEC);
	if (o->fd < 0)
		return why(-errno, "%s: %m", path);
	if (ioctl(o->fd, PCIIOC_MMAP_IS_MEM))
		return why(-errno, "%s: PCIIOC_MMAP_IS_MEM: %m", path);
	o->offset = start;
	o->size = BAR_SIZE;
	return 0;
}

static const struct subject proc_memory = { .name = "proc-pci", .open = open_proc };

static int open_proc_plain(struct opened *o)
{
	return file_open_as_is(o, "/proc/version", O_RDONLY, 4096);
}

static const struct subject proc_plain = {
	.name = "proc-plain",
	.open = open_proc_plain,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_pci[] = {
	&resource, &resource_wc, &resource_io, &plain, &proc_memory, &proc_plain, NULL,
};
