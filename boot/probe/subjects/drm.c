// SPDX-License-Identifier: GPL-2.0-only
/* Graphics: dumb buffers of drivers without a device (vgem, vkms) and of two that QEMU has. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "devices.h"
#include "drm.h"

struct version {
	int major, minor, patch;
	size_t name_len;
	char *name;
	size_t date_len;
	char *date;
	size_t desc_len;
	char *desc;
};

struct create_dumb {
	uint32_t height, width, bpp, flags, handle, pitch;
	uint64_t size;
};

struct map_dumb {
	uint32_t handle, pad;
	uint64_t offset;
};

struct prime_handle {
	uint32_t handle, flags;
	int32_t fd;
};

#define DRM_VERSION _IOWR('d', 0x00, struct version)
#define DRM_PRIME_HANDLE_TO_FD _IOWR('d', 0x2d, struct prime_handle)
#define DRM_CREATE_DUMB _IOWR('d', 0xb2, struct create_dumb)
#define DRM_MAP_DUMB _IOWR('d', 0xb3, struct map_dumb)
#define DRM_DESTROY_DUMB _IOWR('d', 0xb4, uint32_t)

int drm_open(const char *driver)
{
	int tries, card;

	for (tries = 0; tries < 30; tries++) {
		for (card = 0; card < 16; card++) {
			char path[32], name[32] = "";
			struct version v = { .name_len = sizeof(name) - 1, .name = name };
			int fd;

			snprintf(path, sizeof(path), "/dev/dri/card%d", card);
			fd = open(path, O_RDWR | O_CLOEXEC);
			if (fd < 0)
				continue;
			if (!device_ioctl(fd, DRM_VERSION, &v) && !strcmp(name, driver))
				return fd;
			close(fd);
		}
		usleep(100000);
	}
	return why(-ENODEV, "no card of the driver %s", driver);
}

int drm_buffer(int fd, uint32_t *handle, uint64_t *size)
{
	struct create_dumb want = { .height = 64, .width = 64, .bpp = 32 };
	int ret = ASK(fd, DRM_CREATE_DUMB, &want);

	*handle = want.handle;
	*size = want.size;
	return ret;
}

int drm_map_offset(int fd, uint32_t handle, uint64_t *offset)
{
	struct map_dumb want = { .handle = handle };
	int ret = ASK(fd, DRM_MAP_DUMB, &want);

	*offset = want.offset;
	return ret;
}

int drm_destroy(int fd, uint32_t handle)
{
	return device_ioctl(fd, DRM_DESTROY_DUMB, &handle);
}

int drm_export(int fd, uint32_t handle)
{
	struct prime_handle want = { .handle = handle, .flags = O_RDWR | O_CLOEXEC };
	int ret = ASK(fd, DRM_PRIME_HANDLE_TO_FD, &want);

	return ret < 0 ? ret : want.fd;
}

/* The handle of the buffer that is mapped: one a process. */
static uint32_t handle;

static int open_dumb(struct opened *o, const char *driver)
{
	int ret;

	o->fd = drm_open(driver);
	if (o->fd < 0)
		return o->fd;
	ret = drm_buffer(o->fd, &handle, &o->size);
	if (!ret)
		ret = drm_map_offset(o->fd, handle, &o->offset);
	o->content = true; /* cleared pages */
	return ret;
}

static int open_vgem(struct opened *o)
{
	return open_dumb(o, "vgem");
}

static int open_vkms(struct opened *o)
{
	return open_dumb(o, "vkms");
}

static int open_bochs(struct opened *o)
{
	return open_dumb(o, "bochs-drm");
}

static int open_virtio(struct opened *o)
{
	return open_dumb(o, "virtio_gpu");
}

/* A mapping keeps the buffer that its last handle has left. */
static void ask_destroy_while_mapped(struct opened *o, struct result *r)
{
	char *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	if (!p)
		return;
	memset(p, 0xa5, o->size);
	result_errno(r, "destroy", drm_destroy(o->fd, handle));
	question_map(o, o->size, PROT_READ, r, "mmap destroyed");
	result_content(r, "content", p, o->size);
	result_errno(r, "close", close(o->fd) ? -errno : 0);
	result_content(r, "content closed", p, o->size);
}

/* Another client has not been given the buffer. */
static void ask_other_client(struct opened *o, struct result *r)
{
	struct opened other = *o;
	char path[64], node[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", o->fd);
	len = readlink(path, node, sizeof(node) - 1);
	if (len < 0)
		return;
	node[len] = '\0';
	other.fd = open(node, O_RDWR | O_CLOEXEC);
	result_errno(r, "open", other.fd < 0 ? -errno : 0);
	question_map(&other, other.size, PROT_READ, r, "mmap");
	question_map(&other, 4096, PROT_READ, r, "one page");
	close(other.fd);
}

/* Two buffers: one mapping from the first's offset cannot reach into the second. */
static void ask_two_buffers(struct opened *o, struct result *r)
{
	struct opened second = *o;
	uint32_t other;
	uint64_t size;

	result_errno(r, "create", drm_buffer(o->fd, &other, &size));
	result_errno(r, "offset", drm_map_offset(o->fd, other, &second.offset));
	question_map(&second, size, PROT_READ, r, "second");
	question_map(o, o->size + 4096, PROT_READ, r, "too long");
	second.offset = o->offset + 4096;
	question_map(&second, o->size - 4096, PROT_READ, r, "from its second page");
}

static const struct question questions[] = {
	{ "destroy while mapped", ask_destroy_while_mapped },
	{ "other client", ask_other_client },
	{ "two buffers", ask_two_buffers },
	{ NULL, NULL },
};

static const struct subject vgem = { .name = "drm-vgem",
				     .open = open_vgem,
				     .questions = questions };
static const struct subject vkms = {
	.name = "drm-vkms", .open = open_vkms, .questions = questions, .traits = FEW_REQUESTS
};
static const struct subject bochs = {
	.name = "drm-bochs",
	.open = open_bochs,
	.questions = questions,
	.traits = FEW_REQUESTS,
};
static const struct subject virtio = {
	.name = "drm-virtio",
	.open = open_virtio,
	.questions = questions,
};

const struct subject *const family_drm[] = { &vgem, &vkms, &bochs, &virtio, NULL };
