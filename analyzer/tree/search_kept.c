// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a pass found in a chunk hangs on its files and on what it looked for.  Files are known by their
 * stamps here: reading 60,000 of them to compare is what takes the time.
 */
#include <stdlib.h>

#include "tree/search_pack.h"

/* Everything that decides what a pass finds in a text. */
static struct cache_key query_key(const struct job *job)
{
	static const struct strlist none;
	const struct text_query *q = &job->q;
	const struct text_fill *f;
	struct cache_hash h;

	cache_hash_begin(&h, job->cache);
	cache_hash_int(&h, job->pass);
	cache_hash_list(&h, job->word_list);
	cache_hash_list(&h, q->fields ? q->fields : &none);
	cache_hash_list(&h, q->macros ? q->macros : &none);
	cache_hash_list(&h, q->typedefs ? q->typedefs : &none);
	cache_hash_list(&h, q->functions ? q->functions : &none);
	cache_hash_list(&h, job->fields ? job->fields : &none);
	cache_hash_list(&h, q->structs ? q->structs : &none);
	cache_hash_int(&h, q->fills ? q->fills->nr : 0);
	if (q->fills)
		vec_each(f, q->fills) {
			cache_hash_str(&h, f->macro);
			cache_hash_str(&h, f->tag);
			cache_hash_str(&h, f->field);
			cache_hash_str(&h, f->value);
			cache_hash_int(&h, f->opaque);
			cache_hash_int(&h, f->is_static);
			cache_hash_int(&h, f->table_arg);
		}
	return cache_hash_end(&h);
}

static struct cache_key part_key(const struct job *job, struct cache_key query, const struct chunk *c)
{
	struct cache_hash h;

	cache_hash_begin(&h, job->cache);
	cache_hash_add(&h, &query, sizeof(query));
	cache_hash_add(&h, &c->stamps, sizeof(c->stamps));
	return cache_hash_end(&h);
}

void part_free(struct part *part)
{
	struct search_problem *p;

	text_facts_free(&part->facts);
	strlist_free(&part->candidates);
	strlist_free(&part->vma_files);
	vec_each(p, &part->problems) {
		free(p->file);
		free(p->text);
	}
	vec_free(&part->problems);
}

void search_recall(struct job *job)
{
	struct cache_key query, key;
	struct strbuf b = { 0 };
	struct pack k;
	size_t i;

	if (!job->cache)
		return;
	query = query_key(job);
	for (i = 0; i < job->chunks->list.nr; i++) {
		key = part_key(job, query, &job->chunks->list.items[i]);
		strbuf_reset(&b);
		if (!job->chunks->list.items[i].old || !cache_get(job->cache, CACHE_SEARCH, key, &b))
			continue;
		pack_read(&k, b.s, b.len);
		pack_part(&k, &job->parts[i]);
		job->known[i] = pack_done(&k);
		if (!job->known[i]) {
			part_free(&job->parts[i]);
			job->parts[i] = (struct part){ 0 };
			cache_reject(job->cache, CACHE_SEARCH, key);
		}
	}
	strbuf_free(&b);
}

void search_keep(struct job *job)
{
	struct cache_key query;
	struct strbuf b = { 0 };
	struct part *part;
	struct pack k;
	size_t i;

	if (!job->cache)
		return;
	query = query_key(job);
	for (i = 0; i < job->chunks->list.nr; i++) {
		part = &job->parts[i];
		/* What could not be read is tried again the next time. */
		if (job->known[i] || !job->chunks->list.items[i].old || part->problems.nr)
			continue;
		strbuf_reset(&b);
		pack_write(&k, &b);
		pack_part(&k, part);
		cache_put(job->cache, CACHE_SEARCH, part_key(job, query, &job->chunks->list.items[i]), b.s, b.len);
	}
	strbuf_free(&b);
}
