// SPDX-License-Identifier: GPL-2.0-only
/* What is done with a mapping that stands: protections, advice, locks, and its memory handed to the kernel. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "core.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

static void see(struct standing *s, struct result *r, const char *prefix)
{
	stand_result(s->at, s->want.len, s->want.offset, r, prefix);
	touch_result(s, r, prefix);
}

static void protect(struct standing *s, int prot, struct result *r)
{
	int ret = mprotect(s->at, s->want.len, prot) ? -errno : 0;

	result_errno(r, "mprotect", ret);
	if (!ret)
		s->want.prot = prot;
	see(s, r, "");
}

static void protect_none(struct standing *s, struct result *r)
{
	protect(s, PROT_NONE, r);
}

static void protect_r(struct standing *s, struct result *r)
{
	protect(s, PROT_READ, r);
}

static void protect_rw(struct standing *s, struct result *r)
{
	protect(s, PROT_READ | PROT_WRITE, r);
}

static void protect_rx(struct standing *s, struct result *r)
{
	protect(s, PROT_READ | PROT_EXEC, r);
}

/* Split and, where it can be, merged again. */
static void protect_part(struct standing *s, struct result *r)
{
	char *middle = s->at + s->want.len / s->unit / 2 * s->unit;

	result_errno(r, "mprotect none", mprotect(middle, s->unit, PROT_NONE) ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "split");
	result_errno(r, "mprotect back", mprotect(middle, s->unit, s->want.prot) ? -errno : 0);
	see(s, r, "merged");
}

static void advise(struct standing *s, int advice, struct result *r)
{
	touch_result(s, r, "before");
	result_errno(r, "madvise", madvise(s->at, s->want.len, advice) ? -errno : 0);
	see(s, r, "");
}

static void dontneed(struct standing *s, struct result *r)
{
	advise(s, MADV_DONTNEED, r);
}

static void pageout(struct standing *s, struct result *r)
{
	/* What is paged out then depends on what else happens: only the answer is looked at. */
	result_errno(r, "madvise", madvise(s->at, s->want.len, MADV_PAGEOUT) ? -errno : 0);
	touch_result(s, r, "");
}

static void lazyfree(struct standing *s, struct result *r)
{
	advise(s, MADV_FREE, r);
}

static void holes(struct standing *s, struct result *r)
{
	advise(s, MADV_REMOVE, r);
}

static void collapse(struct standing *s, struct result *r)
{
	result_errno(r, "madvise", madvise(s->at, s->want.len, MADV_COLLAPSE) ? -errno : 0);
	touch_result(s, r, "");
}

