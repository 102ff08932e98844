// SPDX-License-Identifier: GPL-2.0-only
#include "evidence.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "inventory_json.h"

enum { MAX_PIECES = 64, MAX_FILE = 8 << 20 };

struct place { const char *file; unsigned line; };
struct piece { const char *file; unsigned first, last; };

struct collector {
	const struct inventory *inv;
	const char *root;
	char *file;			/* whose text this is: handlers come by file */
	struct strbuf text;
	bool there;
};

static void want(void *list, const char *file, unsigned line)
{
	VEC(struct place) *places = list;

	if (file && line)
		*vec_push(places) = (struct place){ file, line };
}

/* "12: vm_ops = …" */
static void want_texts(void *list, const char *file, const struct strlist *texts)
{
	size_t i;

	for (i = 0; i < texts->nr; i++)
		want(list, file, (unsigned)strtoul(texts->items[i], NULL, 10));
}

static void want_all(void *places, const struct handler *h)
{
	const struct contract_path *path;
	const struct definition *d;
	const struct instance *i;
	const struct companion *c;
	const struct reason *r;

	want(places, h->file, h->line);
	vec_each(d, &h->definitions)
		want(places, d->file, d->line);
	vec_each(path, &h->contract.paths) {
		want_texts(places, h->file, &path->guards);
		want_texts(places, h->file, &path->effects);
		want(places, h->file, path->line);
	}
	vec_each(r, &h->reasons)
		want(places, h->file, r->line);
	vec_each(c, &h->companions)
		want(places, h->file, c->line);
	vec_each(i, &h->instances)
		want(places, i->file, i->line);
}

static bool load(struct collector *c, const char *file)
{
	char *path;

	if (c->file && !strcmp(c->file, file))
		return c->there;
	free(c->file);
	c->file = xstrdup(file);
	strbuf_free(&c->text);
	memset(&c->text, 0, sizeof(c->text));
	path = path_join(c->root, file);
	c->there = path_is_inside(file) && !file_read(path, MAX_FILE, &c->text) && c->text.s;
	free(path);
	return c->there;
}

static bool covers(const struct piece *p, const struct place *at)
{
	return !strcmp(p->file, at->file) && p->first <= at->line && at->line <= p->last;
}

static int compare_pieces(const void *pa, const void *pb)
{
	const struct piece *a = pa, *b = pb;

	return strcmp(a->file, b->file) ?: (a->first > b->first) - (a->first < b->first);
}

static const char *line_start(const char *text, unsigned line)
{
	while (--line && text)
		text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL;
	return text;
}

static struct json_object *piece_json(const struct collector *c, const struct piece *p)
{
	const char *from = line_start(c->text.s, p->first), *to = line_start(c->text.s, p->last + 1);
	struct json_object *o = json_object_new_object();
	char *text = xstrndup(from, to ? (size_t)(to - from) : strlen(from));

	json_object_object_add(o, "file", inventory_text(p->file));
	json_set_int(o, "line", p->first);
	json_object_object_add(o, "text", lines_text(text));
	free(text);
	return o;
}

static struct json_object *handler_json(struct collector *c, const struct handler *h)
{
	struct json_object *list = json_object_new_array();
	VEC(struct place) places = { 0 };
	VEC(struct piece) pieces = { 0 };
	const struct piece *known;
	const struct place *at;
	struct piece piece, *p;
	size_t own;

	want_all(&places, h);
	own = h->definitions.nr ?: 1;
	vec_each(at, &places) {
		vec_each(known, &pieces)
			if (covers(known, at))
				break;
		if (known < pieces.items + pieces.nr || pieces.nr == MAX_PIECES || !load(c, at->file))
			continue;
		piece.file = at->file;
		if (evidence_piece(c->text.s, at->line, &piece.first, &piece.last))
			*vec_push(&pieces) = piece;
	}
	if (pieces.nr > own)
		qsort(pieces.items + own, pieces.nr - own, sizeof(*pieces.items), compare_pieces);
	vec_each(p, &pieces)
		if (load(c, p->file))
			json_object_array_add(list, piece_json(c, p));
	vec_free(&places);
	vec_free(&pieces);
	return list;
}

int evidence_write(const struct inventory *inv, const char *root, const char *path)
{
	struct json_object *o = json_object_new_object(), *handlers = json_object_new_object();
	struct collector c = { .inv = inv, .root = root };
	const struct handler *h;
	struct strbuf b = { 0 };
	int ret;

	json_set_str(o, "schema", EVIDENCE_SCHEMA);
	json_object_object_add(o, "tree", inventory_text(inv->tree_version));
	vec_each(h, &inv->handlers)
		json_object_object_add(handlers, h->id, handler_json(&c, h));
	json_object_object_add(o, "handlers", handlers);
	json_print(&b, o);
	ret = file_write_result(path, &b);
	json_object_put(o);
	strbuf_free(&b);
	strbuf_free(&c.text);
	free(c.file);
	return ret;
}
