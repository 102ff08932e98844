/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terms: what an expression is worth, written in the request (start, end, pgoff, flags, …),
 * constants, reads of memory and results of calls.  A term is an index into its store; equal terms
 * of one store have equal indices, and a term's operands come before it.
 *
 * The width of a value is that of its type (ctype_width()); what has none (records such as
 * pgprot_t, void, 128-bit integers) is opaque: nothing folds.  Arithmetic is on bits, its sign is
 * in the operator (UDIV, SDIV; ULT, SLT).  So that equal values are one term, arithmetic has the
 * unsigned type of its width inside, and a ZEXT *of the same width* around it where C's type is
 * another one (int, a pointer): it changes nothing but the type.  term_strip() takes it off;
 * operands never have it.
 */
#ifndef MMAPCONV_CONTRACT_TERM_H
#define MMAPCONV_CONTRACT_TERM_H

#include <stdint.h>
#include "base/mem.h"
#include "parse/types.h"

typedef uint32_t term_t;		/* 0: none */
VEC_DECLARE(term_list, term_t);

/* X-macro: the operator and its name in JSON. */
/* clang-format off */
#define TERM_OPS(X) \
	/* leaves */ \
	X(NONE) \
	X(CONST)	/* value, as its width and signedness have it */ \
	X(SYMBOL)	/* name: "start", "end", "pgoff", "flags", "prot", "file", "vm_ops", \
			 * "private_data", "mm" of the request, "vma" its object's address, or a \
			 * parameter's name (not one of those: two SYMBOLs of a name are one) */ \
	X(GLOBAL)	/* the address of a variable, table or function outside; name */ \
	X(LOCAL)	/* of a variable of the function; name, number: which of that name */ \
	X(FRESH)	/* nothing is known of it; name: why, number: unique */ \
	/* addresses: a is the base's */ \
	X(FIELD)	/* of a member; name, number: its offset in bytes, and FIELD_FIRST_BIT */ \
	X(ELEMENT)	/* a[b], b signed at a's width; number: the element's size in bytes */ \
	/* values */ \
	X(LOAD)		/* what stands at address a; number: the state of the memory outside (0: at \
			 * the call) */ \
	X(MEMBER)	/* of a record value a; name */ \
	X(CALL)		/* the result of function `name`, or through the pointer a if it has no \
			 * name; b: a LIST of arguments or 0; number: which occurrence on the path, or \
			 * of a pure function, whose equal arguments give equal results, TERM_CALL_STATE \
			 * and the state of the memory that it reads, or 0: it reads none */ \
	X(LIST)		/* a, then b (a LIST or 0) */ \
	/* arithmetic at the type's width */ \
	X(ADD) X(SUB) X(MUL) X(UDIV) X(SDIV) X(UREM) X(SREM) X(AND) X(OR) X(XOR) \
	X(SHL) X(LSHR) X(ASHR) X(BNOT) X(NEG) \
	X(ZEXT) X(SEXT) X(TRUNC)	/* a at the type's width */ \
	/* of type BOOL */ \
	X(EQ) X(ULT) X(ULE) X(SLT) X(SLE) X(NOT) X(LAND) X(LOR) \
	X(ITE)		/* a ? b : c */
/* clang-format on */

/*
 * Of a FIELD's number that is a bit-field: one more than the first bit behind the offset, so that no two have one
 * address.  Above what a structure has in bytes, below what an address of 32 bits has.
 */
enum { FIELD_FIRST_BIT = 27, FIELD_MAX_OFFSET = 1 << FIELD_FIRST_BIT };

#define TERM_CALL_STATE (UINT64_C(1) << 62)

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
	uint64_t value;			/* CONST: zero-extended from its width; others: number */
	const char *name;		/* interned in the store, or NULL */
};

struct terms {
	struct term *items;		/* items[0] is none */
	size_t nr, cap;
	struct strlist names;		/* interned */
	uint32_t *table;		/* hash table of indices; 0: empty */
	size_t table_size;
	uint32_t *name_table;		/* of 1 + index in names */
	size_t name_table_size;
	uint64_t fresh;			/* number of the last FRESH */
	/*
	 * What the target has; set them before the first term.  pointer_bits: width of GLOBAL,
	 * LOCAL and of addresses built on them, 64 unless set.  page_shift: SYMBOLs "start" and
	 * "end" are page aligned, so that (size >> page_shift) << page_shift is size; 0 unless set:
	 * not known.
	 */
	uint8_t pointer_bits, page_shift;
};

/* ctype_ulong and ctype_pointer: 64 bits. */
extern const struct ctype ctype_bool, ctype_int, ctype_ulong, ctype_pointer;

/* In bits; 0: values of this type have no number. */
static inline unsigned ctype_width(struct ctype c)
{
	if (c.kind == CTYPE_BOOL)
		return 1;
	if (c.kind == CTYPE_INT || c.kind == CTYPE_POINTER)
		return c.bits >= 8 && c.bits <= 64 ? c.bits : 0;
	return 0;
}

static inline bool ctype_equal(struct ctype a, struct ctype b)
{
	return a.kind == b.kind && a.bits == b.bits && a.is_signed == b.is_signed;
}

struct terms *terms_new(void);
void terms_free(struct terms *t);

static inline const struct term *term_at(const struct terms *t, term_t i)
{
	return &t->items[i];
}

