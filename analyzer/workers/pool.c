// SPDX-License-Identifier: GPL-2.0-only
/* The parent's side: hands files to workers, times them, and outlives whatever happens to them. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/run.h"
#include "base/stamp.h"
#include "parse/parse.h"
#include "workers/child.h"
#include "workers/kept.h"
#include "workers/pch.h"
#include "workers/workers.h"

enum { MAX_WORKERS = 64, DEFAULT_TIMEOUT = 60, PATIENCE = 10, IDLE_LOOK = 15 };

struct worker {
	struct child child;
	size_t request;			/* index, or NONE */
	time_t began, looked;		/* when it got the request, when its clock was last read */
	double cpu, seen;		/* and what it had used then: processor seconds */
};

struct pool {
	const struct tree *tree;
	const struct read_request *requests;
	size_t nr, next, done;
	size_t *order;			/* indices: in which order they are read */
	const struct read_options *opt;
	struct reading *readings;
	struct worker workers[MAX_WORKERS];
	unsigned nr_workers;
	struct pchs *pchs;
	struct parse_inputs *inputs;	/* of readings */
};

static const size_t NONE = (size_t)-1;

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static unsigned time_limit(const struct pool *p)
{
	return p->opt->timeout_s ? p->opt->timeout_s : DEFAULT_TIMEOUT;
}

/* Processor seconds of a worker; 0: it is no more. */
static double cpu_of(const struct worker *w)
{
	struct timespec ts = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(w->child.pid, &clock) || clock_gettime(clock, &ts))
		return 0;
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/*
 * Its own time counts: how busy the machine is with other things must not change what is found.  One
 * that uses none at all, not even the hundredth part of a busy machine, waits for what will not come.
 */
static bool is_late(const struct pool *p, struct worker *w)
{
	time_t t = now();
	double cpu;
	bool idle;

	if (t - w->looked < 1)
		return false;
	cpu = cpu_of(w);
	if (cpu - w->cpu >= time_limit(p) || t - w->began >= (time_t)time_limit(p) * PATIENCE)
		return true;
	if (t - w->looked < IDLE_LOOK)
		return false;
	idle = cpu - w->seen < (double)(t - w->looked) / 100;
	w->looked = t;
	w->seen = cpu;
	return idle;
}

char *read_path(const struct tree *t, const struct read_request *q, const char *file)
{
	const struct read_instead *in;

	vec_each(in, &q->instead)
		if (!strcmp(in->file, file))
			return xstrdup(in->path);
	return path_join(t->root, file);
}

static void add_instead(struct json_object *o, const struct read_request *r)
{
	struct strlist files = { 0 }, paths = { 0 };
	const struct read_instead *in;

	vec_each(in, &r->instead) {
		strlist_add(&files, in->file);
		strlist_add(&paths, in->path);
	}
	json_set_list(o, "instead", &files);
	json_set_list(o, "instead_paths", &paths);
	strlist_free(&files);
	strlist_free(&paths);
}

static char *request_text(const struct pool *p, size_t i)
{
	const struct read_request *r = &p->requests[i];
	const struct pch *pch = pchs_of(p->pchs, i);
	struct json_object *o = json_object_new_object();
	char *text;

	json_set_str(o, "root", p->tree->root);
	json_set_str(o, "file", r->file);
	json_set_str(o, "arch", r->arch->name);
	json_set_str(o, "cwd", r->command->cwd);
	json_set_str(o, "pch", pch ? pch->path : NULL);
	json_set_int(o, "fallback", r->command->source == FLAGS_FALLBACK);
	json_set_list(o, "args", &r->command->clang_args);
	json_set_list(o, "functions", &r->functions);
	json_set_list(o, "fields", &r->fields);
	json_set_list(o, "callbacks", &r->callbacks);
	add_instead(o, r);
	text = xstrdup(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));
	json_object_put(o);
	return text;
}

static void give_up(struct pool *p, size_t i, const char *why)
{
	struct unit *u = &p->readings[i].unit;

	reading_free(&p->readings[i]);
	u->file = xstrdup(p->requests[i].file);
	u->arch = xstrdup(p->requests[i].arch->name);
	u->status = UNIT_FAILED;
	u->nr_errors = 1;
	strlist_addf(&u->errors, "%s:1:1: %s", u->file, why);
	p->done++;
}

static int start(struct pool *p, struct worker *w)
{
	char *text;
	int ret;

	w->request = NONE;
	while (p->next < p->nr) {
		w->request = p->order[p->next++];
		if (!p->requests[w->request].command) {
			give_up(p, w->request, "no compile flags are known for it");
			w->request = NONE;
			continue;
		}
		text = request_text(p, w->request);
		ret = child_send(&w->child, text);
		if (ret) {
			/* It died between two files: a fresh one gets the request. */
			child_stop(&w->child);
			ret = child_start(&w->child);
			if (!ret)
				ret = child_send(&w->child, text);
		}
		free(text);
		w->began = w->looked = now();
		w->cpu = w->seen = cpu_of(w);
		return ret;
	}
	return 0;
}

static int replace(struct pool *p, struct worker *w, const char *why)
{
	int status = child_stop(&w->child), ret;
	char *text = WIFSIGNALED(status) && strcmp(why, "timeout")
			     ? xasprintf("the parser was ended by signal %d (%s); the other files go on",
					 WTERMSIG(status), strsignal(WTERMSIG(status)))
		     : !strcmp(why, "timeout")
			     ? xasprintf("not read within %u s of a processor, or it waited for something; raise --parse-timeout",
					 time_limit(p))
			     : xasprintf("the parser stopped: %s", why);

	give_up(p, w->request, text);
	free(text);
	ret = child_start(&w->child);
	return ret ? ret : start(p, w);
}

