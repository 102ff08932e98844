// SPDX-License-Identifier: GPL-2.0-only
#include "base/json.h"

void json_set_str(struct json_object *obj, const char *key, const char *value)
{
	json_object_object_add(obj, key, value ? json_object_new_string(value) : NULL);
}

void json_set_int(struct json_object *obj, const char *key, int64_t value)
{
	json_object_object_add(obj, key, json_object_new_int64(value));
}

void json_add_str(struct json_object *array, const char *value)
{
	json_object_array_add(array, value ? json_object_new_string(value) : NULL);
}

void json_set_list(struct json_object *obj, const char *key, const struct strlist *list)
{
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < list->nr; i++)
		json_add_str(array, list->items[i]);
	json_object_object_add(obj, key, array);
}

static char *copy_string(struct json_object *value)
{
	if (!json_object_is_type(value, json_type_string))
		return NULL;
	return xstrdup(json_object_get_string(value));
}

char *json_get_str(struct json_object *obj, const char *key)
{
	struct json_object *value;

	return json_object_object_get_ex(obj, key, &value) ? copy_string(value) : NULL;
}

int64_t json_get_int(struct json_object *obj, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(obj, key, &value) || !json_object_is_type(value, json_type_int))
		return 0;
	return json_object_get_int64(value);
}

struct json_object *json_get_array(struct json_object *obj, const char *key, size_t *len)
{
	struct json_object *value;

	*len = 0;
	if (!json_object_object_get_ex(obj, key, &value) || !json_object_is_type(value, json_type_array))
		return NULL;
	*len = json_object_array_length(value);
	return value;
}

void json_get_list(struct json_object *obj, const char *key, struct strlist *list)
{
	size_t i, len;
	struct json_object *array = json_get_array(obj, key, &len);
	char *s;

	for (i = 0; i < len; i++) {
		s = json_at_str(array, i);
		if (s)
			*vec_push(list) = s;
	}
}

char *json_at_str(struct json_object *array, size_t i)
{
	return copy_string(json_object_array_get_idx(array, i));
}

int64_t json_at_int(struct json_object *array, size_t i)
{
	struct json_object *value = json_object_array_get_idx(array, i);

	return json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : 0;
}
