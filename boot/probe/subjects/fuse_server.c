// SPDX-License-Identifier: GPL-2.0-only
#include "fuse_server.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "file.h"

#define NODE 2			  /* of "file"; 1 is the root */
#define CONNECTION_EXT (1u << 30) /* FUSE_INIT_EXT: there are flags above the 32nd */
/* Newer than the headers. */
struct backing_map {
	int32_t fd;
	uint32_t flags;
	uint64_t padding;
};
#define BACKING_OPEN _IOW(229, 1, struct backing_map)

static char bytes[5 * 4096];
static size_t size = FILE_SIZE;

static void reply(int fd, uint64_t unique, int error, const void *data, size_t len)
{
	struct fuse_out_header head = { .len = (uint32_t)(sizeof(head) + len),
					.error = error,
					.unique = unique };
	struct iovec v[2] = { { &head, sizeof(head) }, { (void *)(uintptr_t)data, len } };

	if (writev(fd, v, len ? 2 : 1) < 0 && errno != ENOENT)
		dprintf(STDERR_FILENO, "probe: fuse: reply: %s\n", strerror(errno));
}

static struct fuse_attr attributes(uint64_t node)
{
	struct fuse_attr a = { .ino = node, .nlink = 1, .blksize = 4096 };

	a.mode = node == NODE ? S_IFREG | 0600 : S_IFDIR | 0700;
	a.size = node == NODE ? size : 0;
	a.blocks = (a.size + 511) / 512;
	return a;
}

static void init(int fd, const struct fuse_in_header *in, const struct fuse_init_in *asked,
		 const struct fuse_served *served)
{
	struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION,
		.minor = FUSE_KERNEL_MINOR_VERSION,
		.max_readahead = asked->max_readahead,
		.max_write = 65536,
		.max_background = 12,
		.congestion_threshold = 9,
		.time_gran = 1,
	};

	out.flags = FUSE_BIG_WRITES | CONNECTION_EXT | (uint32_t)served->init_flags;
	out.flags2 = (uint32_t)(served->init_flags >> 32);
	out.unused[0] = served->backing ? 1 : 0; /* max_stack_depth */
	reply(fd, in->unique, 0, &out, sizeof(out));
}

static void opened(int fd, const struct fuse_in_header *in, const struct fuse_served *served)
{
	struct fuse_open_out out = { .open_flags = served->open_flags };

	if (served->backing && in->nodeid == NODE) {
		struct backing_map map = { .fd = open(served->backing, O_RDWR | O_CLOEXEC) };
		int id = ioctl(fd, BACKING_OPEN, &map);

		if (map.fd >= 0)
			close(map.fd);
		if (id < 0) {
			reply(fd, in->unique, -errno, NULL, 0);
			return;
		}
		out.padding = (uint32_t)id; /* backing_id; it goes with the connection */
	}
	if (in->nodeid == NODE)
		__atomic_add_fetch(served->open, 1, __ATOMIC_SEQ_CST);
	reply(fd, in->unique, 0, &out, sizeof(out));
}

static void write_to(int fd, const struct fuse_in_header *in, const struct fuse_write_in *write_in)
{
	struct fuse_write_out out = { .size = write_in->size };

	if (write_in->offset > sizeof(bytes) || write_in->size > sizeof(bytes) - write_in->offset) {
		reply(fd, in->unique, -EFBIG, NULL, 0);
		return;
	}
	memcpy(bytes + write_in->offset, write_in + 1, write_in->size);
	if (write_in->offset + write_in->size > size)
		size = write_in->offset + write_in->size;
	reply(fd, in->unique, 0, &out, sizeof(out));
}

static void answer(int fd, const struct fuse_in_header *in, const void *body,
		   const struct fuse_served *served)
{
	struct fuse_entry_out entry = { .nodeid = NODE, .entry_valid = 3600, .attr_valid = 3600 };
	struct fuse_attr_out attr = { .attr_valid = 3600 };
	const struct fuse_read_in *read_in = body;
	const struct fuse_setattr_in *set = body;

	switch (in->opcode) {
	case FUSE_INIT:
		init(fd, in, body, served);
		break;
	case FUSE_LOOKUP:
		entry.attr = attributes(NODE);
		if (strcmp(body, "file"))
			reply(fd, in->unique, -ENOENT, NULL, 0);
		else
			reply(fd, in->unique, 0, &entry, sizeof(entry));
		break;
	case FUSE_SETATTR:
		if (set->valid & FATTR_SIZE && set->size <= sizeof(bytes))
			size = set->size;
		/* fall through */
	case FUSE_GETATTR:
		attr.attr = attributes(in->nodeid);
		reply(fd, in->unique, 0, &attr, sizeof(attr));
		break;
	case FUSE_OPEN:
		opened(fd, in, served);
		break;
	case FUSE_READ: {
		uint64_t from = read_in->offset < size ? read_in->offset : size;
		uint64_t len = size - from < read_in->size ? size - from : read_in->size;

		reply(fd, in->unique, 0, bytes + from, len);
		break;
	}
	case FUSE_WRITE:
		write_to(fd, in, body);
		break;
	case FUSE_RELEASE:
		if (in->nodeid == NODE)
			__atomic_sub_fetch(served->open, 1, __ATOMIC_SEQ_CST);
		reply(fd, in->unique, 0, NULL, 0);
		break;
	case FUSE_FLUSH:
	case FUSE_FSYNC:
		reply(fd, in->unique, 0, NULL, 0);
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		break; /* nobody waits for an answer */
	default:
		reply(fd, in->unique, -ENOSYS, NULL, 0);
	}
}

static void serve(int fd, const struct fuse_served *served)
{
	static char request[(1u << 17) + 4096] __attribute__((aligned(8)));

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)('a' + i / 4096);
	for (;;) {
		ssize_t n = read(fd, request, sizeof(request) - 1);

		if (n < 0 && (errno == EINTR || errno == ENOENT || errno == EAGAIN))
			continue;
		if (n < (ssize_t)sizeof(struct fuse_in_header))
			_exit(0); /* unmounted */
		request[n] = '\0';
		answer(fd, (struct fuse_in_header *)request,
		       request + sizeof(struct fuse_in_header), served);
	}
}

int fuse_serve(const struct fuse_served *served, const char *where)
{
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC), ret;
	char options[100];
	pid_t pid;

	if (fd < 0)
		return why(-errno, "/dev/fuse: %m");
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0", fd);
	ret = mount_at("probe", where, "fuse.probe", options);
	/* Before it is mounted there is nothing to read, and mount() waits for no answer. */
	pid = ret ? 0 : fork();
	if (!ret && !pid)
		serve(fd, served);
	if (pid < 0)
		ret = why(-errno, "fork: %m");
	close(fd);
	return ret;
}
