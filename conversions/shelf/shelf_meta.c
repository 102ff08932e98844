// SPDX-License-Identifier: GPL-2.0-only
/* The metadata of a shelf's patch, of shelf.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "classify/needs.h"
#include "inventory_words.h"
#include "rewrite/source.h"
#include "shelf/meta.h"
#include "tree/flags.h"

static const char *const claim_words[] = { "equal", "equal-but", "unknown", NULL };

static bool is_arch(const char *s)
{
	return arch_by_name(s);
}

static void read_handler(struct meta *m, struct json_object *o, struct shelf_patch *p)
{
	static const char *const keys[] = { "id", "hook", "proof", "why", NULL };
	struct shelf_handler *h, *other;

	if (!meta_is_object(m, o, "handlers"))
		return;
	h = vec_push(&p->handlers);
	meta_only(m, o, keys);
	h->id = meta_text(m, o, "id", true);
	meta_id(m, h->id, &h->file, &h->function);
	h->hook = meta_text(m, o, "hook", false);
	h->proof = meta_word(m, o, "proof", claim_words, h->hook);
	h->why = meta_text(m, o, "why", h->proof && strcmp(h->proof, "equal"));
	if (h->hook && (!is_c_identifier(h->hook) || (h->function && !strcmp(h->hook, h->function))))
		meta_fail(m, xasprintf("\"hook\": \"%s\" is no new name for the function", h->hook));
	if (!h->hook && !strcmp(p->kind ? p->kind : "", "conversion"))
		meta_fail(m, xasprintf("%s: a conversion names the hook of each handler", h->id ? h->id : "a handler"));
	vec_each(other, &p->handlers)
		if (other != h && h->id && other->id && !strcmp(other->id, h->id))
			meta_fail(m, xasprintf("%s is there twice", h->id));
}

/* A value's pattern: a text, or null for nothing there.  One that is not said would be any. */
static char *pattern(struct meta *m, struct json_object *o, const char *key)
{
	struct json_object *v;

	if (!json_object_object_get_ex(o, key, &v))
		meta_fail(m, xasprintf("\"boot\": \"%s\" is missing; null is nothing, \"*\" anything", key));
	else if (v)
		return meta_text(m, o, key, true);
	return NULL;
}

static void read_announced(struct meta *m, struct json_object *o, struct shelf_patch *p)
{
	static const char *const keys[] = { "subject", "request", "key", "old", "new", "why", NULL };
	struct boot_announced *a;

	if (!meta_is_object(m, o, "boot"))
		return;
	a = vec_push(&p->boot);
	meta_only(m, o, keys);
	a->subject = meta_text(m, o, "subject", true);
	a->request = pattern(m, o, "request");
	a->key = meta_text(m, o, "key", true);
	a->old_value = pattern(m, o, "old");
	a->new_value = pattern(m, o, "new");
	a->why = meta_text(m, o, "why", true);
	if (!a->old_value && !a->new_value)
		meta_fail(m, xstrdup("\"boot\": old and new are both null, which is no difference"));
}

static void read_all(struct meta *m, struct json_object *o, struct shelf_patch *p)
{
	static const char *const keys[] = { "schema", "kind", "handlers", "class", "rules", "prerequisites", "arch",
					    "verified", "questions", "differences", "boot", "provides", NULL };
	struct json_object *a;
	size_t i;

	meta_schema(m, o);
	if (m->error)
		return;
	meta_only(m, o, keys);
	p->kind = meta_word(m, o, "kind", hand_kind_words, true);
	a = meta_array(m, o, "handlers");
	for (i = 0; a && i < json_object_array_length(a); i++)
		read_handler(m, json_object_array_get_idx(a, i), p);
	p->class_name = meta_word(m, o, "class", class_words, false);
	meta_list(m, o, "rules", &p->rules, meta_is_rule);
	meta_list(m, o, "prerequisites", &p->prerequisites, shelf_is_name);
	meta_list(m, o, "arch", &p->archs, is_arch);
	meta_list(m, o, "questions", &p->questions, meta_any_text);
	meta_list(m, o, "differences", &p->differences, meta_any_text);
	a = json_object_object_get(o, "boot") ? meta_array(m, o, "boot") : NULL;
	for (i = 0; a && i < json_object_array_length(a); i++)
		read_announced(m, json_object_array_get_idx(a, i), p);
	if (json_object_object_get(o, "provides"))
		meta_list(m, o, "provides", &p->provides, need_is_known);
	if (p->provides.nr && p->kind && strcmp(p->kind, "core"))
		meta_fail(m, xasprintf("a %s provides nothing that handlers wait for: that is for a core patch", p->kind));
	meta_verified(m, json_object_object_get(o, "verified"), &p->verified);
	if (p->kind && !strcmp(p->kind, "conversion") && !shelf_converts(p))
		meta_fail(m, xstrdup("a conversion names the handlers that it converts"));
	if (!p->archs.nr)
		meta_fail(m, xstrdup("\"arch\" names no architecture"));
}

int shelf_read_meta(struct shelf_patch *p, const struct strbuf *json, char **error)
{
	struct meta m = { 0 };
	struct json_object *root = meta_open(&m, json);

	if (root)
		read_all(&m, root, p);
	json_object_put(root);
	*error = m.error;
	return m.error ? -EINVAL : 0;
}
