// SPDX-License-Identifier: GPL-2.0-only
/* What the readers of a shelf's metadata share, of meta.h. */
#include "shelf/meta.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "inventory_words.h"
#include "plan.h"
#include "rewrite/source.h"

enum { MAX_DEPTH = 8, MAX_ITEMS = 200, MAX_TEXT = 4000 };

bool meta_fail(struct meta *m, char *error)
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

char *meta_text(struct meta *m, struct json_object *o, const char *key, bool needed)
{
	struct json_object *v = json_object_object_get(o, key);

	if (!needed && (!v || (json_object_is_type(v, json_type_string) && !json_object_get_string_len(v))))
		return NULL;
	if (!is_line_of_text(v)) {
		meta_fail(m, xasprintf("\"%s\" is %s", key, v ? "no text of one line" : "missing"));
		return NULL;
	}
	return xstrdup(json_object_get_string(v));
}

char *meta_word(struct meta *m, struct json_object *o, const char *key, const char *const *words, bool needed)
{
	char *s = meta_text(m, o, key, needed);
	struct strbuf b = { 0 };
	size_t i;

	if (s && word_index(words, s) < 0) {
		for (i = 0; words[i]; i++)
			strbuf_addf(&b, "%s%s", i ? ", " : "", words[i]);
		meta_fail(m, xasprintf("\"%s\": \"%s\" is none of its words: %s%s", key, s, b.s, needed ? "" : "; or null"));
		strbuf_free(&b);
		free(s);
		s = NULL;
	}
	return s;
}

struct json_object *meta_array(struct meta *m, struct json_object *o, const char *key)
{
	struct json_object *v = json_object_object_get(o, key);

	if (!v || !json_object_is_type(v, json_type_array) || json_object_array_length(v) > MAX_ITEMS) {
		meta_fail(m, xasprintf("\"%s\" is %s", key, v ? "no list, or one of more than 200" : "missing"));
		return NULL;
	}
	return v;
}

bool meta_any_text(const char *s)
{
	(void)s;
	return true;
}

bool meta_is_rule(const char *s)
{
	size_t len = s[0] == 'R' ? strspn(s + 1, "0123456789") : 0;

	return len && len <= 2 && !s[1 + len];
}

void meta_list(struct meta *m, struct json_object *o, const char *key, struct strlist *l, bool (*fits)(const char *s))
{
	struct json_object *a = meta_array(m, o, key), *v;
	size_t i;

	for (i = 0; a && i < json_object_array_length(a); i++) {
		v = json_object_array_get_idx(a, i);
		if (!is_line_of_text(v) || !fits(json_object_get_string(v)) || !strlist_add_once(l, json_object_get_string(v))) {
			meta_fail(m, xasprintf("\"%s\": item %zu does not belong there, or is there twice", key, i + 1));
			return;
		}
	}
}

void meta_only(struct meta *m, struct json_object *o, const char *const *keys)
{
	json_object_object_foreach(o, key, value) {
		(void)value;
		if (word_index(keys, key) < 0)
			meta_fail(m, xasprintf("\"%.60s\" is no member that mmapconv knows", key));
	}
}

bool meta_is_object(struct meta *m, struct json_object *o, const char *what)
{
	return (o && json_object_is_type(o, json_type_object)) || meta_fail(m, xasprintf("\"%s\" is missing, or no object", what));
}

void meta_id(struct meta *m, const char *id, char **file, char **function)
{
	const char *colon = id ? strrchr(id, ':') : NULL;

	if (!id)
		return;
	*file = colon ? xstrndup(id, (size_t)(colon - id)) : NULL;
	*function = colon ? xstrdup(colon + 1) : NULL;
	if (!colon || !plan_path_is_safe(*file) || !is_c_identifier(*function))
		meta_fail(m, xasprintf("\"%s\" is no file:function of a tree", id));
}

void meta_schema(struct meta *m, struct json_object *o)
{
	char *schema = meta_text(m, o, "schema", true);

	if (schema && strcmp(schema, SHELF_SCHEMA))
		meta_fail(m, xasprintf("its schema is \"%s\", and this mmapconv reads \"" SHELF_SCHEMA "\"", schema));
	free(schema);
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

void meta_verified(struct meta *m, struct json_object *o, struct shelf_verified *v)
{
	static const char *const keys[] = { "release", "date", "compile", "checkpatch", "audit", "boot", NULL };

	if (!meta_is_object(m, o, "verified"))
		return;
	meta_only(m, o, keys);
	v->release = meta_text(m, o, "release", true);
	v->date = meta_text(m, o, "date", true);
	v->compile = meta_text(m, o, "compile", false);
	v->checkpatch = meta_text(m, o, "checkpatch", false);
	v->audit = meta_text(m, o, "audit", false);
	v->boot = meta_text(m, o, "boot", false);
	if (v->date && !is_date(v->date))
		meta_fail(m, xasprintf("\"date\": \"%s\" is no date such as 2026-01-31", v->date));
}

struct json_object *meta_open(struct meta *m, const struct strbuf *json)
{
	struct json_tokener *tok = json_tokener_new_ex(MAX_DEPTH);
	struct json_object *root = NULL;

	if (!tok) {
		meta_fail(m, xstrdup("there is no memory to read it"));
		return NULL;
	}
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	if (json->len && !memchr(json->s, '\0', json->len))
		root = json_tokener_parse_ex(tok, json->s, (int)json->len);
	if (!root || json_tokener_get_error(tok) != json_tokener_success || !json_object_is_type(root, json_type_object)) {
		meta_fail(m, xasprintf("is no JSON object (%s at byte %zu)", json_tokener_error_desc(json_tokener_get_error(tok)),
				       json_tokener_get_parse_end(tok)));
		json_object_put(root);
		root = NULL;
	}
	json_tokener_free(tok);
	return root;
}