static int answer(struct pool *p, struct worker *w)
{
	struct reading *r = &p->readings[w->request];
	struct json_object *o = json_tokener_parse(w->child.reply.s);
	struct parse_inputs *in = &p->inputs[w->request];
	int ret = o ? reading_from_json(o, r) : -EINVAL;

	json_get_list(o, "files", &in->files);
	in->pch = json_get_int(o, "pch");
	json_object_put(o);
	strbuf_free(&w->child.reply);
	if (ret)
		return replace(p, w, "its answer could not be read");
	p->done++;
	log_progress("parse", p->done, p->nr);
	return start(p, w);
}

static int serve(struct pool *p, struct worker *w, bool readable)
{
	int ret;

	if (readable) {
		ret = child_receive(&w->child);
		if (ret > 0)
			return answer(p, w);
		if (ret < 0)
			return replace(p, w, "crashed");
	}
	if (is_late(p, w))
		return replace(p, w, "timeout");
	return 0;
}

static int pool_loop(struct pool *p)
{
	struct pollfd fds[MAX_WORKERS];
	struct worker *of[MAX_WORKERS];
	unsigned i, nr;
	int ret = 0;

	for (i = 0; i < p->nr_workers && !ret; i++)
		ret = start(p, &p->workers[i]);
	while (!ret && p->done < p->nr) {
		if (run_interrupted())
			return -EINTR;
		for (i = nr = 0; i < p->nr_workers; i++) {
			if (p->workers[i].request == NONE)
				continue;
			of[nr] = &p->workers[i];
			fds[nr++] = (struct pollfd){ .fd = p->workers[i].child.out, .events = POLLIN };
		}
		if (!nr)
			break;
		if (poll(fds, nr, 200) < 0 && errno != EINTR)
			return -errno;
		for (i = 0; i < nr && !ret; i++)
			ret = serve(p, of[i], fds[i].revents & (POLLIN | POLLHUP | POLLERR));
	}
	return ret;
}

/* For other runs. */
static void keep(const struct pool *p, uint64_t started)
{
	const struct pch *pch;
	size_t i;

	kept_again(p->opt->kept);
	for (i = 0; i < p->nr; i++) {
		pch = p->inputs[i].pch ? pchs_of(p->pchs, i) : NULL;
		if (p->requests[i].command && !p->requests[i].instead.nr)
			kept_add(p->opt->kept, &p->requests[i], &p->readings[i], &p->inputs[i].files,
				 pch ? &pch->includes : NULL, started);
	}
}

struct sized { size_t request; off_t size; };

static int largest_first(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? 1 : -1;
	return x->request < y->request ? -1 : x->request > y->request;
}

/* A long one at the end would leave the other workers without anything to do.  The caller frees. */
static size_t *make_order(const struct tree *t, const struct read_request *requests, size_t nr)
{
	struct sized *all = xcalloc(nr, sizeof(*all));
	size_t *order = xcalloc(nr, sizeof(*order));
	struct stat st;
	char *path;
	size_t i;

	for (i = 0; i < nr; i++) {
		path = read_path(t, &requests[i], requests[i].file);
		all[i] = (struct sized){ i, stat(path, &st) ? 0 : st.st_size };
		free(path);
	}
	qsort(all, nr, sizeof(*all), largest_first);
	for (i = 0; i < nr; i++)
		order[i] = all[i].request;
	free(all);
	return order;
}

static int read_fresh(const struct tree *t, const struct read_request *requests, size_t nr,
		      const struct read_options *opt, struct reading *readings)
{
	struct pool p = { .tree = t, .requests = requests, .nr = nr, .opt = opt, .readings = readings };
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	uint64_t started = stamp_now();
	unsigned i;
	int ret = 0;

	sigaction(SIGPIPE, &ignore, &before);
	p.inputs = xcalloc(nr, sizeof(*p.inputs));
	p.pchs = pchs_new(t, requests, nr, opt);
	p.order = make_order(t, requests, nr);
	p.nr_workers = opt->jobs < 1 ? 1 : opt->jobs > MAX_WORKERS ? MAX_WORKERS : opt->jobs;
	if (p.nr_workers > nr)
		p.nr_workers = (unsigned)nr;
	for (i = 0; i < p.nr_workers && !ret; i++)
		ret = child_start(&p.workers[i].child);
	if (ret)
		log_error("no worker process can be started: %s; free some memory or lower -j", strerror(-ret));
	else
		ret = pool_loop(&p);
	log_progress_end();
	for (i = 0; i < p.nr_workers; i++)
		child_stop(&p.workers[i].child);
	if (!ret && opt->kept)
		keep(&p, started);
	for (i = 0; i < nr; i++)
		strlist_free(&p.inputs[i].files);
	free(p.inputs);
	free(p.order);
	pchs_free(p.pchs);
	sigaction(SIGPIPE, &before, NULL);
	return ret;
}

int read_files(const struct tree *t, const struct read_request *requests, size_t nr,
	       const struct read_options *opt, struct reading *readings)
{
	struct read_request *rest = xcalloc(nr, sizeof(*rest));
	struct reading *fresh = xcalloc(nr, sizeof(*fresh));
	size_t *which = xcalloc(nr, sizeof(*which));
	size_t i, n = 0;
	int ret = 0;

	for (i = 0; i < nr; i++) {
		if (opt->kept && requests[i].command && !requests[i].instead.nr && kept_find(opt->kept, &requests[i], &readings[i]))
			continue;
		which[n] = i;
		rest[n++] = requests[i];
	}
	if (n)
		ret = read_fresh(t, rest, n, opt, fresh);
	for (i = 0; i < n; i++)
		readings[which[i]] = fresh[i];
	free(rest);
	free(fresh);
	free(which);
	return ret;
}
