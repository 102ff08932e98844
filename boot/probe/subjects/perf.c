// SPDX-License-Identifier: GPL-2.0-only
/* A software event's ring buffer: under emulation there are no hardware events, and no AUX area. */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../probe.h"

#define SIZE (5 * 4096) /* a page and a power of two */

static int event(int inherit)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_DUMMY,
		.disabled = 1,
		.exclude_kernel = 1,
		.inherit = (unsigned)inherit & 1,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? why(-errno, "perf_event_open: %m") : fd;
}

static int open_event(struct opened *o)
{
	o->fd = event(0);
	o->size = SIZE;
	return o->fd < 0 ? o->fd : 0;
}

static long answer(void *p)
{
	return p == MAP_FAILED ? -errno : 0;
}

static void *map(int fd, size_t len)
{
	return mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

/* What is pinned for the rings, and what of it counts as locked. */
static void memory(struct result *r, const char *when)
{
	FILE *f = fopen("/proc/self/status", "re");
	char line[200], key[64];
	long kb;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "VmPin: %ld", &kb) == 1)
			snprintf(key, sizeof(key), "pinned %s", when);
		else if (sscanf(line, "VmLck: %ld", &kb) == 1)
			snprintf(key, sizeof(key), "locked %s", when);
		else
			continue;
		result_int(r, key, kb / 4);
	}
	if (f)
		fclose(f);
}

static void sizes(struct opened *o, struct result *r)
{
	void *p, *q;

	result_errno(r, "3 pages", answer(p = map(o->fd, 3 * 4096)));
	result_errno(r, "5 of 3 pages", answer(map(o->fd, SIZE)));
	result_errno(r, "the same again", answer(q = map(o->fd, 3 * 4096)));
	munmap(p, 3 * 4096);
	result_errno(r, "5 of 3, still mapped", answer(map(o->fd, SIZE)));
	munmap(q, 3 * 4096);
	result_errno(r, "5, all unmapped", answer(map(o->fd, SIZE)));
	result_errno(r, "4 pages", answer(map(event(0), 4 * 4096)));
	result_errno(r, "the first only", answer(map(event(0), 4096)));
	result_errno(r, "of one that is inherited", answer(map(event(1), SIZE)));
}

static void accounted(struct opened *o, struct result *r)
{
	int other = event(0);
	size_t large = 4096 * (1 + 1024); /* more than perf_event_mlock_kb, of each CPU */
	void *p, *q;

	memory(r, "before");
	p = map(o->fd, large);
	result_errno(r, "large", answer(p));
	memory(r, "mapped");
	q = map(other, large);
	result_errno(r, "another", answer(q));
	memory(r, "twice");
	if (q != MAP_FAILED)
		munmap(q, large);
	memory(r, "once");
	result_errno(r, "no such length", answer(map(other, 4096 * 6)));
	memory(r, "after an error");
	if (p != MAP_FAILED)
		munmap(p, large);
	memory(r, "after");
}

static void output(struct opened *o, struct result *r)
{
	int other = event(0);
	void *p, *q;

	result_errno(r, "mmap", answer(p = map(o->fd, SIZE)));
	result_errno(r, "redirected", ioctl(other, PERF_EVENT_IOC_SET_OUTPUT, o->fd) ? -errno : 0);
	result_errno(r, "the other's", answer(q = map(other, SIZE)));
	result_errno(r, "redirected while mapped",
		     ioctl(other, PERF_EVENT_IOC_SET_OUTPUT, o->fd) ? -errno : 0);
	munmap(p, SIZE);
	memory(r, "one unmapped");
	if (q != MAP_FAILED)
		munmap(q, SIZE);
	memory(r, "both unmapped");
}

static const struct question questions[] = {
	{ "sizes", sizes },
	{ "accounted", accounted },
	{ "output", output },
	{ NULL, NULL },
};

static const struct subject perf = { .name = "perf", .open = open_event, .questions = questions };

const struct subject *const family_perf[] = { &perf, NULL };
