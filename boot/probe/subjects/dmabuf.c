// SPDX-License-Identifier: GPL-2.0-only
/* DMA buffers: of the system heap, of pages of a memfd (udmabuf), and of a graphics driver. */
#include <errno.h>
#include <fcntl.h>
#include <linux/dma-heap.h>
#include <linux/udmabuf.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "devices.h"
#include "drm.h"

enum { SIZE = 8 * 4096 };

static int open_heap(struct opened *o)
{
	struct dma_heap_allocation_data want = { .len = SIZE, .fd_flags = O_RDWR | O_CLOEXEC };
	int heap = open_wait("/dev/dma_heap/system", O_RDWR, 3), ret;

	if (heap < 0)
		return heap;
	ret = ASK(heap, DMA_HEAP_IOCTL_ALLOC, &want);
	close(heap);
	o->fd = (int)want.fd;
	o->size = SIZE;
	o->content = true;
	return ret < 0 ? ret : 0;
}

static int memory = -1;

static int open_udmabuf(struct opened *o)
{
	struct udmabuf_create want = { .flags = UDMABUF_FLAGS_CLOEXEC,
				       .offset = 4096,
				       .size = SIZE };
	int device = open_wait("/dev/udmabuf", O_RDWR, 3);
	unsigned char page[4096];
	int i;

	if (device < 0)
		return device;
	memory = memfd_create("probe", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (memory < 0)
		return why(-errno, "memfd_create()");
	for (i = 0; i < SIZE / 4096 + 1; i++) {
		memset(page, i + 1, sizeof(page));
		if (write(memory, page, sizeof(page)) != (ssize_t)sizeof(page))
			return why(-EIO, "cannot fill a memfd");
	}
	if (fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK))
		return why(-errno, "F_SEAL_SHRINK");
	want.memfd = (uint32_t)memory;
	o->fd = ASK(device, UDMABUF_CREATE, &want);
	close(device);
	o->size = SIZE;
	o->content = true;
	return o->fd < 0 ? o->fd : 0;
}

/* The buffer's pages are the memfd's. */
static void ask_same_pages(struct opened *o, struct result *r)
{
	char *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");
	unsigned char got[2] = { 0, 0 };

	if (!p)
		return;
	memset(p, 0x77, 4096);
	result_errno(r, "read", pread(memory, got, 1, 4096) == 1 ? 0 : -EIO);
	result_errno(r, "read before", pread(memory, got + 1, 1, 0) == 1 ? 0 : -EIO);
	result_content(r, "content", got, sizeof(got));
	close(o->fd);
	close(memory);
	result_content(r, "content closed", p, o->size);
}

static int open_prime(struct opened *o, const char *driver)
{
	uint32_t handle;
	int card = drm_open(driver), ret;

	if (card < 0)
		return card;
	ret = drm_buffer(card, &handle, &o->size);
	if (ret)
		return ret;
	o->fd = drm_export(card, handle);
	close(card);
	o->content = true;
	return o->fd < 0 ? o->fd : 0;
}

static int open_prime_vgem(struct opened *o)
{
	return open_prime(o, "vgem");
}

static int open_prime_virtio(struct opened *o)
{
	return open_prime(o, "virtio_gpu");
}

/* A mapping keeps the buffer of a closed file. */
static void ask_close_while_mapped(struct opened *o, struct result *r)
{
	char *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	if (!p)
		return;
	memset(p, 0x3c, o->size);
	result_errno(r, "close", close(o->fd) ? -errno : 0);
	result_content(r, "content", p, o->size);
}

/* The last line of debugfs' list: "Total 0 objects, 0 bytes". */
static void left(struct result *r)
{
	FILE *f = fopen("/sys/kernel/debug/dma_buf/bufinfo", "re");
	char line[256];
	int objects = -1;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "Total %d objects", &objects) == 1)
			result_int(r, "dma-buf objects", objects);
	if (f)
		fclose(f);
}

static const struct question questions[] = {
	{ "close while mapped", ask_close_while_mapped },
	{ NULL, NULL },
};

static const struct question udmabuf_questions[] = {
	{ "same pages", ask_same_pages },
	{ NULL, NULL },
};

static const struct subject heap = {
	.name = "dmabuf-heap",
	.open = open_heap,
	.left = left,
	.questions = questions,
};
static const struct subject udmabuf = {
	.name = "dmabuf-udmabuf",
	.open = open_udmabuf,
	.left = left,
	.questions = udmabuf_questions,
};
static const struct subject vgem = {
	.name = "dmabuf-vgem",
	.open = open_prime_vgem,
	.left = left,
	.questions = questions,
};
static const struct subject virtio = {
	.name = "dmabuf-virtio",
	.open = open_prime_virtio,
	.left = left,
	.questions = questions,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_dmabuf[] = { &heap, &udmabuf, &vgem, &virtio, NULL };
