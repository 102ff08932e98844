// SPDX-License-Identifier: GPL-2.0-only
/*
 * Block devices that a program serves: the commands' buffer of a queue, without a disk behind it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/ublk_cmd.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "devices.h"

#define ADD _IOWR('u', UBLK_CMD_ADD_DEV, struct ublksrv_ctrl_cmd)
#define DELETE _IOWR('u', UBLK_CMD_DEL_DEV, struct ublksrv_ctrl_cmd)

enum {
	DEVICE = 3,
	DEPTH = 256,
	QUEUE_BYTES = 2 * 4096,	  /* DEPTH descriptors of 24 bytes, in pages */
	QUEUE_STRIDE = 24 * 4096, /* the offset of a queue: as if it had 4096 */
};

/* The part of struct io_uring_sqe that an SQE of 128 bytes has for the command. */
enum { COMMAND_AT = 48 };

/* One command on /dev/ublk-control, which takes them by io_uring only. */
static int control(uint32_t op, struct ublksrv_ctrl_dev_info *info)
{
	struct io_uring_params params = { .flags = IORING_SETUP_SQE128 };
	struct ublksrv_ctrl_cmd command = {
		.dev_id = DEVICE,
		.queue_id = 0xffff,
		.addr = (uintptr_t)info,
		.len = info ? sizeof(*info) : 0,
	};
	int device = open_wait("/dev/ublk-control", O_RDWR, 3), ring, ret;
	struct io_uring_sqe *sqe;
	struct io_uring_cqe *cqe;
	char *sq, *cq;

	if (device < 0)
		return device;
	ring = (int)syscall(SYS_io_uring_setup, 4, &params);
	if (ring < 0)
		return why(-errno, "io_uring_setup()");
	sq = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
	cq = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_CQ_RING);
	sqe = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
	if (sq == MAP_FAILED || cq == MAP_FAILED || (void *)sqe == MAP_FAILED)
		return why(-errno, "mmap() of an io_uring");
	memset(sqe, 0, 128);
	sqe->opcode = IORING_OP_URING_CMD;
	sqe->fd = device;
	sqe->cmd_op = op;
	memcpy((char *)sqe + COMMAND_AT, &command, sizeof(command));
	((uint32_t *)(sq + params.sq_off.array))[0] = 0;
	__atomic_store_n((uint32_t *)(sq + params.sq_off.tail), 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		return why(-errno, "io_uring_enter()");
	cqe = (struct io_uring_cqe *)(cq + params.cq_off.cqes);
	ret = cqe->res;
	munmap(sq, 4096);
	munmap(cq, 4096);
	munmap(sqe, 4096);
	close(ring);
	close(device);
	return ret < 0 ? why(ret, "the command 0x%x: %s", op, strerror(-ret)) : 0;
}

static int prepare(void)
{
	struct ublksrv_ctrl_dev_info info = {
		.nr_hw_queues = 2,
		.queue_depth = DEPTH,
		.max_io_buf_bytes = 1 << 16,
		.dev_id = DEVICE,
	};

	return control(ADD, &info);
}

static void finish(void)
{
	control(DELETE, NULL);
}

static int open_queue(struct opened *o)
{
	o->fd = open_wait("/dev/ublkc3", O_RDWR, 3);
	o->size = QUEUE_BYTES;
	o->content = true; /* no request has come: cleared */
	return o->fd < 0 ? o->fd : 0;
}

static void ask_queues(struct opened *o, struct result *r)
{
	struct opened other = *o;

	other.offset = QUEUE_STRIDE;
	question_map(&other, QUEUE_BYTES, PROT_READ, r, "queue 1");
	other.offset = QUEUE_STRIDE + 4096;
	question_map(&other, QUEUE_BYTES, PROT_READ, r, "queue 1 and a page");
	other.offset = 2 * QUEUE_STRIDE;
	question_map(&other, QUEUE_BYTES, PROT_READ, r, "queue 2");
	question_map(o, QUEUE_BYTES / 2, PROT_READ, r, "half");
}

/*
 * Who maps first has it: another process' memory is refused, even after a writable mapping has
 * failed.
 */
static void ask_other_process(struct opened *o, struct result *r)
{
	int pipes[2];
	long err = 0;

	question_map(o, QUEUE_BYTES, PROT_READ | PROT_WRITE, r, "writable");
	if (pipe(pipes))
		return;
	if (fork() == 0) {
		err = mmap(NULL, QUEUE_BYTES, PROT_READ, MAP_SHARED, o->fd, 0) == MAP_FAILED
			      ? -errno
			      : 0;
		_exit(write(pipes[1], &err, sizeof(err)) != (ssize_t)sizeof(err));
	}
	if (read(pipes[0], &err, sizeof(err)) == (ssize_t)sizeof(err))
		result_errno(r, "child", err);
	question_map(o, QUEUE_BYTES, PROT_READ, r, "parent");
}

static const struct question questions[] = {
	{ "queues", ask_queues },
	{ "other process", ask_other_process },
	{ NULL, NULL },
};

static const struct subject queue = {
	.name = "ublk-queue",
	.prepare = prepare,
	.open = open_queue,
	.finish = finish,
	.questions = questions,
};

const struct subject *const family_ublk[] = { &queue, NULL };
