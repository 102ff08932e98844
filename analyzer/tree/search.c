// SPDX-License-Identifier: GPL-2.0-only
#include "tree/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "tree/fields.h"
#include "tree/search_internal.h"
#include "tree/walk.h"

enum {
	MAX_FILE = 64 << 20,			/* bytes looked at */
};

bool search_other_struct(const struct text_site *s)
{
	return *s->tag && strcmp(s->tag, TIER_1_TAG);
}

bool search_is_field(const struct search *s, const struct text_site *site)
{
	return !*site->tag || field_listed(&s->fields, site->tag, site->field);
}

static bool has(const struct strbuf *b, const char *word)
{
	return b->len && memmem(b->s, b->len, word, strlen(word));
}

static void problem(struct part *part, const char *file, const char *text)
{
	struct search_problem *p = vec_push(&part->problems);

	p->file = xstrdup(file);
	p->text = xstrdup(text);
}

/* Is the site's field one of the headers', or one that the file itself declares (from `own` on)? */
static bool is_known(const struct job *job, const struct text_facts *facts, size_t own,
		     const struct text_site *s)
{
	size_t i;

	if (field_listed(job->fields, s->tag, s->field))
		return true;
	for (i = own; i < facts->fields.nr; i++)
		if (!strcmp(facts->fields.items[i].tag, s->tag) && !strcmp(facts->fields.items[i].name, s->field))
			return !facts->fields.items[i].desc && !facts->fields.items[i].excluded;
	return false;
}

/*
 * Does the text of this file ask for libclang?  Of most tables it says all: which struct, which
 * function; whoever wants the function reads its file.  What is NULL installs nothing.
 */
static bool is_candidate(const struct job *job, const struct text_facts *facts, size_t first, size_t own)
{
	const struct text_site *s;
	size_t i;

	for (i = first; i < facts->sites.nr; i++) {
		s = &facts->sites.items[i];
		if (!s->opaque && !strcmp(s->value, "NULL"))
			continue;
		if (!*s->tag || ((s->opaque || s->macro) && is_known(job, facts, own, s)))
			return true;
	}
	return facts->copies_table || facts->unclear;
}

/* Files in which a struct file_operations may be copied whole, without a word of a field. */
static bool may_copy(const struct strbuf *b)
{
	return has(b, TIER_1_TAG) && (has(b, "memcpy") || has(b, "kmemdup") || has(b, "_fops;"));
}

static void scan_text(struct job *job, struct part *part, const char *file, const struct strbuf *b)
{
	size_t first = part->facts.sites.nr, own = part->facts.fields.nr;

	part->facts.copies_table = part->facts.unclear = false;
	text_scan(file, b->s, b->len, &job->q, &part->facts);
	strlist_add(&part->vma_files, file);
	if (job->pass == PASS_SOURCES && is_candidate(job, &part->facts, first, own))
		strlist_add(&part->candidates, file);
}

static void scan_file(struct job *job, struct part *part, const char *file, struct strbuf *b)
{
	char *path = path_join(job->tree->root, file);
	int ret;

	strbuf_reset(b);
	ret = file_read(path, MAX_FILE, b);
	free(path);
	if (ret) {
		if (job->pass == PASS_FIELDS || job->pass == PASS_SOURCES || job->pass == PASS_RUST)
			problem(part, file, ret == -EFBIG ? "larger than 64 MiB: not searched" : strerror(-ret));
		return;
	}
	if (!b->len)
		return;
	if (!words_any(job->words, b->s, b->len) &&
	    !((job->pass == PASS_SOURCES || job->pass == PASS_HEADERS) && may_copy(b)))
		return;
	if (b->len > SEARCH_MAX_TOKENISED) {
		if (job->pass == PASS_HEADERS || job->pass == PASS_SOURCES)
			problem(part, file, "larger than 4 MiB and it mentions mmap: not read");
		return;
	}
	if (job->pass == PASS_FIELDS || job->pass == PASS_TYPEDEFS)
		text_scan_fields(file, b->s, b->len, &job->q, &part->facts);
	else if (job->pass == PASS_MACROS)
		text_scan_macros(file, b->s, b->len, &job->q, &part->facts);
	else if (job->pass == PASS_RUST || str_ends(file, ".rs"))
		text_scan_rust(file, b->s, b->len, &job->q, &part->facts);
	else
		scan_text(job, part, file, b);
}

