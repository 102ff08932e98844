// SPDX-License-Identifier: GPL-2.0-only
/* RDMA in software over the loopback device: the completion queues of rxe and of siw. */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <rdma/ib_user_verbs.h>
#include <rdma/rdma_netlink.h>
#include <rdma/rdma_user_rxe.h>
#include <rdma/siw-abi.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "devices.h"
#include "netlink.h"

enum { ENTRIES = 255 };

static int add_link(const char *name, const char *type)
{
	const struct netlink_text texts[] = {
		{ RDMA_NLDEV_ATTR_DEV_NAME, name },
		{ RDMA_NLDEV_ATTR_LINK_TYPE, type },
		{ RDMA_NLDEV_ATTR_NDEV_NAME, "lo" },
		{ 0, NULL },
	};
	int ret = netlink_request(NETLINK_RDMA,
				  RDMA_NL_GET_TYPE(RDMA_NL_NLDEV, RDMA_NLDEV_CMD_NEWLINK), NULL, 0,
				  texts);

	/* Another subject's: links stay. */
	return ret && ret != -EEXIST ? why(ret, "adding the link %s: %s", name, strerror(-ret)) : 0;
}

static int prepare_rxe(void)
{
	return add_link("rxe0", "rxe");
}

static int prepare_siw(void)
{
	return add_link("siw0", "siw");
}

static int open_verbs(const char *device)
{
	char entry[64], path[96];
	int ret = find_entry("/sys/class/infiniband_verbs", "ibdev", device, entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/infiniband/%s", entry);
	return open_wait(path, O_RDWR, 3);
}

/* A command is written, and its answer lies where the command says. */
static int verb(int fd, unsigned command, void *bytes, size_t len, size_t answer_len)
{
	struct ib_uverbs_cmd_hdr *head = bytes;

	head->command = command;
	head->in_words = (uint16_t)(len / 4);
	head->out_words = (uint16_t)(answer_len / 4);
	return write(fd, bytes, len) == (ssize_t)len
		       ? 0
		       : why(-errno, "verb %u: %s", command, strerror(errno));
}

struct context {
	struct ib_uverbs_get_context_resp base;
	struct siw_uresp_alloc_ctx siw;
};

static int get_context(int fd, size_t driver_len)
{
	struct context answer;
	struct {
		struct ib_uverbs_cmd_hdr head;
		struct ib_uverbs_get_context body;
	} want = { .body.response = (uintptr_t)&answer };

	return verb(fd, IB_USER_VERBS_CMD_GET_CONTEXT, &want, sizeof(want),
		    sizeof(answer.base) + driver_len);
}

struct queue {
	struct ib_uverbs_create_cq_resp base;
	union {
		struct rxe_create_cq_resp rxe;
		struct siw_uresp_create_cq siw;
	};
};

static int create_queue(int fd, struct queue *answer, size_t driver_len)
{
	struct {
		struct ib_uverbs_cmd_hdr head;
		struct ib_uverbs_create_cq body;
	} want = {
		.body = { .response = (uintptr_t)answer, .cqe = ENTRIES, .comp_channel = -1 },
	};

	return verb(fd, IB_USER_VERBS_CMD_CREATE_CQ, &want, sizeof(want),
		    sizeof(answer->base) + driver_len);
}

static uint32_t queue_handle;

static int open_rxe(struct opened *o)
{
	struct queue answer;
	int ret;

	memset(&answer, 0, sizeof(answer));
	o->fd = open_verbs("rxe0");
	if (o->fd < 0)
		return o->fd;
	ret = get_context(o->fd, 0);
	if (!ret)
		ret = create_queue(o->fd, &answer, sizeof(answer.rxe));
	queue_handle = answer.base.cq_handle;
	o->offset = answer.rxe.mi.offset;
	o->size = (answer.rxe.mi.size + 4095U) & ~4095U;
	o->content = true; /* an empty queue */
	return ret;
}

static int open_siw(struct opened *o)
{
	struct queue answer;
	int ret;

	memset(&answer, 0, sizeof(answer));
	o->fd = open_verbs("siw0");
	if (o->fd < 0)
		return o->fd;
	ret = get_context(o->fd, sizeof(struct siw_uresp_alloc_ctx));
	if (!ret)
		ret = create_queue(o->fd, &answer, sizeof(answer.siw));
	queue_handle = answer.base.cq_handle;
	o->offset = answer.siw.cq_key;
	/* entries of 32 bytes, and a control word behind them */
	o->size = ((answer.siw.num_cqe * 32ULL + sizeof(uint64_t)) + 4095) & ~4095ULL;
	o->content = true;
	return ret;
}

/* Without a context there is nothing to map. */
static int open_bare(struct opened *o)
{
	o->fd = open_verbs("rxe0");
	return o->fd < 0 ? o->fd : 0;
}

static void ask_destroy_while_mapped(struct opened *o, struct result *r)
{
	struct ib_uverbs_destroy_cq_resp answer;
	struct {
		struct ib_uverbs_cmd_hdr head;
		struct ib_uverbs_destroy_cq body;
	} want = { .body = { .response = (uintptr_t)&answer, .cq_handle = queue_handle } };
	char *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	if (!p)
		return;
	result_errno(
		r, "destroy",
		verb(o->fd, IB_USER_VERBS_CMD_DESTROY_CQ, &want, sizeof(want), sizeof(answer)));
	result_content(r, "content", p, o->size);
	question_map(o, o->size, PROT_READ, r, "mmap destroyed");
	munmap(p, o->size);
}

static void ask_twice(struct opened *o, struct result *r)
{
	question_map(o, o->size + 4096, PROT_READ, r, "too long");
	question_map(o, o->size, PROT_READ, r, "first");
	question_map(o, o->size, PROT_READ, r, "second");
}

static const struct question questions[] = {
	{ "destroy while mapped", ask_destroy_while_mapped },
	{ "twice", ask_twice },
	{ NULL, NULL },
};

static const struct subject rxe = {
	.name = "rdma-rxe",
	.prepare = prepare_rxe,
	.open = open_rxe,
	.questions = questions,
};
static const struct subject siw = {
	.name = "rdma-siw",
	.prepare = prepare_siw,
	.open = open_siw,
	.questions = questions,
};
static const struct subject bare = {
	.name = "rdma-bare",
	.prepare = prepare_rxe,
	.open = open_bare,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_rdma[] = { &rxe, &siw, &bare, NULL };
