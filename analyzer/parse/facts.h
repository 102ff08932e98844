/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts: what the parser hands on.  No libclang type leaves parse/; everything behind it works on
 * these plain arrays, can be tested without a compiler, and can be stored.
 *
 * A function body is a tree of nodes in one array; children are linked by index (0 is "none",
 * nodes[0] is unused).  Names are the C language's.
 */
#ifndef MMAPCONV_PARSE_FACTS_H
#define MMAPCONV_PARSE_FACTS_H

#include <stdint.h>
#include "base/mem.h"
#include "parse/types.h"

/* X-macro: the enum and its JSON names. */
#define NODE_KINDS(X) \
	X(NONE) \
	X(BLOCK) X(IF) X(SWITCH) \
	X(CASE)		/* children: the value (a range has two), the statement */ \
	X(DEFAULT) X(WHILE) X(DO) \
	X(FOR)		/* always four children: init, cond, step, body; NULLSTMT for an absent one */ \
	X(RETURN) X(GOTO) X(LABEL) X(BREAK) X(CONTINUE) X(DECL) X(ASM) X(NULLSTMT) \
	X(CALL)		/* first child: callee; name: the function's name, "" through a pointer */ \
	X(MEMBER)	/* name: the field; child: the base; op "." or "->" */ \
	X(REF)		/* name: a variable, parameter, enumerator or function */ \
	X(INT)		/* value */ \
	X(STRING)	/* name: of a macro's argument that is a type, a field or not evaluated, its text */ \
	X(UNARY)	/* op: - ~ ! * & ++ -- post++ post-- */ \
	X(BINARY)	/* op: + - … == && , */ \
	X(ASSIGN)	/* op: = += |= … */ \
	X(COND)		/* a ? b : c */ \
	X(CAST)		/* explicit ones, and implicit ones that change width, signedness or kind */ \
	X(INDEX) \
	X(INIT)		/* of an array, children: values in order, or DESIGNATEs; of a record: DESIGNATEs, each \
			 * field once but for nested lists that add up; what is not named is 0 */ \
	X(DESIGNATE)	/* in an INIT: name: the field, or has_value: the index; child: its value */ \
	X(STMTEXPR) \
	X(MACRO)	/* name: a macro of parse/macros.c, not expanded; children: its arguments.  A macro \
			 * that stands for a function is a CALL of that name instead */ \
	X(UNKNOWN)	/* text: what libclang calls it; the path is not modelled */

enum node_kind {
#define X(k) NODE_##k,
	NODE_KINDS(X)
#undef X
};

/* What a name refers to. */
enum ref_kind { REF_NONE, REF_PARAM, REF_LOCAL, REF_STATIC_LOCAL, REF_GLOBAL, REF_FUNCTION, REF_ENUM };

struct node {
	enum node_kind kind;
	enum ref_kind ref;
	unsigned line, col;		/* in the unit's file, at the outermost macro's use */
	uint32_t child, next;		/* first child and next sibling, indices; 0: none */
	char *name;			/* by kind, or NULL */
	char *op;			/* UNARY, BINARY, ASSIGN, MEMBER: as in C; COND: "?:" for a ?: b, which has two
					 * children; ASM: "goto"; BLOCK: "decl" for declarations, no scope; CALL: "header" where
					 * the body of a header's macro has it; STRING: its text's hash */
	char *type;			/* canonical type's spelling, or NULL */
	char *macro;			/* the macro whose expansion it stands in, or NULL */
	char *file;			/* where a callee is defined or declared, where an ASM is written; or NULL */
	char *cleanup;			/* DECL: the function of its cleanup attribute, or NULL */
	int64_t value;			/* INT and constant expressions */
	bool has_value;			/* the expression is a constant: value holds it */
	struct ctype ctype;		/* of an expression, or of DECL's variable */
	uint32_t elem;			/* POINTER: size of what it points to; ARRAY: of an element; bytes, 0: not known */
	uint32_t offset;		/* MEMBER, DESIGNATE: of the field in its record, bytes */
	uint32_t size;			/* MEMBER, DESIGNATE: of a field that is a record or an array, bytes; or 0 */
	uint8_t field_bits;		/* MEMBER, DESIGNATE: width of a bit-field, or 0 */
	uint8_t first_bit;		/* MEMBER, DESIGNATE: a bit-field begins that many bits behind offset */
	bool in_union;			/* MEMBER, DESIGNATE: other members have the same place */
};

struct param { char *name, *type; struct ctype ctype; };

