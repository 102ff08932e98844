// SPDX-License-Identifier: GPL-2.0-only
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

int file_open(struct opened *o, const char *path)
{
	char bytes[FILE_SIZE];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)('a' + i / 4096);
	o->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (o->fd < 0)
		return why(-errno, "%s: %m", path);
	if (pwrite(o->fd, bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return why(-errno, "%s: write: %m", path);
	if (ftruncate(o->fd, sizeof(bytes)))
		return why(-errno, "%s: ftruncate: %m", path);
	o->size = sizeof(bytes);
	o->content = true;
	return 0;
}

int file_open_as_is(struct opened *o, const char *path, int flags, uint64_t size)
{
	o->fd = open_wait(path, flags, 0);
	o->size = size;
	return o->fd < 0 ? o->fd : 0;
}

int file_mount_image(const char *image, const char *where, const char *type, const char *options)
{
	char device[64] = "";
	int ret = loop_attach(image, device, sizeof(device));

	return ret ? ret : mount_at(device, where, type, options);
}

void file_unmount(const char *where)
{
	umount2(where, MNT_DETACH);
}
