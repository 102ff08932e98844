// SPDX-License-Identifier: GPL-2.0-only
/*
 * vDPA: the doorbells of a virtio device that is handed through, those that the simulator does
 * not have, and the pages that a device served by a program shares with its driver.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/vdpa.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "devices.h"
#include "netlink.h"
#include "vdpa.h"

#define NIC \
	"0000:00:12.0" /* subjects/vdpa.json puts it there, behind an IOMMU, which vhost wants */

int vdpa_add(const char *name, const char *bus, const char *parent, const char *driver)
{
	const struct netlink_text texts[] = {
		{ VDPA_ATTR_DEV_NAME, name },
		{ VDPA_ATTR_MGMTDEV_DEV_NAME, parent },
		{ bus ? VDPA_ATTR_MGMTDEV_BUS_NAME : 0, bus },
		{ 0, NULL },
	};
	char path[128];
	int ret = put_text("/sys/bus/vdpa/drivers_autoprobe", "0");

	if (ret)
		return ret;
	ret = genl_request(VDPA_GENL_NAME, VDPA_CMD_DEV_NEW, VDPA_GENL_VERSION, texts);
	if (ret)
		return why(ret, "adding the vDPA device %s: %s", name, strerror(-ret));
	snprintf(path, sizeof(path), "/sys/bus/vdpa/devices/%s/driver_override", name);
	ret = put_text(path, driver);
	return ret ? ret : put_text("/sys/bus/vdpa/drivers_probe", name);
}

int vdpa_remove(const char *name)
{
	const struct netlink_text texts[] = { { VDPA_ATTR_DEV_NAME, name }, { 0, NULL } };

	return genl_request(VDPA_GENL_NAME, VDPA_CMD_DEV_DEL, VDPA_GENL_VERSION, texts);
}

static int prepare_simulator(void)
{
	return vdpa_add("probe-sim", NULL, "vdpasim_net", "vhost_vdpa");
}

static void finish_simulator(void)
{
	vdpa_remove("probe-sim");
}

static int prepare_pci(void)
{
	int ret = bind_pci(NIC, "vp-vdpa");

	return ret ? ret : vdpa_add("probe-pci", "pci", NIC, "vhost_vdpa");
}

static void finish_pci(void)
{
	vdpa_remove("probe-pci");
}

/* /sys/bus/vdpa/devices/NAME/vhost-vdpa-N names the device file. */
static int open_vhost(struct opened *o, const char *name)
{
	char path[128];
	int n;

	for (n = 0; n < 8; n++) {
		snprintf(path, sizeof(path), "/sys/bus/vdpa/devices/%s/vhost-vdpa-%d", name, n);
		if (!access(path, F_OK))
			break;
	}
	snprintf(path, sizeof(path), "/dev/vhost-vdpa-%d", n);
	o->fd = open_wait(path, O_RDWR, 3);
	return o->fd < 0 ? o->fd : 0;
}

static int open_simulator(struct opened *o)
{
	return open_vhost(o, "probe-sim");
}

static int open_pci(struct opened *o)
{
	o->size = 4096; /* one queue's doorbell: each has a page */
	return open_vhost(o, "probe-pci");
}

/* A doorbell can be rung, but not read. */
static void ask_doorbells(struct opened *o, struct result *r)
{
	struct opened other = *o;

	question_map(o, 4096, PROT_WRITE, r, "queue 0");
	question_map(o, 4096, PROT_READ | PROT_WRITE, r, "readable");
	question_map(o, 4096, PROT_READ, r, "only readable");
	question_map(o, 8192, PROT_WRITE, r, "two pages");
	other.offset = 4096;
	question_map(&other, 4096, PROT_WRITE, r, "queue 1");
	other.offset = 64 * 4096;
	question_map(&other, 4096, PROT_WRITE, r, "queue 64");
	result_errno(r, "private",
		     mmap(NULL, 4096, PROT_WRITE, MAP_PRIVATE, o->fd, 0) == MAP_FAILED ? -errno
										       : 0);
}

/* The matrix goes on with mappings that can be read; this one stands only if it cannot. */
static void ask_write_only(struct opened *o, struct result *r)
{
	char *p = question_map(o, 4096, PROT_WRITE, r, "mmap"), *moved;

	if (!p)
		return;
	result_errno(r, "grow", mremap(p, 4096, 8192, MREMAP_MAYMOVE) == MAP_FAILED ? -errno : 0);
	result_errno(r, "madvise dofork", madvise(p, 4096, MADV_DOFORK) ? -errno : 0);
	result_errno(r, "madvise dodump", madvise(p, 4096, MADV_DODUMP) ? -errno : 0);
	result_errno(r, "mlock", mlock(p, 4096) ? -errno : 0);
	moved = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	moved = mremap(p, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, moved);
	result_errno(r, "move", moved == MAP_FAILED ? -errno : 0);
	if (moved == MAP_FAILED)
		return;
	result_errno(r, "mprotect read", mprotect(moved, 4096, PROT_READ) ? -errno : 0);
	result_errno(r, "munmap", munmap(moved, 4096) ? -errno : 0);
}

static const struct question questions[] = {
	{ "doorbells", ask_doorbells },
	{ "write-only mapping", ask_write_only },
	{ NULL, NULL },
};

static const struct subject simulator = {
	.name = "vdpa-simulator",
	.prepare = prepare_simulator,
	.open = open_simulator,
	.finish = finish_simulator,
	.questions = questions,
	.traits = FEW_REQUESTS,
};
static const struct subject pci = {
	.name = "vdpa-pci",
	.prepare = prepare_pci,
	.open = open_pci,
	.finish = finish_pci,
	.questions = questions,
	.traits = NO_READ_TOUCH | NO_WRITE_TOUCH,
};

const struct subject *const family_vdpa[] = { &simulator, &pci, &vduse_domain, NULL };
