// SPDX-License-Identifier: GPL-2.0-only
/* Which files share a precompiled header, and where it is kept. */
#include "workers/pch.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/run.h"
#include "parse/parse.h"

/* Making one costs as much as it saves for five files; one that later runs use too is worth it for fewer. */
enum { MIN_FILES = 6, MIN_KEPT = 2, MAX_SOURCE = 64 << 20, KEEP = 10, DEFAULT_TIMEOUT = 60 };
#define FOLDER "mmapconv-pch"

static const size_t NONE = (size_t)-1;

/* Files that one header serves. */
struct group {
	const struct read_request *first;
	struct strlist args;
	enum pch_set set;
	size_t nr;
	struct pch pch;			/* path is NULL: there is none */
};

struct wish {
	size_t group;
	enum pch_set set;
	struct strlist args;
	struct strlist macros;		/* that change how headers read */
	struct strlist asks;		/* in its own #if lines: a header that it does not include may define them */
};

struct pchs {
	const struct tree *tree;
	const struct read_options *opt;
	char *temporary;		/* folder for those that are not kept, or NULL */
	char *version;
	VEC(struct group) groups;
	struct wish *wishes;		/* one for each request */
	size_t nr;
};

static void copy(struct strlist *to, const struct strlist *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add(to, from->items[i]);
}

static bool alike(const struct group *g, const struct read_request *r, const struct wish *w)
{
	return g->set == w->set && g->first->arch == r->arch && !strcmp(g->first->command->cwd, r->command->cwd);
}

static void wish(struct pchs *p, const struct read_request *r, struct wish *w)
{
	char *path = read_path(p->tree, r, r->file);
	struct strbuf text = { 0 };
	struct group *g;

	w->group = NONE;
	if (r->command && !file_read(path, MAX_SOURCE, &text) && text.len) {
		w->set = pch_set_of(r->file, text.s);
		pch_source_macros(text.s, &w->macros);
		pch_tested(text.s, text.len, &w->asks);
		pch_args(r, p->tree->root, &w->args);
		vec_each(g, &p->groups)
			if (alike(g, r, w) && strlist_equal(&g->args, &w->args))
				break;
		if (g == p->groups.items + p->groups.nr) {
			g = vec_push(&p->groups);
			g->first = r;
			g->set = w->set;
			copy(&g->args, &w->args);
		}
		g->nr++;
		w->group = (size_t)(g - p->groups.items);
	}
	strbuf_free(&text);
	free(path);
}

/* A precompiled header has the text that the tree has. */
static bool changes_header(const struct read_request *r)
{
	const struct read_instead *in;

	vec_each(in, &r->instead)
		if (strcmp(in->file, r->file))
			return true;
	return false;
}

/* A file that differs from a larger group in macros alone can use the header of that. */
static void join(struct pchs *p, const struct read_request *r, struct wish *w)
{
	struct group *own = &p->groups.items[w->group], *g, *best = NULL;
	struct strlist names = { 0 };

	vec_each(g, &p->groups) {
		strlist_free(&names);
		if (g != own && alike(g, r, w) && g->nr >= MIN_FILES && (!best || g->nr > best->nr) &&
		    pch_args_extend(&g->args, &w->args, &names))
			best = g;
	}
	strlist_free(&names);
	if (!best)
		return;
	pch_args_extend(&best->args, &w->args, &w->macros);
	own->nr--;
	best->nr++;
	w->group = (size_t)(best - p->groups.items);
}

static bool is_kept(const struct group *g)
{
	return g->first->command->source == FLAGS_KBUILD;
}

/* A folder of the kbuild folder's own, so that it goes when that goes. */
static char *folder(struct pchs *p, const struct group *g)
{
	const struct compile_command *c = g->first->command;
	char *dir;

	if (!is_kept(g))
		return p->temporary ? xstrdup(p->temporary) : NULL;
	dir = path_join(c->cwd, FOLDER);
	if (!file_mkdirs(dir))
		return dir;
	free(dir);
	return p->temporary ? xstrdup(p->temporary) : NULL;
}

static char *file_name(const struct pchs *p, const struct group *g, const char *header)
{
	struct strbuf b = { 0 };
	char *name;
	size_t i;

	strbuf_addf(&b, "3\n%s\n%s\n%s\n%s\n", p->version, g->first->arch->name, p->tree->root, header);
	for (i = 0; i < g->args.nr; i++)
		strbuf_addf(&b, "%s\n", g->args.items[i]);
	name = xasprintf("%s-%016llx.pch", g->first->arch->name, (unsigned long long)XXH3_64bits(b.s, b.len));
	strbuf_free(&b);
	return name;
}

struct on_disk { char *path; struct timespec used; };
VEC_DECLARE(on_disk_vec, struct on_disk);

static int newest_first(const void *a, const void *b)
{
	const struct on_disk *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? 1 : -1;
	return x->used.tv_nsec < y->used.tv_nsec ? 1 : x->used.tv_nsec > y->used.tv_nsec ? -1 : 0;
}

