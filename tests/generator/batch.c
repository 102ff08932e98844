// SPDX-License-Identifier: GPL-2.0-only
#include "batch.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "parse/parse.h"

/* Signed arithmetic wraps in the kernel (-fno-strict-overflow) and in the engine's terms. */
#define OPTIONS \
	"-std=gnu11", "-O0", "-fPIC", "-fwrapv", "-fno-strict-aliasing", "-fno-builtin", "-w"

/* What implements kernel.h; part of every shared object. */
static const char *const helpers[] = { "kernel_change", "kernel_core", "kernel_driver",
				       "kernel_mapping", "kernel_state", "kernel_world" };

static int gcc(const char *const *argv, bool quiet)
{
	struct run_request req = { .argv = argv, .timeout_s = 120 };
	struct run_result res;
	int ret = run(&req, &res);

	if (!ret && res.exit_code)
		ret = -EINVAL;
	if (ret && !quiet)
		log_error("gcc does not compile %s: %s", argv[1],
			  res.err.s ? res.err.s : strerror(-ret));
	run_result_free(&res);
	return ret;
}

int workshop_open(struct workshop *w, const char *scratch, const char *kernel)
{
	char *source, *object;
	size_t i;
	int ret = 0;

	w->scratch = xstrdup(scratch);
	w->kernel = xstrdup(kernel);
	for (i = 0; i < sizeof(helpers) / sizeof(*helpers) && !ret; i++) {
		source = xasprintf("%s/%s.c", kernel, helpers[i]);
		object = xasprintf("%s/%s.o", scratch, helpers[i]);
		ret = gcc((const char *const[]){ "gcc", source, OPTIONS, "-c", "-o", object, NULL },
			  false);
		free(source);
		free(object);
	}
	return ret;
}

void workshop_close(struct workshop *w)
{
	free(w->scratch);
	free(w->kernel);
}

static int open_object(const char *object, struct loaded *l)
{
	l->handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
	if (l->handle)
		l->run = dlsym(l->handle, "run_interface");
	if (!l->run) {
		log_error("%s cannot be loaded: %s", object, dlerror());
		return -ENOEXEC;
	}
	return 0;
}

static int load_code(const struct workshop *w, const char *source, bool quiet, struct loaded *l)
{
	static const char *const options[] = { "gcc", OPTIONS, "-shared", "-Wl,-Bsymbolic" };
	char *object = xasprintf("%s/batch-%d.so", w->scratch, (int)getpid());
	VEC(const char *) argv = { 0 };
	struct strlist objects = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < sizeof(options) / sizeof(*options); i++)
		*vec_push(&argv) = options[i];
	strlist_addf(&objects, "-I%s", w->kernel);
	for (i = 0; i < sizeof(helpers) / sizeof(*helpers); i++)
		strlist_addf(&objects, "%s/%s.o", w->scratch, helpers[i]);
	for (i = 0; i < objects.nr; i++)
		*vec_push(&argv) = objects.items[i];
	*vec_push(&argv) = source;
	*vec_push(&argv) = "-o";
	*vec_push(&argv) = object;
	*vec_push(&argv) = NULL;
	ret = gcc(argv.items, quiet);
	if (!ret)
		ret = open_object(object, l);
	unlink(object);
	vec_free(&argv);
	strlist_free(&objects);
	free(object);
	return ret;
}

static int load_facts(const struct workshop *w, const struct batch *b, const char *file, bool quiet,
		      struct loaded *l)
{
	struct parse_job job = {
		.root = w->scratch, .file = file, .arch = "x86_64", .cwd = w->scratch
	};
	const struct handler *h;
	size_t i;

	strlist_add(&job.args, "-std=gnu11");
	strlist_add(&job.args, "-fwrapv");
	strlist_addf(&job.args, "-I%s", w->kernel);
	vec_each (h, &b->handlers)
		strlist_add(&job.functions, h->name);
	for (i = 0; i < b->functions.nr; i++)
		strlist_add(&job.functions, b->functions.items[i]);
	parse_file(&job, &l->unit);
	for (i = 0; i < l->unit.errors.nr && !quiet; i++)
		log_error("%s", l->unit.errors.items[i]);
	strlist_free(&job.args);
	strlist_free(&job.functions);
	return l->unit.status == UNIT_FULL ? 0 : -EINVAL;
}

int batch_load(const struct workshop *w, const struct batch *b, bool quiet, struct loaded *l)
{
	char *file = xasprintf("batch-%d.c", (int)getpid()), *source = path_join(w->scratch, file);
	int ret;

	memset(l, 0, sizeof(*l));
	ret = file_write_atomic(source, b->text, strlen(b->text));
	if (!ret)
		ret = load_code(w, source, quiet, l);
	if (!ret)
		ret = load_facts(w, b, file, quiet, l);
	unlink(source);
	free(file);
	free(source);
	return ret;
}

void batch_unload(struct loaded *l)
{
	unit_free(&l->unit);
	if (l->handle)
		dlclose(l->handle);
}
