/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One table of every field of the inventory: its JSON key, where it lies in memory, what it may
 * hold.  Freeing, writing and reading walk this table, so that they cannot disagree.
 * A new field is one row here, one member in inventory.h, one property in inventory.schema.json.
 */
#ifndef MMAPCONV_REPORTS_INVENTORY_FIELDS_H
#define MMAPCONV_REPORTS_INVENTORY_FIELDS_H

#include "inventory.h"

enum field_kind {
	FIELD_STRING,		/* char * */
	FIELD_NUMBER,		/* unsigned */
	FIELD_BOOL,
	FIELD_STRINGS,		/* struct strlist */
	FIELD_RECORDS,		/* an array of structs: a VEC, or a pointer and a count */
	FIELD_RECORD,		/* a struct inside this one; null when nothing is set in it */
	FIELD_GROUP,		/* an object in JSON whose members lie in this very struct */
	FIELD_API,		/* inventory.api and .api_missing as {key: bool} */
	FIELD_TOTALS,		/* computed from the handlers */
	FIELD_UNLOCKS,		/* so is this */
};

/* What a string, or each string of a list, may be. */
enum text_rule {
	RULE_ANY,
	RULE_FULL,		/* not empty */
	RULE_NAME,		/* not empty, no control character */
	RULE_PATH,		/* stays below its base: path_is_inside() */
	RULE_PATH_OR_EMPTY,
	RULE_PLACE,		/* "path:line" */
	RULE_WORD,		/* one of words */
	RULE_HOW,		/* how_is_known() */
	RULE_SCHEMA,		/* INVENTORY_SCHEMA */
};

struct field {
	const char *key;
	enum field_kind kind;
	size_t offset;
	enum text_rule rule;
	bool nullable;				/* strings: NULL is a value */
	const char *const *words;		/* RULE_WORD */
	unsigned min, max;			/* numbers */
	const struct record *record;		/* of arrays, records and groups */
	bool (*is_empty)(const void *record);	/* records: nothing is set */
	size_t count_offset, cap_offset;	/* of arrays; cap_offset 0: there is none */
};

struct record {
	size_t size;				/* of the struct, 0 for a group */
	const struct field *fields;		/* ends with a NULL key */
};

extern const struct record inventory_record;

/* The members of an array field. */
struct array_view { char *items; size_t nr; };
struct array_view field_array(const struct field *f, const void *base);
void field_set_array(const struct field *f, void *base, void *items, size_t nr);

/* A string field's value. */
char *field_string(const struct field *f, const void *base);
void field_set_string(const struct field *f, void *base, char *value);

#endif
