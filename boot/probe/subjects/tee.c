// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that is shared with a trusted execution environment; boot/provider/tee.c is one.  What user space registers
 * with it is not mapped again.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/tee.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "devices.h"

enum { PAGES = 8 };

static int open_device(void)
{
	return open_wait("/dev/tee0", O_RDWR, 3);
}

static int open_shared(struct opened *o)
{
	struct tee_ioctl_shm_alloc_data data = { .size = PAGES * 4096 };
	int fd = open_device(), ret;

	if (fd < 0)
		return fd;
	ret = ASK(fd, TEE_IOC_SHM_ALLOC, &data);
	close(fd);
	if (ret < 0)
		return ret;
	o->fd = ret;
	o->size = PAGES * 4096;
	o->content = true;
	return 0;
}

static int open_registered(struct opened *o)
{
	struct tee_ioctl_shm_register_data data = { .length = PAGES * 4096 };
	void *p = aligned_alloc(4096, PAGES * 4096);
	int fd = open_device(), ret;

	if (fd < 0)
		return fd;
	if (!p)
		return why(-ENOMEM, "no memory to register");
	memset(p, 0, PAGES * 4096);
	data.addr = (uintptr_t)p;
	ret = ASK(fd, TEE_IOC_SHM_REGISTER, &data);
	close(fd);
	if (ret < 0)
		return ret;
	o->fd = ret;
	o->size = PAGES * 4096;
	return 0;
}

static const struct subject shared_memory = { .name = "tee-shared", .open = open_shared };

static const struct subject registered = {
	.name = "tee-registered",
	.open = open_registered,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_tee[] = { &shared_memory, &registered, NULL };
