// SPDX-License-Identifier: GPL-2.0-only
/* Files that are nothing but memory: memfd (shmem), secret memory, /dev/zero. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../probe.h"

#define PAGES 5

/* 5 pages, each filled with its letter. */
static int fill(int fd)
{
	char page[4096];

	for (int i = 0; i < PAGES; i++) {
		for (size_t k = 0; k < sizeof(page); k++)
			page[k] = (char)('a' + i);
		if (pwrite(fd, page, sizeof(page), i * 4096) != sizeof(page))
			return -errno;
	}
	return 0;
}

static int open_memfd(struct opened *o)
{
	int ret;

	o->fd = memfd_create("probe", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (o->fd < 0)
		return why(-errno, "memfd_create: %m");
	ret = fill(o->fd);
	o->size = PAGES * 4096;
	o->content = true;
	return ret;
}

static long answer(void *p)
{
	return p == MAP_FAILED ? -errno : 0;
}

static void seal_write(struct opened *o, struct result *r)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);

	result_errno(r, "seal while mapped", fcntl(o->fd, F_ADD_SEALS, F_SEAL_WRITE) ? -errno : 0);
	if (p != MAP_FAILED)
		munmap(p, 4096);
	result_errno(r, "seal", fcntl(o->fd, F_ADD_SEALS, F_SEAL_WRITE) ? -errno : 0);
	result_errno(r, "shared rw",
		     answer(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0)));
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, o->fd, 0);
	result_errno(r, "shared r", answer(p));
	if (p != MAP_FAILED)
		result_errno(r, "mprotect rw",
			     mprotect(p, 4096, PROT_READ | PROT_WRITE) ? -errno : 0);
	result_errno(r, "private rw",
		     answer(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, o->fd, 0)));
}

static const struct question memfd_questions[] = {
	{ "sealed against writing", seal_write },
	{ NULL, NULL },
};

static const struct subject memfd = {
	.name = "memfd",
	.open = open_memfd,
	.questions = memfd_questions,
};

static int open_secret(struct opened *o)
{
	o->fd = (int)syscall(SYS_memfd_secret, 0);
	if (o->fd < 0)
		return why(-errno,
			   "memfd_secret: %m (secretmem.enable=1 on the kernel's command line?)");
	if (ftruncate(o->fd, PAGES * 4096))
		return why(-errno, "memfd_secret: ftruncate: %m");
	o->size = PAGES * 4096;
	o->content = true;
	return 0;
}

static const struct subject secret = { .name = "secretmem", .open = open_secret };

static int open_zero(struct opened *o)
{
	o->fd = open("/dev/zero", O_RDWR | O_CLOEXEC);
	if (o->fd < 0)
		return why(-errno, "/dev/zero: %m");
	o->size = PAGES * 4096;
	o->content = true;
	return 0;
}

static const struct subject zero = { .name = "dev-zero", .open = open_zero };

const struct subject *const family_memory[] = { &memfd, &secret, &zero, NULL };
