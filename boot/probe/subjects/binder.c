// SPDX-License-Identifier: GPL-2.0-only
/* Android's binder: one read-only mapping a process. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "file.h"

static int open_binder(struct opened *o)
{
	return file_open_as_is(o, "/dev/binderfs/binder", O_RDWR, 128 * 1024);
}

static long map(int fd, int prot, int flags)
{
	void *p = mmap(NULL, 64 * 1024, prot, flags, fd, 0);

	return p == MAP_FAILED ? -errno : 0;
}

static void orders(struct opened *o, struct result *r)
{
	result_errno(r, "writable", map(o->fd, PROT_READ | PROT_WRITE, MAP_PRIVATE));
	result_errno(r, "readable", map(o->fd, PROT_READ, MAP_PRIVATE));
	result_errno(r, "again", map(o->fd, PROT_READ, MAP_PRIVATE));
	result_errno(r, "again, writable", map(o->fd, PROT_READ | PROT_WRITE, MAP_PRIVATE));
}

static const struct question questions[] = { { "first a bad one", orders }, { NULL, NULL } };

static const struct subject binder = { .name = "binder",
				       .open = open_binder,
				       .questions = questions };

const struct subject *const family_binder[] = { &binder, NULL };
