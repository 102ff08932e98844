// SPDX-License-Identifier: GPL-2.0-only
/*
 * VFIO: two mediated devices of the kernel's samples (one maps all at once, one by faults), and a
 * PCI device.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "devices.h"

#define MDEV "/sys/bus/mdev/devices/"
#define MDPY_UUID "11111111-2222-3333-4444-555555555501"
#define MBOCHS_UUID "11111111-2222-3333-4444-555555555502"
#define EDU "0000:00:11.0" /* subjects/vfio.json puts it there */

/* Newer than libc's header. */
struct bind_iommufd {
	uint32_t argsz, flags;
	int32_t iommufd;
	uint32_t out_devid;
};
#define BIND_IOMMUFD _IO(VFIO_TYPE, VFIO_BASE + 18)

static int create(const char *parent, const char *type, const char *uuid)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/class/mdev_bus/%s/mdev_supported_types/%s/create",
		 parent, type);
	return put_text(path, uuid);
}

static void remove_device(const char *uuid)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/bus/mdev/devices/%s/remove", uuid);
	put_text(path, "1");
}

static int prepare_mdpy(void)
{
	return create("mdpy", "mdpy-vga", MDPY_UUID);
}

static void finish_mdpy(void)
{
	remove_device(MDPY_UUID);
}

static int prepare_mbochs(void)
{
	return create("mbochs", "mbochs-small", MBOCHS_UUID);
}

static void finish_mbochs(void)
{
	remove_device(MBOCHS_UUID);
}

/* folder is the device's in sysfs; "vfio-dev/vfio0" in it names the device file. */
static int open_device(const char *folder)
{
	char list[128], path[512] = "";
	struct dirent *e;
	DIR *d;

	snprintf(list, sizeof(list), "%s/vfio-dev", folder);
	d = opendir(list);
	while (d && (e = readdir(d)))
		if (!strncmp(e->d_name, "vfio", 4))
			snprintf(path, sizeof(path), "/dev/vfio/devices/%s", e->d_name);
	if (d)
		closedir(d);
	return *path ? open_wait(path, O_RDWR, 3) : why(-ENODEV, "no device in %s", list);
}

static int first_region(struct opened *o)
{
	struct vfio_region_info region = { .argsz = sizeof(region), .index = 0 };
	int ret = ASK(o->fd, VFIO_DEVICE_GET_REGION_INFO, &region);

	o->offset = region.offset;
	o->size = region.size;
	return ret;
}

static int open_bound(struct opened *o, const char *folder)
{
	struct bind_iommufd want = { .argsz = sizeof(want) };
	int ret;

	o->fd = open_device(folder);
	if (o->fd < 0)
		return o->fd;
	want.iommufd = open_wait("/dev/iommu", O_RDWR, 3);
	if (want.iommufd < 0)
		return want.iommufd;
	ret = ASK(o->fd, BIND_IOMMUFD, &want);
	return ret < 0 ? ret : first_region(o);
}

static int open_mdpy(struct opened *o)
{
	o->content = true; /* a display that nothing has drawn on */
	return open_bound(o, MDEV MDPY_UUID);
}

static int open_mbochs(struct opened *o)
{
	o->content = true;
	return open_bound(o, MDEV MBOCHS_UUID);
}

/* A device file that has been bound to nothing serves nothing. */
static int open_unbound(struct opened *o)
{
	o->fd = open_device(MDEV MDPY_UUID);
	return o->fd < 0 ? o->fd : 0;
}

/* QEMU's IOMMU keeps no interrupts apart. */
static int prepare_pci(void)
{
	int ret = put_text("/sys/module/iommufd/parameters/allow_unsafe_interrupts", "1");

	return ret ? ret : bind_pci(EDU, "vfio-pci");
}

static int open_pci(struct opened *o)
{
	return open_bound(o, "/sys/bus/pci/devices/" EDU);
}

/* What a read comes to, in a child. */
static const char *read_word(const volatile uint32_t *p)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		(void)*p;
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return "no child";
	return WIFSIGNALED(status) ? sigabbrev_np(WTERMSIG(status)) : "ok";
}

/* While the device does not answer to memory accesses, its pages are away. */
static void ask_memory_off(struct opened *o, struct result *r)
{
	struct vfio_region_info config = { .argsz = sizeof(config),
					   .index = VFIO_PCI_CONFIG_REGION_INDEX };
	volatile uint32_t *p = question_map(o, 4096, PROT_READ, r, "mmap");
	uint16_t command = 0, off;
	off_t at;

	if (!p || device_ioctl(o->fd, VFIO_DEVICE_GET_REGION_INFO, &config))
		return;
	at = (off_t)config.offset + 4;
	result_int(r, "identity", p[0]);
	if (pread(o->fd, &command, 2, at) != 2)
		return;
	off = (uint16_t)(command & ~2U);
	result_errno(r, "off", pwrite(o->fd, &off, 2, at) == 2 ? 0 : -errno);
	result_text(r, "read off", "%s", read_word(p));
	result_errno(r, "on", pwrite(o->fd, &command, 2, at) == 2 ? 0 : -errno);
	result_text(r, "read on", "%s", read_word(p));
}

static void ask_regions(struct opened *o, struct result *r)
{
	struct vfio_region_info config = { .argsz = sizeof(config),
					   .index = VFIO_PCI_CONFIG_REGION_INDEX };
	struct opened other = *o;

	question_map(o, o->size, PROT_READ, r, "all");
	question_map(o, o->size + 4096, PROT_READ, r, "too long");
	if (device_ioctl(o->fd, VFIO_DEVICE_GET_REGION_INFO, &config))
		return;
	other.offset = config.offset;
	question_map(&other, 4096, PROT_READ, r, "configuration space");
}

static const struct question pci_questions[] = {
	{ "memory off", ask_memory_off },
	{ "regions", ask_regions },
	{ NULL, NULL },
};

static const struct question mdev_questions[] = {
	{ "regions", ask_regions },
	{ NULL, NULL },
};

static const struct subject mdpy = {
	.name = "vfio-mdpy",
	.prepare = prepare_mdpy,
	.open = open_mdpy,
	.finish = finish_mdpy,
	.questions = mdev_questions,
};
static const struct subject unbound = {
	.name = "vfio-unbound",
	.prepare = prepare_mdpy,
	.open = open_unbound,
	.finish = finish_mdpy,
	.traits = FEW_REQUESTS,
};
static const struct subject mbochs = {
	.name = "vfio-mbochs",
	.prepare = prepare_mbochs,
	.open = open_mbochs,
	.finish = finish_mbochs,
	.questions = mdev_questions,
};
static const struct subject pci = {
	.name = "vfio-pci",
	.prepare = prepare_pci,
	.open = open_pci,
	.questions = pci_questions,
	.traits = NO_WRITE_TOUCH,
};

const struct subject *const family_vfio[] = { &mdpy, &unbound, &mbochs, &pci, NULL };
