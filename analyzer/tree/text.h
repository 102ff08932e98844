/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a file's text says about mmap handlers, all #if branches included: where tables are filled,
 * where functions that take a vma are defined and declared, which macros fill in a `.mmap`.
 * libclang confirms it for the branch that is compiled; this is what the branches are checked with.
 */
#ifndef MMAPCONV_TREE_TEXT_H
#define MMAPCONV_TREE_TEXT_H

#include "base/mem.h"

/* A `.mmap = value` (initializer, or assignment in a function). */
struct text_site {
	char *file;
	unsigned line;
	char *tag;			/* the struct's tag where the text says it, or "" */
	char *table;			/* the variable, or "" */
	char *value;			/* last identifier of the value, "NULL", or "" */
	char *how;			/* "static", "array", "nested", "compound", "assignment", "macro",
					 * "rust" */
	char *macro;			/* the macro in whose body it stands, or NULL */
	char *condition;
	bool is_static;
};

enum text_function_kind { TEXT_DEFINITION, TEXT_DECLARATION, TEXT_NULL_DEFINE };

/* A function with a `struct vm_area_struct *` parameter, or `#define NAME NULL`. */
struct text_function {
	char *file;
	unsigned line;
	char *name;
	enum text_function_kind kind;
	char *condition;
};

/* `x->f_op = &table`: live files change their operations (R19). */
struct text_swap { char *file, *table; unsigned line; };

struct text_facts {
	VEC(struct text_site) sites;
	VEC(struct text_swap) swaps;
	VEC(struct text_function) functions;
	bool copies_table;		/* it may copy a struct file_operations whole */
};

/* Scan one file's text.  file: relative path, for the records.  Adds to facts. */
void text_scan(const char *file, const char *text, size_t len, struct text_facts *facts);

/* Rust: `mmap: Some(x)` and `.mmap = Some(x)` in an abstraction over struct file_operations. */
void text_scan_rust(const char *file, const char *text, size_t len, struct text_facts *facts);

void text_facts_free(struct text_facts *facts);

/* Every use of an identifier in names (sorted) that is neither its definition nor its declaration
 * nor the value of a table's field. */
struct text_use { char *file; unsigned line; char *name; bool exported; };
VEC_DECLARE(text_uses, struct text_use);
void text_uses(const char *file, const char *text, size_t len, const struct strlist *names,
	       struct text_uses *uses);

/* How often an identifier stands in a text, comments and strings aside, macro bodies included. */
unsigned text_count(const char *text, size_t len, const char *name);

#endif
