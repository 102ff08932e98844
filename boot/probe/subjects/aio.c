// SPDX-License-Identifier: GPL-2.0-only
/* The ring of asynchronous I/O, which io_setup() maps. */
#include <errno.h>
#include <linux/aio_abi.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../probe.h"

/* A page of events and its head. */
static int open_aio(struct opened *o)
{
	o->size = 4096;
	return 0;
}

static long setup(struct opened *o, void *at, size_t len, int prot, int flags, uint64_t offset)
{
	aio_context_t context = 0;

	if (at || len != o->size || prot != (PROT_READ | PROT_WRITE) || flags != MAP_SHARED ||
	    offset)
		return -ENOTSUP;
	return syscall(SYS_io_setup, 8, &context) ? -errno : (long)context;
}

static void used(struct opened *o, struct result *r)
{
	long at = setup(o, NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	void *moved;

	result_errno(r, "io_setup", at);
	if (at < 0)
		return;
	moved = mremap((void *)at, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED,
		       (char *)at + (64 << 20));
	result_errno(r, "mremap", moved == MAP_FAILED ? -errno : 0);
	result_errno(r, "destroyed at its old place", syscall(SYS_io_destroy, at) ? -errno : 0);
	if (moved != MAP_FAILED)
		result_errno(r, "destroyed at its new one",
			     syscall(SYS_io_destroy, moved) ? -errno : 0);
}

static const struct question questions[] = { { "moved and destroyed", used }, { NULL, NULL } };

static void left(struct result *r)
{
	FILE *f = fopen("/proc/sys/fs/aio-nr", "re");
	long n = -1;

	if (f) {
		if (fscanf(f, "%ld", &n) != 1)
			n = -1;
		fclose(f);
	}
	result_int(r, "aio-nr", n);
}

static const struct subject aio = {
	.name = "aio",
	.open = open_aio,
	.map = setup,
	.questions = questions,
	.left = left,
};

const struct subject *const family_aio[] = { &aio, NULL };
