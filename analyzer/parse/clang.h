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
	const struct strlist *fields;	/* "tag.field" to find sites of, sorted */
	VEC(CXCursor) installed;	/* definitions of functions that sites name */
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

/* An expression or a statement to nodes; the index of its node, or 0 for what has none. */
uint32_t lower(struct tu *tu, CXCursor c);

/* Lower a function definition and record it; returns false if it is there already. */
bool lower_function(struct tu *tu, CXCursor function);
/* Take the function lowered last back, with the nodes from nr_nodes on. */
void drop_last_function(struct tu *tu, size_t nr_nodes);

/* Record the sites of tu->fields and the vm_ops tables below a top-level declaration. */
void find_sites(struct tu *tu, CXCursor top_level);

/* Record what a function and what it calls here hand a vma to.  Each function is read once. */
struct vma_calls;
struct vma_calls *vma_calls_new(struct tu *tu);
void vma_calls_of(struct vma_calls *v, CXCursor function);
void vma_calls_free(struct vma_calls *v);

/* A field by the nearest struct around it that has a name: true, both owned; or not a field. */
bool field_of(CXCursor field, char **tag, char **name);
/* The tag of a struct's type (the name of a typedef, if it has no tag), or NULL; owned. */
char *tag_of(CXType type);

#endif
