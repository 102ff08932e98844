// SPDX-License-Identifier: GPL-2.0-only
/* SCSI: the reserved buffer of a generic device, and the RAID driver that has no adapter here. */
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdio.h>
#include <string.h>

#include "devices.h"

#ifndef SG_FLAG_MMAP_IO /* libc's header is older than that */
#define SG_FLAG_MMAP_IO 4
#endif

enum { RESERVED = 64 << 10 };

static int open_generic(struct opened *o)
{
	char entry[64], path[80];
	int size = RESERVED, ret;

	ret = find_entry("/sys/class/scsi_generic", "device/model", "scsi_debug", entry,
			 sizeof(entry));
	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/%s", entry);
	o->fd = open_wait(path, O_RDWR, 3);
	if (o->fd < 0)
		return o->fd;
	ret = ASK(o->fd, SG_SET_RESERVED_SIZE, &size);
	if (!ret)
		ret = ASK(o->fd, SG_GET_RESERVED_SIZE, &size);
	o->size = size > 0 ? (uint64_t)size : 0;
	o->content = true; /* cleared */
	return ret < 0 ? ret : 0;
}

static long inquire(struct opened *o, unsigned flags, void *data)
{
	unsigned char command[6] = { 0x12, 0, 0, 0, 96, 0 }, sense[32];
	struct sg_io_hdr io = {
		.interface_id = 'S',
		.dxfer_direction = SG_DXFER_FROM_DEV,
		.cmd_len = sizeof(command),
		.mx_sb_len = sizeof(sense),
		.dxfer_len = 96,
		.dxferp = data,
		.cmdp = command,
		.sbp = sense,
		.timeout = 5000,
		.flags = flags,
	};

	return device_ioctl(o->fd, SG_IO, &io);
}

static void ask_inquiry(struct opened *o, struct result *r)
{
	char *p = question_map(o, 2 * 4096, PROT_READ, r, "mmap");

	if (!p)
		return;
	result_errno(r, "inquiry", inquire(o, SG_FLAG_MMAP_IO, NULL));
	result_content(r, "content", p, 4096);
}

static void ask_inquiry_unmapped(struct opened *o, struct result *r)
{
	result_errno(r, "inquiry", inquire(o, SG_FLAG_MMAP_IO, NULL));
	question_map(o, 1 << 20, PROT_READ, r, "mmap too long");
	result_errno(r, "inquiry after a failure", inquire(o, SG_FLAG_MMAP_IO, NULL));
}

static void ask_resize(struct opened *o, struct result *r)
{
	int size = RESERVED / 2;
	char *p;

	question_map(o, 1 << 20, PROT_READ, r, "mmap too long");
	result_errno(r, "resize", device_ioctl(o->fd, SG_SET_RESERVED_SIZE, &size));
	p = question_map(o, 2 * 4096, PROT_READ, r, "mmap");
	if (!p)
		return;
	size = RESERVED;
	result_errno(r, "resize mapped", device_ioctl(o->fd, SG_SET_RESERVED_SIZE, &size));
	munmap(p, 2 * 4096);
	result_errno(r, "resize unmapped", device_ioctl(o->fd, SG_SET_RESERVED_SIZE, &size));
}

static const struct question questions[] = {
	{ "inquiry", ask_inquiry },
	{ "inquiry unmapped", ask_inquiry_unmapped },
	{ "resize while mapped", ask_resize },
	{ NULL, NULL },
};

static int open_leapraid(struct opened *o)
{
	o->fd = open_wait("/dev/leapraid_ctl", O_RDWR, 3);
	return o->fd < 0 ? o->fd : 0;
}

static const struct subject generic = {
	.name = "scsi-generic",
	.open = open_generic,
	.questions = questions,
};
static const struct subject leapraid = {
	.name = "scsi-leapraid",
	.open = open_leapraid,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_scsi[] = { &generic, &leapraid, NULL };