struct function {
	char *name;
	char *file;			/* relative to the tree */
	unsigned line, last_line;	/* of its name, of its closing brace; both in file */
	bool is_static;
	struct param *params;
	size_t nr_params;
	struct ctype result;
	uint32_t body;			/* index in unit.nodes; 0 for a declaration only */
};

/* One field that holds a handler (or a hook) being filled in, as the compiler sees it. */
struct fops_site {
	char *tag;			/* the struct's: "file_operations"; of a copy: of what is copied */
	char *table;			/* the variable's name, "" for a compound literal; of a copy: its source */
	char *target;			/* of an assignment or a copy: the variable written to, or "" */
	char *field;			/* "mmap", "fb_mmap", "mmap_prepare", …; "" for a copy of a whole table */
	char *value;			/* the function's name, "NULL", or "" if it is an expression; of a copy:
					 * "NULL" if the source is a constant table that is seen to hold none */
	char *how;			/* "static", "array", "nested", "compound", "positional" (no designator),
					 * "assignment", "copy", "macro:NAME" */
	char *file;			/* relative; where it stands (outermost macro's use) */
	unsigned line;
	char *def_file;			/* where the function is defined or declared, or NULL; of a copy: where
					 * the table is, if other files can name it */
	char *setter;			/* the value is a parameter of this function, or NULL */
	unsigned argument;		/* … which one, from 1 */
	bool setter_is_static;
};

/*
 * In the body of a function that is followed, another function is called (with a vma, or any in
 * the same file), or a field that points to a function with a vma parameter is read.
 */
struct vma_call {
	char *function, *file;		/* in whose body it stands; where that is defined, relative */
	char *callee;			/* a function's name, or "tag.field"; "" for another pointer */
	char *callee_file;		/* where it is defined, or else declared; NULL: a pointer */
	unsigned line;			/* in file */
};

/* vm_ops tables: which callbacks are set. */
struct vm_ops_table {
	char *name;
	unsigned line;
	bool is_const;
	bool is_whole;			/* fields is all that it is initialised with; false: it is declared here only, … */
	struct strlist fields;		/* "open=foo_open" */
};

/*
 * What a variable that bodies name, of the file or static in a function, is initialised with.  Two that have one hash have
 * the same; names: the variables that stand in there, whose own contents are not part of it.
 */
#define INITIAL_OF_MANY "?"		/* the hash, where two functions give a static variable of that name another one */
struct initial {
	char *name, *hash;
	struct strlist names;
	bool is_table;			/* of callbacks */
};
VEC_DECLARE(initials, struct initial);

enum { MAX_PAGE_SHIFT = 20 };

enum unit_status { UNIT_FULL, UNIT_PARTIAL, UNIT_FAILED };

/* One file, parsed for one architecture. */
struct unit {
	char *file;			/* relative to the tree */
	char *arch;			/* arch.name */
	enum unit_status status;
	struct strlist errors;		/* "file:line:col: text", at most 20 */
	unsigned nr_errors;
	bool doubtful;			/* the precompiled header may be to blame for the errors; nothing else is told */
	struct node *nodes;
	size_t nr_nodes, cap_nodes;
	struct strlist wanted;		/* functions that were asked for and are not defined here */
	VEC(struct function) functions;	/* handlers and everything of this file they call */
	VEC(struct fops_site) sites;
	VEC(struct vma_call) calls;	/* of functions and of handlers in headers, and what they call here */
	VEC(struct vm_ops_table) vm_ops;
	struct initials initials;	/* what is elsewhere is not among them */
	struct flag_names flags;	/* single-bit VM_ macros and VMA_…_BIT enumerators that it uses */
	unsigned page_shift;		/* of the architecture and configuration; 0: its headers have none */
};

void unit_free(struct unit *u);
/* Forget the nodes, with them what function bodies are. */
void unit_drop_nodes(struct unit *u);
void node_free(struct node *n);			/* what it owns, not itself */
const struct function *unit_function(const struct unit *u, const char *name);
/* The functions that the unit's vm_ops tables have as these callbacks ("close"), each once. */
void unit_callbacks(const struct unit *u, const struct strlist *callbacks, struct strlist *functions);
/* The one that a table has there, or NULL: it leaves that callback out, or fills in no function's name. */
const char *vm_ops_callback(const struct vm_ops_table *t, const char *callback);

/* The wire and cache form.  unit_from_json() returns -EINVAL for anything that is not one. */
struct json_object;
struct json_object *unit_to_json(const struct unit *u);
int unit_from_json(struct json_object *json, struct unit *u);

#endif
