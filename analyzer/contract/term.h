/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terms: what an expression is worth, written in the request (start, end, pgoff, flags, …), constants,
 * reads of memory and results of calls.  A term is an index into its store; equal terms of one store
 * have equal indices, and a term's operands come before it.
 */
#ifndef MMAPCONV_CONTRACT_TERM_H
#define MMAPCONV_CONTRACT_TERM_H

#include <stdint.h>
#include "base/mem.h"
#include "parse/types.h"

typedef uint32_t term_t;		/* 0: none */

/* X-macro: the operator and its name in JSON. */
#define TERM_OPS(X) \
	/* leaves */ \
	X(NONE) \
	X(CONST)	/* value, as its width and signedness have it */ \
	X(SYMBOL)	/* name: "start", "end", "pgoff", "flags", "prot", "file", "vm_ops", "private_data", \
			 * "mm" of the request, "vma" its object's address, or a parameter's name */ \
	X(GLOBAL)	/* the address of a variable, table or function outside; name */ \
	X(LOCAL)	/* the address of a variable of the function; name, number: which of that name */ \
	X(FRESH)	/* nothing is known of it; name: why, number: unique */ \
	/* addresses: a is the base's */ \
	X(FIELD)	/* of a member; name, number: its offset in bytes */ \
	X(ELEMENT)	/* a[b]; number: the element's size in bytes */ \
	/* values */ \
	X(LOAD)		/* what stands at address a; number: the state of the memory outside (0: at the call) */ \
	X(MEMBER)	/* of a record value a; name */ \
	X(CALL)		/* the result of function `name`, or through the pointer a if it has no name (b is \
			 * a LIST of arguments); number: which occurrence on the path, 0: a pure function */ \
	X(LIST)		/* a, then b (a LIST or 0) */ \
	/* arithmetic at the type's width */ \
	X(ADD) X(SUB) X(MUL) X(UDIV) X(SDIV) X(UREM) X(SREM) X(AND) X(OR) X(XOR) X(SHL) X(LSHR) X(ASHR) \
	X(BNOT) X(NEG) \
	X(ZEXT) X(SEXT) X(TRUNC)	/* a at the type's width */ \
	/* of type BOOL */ \
	X(EQ) X(ULT) X(ULE) X(SLT) X(SLE) X(NOT) X(LAND) X(LOR) \
	X(ITE)		/* a ? b : c */

enum term_op {
#define X(op) TERM_##op,
	TERM_OPS(X)
#undef X
	TERM_OP_NR
};

struct term {
	enum term_op op;
	struct ctype type;
	term_t a, b, c;
	uint64_t value;			/* CONST: zero-extended from its width; number of the others */
	const char *name;		/* interned in the store, or NULL */
};

struct terms {
	struct term *items;		/* items[0] is none */
	size_t nr, cap;
	struct strlist names;		/* interned */
	uint32_t *table;		/* hash table of indices; 0: empty */
	size_t table_size;
	uint64_t fresh;			/* number of the last FRESH */
};

extern const struct ctype ctype_bool, ctype_int, ctype_ulong, ctype_pointer;

struct terms *terms_new(void);
void terms_free(struct terms *t);

static inline const struct term *term_at(const struct terms *t, term_t i)
{
	return &t->items[i];
}

/* Constructors; all simplify (constants fold at their width, x - x is 0, ext of ext is one, …). */
term_t term_const(struct terms *t, uint64_t value, struct ctype type);
term_t term_symbol(struct terms *t, const char *name, struct ctype type);
term_t term_global(struct terms *t, const char *name);
term_t term_local(struct terms *t, const char *name, uint64_t number);
term_t term_fresh(struct terms *t, const char *why, struct ctype type);
term_t term_field(struct terms *t, term_t base, const char *name, uint64_t offset);
term_t term_element(struct terms *t, term_t base, term_t index, uint64_t size);
term_t term_load(struct terms *t, term_t address, uint64_t version, struct ctype type);
term_t term_member(struct terms *t, term_t record, const char *name, struct ctype type);
/* function: name, or NULL with the pointer's term in callee. */
term_t term_call(struct terms *t, const char *function, term_t callee, const term_t *args, size_t nr,
		 uint64_t occurrence, struct ctype type);
/* op: one of the arithmetic or BOOL ones but ITE; NEG, BNOT and NOT have b == 0. */
term_t term_op(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype type);
term_t term_ite(struct terms *t, term_t cond, term_t a, term_t b);

/* C's conversion of a value to another type: extend by the source's signedness, truncate, to _Bool `!= 0`. */
term_t term_convert(struct terms *t, term_t a, struct ctype to);
/* As a condition: of type BOOL; `!= 0` unless it is one. */
term_t term_truth(struct terms *t, term_t a);
term_t term_not(struct terms *t, term_t a);		/* of a condition */

/* A constant?  Its value sign- or zero-extended to 64 bits by its type. */
bool term_is_const(const struct terms *t, term_t a, int64_t *value);
/* Is `leaf` a itself or among what a is made of? */
bool term_contains(const struct terms *t, term_t a, term_t leaf);
/* The same term in another store. */
term_t term_copy(struct terms *to, const struct terms *from, term_t a);
/* Equal across stores; numbers of FRESH, LOCAL and LOAD have to agree as well. */
bool term_equal(const struct terms *t, term_t a, const struct terms *u, term_t b);

/* The name of a single bit, or NULL. */
const char *flag_name_find(const struct flag_names *f, uint64_t bit);

/*
 * As C that a person reads: `end - start` is `size`, `flags & 2` is `flags & VM_WRITE`, a negative
 * int constant of an errno's size `-EINVAL`.  Caller frees.
 */
char *term_text(const struct terms *t, const struct flag_names *flags, term_t a);
/* A C errno's name without sign, "EINVAL", or NULL. */
const char *errno_name(int64_t errno_value);

/*
 * The value of a term in a concrete world: leaf() gives the values of SYMBOL, GLOBAL, LOCAL, FRESH,
 * LOAD, MEMBER and CALL terms (at the term's width); args: a CALL's or LOAD's evaluated operands,
 * already asked for.  0, or what leaf() returned that was negative; -EDOM for a division by zero.
 */
struct term_world {
	int (*leaf)(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value);
	void *ctx;
};
int term_eval(const struct terms *t, term_t a, const struct term_world *w, uint64_t *value);

#endif
