// SPDX-License-Identifier: GPL-2.0-only
#include "tree/kbuild.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"

#define CONFIG_TIMEOUT_S	300
#define PREPARE_TIMEOUT_S	1800
#define STAMP			"mmapconv-prepared"
#define CONFIG		"mmapconv.config"	/* see struct arch */

static int step(const struct kbuild *kb, const char *target, unsigned timeout_s, char **why)
{
	struct strlist args = { 0 };
	char *said;
	int ret;

	if (kb->arch->config && !strcmp(target, "allmodconfig"))
		strlist_addf(&args, "KCONFIG_ALLCONFIG=%s/" CONFIG, kb->dir);
	ret = kbuild_make_target(kb, &args, target, timeout_s, why);
	if (ret == -ETIMEDOUT) {
		said = *why;
		*why = xasprintf("%s; use a faster machine or --no-kbuild", said);
		free(said);
	}
	strlist_free(&args);
	return ret;
}

/* Waits for another run that uses the folder, but not when we are interrupted. */
static int lock_folder(struct kbuild *kb)
{
	char *path = xasprintf("%s.lock", kb->dir);
	bool told = false;
	int ret = 0;

	kb->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (kb->lock < 0)
		ret = -errno;
	while (!ret && flock(kb->lock, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			ret = -errno;
		else if (run_interrupted())
			ret = -EINTR;
		else if (!told)
			log_note("%s: waiting for another run that is making it", kb->dir);
		told = true;
		usleep(100000);
	}
	free(path);
	return ret;
}

static void add_stat(struct strbuf *b, const char *root, const char *name)
{
	char *path = path_join(root, name);
	struct stat st;

	if (!stat(path, &st))
		strbuf_addf(b, "%s %lld.%09ld %lld\n", name, (long long)st.st_mtim.tv_sec,
			    st.st_mtim.tv_nsec, (long long)st.st_size);
	free(path);
}

/* What the folder was made from: when it is another, prepare is run again. */
static char *stamp_text(const struct kbuild *kb)
{
	struct strbuf b = { 0 };

	strbuf_addf(&b, "1\n%s\n%s\n%s\n", kb->tree->root, kb->tree->version, kb->arch->name);
	if (kb->arch->config)
		strbuf_adds(&b, kb->arch->config);
	add_stat(&b, kb->tree->root, "Makefile");
	/* Grows when another commit is checked out. */
	add_stat(&b, kb->tree->root, ".git/logs/HEAD");
	return strbuf_detach(&b);
}

static bool is_prepared(const char *stamp, const char *text)
{
	struct strbuf b = { 0 };
	bool same;

	same = !file_read(stamp, 1 << 16, &b) && !strcmp(b.s, text);
	strbuf_free(&b);
	return same;
}

static int write_config(const struct kbuild *kb, char **why)
{
	char *path = path_join(kb->dir, CONFIG);
	int ret = file_write_atomic(path, kb->arch->config, strlen(kb->arch->config));

	if (ret)
		*why = xasprintf("%s: %s", path, strerror(-ret));
	free(path);
	return ret;
}

static int make_folder(struct kbuild *kb, char **why)
{
	char *stamp = path_join(kb->dir, STAMP), *text = stamp_text(kb), *generated;
	int ret = 0;

	if (is_prepared(stamp, text))
		goto done;
	log_note("preparing kernel headers for %s (once a tree; about 20 s)", kb->arch->name);
	/* What is made by bits later is made anew too: see kbuild_generate.c. */
	unlink(stamp);
	generated = path_join(kb->dir, "mmapconv-generated");
	unlink(generated);
	free(generated);
	ret = file_mkdirs(kb->dir);
	if (ret) {
		*why = xasprintf("%s: %s", kb->dir, strerror(-ret));
		goto done;
	}
	if (kb->arch->config)
		ret = write_config(kb, why);
	if (!ret)
		ret = step(kb, "allmodconfig", CONFIG_TIMEOUT_S, why);
	if (!ret)
		ret = step(kb, "prepare", PREPARE_TIMEOUT_S, why);
	if (!ret)
		ret = file_write_atomic(stamp, text, strlen(text));
	if (ret && !*why)
		*why = xasprintf("%s: %s; make room in the cache folder", stamp, strerror(-ret));
done:
	free(text);
	free(stamp);
	return ret;
}

int kbuild_prepare(struct kbuild *kb, const struct tree *t, const struct arch *arch,
		   const char *base, unsigned jobs, char **why)
{
	char *program = NULL, *package, *script = path_join(t->root, "scripts/Makefile.build");
	int ret = 0;

	*kb = (struct kbuild){ .tree = t, .arch = arch, .jobs = jobs, .lock = -1,
			       .dir = path_join(base, arch->name) };
	package = kbuild_missing_tool(arch, &program);
	if (!file_exists(script)) {
		*why = xstrdup("the tree has no scripts/Makefile.build; unpack the whole source");
		ret = -ENOENT;
	} else if (package) {
		*why = xasprintf("%s is not installed; install %s", program, package);
		ret = -ENOENT;
	}
	if (!ret) {
		ret = lock_folder(kb);
		if (ret)
			*why = xasprintf("%s.lock: %s", kb->dir, strerror(-ret));
	}
	if (!ret)
		ret = make_folder(kb, why);
	if (ret)
		kbuild_unlock(kb);
	free(program);
	free(package);
	free(script);
	return ret;
}

void kbuild_unlock(struct kbuild *kb)
{
	if (kb->lock >= 0)
		close(kb->lock);
	kb->lock = -1;
}

void kbuild_release(struct kbuild *kb)
{
	kbuild_unlock(kb);
	free(kb->dir);
	kb->dir = NULL;
}
