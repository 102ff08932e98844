// SPDX-License-Identifier: GPL-2.0-only
#include "series/batch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_LEN 40

/* Lower case, what is no letter or digit a dash; never empty, never a name like "..". */
char *batch_name_of_text(const char *text)
{
	struct strbuf b = { 0 };
	const char *p;

	strbuf_adds(&b, "");
	for (p = text; *p && b.len < NAME_MAX_LEN; p++) {
		if (isalnum((unsigned char)*p))
			strbuf_addf(&b, "%c", tolower((unsigned char)*p));
		else if (b.len && b.s[b.len - 1] != '-')
			strbuf_adds(&b, "-");
	}
	while (b.len && b.s[b.len - 1] == '-')
		b.s[--b.len] = '\0';
	if (!b.len)
		strbuf_adds(&b, "other");
	return strbuf_detach(&b);
}

/* The repository's name, or its owner's where all are called alike; with the branch behind. */
char *batch_name_of_tree(const char *tree)
{
	static const char *const common[] = { "linux", "kernel", "linux-2.6", "next", "tip", NULL };
	char *copy = xstrdup(tree), *url, *branch, *slash, *owner, *name, *text;
	bool generic = false;
	size_t i;

	url = strchr(copy, ' ');
	url = url ? url + 1 : copy;
	branch = strchr(url, ' ');
	if (branch)
		*branch++ = '\0';
	for (i = strlen(url); i && url[i - 1] == '/'; i--)
		url[i - 1] = '\0';
	if (str_ends(url, ".git"))
		url[strlen(url) - 4] = '\0';
	slash = strrchr(url, '/');
	text = slash ? slash + 1 : url;
	for (i = 0; common[i]; i++)
		generic |= !strcmp(text, common[i]);
	if (generic && slash) {
		*slash = '\0';
		owner = strrchr(url, '/');
		text = owner ? owner + 1 : url;
	}
	text = branch ? xasprintf("%s %s", text, branch) : xstrdup(text);
	name = batch_name_of_text(text);
	free(text);
	free(copy);
	return name;
}

/* Without MAINTAINERS: by folder, two levels deep. */
static char *folder(const struct driver *d)
{
	const char *path = d->files.nr ? d->files.items[0] : "", *slash = strchr(path, '/');

	slash = slash ? strchr(slash + 1, '/') : NULL;
	if (!slash)
		slash = strrchr(path, '/');
	return slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("top");
}

/* What tells batches apart. */
static char *key_of(const struct driver *d)
{
	char *where, *key;

	if (d->tree)
		return xasprintf("tree %s", d->tree);
	if (d->subsystem)
		return xasprintf("section %s", d->subsystem);
	where = folder(d);
	key = xasprintf("folder %s", where);
	free(where);
	return key;
}

static char *name_of(const char *key)
{
	const char *text = strchr(key, ' ') + 1;

	return str_starts(key, "tree ") ? batch_name_of_tree(text) : batch_name_of_text(text);
}

static bool is_ready(const struct drivers *all, const struct driver *d, const bool *placed)
{
	const size_t *after;

	vec_each(after, &d->after)
		if (!placed[*after] && all->items[*after].selected)
			return false;
	return true;
}

/* A name that no batch before has. */
static char *unique_name(const struct batches *b, const char *wish)
{
	char *name = xstrdup(wish);
	unsigned nr = 1;
	size_t i;

	for (i = 0; i < b->nr; i++)
		if (!strcmp(b->items[i].name, name)) {
			free(name);
			name = xasprintf("%s-%u", wish, ++nr);
			i = (size_t)-1;
		}
	return name;
}

struct maker {
	struct batches *out;
	struct drivers *all;
	VEC(struct driver *) order; /* of one key */
	bool *placed;
	unsigned max, left;
	bool limited;
};

/* All drivers of the groups that have this key, each after what it stands on. */
static void collect(struct maker *m, const char *key, char *const *keys)
{
	struct driver *d;
	bool again = true;
	size_t i;

	m->order.nr = 0;
	while (again) {
		again = false;
		for (i = 0; i < m->all->nr && !again; i++) {
			d = &m->all->items[i];
			if (m->placed[i] || !d->selected || d->left_out ||
			    strcmp(keys[d->group], key) || !is_ready(m->all, d, m->placed) ||
			    (m->limited && !m->left))
				continue;
			m->placed[i] = true;
			m->left--;
			*vec_push(&m->order) = d;
			again = true; /* from the start: what waited for this one may come before others */
		}
	}
}

