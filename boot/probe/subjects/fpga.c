// SPDX-License-Identifier: GPL-2.0-only
/*
 * An FPGA accelerator that is nothing but a graphics card's memory: the list of features that its
 * driver looks for is written there, and the card given to that driver.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "devices.h"

#define CARD "0000:00:13.0" /* subjects/fpga.json puts it there */

enum { ACCELERATOR = 0x4000, KIB = 16, ALL = ACCELERATOR + KIB * 1024 };

/* A port's header: its kind, end of the list; where its accelerator is; how long that is. */
static void describe(uint64_t *words)
{
	words[0] = 4ULL << 60 | 1ULL << 40 | 1;
	words[0x18 / 8] = ACCELERATOR;
	words[0x30 / 8] = KIB << 8;
	for (size_t i = ACCELERATOR / 8; i < ALL / 8; i++)
		words[i] = 0x0101010101010101ULL * (i / 512);
}

static int write_features(void)
{
	const char *bar = "/sys/bus/pci/devices/" CARD "/resource0";
	int fd = open_wait(bar, O_RDWR, 1);
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, ALL, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return why(-errno, "%s: %m", bar);
	memset(p, 0, ALL);
	describe(p);
	munmap(p, ALL);
	return 0;
}

static int prepare(void)
{
	const char *unbind = "/sys/bus/pci/devices/" CARD "/driver/unbind";
	int ret = 0;

	if (!access(unbind, F_OK))
		ret = put_text(unbind, CARD);
	if (!ret)
		ret = put_text("/sys/bus/pci/devices/" CARD "/enable", "1");
	if (!ret)
		ret = write_features();
	return ret ? ret : bind_pci(CARD, "dfl-pci");
}

static int open_port(struct opened *o)
{
	o->fd = open_wait("/dev/dfl-port.0", O_RDWR, 5);
	o->size = KIB * 1024;
	o->content = true;
	return o->fd < 0 ? o->fd : 0;
}

static const struct subject port = {
	.name = "fpga-port",
	.prepare = prepare,
	.open = open_port,
};

const struct subject *const family_fpga[] = { &port, NULL };
