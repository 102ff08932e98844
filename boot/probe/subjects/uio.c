// SPDX-License-Identifier: GPL-2.0-only
/*
 * Userspace drivers: the registers of a PCI device, and the ring of a SCSI target that a program
 * serves.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "devices.h"

#define EDU "0000:00:10.0" /* subjects/uio.json puts it there */
#define TARGET "/sys/kernel/config/target/core/user_0"

static int open_uio(struct opened *o, const char *name)
{
	char entry[64], path[128], line[64];
	int ret = find_entry("/sys/class/uio", "name", name, entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/sys/class/uio/%s/maps/map0/size", entry);
	ret = read_line(path, line, sizeof(line));
	if (ret)
		return why(ret, "%s", path);
	o->size = strtoull(line, NULL, 0);
	snprintf(path, sizeof(path), "/dev/%s", entry);
	o->fd = open_wait(path, O_RDWR, 3);
	return o->fd < 0 ? o->fd : 0;
}

static int prepare_pci(void)
{
	return bind_pci(EDU, "uio_pci_generic");
}

static int open_pci(struct opened *o)
{
	return open_uio(o, "uio_pci_generic");
}

/* The offset is no offset: page N stands for the device's N-th range. */
static void ask_ranges(struct opened *o, struct result *r)
{
	struct opened other = *o;
	volatile uint32_t *p = question_map(o, 4096, PROT_READ | PROT_WRITE, r, "range 0");

	if (p) {
		result_int(r, "identity", p[0]);
		p[1] = 0x12345678; /* answers with the complement */
		result_int(r, "complement", p[1]);
	}
	other.offset = 4096;
	question_map(&other, 4096, PROT_READ, r, "range 1");
	other.offset = 5 * 4096;
	question_map(&other, 4096, PROT_READ, r, "range 5");
	question_map(o, o->size + 4096, PROT_READ, r, "too long");
}

static const struct question pci_questions[] = {
	{ "ranges", ask_ranges },
	{ NULL, NULL },
};

static int prepare_target(void)
{
	int ret = make_dir(TARGET "/probe");

	if (!ret)
		ret = put_text(
			TARGET "/probe/control",
			"dev_config=probe/none,dev_size=1048576,max_data_area_mb=1,nl_reply_supported=-1");
	return ret ? ret : put_text(TARGET "/probe/enable", "1");
}

static void finish_target(void)
{
	rmdir(TARGET "/probe");
	rmdir(TARGET);
}

static int open_target(struct opened *o)
{
	return open_uio(o, "tcm-user");
}

static void ask_ring(struct opened *o, struct result *r)
{
	uint32_t *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "whole");

	question_map(o, o->size - 4096, PROT_READ, r, "short");
	question_map(o, 4096, PROT_READ, r, "one page");
	if (p) /* version, flags, offset and size of the command ring */
		result_content(r, "mailbox", p, 12);
}

static const struct question target_questions[] = {
	{ "ring", ask_ring },
	{ NULL, NULL },
};

static const struct subject pci = {
	.name = "uio-pci",
	.prepare = prepare_pci,
	.open = open_pci,
	.questions = pci_questions,
	.traits = NO_WRITE_TOUCH,
};
static const struct subject target = {
	.name = "uio-target",
	.prepare = prepare_target,
	.open = open_target,
	.finish = finish_target,
	.questions = target_questions,
};

const struct subject *const family_uio[] = { &pci, &target, NULL };
