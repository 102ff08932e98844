/* SPDX-License-Identifier: GPL-2.0-only */
/* Short forms over json-c.  A getter never fails: a missing or mistyped member reads as nothing. */
#ifndef MMAPCONV_BASE_JSON_H
#define MMAPCONV_BASE_JSON_H

#include <json-c/json.h>
#include "base/mem.h"

/* obj[key] = value; a NULL string is JSON null. */
void json_set_str(struct json_object *obj, const char *key, const char *value);
void json_set_int(struct json_object *obj, const char *key, int64_t value);
void json_set_list(struct json_object *obj, const char *key, const struct strlist *list);
void json_add_str(struct json_object *array, const char *value);

/* A copy that the caller frees, or NULL. */
char *json_get_str(struct json_object *obj, const char *key);
int64_t json_get_int(struct json_object *obj, const char *key);
void json_get_list(struct json_object *obj, const char *key, struct strlist *list);
/* The array obj[key], or NULL; its length is 0 then. */
struct json_object *json_get_array(struct json_object *obj, const char *key, size_t *len);
/* Element i of an array as a string copy, or NULL. */
char *json_at_str(struct json_object *array, size_t i);
int64_t json_at_int(struct json_object *array, size_t i);

#endif
