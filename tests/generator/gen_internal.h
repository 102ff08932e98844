/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside the generator of handlers. */
#ifndef GENERATOR_GEN_INTERNAL_H
#define GENERATOR_GEN_INTERNAL_H

#include "gen.h"

enum var_kind {
	VAR_SCALAR,
	VAR_POINTER,
	VAR_REGION,
	VAR_WINDOW,
	VAR_SPAN,
	VAR_BITS,
	VAR_ARRAY,
	VAR_REGS,
	VAR_MODES,
	VAR_REGION_POINTER,
	VAR_DEV,
	VAR_HIDDEN
};

struct var {
	char name[16];
	enum var_kind kind;
	const char *type; /* SCALAR, POINTER: of the scalar */
	bool fixed;	  /* a loop's counter: not to be written */
	bool top;	  /* lives as long as the handler runs */
};

/* A function that was written before, to be called. */
struct helper_text {
	char name[24];
	bool vma, out, record, is_void, pointer;
	unsigned args;
};

struct gen {
	uint64_t random;
	struct handler *h;
	unsigned number; /* of the handler */
	struct strbuf *out;
	unsigned indent;
	VEC(struct var) vars; /* in scope */
	VEC(struct helper_text) helpers;
	unsigned names;	    /* last number of a name */
	int branches;	    /* how many may still come */
	int size;	    /* how many statements */
	unsigned depth;	    /* of blocks */
	unsigned statement; /* number of the last */
	const bool *skip;
	size_t nr_skip;
	bool weak;	/* constructs that are only partly known are allowed */
	bool vma, file; /* in scope */
	bool desc;	/* and a descriptor, in a hook */
	bool in_helper, in_loop, in_switch;
	bool moves;	    /* nothing that a hook has no word for: gen_move.c */
	bool ladder;	    /* error exits go to labels */
	bool no_return;	    /* the function returns something else than an int */
	unsigned labels;    /* of the ladder so far */
	struct strbuf undo; /* its text, innermost first */
};

static inline unsigned pick(struct gen *g, unsigned n)
{
	return (unsigned)random_below(&g->random, n);
}

static inline bool chance(struct gen *g, unsigned percent)
{
	return pick(g, 100) < percent;
}

static inline void use(struct gen *g, enum construct c)
{
	g->h->uses[c] = true;
}

#define PICK(g, list) ((list)[pick(g, sizeof(list) / sizeof(*(list)))])

/* gen_expr.c, gen_condition.c: append C to a buffer.  Expressions have no side effect. */
void expr(struct gen *g, struct strbuf *b, unsigned depth);
void comparison(struct gen *g, struct strbuf *b, unsigned depth);
void condition(struct gen *g, struct strbuf *b);
/* gen_leaf.c */
void leaf(struct gen *g, struct strbuf *b);
void number(struct gen *g, struct strbuf *b);
void flag_mask(struct gen *g, struct strbuf *b);
const char *scalar_type(struct gen *g);
const char *dev_expr(struct gen *g);   /* a struct dev * */
const char *dev_scalar(struct gen *g); /* a member that can be written */
struct var *var_of(struct gen *g, enum var_kind kind, bool writable);
struct var *var_typed(struct gen *g, const char *type, bool top);
struct var *var_new(struct gen *g, enum var_kind kind, const char *type);
void error_value(struct gen *g, struct strbuf *b);

/* gen_stmt.c */
void line(struct gen *g, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void statements(struct gen *g, unsigned nr);
void block(struct gen *g, unsigned nr); /* "{ … }" in a scope of its own */
void leave(struct gen *g);		/* return or goto */
void declare(struct gen *g);

/* gen_flow.c, gen_value.c, gen_vma.c, gen_state.c: one statement of the kind */
void flow_statement(struct gen *g);
void value_statement(struct gen *g);
void vma_statement(struct gen *g);
void state_statement(struct gen *g);
void call_statement(struct gen *g);
void pointer_statement(struct gen *g);
void order_statement(struct gen *g);
void hook_statement(struct gen *g);

/* gen.c */
void write_helpers(struct gen *g, unsigned nr);
void begin_body(struct gen *g);
void end_handler(struct gen *g);
/* What comes behind the handlers; takes out. */
void batch_end(struct batch *b, struct strbuf *out, unsigned first, unsigned nr);

/* An expression or a condition as a string of its own; caller frees. */
char *expr_text(struct gen *g, unsigned depth);
char *condition_text(struct gen *g);

#endif
