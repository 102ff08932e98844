// SPDX-License-Identifier: GPL-2.0-only
/* Files that stand for another file system's: overlayfs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "file.h"

#define BASE "/tmp/overlay"

static int prepare(void)
{
	static const char *const dirs[] = { BASE, BASE "/lower", BASE "/upper", BASE "/work",
					    BASE "/at" };
	struct opened o = { .fd = -1 };
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(dirs) / sizeof(*dirs); i++)
		ret = i ? make_dir(dirs[i]) : mount_at("none", dirs[i], "tmpfs", NULL);
	if (!ret)
		ret = file_open(&o, BASE "/lower/low");
	if (!ret)
		close(o.fd);
	if (!ret)
		ret = mount_at("none", BASE "/at", "overlay",
			       "lowerdir=" BASE "/lower,upperdir=" BASE "/upper,workdir=" BASE
			       "/work");
	return ret;
}

static void finish(void)
{
	file_unmount(BASE "/at");
	file_unmount(BASE);
}

static int open_upper(struct opened *o)
{
	return file_open(o, BASE "/at/new");
}

static int open_lower(struct opened *o)
{
	o->content = true;
	return file_open_as_is(o, BASE "/at/low", O_RDONLY, FILE_SIZE);
}

/* What is mapped is the lower file, and stays so when another open copies it up. */
static void copied_up(struct opened *o, struct result *r)
{
	char *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, o->fd, 0), *q;
	int fd;

	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	fd = open(BASE "/at/low", O_RDWR | O_CLOEXEC);
	result_errno(r, "open to write", fd < 0 ? -errno : 0);
	if (p == MAP_FAILED || fd < 0 || pwrite(fd, "CHANGED", 7, 0) != 7)
		return;
	result_text(r, "mapped before", "%.1s", p);
	q = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	result_errno(r, "the copy", q == MAP_FAILED ? -errno : 0);
	if (q != MAP_FAILED)
		result_text(r, "mapped after", "%.1s", q);
}

static const struct question lower_questions[] = { { "copied up while mapped", copied_up },
						   { NULL, NULL } };

static const struct subject upper = {
	.name = "overlayfs",
	.prepare = prepare,
	.open = open_upper,
	.finish = finish,
};

static const struct subject lower = {
	.name = "overlayfs-lower",
	.prepare = prepare,
	.open = open_lower,
	.finish = finish,
	.questions = lower_questions,
};

const struct subject *const family_overlay[] = { &upper, &lower, NULL };
