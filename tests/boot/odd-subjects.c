// SPDX-License-Identifier: GPL-2.0-only
/* Subjects that do what drivers do at their worst, in place of the probe's own table: for tests/cmd/boot-probe.sh. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../boot/probe/core.h"

static int open_memory(struct opened *o)
{
	o->fd = memfd_create("odd", MFD_CLOEXEC);
	o->size = 4096;
	return o->fd < 0 || ftruncate(o->fd, 4096) ? -errno : 0;
}

static void hang(struct opened *o, struct result *r)
{
	result_int(r, "before", o->fd >= 0);
	for (;;)
		pause();
}

static void hang_with_child(struct opened *o, struct result *r)
{
	if (fork())
		hang(o, r);
	setpgid(0, 0); /* out of reach of its group's SIGKILL */
	pause();
}

static void crash(struct opened *o, struct result *r)
{
	result_text(r, "said", "\"quoted\" \\ \x01 \xff");
	(void)o;
	raise(SIGSEGV);
}

static void talk(struct opened *o, struct result *r)
{
	(void)o;
	for (int i = 0; i < 2000; i++)
		result_text(r, "word", "%d", i);
}

static void errors(struct opened *o, struct result *r)
{
	(void)o;
	result_errno(r, "usual", -EINVAL);
	result_errno(r, "internal", -524);
	result_errno(r, "unknown", -3000);
	result_errno(r, "none", 4096);
}

/* What the kernel says of a mapping at 0x10000, of 4 pages at page 16 of the file, in a text of ours. */
static void look(struct result *r, const char *prefix, const char *text)
{
	int fd = memfd_create("smaps", MFD_CLOEXEC);
	char path[64];

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		return;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	stand_file = path;
	stand_result((const char *)0x10000, 4 * 4096, 16 * 4096, r, prefix);
	close(fd);
}

#define PIECE(range, perms, offset, flags) range " " perms " " offset " 00:01 1 /dev/x\nVmFlags: " flags " \n"

static void pfns(struct opened *o, struct result *r)
{
	(void)o;
	look(r, "private", PIECE("10000-14000", "rw-p", "7b3f000", "rd wr mr mw me io pf dd"));
	look(r, "pieces", PIECE("10000-11000", "rw-p", "7b3f000", "rd wr mr mw me pf") PIECE("11000-14000", "r--p", "7b40000", "rd mr mw me pf"));
	look(r, "as asked", PIECE("10000-14000", "rw-p", "10000", "rd wr mr mw me pf"));
	look(r, "shared", PIECE("10000-14000", "rw-s", "11000", "rd wr sh mr mw me ms pf"));
	look(r, "read-only", PIECE("10000-14000", "r--p", "11000", "rd mr me pf"));
	look(r, "no PFNs", PIECE("10000-14000", "rw-p", "11000", "rd wr mr mw me"));
}

static const struct question questions[] = {
	{ "hangs", hang },    { "hangs with a child", hang_with_child },
	{ "crashes", crash }, { "talks", talk },
	{ "errors", errors }, { "pfns", pfns },
	{ NULL, NULL },
};

static const struct subject odd = {
	.name = "odd",
	.open = open_memory,
	.questions = questions,
	.traits = FEW_REQUESTS,
	.timeout_s = 1,
};

static int no_device(void)
{
	return why(-ENODEV, "no %s here", "device");
}

static const struct subject absent = { .name = "absent",
				       .prepare = no_device,
				       .open = open_memory };

static int prepare_dies(void)
{
	raise(SIGKILL);
	return 0;
}

static const struct subject dies = { .name = "dies", .prepare = prepare_dies, .open = open_memory };

static int open_nothing(struct opened *o)
{
	(void)o;
	return why(-EACCES, "not allowed");
}

static const struct subject closed = { .name = "closed", .open = open_nothing };

static const struct subject *const family_odd[] = { &absent, &dies, &closed, &odd, NULL };
const struct subject *const *const families[] = { family_odd, NULL };