/*
 * Constructors; all simplify (constants fold at their width, x - x is 0, ext of ext is one, …).
 * What C leaves undefined (a division by 0, a shift by the width or more) stays as it is written.
 * Pointers that term_at() returned before do not survive a constructor.
 */
term_t term_const(struct terms *t, uint64_t value, struct ctype type);
term_t term_symbol(struct terms *t, const char *name, struct ctype type);
term_t term_global(struct terms *t, const char *name);
/* What a string literal's global is called, and then which one it is. */
/* A GLOBAL among a CALL's arguments: behind it stands what the function finds at those before it. */
#define TERM_SHOWN "{shown}"
#define TERM_STRING "\"…\" "
term_t term_local(struct terms *t, const char *name, uint64_t number);
term_t term_fresh(struct terms *t, const char *why, struct ctype type);
term_t term_field(struct terms *t, term_t base, const char *name, uint64_t offset);
term_t term_element(struct terms *t, term_t base, term_t index, uint64_t size);
term_t term_load(struct terms *t, term_t address, uint64_t version, struct ctype type);
term_t term_member(struct terms *t, term_t record, const char *name, struct ctype type);
/* function: name, or NULL with the pointer's term in callee. */
term_t term_call(struct terms *t, const char *function, term_t callee, const term_t *args,
		 size_t nr, uint64_t occurrence, struct ctype type);
/*
 * op: one of the arithmetic or BOOL ones but ITE; NEG, BNOT, NOT, ZEXT, SEXT and TRUNC have b == 0.
 * type: of the result; arithmetic converts operands of another width to it as C would, but the
 * amount of a shift; comparisons (of type BOOL whatever type is) convert the narrower operand to
 * the wider one's width.  A pointer's SUB and ADD count bytes.
 */
term_t term_op(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype type);
term_t term_ite(struct terms *t, term_t cond, term_t a, term_t b);

/*
 * C's conversion of a value to another type: extend by the source's signedness, truncate, to _Bool
 * `!= 0`.  A value without a width, and one to a type without a width, stays what it is.
 */
term_t term_convert(struct terms *t, term_t a, struct ctype to);
/* As a condition: of type BOOL; `!= 0` unless it is one. */
term_t term_truth(struct terms *t, term_t a);
term_t term_not(struct terms *t, term_t a);		/* of a condition */

/*
 * A term from outside (a contract that is read back), as it is given, its operands already in the
 * store; 0 if no constructor could have made it.
 */
term_t term_raw(struct terms *t, const struct term *x);

/* Without a ZEXT that only changes the type. */
term_t term_strip(const struct terms *t, term_t a);
/*
 * An address as base + *offset bytes: FIELDs, ELEMENTs with a constant index and constants added
 * are taken off.  Two addresses are the same if base and offset are, whatever their members are
 * called (unions, first members, element 0): compare memory cells with this, not by index.
 */
term_t term_base(const struct terms *t, term_t address, int64_t *offset);

/* A constant?  Its value sign- or zero-extended to 64 bits by its type. */
bool term_is_const(const struct terms *t, term_t a, int64_t *value);
/* Is `leaf` a itself or among what a is made of? */
bool term_contains(const struct terms *t, term_t a, term_t leaf);
/* All terms that a is made of, itself too: bit i of the result for term i.  Caller frees. */
uint64_t *term_reach(const struct terms *t, term_t a);
/*
 * The same term in another store; FRESH keeps its number, so it is one with a FRESH of that name
 * and number there.
 */
term_t term_copy(struct terms *to, const struct terms *from, term_t a);
/* Equal across stores; numbers of FRESH, LOCAL and LOAD have to agree as well. */
bool term_equal(const struct terms *t, term_t a, const struct terms *u, term_t b);

/* The name of a single bit, or NULL. */
const char *flag_name_find(const struct flag_names *f, uint64_t bit);

/*
 * As C that a person reads: `end - start` is `size`, `flags & 2` is `flags & VM_WRITE`, a negative
 * int constant of an errno's size `-EINVAL`; a cast that can lose bits is `(u32)x`, others are left
 * out; FRESH is its name in <>.  At most some 400 bytes of valid UTF-8, with "…" where more was left
 * out.  flags may be NULL.  Caller frees.
 */
char *term_text(const struct terms *t, const struct flag_names *flags, term_t a);
/*
 * A C errno's name without sign, "EINVAL", or NULL; errno_value of either sign.  The numbers are
 * those of asm-generic, which all but alpha, mips, parisc and sparc use, and the kernel's own from
 * 512 on.
 */
const char *errno_name(int64_t errno_value);

/*
 * The value of a term in a concrete world: leaf() gives the values of SYMBOL, GLOBAL, LOCAL, FRESH,
 * LOAD, MEMBER and CALL terms (at the term's width; of those without width any number that tells
 * them apart).  args: a LOAD's address; a CALL's callee if it has no name, then its arguments; a
 * MEMBER's record.  All but those come with none.  Each term is asked for once, and only if its
 * value matters: not in the arm of an ITE that is not taken, nor where the other side of a LAND or
 * LOR decides. 0, or what leaf() returned that was negative; -EDOM for a division by zero and a
 * shift by the width or more.
 */
struct term_world {
	int (*leaf)(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr,
		    uint64_t *value);
	void *ctx;
};
int term_eval(const struct terms *t, term_t a, const struct term_world *w, uint64_t *value);

#endif
