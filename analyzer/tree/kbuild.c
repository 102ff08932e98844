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

/* What a tool is needed for, and the Debian package that has it. */
static const struct tool {
	const char *program, *package;
} any_tools[] = {
	{ "make", "make" }, { "flex", "flex" }, { "bison", "bison" }, { "bc", "bc" },
}, llvm_tools[] = {
	{ "clang-19", "clang-19" }, { "ld.lld-19", "lld-19" }, { "llvm-ar-19", "llvm-19" },
};

/* The package of the first tool that is not there, or NULL.  The caller frees. */
static char *missing_tool(const struct arch *arch, char **program)
{
	char *gcc = NULL, *package = NULL;
	size_t i;

	for (i = 0; i < sizeof(any_tools) / sizeof(*any_tools); i++)
		if (!run_have(any_tools[i].program)) {
			*program = xstrdup(any_tools[i].program);
			return xstrdup(any_tools[i].package);
		}
	for (i = 0; !arch->cross && i < sizeof(llvm_tools) / sizeof(*llvm_tools); i++)
		if (!run_have(llvm_tools[i].program)) {
			*program = xstrdup(llvm_tools[i].program);
			return xstrdup(llvm_tools[i].package);
		}
	if (arch->cross) {
		gcc = xasprintf("%sgcc", arch->cross);
		if (!run_have(gcc)) {
			*program = gcc;
			return xasprintf("gcc-%.*s", (int)strlen(arch->cross) - 1, arch->cross);
		}
	}
	free(gcc);
	return package;
}

int kbuild_make(const struct kbuild *kb, const struct strlist *args, unsigned timeout_s,
		struct run_result *res)
{
	/* What a make above us, or the user's shell, would change in ours. */
	static const char *const env[] = {
		"MAKEFLAGS=", "MFLAGS=", "GNUMAKEFLAGS=", "MAKELEVEL=0", "MAKEFILES=",
		"KCFLAGS=", "KCPPFLAGS=", "KAFLAGS=", "KBUILD_OUTPUT=", "KBUILD_EXTMOD=",
		"CONFIG_SHELL=", "LC_ALL=C", NULL,
	};
	struct strlist v = { 0 };
	struct run_request req = { .timeout_s = timeout_s, .max_output = 256u << 20, .env = env };
	size_t i;
	int ret;

	strlist_add(&v, "make");
	strlist_add(&v, "-C");
	strlist_add(&v, kb->tree->root);
	strlist_addf(&v, "O=%s", kb->dir);
	strlist_addf(&v, "ARCH=%s", kb->arch->name);
	if (kb->arch->cross)
		strlist_addf(&v, "CROSS_COMPILE=%s", kb->arch->cross);
	else
		strlist_add(&v, "LLVM=-19");
	for (i = 0; i < args->nr; i++)
		strlist_add(&v, args->items[i]);
	vec_push(&v);
	req.argv = (const char *const *)v.items;
	ret = run(&req, res);
	v.nr--;		/* the NULL */
	strlist_free(&v);
	return ret;
}

/* The line that says most: make's "***" lines name the failure, the one before tells why. */
static char *failure(const struct run_result *res)
{
	const char *p = res->err.s, *line = "", *end;
	size_t len = 0;

	if (strstr(p, "source tree is not clean"))
		return xstrdup("the tree was built in place; run `make mrproper` in a copy of it, or "
			       "make a compile_commands.json there");
	for (; *p; p = *end ? end + 1 : end) {
		end = strchrnul(p, '\n');
		if (end == p || (len && (memmem(p, (size_t)(end - p), "***", 3))))
			continue;
		line = p;
		len = (size_t)(end - p);
	}
	return xasprintf("%.*s", len > 300 ? 300 : (int)len, line);
}

static int step(const struct kbuild *kb, const char *target, unsigned timeout_s, char **why)
{
	struct strlist args = { 0 };
	struct run_result res;
	char *reason;
	int ret;

	strlist_addf(&args, "-j%u", kb->jobs ? kb->jobs : 1);
	if (kb->arch->config && !strcmp(target, "allmodconfig"))
		strlist_addf(&args, "KCONFIG_ALLCONFIG=%s/" CONFIG, kb->dir);
	strlist_add(&args, target);
	ret = kbuild_make(kb, &args, timeout_s, &res);
	if (!ret && res.timed_out) {
		*why = xasprintf("`make %s` took more than %u s; use a faster machine or "
				 "--no-kbuild", target, timeout_s);
		ret = -ETIMEDOUT;
	} else if (!ret && res.exit_code) {
		reason = failure(&res);
		*why = xasprintf("`make %s` failed: %s", target,
				 *reason ? reason : "it did not say why");
		free(reason);
		ret = -EIO;
	} else if (ret) {
		*why = xasprintf("`make %s`: %s", target, strerror(-ret));
	}
	run_result_free(&res);
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
	package = missing_tool(arch, &program);
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
