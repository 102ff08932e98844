// SPDX-License-Identifier: GPL-2.0-only
#include "contract/json_strict.h"

#include <string.h>

void strict_begin(struct strict *r, struct json_object *obj)
{
	*r = (struct strict){ .obj = obj, .bad = !json_object_is_type(obj, json_type_object) };
}

static bool find(struct strict *r, const char *key, struct json_object **value)
{
	if (r->bad || !json_object_object_get_ex(r->obj, key, value))
		return false;
	r->used++;
	return true;
}

bool strict_text(struct json_object *value, const char **s)
{
	if (!json_object_is_type(value, json_type_string))
		return false;
	*s = json_object_get_string(value);
	return strlen(*s) == (size_t)json_object_get_string_len(value);
}

bool strict_number(struct json_object *value, uint64_t max, uint64_t *n)
{
	if (!json_object_is_type(value, json_type_int) || json_object_get_int64(value) < 0)
		return false;
	*n = json_object_get_uint64(value);
	return *n <= max;
}

char *strict_str(struct strict *r, const char *key, bool required)
{
	struct json_object *value;
	const char *s;

	if (!find(r, key, &value)) {
		r->bad |= required;
		return NULL;
	}
	if (strict_text(value, &s))
		return xstrdup(s);
	r->bad = true;
	return NULL;
}

uint64_t strict_uint(struct strict *r, const char *key, uint64_t max)
{
	struct json_object *value;
	uint64_t n = 0;

	if (find(r, key, &value) && !strict_number(value, max, &n)) {
		r->bad = true;
		return 0;
	}
	return n;
}

int64_t strict_int(struct strict *r, const char *key)
{
	struct json_object *value;

	if (!find(r, key, &value))
		return 0;
	r->bad |= !json_object_is_type(value, json_type_int);
	return json_object_get_int64(value);
}

bool strict_bool(struct strict *r, const char *key)
{
	struct json_object *value;

	if (!find(r, key, &value))
		return false;
	r->bad |= !json_object_is_type(value, json_type_boolean);
	return json_object_get_boolean(value);
}

unsigned strict_word(struct strict *r, const char *key, const char *const *words)
{
	struct json_object *value;
	const char *s;
	unsigned i;

	if (!find(r, key, &value))
		return 0;
	if (strict_text(value, &s))
		for (i = 0; words[i]; i++)
			if (!strcmp(words[i], s))
				return i;
	r->bad = true;
	return 0;
}

struct json_object *strict_array(struct strict *r, const char *key, size_t max, size_t *len)
{
	struct json_object *value;

	*len = 0;
	if (!find(r, key, &value))
		return NULL;
	if (!json_object_is_type(value, json_type_array) || json_object_array_length(value) > max) {
		r->bad = true;
		return NULL;
	}
	*len = json_object_array_length(value);
	return value;
}

struct json_object *strict_member(struct strict *r, const char *key)
{
	struct json_object *value = NULL;

	return find(r, key, &value) ? value : NULL;
}

bool strict_end(const struct strict *r)
{
	return !r->bad && (size_t)json_object_object_length(r->obj) == r->used;
}
