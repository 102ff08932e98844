// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel traces with: coverage, the tracer's own buffers. */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../probe.h"

#define KCOV_INIT _IOR('c', 1, unsigned long)
#define KCOV_ON _IO('c', 100)
#define KCOV_OFF _IO('c', 101)
#define KCOV_WORDS (5 * 4096 / 8)

static int open_kcov(struct opened *o)
{
	o->fd = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);
	if (o->fd < 0)
		return why(-errno, "/sys/kernel/debug/kcov: %m");
	if (ioctl(o->fd, KCOV_INIT, KCOV_WORDS))
		return why(-errno, "KCOV_INIT_TRACE: %m");
	o->size = 5 * 4096;
	o->content = true;
	return 0;
}

static void kcov_bare(struct opened *o, struct result *r)
{
	int fd = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);
	void *p = mmap(NULL, o->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	result_errno(r, "not initialised", p == MAP_FAILED ? -errno : 0);
	p = mmap(NULL, o->size, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	result_errno(r, "again", ioctl(o->fd, KCOV_INIT, 1024ul) ? -errno : 0);
	result_errno(r, "on", ioctl(o->fd, KCOV_ON, 0) ? -errno : 0);
	result_errno(r, "off", ioctl(o->fd, KCOV_OFF, 0) ? -errno : 0);
}

static const struct question kcov_questions[] = { { "before it is initialised", kcov_bare },
						  { NULL, NULL } };

static const struct subject kcov = { .name = "kcov",
				     .open = open_kcov,
				     .questions = kcov_questions };

#define INSTANCE "/sys/kernel/tracing/instances/mapped"
#define RAW INSTANCE "/per_cpu/cpu0/trace_pipe_raw"

static int prepare_buffers(void)
{
	if (mkdir(INSTANCE, 0700) && errno != EEXIST)
		return why(-errno, INSTANCE ": %m");
	return put_text(INSTANCE "/buffer_size_kb", "32");
}

static void finish_buffers(void)
{
	rmdir(INSTANCE);
}

/* The first page says how many there are behind it. */
static int open_buffers(struct opened *o)
{
	uint32_t *meta;
	int fd = open(RAW, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return why(-errno, RAW ": %m");
	meta = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (meta == MAP_FAILED)
		return why(-errno, RAW ": mmap: %m");
	o->size = 4096 + (uint64_t)meta[3] * meta[2];
	munmap(meta, 4096);
	close(fd);
	o->fd = open(RAW, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return o->fd < 0 ? why(-errno, RAW ": %m") : 0;
}

static void resized(struct opened *o, struct result *r)
{
	char *p = mmap(NULL, o->size, PROT_READ, MAP_SHARED, o->fd, 0), *bad;

	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	result_errno(r, "resized, mapped", put_text(INSTANCE "/buffer_size_kb", "64"));
	result_errno(r, "reader", ioctl(o->fd, _IO('R', 0x20)) ? -errno : 0);
	/* An error must not count as a mapping, nor take one away. */
	bad = mmap(NULL, o->size + 4096, PROT_READ, MAP_SHARED, o->fd, 0);
	result_errno(r, "too long", bad == MAP_FAILED ? -errno : 0);
	result_errno(r, "resized, still mapped", put_text(INSTANCE "/buffer_size_kb", "64"));
	/* Refused: it is one piece. */
	result_errno(r, "munmap of a part", munmap(p, 4096) ? -errno : 0);
	result_errno(r, "resized, all the same", put_text(INSTANCE "/buffer_size_kb", "64"));
	munmap(p, o->size);
	result_errno(r, "resized, unmapped", put_text(INSTANCE "/buffer_size_kb", "64"));
	result_errno(r, "resized back", put_text(INSTANCE "/buffer_size_kb", "32"));
	bad = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, o->fd, 0);
	result_errno(r, "a private one", bad == MAP_FAILED ? -errno : 0);
	result_errno(r, "resized after an error", put_text(INSTANCE "/buffer_size_kb", "32"));
}

static void snapshot(struct opened *o, struct result *r)
{
	void *p;

	result_errno(r, "taken", put_text(INSTANCE "/snapshot", "1"));
	p = mmap(NULL, o->size, PROT_READ, MAP_SHARED, o->fd, 0);
	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	result_errno(r, "taken, mapped", put_text(INSTANCE "/snapshot", "1"));
	if (p != MAP_FAILED)
		munmap(p, o->size);
	result_errno(r, "taken, unmapped", put_text(INSTANCE "/snapshot", "1"));
	result_errno(r, "given back", put_text(INSTANCE "/snapshot", "0"));
}

static const struct question buffers_questions[] = {
	{ "resized while mapped", resized },
	{ "snapshot while mapped", snapshot },
	{ NULL, NULL },
};

/* That nothing is still counted as mapped. */
static void buffers_left(struct result *r)
{
	result_errno(r, "resize", put_text(INSTANCE "/buffer_size_kb", "32"));
}

static const struct subject buffers = {
	.name = "tracing-buffers",
	.prepare = prepare_buffers,
	.open = open_buffers,
	.left = buffers_left,
	.finish = finish_buffers,
	.questions = buffers_questions,
};

const struct subject *const family_tracing[] = { &kcov, &buffers, NULL };
