// SPDX-License-Identifier: GPL-2.0-only
#include "mail/patches.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "overlay.h"

#define SLUG_MAX	60

bool patches_is_name(const char *name)
{
	return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) &&
	       isdigit((unsigned char)name[2]) && isdigit((unsigned char)name[3]) &&
	       name[4] == '-' && str_ends(name, ".patch");
}

int patches_clear(const char *out)
{
	char *dir = path_join(out, "patches"), *path;
	struct dirent *e;
	struct stat st;
	int ret = 0;
	DIR *d;

	/* A link could lead to somebody's own patches. */
	if (!lstat(dir, &st) && !S_ISDIR(st.st_mode)) {
		log_error("%s: is no folder; remove it or choose another -o", dir);
		free(dir);
		return -ENOTDIR;
	}
	d = opendir(dir);
	while (d && (e = readdir(d))) {
		if (!patches_is_name(e->d_name))
			continue;
		path = path_join(dir, e->d_name);
		if (unlink(path)) {
			ret = -errno;
			log_error("%s: an earlier run's patch cannot be removed: %s", path,
				  strerror(-ret));
		}
		free(path);
	}
	if (d)
		closedir(d);
	free(dir);
	return ret;
}

int patches_apply(const struct tree *t, struct plan *p, const char *work)
{
	char *dir = path_join(work, "apply"), *error = NULL;
	const struct job_file *f;
	struct overlay o;
	struct job *job;
	int ret = overlay_open(&o, dir);

	vec_each(job, &p->jobs)
		if (!job->error && !ret)
			vec_each(f, &job->files)
				if (!ret && !f->is_new)
					ret = overlay_add(&o, t->root, f->path, &error);
	if (error)
		log_error("%s: the tree changed while it was worked on", error);
	if (!ret)
		ret = overlay_commit_base(&o);
	vec_each(job, &p->jobs) {
		if (ret || job->error || !job->mail)
			continue;
		free(error);
		error = NULL;
		ret = overlay_am(&o, job->mail, job->mail_len, &error);
		if (ret == -EINVAL) {
			job_fail(job, "apply", error);
			error = NULL;
			ret = 0;
		}
	}
	free(error);
	overlay_close(&o);
	free(dir);
	return ret;
}

char *patch_file_name(size_t number, const char *subject)
{
	struct strbuf b = { 0 };
	const char *s;

	strbuf_addf(&b, "%04zu-", number);
	for (s = subject; *s && b.len < SLUG_MAX + strlen("0000-"); s++) {
		if (isalnum((unsigned char)*s) || *s == '_')
			strbuf_add(&b, s, 1);
		else if (b.s[b.len - 1] != '-')
			strbuf_adds(&b, "-");
	}
	while (b.s[b.len - 1] == '-')
		b.s[--b.len] = '\0';
	strbuf_adds(&b, ".patch");
	return strbuf_detach(&b);
}

int patches_write(struct plan *p, const char *out)
{
	unsigned number = 0;
	struct job *job;
	char *name, *file, *path = path_join(out, "patches");
	int ret = file_mkdirs(path);

	if (ret)
		log_error("%s: cannot be made: %s; choose another -o", path, strerror(-ret));
	free(path);
	if (ret)
		return ret;

	vec_each(job, &p->jobs) {
		if (job->error || !job->mail)
			continue;
		if (run_interrupted())
			return -EINTR;
		file = patch_file_name(++number, job->subject);
		name = path_join("patches", file);
		free(file);
		path = path_join(out, name);
		ret = file_write_atomic(path, job->mail, job->mail_len);
		if (ret) {
			log_error("%s: cannot be written: %s; make room or choose another -o", path,
				  strerror(-ret));
			free(name);
			free(path);
			return ret;
		}
		job->h->conversion.patch = name;
		free(path);
	}
	return 0;
}
