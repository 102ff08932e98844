/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside parse/ only: the state of one translation unit, shared by lowering and site finding. */
#ifndef MMAPCONV_PARSE_CLANG_H
#define MMAPCONV_PARSE_CLANG_H

#include <clang-c/Index.h>
#include "parse/facts.h"
#include "parse/parse.h"

/* A function that lowered code names; its definition, or a null cursor. */
struct callee {
	CXCursor function;
	bool needed;			/* a cleanup's: read from a header whatever its size */
};

struct place { CXFile file; unsigned offset; };

VEC_DECLARE(argv, const char *);

/* A file's text as it was parsed. */
struct file_text {
	CXFile file;
	struct strbuf own;		/* read here, or empty */
	const char *text;		/* in own, or libclang's; NULL: there is none */
	size_t len;
};

struct tu {
	CXTranslationUnit unit;
	CXFile main;			/* the file asked for */
	const char *text;		/* its contents, owned by libclang */
	size_t text_len;
	VEC(struct file_text) texts;	/* of files asked for so far, the last one first; see file_text() */
	const char *root;		/* the tree, absolute */
	struct unit *u;			/* what is being filled in */
	unsigned depth;			/* of the lowering, bounded */
	unsigned inlines;		/* header functions looked at, bounded */
	struct strlist own_macros;	/* of the names in macros.c, those that the file defines itself */
	struct strlist rejected;	/* header functions that are not worth reading */
	VEC(CXCursor) noted;		/* variables whose contents were noted */
	VEC(struct callee) callees;
	VEC(struct place) damage;	/* where it does not compile: statements may be missing there */
	CXCursor function;		/* being lowered */
	char *pretty;			/* that function as libclang prints it, or NULL: not asked yet */
	CXFile macro_file;		/* the macro's use that is being lowered, and where it starts */
	unsigned macro_start;
	const struct strlist *fields;	/* "tag.field" to find sites of, sorted */
	VEC(CXCursor) installed;	/* definitions of functions that sites name */
};

/* unsaved.c: files as libclang is to see them: the source first, then headers that are read from another place. */
struct unsaved {
	VEC(struct CXUnsavedFile) files;
	VEC(struct strbuf) texts;
};
/*
 * path: of the source in the tree.  cleanups: functions that have to be found by name.  size: of the source
 * without what is put behind it.  0 or a negative errno; unsaved_free() frees, after an error too.
 */
int unsaved_read(const struct parse_job *job, const char *path, const struct strlist *cleanups,
		 struct unsaved *un, size_t *size);
void unsaved_free(struct unsaved *un);
/* The enumerator behind the source that has PAGE_SHIFT's value. */
#define PAGE_SHIFT_NAME "mmapconv_page_shift"

/* precompiled.c: libclang's arguments; strings are the job's or those of `fixed`. */
void parse_arguments(const struct parse_job *job, const char *pch, struct strlist *fixed, struct argv *argv);

/* Where a piece of source stands, as a person sees it. */
struct origin {
	CXFile file;			/* of the outermost macro's use */
	unsigned line, col;
	char *macro;			/* owned: that macro, if the whole piece is its expansion */
	unsigned start, end;		/* offsets of the macro's use in the file, if macro */
	unsigned name_end;		/* and of its name's end; equals end when it has no arguments */
};

struct origin origin_of(struct tu *tu, CXCursor c);

/* The #define in whose body the first token of a piece of source stands. */
struct macro_body {
	char *name;			/* owned */
	const char *text;		/* of its file, owned by libclang */
	size_t params, params_end;	/* offsets between its parentheses; equal for none */
	size_t start, end;		/* of the body, trimmed */
	size_t at;			/* of the token */
};
bool macro_body_of(struct tu *tu, CXCursor c, struct macro_body *m);

/* Does a piece of source begin, as spelled (in a macro's body), in a header? */
bool spelled_in_header(const struct tu *tu, CXCursor c);

/* The identifier with which a piece of source starts as spelled (in a macro's body), or NULL; owned. */
char *first_word(struct tu *tu, CXCursor c);

/* file_text.c: a file's text, or NULL; good until file_texts_free(). */
const char *file_text(struct tu *tu, CXFile file, size_t *len);
void file_texts_free(struct tu *tu);

/* A file's path relative to the tree, or the whole path outside it; caller frees; NULL: no file. */
char *tu_path(const struct tu *tu, CXCursor c);
char *file_path(const struct tu *tu, CXFile file);
char *clang_text(CXString s);			/* owned copy; disposes s; "" for none */

