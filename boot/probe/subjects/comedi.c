// SPDX-License-Identifier: GPL-2.0-only
/* Data acquisition: the buffers of the fake waveform generator. */
#include <fcntl.h>
#include <linux/comedi.h>
#include <sys/ioctl.h>

#include "devices.h"

static int open_device(struct opened *o)
{
	o->fd = open_wait("/dev/comedi0", O_RDWR, 5);
	o->size = 64 << 10;
	o->content = true; /* nothing is running: cleared */
	return o->fd < 0 ? o->fd : 0;
}

static long resize(struct opened *o, unsigned subdevice, unsigned size)
{
	struct comedi_bufconfig config = { .subdevice = subdevice, .size = size };

	return device_ioctl(o->fd, COMEDI_BUFCONFIG, &config);
}

/* A mapping that is readable is of the input's buffer, one that is writable of the output's. */
static void ask_resize(struct opened *o, struct result *r)
{
	char *p = question_map(o, 4 * 4096, PROT_READ, r, "mmap");

	if (!p)
		return;
	result_errno(r, "input", resize(o, 0, 8 * 4096));
	result_errno(r, "output", resize(o, 1, 8 * 4096));
	munmap(p, 2 * 4096);
	result_errno(r, "input half mapped", resize(o, 0, 8 * 4096));
	munmap(p + 2 * 4096, 2 * 4096);
	result_errno(r, "input unmapped", resize(o, 0, 8 * 4096));
	question_map(o, 9 * 4096, PROT_READ, r, "nine pages");
	result_errno(r, "input back", resize(o, 0, 64 << 10));
	result_errno(r, "output back", resize(o, 1, 64 << 10));
}

static void ask_two_buffers(struct opened *o, struct result *r)
{
	char *in = question_map(o, 4096, PROT_READ, r, "input");
	char *out = question_map(o, 4096, PROT_READ | PROT_WRITE, r, "output");

	if (!in || !out)
		return;
	out[1] = 1;
	result_int(r, "same", in[1]);
	out[1] = 0;
	question_map(o, (64 << 10) + 4096, PROT_READ, r, "too long");
}

static const struct question questions[] = {
	{ "resize while mapped", ask_resize },
	{ "two buffers", ask_two_buffers },
	{ NULL, NULL },
};

static const struct subject device = {
	.name = "comedi-test",
	.open = open_device,
	.questions = questions,
};

const struct subject *const family_comedi[] = { &device, NULL };
