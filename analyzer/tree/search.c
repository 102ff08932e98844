// SPDX-License-Identifier: GPL-2.0-only
#include "tree/search.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "tree/lex.h"
#include "tree/walk.h"

enum {
	CHUNK = 256,				/* files a task */
	MAX_FILE = 64 << 20,			/* bytes looked at */
	MAX_TOKENISED = 4 << 20,		/* bytes; a larger one with handlers in it is reported */
	MAX_ROUNDS = 5,				/* macros that expand to macros */
};

/* What one task found. */
struct part {
	struct text_facts facts;
	struct strlist candidates, vma_files, macros;
	VEC(struct search_problem) problems;
};

struct job {
	const struct tree *tree;
	const struct strlist *files;
	const struct strlist *macros;		/* known so far */
	bool headers;
	bool macros_only;			/* look only for macros that use known macros */
	struct part *parts;
};

bool search_other_struct(const struct text_site *s)
{
	return *s->tag && strcmp(s->tag, "file_operations");
}

static bool has(const struct strbuf *b, const char *word)
{
	return b->len && memmem(b->s, b->len, word, strlen(word));
}

static bool has_word(const struct strbuf *b, const char *word)
{
	size_t len = strlen(word);
	const char *p = b->s, *end = b->s + b->len;

	for (; p && p < end && (p = memmem(p, (size_t)(end - p), word, len)); p += len) {
		if (p > b->s && (isalnum((unsigned char)p[-1]) || p[-1] == '_'))
			continue;
		if (p + len < end && (isalnum((unsigned char)p[len]) || p[len] == '_'))
			continue;
		return true;
	}
	return false;
}

static bool has_any_word(const struct strbuf *b, const struct strlist *words)
{
	size_t i;

	for (i = 0; i < words->nr; i++)
		if (has_word(b, words->items[i]))
			return true;
	return false;
}

static void problem(struct part *part, const char *file, const char *text)
{
	struct search_problem *p = vec_push(&part->problems);

	p->file = xstrdup(file);
	p->text = xstrdup(text);
}

/* Macros of a header whose body uses a known one. */
static void macros_using(const struct strbuf *b, const struct strlist *known, struct strlist *found)
{
	struct lexed l = { 0 }, body = { 0 };
	struct token *t, *u;
	char *name, *word;

	lex(b->s, b->len, &l);
	vec_each(t, &l.tokens) {
		if (t->kind != TOKEN_DEFINE)
			continue;
		lex_line(t->text, t->len, t->line, &body);
		vec_each(u, &body.tokens) {
			if (u == body.tokens.items || u->kind != TOKEN_IDENT)
				continue;
			word = token_text(u);
			if (strlist_has(known, word)) {
				name = token_text(&body.tokens.items[0]);
				strlist_add_once(found, name);
				free(name);
			}
			free(word);
		}
		lexed_free(&body);
	}
	lexed_free(&l);
}

/* Does the text of this file ask for libclang? */
static bool is_candidate(const struct text_facts *facts, size_t first)
{
	size_t i;

	for (i = first; i < facts->sites.nr; i++)
		if (!search_other_struct(&facts->sites.items[i]))
			return true;
	return facts->copies_table;
}

static void scan_file(struct job *job, struct part *part, const char *file, struct strbuf *b)
{
	size_t first = part->facts.sites.nr;
	bool mmap_field, vma, candidate = false;
	char *path = path_join(job->tree->root, file);
	int ret;

	strbuf_reset(b);
	ret = file_read(path, MAX_FILE, b);
	free(path);
	if (ret) {
		problem(part, file, ret == -EFBIG ? "larger than 64 MiB: not searched" : strerror(-ret));
		return;
	}
	if (!b->len)
		return;
	if (job->macros_only) {
		if (has_any_word(b, job->macros))
			macros_using(b, job->macros, &part->macros);
		return;
	}
	mmap_field = has_word(b, "mmap");
	vma = has(b, "vm_area_struct");
	if (str_ends(file, ".rs")) {
		if (mmap_field)
			text_scan_rust(file, b->s, b->len, &part->facts);
		return;
	}
	if (!job->headers && job->macros->nr && has_any_word(b, job->macros))
		candidate = true;
	if (mmap_field || vma || (has(b, "file_operations") && (has(b, "memcpy") || has(b, "kmemdup") || has(b, "_fops;")))) {
		if (b->len > MAX_TOKENISED) {
			problem(part, file, "larger than 4 MiB and it mentions mmap: not read");
			return;
		}
		part->facts.copies_table = false;
		text_scan(file, b->s, b->len, &part->facts);
		candidate |= is_candidate(&part->facts, first);
		strlist_add(&part->vma_files, file);
	}
	if (candidate && !job->headers)
		strlist_add(&part->candidates, file);
}

