// SPDX-License-Identifier: GPL-2.0-only
/* Files of huge pages: hugetlbfs, and a memfd of its hidden mount. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "file.h"

#define HUGE (2u << 20)
#define NUMBER "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"
#define WHERE "/tmp/huge"

static int prepare_pages(void)
{
	return put_text(NUMBER, "24");
}

static void finish_pages(void)
{
	put_text(NUMBER, "0");
}

static int prepare(void)
{
	int ret = prepare_pages();

	return ret ? ret : mount_at("none", WHERE, "hugetlbfs", "pagesize=2M");
}

static void finish(void)
{
	unlink(WHERE "/file");
	file_unmount(WHERE);
	finish_pages();
}

static int size_it(struct opened *o)
{
	o->size = 3 * HUGE;
	o->page = HUGE;
	o->content = true;
	return ftruncate(o->fd, 0) || ftruncate(o->fd, 3 * HUGE) ? why(-errno, "ftruncate: %m") : 0;
}

static int open_file(struct opened *o)
{
	o->fd = open(WHERE "/file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	return o->fd < 0 ? why(-errno, WHERE "/file: %m") : size_it(o);
}

static void numbers(struct result *r, const char *when)
{
	FILE *f = fopen("/proc/meminfo", "re");
	char line[200], key[64];
	long n;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "HugePages_Free: %ld", &n) == 1)
			snprintf(key, sizeof(key), "free %s", when);
		else if (sscanf(line, "HugePages_Rsvd: %ld", &n) == 1)
			snprintf(key, sizeof(key), "reserved %s", when);
		else
			continue;
		result_int(r, key, n);
	}
	if (f)
		fclose(f);
}

static void reserve(struct opened *o, int flags, struct result *r)
{
	char *p;

	numbers(r, "before");
	p = mmap(NULL, o->size, PROT_READ | PROT_WRITE, flags, o->fd, 0);
	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	numbers(r, "mapped");
	if (p == MAP_FAILED)
		return;
	*p = 1;
	numbers(r, "touched");
	result_errno(r, "munmap", munmap(p + HUGE, HUGE) ? -errno : 0);
	numbers(r, "middle unmapped");
	munmap(p, o->size);
	numbers(r, "unmapped");
	ftruncate(o->fd, 0);
	numbers(r, "truncated");
}

static void reserve_shared(struct opened *o, struct result *r)
{
	reserve(o, MAP_SHARED, r);
}

static void reserve_private(struct opened *o, struct result *r)
{
	reserve(o, MAP_PRIVATE, r);
}

static void reserve_none(struct opened *o, struct result *r)
{
	reserve(o, MAP_PRIVATE | MAP_NORESERVE, r);
}

static void too_many(struct opened *o, struct result *r)
{
	void *p;

	numbers(r, "before");
	p = mmap(NULL, 100ul * HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	numbers(r, "after");
	p = mmap(NULL, HUGE, PROT_READ, MAP_SHARED, o->fd, 4096);
	result_errno(r, "unaligned", p == MAP_FAILED ? -errno : 0);
	p = mmap(NULL, HUGE, PROT_READ, MAP_SHARED, o->fd,
		 (off_t)(0x7fffffffffffffff & ~(uint64_t)(HUGE - 1)));
	result_errno(r, "offset that wraps", p == MAP_FAILED ? -errno : 0);
	p = mmap(NULL, 4 * HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 2 * HUGE);
	result_errno(r, "beyond the end", p == MAP_FAILED ? -errno : 0);
	result_int(r, "size in huge pages", lseek(o->fd, 0, SEEK_END) / HUGE);
}

/* What the last request has reserved for the file stays with the file. */
static void left(struct result *r)
{
	numbers(r, "before");
	if (truncate(WHERE "/file", 0))
		result_errno(r, "truncate", -errno);
	numbers(r, "at the end");
}

static const struct question questions[] = {
	{ "reserved by a shared one", reserve_shared },
	{ "reserved by a private one", reserve_private },
	{ "not reserved", reserve_none },
	{ "too many, unaligned, beyond", too_many },
	{ NULL, NULL },
};

static const struct subject hugetlbfs = {
	.name = "hugetlbfs",
	.prepare = prepare,
	.open = open_file,
	.left = left,
	.finish = finish,
	.questions = questions,
};

static int open_memfd(struct opened *o)
{
	o->fd = memfd_create("huge", MFD_CLOEXEC | MFD_HUGETLB);
	return o->fd < 0 ? why(-errno, "memfd_create of huge pages: %m") : size_it(o);
}

static const struct subject memfd = {
	.name = "memfd-huge",
	.prepare = prepare_pages,
	.open = open_memfd,
	.finish = finish_pages,
	.traits = FEW_REQUESTS,
	.questions = questions,
};

const struct subject *const family_hugetlb[] = { &hugetlbfs, &memfd, NULL };