/* macros.c: macros that are not expanded.  Logging and assertions: a MACRO node. */
bool macro_is_opaque(const char *name);
bool macro_is_log(const char *name);		/* one that they expand to */
/* Macros that stand for a function: a CALL. */
struct macro_call {
	enum { MACRO_CALL, MACRO_READ, MACRO_WRITE } kind;	/* READ, WRITE: a plain access */
	bool object;			/* it has no arguments */
	/* Arguments, bit 0 the first one: */
	unsigned types;			/* a type, or an expression for its type only */
	unsigned writes;		/* a variable that it assigns to: passed by address */
};
const struct macro_call *macro_call_find(const char *name);
/* Names of these lists that a file's text defines: they mean something else there. */
void macros_of_file(const char *text, size_t len, struct strlist *names);

/*
 * Integer constant expressions.  The only callers of clang_Cursor_Evaluate(): it crashes on
 * records and drops side effects, so it is asked about integers without calls only.
 */
bool tu_evaluate(struct tu *tu, CXCursor c, int64_t *value);
/* A type's size in bytes, or -1 for one that has none (the only caller of clang_Type_getSizeOf()). */
long long tu_sizeof(CXType type);

/* ctype.c */
struct ctype ctype_of(CXType type);
uint32_t element_size(CXType type);	/* of a pointer's target or an array's element, 0: none or not known */
/* Where a field stands in the record that has a name, in bits; negative: no such layout. */
long long field_offset(CXCursor field);
void set_place(struct node *n, CXCursor field, long long bits);	/* of a MEMBER or DESIGNATE; bits: its offset */
bool ctype_equal(struct ctype a, struct ctype b);
/* Does a value change when it is converted implicitly?  Arrays and functions decay without. */
bool ctype_converts(struct ctype from, struct ctype to);

/* pretty.c: what no cursor shows, from libclang's print of a declaration. */
/* Which of init, condition and step a `for` with nr of them has; false: not known. */
bool for_slots(struct tu *tu, CXCursor loop, unsigned nr, bool present[3]);
bool asm_is_goto(struct tu *tu, CXCursor statement);
/* A declaration with its initializer, macros expanded; owned. */
char *declaration_text(CXCursor c);
char *cleanup_of(CXCursor variable);		/* the function of its cleanup attribute, or NULL; owned */

/* Lower a function definition and record it; returns false if it is there already. */
bool lower_function(struct tu *tu, CXCursor function);
/* Take the function lowered last back, with the nodes from nr_nodes on. */
void drop_last_function(struct tu *tu, size_t nr_nodes);

/*
 * callees.c: lower a function and what it calls, names or runs as a cleanup: of this file, or inline
 * in a header when that is short.
 */
void lower_with_callees(struct tu *tu, CXCursor function);
/* Cleanup functions that a precompiled header hides: named for a second look. */
void missing_cleanups(const struct tu *tu, struct strlist *names);

/* initials.c: note what a variable is initialised with, if that is here, and what it names. */
void initials_note(struct tu *tu, CXCursor variable);

/* flags.c: names of VM flags. */
void flags_note(struct unit *u, const char *name, int64_t value);	/* a macro or an enumerator, of any name */
void flags_sort(struct unit *u);

/* cursor.c: all children, in their order; vec_free(&ch->list) frees. */
struct children { VEC(CXCursor) list; };
void children_of(CXCursor c, struct children *ch);
/* The first or last one, or a null cursor. */
CXCursor first_child_of(CXCursor c);
CXCursor last_child_of(CXCursor c);
/* Through casts, parentheses and `&`, to what is named. */
CXCursor named_by(CXCursor c);

/* vm_ops.c: record a vm_ops table; false: it is none. */
bool find_vm_ops(struct tu *tu, CXCursor top_level);

/* Is it a constant variable whose initializer is here and fills in no field that holds handlers? */
bool table_is_empty(const struct tu *tu, CXCursor source);

/* Record the sites of tu->fields and the vm_ops tables below a top-level declaration. */
void find_sites(struct tu *tu, CXCursor top_level);

/* Record what a function and what it calls here hand a vma to.  Each function is read once. */
struct vma_calls;
struct vma_calls *vma_calls_new(struct tu *tu);
void vma_calls_of(struct vma_calls *v, CXCursor function);
void vma_calls_free(struct vma_calls *v);

/* A field by the nearest struct around it that has a name: true, both owned; or not a field. */
bool field_of(CXCursor field, char **tag, char **name);
/* The same, only of a field that is one of tu->fields. */
bool field_wanted(const struct tu *tu, CXCursor field, char **tag, char **name);
/* The tag of a struct's type (the name of a typedef, if it has no tag), or NULL; owned. */
char *tag_of(CXType type);

#endif
