/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside contract/: the walk over a function's nodes that lists its paths.
 *
 * A state is one path as far as it was followed.  Everything that evaluates or executes consumes the
 * state it is given and appends the states that it becomes to `out`: none when no request gets there.
 */
#ifndef MMAPCONV_CONTRACT_ENGINE_H
#define MMAPCONV_CONTRACT_ENGINE_H

#include <string.h>

#include "contract/contract.h"
#include "contract/smt.h"

/* Which bits of an object: the same place can have several addresses. */
struct place {
	term_t base;			/* term_base() of the address */
	int64_t first;			/* bit */
	uint64_t bits;			/* 0: to the end */
};

/* A piece of memory whose contents are known: of the function, of the mapping, or written on the path. */
struct cell {
	term_t address, value;
	struct place at;
};

struct variable {
	const char *name;
	term_t address;			/* a LOCAL */
	struct ctype type;
	const char *cleanup;		/* called when its scope ends, or NULL */
	unsigned frame;			/* of the inlined function that declared it */
	unsigned line;
};

/* Since when a member of that name (NULL: everything outside) may have changed. */
struct version { const char *name; uint64_t number; };
/* And a place whose object is known. */
struct written { struct place at; uint64_t number; };
struct occurrence { const char *function; unsigned nr; };

/* How a path goes on. */
enum flow { FLOW_NEXT, FLOW_BREAK, FLOW_CONTINUE, FLOW_GOTO, FLOW_RETURN };

struct state {
	VEC(struct guard) guards;	/* texts are the engine's */
	VEC(term_t) known;		/* conditions that hold, conjunctions taken apart */
	VEC(uint32_t) effects;
	VEC(struct cell) cells;
	VEC(struct variable) variables;
	VEC(struct version) versions;
	VEC(struct written) writes;	/* since all of the memory outside changed last */
	VEC(struct occurrence) calls;
	VEC(term_t) escaped;		/* LOCALs (and the vma) whose address others may hold */
	VEC(term_t) stack;		/* values of operands while the next one is evaluated */
	term_t value;			/* of the last expression; FLOW_RETURN: the result */
	enum flow flow;
	const char *label;		/* FLOW_GOTO */
	unsigned line;			/* of the goto, of the return */
	uint32_t loop;			/* 1 + index of the LOOP effect around, or 0 */
	uint32_t unmodelled;		/* 1 + index of the first reason, or 0 */
};

struct states { struct state *items; size_t nr, cap; };

/* What the parser knows of the member that a FIELD is. */
struct member {
	char *tag;			/* the struct that it is a member of, or NULL: names a callback "tag.field" */
	uint64_t bits;			/* its width, 0: not known */
	uint8_t first_bit;		/* of a bit-field, behind the FIELD's offset */
	bool is_bit_field, in_union;
};

struct leaves { struct term_list top, all; };

struct engine {
	const struct unit *u;
	struct contract *c;
	struct terms *t;
	struct smt *smt;		/* started when it is first asked */
	bool no_smt;			/* it could not be started */
	struct strlist texts;		/* guard texts that states share */
	VEC(struct member) members;
	VEC(struct leaves) leaves;
	VEC(uint32_t) leaves_of;	/* by a condition's term: 1 + index, or 0 */
	VEC(uint32_t) marks;		/* by term: the last walk that came by */
	uint32_t mark;
	VEC(uint32_t) member_of;	/* by a FIELD's term: 1 + index, or 0 */
	const struct function *stack[16];/* inlined functions */
	unsigned depth;
	unsigned frame, frames;		/* number of the current inlining, and of the last */
	uint64_t numbers;		/* of locals and versions */
	unsigned steps;
	unsigned line;			/* of the call, while a function of another file is followed; or 0 */
	unsigned nodes_deep;		/* recursion over the tree, bounded */
	term_t vma;			/* SYMBOL vma: the address of the mapping's object */
	term_t file;			/* SYMBOL file */
	struct ctype pointer, word;	/* of the architecture: a pointer, unsigned long */
	bool too_many;
	bool together;			/* branches are taken together: together.c */
};

