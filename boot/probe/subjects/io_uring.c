// SPDX-License-Identifier: GPL-2.0-only
/* The rings of io_uring; each offset is another part of it. */
#include <errno.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../probe.h"

/* Newer than the headers. */
#define OFF_PBUF_RING 0x80000000ULL
#define PBUF_RING_MMAP 1
#define GROUP 3

static int setup(struct io_uring_params *p, struct opened *o, unsigned flags)
{
	memset(p, 0, sizeof(*p));
	p->flags = flags;
	o->fd = (int)syscall(SYS_io_uring_setup, 512, p);
	return o->fd < 0 ? why(-errno, "io_uring_setup: %m") : 0;
}

static int open_ring(struct opened *o)
{
	struct io_uring_params p;
	uint64_t sq, cq;
	int ret = setup(&p, o, 0);

	sq = p.sq_off.array + p.sq_entries * sizeof(uint32_t);
	cq = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
	o->offset = IORING_OFF_SQ_RING;
	o->size = sq > cq ? sq : cq;
	o->content = true;
	return ret;
}

static void other_offsets(struct opened *o, struct result *r)
{
	static const uint64_t offsets[] = {
		IORING_OFF_CQ_RING, IORING_OFF_SQES, OFF_PBUF_RING, 0x88000000,
		0x90000000,	    0x20000000,	     0x18000000,
	};

	for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
		void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd,
			       (off_t)offsets[i]);
		char key[32];

		snprintf(key, sizeof(key), "at %llx", (unsigned long long)offsets[i]);
		result_errno(r, key, p == MAP_FAILED ? -errno : 0);
	}
}

static const struct question ring_questions[] = { { "other offsets", other_offsets },
						  { NULL, NULL } };

static const struct subject ring = {
	.name = "io-uring-ring",
	.open = open_ring,
	.questions = ring_questions,
};

static int open_sqes(struct opened *o)
{
	struct io_uring_params p;
	int ret = setup(&p, o, 0);

	o->offset = IORING_OFF_SQES;
	o->size = p.sq_entries * sizeof(struct io_uring_sqe);
	o->content = true;
	return ret;
}

static const struct subject sqes = { .name = "io-uring-sqes", .open = open_sqes };

static int open_buffers(struct opened *o)
{
	struct io_uring_params p;
	/* struct io_uring_buf_reg: address, entries, group, flags; the rest 0. */
	struct {
		uint64_t address;
		uint32_t entries;
		uint16_t group, flags;
		uint64_t zero[3];
	} reg = {
		.entries = 1024,
		.group = GROUP,
		.flags = PBUF_RING_MMAP,
	};
	int ret = setup(&p, o, 0);

	if (!ret &&
	    syscall(SYS_io_uring_register, o->fd, 22 /* IORING_REGISTER_PBUF_RING */, &reg, 1))
		ret = why(-errno, "IORING_REGISTER_PBUF_RING: %m");
	o->offset = OFF_PBUF_RING | GROUP << 16;
	o->size = 1024 * 16;
	o->content = true;
	return ret;
}

static const struct subject buffers = { .name = "io-uring-buffers", .open = open_buffers };

const struct subject *const family_io_uring[] = { &ring, &sqes, &buffers, NULL };
