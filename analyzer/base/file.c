// SPDX-License-Identifier: GPL-2.0-only
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

static int read_all(int fd, size_t max, struct strbuf *b)
{
	size_t start = b->len;
	char data[65536];
	ssize_t n;

	/* The size in stat() is only a hint: the file may grow, or live in /proc. */
	while ((n = read(fd, data, sizeof(data))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if ((size_t)n > max - (b->len - start))
			return -EFBIG;
		strbuf_add(b, data, (size_t)n);
	}
	return 0;
}

int file_read(const char *path, size_t max, struct strbuf *b)
{
	size_t start = b->len;
	struct stat st;
	int fd, ret;

	strbuf_adds(b, "");
	/* O_NONBLOCK: opening a FIFO that nobody writes must not hang. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		ret = -errno;
	else if (!S_ISREG(st.st_mode))
		ret = -EINVAL;
	else if (st.st_size > 0 && (unsigned long long)st.st_size > max)
		ret = -EFBIG;
	else
		ret = read_all(fd, max, b);
	close(fd);
	if (ret) {
		b->len = start;
		b->s[start] = '\0';
	}
	return ret;
}

static int write_all(int fd, const char *data, size_t len)
{
	size_t done = 0;
	ssize_t n;

	while (done < len) {
		n = write(fd, data + done, len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return 0;
}

/* A new file in dir; open() with 0666 lets the umask decide, which mkstemp() would not. */
static int open_temporary(const char *dir, char **name)
{
	static atomic_uint serial;
	int fd, tries;

	for (tries = 0; tries < 100; tries++) {
		*name = xasprintf("%s/.mmapconv-%ld-%u.tmp", dir, (long)getpid(),
				  atomic_fetch_add(&serial, 1));
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd >= 0)
			return fd;
		free(*name);
		*name = NULL;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

/* The rename itself reaches the disk with its folder.  Some file systems cannot: no harm. */
static void sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

int file_write_atomic(const char *path, const void *data, size_t len)
{
	const char *slash = strrchr(path, '/');
	char *temporary = NULL, *dir;
	int fd, ret;

	if (!slash)
		dir = xstrdup(".");
	else
		dir = slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
	ret = file_mkdirs(dir);
	if (ret)
		goto done;
	fd = open_temporary(dir, &temporary);
	if (fd < 0) {
		ret = fd;
		goto done;
	}
	ret = write_all(fd, data, len);
	if (!ret && fsync(fd) < 0 && errno != EINVAL)
		ret = -errno;
	/* A file system may report a full disk as late as this. */
	if (close(fd) < 0 && !ret)
		ret = -errno;
	if (!ret && rename(temporary, path) < 0)
		ret = -errno;
	if (ret)
		unlink(temporary);
	else
		sync_dir(dir);
done:
	free(temporary);
	free(dir);
	return ret;
}

int file_write_lines(const char *path, const struct strlist *l)
{
	struct strbuf b = { 0 };
	size_t i;
	int ret;

	strbuf_adds(&b, "");
	for (i = 0; i < l->nr; i++)
		strbuf_addf(&b, "%s\n", l->items[i]);
	ret = file_write_atomic(path, b.s, b.len);
	strbuf_free(&b);
	return ret;
}

int file_write_result(const char *path, const struct strbuf *b)
{
	int ret = file_write_atomic(path, b->s, b->len);

	if (ret)
		log_error("%s: cannot be written: %s; make room or choose another -o, and run again", path, strerror(-ret));
	return ret;
}

bool file_exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}
