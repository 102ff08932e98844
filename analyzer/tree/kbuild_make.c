// SPDX-License-Identifier: GPL-2.0-only
/* The tree's make: called, and what it says of a failure. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/run.h"
#include "tree/kbuild.h"

/* What a tool is needed for, and the Debian package that has it. */
static const struct tool {
	const char *program, *package;
} any_tools[] = {
	{ "make", "make" }, { "flex", "flex" }, { "bison", "bison" }, { "bc", "bc" },
}, llvm_tools[] = {
	{ "clang-19", "clang-19" }, { "ld.lld-19", "lld-19" }, { "llvm-ar-19", "llvm-19" },
};

char *kbuild_missing_tool(const struct arch *arch, char **program)
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

int kbuild_make_target(const struct kbuild *kb, const struct strlist *args, const char *target, unsigned timeout_s,
		       char **why)
{
	struct strlist all = { 0 };
	struct run_result res;
	char *reason;
	size_t i;
	int ret;

	strlist_addf(&all, "-j%u", kb->jobs ? kb->jobs : 1);
	for (i = 0; args && i < args->nr; i++)
		strlist_add(&all, args->items[i]);
	strlist_add(&all, target);
	ret = kbuild_make(kb, &all, timeout_s, &res);
	if (!ret && res.timed_out) {
		*why = xasprintf("`make %s` took more than %u s", target, timeout_s);
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
	strlist_free(&all);
	return ret;
}
