// SPDX-License-Identifier: GPL-2.0-only
/* Helpers of the families of device files. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "devices.h"

int device_ioctl(int fd, unsigned long request, const void *arg)
{
	int ret = ioctl(fd, request, arg);

	return ret < 0 ? -errno : ret;
}

int ask(int fd, unsigned long request, const void *arg, const char *name)
{
	int ret = device_ioctl(fd, request, arg);

	return ret < 0 ? why(ret, "%s: %s", name, strerror(-ret)) : ret;
}

int read_line(const char *path, char *line, size_t len)
{
	FILE *f = fopen(path, "re");
	bool got;

	if (!f)
		return -errno;
	got = fgets(line, (int)len, f) != NULL;
	fclose(f);
	if (!got)
		return -ENODATA;
	line[strcspn(line, "\n")] = '\0';
	return 0;
}

static int find_now(const char *folder, const char *attribute, const char *value, char *entry,
		    size_t len)
{
	struct dirent **names;
	int n = scandir(folder, &names, NULL, alphasort), i, found = -ENOENT;

	for (i = 0; i < n; i++) {
		char path[PATH_MAX], line[256];

		snprintf(path, sizeof(path), "%s/%s/%s", folder, names[i]->d_name, attribute);
		if (found && !read_line(path, line, sizeof(line)) &&
		    !strncmp(line, value, strlen(value))) {
			snprintf(entry, len, "%s", names[i]->d_name);
			found = 0;
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return found;
}

int find_entry(const char *folder, const char *attribute, const char *value, char *entry,
	       size_t len)
{
	int tries;

	for (tries = 0; tries < 30; tries++) {
		if (!find_now(folder, attribute, value, entry, len))
			return 0;
		usleep(100000);
	}
	return why(-ENOENT, "nothing in %s has \"%s\" in its %s", folder, value, attribute);
}

int bind_pci(const char *slot, const char *driver)
{
	char path[PATH_MAX];
	int ret;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/driver_override", slot);
	ret = put_text(path, driver);
	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/sys/bus/pci/drivers/%s/%s", driver, slot);
	if (!access(path, F_OK))
		return 0;
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/driver/unbind", slot);
	if (!access(path, F_OK))
		ret = put_text(path, slot);
	return ret ? ret : put_text("/sys/bus/pci/drivers_probe", slot);
}

void left_number(struct result *r, const char *key, const char *path)
{
	char line[64];

	if (!read_line(path, line, sizeof(line)))
		result_int(r, key, atoll(line));
}

void *question_map(const struct opened *o, size_t len, int prot, struct result *r, const char *key)
{
	void *p = mmap(NULL, len, prot, MAP_SHARED, o->fd, (off_t)o->offset);

	result_errno(r, key, p == MAP_FAILED ? -errno : 0);
	return p == MAP_FAILED ? NULL : p;
}
