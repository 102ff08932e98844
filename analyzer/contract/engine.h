/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside contract/: the walk over a function's nodes that lists its paths. */
#ifndef MMAPCONV_CONTRACT_ENGINE_H
#define MMAPCONV_CONTRACT_ENGINE_H

#include "contract/contract.h"

/* What is known of a local variable on a path. */
enum value_kind { VALUE_UNKNOWN, VALUE_CONST, VALUE_CALL, VALUE_ERROR, VALUE_VMA, VALUE_VMA_SIZE,
		  VALUE_FILE_PRIVATE, VALUE_FILE, VALUE_VMA_PROT, VALUE_VMA_START, VALUE_VMA_MM, VALUE_LOCAL, VALUE_HOLDS_VMA,
		  VALUE_NONZERO };

/*
 * ERROR: a negative errno; NONZERO: a call's result that is not 0, whatever its sign.
 * LOCAL: the address of something of the function's own; HOLDS_VMA: a struct of its own with the
 * vma's pointer in it.
 */

struct value {
	enum value_kind kind;
	int64_t number;			/* CONST */
	const char *call;		/* CALL, ERROR: the function whose result it is (in a node) */
	uint32_t from;			/* UNKNOWN: the field that it was read from, or 0 */
};

/* addressed: a pointer to it exists, so nothing is known of it any more. */
struct local { const char *name; unsigned frame; struct value value; bool addressed; };

/* How a path goes on. */
enum flow { FLOW_NEXT, FLOW_BREAK, FLOW_CONTINUE, FLOW_GOTO, FLOW_RETURN };

struct state {
	VEC(struct guard) guards;	/* texts shared with the engine, not owned */
	VEC(uint32_t) effects;
	VEC(struct local) locals;
	enum flow flow;
	const char *label;		/* FLOW_GOTO */
	struct value result;		/* FLOW_RETURN; also the value of the last expression */
	unsigned result_line;
	unsigned loops;			/* loops around */
	unsigned held;			/* guards whose scope has not ended */
};

struct states { struct state *items; size_t nr, cap; };

struct engine {
	const struct unit *u;
	struct contract *c;
	struct strlist texts;		/* guard texts that states share */
	const struct function *stack[12];/* inlined functions */
	unsigned depth;
	unsigned frame;			/* number of the current inlining, names its locals */
	unsigned frames;
	unsigned steps;
	unsigned line;			/* of the call, while a header's inline is followed; or 0 */
	bool too_many;
};

void state_copy(struct state *to, const struct state *from);
void state_free(struct state *s);
void states_free(struct states *s);
struct state *states_add(struct states *to, const struct state *from);	/* a copy */

struct value *local_find(struct engine *e, struct state *s, const char *name);
void local_set(struct engine *e, struct state *s, const char *name, struct value v);
/* A new local of this name, which hides an outer one until its block ends. */
void local_push(struct engine *e, struct state *s, const char *name, struct value v);
/* Locals whose address stands in an expression, outside calls, are not known from now on. */
void locals_addressed(struct engine *e, struct state *s, uint32_t node);
/* Locals that are assigned somewhere below a node are not known. */
void locals_assigned(struct engine *e, struct state *s, uint32_t node);

/* Evaluate an expression on a path: effects are added, s->result is its value.  Inlined helpers
 * can split the path: the resulting states are appended to out, s is consumed. */
void eval(struct engine *e, uint32_t node, struct state *s, struct states *out);

/* `a ? b : c`, `a && b`, `a || b`: split like an if; s is consumed. */
void eval_split(struct engine *e, uint32_t node, struct state *s, struct states *out);
/* What an expression without effects is worth on this path. */
struct value value_of(struct engine *e, struct state *s, uint32_t node);

/* A condition on this path: 1 true, 0 false, -1 not known. */
int decide(struct engine *e, uint32_t cond, struct state *s);
/* On the branch where `cond` is `truth`: a variable that holds a call's result is known better. */
void refine(struct engine *e, uint32_t cond, struct state *s, bool truth);

/* Execute a statement for one state (consumed); results are appended to out. */
void exec(struct engine *e, uint32_t node, struct state *s, struct states *out);
/* Call a function of this unit with these argument nodes. */
bool inline_call(struct engine *e, const struct node *call, struct state *s, struct states *out);

struct effect *add_effect(struct engine *e, struct state *s, enum effect_kind kind, const struct node *at,
			  const char *name);
void unmodelled(struct engine *e, unsigned line, const char *reason);

/* Is the vma, or something that is reached through it or holds it, among a call's arguments? */
bool passes_vma(struct engine *e, struct state *s, const struct node *call);
bool is_vma(struct engine *e, struct state *s, uint32_t node);
void eval_call(struct engine *e, uint32_t node, struct state *s);	/* not inlined ones */
void eval_assign(struct engine *e, uint32_t node, struct state *s);

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

#endif