static int scan_chunk(size_t i, void *ctx)
{
	struct job *job = ctx;
	struct strbuf b = { 0 };
	size_t k, end = (i + 1) * CHUNK;

	for (k = i * CHUNK; k < end && k < job->files->nr; k++) {
		if (run_interrupted())
			break;
		scan_file(job, &job->parts[i], job->files->items[k], &b);
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
	struct text_site *s;
	struct text_function *f;
	struct search_problem *p;
	struct text_swap *w;

	vec_each(s, &part->facts.sites)
		*vec_push(&out->facts.sites) = *s;
	vec_each(f, &part->facts.functions)
		*vec_push(&out->facts.functions) = *f;
	vec_each(p, &part->problems)
		*vec_push(&out->problems) = *p;
	vec_each(w, &part->facts.swaps)
		*vec_push(&out->facts.swaps) = *w;
	vec_free(&part->facts.sites);
	vec_free(&part->facts.functions);
	vec_free(&part->facts.swaps);
	vec_free(&part->problems);
	move_strings(&out->candidates, &part->candidates);
	move_strings(&out->vma_files, &part->vma_files);
}

static int scan_files(struct job *job, unsigned jobs, struct search *out, struct strlist *macros)
{
	size_t i, k, nr = (job->files->nr + CHUNK - 1) / CHUNK;
	int ret;

	job->parts = xcalloc(nr, sizeof(*job->parts));
	ret = run_parallel(nr, jobs, scan_chunk, job);
	for (i = 0; i < nr; i++) {
		for (k = 0; k < job->parts[i].macros.nr; k++)
			strlist_add_once(macros, job->parts[i].macros.items[k]);
		strlist_free(&job->parts[i].macros);
		merge(out, &job->parts[i]);
	}
	free(job->parts);
	return ret;
}

/* Macros of headers that fill in `.mmap`, then macros that use those, until there are no more. */
static int find_macros(struct job *job, unsigned jobs, struct search *out)
{
	struct text_site *s;
	size_t before;
	unsigned round;
	int ret = 0;

	vec_each(s, &out->facts.sites)
		if (s->macro && !search_other_struct(s))
			strlist_add_once(&out->macros, s->macro);
	job->macros_only = true;
	for (round = 0; round < MAX_ROUNDS && !ret && out->macros.nr; round++) {
		before = out->macros.nr;
		job->macros = &out->macros;
		{
			struct strlist found = { 0 };
			size_t i;

			ret = scan_files(job, jobs, out, &found);
			for (i = 0; i < found.nr; i++)
				strlist_add_once(&out->macros, found.items[i]);
			strlist_free(&found);
		}
		if (out->macros.nr == before)
			break;
	}
	strlist_sort(&out->macros);
	return ret;
}

static int compare_problems(const void *a, const void *b)
{
	return strcmp(((const struct search_problem *)a)->file, ((const struct search_problem *)b)->file);
}

int search_tree(const struct tree *t, unsigned jobs, struct search *out)
{
	struct walk w = { 0 };
	struct job job = { .tree = t };
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
	job.headers = true;
	job.files = &w.headers;
	job.macros = &out->macros;
	ret = scan_files(&job, jobs, out, NULL);
	if (!ret)
		ret = find_macros(&job, jobs, out);
	job.headers = job.macros_only = false;
	job.files = &w.sources;
	if (!ret)
		ret = scan_files(&job, jobs, out, NULL);
	job.files = &w.rust;
	if (!ret)
		ret = scan_files(&job, jobs, out, NULL);
	strlist_sort(&out->candidates);
	strlist_sort(&out->vma_files);
	if (out->problems.nr)
		qsort(out->problems.items, out->problems.nr, sizeof(*out->problems.items), compare_problems);
	walk_free(&w);
	return ret;
}

struct uses_job {
	const struct tree *tree;
	const struct strlist *files, *names;
	struct text_uses *parts;
};

static int uses_file(size_t i, void *ctx)
{
	struct uses_job *job = ctx;
	char *path = path_join(job->tree->root, job->files->items[i]);
	struct strbuf b = { 0 };
	int ret = file_read(path, MAX_TOKENISED, &b);

	if (!ret && b.len && has_any_word(&b, job->names))
		text_uses(job->files->items[i], b.s, b.len, job->names, &job->parts[i]);
	strbuf_free(&b);
	free(path);
	return run_interrupted() ? -EINTR : ret;
}

int search_uses(const struct tree *t, const struct search *s, unsigned jobs,
		const struct strlist *names, struct text_uses *uses)
{
	struct uses_job job = { .tree = t, .files = &s->vma_files, .names = names };
	struct text_use *u;
	size_t i;
	int ret;

	job.parts = xcalloc(job.files->nr, sizeof(*job.parts));
	ret = run_parallel(job.files->nr, jobs, uses_file, &job);
	for (i = 0; i < job.files->nr; i++) {
		vec_each(u, &job.parts[i])
			*vec_push(uses) = *u;
		vec_free(&job.parts[i]);
	}
	free(job.parts);
	return ret;
}

void search_free(struct search *s)
{
	struct search_problem *p;

	text_facts_free(&s->facts);
	strlist_free(&s->macros);
	strlist_free(&s->candidates);
	strlist_free(&s->vma_files);
	vec_each(p, &s->problems) {
		free(p->file);
		free(p->text);
	}
	vec_free(&s->problems);
}
