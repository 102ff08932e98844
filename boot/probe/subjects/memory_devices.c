// SPDX-License-Identifier: GPL-2.0-only
/* Physical memory: /dev/mem, and the high precision event timer's registers. */
#include <fcntl.h>

#include "file.h"

/* The BIOS: 64 KiB of ROM, the same in every boot. */
static int open_mem(struct opened *o)
{
	o->offset = 0xf0000;
	o->content = true;
	return file_open_as_is(o, "/dev/mem", O_RDWR, 0x10000);
}

static const struct subject mem = { .name = "dev-mem", .open = open_mem, .traits = NO_WRITE_TOUCH };

static int open_sync(struct opened *o)
{
	o->offset = 0xf0000;
	o->content = true;
	return file_open_as_is(o, "/dev/mem", O_RDWR | O_SYNC, 0x10000);
}

static const struct subject mem_sync = {
	.name = "dev-mem-sync",
	.open = open_sync,
	.traits = NO_WRITE_TOUCH | FEW_REQUESTS,
};

static int open_hpet(struct opened *o)
{
	return file_open_as_is(o, "/dev/hpet", O_RDONLY, 4096);
}

static const struct subject hpet = { .name = "hpet", .open = open_hpet, .traits = NO_WRITE_TOUCH };

const struct subject *const family_memory_devices[] = { &mem, &mem_sync, &hpet, NULL };
