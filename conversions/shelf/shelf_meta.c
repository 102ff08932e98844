// SPDX-License-Identifier: GPL-2.0-only
/* The metadata of a shelf's patch, of shelf.h.  What does not hold to shelf.schema.json is refused with its place. */
#include <ctype.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "inventory_words.h"
#include "plan.h"
#include "rewrite/source.h"
#include "shelf/shelf.h"
#include "tree/flags.h"

static const char *const claim_words[] = { "equal", "equal-but", "unknown", NULL };

enum { MAX_DEPTH = 8, MAX_ITEMS = 200, MAX_TEXT = 4000 };

/* The first thing that does not fit ends the reading. */
struct meta { char *error; };

static bool fail(struct meta *m, char *error)
{
	if (m->error)
		free(error);
	else
		m->error = error;
	return false;
}

/* Text for a person, a name, a place: one line without control characters. */
static bool is_line(const char *s)
{
	size_t len = strlen(s);

	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return false;
	return len && len <= MAX_TEXT;
}

static bool is_line_of_text(struct json_object *v)
{
	return v && json_object_is_type(v, json_type_string) && is_line(json_object_get_string(v)) &&
	       strlen(json_object_get_string(v)) == (size_t)json_object_get_string_len(v);
}

/* NULL, also without an error where it is null, empty or not there and may be so. */
static char *text(struct meta *m, struct json_object *o, const char *key, bool needed)
{
	struct json_object *v = json_object_object_get(o, key);

	if (!needed && (!v || (json_object_is_type(v, json_type_string) && !json_object_get_string_len(v))))
		return NULL;
	if (!is_line_of_text(v)) {
		fail(m, xasprintf("\"%s\" is %s", key, v ? "no text of one line" : "missing"));
		return NULL;
	}
	return xstrdup(json_object_get_string(v));
}

static char *word(struct meta *m, struct json_object *o, const char *key, const char *const *words, bool needed)
{
	char *s = text(m, o, key, needed);
	struct strbuf b = { 0 };
	size_t i;

	if (s && word_index(words, s) < 0) {
		for (i = 0; words[i]; i++)
			strbuf_addf(&b, "%s%s", i ? ", " : "", words[i]);
		fail(m, xasprintf("\"%s\": \"%s\" is none of its words: %s%s", key, s, b.s, needed ? "" : "; or null"));
		strbuf_free(&b);
		free(s);
		s = NULL;
	}
	return s;
}

static struct json_object *array(struct meta *m, struct json_object *o, const char *key)
{
	struct json_object *v = json_object_object_get(o, key);

	if (!v || !json_object_is_type(v, json_type_array) || json_object_array_length(v) > MAX_ITEMS) {
		fail(m, xasprintf("\"%s\" is %s", key, v ? "no list, or one of more than 200" : "missing"));
		return NULL;
	}
	return v;
}

static bool any_text(const char *s)
{
	(void)s;
	return true;
}

static bool is_rule(const char *s)
{
	size_t len = s[0] == 'R' ? strspn(s + 1, "0123456789") : 0;

	return len && len <= 2 && !s[1 + len];
}

static bool is_arch(const char *s)
{
	return arch_by_name(s);
}

