/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random handlers.  The text depends on the seed alone.  It is C without undefined behaviour as
 * `gcc -fwrapv` has it: signed arithmetic wraps, shift counts are below the width, divisors are not 0
 * and never make a signed division overflow, and no expression has two unsequenced side effects.
 */
#ifndef GENERATOR_GEN_H
#define GENERATOR_GEN_H

#include "base/mem.h"
#include "trace.h"

/*
 * What a handler can be made of.  The third column says how often a run of a handler with it must be
 * predicted exactly, in per cent: what is by nature only partly known (a local that an unknown
 * function wrote, a loop of unknown length) has a lower floor or none, and is put into few handlers.
 */
/* clang-format off */
#define CONSTRUCTS(X) \
	X(IF, "if/else", 70) \
	X(SWITCH, "switch", 70) \
	X(CASE_RANGE, "case ranges", 70) \
	X(FALLTHROUGH, "fallthrough", 70) \
	X(LADDER, "goto error ladder", 70) \
	X(GOTO_BACK, "goto backwards", 70) \
	X(RETURN, "early return", 70) \
	X(TERNARY, "ternary", 70) \
	X(ELVIS, "?:", 70) \
	X(COMMA, "comma", 70) \
	X(COMPOUND, "compound assignment", 70) \
	X(STEP, "++ and --", 70) \
	X(LOCAL_POINTER, "pointer to a local", 70) \
	X(RECORD, "struct by value", 70) \
	X(RECORD_CALL, "struct passed and returned", 70) \
	X(NESTED_RECORD, "nested struct", 70) \
	X(ARRAY, "array, constant index", 70) \
	X(MASK, "masks", 70) \
	X(SHIFT, "shifts", 70) \
	X(DIVISION, "division", 70) \
	X(CAST, "casts", 70) \
	X(COMPARE, "comparison as value", 70) \
	X(BITFIELD, "bit-fields", 70) \
	X(UNION, "union members", 70) \
	X(CONFIG, "IS_ENABLED", 70) \
	X(LIKELY, "likely, unlikely", 70) \
	X(MINMAX, "min, max", 70) \
	X(CONTAINER_OF, "container_of", 70) \
	X(STMTEXPR, "statement expression", 70) \
	X(ONCE, "READ_ONCE, WRITE_ONCE", 70) \
	X(SWAP, "swap", 70) \
	X(SHADOW, "inner scope", 70) \
	X(GUARD, "guard", 70) \
	X(SCOPED_GUARD, "scoped_guard", 70) \
	X(FREE, "__free", 70) \
	X(CLASS, "CLASS", 70) \
	X(COUNTED, "counted loop", 70) \
	X(BREAK, "break, continue", 70) \
	X(HELPER, "helper", 70) \
	X(HELPER_VMA, "helper with the vma", 70) \
	X(HELPER_OUT, "helper with a local's address", 70) \
	X(HELPER_RECORD, "helper returning a struct", 70) \
	X(INLINE, "header inline", 70) \
	X(ACTION, "mapping action", 70) \
	X(FLAGS, "VMA flags", 70) \
	X(PROT, "page protection", 70) \
	X(VM_OPS, "vm_ops", 70) \
	X(PRIVATE_DATA, "private data", 70) \
	X(PGOFF, "pgoff written", 70) \
	X(SET_FILE, "vma_set_file", 70) \
	X(LOCK, "locks", 70) \
	X(REFERENCE, "references", 70) \
	X(COUNT, "atomic counts", 70) \
	X(BITOP, "bit operations", 70) \
	X(MEMORY, "kmalloc, kfree", 70) \
	X(LIST, "lists", 70) \
	X(STORE, "stores to driver state", 70) \
	X(STATIC_WORD, "static variable", 70) \
	X(STORE_VMA, "vma stored", 70) \
	X(ALIAS, "aliases", 70) \
	X(OPAQUE, "unknown function", 70) \
	X(OPAQUE_RECORD, "unknown function, struct", 70) \
	X(ERR_PTR, "IS_ERR, PTR_ERR", 70) \
	X(CAPABLE, "capable", 70) \
	X(LOG, "logging", 70) \
	X(WARN, "WARN_ON", 70) \
	X(RECORD_POINTER, "pointer to a struct", 70) \
	X(MEMBER_POINTER, "pointer to a member or an element", 70) \
	X(POINTER_STEP, "pointer arithmetic", 70) \
	X(POINTER_NUMBER, "pointers as numbers", 70) \
	X(HELPER_POINTER, "helper returning a pointer", 70) \
	X(REASSIGN, "device pointer reassigned", 70) \
	X(TABLE, "constant table", 70) \
	X(CALL_ARM, "calls in arms and conditions", 70) \
	X(CALL_NESTED, "call as an argument", 70) \
	X(ASSIGN_VALUE, "assignment as a value", 70) \
	X(FOREVER, "endless loop left by break", 70) \
	X(LOOP_ARRAY, "counted loop over an array", 70) \
	X(SWITCH_TYPE, "switch on other types", 70) \
	X(SMALL_BITS, "bool and u8 bit-fields", 70) \
	X(GENERIC, "_Generic, builtins on types", 70) \
	X(INSIDE, "reads of what helpers change", 70) \
	X(COPY, "memset, memcpy", 70) \
	X(HOOK, "mmap_prepare", 70) \
	X(HOOK_FLAGS, "a descriptor's flags", 70) \
	X(HOOK_ACTION, "an action asked for", 70) \
	X(OVERRIDE, "error_override", 70) \
	X(SIDE_EFFECT, "side effects in conditions", 70) \
	X(FLAG_OPS, "flags assigned, and'ed, xor'ed", 70) \
	X(OUT_DEEP, "out-parameter through two helpers", 70) \
	X(ORDER_BITS, "casts in a row", 70) \
	X(INSERT_LOOP, "loop that inserts pages", 0) \
	X(OVERFLOW, "check_add_overflow", 0) \
	X(OUT_PARAM, "local written by a call", 0) \
	X(WATCHED, "local watched", 0) \
	X(ESCAPE, "vma to an unknown function", 0) \
	X(CALLBACK, "callback", 0) \
	X(LOOP, "loop of unknown length", 0) \
	X(INDEX, "variable index", 0) \
	X(POINTER_CHOICE, "pointer to one of two", 0)
