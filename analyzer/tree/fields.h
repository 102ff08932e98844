/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which fields can hold a handler.  Tier 1 is file_operations.mmap.  Any other field that points to
 * a function with a vma parameter can be tier 2, but for the kinds in fields.c; it is, when a tier
 * 1 handler reaches a call through it.  A field is written "tag.name".
 */
#ifndef MMAPCONV_TREE_FIELDS_H
#define MMAPCONV_TREE_FIELDS_H

#include "tree/text.h"

#define TIER_1_TAG "file_operations"
#define TIER_1_NAME "mmap"
#define TIER_1_FIELD TIER_1_TAG "." TIER_1_NAME

/* Why the fields of a struct (of this tag, declared in this file) are no tier 2 fields, or NULL. */
const char *field_excluded(const char *tag, const char *file);

/* "tag.name" of the fields that can hold a handler of either tier, sorted. */
void field_list(const struct text_facts *facts, struct strlist *fields);
/* "tag.name" of the fields that hold hooks, sorted. */
void field_hooks(const struct text_facts *facts, struct strlist *fields);
/* The names alone, sorted, each once. */
void field_names(const struct strlist *fields, struct strlist *names);

/* Is tag.name in a sorted list? */
bool field_listed(const struct strlist *fields, const char *tag, const char *name);

#endif
