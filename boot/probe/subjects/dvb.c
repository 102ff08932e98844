// SPDX-License-Identifier: GPL-2.0-only
/*
 * Digital TV: the buffers of the demultiplexer and of the recorder of the virtual driver vidtv.
 */
#include <fcntl.h>
#include <linux/dvb/dmx.h>
#include <sys/ioctl.h>

#include "devices.h"

static int open_buffer(struct opened *o, const char *path, int flags)
{
	struct dmx_requestbuffers want = { .count = 2, .size = 188 * 64 };
	struct dmx_buffer buffer = { .index = 0 };
	int ret;

	o->fd = open_wait(path, flags, 5);
	if (o->fd < 0)
		return o->fd;
	ret = ASK(o->fd, DMX_REQBUFS, &want);
	if (ret >= 0)
		ret = ASK(o->fd, DMX_QUERYBUF, &buffer);
	o->offset = buffer.offset;
	o->size = ((uint64_t)buffer.length + 4095) & ~4095ULL;
	o->content = true; /* nothing is tuned in: cleared pages */
	return ret < 0 ? ret : 0;
}

static int open_demux(struct opened *o)
{
	return open_buffer(o, "/dev/dvb/adapter0/demux0", O_RDWR);
}

static int open_dvr(struct opened *o)
{
	return open_buffer(o, "/dev/dvb/adapter0/dvr0", O_RDWR);
}

/* Without buffers there is nothing to map. */
static int open_bare(struct opened *o)
{
	o->fd = open_wait("/dev/dvb/adapter0/demux0", O_RDWR, 5);
	return o->fd < 0 ? o->fd : 0;
}

/* The recorder opened for reading only has no buffers to map. */
static int open_dvr_read(struct opened *o)
{
	o->fd = open_wait("/dev/dvb/adapter0/dvr0", O_RDONLY, 5);
	return o->fd < 0 ? o->fd : 0;
}

static void ask_free_while_mapped(struct opened *o, struct result *r)
{
	struct dmx_requestbuffers none = { .count = 0, .size = 188 * 64 };
	void *p = question_map(o, o->size, PROT_READ, r, "mmap");

	if (!p)
		return;
	result_errno(r, "free", device_ioctl(o->fd, DMX_REQBUFS, &none));
	question_map(o, o->size, PROT_READ, r, "mmap freed");
	result_content(r, "content", p, o->size);
}

static const struct question questions[] = {
	{ "free while mapped", ask_free_while_mapped },
	{ NULL, NULL },
};

static const struct subject demux = {
	.name = "dvb-demux",
	.open = open_demux,
	.questions = questions,
};
static const struct subject dvr = { .name = "dvb-dvr", .open = open_dvr, .questions = questions };
static const struct subject bare = {
	.name = "dvb-demux-bare",
	.open = open_bare,
	.traits = FEW_REQUESTS,
};
static const struct subject dvr_read = {
	.name = "dvb-dvr-read",
	.open = open_dvr_read,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_dvb[] = { &demux, &dvr, &bare, &dvr_read, NULL };
