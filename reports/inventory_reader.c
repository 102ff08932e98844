// SPDX-License-Identifier: GPL-2.0-only
#include "inventory_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "inventory_words.h"
#include "utf8.h"

static void add_where(struct strbuf *b, const struct where *w)
{
	if (!w)
		return;
	add_where(b, w->up);
	if (w->is_element)
		strbuf_addf(b, "[%zu]", w->index);
	else
		strbuf_addf(b, "%s%s", b->len ? "." : "", w->key);
}

/* A value out of the file, short and fit for a terminal. */
static void add_quoted(struct strbuf *b, const char *s)
{
	size_t i;

	strbuf_adds(b, "\"");
	for (i = 0; s[i] && i < 60; i++)
		strbuf_addf(b, "%c", s[i] >= ' ' && s[i] < 0x7f ? s[i] : '?');
	strbuf_adds(b, s[i] ? "…\"" : "\"");
}

int reader_bad(const struct reader *r, const struct where *w, const char *value, const char *what)
{
	struct strbuf b = { 0 };

	add_where(&b, w);
	strbuf_adds(&b, b.len ? ": " : "the file: ");
	if (value) {
		add_quoted(&b, value);
		strbuf_adds(&b, " ");
	}
	log_error("%s: %s%s; run `mmapconv scan` again to write a sound inventory", r->path, b.s,
		  what);
	strbuf_free(&b);
	return -EINVAL;
}

static int bad_word(const struct reader *r, const struct where *w, const char *value,
		    const char *const *words)
{
	struct strbuf b = { 0 };
	int ret;

	strbuf_adds(&b, "is not one of");
	for (; *words; words++)
		strbuf_addf(&b, " %s%s", *words, words[1] ? "," : "");
	ret = reader_bad(r, w, value, b.s);
	strbuf_free(&b);
	return ret;
}

