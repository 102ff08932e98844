// SPDX-License-Identifier: GPL-2.0-only
/* The metadata of a shelf's patch as text, of shelf.h. */
#include <string.h>

#include "base/json.h"
#include "shelf/shelf.h"

static struct json_object *handlers(const struct shelf_patch *p)
{
	struct json_object *list = json_object_new_array(), *o;
	const struct shelf_handler *h;

	vec_each(h, &p->handlers) {
		o = json_object_new_object();
		json_set_str(o, "id", h->id);
		json_set_str(o, "hook", h->hook);
		if (h->proof)
			json_set_str(o, "proof", h->proof);
		if (h->why)
			json_set_str(o, "why", h->why);
		json_object_array_add(list, o);
	}
	return list;
}

static struct json_object *announced(const struct shelf_patch *p)
{
	struct json_object *list = json_object_new_array(), *o;
	const struct boot_announced *a;

	vec_each(a, &p->boot) {
		o = json_object_new_object();
		json_set_str(o, "subject", a->subject);
		json_set_str(o, "request", a->request);
		json_set_str(o, "key", a->key);
		json_set_str(o, "old", a->old_value);
		json_set_str(o, "new", a->new_value);
		json_set_str(o, "why", a->why);
		json_object_array_add(list, o);
	}
	return list;
}

static void print(struct json_object *o, struct strbuf *b)
{
	strbuf_addf(b, "%s\n", json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}

void shelf_write_judgement(const struct shelf_judgement *j, struct strbuf *b)
{
	struct json_object *o = json_object_new_object(), *v = json_object_new_object(), *list = json_object_new_array(), *one;
	const struct shelf_text *t;

	json_set_str(o, "schema", SHELF_SCHEMA);
	json_set_str(o, "kind", "judged");
	json_set_str(o, "handler", j->id);
	json_set_list(o, "needs", &j->needs);
	json_set_str(o, "why", j->why);
	json_set_list(o, "rules", &j->rules);
	vec_each(t, &j->read) {
		one = json_object_new_object();
		json_set_str(one, "function", t->id);
		json_set_str(one, "text", t->hash);
		json_object_array_add(list, one);
	}
	json_object_object_add(o, "read", list);
	json_set_str(v, "release", j->verified.release);
	json_set_str(v, "date", j->verified.date);
	json_object_object_add(o, "verified", v);
	json_set_list(o, "remarks", &j->remarks);
	print(o, b);
}

void shelf_write_meta(const struct shelf_patch *p, struct strbuf *b)
{
	struct json_object *o = json_object_new_object(), *v = json_object_new_object();

	json_set_str(o, "schema", SHELF_SCHEMA);
	json_set_str(o, "kind", p->kind);
	json_object_object_add(o, "handlers", handlers(p));
	json_set_str(o, "class", p->class_name);
	json_set_list(o, "rules", &p->rules);
	json_set_list(o, "prerequisites", &p->prerequisites);
	json_set_list(o, "arch", &p->archs);
	json_set_str(v, "release", p->verified.release);
	json_set_str(v, "date", p->verified.date);
	json_set_str(v, "compile", p->verified.compile);
	json_set_str(v, "checkpatch", p->verified.checkpatch);
	if (p->verified.audit)
		json_set_str(v, "audit", p->verified.audit);
	json_set_str(v, "boot", p->verified.boot);
	json_object_object_add(o, "verified", v);
	json_set_list(o, "questions", &p->questions);
	json_set_list(o, "differences", &p->differences);
	if (p->boot.nr)
		json_object_object_add(o, "boot", announced(p));
	if (p->provides.nr)
		json_set_list(o, "provides", &p->provides);
	print(o, b);
}
