// SPDX-License-Identifier: GPL-2.0-only
/* Drivers of ours in both kernels, for devices that a guest cannot have; of kernel.h. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "kernel/farm.h"
#include "kernel/kernel.h"

#define FOLDER		"drivers/mmapconv"
#define MAX_SOURCE	(4u << 20)

static int link_files(const struct kernels *k, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char *path, *file;
	int ret = d ? 0 : -errno;

	while (!ret && (e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		path = path_join(FOLDER, e->d_name);
		file = path_join(dir, e->d_name);
		ret = farm_link(k->farm.root, path, file);
		free(path);
		free(file);
	}
	if (d)
		closedir(d);
	return ret;
}

/* Where the tree has no such file, kconfig does not know our options, and each subject that wants one says so. */
static bool leads_there(const struct kernels *k)
{
	static const char *const files[] = { "drivers/Kconfig", "drivers/Makefile" };
	bool there = true;
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		char *path = path_join(k->farm.root, files[i]);

		there &= file_exists(path);
		free(path);
	}
	return there;
}

/* The file of the farm, with a line more at its end. */
static int add_line(const struct kernels *k, const char *file, const char *line)
{
	char *path = path_join(k->farm.root, file);
	struct strbuf text = { 0 };
	int ret = file_read(path, MAX_SOURCE, &text);

	if (!ret && !strstr(text.s, line)) {
		strbuf_addf(&text, "\n%s\n", line);
		ret = farm_put(k->farm.root, file, text.s, text.len);
	}
	strbuf_free(&text);
	free(path);
	return ret;
}

int kernels_provide(const struct kernels *k, const char *dir)
{
	int ret = 0;

	if (!file_is_dir(dir) || !leads_there(k))
		return 0;
	ret = link_files(k, dir);
	if (!ret)
		ret = add_line(k, "drivers/Kconfig", "source \"" FOLDER "/Kconfig\"");
	if (!ret)
		ret = add_line(k, "drivers/Makefile", "obj-y += mmapconv/");
	if (ret)
		log_error("%s/" FOLDER ": %s cannot be put there: %s", k->farm.root, dir, strerror(-ret));
	return ret;
}
