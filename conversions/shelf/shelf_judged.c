// SPDX-License-Identifier: GPL-2.0-only
/* The metadata of a judgement, of shelf.h: as a patch's, without a patch. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "classify/needs.h"
#include "shelf/meta.h"

#define KIND "judged"
enum { HASH = 32 };

static bool is_hash(const char *s)
{
	return strlen(s) == HASH && strspn(s, "0123456789abcdef") == HASH;
}

static void read_text(struct meta *m, struct json_object *o, struct shelf_judgement *j)
{
	static const char *const keys[] = { "function", "text", NULL };
	struct shelf_text *t, *other;

	if (!meta_is_object(m, o, "read"))
		return;
	t = vec_push(&j->read);
	meta_only(m, o, keys);
	t->id = meta_text(m, o, "function", true);
	meta_id(m, t->id, &t->file, &t->function);
	t->hash = meta_text(m, o, "text", true);
	if (t->hash && !is_hash(t->hash))
		meta_fail(m, xasprintf("\"text\": \"%s\" is no hash as `mmapconv hand check` prints it", t->hash));
	vec_each(other, &j->read)
		if (other != t && t->id && other->id && !strcmp(other->id, t->id))
			meta_fail(m, xasprintf("\"read\": %s is there twice", t->id));
}

static void read_needs(struct meta *m, struct json_object *o, struct shelf_judgement *j)
{
	size_t i;

	meta_list(m, o, "needs", &j->needs, meta_any_text);
	for (i = 0; i < j->needs.nr; i++)
		if (!need_is_known(j->needs.items[i]))
			meta_fail(m, xasprintf("\"needs\": \"%s\" is nothing that handlers wait for: write it as an inventory has it, or "
					       "add it to analyzer/classify/needs.h", j->needs.items[i]));
	if (!j->needs.nr)
		meta_fail(m, xstrdup("\"needs\" names nothing: then a patch could convert it"));
}

static void read_all(struct meta *m, struct json_object *o, struct shelf_judgement *j)
{
	static const char *const keys[] = { "schema", "kind", "handler", "needs", "why", "rules", "read", "verified", "remarks", NULL };
	static const char *const when[] = { "release", "date", NULL };
	struct json_object *a;
	size_t i;

	meta_schema(m, o);
	if (m->error)
		return;
	meta_only(m, o, keys);
	j->id = meta_text(m, o, "handler", true);
	meta_id(m, j->id, &j->file, &j->function);
	j->why = meta_text(m, o, "why", true);
	read_needs(m, o, j);
	meta_list(m, o, "rules", &j->rules, meta_is_rule);
	meta_list(m, o, "remarks", &j->remarks, meta_any_text);
	if (meta_is_object(m, json_object_object_get(o, "verified"), "verified"))
		meta_only(m, json_object_object_get(o, "verified"), when);
	meta_verified(m, json_object_object_get(o, "verified"), &j->verified);
	a = meta_array(m, o, "read");
	for (i = 0; a && i < json_object_array_length(a); i++)
		read_text(m, json_object_array_get_idx(a, i), j);
	if (!m->error && (!j->read.nr || strcmp(j->read.items[0].id, j->id)))
		meta_fail(m, xasprintf("\"read\" does not begin with %s, which is judged", j->id));
}

bool shelf_is_judgement(const struct strbuf *json)
{
	struct meta m = { 0 };
	struct json_object *root = meta_open(&m, json);
	const char *kind = root ? json_object_get_string(json_object_object_get(root, "kind")) : NULL;
	bool is = kind && !strcmp(kind, KIND);

	json_object_put(root);
	free(m.error);
	return is;
}

int shelf_read_judgement(struct shelf_judgement *j, const struct strbuf *json, char **error)
{
	struct meta m = { 0 };
	struct json_object *root = meta_open(&m, json);

	if (root)
		read_all(&m, root, j);
	json_object_put(root);
	*error = m.error;
	return m.error ? -EINVAL : 0;
}

void shelf_judgement_free(struct shelf_judgement *j)
{
	struct shelf_text *t;

	vec_each(t, &j->read) {
		free(t->id);
		free(t->file);
		free(t->function);
		free(t->hash);
	}
	vec_free(&j->read);
	strlist_free(&j->needs);
	strlist_free(&j->rules);
	strlist_free(&j->remarks);
	shelf_verified_free(&j->verified);
	free(j->name);
	free(j->id);
	free(j->file);
	free(j->function);
	free(j->why);
	free(j->error);
}