static void split(struct maker *m, const char *key, size_t number)
{
	struct batch *b = NULL;
	char *wish = name_of(key), *name;
	struct driver *d;
	size_t i;

	for (i = 0; i < m->order.nr; i++) {
		d = m->order.items[i];
		if (i % m->max == 0) {
			name = unique_name(m->out, wish);
			b = vec_push(m->out);
			b->name = name;
			b->key = number;
			b->tree = d->tree ? xstrdup(d->tree) : NULL;
			b->subsystem = d->subsystem ? xstrdup(d->subsystem) : NULL;
		}
		*vec_push(&b->drivers) = d;
	}
	free(wish);
}

/* What of earlier parts a batch stands on, directly or through others, in their order. */
static void stand_on(struct batches *out, struct drivers *all, struct batch *b)
{
	bool *needed = xcalloc(all->nr, sizeof(bool));
	struct batch *part;
	struct driver **d;
	size_t *after, i, k;

	/* From the last to the first: a need comes before what needs it. */
	for (k = (size_t)(b - out->items) + 1; k-- > 0 && out->items[k].key == b->key;) {
		part = &out->items[k];
		for (i = part->drivers.nr; i-- > 0;)
			if (part == b || needed[part->drivers.items[i] - all->items])
				vec_each(after, &part->drivers.items[i]->after)
					needed[*after] = true;
	}
	for (part = out->items; part < b; part++) {
		bool any = false;

		vec_each(d, &part->drivers)
			if (needed[*d - all->items]) {
				*vec_push(&b->before) = *d;
				any = true;
			}
		if (any)
			*vec_push(&b->on) = part;
	}
	free(needed);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A group goes where the first of it goes that needs no other: prerequisites lead. */
static char **make_keys(const struct drivers *all)
{
	char **keys = xcalloc(all->nr, sizeof(*keys));
	const struct driver *d;

	vec_each(d, all)
		if (!keys[d->group] && !d->after.nr)
			keys[d->group] = key_of(d);
	vec_each(d, all)
		if (!keys[d->group])
			keys[d->group] = key_of(d);
	return keys;
}

void batches_make(struct batches *out, struct drivers *all, unsigned max, unsigned limit)
{
	struct maker m = { .out = out,
			   .all = all,
			   .max = max,
			   .left = limit,
			   .limited = limit,
			   .placed = xcalloc(all->nr, sizeof(bool)) };
	char **keys = make_keys(all);
	struct strlist sorted = { 0 };
	struct batch *b;
	size_t i;

	for (i = 0; i < all->nr; i++)
		if (all->items[i].selected && !all->items[i].left_out)
			strlist_add_once(&sorted, keys[all->items[i].group]);
	if (sorted.nr)
		qsort(sorted.items, sorted.nr, sizeof(*sorted.items), compare);
	for (i = 0; i < sorted.nr; i++) {
		collect(&m, sorted.items[i], keys);
		split(&m, sorted.items[i], i);
	}
	vec_each(b, out)
		stand_on(out, all, b);
	for (i = 0; i < all->nr; i++) {
		if (all->items[i].selected && !all->items[i].left_out && !m.placed[i] && !limit)
			all->items[i].left_out =
				xstrdup("its prerequisites go in a circle: mend the inventory");
		free(keys[i]);
	}
	free(keys);
	free(m.placed);
	vec_free(&m.order);
	strlist_free(&sorted);
}

void batches_free(struct batches *all)
{
	struct batch *b;

	vec_each(b, all) {
		free(b->name);
		free(b->tree);
		free(b->subsystem);
		vec_free(&b->drivers);
		vec_free(&b->before);
		vec_free(&b->on);
		free(b->change_id);
		free(b->branch);
		free(b->base);
		free(b->id);
		free(b->subject);
		strbuf_free(&b->cover);
		strbuf_free(&b->bundle);
		strlist_free(&b->changes);
		free(b->older_changes);
		free(b->range_diff);
		free(b->old_id);
		recipients_free(&b->to);
		recipients_free(&b->cc);
		free(b->failed);
	}
	vec_free(all);
}
