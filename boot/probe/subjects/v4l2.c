// SPDX-License-Identifier: GPL-2.0-only
/*
 * Video4Linux: buffers of vivid (of vmalloc() and of contiguous memory), of the memory-to-memory
 * driver vim2m, both exported as a DMA buffer, and a radio, which maps nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <string.h>

#include "devices.h"

enum { BUFFERS = 2 };

static int open_node(const char *name)
{
	char entry[64], path[80];
	int ret = find_entry("/sys/class/video4linux", "name", name, entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/%s", entry);
	return open_wait(path, O_RDWR, 3);
}

static int request_buffers(int fd, enum v4l2_buf_type type, unsigned count)
{
	struct v4l2_requestbuffers want = {
		.count = count,
		.type = type,
		.memory = V4L2_MEMORY_MMAP,
	};

	return device_ioctl(fd, VIDIOC_REQBUFS, &want);
}

static int open_buffer(struct opened *o, const char *name, enum v4l2_buf_type type)
{
	struct v4l2_format format = { .type = type };
	struct v4l2_buffer buffer = { .type = type, .memory = V4L2_MEMORY_MMAP };
	int ret;

	o->fd = open_node(name);
	if (o->fd < 0)
		return o->fd;
	ret = ASK(o->fd, VIDIOC_G_FMT, &format);
	if (ret < 0)
		return ret;
	format.fmt.pix.width = 320;
	format.fmt.pix.height = 180;
	ret = ASK(o->fd, VIDIOC_S_FMT, &format);
	if (ret < 0)
		return ret;
	ret = request_buffers(o->fd, type, BUFFERS);
	if (ret < 0)
		return why(ret, "VIDIOC_REQBUFS: %s", strerror(-ret));
	ret = ASK(o->fd, VIDIOC_QUERYBUF, &buffer);
	o->offset = buffer.m.offset;
	o->size = ((uint64_t)buffer.length + 4095) & ~4095ULL;
	o->content = true; /* nothing has been captured: cleared pages */
	return ret < 0 ? ret : 0;
}

static int open_vmalloc(struct opened *o)
{
	return open_buffer(o, "vivid-000-vid-cap", V4L2_BUF_TYPE_VIDEO_CAPTURE);
}

static int open_contig(struct opened *o)
{
	return open_buffer(o, "vivid-001-vid-cap", V4L2_BUF_TYPE_VIDEO_CAPTURE);
}

static int open_output(struct opened *o)
{
	return open_buffer(o, "vivid-000-vid-out", V4L2_BUF_TYPE_VIDEO_OUTPUT);
}

static int open_m2m(struct opened *o)
{
	return open_buffer(o, "vim2m", V4L2_BUF_TYPE_VIDEO_OUTPUT);
}

static int export(struct opened *o, int ret)
{
	struct v4l2_exportbuffer wanted = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.flags = O_RDWR,
	};

	if (!ret)
		ret = ASK(o->fd, VIDIOC_EXPBUF, &wanted);
	o->fd = wanted.fd; /* the node stays open until the process ends */
	o->offset = 0;
	return ret < 0 ? ret : 0;
}

static int open_export(struct opened *o)
{
	return export(o, open_vmalloc(o));
}

static int open_export_contig(struct opened *o)
{
	return export(o, open_contig(o));
}

static int open_radio(struct opened *o)
{
	o->fd = open_node("vivid-000-rad-rx");
	return o->fd < 0 ? o->fd : 0;
}

/* Buffers that are mapped cannot be given back, or only as orphans. */
static void ask_free_while_mapped(struct opened *o, struct result *r)
{
	struct v4l2_buffer buffer = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};
	void *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	if (!p)
		return;
	result_errno(r, "query", device_ioctl(o->fd, VIDIOC_QUERYBUF, &buffer));
	result_int(r, "mapped", !!(buffer.flags & V4L2_BUF_FLAG_MAPPED));
	result_errno(r, "free", request_buffers(o->fd, buffer.type, 0));
	question_map(o, o->size, PROT_READ, r, "mmap freed");
	munmap(p, o->size);
	result_errno(r, "request", request_buffers(o->fd, buffer.type, BUFFERS));
	result_errno(r, "query again", device_ioctl(o->fd, VIDIOC_QUERYBUF, &buffer));
	result_int(r, "mapped again", !!(buffer.flags & V4L2_BUF_FLAG_MAPPED));
}

/* The second buffer has an offset of its own; what lies between two is nobody's. */
static void ask_second(struct opened *o, struct result *r)
{
	struct v4l2_buffer buffer = {
		.index = 1,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};
	struct opened other = *o;

	result_errno(r, "query", device_ioctl(o->fd, VIDIOC_QUERYBUF, &buffer));
	other.offset = buffer.m.offset;
	question_map(&other, o->size, PROT_READ, r, "second");
	other.offset += 4096;
	question_map(&other, 4096, PROT_READ, r, "inside second");
	question_map(o, o->size, PROT_WRITE, r, "write only");
}

static const struct question capture_questions[] = {
	{ "free while mapped", ask_free_while_mapped },
	{ "second buffer", ask_second },
	{ NULL, NULL },
};

static const struct subject vmalloc_capture = {
	.name = "v4l2-vmalloc",
	.open = open_vmalloc,
	.questions = capture_questions,
};
static const struct subject contig = {
	.name = "v4l2-contig",
	.open = open_contig,
	.questions = capture_questions,
};
static const struct subject output = { .name = "v4l2-output",
				       .open = open_output,
				       .traits = FEW_REQUESTS };
static const struct subject m2m = { .name = "v4l2-m2m", .open = open_m2m };
static const struct subject exported = { .name = "v4l2-export", .open = open_export };
static const struct subject exported_contig = {
	.name = "v4l2-export-contig",
	.open = open_export_contig,
	.traits = FEW_REQUESTS,
};
static const struct subject radio = {
	.name = "v4l2-radio",
	.open = open_radio,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_v4l2[] = {
	&vmalloc_capture, &contig, &output, &m2m, &exported, &exported_contig, &radio, NULL,
};