static int scan_chunk(size_t i, void *ctx)
{
	struct job *job = ctx;
	struct strbuf b = { 0 };
	const struct chunk *c = &job->chunks->list.items[i];
	size_t k;

	for (k = c->first; k < c->first + c->nr && !job->known[i]; k++) {
		if (run_interrupted())
			break;
		scan_file(job, &job->parts[i], job->chunks->files->items[k], &b);
	}
	strbuf_free(&b);
	return run_interrupted() ? -EINTR : 0;
}

static void move_strings(struct strlist *to, struct strlist *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add(to, from->items[i]);
	strlist_free(from);
}

static void merge(struct search *out, struct part *part)
{
	struct search_problem *p;

	text_facts_move(&out->facts, &part->facts);
	vec_each(p, &part->problems)
		*vec_push(&out->problems) = *p;
	vec_free(&part->problems);
	move_strings(&out->candidates, &part->candidates);
	move_strings(&out->vma_files, &part->vma_files);
}

int search_run(struct job *job, unsigned jobs, struct search *out)
{
	size_t i, nr = job->chunks->list.nr;
	int ret;

	job->parts = xcalloc(nr, sizeof(*job->parts));
	job->known = xcalloc(nr, sizeof(*job->known));
	search_recall(job);
	ret = run_parallel(nr, jobs, scan_chunk, job);
	if (!ret)
		search_keep(job);
	for (i = 0; i < nr; i++)
		merge(out, &job->parts[i]);
	free(job->parts);
	free(job->known);
	return ret;
}

/* Run a pass over the files that hold one of these words. */
static int run_pass(struct job *job, enum search_pass pass, const struct chunks *files,
		    const struct strlist *words, unsigned jobs, struct search *out)
{
	struct words *w = words_new(words);
	int ret;

	job->pass = pass;
	job->chunks = files;
	job->word_list = words;
	job->words = w;
	ret = search_run(job, jobs, out);
	job->words = NULL;
	words_free(w);
	return ret;
}

int search_more(const struct tree *t, const struct search *s, struct cache *cache, unsigned jobs,
		const struct text_query *q, const struct strlist *words, struct text_facts *facts)
{
	const struct strlist *const lists[] = { &s->sources, &s->headers, &s->rust };
	static const struct strlist none;
	struct job job = { .tree = t, .cache = cache, .q = *q };
	struct search found = { 0 };
	struct chunks files;
	size_t i;
	int ret = 0;

	if (!job.q.macros)
		job.q.macros = &none;
	for (i = 0; i < sizeof(lists) / sizeof(*lists) && !ret; i++) {
		files = (struct chunks){ 0 };
		chunks_new(t, lists[i], cache, jobs, &files);
		ret = run_pass(&job, PASS_MORE, &files, words, jobs, &found);
		chunks_free(&files);
	}
	text_facts_move(facts, &found.facts);
	search_free(&found);
	return ret;
}

static void add_all(struct strlist *to, const struct strlist *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add_once(to, from->items[i]);
}

/* The words of typedefs: "desc x_fn" is x_fn. */
static void typedef_words(const struct strlist *typedefs, struct strlist *words)
{
	size_t i;

	for (i = 0; i < typedefs->nr; i++)
		strlist_add_once(words, str_starts(typedefs->items[i], "desc ") ? typedefs->items[i] + 5
										: typedefs->items[i]);
}

/* typedefs: of functions that can be fields; the caller frees. */
static int find_fields(struct job *job, const struct chunks *headers, unsigned jobs, struct strlist *typedefs,
		       struct search *out)
{
	struct strlist words = { 0 };
	int ret;

	strlist_add(&words, "vm_area_struct");
	strlist_add(&words, "vm_area_desc");
	ret = run_pass(job, PASS_FIELDS, headers, &words, jobs, out);
	strlist_free(&words);
	add_all(typedefs, &out->facts.typedefs);
	strlist_sort(typedefs);
	job->q.typedefs = typedefs->nr ? typedefs : NULL;
	if (!ret && typedefs->nr) {
		typedef_words(typedefs, &words);
		ret = run_pass(job, PASS_TYPEDEFS, headers, &words, jobs, out);
		strlist_free(&words);
	}
	return ret;
}

static void find_structs(const struct strlist *fields, struct strlist *structs)
{
	char *tag;
	size_t i;

	for (i = 0; i < fields->nr; i++) {
		tag = xstrndup(fields->items[i], strcspn(fields->items[i], "."));
		strlist_add_once(structs, tag);
		free(tag);
	}
	strlist_sort(structs);
}

static int compare_fields(const void *a, const void *b)
{
	const struct text_field *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	if (c || x->line != y->line)
		return c ? c : x->line < y->line ? -1 : 1;
	c = strcmp(x->tag, y->tag);
	return c ? c : strcmp(x->name, y->name);
}

