// SPDX-License-Identifier: GPL-2.0-only
/*
 * Intel's Trace Hub without one: a graphics card's memory stands for its registers, and boot/provider/trace_hub.c for
 * its switch.  Nothing is traced; the buffers are real.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "devices.h"

#define CARD	 "0000:00:14.0" /* subjects/intel_th.json puts it there */
#define SETTINGS "/sys/bus/intel_th/devices/0-msc0/"
#define NODE	 "/dev/intel_th0/msc0"

enum { REGISTERS = 0x100000, PAGES = 16 };

static int clear_registers(void)
{
	const char *bar = "/sys/bus/pci/devices/" CARD "/resource0";
	int fd = open_wait(bar, O_RDWR, 1);
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, REGISTERS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return why(-errno, "%s: %m", bar);
	memset(p, 0, REGISTERS);
	munmap(p, REGISTERS);
	return 0;
}

static int bind(void)
{
	const char *unbind = "/sys/bus/pci/devices/" CARD "/driver/unbind";
	int ret = 0;

	if (!access(SETTINGS "mode", F_OK))
		return 0;
	if (!access(unbind, F_OK))
		ret = put_text(unbind, CARD);
	if (!ret)
		ret = put_text("/sys/bus/pci/devices/" CARD "/enable", "1");
	if (!ret)
		ret = clear_registers();
	return ret ? ret : bind_pci(CARD, "intel_th_pci");
}

static int prepare(const char *mode, const char *pages)
{
	int ret = bind(), fd;

	if (ret)
		return ret;
	fd = open_wait(NODE, O_RDWR, 5);
	if (fd < 0)
		return fd;
	close(fd);
	ret = put_text(SETTINGS "mode", mode);
	return ret ? ret : put_text(SETTINGS "nr_pages", pages);
}

static int prepare_single(void)
{
	return prepare("single", "16");
}

static int prepare_multi(void)
{
	return prepare("multi", "8,8");
}

static int open_buffer(struct opened *o)
{
	o->fd = open_wait(NODE, O_RDWR, 3);
	o->size = PAGES * 4096;
	return o->fd < 0 ? o->fd : 0;
}

static int open_single(struct opened *o)
{
	o->content = true;
	return open_buffer(o);
}

/* The buffer can be given back when nobody has it mapped, and that is all that tells of its users. */
static void resize(struct result *r, const char *key, const char *pages)
{
	result_errno(r, key, put_text(SETTINGS "nr_pages", pages));
}

static void ask_mapped(struct opened *o, struct result *r, const char *pages)
{
	char *one = question_map(o, PAGES * 4096, PROT_READ, r, "one"), *two;

	if (!one)
		return;
	resize(r, "resize while mapped", pages);
	result_errno(r, "mode while mapped", put_text(SETTINGS "mode", "multi"));
	two = question_map(o, PAGES * 4096, PROT_READ, r, "two");
	munmap(one, PAGES * 4096);
	resize(r, "resize while the second is mapped", pages);
	if (two) {
		munmap(two + 4 * 4096, 4 * 4096);
		resize(r, "resize while pieces are mapped", pages);
		munmap(two, 4 * 4096);
		munmap(two + 8 * 4096, (PAGES - 8) * 4096);
	}
	resize(r, "resize when nothing is mapped", pages);
}

static void ask_single(struct opened *o, struct result *r)
{
	ask_mapped(o, r, "16");
}

static void ask_multi(struct opened *o, struct result *r)
{
	ask_mapped(o, r, "8,8");
}

/* A mapping that is refused counts as no user. */
static void refused(struct opened *o, struct result *r, const char *pages)
{
	question_map(o, (PAGES + 1) * 4096, PROT_READ, r, "too long");
	resize(r, "resize after that", pages);
}

static void ask_refused_single(struct opened *o, struct result *r)
{
	refused(o, r, "16");
}

static void ask_refused_multi(struct opened *o, struct result *r)
{
	refused(o, r, "8,8");
}

static void left_single(struct result *r)
{
	resize(r, "resize", "16");
}

static void left_multi(struct result *r)
{
	resize(r, "resize", "8,8");
}

static const struct question single_questions[] = {
	{ "resize while mapped", ask_single },
	{ "resize after a refusal", ask_refused_single },
	{ NULL, NULL },
};

static const struct question multi_questions[] = {
	{ "resize while mapped", ask_multi },
	{ "resize after a refusal", ask_refused_multi },
	{ NULL, NULL },
};

static const struct subject single = {
	.name = "intel-th-single",
	.prepare = prepare_single,
	.open = open_single,
	.left = left_single,
	.questions = single_questions,
};

static const struct subject multi = {
	.name = "intel-th-multi",
	.prepare = prepare_multi,
	.open = open_buffer,
	.left = left_multi,
	.questions = multi_questions,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_intel_th[] = { &single, &multi, NULL };