static void populate(struct standing *s, struct result *r)
{
	result_errno(r, "read", madvise(s->at, s->want.len, MADV_POPULATE_READ) ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
}

static void populate_write(struct standing *s, struct result *r)
{
	result_errno(r, "write", madvise(s->at, s->want.len, MADV_POPULATE_WRITE) ? -errno : 0);
	see(s, r, "");
}

static void hints(struct standing *s, struct result *r)
{
	static const struct {
		const char *name;
		int advice;
	} all[] = {
		{ "WILLNEED", MADV_WILLNEED },
		{ "RANDOM", MADV_RANDOM },
		{ "COLD", MADV_COLD },
		{ "DONTDUMP", MADV_DONTDUMP },
		{ "DODUMP", MADV_DODUMP },
		{ "HUGEPAGE", MADV_HUGEPAGE },
		{ "NOHUGEPAGE", MADV_NOHUGEPAGE },
		{ "MERGEABLE", MADV_MERGEABLE },
		{ "UNMERGEABLE", MADV_UNMERGEABLE },
		{ "WIPEONFORK", MADV_WIPEONFORK },
		{ "KEEPONFORK", MADV_KEEPONFORK },
		{ "DONTFORK", MADV_DONTFORK },
		{ "DOFORK", MADV_DOFORK },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		result_errno(r, all[i].name,
			     madvise(s->at, s->want.len, all[i].advice) ? -errno : 0);
	see(s, r, "");
}

static void locks(struct standing *s, struct result *r)
{
	result_errno(r, "mlock", mlock(s->at, s->want.len) ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "locked");
	locked_result(r, "locked");
	result_errno(r, "munlock", munlock(s->at, s->want.len) ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
	locked_result(r, "");
}

static void lock_future(struct standing *s, struct result *r)
{
	long at;

	result_errno(r, "mlockall", mlockall(MCL_FUTURE) ? -errno : 0);
	munmap(s->at, s->want.len);
	at = map_file(s, &s->want, NULL, 0);
	result_errno(r, "second", at);
	if (at < 0)
		return;
	stand_result((char *)at, s->want.len, s->want.offset, r, "");
	munmap((char *)at, s->want.len);
	munlockall();
}

static void syncs(struct standing *s, struct result *r)
{
	touch_result(s, r, "before");
	result_errno(r, "sync", msync(s->at, s->want.len, MS_SYNC) ? -errno : 0);
	result_errno(r, "async", msync(s->at, s->want.len, MS_ASYNC) ? -errno : 0);
	result_errno(r, "invalidate",
		     msync(s->at, s->want.len, MS_SYNC | MS_INVALIDATE) ? -errno : 0);
	touch_result(s, r, "");
}

/* A debugger's access: access_process_vm(), and the handler's vm_ops->access() where pages are not struct pages. */
static void debugger(struct standing *s, struct result *r)
{
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	ssize_t n;
	char byte;

	if (fd < 0)
		return;
	n = pread(fd, &byte, 1, (off_t)(uintptr_t)s->at);
	result_errno(r, "read", n < 0 ? -errno : 0);
	/* What was read: nothing changes, but a private page is copied. */
	if (n == 1 && !(s->subject->traits & NO_WRITE_TOUCH))
		result_errno(r, "write",
			     pwrite(fd, &byte, 1, (off_t)(uintptr_t)s->at) < 0 ? -errno : 0);
	close(fd);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
}

/* Pages handed to a pipe: get_user_pages(). */
static void pinned(struct standing *s, struct result *r)
{
	struct iovec v = { s->at, s->unit < 4096 ? s->unit : 4096 };
	int ends[2];

	if (pipe(ends))
		return;
	result_errno(r, "vmsplice", vmsplice(ends[1], &v, 1, SPLICE_F_NONBLOCK) < 0 ? -errno : 0);
	result_errno(r, "munmap", munmap(s->at, s->want.len) ? -errno : 0);
	close(ends[0]);
	close(ends[1]);
}

static void nonlinear(struct standing *s, struct result *r)
{
	size_t pgoff = (size_t)(s->want.offset / 4096 + s->unit / 4096);
	int ret;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	ret = remap_file_pages(s->at, s->unit, 0, pgoff, 0);
#pragma GCC diagnostic pop
	result_errno(r, "remap_file_pages", ret ? -errno : 0);
	see(s, r, "");
}

const struct after hint_afters[] = {
	{ "mprotect none", protect_none, 0 },
	{ "mprotect r", protect_r, AFTER_SHORT },
	{ "mprotect rw", protect_rw, AFTER_SHORT | AFTER_PRIVATE },
	{ "mprotect rx", protect_rx, AFTER_SHORT },
	{ "mprotect of the middle and back", protect_part, AFTER_PAGES | AFTER_PRIVATE },
	{ "madvise dontneed", dontneed, AFTER_SHORT | AFTER_PRIVATE },
	{ "madvise free", lazyfree, AFTER_PRIVATE },
	{ "madvise pageout", pageout, 0 },
	{ "madvise collapse", collapse, 0 },
	{ "madvise populate", populate, AFTER_SHORT },
	{ "madvise populate write", populate_write, AFTER_WRITES | AFTER_PRIVATE },
	{ "madvise hints", hints, AFTER_SHORT },
	{ "mlock", locks, AFTER_SHORT | AFTER_PRIVATE },
	{ "mlockall", lock_future, 0 },
	{ "msync", syncs, AFTER_SHORT },
	{ "a debugger's access", debugger, AFTER_WRITES | AFTER_PRIVATE },
	{ "vmsplice", pinned, AFTER_WRITES },
	{ "remap_file_pages", nonlinear, AFTER_PAGES },
	/* The last: what it frees is missing from then on. */
	{ "madvise remove", holes, AFTER_WRITES },
	{ NULL, NULL, 0 },
};