/* state.c */
void state_copy(struct state *to, const struct state *from);
void state_free(struct state *s);
void states_free(struct states *s);
struct state *states_add(struct states *to, const struct state *from);	/* a copy */
void states_move(struct states *to, struct states *from);		/* all of them; from is empty then */
/* The same, where value() first makes of each way that goes on what its value is. */
typedef term_t value_of_state(struct engine *e, const struct node *n, struct state *s);
void states_value(struct engine *e, const struct node *n, struct states *from, value_of_state *value, struct states *to);
/* What is known to stand at an address, under that very name; or NULL. */
const struct cell *state_cell(const struct state *s, term_t address);
void state_push(struct state *s, term_t v);
term_t state_pop(struct state *s);
/* Only their conditions, and how often which function was called, tell these two apart. */
bool state_same(const struct state *a, const struct state *b);
bool state_same_cells(const struct state *a, const struct state *b);
struct effect *add_effect(struct engine *e, struct state *s, enum effect_kind kind, unsigned line,
			  const char *name);
void effect_arg(struct effect *f, term_t a);
/* What a function that is called with these values can read of the function's own memory, and of a mapping let out. */
void effect_sees(struct engine *e, struct state *s, struct effect *f, const term_t *values, size_t nr);
/* The mapping as it is then. */
void effect_sees_mapping(struct engine *e, struct state *s, struct effect *f);
/* This path cannot be followed exactly; NULL state: the whole contract. */
void unmodelled(struct engine *e, struct state *s, unsigned line, const char *reason);
/* The same where an effect of the path says it already. */
void unmodelled_effect(struct engine *e, struct state *s, unsigned line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
unsigned line_of(const struct engine *e, const struct node *n);
bool over_budget(struct engine *e, const struct states *out, unsigned line);

/* place.c */
/* A FIELD's member, and the spelling of its record's type (or NULL); the first word of a FIELD counts. */
void member_know(struct engine *e, term_t field, const struct node *n, const char *record);
const char *member_tag(const struct engine *e, term_t field);
void members_free(struct engine *e);
/* type: what is read or written there. */
struct place place_of(const struct engine *e, term_t address, struct ctype type);
bool place_same(struct place a, struct place b);
bool place_overlap(struct place a, struct place b);
/* Is it in a union that is below above (0: anywhere)? */
bool place_in_union(const struct engine *e, term_t address, term_t above);
/* Is what is read or written there wider than the member or the element? */
bool place_runs_over(const struct engine *e, term_t address, struct ctype type);
/* The member whose change an outside address stands for; NULL: it may be any. */
const char *place_name(const struct terms *t, term_t address);
/* Can a write to an outside address change what a cell of the outside holds? */
bool may_alias(const struct engine *e, const struct cell *c, term_t address, struct ctype type);

/* memory.c: what stands at an address on this path. */
term_t memory_read(struct engine *e, struct state *s, term_t address, struct ctype type);
/* Is anything known of an object, or of what is in it?  Else nothing was written there. */
bool memory_is_written(struct engine *e, struct state *s, term_t root);
/* Write without an effect of its own. */
void memory_write(struct engine *e, struct state *s, term_t address, term_t value);
/*
 * Everything at or below an address is not known any more, since an effect of this path wrote it: <its name>, or <why>
 * where it has none.  The same effects leave the same there: a comparison takes two unknowns of one name for equal.
 */
void memory_forget(struct engine *e, struct state *s, term_t address, const char *why);
/*
 * The same where no effect says what was written: <why>.  With a space in it that is equal to nothing; without one it has to
 * say all that it is made of.
 */
void memory_lose(struct engine *e, struct state *s, term_t address, const char *why);
/*
 * either.c: an address that is one of two, of which one at least is the function's own memory or the mapping's.  Are all
 * that it can be variables of the function?  memory_read() and memory_write() come here by themselves.
 */
bool either_is_own(const struct engine *e, term_t address);
bool either_is_local(const struct engine *e, term_t address);
term_t either_read(struct engine *e, struct state *s, term_t address, struct ctype type);
void either_write(struct engine *e, struct state *s, term_t address, term_t value);
/* The object that an address lies in: a LOCAL, GLOBAL, SYMBOL, LOAD, CALL … */
term_t address_root(const struct terms *t, term_t address);
bool is_below(const struct terms *t, term_t address, term_t above);
/* outside.c: the function's own memory, or the mapping's? */
bool memory_is_own(const struct engine *e, term_t root);
/* An unknown function ran: memory outside, and of the function what it could reach, may differ. */
void memory_clobber(struct engine *e, struct state *s, const term_t *args, size_t nr);
void memory_touch(struct engine *e, struct state *s, term_t address);	/* it alone changed */
/* It and members of these names, wherever they are (NULL ends the list). */
void memory_touch_inside(struct engine *e, struct state *s, term_t address, const char *const *members);
void outside_touch(struct engine *e, struct state *s, term_t address, struct ctype type);
/*
 * What changed of the outside on the way from s to after may change again and again.  nr_terms: those that
 * there were before.  seen: what changed on ways before this one; is there more?
 */
VEC_DECLARE(names, const char *);
bool outside_again(struct engine *e, struct state *s, const struct state *after, size_t nr_terms, struct names *seen);
/*
 * let_out.c: can what is read there, outside, be a variable (or the mapping) whose address others may hold, as no effect has
 * shown it?  And a place of the function's own is written, which others may look at.
 */
bool outside_is_hidden(struct engine *e, const struct state *s, term_t address, struct ctype type);
void outside_forget_let_out(struct engine *e, struct state *s, term_t written, struct ctype type);
/* Number of the last event that may have changed anything outside; 0: none. */
uint64_t memory_version(const struct state *s);
/* Of the last one that may have changed what stands at an address, read as that type. */
uint64_t outside_version(const struct engine *e, const struct state *s, term_t address, struct ctype type);
/* reach.c: can the function or memory that gets these values reach the object? */
bool reaches(struct engine *e, struct state *s, const term_t *values, size_t nr, term_t root);
/* Others can reach what these values point to from now on. */
void memory_escape(struct engine *e, struct state *s, const term_t *values, size_t nr);
/* Others may hold the address of root (a LOCAL, or the vma) from now on; false: that was known. */
bool state_let_out(struct state *s, term_t root);
bool state_has_let_out(const struct state *s, term_t root);
/* record.c */
term_t record_member(struct engine *e, term_t record, const char *name, uint64_t offset, struct ctype type);
term_t record_with(struct terms *t, term_t base, const char *name, term_t value);
term_t record_zero(struct terms *t);
/* vma.c: the member of the vma's object that a cell is, by the name that vma or desc give it; or CELL_NR. */
enum vma_cell vma_cell_of(const char *field);
enum { VMA_CELL_SIZE = 64 };		/* bytes that no other cell has */
term_t vma_cell_address(struct engine *e, enum vma_cell cell);
bool is_vma_cell(const struct engine *e, term_t address);
term_t vma_cell_read(struct engine *e, struct state *s, enum vma_cell cell);

/* scope.c */
struct variable *variable_find(struct engine *e, struct state *s, const char *name);
term_t variable_add(struct engine *e, struct state *s, const char *name, struct ctype type,
		    const char *cleanup, unsigned line);
/* The scope that began with nr variables ends: cleanups run, in reverse. */
void scope_end(struct engine *e, size_t nr, struct state *s, struct states *out);

/* eval.c: s->value is the expression's. */
void eval(struct engine *e, uint32_t node, struct state *s, struct states *out);
/* An lvalue: s->value is its address. */
void eval_address(struct engine *e, uint32_t node, struct state *s, struct states *out);
/* These siblings in order; their values are on the stack, the last on top. */
void eval_list(struct engine *e, uint32_t first, size_t nr, struct state *s, struct states *out);
/* One value without an effect, a split or a change; false: s is as it was. */
bool eval_pure(struct engine *e, uint32_t node, const struct state *s, term_t *value);

/* choice.c */
void eval_logical(struct engine *e, uint32_t node, struct state *s, struct states *out);
void eval_choice(struct engine *e, uint32_t node, struct state *s, struct states *out);

/* operators.c */
term_t binary(struct engine *e, const struct node *n, const char *op, term_t a, term_t b, uint32_t elem_a,
	      uint32_t elem_b, struct ctype type);
term_t negate(struct engine *e, term_t a, struct ctype type);
term_t bit_field(struct engine *e, term_t v, unsigned bits, struct ctype type);
struct ctype common_type(struct ctype a, struct ctype b);
term_t element(struct engine *e, term_t base, term_t index, uint64_t size);

/* assign.c */
bool is_fresh_memory(const struct engine *e, term_t root);	/* allocated on this path */
void store(struct engine *e, struct state *s, const struct node *at, term_t address, term_t value);
void eval_assign(struct engine *e, uint32_t node, struct state *s, struct states *out);
void eval_step(struct engine *e, uint32_t node, struct state *s, struct states *out);	/* ++ -- */
/* An initializer list into the object at address. */
void initialize(struct engine *e, uint32_t init, term_t address, struct state *s, struct states *out);

/* branch.c */
/* Split on a condition: where it can hold goes to yes, where it can fail to no.  s is consumed. */
void branch(struct engine *e, uint32_t cond, struct state *s, struct states *yes, struct states *no);
/* The same for a term; text may be NULL. */
void branch_term(struct engine *e, term_t cond, const char *text, unsigned line, struct state *s,
		 struct states *yes, struct states *no);
/* Add what holds without asking. */
void assume(struct engine *e, struct state *s, term_t cond);
/* 1: holds on this path, 0: cannot hold, -1: either. */
int decide(struct engine *e, struct state *s, term_t cond);

/* leaves.c: does b say anything of what a is about? */
bool shares_unknown(struct engine *e, term_t a, term_t b);
void leaves_free(struct engine *e);

/*
 * join.c: of the states from first on, which had the same nr_guards conditions, those that do the same become one
 * where only the last condition tells them apart.
 */
void join_same(struct states *list, size_t first, size_t nr_guards);

/* together.c: of the states from first on, those that go on at the same place become one. */
void take_together(struct engine *e, struct states *list, size_t first);

/*
 * passes.c.  settle: in s, which a loop is about to begin in.  begin: before is s before what passes change was
 * forgotten, and s is what any pass begins in.  way: what a pass that began with nr_effects became.
 */
VEC_DECLARE(addresses, term_t);
void passes_settle(struct engine *e, struct state *s);
struct passes *passes_begin(struct engine *e, struct state *before, struct state *s);
void passes_way(struct engine *e, struct passes *p, struct state *s, size_t nr_effects, enum pass_end end);

/* exec.c, loop.c */
void exec(struct engine *e, uint32_t node, struct state *s, struct states *out);
void exec_loop(struct engine *e, uint32_t node, struct state *s, struct states *out);
void exec_all(struct engine *e, uint32_t node, struct states *in, struct states *out);
void exec_list(struct engine *e, uint32_t block, uint32_t first, struct state *s, struct states *out,
	       unsigned jumps);
/* Enter a statement at a label that it holds; s->flow is not looked at. */
void exec_from_label(struct engine *e, uint32_t node, const char *label, struct state *s, struct states *out);
bool holds_label(struct engine *e, uint32_t node, const char *label);
void exec_switch(struct engine *e, uint32_t node, struct state *s, struct states *out);

/* call.c: a call with its arguments as terms; n: the call's node, or of what makes it. */
struct call {
	const struct node *node;
	const char *name;		/* "" through a pointer */
	const char *file;		/* where it is defined or declared, or NULL */
	term_t callee;			/* through a pointer */
	const term_t *args;
	size_t nr;
	struct ctype type;		/* of the result */
	uint32_t wide;			/* bytes of what the last argument points to; 0: not known */
	unsigned line;
};
void eval_call(struct engine *e, uint32_t node, struct state *s, struct states *out);
void do_call(struct engine *e, const struct call *k, struct state *s, struct states *out);
/* effects.c: a function of the model table; s goes on. */
struct model;
void do_modelled(struct engine *e, const struct call *k, const struct model *m, struct state *s);
/* helper.c */
void do_helper(struct engine *e, struct state *s, const struct call *k, const struct model *m);
/* take.c: an effect; a function that takes only if it says so (false: another kind), with both ways. */
void take_or_drop(struct engine *e, struct state *s, const struct call *k, const struct model *m);
bool take_conditionally(struct engine *e, const struct call *k, const struct model *m, struct state *s,
			struct states *out);
/* flags.c; n: the argument with the mask; bits: VMA_A_BIT, … from argument first on, 0: no constants. */
void set_flags(struct engine *e, struct state *s, const struct call *k, unsigned n, term_t mask, bool set);
term_t flag_bits(struct engine *e, const struct call *k, size_t first);
term_t test_flags(struct engine *e, struct state *s, term_t of, term_t mask, bool all);
void write_flags(struct engine *e, struct state *s, unsigned line, term_t value);
void write_vma_cell(struct engine *e, struct state *s, unsigned line, enum vma_cell cell, term_t value);
void effect_detail(struct engine *e, struct effect *f, term_t a);
void detail_object(struct engine *e, struct effect *f, term_t address);	/* what stands there */
bool belongs_to_file(struct engine *e, term_t object);
term_t call_result(struct engine *e, struct state *s, const struct call *k);

static inline const struct node *engine_node(const struct engine *e, uint32_t i)
{
	return &e->u->nodes[i];
}

/* The n-th child (0 first), or 0. */
static inline uint32_t child_at(const struct engine *e, uint32_t node, unsigned n)
{
	uint32_t i = engine_node(e, node)->child;

	while (i && n--)
		i = engine_node(e, i)->next;
	return i;
}

static inline bool node_op_is(const struct node *n, const char *op)
{
	return n->op && !strcmp(n->op, op);
}

#endif