static bool is_name(const char *s)
{
	const char *p;

	for (p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	return p > s;
}

static bool is_place(const char *s)
{
	const char *colon = strrchr(s, ':');
	bool inside;
	char *path;

	if (!colon || !colon[1] || colon[1 + strspn(colon + 1, "0123456789")])
		return false;
	path = xstrndup(s, (size_t)(colon - s));
	inside = path_is_inside(path);
	free(path);
	return inside;
}

static int check_text(const struct reader *r, const struct where *w, const struct field *f,
		      const char *s)
{
	switch (f->rule) {
	case RULE_ANY:
		return 0;
	case RULE_FULL:
		return *s ? 0 : reader_bad(r, w, NULL, "is empty");
	case RULE_NAME:
		return is_name(s) ? 0 : reader_bad(r, w, s, "is empty or holds a control character");
	case RULE_PATH_OR_EMPTY:
		if (!*s)
			return 0;
		/* fall through */
	case RULE_PATH:
		return path_is_inside(s) ? 0 : reader_bad(r, w, s, "is not a path below its folder");
	case RULE_PLACE:
		return is_place(s) ? 0 : reader_bad(r, w, s, "is not a path below the tree and a line");
	case RULE_WORD:
		return word_index(f->words, s) >= 0 ? 0 : bad_word(r, w, s, f->words);
	case RULE_HOW:
		return how_is_known(s) ? 0 : bad_word(r, w, s, how_words);
	case RULE_SCHEMA:
		return !strcmp(s, INVENTORY_SCHEMA) ? 0 :
		       reader_bad(r, w, s, "is not \"" INVENTORY_SCHEMA "\": another mmapconv wrote it");
	}
	return -EINVAL;
}

static int read_text(const struct reader *r, const struct where *w, const struct field *f,
		     struct json_object *value, char **out)
{
	const char *s;
	int ret;

	if (!json_object_is_type(value, json_type_string))
		return reader_bad(r, w, NULL, f->nullable ? "is neither a string nor null" : "is not a string");
	s = json_object_get_string(value);
	if (strlen(s) != (size_t)json_object_get_string_len(value) || !utf8_valid(s))
		return reader_bad(r, w, s, "holds a NUL byte or is not UTF-8");
	ret = check_text(r, w, f, s);
	if (!ret)
		*out = xstrdup(s);
	return ret;
}

static int read_strings(const struct reader *r, const struct where *w, const struct field *f,
			struct json_object *array, struct strlist *list)
{
	struct where element = { .up = w, .is_element = true };
	char *s;
	int ret;

	if (!json_object_is_type(array, json_type_array))
		return reader_bad(r, w, NULL, "is not a list");
	for (; element.index < json_object_array_length(array); element.index++) {
		ret = read_text(r, &element, f, json_object_array_get_idx(array, element.index), &s);
		if (ret)
			return ret;
		*vec_push(list) = s;
	}
	return 0;
}

static int read_records(const struct reader *r, const struct where *w, const struct field *f,
			struct json_object *array, void *base)
{
	struct where element = { .up = w, .is_element = true };
	char *items;
	size_t nr;
	int ret;

	if (!json_object_is_type(array, json_type_array))
		return reader_bad(r, w, NULL, "is not a list");
	nr = json_object_array_length(array);
	items = xcalloc(nr, f->record->size);
	/* Set first: what an early return leaves half-read is freed with the inventory. */
	field_set_array(f, base, items, nr);
	for (; element.index < nr; element.index++) {
		ret = reader_record(r, &element, f->record,
				  json_object_array_get_idx(array, element.index),
				  items + element.index * f->record->size);
		if (ret)
			return ret;
	}
	return 0;
}

static int read_api(const struct reader *r, const struct where *w, struct json_object *obj,
		    struct inventory *inv)
{
	struct where member = { .up = w };

	if (!json_object_is_type(obj, json_type_object))
		return reader_bad(r, w, NULL, "is not an object");
	json_object_object_foreach(obj, key, value) {
		member.key = "a key";
		if (!*key || key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_")])
			return reader_bad(r, &member, key, "is no name of an API feature");
		member.key = key;
		if (!json_object_is_type(value, json_type_boolean))
			return reader_bad(r, &member, NULL, "is neither true nor false");
		strlist_add(json_object_get_boolean(value) ? &inv->api : &inv->api_missing, key);
	}
	return 0;
}

static int read_number(const struct reader *r, const struct where *w, const struct field *f,
		       struct json_object *value, unsigned *out)
{
	int64_t n;

	if (!json_object_is_type(value, json_type_int))
		return reader_bad(r, w, NULL, "is not a whole number");
	n = json_object_get_int64(value);
	if (n < f->min || n > f->max)
		return reader_bad(r, w, json_object_to_json_string(value), "is out of range");
	*out = (unsigned)n;
	return 0;
}

static int read_field(const struct reader *r, const struct where *w, const struct field *f,
		      struct json_object *value, void *base)
{
	void *at = (char *)base + f->offset;
	char *s = NULL;
	int ret;

	switch (f->kind) {
	case FIELD_STRING:
		if (!value && f->nullable)
			return 0;
		ret = read_text(r, w, f, value, &s);
		field_set_string(f, base, s);
		return ret;
	case FIELD_NUMBER:
		return read_number(r, w, f, value, at);
	case FIELD_BOOL:
		if (!json_object_is_type(value, json_type_boolean))
			return reader_bad(r, w, NULL, "is neither true nor false");
		*(bool *)at = json_object_get_boolean(value);
		return 0;
	case FIELD_STRINGS:
		return read_strings(r, w, f, value, at);
	case FIELD_RECORDS:
		return read_records(r, w, f, value, base);
	case FIELD_RECORD:
		return value ? reader_record(r, w, f->record, value, at) : 0;
	case FIELD_GROUP:
		return reader_record(r, w, f->record, value, base);
	case FIELD_API:
		return read_api(r, w, value, base);
	case FIELD_TOTALS:
	case FIELD_UNLOCKS:
		return 0;	/* compared when all handlers are there */
	}
	return -EINVAL;
}

int reader_record(const struct reader *r, const struct where *w, const struct record *rec,
		  struct json_object *obj, void *base)
{
	struct where member = { .up = w };
	struct json_object *value;
	const struct field *f;
	int ret;

	if (!json_object_is_type(obj, json_type_object))
		return reader_bad(r, w, NULL, "is not an object");
	for (f = rec->fields; f->key; f++) {
		member.key = f->key;
		if (!json_object_object_get_ex(obj, f->key, &value))
			return reader_bad(r, &member, NULL, "is missing");
		ret = read_field(r, &member, f, value, base);
		if (ret)
			return ret;
	}
	json_object_object_foreach(obj, key, unused) {
		(void)unused;
		for (f = rec->fields; f->key && strcmp(f->key, key); f++)
			;
		if (!f->key)
			return reader_bad(r, w, key, "is not a member that this mmapconv knows");
	}
	return 0;
}
