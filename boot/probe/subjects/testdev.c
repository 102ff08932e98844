// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices without hardware, made for tests: the mirror of hmm; a memory technology device of RAM
 * and a system trace module, which map nothing.
 */
#include <fcntl.h>

#include "devices.h"

static int open_hmm(struct opened *o)
{
	o->fd = open_wait("/dev/hmm_dmirror0", O_RDWR, 3);
	o->size = 8 * 4096; /* pages of its own for each mapping */
	o->content = true;
	return o->fd < 0 ? o->fd : 0;
}

static void ask_long(struct opened *o, struct result *r)
{
	char *p = question_map(o, 256 * 4096, PROT_READ | PROT_WRITE, r, "256 pages");

	if (!p)
		return;
	p[0] = p[255 * 4096] = 1;
	result_content(r, "content", p, 256 * 4096);
}

static const struct question hmm_questions[] = {
	{ "long", ask_long },
	{ NULL, NULL },
};

static int open_plain(struct opened *o, const char *path)
{
	o->fd = open_wait(path, O_RDWR, 3);
	return o->fd < 0 ? o->fd : 0;
}

static int open_mtd(struct opened *o)
{
	return open_plain(o, "/dev/mtd0");
}

static int open_stm(struct opened *o)
{
	return open_plain(o, "/dev/dummy_stm.0");
}

static const struct subject hmm = {
	.name = "test-hmm",
	.open = open_hmm,
	.questions = hmm_questions,
};
static const struct subject mtd = { .name = "test-mtd", .open = open_mtd, .traits = FEW_REQUESTS };
static const struct subject stm = { .name = "test-stm", .open = open_stm, .traits = FEW_REQUESTS };
const struct subject *const family_testdev[] = { &hmm, &mtd, &stm, NULL };