static void sort_fields(struct text_facts *facts)
{
	struct text_field *f = facts->fields.items;
	size_t i, n = 0;

	if (!facts->fields.nr)
		return;
	qsort(f, facts->fields.nr, sizeof(*f), compare_fields);
	for (i = 0; i < facts->fields.nr; i++) {
		if (!n || compare_fields(&f[n - 1], &f[i])) {
			f[n++] = f[i];
			continue;
		}
		free(f[i].file);
		free(f[i].tag);
		free(f[i].name);
	}
	facts->fields.nr = n;
}

static int compare_problems(const void *a, const void *b)
{
	return strcmp(((const struct search_problem *)a)->file, ((const struct search_problem *)b)->file);
}

static int search_files(struct job *job, const struct walk *w, unsigned jobs, struct search *out)
{
	struct chunks headers = { 0 }, sources = { 0 }, rust = { 0 };
	struct strlist words = { 0 }, structs = { 0 }, fields = { 0 }, typedefs = { 0 };
	int ret;

	chunks_new(job->tree, &w->headers, job->cache, jobs, &headers);
	chunks_new(job->tree, &w->sources, job->cache, jobs, &sources);
	chunks_new(job->tree, &w->rust, job->cache, jobs, &rust);
	ret = find_fields(job, &headers, jobs, &typedefs, out);
	field_list(&out->facts, &fields);
	field_names(&fields, &out->names);
	find_structs(&fields, &structs);
	job->q.fields = &out->names;
	job->fields = &fields;
	job->q.structs = &structs;
	add_all(&out->fields, &fields);
	add_all(&words, &out->names);
	strlist_add_once(&words, "vm_area_struct");
	if (!ret)
		ret = run_pass(job, PASS_HEADERS, &headers, &words, jobs, out);
	if (!ret)
		ret = search_macros(job, jobs, out);
	job->q.macros = &out->macros;
	job->q.fills = &out->fills;
	add_all(&words, &out->macros);
	strlist_add_once(&words, "vm_area_desc");
	if (!ret)
		ret = run_pass(job, PASS_SOURCES, &sources, &words, jobs, out);
	if (!ret)
		ret = run_pass(job, PASS_RUST, &rust, &out->names, jobs, out);
	sort_fields(&out->facts);
	strlist_free(&out->fields);
	strlist_free(&out->names);
	field_list(&out->facts, &out->fields);
	field_hooks(&out->facts, &out->hooks);
	field_names(&out->fields, &out->names);
	strlist_free(&words);
	strlist_free(&structs);
	strlist_free(&fields);
	strlist_free(&typedefs);
	chunks_free(&headers);
	chunks_free(&sources);
	chunks_free(&rust);
	return ret;
}

int search_tree(const struct tree *t, struct cache *cache, unsigned jobs, struct search *out)
{
	struct job job = { .tree = t, .cache = cache };
	struct walk w = { 0 };
	struct search_problem *p;
	size_t i;
	int ret;

	ret = walk_tree(t->root, &w);
	if (ret) {
		log_error("%s cannot be read: %s", t->root, strerror(-ret));
		return ret;
	}
	for (i = 0; i < w.unread.nr; i++) {
		p = vec_push(&out->problems);
		p->file = xstrdup("");
		p->text = xasprintf("folder not searched: %s", w.unread.items[i]);
	}
	out->files = (unsigned)(w.sources.nr + w.headers.nr + w.rust.nr);
	ret = search_files(&job, &w, jobs, out);
	strlist_sort(&out->candidates);
	strlist_sort(&out->vma_files);
	if (out->problems.nr)
		qsort(out->problems.items, out->problems.nr, sizeof(*out->problems.items), compare_problems);
	out->sources = w.sources;
	out->headers = w.headers;
	out->rust = w.rust;
	out->makefiles = w.makefiles;
	w.sources = w.headers = w.rust = w.makefiles = (struct strlist){ 0 };
	walk_free(&w);
	return ret;
}

void search_free(struct search *s)
{
	struct search_problem *p;

	text_facts_free(&s->facts);
	search_free_fills(s);
	strlist_free(&s->fields);
	strlist_free(&s->hooks);
	strlist_free(&s->names);
	strlist_free(&s->macros);
	strlist_free(&s->candidates);
	strlist_free(&s->vma_files);
	strlist_free(&s->sources);
	strlist_free(&s->headers);
	strlist_free(&s->rust);
	strlist_free(&s->makefiles);
	vec_each(p, &s->problems) {
		free(p->file);
		free(p->text);
	}
	vec_free(&s->problems);
}
