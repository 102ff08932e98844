// SPDX-License-Identifier: GPL-2.0-only
/*
 * USB: the memory that a device file gives for transfers, on a controller that does DMA and on
 * one that does not (their root hubs are devices enough), and the ring of the monitor.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "devices.h"

#define MON_RING_SIZE _IO(0x92, 4)
#define MON_GET_RING_SIZE _IO(0x92, 5)

enum { MAPPED = 8 * 4096 };

static int open_hub(const char *controller, int flags)
{
	char entry[64], path[64];
	int ret = find_entry("/sys/bus/usb/devices", "product", controller, entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/bus/usb/%03d/001", atoi(entry + strlen("usb")));
	return open_wait(path, flags, 3);
}

static int open_device(struct opened *o, const char *controller, int flags)
{
	o->fd = open_hub(controller, flags);
	o->size = MAPPED;  /* its own for each mapping, as long as that */
	o->content = true; /* cleared */
	return o->fd < 0 ? o->fd : 0;
}

static int open_dma(struct opened *o)
{
	return open_device(o, "xHCI Host Controller", O_RDWR);
}

static int open_no_dma(struct opened *o)
{
	return open_device(o, "Dummy host controller", O_RDWR);
}

static int open_read(struct opened *o)
{
	return open_device(o, "xHCI Host Controller", O_RDONLY);
}

/*
 * All mappings of all files together have 16 MiB by default: one that is not given back is missed
 * here.
 */
static void ask_again_and_again(struct opened *o, struct result *r)
{
	int i, whole = 0, halves = 0;

	for (i = 0; i < 24; i++) {
		char *p = mmap(NULL, 1 << 20, PROT_READ, MAP_SHARED, o->fd, 0);

		whole += p != MAP_FAILED && !munmap(p, 1 << 20);
	}
	for (i = 0; i < 24; i++) {
		char *p = mmap(NULL, 1 << 20, PROT_READ, MAP_SHARED, o->fd, 0);

		halves += p != MAP_FAILED && !munmap(p, 1 << 19) && !munmap(p + (1 << 19), 1 << 19);
	}
	result_int(r, "whole", whole);
	result_int(r, "in halves", halves);
}

static void ask_too_much(struct opened *o, struct result *r)
{
	question_map(o, 17 << 20, PROT_READ, r, "17 MiB");
	question_map(o, 4 << 20, PROT_READ, r, "4 MiB");
	question_map(o, 2 << 20, PROT_READ, r, "2 MiB");
}

/*
 * A transfer out of a mapped buffer: the descriptor of the hub, and with it that the driver knows
 * the buffer.
 */
static void ask_transfer(struct opened *o, struct result *r)
{
	unsigned char *p = question_map(o, 4096, PROT_READ | PROT_WRITE, r, "mmap");
	static const unsigned char setup[8] = { 0x80, 6, 0, 1, 0, 0, 18, 0 };
	struct usbdevfs_urb urb = {
		.type = USBDEVFS_URB_TYPE_CONTROL, .buffer = p, .buffer_length = 8 + 18,
	}, *done = NULL;

	if (!p)
		return;
	memcpy(p, setup, sizeof(setup));
	result_errno(r, "submit", device_ioctl(o->fd, USBDEVFS_SUBMITURB, &urb));
	result_errno(r, "reap", device_ioctl(o->fd, USBDEVFS_REAPURB, &done));
	result_int(r, "length", urb.actual_length);
	result_int(r, "status", urb.status);
	result_content(r, "content", p + 8, 18);
}

static const struct question device_questions[] = {
	{ "again and again", ask_again_and_again },
	{ "too much", ask_too_much },
	{ "transfer", ask_transfer },
	{ NULL, NULL },
};

static int open_monitor(struct opened *o)
{
	int size;

	o->fd = open_wait("/dev/usbmon0", O_RDWR, 3);
	if (o->fd < 0)
		return o->fd;
	size = device_ioctl(o->fd, MON_GET_RING_SIZE, NULL);
	o->size = size > 0 ? (uint64_t)size : 0;
	return 0;
}

static void ask_resize(struct opened *o, struct result *r)
{
	char *p = question_map(o, 8 * 4096, PROT_READ, r, "mmap");
	unsigned long other = 16 * 4096;

	if (!p)
		return;
	result_errno(r, "mapped", ioctl(o->fd, MON_RING_SIZE, other) ? -errno : 0);
	munmap(p + 4096, 4096);
	result_errno(r, "with a hole", ioctl(o->fd, MON_RING_SIZE, other) ? -errno : 0);
	munmap(p, 4096);
	result_errno(r, "end mapped", ioctl(o->fd, MON_RING_SIZE, other) ? -errno : 0);
	munmap(p + 2 * 4096, 6 * 4096);
	result_errno(r, "unmapped", ioctl(o->fd, MON_RING_SIZE, other) ? -errno : 0);
	result_int(r, "ring", ioctl(o->fd, MON_GET_RING_SIZE));
	result_errno(r, "back", ioctl(o->fd, MON_RING_SIZE, o->size) ? -errno : 0);
}

/* A mapping that failed must not count as one. */
static void ask_resize_after_failure(struct opened *o, struct result *r)
{
	question_map(o, 8 * 4096, PROT_READ | PROT_WRITE, r, "mmap writable");
	result_errno(r, "resize", ioctl(o->fd, MON_RING_SIZE, 16 * 4096UL) ? -errno : 0);
}

static const struct question monitor_questions[] = {
	{ "resize while mapped", ask_resize },
	{ "resize after a failure", ask_resize_after_failure },
	{ NULL, NULL },
};

static const struct subject dma = {
	.name = "usb-device",
	.open = open_dma,
	.questions = device_questions,
};
static const struct subject no_dma = {
	.name = "usb-device-no-dma",
	.open = open_no_dma,
	.questions = device_questions,
	.traits = FEW_REQUESTS,
};
static const struct subject read_only = {
	.name = "usb-device-read",
	.open = open_read,
	.traits = FEW_REQUESTS,
};
static const struct subject monitor = {
	.name = "usb-monitor",
	.open = open_monitor,
	.questions = monitor_questions,
};

const struct subject *const family_usb[] = { &dma, &no_dma, &read_only, &monitor, NULL };
