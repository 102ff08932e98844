/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside parse/ only: the state of one translation unit, shared by lowering and site finding. */
#ifndef MMAPCONV_PARSE_CLANG_H
#define MMAPCONV_PARSE_CLANG_H

#include <clang-c/Index.h>
#include "parse/facts.h"
#include "parse/parse.h"

struct tu {
	CXTranslationUnit unit;
	CXFile main;			/* the file asked for */
	const char *text;		/* its contents, owned by libclang */
	size_t text_len;
	const char *root;		/* the tree, absolute */
	struct unit *u;			/* what is being filled in */
	unsigned depth;			/* of the lowering, bounded */
	unsigned inlines;		/* header functions looked at, bounded */
	VEC(CXCursor) callees;		/* definitions of functions that lowered code names; may be null */
};

/* Where a piece of source stands, as a person sees it. */
struct origin {
	unsigned line, col;		/* in the main file, at the outermost macro's use */
	char *macro;			/* owned: that macro, if the whole piece is its expansion */
	unsigned start, end;		/* offsets of the macro's use in the main file, if macro */
};

struct origin origin_of(const struct tu *tu, CXCursor c);

/* A file's path relative to the tree, or the whole path outside it; caller frees; NULL: no file. */
char *tu_path(const struct tu *tu, CXCursor c);
char *clang_text(CXString s);			/* owned copy; disposes s; "" for none */

/* Macros that are not expanded (logging, assertions): see macros.c. */
bool macro_is_opaque(const char *name);

/*
 * Integer constant expressions.  The only callers of clang_Cursor_Evaluate(): it crashes on
 * records and drops side effects, so it is asked about integers without calls only.
 */
bool tu_evaluate(CXCursor c, int64_t *value);
/* A type's size in bytes, or -1 for one that has none (the only caller of clang_Type_getSizeOf()). */
long long tu_sizeof(CXType type);

/* ctype.c */
struct ctype ctype_of(CXType type);
uint32_t element_size(CXType type);	/* of a pointer's target or an array's element, 0: none or not known */
/* Where a field stands in the record that has a name, in bits; negative: no such layout. */
long long field_offset(CXCursor field);
bool ctype_equal(struct ctype a, struct ctype b);
/* Does a value change when it is converted implicitly?  Arrays and functions decay without. */
bool ctype_converts(struct ctype from, struct ctype to);

/* An expression or a statement to nodes; the index of its node, or 0 for what has none. */
uint32_t lower(struct tu *tu, CXCursor c);

/* Lower a function definition and record it; returns false if it is there already. */
bool lower_function(struct tu *tu, CXCursor function);
/* Take the function lowered last back, with the nodes from nr_nodes on. */
void drop_last_function(struct tu *tu, size_t nr_nodes);

/* Record the file_operations sites and vm_ops tables below a top-level declaration. */
void find_sites(struct tu *tu, CXCursor top_level);

#endif
