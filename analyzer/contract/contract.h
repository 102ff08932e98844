/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contracts: what a handler does, path by path, built from the parser's facts.  Classification
 * reads nothing else.
 *
 * A path is a way through the function, its same-file helpers and small inline functions of headers:
 * guards in the order in which they are tested, effects in the order in which they happen, and a
 * result.  A path that no request can take may be listed (Z3 gave up), one that a request can take is
 * never missing: what cannot be followed marks the path, or the contract, unmodelled with its reason.
 */
#ifndef MMAPCONV_CONTRACT_CONTRACT_H
#define MMAPCONV_CONTRACT_CONTRACT_H

#include "contract/term.h"
#include "parse/facts.h"

enum effect_kind {
	EFFECT_FLAGS_SET,		/* name: VM_X */
	EFFECT_FLAGS_CLEAR,		/* name: VM_X */
	EFFECT_FLAGS_OTHER,		/* set or cleared by a value that is no list of VM_ names */
	EFFECT_PAGE_PROT,		/* vm_page_prot written */
	EFFECT_VM_OPS,			/* name: the table, "NULL" or "" */
	EFFECT_PRIVATE_DATA,		/* detail: the value */
	EFFECT_PGOFF,
	EFFECT_VM_FILE,			/* vm_file replaced, or vma_set_file() */
	EFFECT_VM_RANGE,		/* vm_start or vm_end written */
	EFFECT_VMA_FIELD,		/* another field written; name: which */
	EFFECT_ACTION,			/* PTEs are populated; name: the kernel function; action: which kind */
	EFFECT_GENERIC,			/* generic_file_mmap() and its kin */
	EFFECT_TAKE,			/* outside state taken: reference, lock, memory, count; STATE_NONE: not got */
	EFFECT_DROP,			/* and given back */
	EFFECT_STORE,			/* memory outside the function written; detail: what */
	EFFECT_STORE_VMA,		/* the vma's pointer (or its mm's) stored in it */
	EFFECT_OPEN,			/* the vm_ops' own open called by hand */
	EFFECT_DELEGATE,		/* handed on with the vma; name: helper, or "struct ops.field" */
	EFFECT_STACK,			/* another file is mapped */
	EFFECT_ESCAPE,			/* the vma goes to a function that is not modelled */
	EFFECT_CALL,			/* a function that is not modelled, without the vma */
	EFFECT_TOUCH,			/* an access time, a wake-up: others see it, a second time changes nothing */
	EFFECT_LOOP,			/* none or more passes; effects with `loop` are its body's; passes: which */
};

enum action_kind {
	ACTION_NONE, ACTION_REMAP, ACTION_IOREMAP, ACTION_SIMPLE_IOREMAP, ACTION_INSERT_PAGE,
	ACTION_INSERT_PAGES, ACTION_MAP_PAGES, ACTION_MAP_PAGES_ZERO, ACTION_VMALLOC, ACTION_INSERT_PFN,
	ACTION_DMA,
};

/* How much of the VMA an action covers, as far as its arguments say it. */
/* EXTENT_INSIDE: a guard on the path says that the size fits; EXTENT_ARRAY: pages[i]. */
enum action_extent { EXTENT_WHOLE, EXTENT_FIRST_PAGE, EXTENT_INSIDE, EXTENT_ARRAY, EXTENT_OTHER };

/* What kind of outside state. */
/* What of the mapping a path decides: the cells that a vma and a descriptor share. */
#define VMA_CELLS(X) \
	X(START, start) X(END, end) X(PGOFF, pgoff) X(FLAGS, flags) X(PROT, prot) X(VM_OPS, vm_ops) \
	X(PRIVATE_DATA, private_data) X(FILE, file) X(MM, mm)
enum vma_cell {
#define X(upper, lower) CELL_##upper,
	VMA_CELLS(X)
#undef X
	CELL_NR
};

/* "start": the SYMBOL that it is before a handler or a hook writes it ("file": the one that was opened). */
const char *vma_cell_name(enum vma_cell cell);

enum state_kind {
	STATE_NONE, STATE_REFERENCE, STATE_COUNT, STATE_LATCH, STATE_LOCK, STATE_MEMORY, STATE_LIST, STATE_NR
};

/*
 * A loop that is not followed pass by pass.  A pass begins with the loop's condition, or in a do loop with its
 * body; nothing is said of how many there are.
 *
 * A place of the function's memory or of the mapping that passes change.  before: what stands there when the
 * first pass begins, or 0: nothing was written there yet.  pass: a FRESH, what stands there when any pass begins.
 */
struct pass_place { term_t address, before, pass; };

/* AGAIN: another pass follows; DONE: the condition did not hold; LEFT: break, return, goto. */
enum pass_end { PASS_AGAIN, PASS_DONE, PASS_LEFT, PASS_END_NR };

/* A way through a pass: no two of one loop can be taken by the same pass, and one of them is. */
struct pass_way {
	enum pass_end end;
	struct term_list conditions;	/* all hold */
	VEC(uint32_t) effects;		/* indices in contract.effects, in order */
	struct term_list values;	/* AGAIN: what stands then at passes.places, one for each */
};

/*
 * A path has the effects of all passes that went round right behind its LOOP, `before` of them, each once;
 * what follows is of the pass that ends the loop, and of what comes after it.
 */
struct passes {
	uint32_t guards;		/* of the path: those that were tested before the loop began */
	uint32_t before;
	VEC(struct pass_place) places;
	VEC(struct pass_way) ways;
	bool outside;			/* a pass may change memory outside */
	char *unknown;			/* why this is not all that can be said of a pass, or NULL */
};

