// SPDX-License-Identifier: GPL-2.0-only
/* Headers that a driver's own Makefile generates. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "tree/kbuild_target.h"

#define TIMEOUT_S	600
#define DONE		"mmapconv-generated"	/* objects that were seen to, a line each */

/* Has an earlier run, since the folder was prepared, made the headers of object? */
static bool is_done(const char *done, const char *object)
{
	char *line = xasprintf("\n%s\n", object);
	bool found = strstr(done, line);

	free(line);
	return found;
}

/*
 * The objects are asked for in earnest, with a compiler option, by way of their own CFLAGS_x.o,
 * that makes the compiler print its version and do nothing.  What they depend on is made; they are
 * not, so make fails, as meant.  The flags of the folder as a whole stay as prepared.
 */
int kbuild_generate(const struct kbuild *kb, const target_vec *targets)
{
	char *path = path_join(kb->dir, DONE);
	struct strbuf done = { 0 };
	struct strlist args = { 0 };
	const struct kbuild_target *t;
	struct run_result res;
	size_t nr = 0;
	int ret = 0;

	if (file_read(path, 4u << 20, &done) || !done.len)
		strbuf_adds(&done, "\n");
	strlist_addf(&args, "-j%u", kb->jobs ? kb->jobs : 1);
	strlist_add(&args, "-k");
	vec_each(t, targets) {
		if (!t->generates || !t->command || is_done(done.s, t->object))
			continue;
		strlist_addf(&args, "CFLAGS_%s=--version", strrchr(t->object, '/') + 1);
		strlist_add(&args, t->object);
		strbuf_addf(&done, "%s\n", t->object);
		nr++;
	}
	if (nr) {
		log_note("%s: generating headers for %zu files", kb->arch->name, nr);
		ret = kbuild_make(kb, &args, TIMEOUT_S, &res);
		/* Not to be had again is no loss but time. */
		if (!ret && !res.timed_out)
			file_write_atomic(path, done.s, done.len);
		run_result_free(&res);
	}
	strlist_free(&args);
	strbuf_free(&done);
	free(path);
	return ret == -EINTR ? ret : 0;
}