static void list_folder(const char *dir, struct on_disk_vec *all)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	struct on_disk *k;
	char *path;

	while (d && (e = readdir(d))) {
		path = path_join(dir, e->d_name);
		if (e->d_name[0] != '.' && !lstat(path, &st) && S_ISREG(st.st_mode)) {
			k = vec_push(all);
			k->path = xstrdup(path);
			k->used = st.st_mtim;
		}
		free(path);
	}
	if (d)
		closedir(d);
}

/* Headers of options and compilers that are no more: what was used last stays. */
static void remove_old(const char *dir)
{
	struct on_disk_vec all = { 0 };
	size_t i;

	list_folder(dir, &all);
	if (all.nr)
		qsort(all.items, all.nr, sizeof(*all.items), newest_first);
	for (i = 0; i < all.nr; i++) {
		if (i >= 2 * KEEP)		/* a header and its list */
			unlink(all.items[i].path);
		free(all.items[i].path);
	}
	vec_free(&all);
}

static int make_one(size_t i, void *ctx)
{
	struct pchs *p = ctx;
	struct group *g = &p->groups.items[i];
	char *dir = folder(p, g), *header = pch_header_text(p->tree->root, g->set), *name, *path;

	if (dir && *header) {
		name = file_name(p, g, header);
		path = path_join(dir, name);
		if (!pch_load(path, &g->pch) && g->nr >= (is_kept(g) ? MIN_KEPT : MIN_FILES)) {
			remove_old(dir);
			pch_make(path, header, &g->args, g->first->command->cwd,
				 p->opt->timeout_s ? p->opt->timeout_s : DEFAULT_TIMEOUT, &g->pch);
		}
		free(path);
		free(name);
	}
	free(header);
	free(dir);
	return 0;
}

struct pchs *pchs_new(const struct tree *t, const struct read_request *requests, size_t nr,
		      const struct read_options *opt)
{
	struct pchs *p = xcalloc(1, sizeof(*p));
	char *dir;
	size_t i;

	p->tree = t;
	p->opt = opt;
	p->nr = nr;
	p->wishes = xcalloc(nr, sizeof(*p->wishes));
	for (i = 0; i < nr; i++)
		p->wishes[i].group = NONE;
	if (opt->no_pch)
		return p;
	p->version = parse_libclang_version();
	dir = xasprintf("%s/mmapconv-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (mkdtemp(dir))
		p->temporary = dir;
	else
		free(dir);
	for (i = 0; i < nr; i++)
		if (!requests[i].no_pch && !changes_header(&requests[i]))
			wish(p, &requests[i], &p->wishes[i]);
	for (i = 0; i < nr; i++)
		if (p->wishes[i].group != NONE && p->groups.items[p->wishes[i].group].nr < 2 * MIN_FILES)
			join(p, &requests[i], &p->wishes[i]);
	run_parallel(p->groups.nr, opt->jobs, make_one, p);
	return p;
}

static bool any_listed(const struct strlist *sorted, const struct strlist *names)
{
	size_t i;

	for (i = 0; i < names->nr; i++)
		if (strlist_has_sorted(sorted, names->items[i]))
			return true;
	return false;
}

/* Those of every kernel file are defined with or without a precompiled header. */
static bool is_everywhere(const char *name)
{
	static const char *const names[] = {
		"if", "ifdef", "ifndef", "elif", "defined", "IS_ENABLED", "IS_BUILTIN", "IS_MODULE", "IS_REACHABLE",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return str_starts(name, "CONFIG_");
}

static bool any_defined(const char *defined, const struct strlist *names)
{
	bool found = false;
	char *line;
	size_t i;

	for (i = 0; i < names->nr && !found; i++) {
		if (is_everywhere(names->items[i]))
			continue;
		line = xasprintf("\n%s\n", names->items[i]);
		found = strstr(defined, line);
		free(line);
	}
	return found;
}

const struct pch *pchs_of(const struct pchs *p, size_t i)
{
	const struct wish *w = &p->wishes[i];
	const struct pch *pch = w->group == NONE ? NULL : &p->groups.items[w->group].pch;

	if (!pch || !pch->path || any_listed(&pch->tested, &w->macros) || any_defined(pch->defined, &w->asks))
		return NULL;
	return pch;
}

void pchs_free(struct pchs *p)
{
	struct group *g;
	size_t i;

	if (!p)
		return;
	vec_each(g, &p->groups) {
		strlist_free(&g->args);
		pch_free(&g->pch);
	}
	vec_free(&p->groups);
	for (i = 0; i < p->nr; i++) {
		strlist_free(&p->wishes[i].args);
		strlist_free(&p->wishes[i].macros);
		strlist_free(&p->wishes[i].asks);
	}
	free(p->wishes);
	if (p->temporary)
		file_remove_tree(p->temporary);
	free(p->temporary);
	free(p->version);
	free(p);
}
