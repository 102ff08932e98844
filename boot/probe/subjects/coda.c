// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coda: a file whose bytes are another file's, the container, which the cache manager in user space names when it is
 * opened.  A process of ours is that manager, of a file system with one file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

/* It includes linux/time.h, whose struct timeval is the C library's as well. */
#define _LINUX_TIME_H
#include <linux/coda.h>

#define WHERE "/tmp/coda"
#define DEVICE "/dev/cfs0"
#define CONTAINER "/tmp/coda-container"
/* Newer than some headers: a request that comes before each access, and after some, which then want no answer. */
#define ACCESS_INTENT 37
enum { INTENT_MMAP = 3, INTENT_READ_FINISH, INTENT_WRITE_FINISH };

enum { ROOT_ID = 1, FILE_ID = 2 };
enum { TYPE_FILE = 1, TYPE_DIR = 2 };

/* Of the manager, in shared memory. */
static volatile struct counts {
	int open, mapped;
} *counts;

static struct coda_vattr attributes(unsigned id)
{
	struct coda_vattr a;

	memset(&a, 0, sizeof(a));
	a.va_type = id == FILE_ID ? TYPE_FILE : TYPE_DIR;
	a.va_mode = id == FILE_ID ? 0600 : 0700;
	a.va_nlink = 1;
	a.va_fileid = (long)id;
	a.va_size = id == FILE_ID ? FILE_SIZE : 0;
	a.va_blocksize = 4096;
	return a;
}

/* Every request's file is where getattr's is. */
static unsigned id_of(const union inputArgs *in)
{
	return in->coda_getattr.VFid.opaque[3];
}

/* The length of the answer, or 0 for none. */
static size_t answer(const union inputArgs *in, union outputArgs *out)
{
	size_t len = sizeof(out->oh);

	memset(out, 0, sizeof(*out));
	out->oh.opcode = in->ih.opcode;
	out->oh.unique = in->ih.unique;
	switch (in->ih.opcode) {
	case CODA_ROOT:
		out->coda_root.VFid.opaque[3] = ROOT_ID;
		return sizeof(out->coda_root);
	case CODA_GETATTR:
		out->coda_getattr.attr = attributes(id_of(in));
		return sizeof(out->coda_getattr);
	case CODA_LOOKUP:
		if (strcmp((const char *)in + in->coda_lookup.name, "file")) {
			out->oh.result = ENOENT;
			return len;
		}
		out->coda_lookup.VFid.opaque[3] = FILE_ID;
		out->coda_lookup.vtype = TYPE_FILE;
		return sizeof(out->coda_lookup);
	case CODA_OPEN_BY_FD:
		out->coda_open_by_fd.fd =
			open(id_of(in) == FILE_ID ? CONTAINER : "/tmp",
			     id_of(in) == FILE_ID ? O_RDWR : O_RDONLY | O_DIRECTORY);
		if (out->coda_open_by_fd.fd < 0)
			out->oh.result = (unsigned)errno;
		else if (id_of(in) == FILE_ID)
			__atomic_add_fetch(&counts->open, 1, __ATOMIC_SEQ_CST);
		return sizeof(out->coda_open_by_fd);
	case CODA_CLOSE:
		if (id_of(in) == FILE_ID)
			__atomic_sub_fetch(&counts->open, 1, __ATOMIC_SEQ_CST);
		return len;
	case CODA_ACCESS:
	case CODA_SETATTR:
	case CODA_FSYNC:
		return len;
	case ACCESS_INTENT: {
		/* struct coda_access_intent_in: header, file, count, position, type. */
		int type = ((const int *)(const void *)((const char *)in + sizeof(in->ih) +
							sizeof(struct CodaFid)))[2];

		if (type == INTENT_MMAP)
			__atomic_add_fetch(&counts->mapped, 1, __ATOMIC_SEQ_CST);
		return type == INTENT_READ_FINISH || type == INTENT_WRITE_FINISH ? 0 : len;
	}
	default:
		out->oh.result = EOPNOTSUPP;
		return len;
	}
}

static void serve(int device)
{
	static union {
		union inputArgs args;
		char bytes[8192];
	} in;
	static union {
		union outputArgs args;
		char bytes[8192];
	} out;

	for (;;) {
		ssize_t n = read(device, in.bytes, sizeof(in.bytes) - 1);
		size_t len;

		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < (ssize_t)sizeof(struct coda_in_hdr))
			_exit(0);
		in.bytes[n] = '\0';
		len = answer(&in.args, &out.args);
		if (len && write(device, out.bytes, len) < 0 && errno != ESRCH)
			dprintf(STDERR_FILENO, "probe: coda: answer: %s\n", strerror(errno));
		if (in.args.ih.opcode == CODA_OPEN_BY_FD && !out.args.oh.result)
			close(out.args.coda_open_by_fd.fd);
	}
}

static int prepare(void)
{
	struct opened container = { .fd = -1 };
	struct coda_mount_data data = { .version = 1 };
	int ret = file_open(&container, CONTAINER);
	pid_t pid;

	if (ret)
		return ret;
	close(container.fd);
	counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		return why(-errno, "memory for the manager: %m");
	if (make_dir(WHERE))
		return -ENOENT;
	data.fd = open_wait(DEVICE, O_RDWR, 1);
	if (data.fd < 0)
		return data.fd;
	pid = fork();
	if (!pid)
		serve(data.fd);
	if (pid < 0 || mount("coda", WHERE, "coda", 0, &data))
		ret = why(-errno, "mount -t coda: %m");
	close(data.fd);
	return ret;
}

static void finish(void)
{
	file_unmount(WHERE);
	unlink(CONTAINER);
}

static int open_file(struct opened *o)
{
	o->content = true;
	return file_open_as_is(o, WHERE "/file", O_RDWR, FILE_SIZE);
}

static void held(struct opened *o, struct result *r)
{
	int before = counts->mapped;
	char *p = mmap(NULL, 4 * 4096, PROT_READ, MAP_PRIVATE, o->fd, 0);
	int fd;

	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	result_int(r, "announced", counts->mapped - before);
	result_int(r, "open", counts->open);
	close(o->fd);
	result_int(r, "open, closed", counts->open);
	if (p == MAP_FAILED)
		return;
	munmap(p + 4096, 4096);
	result_int(r, "open, in two parts", counts->open);
	munmap(p, 4 * 4096);
	result_int(r, "open, unmapped", counts->open);
	/* Nobody maps it any more: it may have its bytes elsewhere now. */
	fd = open(WHERE "/file", O_RDWR | O_CLOEXEC);
	result_errno(r, "open again", fd < 0 ? -errno : 0);
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	result_errno(r, "mmap again", p == MAP_FAILED ? -errno : 0);
}

static const struct question questions[] = { { "held open by its mapping", held }, { NULL, NULL } };

static void left(struct result *r)
{
	result_int(r, "open", counts->open);
}

static const struct subject coda = {
	.name = "coda",
	.prepare = prepare,
	.open = open_file,
	.left = left,
	.finish = finish,
	.questions = questions,
};

const struct subject *const family_coda[] = { &coda, NULL };
