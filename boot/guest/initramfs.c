// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "guest/guest.h"

#define MAX_PROGRAM	(32u << 20)
#define IMAGE_TIMEOUT_S	120
#define CPIO_TIMEOUT_S	300

static int put_program(const char *dir, const char *name, const char *from)
{
	char *to = path_join(dir, name);
	struct strbuf b = { 0 };
	int ret = file_read(from, MAX_PROGRAM, &b);

	if (ret) {
		log_error("%s: cannot be read: %s; run make", from, strerror(-ret));
	} else {
		ret = file_write_atomic(to, b.s, b.len);
		if (!ret && chmod(to, 0755) < 0)
			ret = -errno;
		if (ret)
			log_error("%s: %s; make room or choose another -o", to, strerror(-ret));
	}
	strbuf_free(&b);
	free(to);
	return ret;
}

static int put_tests(const char *dir, const struct guest_files *files)
{
	char *from, *name;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < files->tests->nr; i++) {
		from = path_join(files->selftests, files->tests->items[i]);
		name = path_join("selftests", files->tests->items[i]);
		ret = put_program(dir, name, from);
		free(name);
		free(from);
	}
	return ret;
}

static int put_functions(const char *dir, const struct strlist *functions)
{
	char *to = path_join(dir, "functions");
	int ret = file_write_lines(to, functions);

	if (ret)
		log_error("%s: %s; make room or choose another -o", to, strerror(-ret));
	free(to);
	return ret;
}

static int make_empty(const char *path, unsigned mib)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
	int ret = fd < 0 ? -errno : 0;

	if (!ret && ftruncate(fd, (off_t)mib << 20) < 0)
		ret = -errno;
	if (fd >= 0)
		close(fd);
	return ret;
}

/* mkfs is where a user's PATH may not lead: /usr/sbin.  NULL: it is not there; the caller frees. */
static char *find_program(const char *name)
{
	char *path = run_find(name);

	if (path || strchr(name, '/'))
		return path;
	path = path_join("/usr/sbin", name);
	if (access(path, X_OK) < 0) {
		free(path);
		path = NULL;
	}
	return path;
}

/* 0, -EINTR, or -EIO with *why. */
static int make_image(const struct boot_image *image, const char *path, char **why)
{
	struct strlist argv = { 0 };
	struct run_request req = { .timeout_s = IMAGE_TIMEOUT_S, .max_output = 1u << 16 };
	struct run_result res = { 0 };
	char *program = find_program(image->make.items[0]);
	size_t i;
	int ret = image->mib ? make_empty(path, image->mib) : 0;

	if (ret) {
		*why = xasprintf("%s: %s", path, strerror(-ret));
		ret = -EIO;
		goto done;
	}
	if (!program) {
		*why = xasprintf("%s is not installed", image->make.items[0]);
		ret = -EIO;
		goto done;
	}
	strlist_add(&argv, program);
	for (i = 1; i < image->make.nr; i++)
		strlist_add(&argv, strcmp(image->make.items[i], "@") ? image->make.items[i] : path);
	vec_push(&argv);
	req.argv = (const char *const *)argv.items;
	ret = run(&req, &res);
	argv.nr--;		/* the NULL */
	if (!ret && (res.exit_code || res.timed_out)) {
		*why = xasprintf("%s failed: %.*s", program, (int)strcspn(res.err.s ? res.err.s : "", "\n"),
				 res.err.s ? res.err.s : "");
		ret = -EIO;
	} else if (ret && ret != -EINTR) {
		*why = xasprintf("%s: cannot be run: %s", program, strerror(-ret));
		ret = -EIO;
	}
	run_result_free(&res);
done:
	strlist_free(&argv);
	free(program);
	return ret;
}

/* Each image once, whoever wants it. */
static int put_images(const char *dir, const struct boot_subjects *list, struct strlist *missing)
{
	struct strlist made = { 0 };
	const struct boot_subject *s;
	const struct boot_image *i;
	char *folder = path_join(dir, "images"), *path, *why = NULL;
	int ret = file_mkdirs(folder);

	vec_each(s, list)
		vec_each(i, &s->images) {
			if (ret || !strlist_add_once(&made, i->name))
				continue;
			path = path_join(folder, i->name);
			ret = make_image(i, path, &why);
			if (ret == -EIO) {
				unlink(path);
				strlist_addf(missing, "%s: %s", s->name, why);
				ret = 0;
			}
			free(why);
			why = NULL;
			free(path);
		}
	if (ret && ret != -EINTR)
		log_error("%s: %s; make room or choose another -o", folder, strerror(-ret));
	strlist_free(&made);
	free(folder);
	return ret;
}

/* What there is, for cpio: folders before what is in them, always in the same order. */
static void list_names(const char *dir, const struct guest_files *files, struct strbuf *names)
{
	struct strlist images = { 0 };
	const struct boot_subject *s;
	const struct boot_image *i;
	char *path;
	size_t n;

	strbuf_adds(names, "init\nfunctions\nimages\n");
	vec_each(s, files->subjects)
		vec_each(i, &s->images)
			strlist_add(&images, i->name);
	strlist_sort_once(&images);
	for (n = 0; n < images.nr; n++) {
		path = xasprintf("%s/images/%s", dir, images.items[n]);
		if (file_exists(path))
			strbuf_addf(names, "images/%s\n", images.items[n]);
		free(path);
	}
	strlist_free(&images);
	if (files->tests->nr)
		strbuf_adds(names, "selftests\n");
	for (n = 0; n < files->tests->nr; n++)
		strbuf_addf(names, "selftests/%s\n", files->tests->items[n]);
}

static int pack(const char *dir, const char *work, const struct strbuf *names)
{
	char *archive = path_join(dir, "initrd.cpio");
	const char *const argv[] = { "cpio", "--quiet", "-o", "-H", "newc", "--reproducible", "-R", "0:0", "-F", archive, NULL };
	struct run_request req = { .argv = argv, .cwd = work, .input = names->s, .input_len = names->len,
				   .timeout_s = CPIO_TIMEOUT_S };
	struct run_result res = { 0 };
	int ret = run(&req, &res);

	if (ret && ret != -EINTR) {
		log_error("cpio: cannot be run: %s; install cpio", strerror(-ret));
	} else if (!ret && (res.exit_code || res.timed_out)) {
		log_error("%s: cpio cannot write it: %.*s; make room or choose another -o", archive,
			  (int)strcspn(res.err.s, "\n"), res.err.s);
		ret = -EIO;
	}
	run_result_free(&res);
	free(archive);
	return ret;
}

int guest_initramfs(const char *dir, const struct guest_files *files, struct strlist *missing)
{
	char *work = path_join(dir, "initramfs");
	struct strbuf names = { 0 };
	int ret = file_remove_tree(work);

	if (!ret)
		ret = file_mkdirs(work);
	if (ret) {
		log_error("%s: %s; make room or choose another -o", work, strerror(-ret));
		goto done;
	}
	ret = put_program(work, "init", files->probe);
	if (!ret)
		ret = put_functions(work, files->functions);
	if (!ret)
		ret = put_images(work, files->subjects, missing);
	if (!ret)
		ret = put_tests(work, files);
	if (!ret) {
		list_names(work, files, &names);
		ret = pack(dir, work, &names);
	}
done:
	strbuf_free(&names);
	free(work);
	return ret;
}
