// SPDX-License-Identifier: GPL-2.0-only
/* The parent's side: hands files to workers, times them, and outlives whatever happens to them. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/run.h"
#include "workers/child.h"
#include "workers/workers.h"

enum { MAX_WORKERS = 64, DEFAULT_TIMEOUT = 60, PCH_MIN_FILES = 4, PATIENCE = 10 };

static const char *const common_headers[] = {
	"linux/module.h", "linux/kernel.h", "linux/init.h", "linux/fs.h", "linux/mm.h", "linux/slab.h",
	"linux/uaccess.h", "linux/mutex.h", "linux/spinlock.h", "linux/sched.h", "linux/device.h",
	"linux/pci.h", "linux/platform_device.h", "linux/io.h", "linux/interrupt.h", "linux/poll.h",
	"linux/vmalloc.h", "linux/dma-mapping.h", "linux/miscdevice.h", "linux/of.h", "linux/cdev.h",
	"linux/seq_file.h", "linux/pagemap.h", "linux/debugfs.h",
};

struct worker {
	struct child child;
	size_t request;			/* index, or NONE */
	time_t deadline;		/* when its clock is looked at */
	double cpu;			/* seconds that it had used when it got the request */
};

struct pool {
	const struct tree *tree;
	const struct read_request *requests;
	size_t nr, next, done;
	const struct read_options *opt;
	struct reading *readings;
	struct worker workers[MAX_WORKERS];
	unsigned nr_workers;
	char *pch_dir;
	char **pch;			/* by arch_table index: path, or NULL */
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
 * that does not use any waits for something, and not for ever.
 */
static bool is_late(const struct pool *p, const struct worker *w)
{
	time_t over = now() - w->deadline;

	return over >= 0 && (cpu_of(w) - w->cpu >= time_limit(p) || over >= (time_t)time_limit(p) * (PATIENCE - 1));
}

static char *request_text(const struct pool *p, const struct read_request *r)
{
	struct json_object *o = json_object_new_object();
	char *text;

	json_set_str(o, "root", p->tree->root);
	json_set_str(o, "file", r->file);
	json_set_str(o, "arch", r->arch->name);
	json_set_str(o, "cwd", r->command->cwd);
	json_set_str(o, "pch", p->pch[r->arch - arch_table]);
	json_set_int(o, "fallback", r->command->source == FLAGS_FALLBACK);
	json_set_list(o, "args", &r->command->clang_args);
	json_set_list(o, "functions", &r->functions);
	json_set_list(o, "fields", &r->fields);
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
		w->request = p->next++;
		if (!p->requests[w->request].command) {
			give_up(p, w->request, "no compile flags are known for it");
			w->request = NONE;
			continue;
		}
		text = request_text(p, &p->requests[w->request]);
		ret = child_send(&w->child, text);
		if (ret) {
			/* It died between two files: a fresh one gets the request. */
			child_stop(&w->child);
			ret = child_start(&w->child);
			if (!ret)
				ret = child_send(&w->child, text);
		}
		free(text);
		w->deadline = now() + time_limit(p);
		w->cpu = cpu_of(w);
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
			     ? xasprintf("not read within %u s; raise --parse-timeout", time_limit(p))
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
	int ret = o ? reading_from_json(o, r) : -EINVAL;

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

static char *common_header_text(const struct tree *t)
{
	struct strbuf b = { 0 };
	char *path;
	size_t i;

	for (i = 0; i < sizeof(common_headers) / sizeof(*common_headers); i++) {
		path = xasprintf("%s/include/%s", t->root, common_headers[i]);
		if (file_exists(path))
			strbuf_addf(&b, "#include <%s>\n", common_headers[i]);
		free(path);
	}
	return strbuf_detach(&b);
}

/* One precompiled header for an architecture, with the flags of the first file that needs it. */
static void make_pch(struct pool *p, const struct read_request *r)
{
	struct json_object *o = json_object_new_object(), *res = NULL;
	size_t a = (size_t)(r->arch - arch_table);
	struct worker w = { .request = NONE };
	char *path = xasprintf("%s/%s.pch", p->pch_dir, r->arch->name);
	char *header = common_header_text(p->tree);
	struct pollfd fd;
	time_t deadline = now() + time_limit(p);
	int ret;

	json_set_str(o, "cwd", r->command->cwd);
	json_set_str(o, "make_pch", path);
	json_set_str(o, "header", header);
	json_set_list(o, "args", &r->command->clang_args);
	ret = child_start(&w.child);
	if (!ret)
		ret = child_send(&w.child, json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));
	while (!ret && now() <= deadline && !run_interrupted()) {
		fd = (struct pollfd){ .fd = w.child.out, .events = POLLIN };
		if (poll(&fd, 1, 200) > 0 && (ret = child_receive(&w.child)) > 0) {
			res = json_tokener_parse(w.child.reply.s);
			break;
		}
	}
	if (res && json_object_is_type(res, json_type_object) && !json_get_int(res, "result"))
		p->pch[a] = path;
	else
		free(path);
	child_stop(&w.child);
	json_object_put(res);
	json_object_put(o);
	free(header);
}

struct pch_job { struct pool *pool; VEC(const struct read_request *) first; };

static int make_pch_i(size_t i, void *ctx)
{
	struct pch_job *job = ctx;

	make_pch(job->pool, job->first.items[i]);
	return 0;
}

/* The request of an architecture with the fewest flags: the one nearest to what all have. */
static void make_pchs(struct pool *p)
{
	struct pch_job job = { .pool = p };
	const struct read_request *r, *best;
	size_t a, i, n;
	char *dir;

	p->pch = xcalloc(arch_nr, sizeof(*p->pch));
	if (p->opt->no_pch)
		return;
	dir = xasprintf("%s/mmapconv-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	p->pch_dir = mkdtemp(dir) ? dir : (free(dir), NULL);
	if (!p->pch_dir)
		return;
	for (a = 0; a < arch_nr; a++) {
		for (i = n = 0, best = NULL; i < p->nr; i++) {
			r = &p->requests[i];
			if (r->arch != &arch_table[a] || !r->command)
				continue;
			n++;
			if (!best || r->command->clang_args.nr < best->command->clang_args.nr)
				best = r;
		}
		if (n >= PCH_MIN_FILES)
			*vec_push(&job.first) = best;
	}
	run_parallel(job.first.nr, p->opt->jobs, make_pch_i, &job);
	vec_free(&job.first);
}

int read_files(const struct tree *t, const struct read_request *requests, size_t nr,
	       const struct read_options *opt, struct reading *readings)
{
	struct pool p = { .tree = t, .requests = requests, .nr = nr, .opt = opt,
			  .readings = readings };
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	unsigned i;
	int ret = 0;

	sigaction(SIGPIPE, &ignore, &before);
	make_pchs(&p);
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
	for (i = 0; i < arch_nr; i++)
		free(p.pch[i]);
	free(p.pch);
	if (p.pch_dir)
		file_remove_tree(p.pch_dir);
	free(p.pch_dir);
	sigaction(SIGPIPE, &before, NULL);
	return ret;
}
