// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handlers of a kernel tree that x86_64 builds, run in userland beside their contracts:
 *
 *	real-handlers -C TREE -i OUT/inventory.json [-r RUNS] [-s SEED] [-o FOLDER for objects] [-v] [beginning of FILE:FUNCTION]
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "real_handler.h"
#include "tree/tree.h"

enum { HANDLER_SECONDS = 60 };

struct wanted {
	char *file, *function;
	bool here;   /* x86_64 builds it */
	bool wanted; /* it is asked for */
};

struct options {
	const char *tree, *inventory, *objects, *only;
	unsigned runs;
	uint64_t seed;
	bool verbose;
};

struct totals {
	unsigned handlers, elsewhere, not_loaded, never_ended, ran, exact, mismatched;
	unsigned runs, crashed, hung, verdicts[VERDICT_NR];
};

static int usage(void)
{
	fprintf(stderr,
		"usage: real-handlers -C TREE -i INVENTORY.json [-r RUNS] [-s SEED] [-o OBJECTS] [-v] [beginning of FILE:FUNCTION]\n");
	return 2;
}

VEC_DECLARE(wanted_list, struct wanted);

static int read_inventory(const struct options *o, struct wanted_list *list)
{
	struct json_object *json = json_object_from_file(o->inventory), *handlers, *h;
	struct wanted *w;
	char *arch, *id;
	size_t i, nr;

	if (!json)
		return -EINVAL;
	handlers = json_get_array(json, "handlers", &nr);
	for (i = 0; i < nr; i++) {
		h = json_object_array_get_idx(handlers, i);
		id = json_get_str(h, "id");
		w = vec_push(list);
		w->file = json_get_str(h, "file");
		w->function = json_get_str(h, "function");
		arch = json_get_str(h, "arch");
		w->here = arch && !strcmp(arch, "x86_64");
		w->wanted = !o->only || (id && !strncmp(id, o->only, strlen(o->only)));
		free(arch);
		free(id);
	}
	json_object_put(json);
	return 0;
}

static char *object_path(const struct options *o, const char *file)
{
	char *name = xstrdup(file), *p, *path;

	for (p = name; *p; p++)
		if (*p == '/')
			*p = '_';
	path = xasprintf("%s/%s.o", o->objects, name);
	free(name);
	return path;
}

static int in_child(const struct real_job *j, struct real_result *r)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		/* Not alarm(): its signal ends a run. */
		status = real_handler(j, r);
		fflush(stdout);
		_exit(status ? 1 : 0);
	}
	for (unsigned ms = 0; !waitpid(pid, &status, WNOHANG); ms++) {
		usleep(1000);
		if (ms > HANDLER_SECONDS * 1000)
			kill(pid, SIGKILL);
	}
	if (WIFSIGNALED(status) && !r->why[0])
		snprintf(r->why, sizeof(r->why), "the process ended with signal %d",
			 WTERMSIG(status));
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

static int one(const struct options *o, const struct wanted_list *list, const struct wanted *w,
	       const struct flags_db *flags, struct real_result *r)
{
	struct real_job j = { .root = o->tree,
			      .file = w->file,
			      .function = w->function,
			      .runs = o->runs,
			      .seed = o->seed,
			      .verbose = o->verbose };
	char *object = object_path(o, w->file), *why = NULL;
	struct strlist functions = { 0 };
	const struct wanted *k;
	int ret = 0;

	memset(r, 0, sizeof(*r));
	j.object = object;
	j.command = flags_find(flags, arch_by_name("x86_64"), w->file);
	if (!j.command) {
		ret = -ENOENT;
		why = xstrdup("kbuild has no command for it");
	} else if (access(object, R_OK)) {
		vec_each (k, list)
			if (!strcmp(k->file, w->file))
				strlist_add(&functions, k->function);
		ret = real_compile(j.command, o->tree, w->file, &functions, o->objects, object,
				   &why);
	}
	strlist_free(&functions);
	if (ret)
		snprintf(r->why, sizeof(r->why), "%s", why ? why : strerror(-ret));
	else
		ret = in_child(&j, r);
	free(why);
	free(object);
	return ret;
}