bool shelf_is_name(const char *s)
{
	size_t len = strspn(s, "0123456789");

	return len == 4 && s[4] == '-' && (islower((unsigned char)s[5]) || isdigit((unsigned char)s[5])) && strlen(s) < 100 &&
	       s[5 + strspn(s + 5, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

static void list(struct meta *m, struct json_object *o, const char *key, struct strlist *l, bool (*fits)(const char *s))
{
	struct json_object *a = array(m, o, key), *v;
	size_t i;

	for (i = 0; a && i < json_object_array_length(a); i++) {
		v = json_object_array_get_idx(a, i);
		if (!is_line_of_text(v) || !fits(json_object_get_string(v)) || !strlist_add_once(l, json_object_get_string(v))) {
			fail(m, xasprintf("\"%s\": item %zu does not belong there, or is there twice", key, i + 1));
			return;
		}
	}
}

/* Nothing that the schema does not know. */
static void only(struct meta *m, struct json_object *o, const char *const *keys)
{
	json_object_object_foreach(o, key, value) {
		(void)value;
		if (word_index(keys, key) < 0)
			fail(m, xasprintf("\"%.60s\" is no member that mmapconv knows", key));
	}
}

static bool is_object(struct meta *m, struct json_object *o, const char *what)
{
	return (o && json_object_is_type(o, json_type_object)) || fail(m, xasprintf("\"%s\" is missing, or no object", what));
}

static void split_id(struct meta *m, struct shelf_handler *h)
{
	const char *colon = h->id ? strrchr(h->id, ':') : NULL;

	if (!h->id)
		return;
	h->file = colon ? xstrndup(h->id, (size_t)(colon - h->id)) : NULL;
	h->function = colon ? xstrdup(colon + 1) : NULL;
	if (!colon || !plan_path_is_safe(h->file) || !is_c_identifier(h->function))
		fail(m, xasprintf("\"%s\" is no file:function of a tree", h->id));
}

static void read_handler(struct meta *m, struct json_object *o, struct shelf_patch *p)
{
	static const char *const keys[] = { "id", "hook", "proof", "why", NULL };
	struct shelf_handler *h, *other;

	if (!is_object(m, o, "handlers"))
		return;
	h = vec_push(&p->handlers);
	only(m, o, keys);
	h->id = text(m, o, "id", true);
	split_id(m, h);
	h->hook = text(m, o, "hook", false);
	h->proof = word(m, o, "proof", claim_words, h->hook);
	h->why = text(m, o, "why", h->proof && strcmp(h->proof, "equal"));
	if (h->hook && (!is_c_identifier(h->hook) || (h->function && !strcmp(h->hook, h->function))))
		fail(m, xasprintf("\"hook\": \"%s\" is no new name for the function", h->hook));
	if (!h->hook && !strcmp(p->kind ? p->kind : "", "conversion"))
		fail(m, xasprintf("%s: a conversion names the hook of each handler", h->id ? h->id : "a handler"));
	vec_each(other, &p->handlers)
		if (other != h && h->id && other->id && !strcmp(other->id, h->id))
			fail(m, xasprintf("%s is there twice", h->id));
}

static bool is_date(const char *s)
{
	static const char form[] = "0000-00-00";
	size_t i;

	for (i = 0; form[i]; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)s[i]) : s[i] != form[i])
			return false;
	return !s[i];
}

static void read_verified(struct meta *m, struct json_object *o, struct shelf_verified *v)
{
	static const char *const keys[] = { "release", "date", "compile", "checkpatch", "boot", NULL };

	if (!is_object(m, o, "verified"))
		return;
	only(m, o, keys);
	v->release = text(m, o, "release", true);
	v->date = text(m, o, "date", true);
	v->compile = text(m, o, "compile", false);
	v->checkpatch = text(m, o, "checkpatch", false);
	v->boot = text(m, o, "boot", false);
	if (v->date && !is_date(v->date))
		fail(m, xasprintf("\"date\": \"%s\" is no date such as 2026-01-31", v->date));
}

/* A value's pattern: a text, or null for nothing there.  One that is not said would be any. */
static char *pattern(struct meta *m, struct json_object *o, const char *key)
{
	struct json_object *v;

	if (!json_object_object_get_ex(o, key, &v))
		fail(m, xasprintf("\"boot\": \"%s\" is missing; null is nothing, \"*\" anything", key));
	else if (v)
		return text(m, o, key, true);
	return NULL;
}

static void read_announced(struct meta *m, struct json_object *o, struct shelf_patch *p)
{
	static const char *const keys[] = { "subject", "request", "key", "old", "new", "why", NULL };
	struct boot_announced *a;

	if (!is_object(m, o, "boot"))
		return;
	a = vec_push(&p->boot);
	only(m, o, keys);
	a->subject = text(m, o, "subject", true);
	a->request = pattern(m, o, "request");
	a->key = text(m, o, "key", true);
	a->old_value = pattern(m, o, "old");
	a->new_value = pattern(m, o, "new");
	a->why = text(m, o, "why", true);
	if (!a->old_value && !a->new_value)
		fail(m, xstrdup("\"boot\": old and new are both null, which is no difference"));
}

static void read_all(struct meta *m, struct json_object *o, struct shelf_patch *p)
{
	static const char *const keys[] = { "schema", "kind", "handlers", "class", "rules", "prerequisites", "arch",
					    "verified", "questions", "differences", "boot", NULL };
	char *schema = text(m, o, "schema", true);
	struct json_object *a;
	size_t i;

	if (schema && strcmp(schema, SHELF_SCHEMA))
		fail(m, xasprintf("its schema is \"%s\", and this mmapconv reads \"" SHELF_SCHEMA "\"", schema));
	free(schema);
	if (m->error)
		return;
	only(m, o, keys);
	p->kind = word(m, o, "kind", hand_kind_words, true);
	a = array(m, o, "handlers");
	for (i = 0; a && i < json_object_array_length(a); i++)
		read_handler(m, json_object_array_get_idx(a, i), p);
	p->class_name = word(m, o, "class", class_words, false);
	list(m, o, "rules", &p->rules, is_rule);
	list(m, o, "prerequisites", &p->prerequisites, shelf_is_name);
	list(m, o, "arch", &p->archs, is_arch);
	list(m, o, "questions", &p->questions, any_text);
	list(m, o, "differences", &p->differences, any_text);
	a = json_object_object_get(o, "boot") ? array(m, o, "boot") : NULL;
	for (i = 0; a && i < json_object_array_length(a); i++)
		read_announced(m, json_object_array_get_idx(a, i), p);
	read_verified(m, json_object_object_get(o, "verified"), &p->verified);
	if (p->kind && !strcmp(p->kind, "conversion") && !shelf_converts(p))
		fail(m, xstrdup("a conversion names the handlers that it converts"));
	if (!p->archs.nr)
		fail(m, xstrdup("\"arch\" names no architecture"));
}

int shelf_read_meta(struct shelf_patch *p, const struct strbuf *json, char **error)
{
	struct json_tokener *tok = json_tokener_new_ex(MAX_DEPTH);
	struct json_object *root = NULL;
	struct meta m = { 0 };

	if (!tok)
		return -ENOMEM;
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	if (json->len && !memchr(json->s, '\0', json->len))
		root = json_tokener_parse_ex(tok, json->s, (int)json->len);
	if (!root || json_tokener_get_error(tok) != json_tokener_success || !json_object_is_type(root, json_type_object))
		fail(&m, xasprintf("is no JSON object (%s at byte %zu)", json_tokener_error_desc(json_tokener_get_error(tok)),
				   json_tokener_get_parse_end(tok)));
	else
		read_all(&m, root, p);
	json_object_put(root);
	json_tokener_free(tok);
	*error = m.error;
	return m.error ? -EINVAL : 0;
}
