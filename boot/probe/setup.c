// SPDX-License-Identifier: GPL-2.0-only
/* What several subjects need before their files are there; probe.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "core.h"

int why(int err, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(shared->why, sizeof(shared->why), format, ap);
	va_end(ap);
	return err;
}

int put_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), ret = 0;

	if (fd < 0)
		return why(-errno, "%s: %m", path);
	if (*text && write(fd, text, strlen(text)) < 0)
		ret = why(-errno, "%s does not take \"%.60s\": %m", path, text);
	close(fd);
	return ret;
}

int make_dir(const char *path)
{
	char part[512];

	if (strlen(path) >= sizeof(part))
		return why(-ENAMETOOLONG, "%s", path);
	strcpy(part, path);
	for (char *p = part + 1;; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		if (mkdir(part, 0755) && errno != EEXIST)
			return why(-errno, "%s: %m", part);
		if (!c)
			return 0;
		*p = c;
	}
}

int mount_at(const char *what, const char *where, const char *type, const char *options)
{
	int ret = make_dir(where);

	if (!ret && mount(what, where, type, 0, options))
		ret = why(-errno, "mount -t %s %s %s: %m", type, what, where);
	return ret;
}

int open_wait(const char *path, int flags, unsigned seconds)
{
	long long end = now_ms() + seconds * 1000LL;
	int fd;

	for (;;) {
		fd = open(path, flags | O_CLOEXEC);
		if (fd >= 0)
			return fd;
		if ((errno != ENOENT && errno != ENXIO && errno != ENODEV) || now_ms() > end)
			return why(-errno, "%s: %m", path);
		settle_ms(20);
	}
}

int device_node(const char *sys_dev, const char *path)
{
	unsigned major_nr, minor_nr;
	struct stat st;
	mode_t type = strstr(sys_dev, "/block/") ? S_IFBLK : S_IFCHR;
	FILE *f = fopen(sys_dev, "re");
	int n;

	if (!f)
		return why(-errno, "%s: %m", sys_dev);
	n = fscanf(f, "%u:%u", &major_nr, &minor_nr);
	fclose(f);
	if (n != 2)
		return why(-EINVAL, "%s holds no device number", sys_dev);
	if (!stat(path, &st) && st.st_rdev == makedev(major_nr, minor_nr))
		return 0;
	unlink(path);
	if (mknod(path, type | 0600, makedev(major_nr, minor_nr)))
		return why(-errno, "mknod %s: %m", path);
	return 0;
}

int loop_attach(const char *image, char *device, size_t len)
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC), file = -1, loop = -1, nr,
	    ret = 0;

	if (control < 0)
		return why(-errno, "/dev/loop-control: %m");
	nr = ioctl(control, LOOP_CTL_GET_FREE);
	if (nr < 0) {
		ret = why(-errno, "no free loop device: %m");
		goto done;
	}
	snprintf(device, len, "/dev/loop%d", nr);
	loop = open_wait(device, O_RDWR, 5);
	if (loop < 0) {
		ret = loop;
		goto done;
	}
	file = open(image, O_RDWR | O_CLOEXEC);
	if (file < 0)
		ret = why(-errno, "%s: %m", image);
	else if (ioctl(loop, LOOP_SET_FD, file))
		ret = why(-errno, "%s on %s: %m", image, device);
	if (!ret) {
		/* Gone with its last user, so that nothing of it is left when the subject is. */
		struct loop_info64 info = { .lo_flags = LO_FLAGS_AUTOCLEAR };

		if (ioctl(loop, LOOP_SET_STATUS64, &info))
			ret = why(-errno, "%s: LOOP_SET_STATUS64: %m", device);
	}
done:
	if (file >= 0)
		close(file);
	/*
	 * With autoclear the last close ends it, so it stays open as long as the process lives; but not to be written:
	 * many kernels mount no device that somebody may write to.
	 */
	if (!ret && open(device, O_RDONLY | O_CLOEXEC) < 0)
		ret = why(-errno, "%s: %m", device);
	if (loop >= 0)
		close(loop);
	close(control);
	return ret;
}

static unsigned read_hex(const char *slot, const char *name)
{
	char path[300];
	unsigned value = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", slot, name);
	f = fopen(path, "re");
	if (!f)
		return 0;
	if (fscanf(f, "%x", &value) != 1)
		value = 0;
	fclose(f);
	return value;
}

bool have_pci(unsigned vendor, unsigned device, char *slot, size_t len)
{
	DIR *d = opendir("/sys/bus/pci/devices");
	struct dirent *e;
	bool found = false;

	/* The lowest slot of several, whatever order the folder is in. */
	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.' || strlen(e->d_name) >= len ||
		    read_hex(e->d_name, "vendor") != vendor ||
		    read_hex(e->d_name, "device") != device)
			continue;
		if (!found || strcmp(e->d_name, slot) < 0)
			strcpy(slot, e->d_name);
		found = true;
	}
	if (d)
		closedir(d);
	if (!found)
		why(-ENODEV, "no PCI device %04x:%04x", vendor, device);
	return found;
}