static void count(struct totals *t, const struct wanted *w, const struct real_result *r, int ret)
{
	const char *verdict;
	unsigned i;

	t->runs += r->runs;
	t->crashed += r->crashed;
	t->hung += r->hung;
	for (i = 0; i < VERDICT_NR; i++)
		t->verdicts[i] += r->verdicts[i];
	if (ret && !r->runs) {
		t->not_loaded++;
		verdict = "not loaded";
	} else if (!r->runs) {
		t->never_ended++;
		verdict = "never ends";
	} else {
		t->ran++;
		t->mismatched += r->verdicts[VERDICT_MISMATCH] > 0;
		t->exact += r->verdicts[VERDICT_EXACT] > 0;
		verdict = r->verdicts[VERDICT_MISMATCH] ? "MISMATCH" : "ran";
	}
	printf("# %s:%s: %s: %u runs (%u zero, %u errors, %u calls): %u exact, %u open, %u unmodelled, %u mismatches; "
	       "%u crashed, %u hung%s%s%s%s\n",
	       w->file, w->function, verdict, r->runs, r->zeros, r->errors, r->calls,
	       r->verdicts[VERDICT_EXACT], r->verdicts[VERDICT_OPEN],
	       r->verdicts[VERDICT_UNMODELLED], r->verdicts[VERDICT_MISMATCH], r->crashed, r->hung,
	       r->why[0] ? "; " : "", r->why, r->open[0] ? "; open: " : "", r->open);
	fflush(stdout);
}

static int run_all(const struct options *o, struct flags_db *flags, const struct wanted_list *list)
{
	struct real_result *r =
		mmap(NULL, sizeof(*r), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct strlist files = { 0 };
	struct totals t = { 0 };
	const struct wanted *w;
	int ret;

	vec_each (w, list)
		if (w->here && w->wanted)
			strlist_add_once(&files, w->file);
	flags_load(flags, arch_by_name("x86_64"), &files);
	strlist_free(&files);
	vec_each (w, list) {
		if (!w->wanted)
			continue;
		t.handlers++;
		if (!w->here) {
			t.elsewhere++;
			continue;
		}
		ret = one(o, list, w, flags, r);
		count(&t, w, r, ret);
	}
	printf("# %u handlers: %u of other architectures, %u not loaded, %u never end, %u ran (%u with exact runs, %u with mismatches)\n",
	       t.handlers, t.elsewhere, t.not_loaded, t.never_ended, t.ran, t.exact, t.mismatched);
	printf("# %u runs: %u exact, %u open, %u not modelled, %u mismatches; beside them %u crashed, %u hung\n",
	       t.runs, t.verdicts[VERDICT_EXACT], t.verdicts[VERDICT_OPEN],
	       t.verdicts[VERDICT_UNMODELLED], t.verdicts[VERDICT_MISMATCH], t.crashed, t.hung);
	printf("%s - real handlers: no mismatch in %u runs\n",
	       t.runs && !t.mismatched ? "ok" : "not ok", t.runs);
	munmap(r, sizeof(*r));
	return t.runs && !t.mismatched ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct options o = { .runs = 20, .seed = 1 };
	char scratch[] = "/tmp/mmapconv-real-XXXXXX";
	struct flags_options fo = { .jobs = 2 };
	struct wanted_list list = { 0 };
	struct flags_db *flags = NULL;
	struct tree tree = { 0 };
	int c, ret;

	while ((c = getopt(argc, argv, "C:i:r:s:o:v")) != -1)
		switch (c) {
		case 'C':
			o.tree = realpath(optarg, NULL);
			break;
		case 'i':
			o.inventory = optarg;
			break;
		case 'r':
			o.runs = (unsigned)strtoul(optarg, NULL, 0);
			break;
		case 's':
			o.seed = strtoull(optarg, NULL, 0);
			break;
		case 'o':
			o.objects = optarg;
			break;
		case 'v':
			o.verbose = true;
			break;
		default:
			return usage();
		}
	o.only = argv[optind];
	if (!o.tree || !o.inventory || (!o.objects && !mkdtemp(scratch)))
		return usage();
	if (!o.objects)
		o.objects = scratch;
	if (tree_open(&tree, o.tree) || read_inventory(&o, &list)) {
		fprintf(stderr,
			"real-handlers: the tree or its inventory cannot be read; name a kernel tree with -C and what `mmapconv scan -o` wrote with -i\n");
		return 3;
	}
	flags = flags_open(&tree, &fo);
	ret = run_all(&o, flags, &list);
	flags_close(flags);
	tree_close(&tree);
	if (o.objects == scratch)
		file_remove_tree(scratch);
	return ret;
}