/* clang-format on */

enum construct {
#define X(id, name, floor) USE_##id,
	CONSTRUCTS(X)
#undef X
		USE_NR
};

extern const char *const construct_names[USE_NR];
extern const unsigned char construct_floors[USE_NR];

struct handler {
	unsigned number;
	char *name;
	bool hook;		 /* an mmap_prepare */
	bool uses[USE_NR], weak; /* weak: has constructs without a floor */
	VEC(uint64_t) hints;	 /* numbers that occur in it */
	unsigned statements;	 /* how many it was made of */
};

struct batch {
	uint64_t seed;
	char *text; /* the whole file */
	VEC(struct handler) handlers;
	struct strlist functions; /* others that a contract is wanted of */
};

/*
 * Write `nr` handlers, numbered from `first`.  skip: numbers of statements of the handlers that are
 * left out, to make a failing case smaller; may be NULL.
 */
void batch_generate(struct batch *b, uint64_t seed, unsigned first, unsigned nr, const bool *skip,
		    size_t nr_skip);
/*
 * The same in pairs (gen_move.c): beside h3_mmap() a hook g3_mmap_prepare() as a person would write it, more than half
 * of them with something that is not the same.  The table that they install is h3_ops, whose mapped and close are g3_mapped()
 * and g3_close(); g3_error() can be an error_hook.
 */
void batch_generate_moves(struct batch *b, uint64_t seed, unsigned nr);
/* cases.c: the handlers NAME_mmap() of a file.  0 or -errno. */
int batch_read(struct batch *b, const char *path);
void batch_free(struct batch *b);

#endif