struct effect {
	enum effect_kind kind;
	enum action_kind action;
	enum action_extent extent;
	enum state_kind state;
	unsigned line;
	char *name;			/* owned; may be "" */
	char *detail;			/* owned; an expression's text, or NULL.  FLAGS_SET, FLAGS_CLEAR: the mask
					 * where the source has no list of names */
	bool in_loop;
	bool local_prot;		/* ACTION: the protection is not vma->vm_page_prot */
	bool prot_written;		/* ACTION: and vm_page_prot was written before on the path */
	bool file_private;		/* PRIVATE_DATA, TAKE: the object is the open file's own */
	uint32_t loop;			/* 1 + index of the LOOP whose body it is in, 0: none */
	char *via;			/* ACTION: the macro or inline function of a header that does it, or NULL */
	char *file;			/* CALL, ESCAPE, DELEGATE: where the callee is defined, or NULL */
	/*
	 * Terms.  Calls of every kind: the arguments.  FLAGS_SET, FLAGS_CLEAR: the bit; FLAGS_OTHER: all flags as
	 * they are then.  A write: the address, the
	 * value.
	 */
	struct term_list args;
	term_t result;			/* calls: what it returned, or 0 */
	/*
	 * Calls that get the address of a LOCAL, or after others got one: what stands in the function's memory
	 * that they can read, as far as it was written; address, value, address, value, ….  DELEGATE, ESCAPE to a
	 * function: last the mapping's cells, in their order.
	 */
	struct term_list sees;
	uint64_t memory;		/* states of the outside memory (a LOAD's number) that it begins are higher */
	uint64_t fresh;			/* FRESHs that it makes have higher numbers */
	struct passes *passes;		/* LOOP: owned; others: NULL */
};

struct guard {
	char *text;			/* as the source has it */
	unsigned line;
	bool taken;			/* the term holds on this path, or does not */
	term_t term;
};

enum result_kind { RESULT_ZERO, RESULT_ERROR, RESULT_CALL, RESULT_UNKNOWN };

struct path {
	VEC(struct guard) guards;
	VEC(uint32_t) effects;			/* indices in contract.effects, in order */
	enum result_kind result;
	int64_t value;				/* RESULT_ERROR: the errno, negative; 0: not known which */
	char *call;				/* RESULT_CALL: whose result */
	unsigned line;
	term_t result_term;			/* what is returned */
	term_t cells[CELL_NR];			/* the mapping at the end; 0: not known */
	uint32_t unmodelled;			/* 1 + index in contract.unmodelled of why, or 0 */
};

/* whole: it is the contract's, not one path's; by_effect: an effect of the path says it as well. */
struct unmodelled { unsigned line; char *reason; bool whole, by_effect; };

/* A function of the same file that was followed. */
struct helper { char *name; unsigned line; bool takes_vma; };

struct contract {
	char *function;
	struct effect *effects;
	size_t nr_effects, cap_effects;
	VEC(struct path) paths;
	VEC(struct unmodelled) unmodelled;
	VEC(struct helper) helpers;
	struct terms *terms;
	struct flag_names flags;		/* that the terms' constants use */
	unsigned infeasible;			/* branches dropped because no request takes them */
};

/* Build the contract of a function of a unit.  -ENOENT when the unit has no body for it. */
int contract_build(const struct unit *u, const char *function, struct contract *c);
void contract_free(struct contract *c);

/* Is this the SYMBOL that stands for a parameter?  One that is called as a part of the request is has another name. */
bool contract_is_parameter(const char *symbol, const char *param);

void effect_free(struct effect *f);		/* what it owns, not itself */
void passes_free(struct passes *p);		/* NULL is fine */

/*
 * Are these the same, path by path in order and term by term?  Lines aside: an unchanged function
 * that moved is equal.  It does not ask whether different terms are worth the same.
 */
bool contract_equal(const struct contract *a, const struct contract *b);

/* Is every path followed exactly? */
bool contract_is_complete(const struct contract *c);

/* Can this path end with a mapping? */
bool path_succeeds(const struct path *p);
/* Does it write a field of the vma: flags, protection, vm_ops, private data, pgoff, range, or another one? */
bool effect_writes_vma(const struct effect *e);

/* Locks and memory balance by kind: what is given back is named otherwise than what was taken. */
bool state_is_by_object(enum state_kind kind);
/*
 * Is what this effect takes still held when the path ends; or does a drop give back what the path did not take?
 */
bool path_keeps(const struct contract *c, const struct path *p, const struct effect *taken);
/*
 * Which effects of the path take what is given back, or give it back: of several takes of one object the first is
 * given back, the last ones are kept.  One for each of p->effects; the caller frees.
 */
bool *path_pairs(const struct contract *c, const struct path *p);

/*
 * The mapping as it is when an effect hands it to a function that is not followed: address and value of each cell,
 * in their order; NULL where that is not known.
 */
const term_t *effect_mapping(const struct contract *c, const struct effect *e);
/* The call with which the path ends and whose result is its own: return other_mmap(file, vma); or NULL. */
const struct effect *path_handed_on(const struct contract *c, const struct path *p);

/* The first effect of a kind on any path that can succeed, or NULL. */
const struct effect *contract_find(const struct contract *c, enum effect_kind kind);
/* Call fn for every effect of every path that can succeed, once for each effect. */
void contract_each(const struct contract *c, void (*fn)(const struct effect *e, void *ctx), void *ctx);

/* An expression as C text, for a person; caller frees. */
char *node_text(const struct unit *u, uint32_t node);

/* The number of the FIELD that a MEMBER or DESIGNATE is. */
uint64_t member_offset(const struct node *n);

#endif
