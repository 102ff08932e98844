/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a file's text says about callbacks that take a vma, all #if branches included: which fields
 * of which structs hold them, where those are filled in, where functions that take a vma are
 * defined and declared, what such a function names.  libclang confirms it for the branch that is
 * compiled; this is what the branches are checked with.
 */
#ifndef MMAPCONV_TREE_TEXT_H
#define MMAPCONV_TREE_TEXT_H

#include "base/mem.h"

/* A member of a struct that points to a function with a vma (or a descriptor) parameter. */
struct text_field {
	char *file;
	unsigned line;
	char *tag;			/* the struct's, of the nearest one around it that has one */
	char *name;
	bool desc;			/* it takes a struct vm_area_desc *: a hook */
	const char *excluded;		/* why it is no tier 2 field, or NULL; see fields.c */
};

/* A `.field = value` (initializer, or assignment in a function). */
struct text_site {
	char *file;
	unsigned line;
	char *tag;			/* the struct's tag where the text says it, or "" */
	char *field;
	char *table;			/* the variable, or "" */
	char *value;			/* last identifier of the value, "NULL"; "" if it is pasted */
	char *how;			/* "static", "array", "nested", "compound", "assignment", "macro",
					 * "macro:NAME" (it stands in what that macro expands to), "rust" */
	char *macro;			/* the macro in whose body it stands, or NULL */
	char *condition;
	bool is_static;
	bool opaque;			/* the value is no plain name: pasted, a parameter, a choice, … */
	unsigned table_arg;		/* in a macro: the parameter that is the table's name, from 1; or 0 */
};

enum text_function_kind { TEXT_DEFINITION, TEXT_DECLARATION, TEXT_NULL_DEFINE };

/* A function with a `struct vm_area_struct *` parameter, or `#define NAME NULL`. */
struct text_function {
	char *file;
	unsigned line;
	char *name;
	enum text_function_kind kind;
	char *condition;
	bool is_static;
	struct strlist names;		/* identifiers of a definition's body, sorted; no members but
					 * those that text_query.fields names */
};

/* `x->f_op = &table`: live files change their operations (R19). */
struct text_swap { char *file, *table; unsigned line; };

/* A macro whose body names a field or another macro of text_query, and which.  bare: the field is no
 * member there, only a word (an argument of another macro, or no field at all). */
struct text_macro { char *file, *name, *uses; bool bare; };

/* A call through a field in a function without a vma parameter. */
struct text_call { char *file, *field; unsigned line; };

struct text_facts {
	VEC(struct text_field) fields;
	struct strlist typedefs;	/* of functions that take a vma; "desc NAME" for a descriptor */
	VEC(struct text_site) sites;
	VEC(struct text_swap) swaps;
	VEC(struct text_function) functions;
	VEC(struct text_macro) macros;
	VEC(struct text_call) calls;
	bool copies_table;		/* it may copy a table whole */
	bool unclear;			/* a macro that fills in a field is used in a way not understood, or
					 * a struct with such a field has a value without a designator */
};

/*
 * What a macro fills in, macros that it uses included.  tag: of the table that it holds itself, or "";
 * is_static and table_arg are that table's.
 */
struct text_fill { char *macro, *tag, *field, *value; bool opaque, is_static; unsigned table_arg; };
VEC_DECLARE(text_fills, struct text_fill);

/* What to look for. */
struct text_query {
	const struct strlist *fields;	/* names, sorted */
	const struct strlist *structs;	/* their tags, sorted */
	const struct strlist *macros;	/* that name a field, sorted */
	const struct text_fills *fills;	/* sorted by macro */
	const struct strlist *typedefs;	/* as in text_facts, sorted */
	const struct strlist *functions;	/* sorted; recorded whatever they take, or NULL */
};

/*
 * Scan one file's text.  file: relative path, for the records.  Adds to facts.  Fields that the
 * file declares itself are looked for beside those of q.
 */
void text_scan(const char *file, const char *text, size_t len, const struct text_query *q,
	       struct text_facts *facts);

/* Only the fields and typedefs of one file; q->typedefs is all that is read of q. */
void text_scan_fields(const char *file, const char *text, size_t len, const struct text_query *q,
		      struct text_facts *facts);

/* Only the macros of one file that use one of q->macros. */
void text_scan_macros(const char *file, const char *text, size_t len, const struct text_query *q,
		      struct text_facts *facts);

/*
 * Rust: `field: Some(x)` in a struct expression and `.field = Some(x)`, in a file that names one of
 * q->structs; file_operations is always one.
 */
void text_scan_rust(const char *file, const char *text, size_t len, const struct text_query *q,
		    struct text_facts *facts);

/* Append what part found to facts, and leave part empty. */
void text_facts_move(struct text_facts *facts, struct text_facts *part);
void text_facts_free(struct text_facts *facts);
/* Keep only the first nr sites. */
void text_facts_cut_sites(struct text_facts *facts, size_t nr);

/* Every use of an identifier in names (sorted) that is neither its definition nor its declaration
 * nor the value of a table's field. */
struct text_use {
	char *file;
	unsigned line;
	char *name;
	bool exported;
	char *arguments;		/* of `return name(file, vma);`: "file,vma"; else NULL, also when one is
					 * more than a name */
};
VEC_DECLARE(text_uses, struct text_use);
void text_uses(const char *file, const char *text, size_t len, const struct strlist *names,
	       struct text_uses *uses);
void text_uses_free(struct text_uses *uses);

/* An argument of a call outside of macros' bodies.  value: the name (or that in `&name`), or "": it is no name. */
struct text_argument { char *file, *function, *value; unsigned line, nr; /* nr: from 1 */ };
VEC_DECLARE(text_arguments, struct text_argument);
/* The arguments of the functions in names (sorted). */
void text_arguments(const char *file, const char *text, size_t len, const struct strlist *names,
		    struct text_arguments *out);
void text_arguments_free(struct text_arguments *list);

/* How often an identifier stands in a text, comments and strings aside, macro bodies included. */
unsigned text_count(const char *text, size_t len, const char *name);

#endif
