// SPDX-License-Identifier: GPL-2.0-only
/* Frame buffers: of plain memory, and those that DRM drivers keep for old programs. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "devices.h"

static int open_fb(struct opened *o, const char *name)
{
	struct fb_fix_screeninfo fix = { .smem_len = 0 };
	char entry[64], path[80];
	int ret = find_entry("/sys/class/graphics", "name", name, entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/%s", entry);
	o->fd = open_wait(path, O_RDWR, 3);
	if (o->fd < 0)
		return o->fd;
	ret = ASK(o->fd, FBIOGET_FSCREENINFO, &fix);
	o->size = fix.smem_len; /* what it shows is the console's: no content */
	return ret < 0 ? ret : 0;
}

static int open_memory(struct opened *o)
{
	return open_fb(o, "Virtual FB");
}

static int open_bochs(struct opened *o)
{
	return open_fb(o, "bochs-drmdrmfb");
}

static int open_vkms(struct opened *o)
{
	return open_fb(o, "vkmsdrmfb");
}

/*
 * What is written to the file is seen in the mapping and the other way round: at the end, where
 * no text is.
 */
static void ask_same_bytes(struct opened *o, struct result *r)
{
	off_t at = (off_t)(o->size - 4096) & ~4095L;
	unsigned char page[4096];
	struct opened last = *o;
	char *p;

	last.offset = (uint64_t)at;
	p = question_map(&last, 4096, PROT_READ | PROT_WRITE, r, "mmap");
	if (!p)
		return;
	memset(page, 0x42, sizeof(page));
	result_errno(r, "write", pwrite(o->fd, page, sizeof(page), at) < 0 ? -errno : 0);
	result_content(r, "mapped", p, 1024);
	memset(p, 0x24, 1024);
	result_errno(r, "read", pread(o->fd, page, sizeof(page), at) < 0 ? -errno : 0);
	result_content(r, "content", page, 1024);
}

static const struct question questions[] = {
	{ "same bytes", ask_same_bytes },
	{ NULL, NULL },
};

static const struct subject memory = {
	.name = "fb-memory",
	.open = open_memory,
	.questions = questions,
};
static const struct subject bochs = {
	.name = "fb-bochs",
	.open = open_bochs,
	.questions = questions,
	.traits = FEW_REQUESTS,
};
static const struct subject vkms = {
	.name = "fb-vkms",
	.open = open_vkms,
	.questions = questions,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_fb[] = { &memory, &bochs, &vkms, NULL };
