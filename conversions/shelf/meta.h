/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside shelf/: reading metadata.  What does not hold to shelf.schema.json is refused with its place. */
#ifndef MMAPCONV_CONVERSIONS_SHELF_META_H
#define MMAPCONV_CONVERSIONS_SHELF_META_H

#include <json-c/json.h>

#include "shelf/shelf.h"

/* The first thing that does not fit stays; the caller frees it. */
struct meta { char *error; };

/* Takes over error; false. */
bool meta_fail(struct meta *m, char *error);

/* The text's object, or NULL with an error; json_object_put() frees. */
struct json_object *meta_open(struct meta *m, const struct strbuf *json);
/* It is for this program, by its "schema". */
void meta_schema(struct meta *m, struct json_object *o);
/* It has no member but these; keys ends with NULL. */
void meta_only(struct meta *m, struct json_object *o, const char *const *keys);
bool meta_is_object(struct meta *m, struct json_object *o, const char *what);

/* o[key], which the caller frees; NULL, also without an error where it is null, empty or not there and may be so. */
char *meta_text(struct meta *m, struct json_object *o, const char *key, bool needed);
/* The same, of one of words, which end with NULL. */
char *meta_word(struct meta *m, struct json_object *o, const char *key, const char *const *words, bool needed);
/* o[key], of bounded length, or NULL with an error. */
struct json_object *meta_array(struct meta *m, struct json_object *o, const char *key);
/* A list of different texts of which each fits. */
void meta_list(struct meta *m, struct json_object *o, const char *key, struct strlist *l, bool (*fits)(const char *s));
bool meta_any_text(const char *s);
bool meta_is_rule(const char *s);
/* "file:function" of a tree, in its parts; id may be NULL after an error.  The caller frees both. */
void meta_id(struct meta *m, const char *id, char **file, char **function);
void meta_verified(struct meta *m, struct json_object *o, struct shelf_verified *v);

#endif
