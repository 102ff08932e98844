/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside contract/: members of a JSON object, every one of them known and of the right type.  A missing
 * one reads as 0 unless it is required.  What is wrong is remembered; strict_end() tells.
 */
#ifndef MMAPCONV_CONTRACT_JSON_STRICT_H
#define MMAPCONV_CONTRACT_JSON_STRICT_H

#include <stdint.h>
#include "base/json.h"

struct strict { struct json_object *obj; size_t used; bool bad; };

void strict_begin(struct strict *r, struct json_object *obj);
/* A copy that the caller frees, or NULL. */
char *strict_str(struct strict *r, const char *key, bool required);
uint64_t strict_uint(struct strict *r, const char *key, uint64_t max);
int64_t strict_int(struct strict *r, const char *key);
bool strict_bool(struct strict *r, const char *key);
/* The index of one of words, which end with NULL. */
unsigned strict_word(struct strict *r, const char *key, const char *const *words);
/* At most max elements; NULL and *len 0 when it is missing. */
struct json_object *strict_array(struct strict *r, const char *key, size_t max, size_t *len);
/* Any value, NULL when it is missing. */
struct json_object *strict_member(struct strict *r, const char *key);
/* Was everything right, and nothing there that was not asked for? */
bool strict_end(const struct strict *r);

/* Of a value on its own: false when it is none of its kind. */
bool strict_text(struct json_object *value, const char **s);	/* borrowed; no NUL inside */
bool strict_number(struct json_object *value, uint64_t max, uint64_t *n);

#endif
