/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside prove/: both contracts in one store of terms, as traces.  A trace is one path of one side with all that
 * the core does around it, named so that what is the same on both sides is the same term:
 *
 *	memory	a LOAD's state is how many events of the trace came before it;
 *	calls	the n-th of a function is the n-th;
 *	locals	the n-th of a name is the n-th;
 *	FRESH	a SYMBOL "<why> k", k the events before; one that is not the only one of its why and k is a
 *		SYMBOL that begins with UNPAIRED and is no other side's.
 */
#ifndef MMAPCONV_PROVE_INTERNAL_H
#define MMAPCONV_PROVE_INTERNAL_H

#include "contract/models.h"
#include "contract/smt.h"
#include "prove/prove.h"

#define UNPAIRED "?"

/* R13: what vm_ops == NULL means where somebody wrote it; a handler that does not has the dummy ones. */
#define ANONYMOUS "no vm_ops: the mapping is anonymous"

/*
 * Something done to the world, or to the mapping beside its cells.  A loop is one as a whole; the pass that ends it
 * stands in the trace behind it, in terms of what its places are when that pass begins.
 */
struct event {
	const struct effect *effect;
	char *name;				/* canonical: generic_file_mmap() for its _prepare(); "" for a loop */
	struct term_list args, sees;		/* of what populates, the protection that the pages get, too */
	term_t result;
	const struct contract *c;		/* that the effect is of */
	const struct path *p;
	struct looped *looped;			/* of a loop; shared */
	bool after_hook;			/* mapped or close did it */
};
VEC_DECLARE(events, struct event);

/* A way through any pass of a loop, as in struct pass_way. */
struct looped_way {
	enum pass_end end;
	struct term_list conditions, values;
	struct events events;
};

/* A loop of a trace. */
struct looped {
	unsigned refs;
	size_t conditions;			/* of the trace (of the way around): those that held when it began */
	VEC(struct pass_place) places;
	VEC(struct looped_way) ways;
	bool outside;				/* memory outside can change in it */
};

/* The page tables, filled. */
struct population {
	const struct effect *effect;		/* NULL: nothing is populated */
	enum action_kind kind;			/* REMAP, IOREMAP, INSERT_PAGES */
	struct term_list args;			/* address, pfn, size; address, array, pages */
	term_t address, length;			/* of vm_iomap_memory(), which checks them against pgoff; or 0 */
	term_t flags, pgoff;			/* of the mapping, when it is asked for; 0: not known */
	bool whole;				/* INSERT_PAGES: as many as the mapping has */
	term_t prot;				/* of the page tables */
	size_t at;				/* events before it */
	bool locked;				/* under a lock that the handler took */
};

struct trace {
	struct term_list conditions;
	struct events events;
	struct population population;
	term_t cells[CELL_NR], result;
	unsigned line;				/* where it returns */
	bool hook_passed;			/* of a hook: it returned 0 */
	term_t trap;				/* it divides by 0 or follows NULL; 0: never */
	char *unknown;				/* why it cannot be compared, or NULL */
	unsigned unknown_line;
};
VEC_DECLARE(traces, struct trace);

/* What a term of a contract is in the common store, whatever it is made of. */
struct preset { term_t from, to; };
VEC_DECLARE(presets, struct preset);

/* import.c: one path's terms in another store. */
struct import {
	struct terms *to;
	const struct contract *c;
	const struct path *p;
	const char *side;			/* for names of what is unpaired */
	size_t events_before;			/* of the trace, before this contract's */
	const struct import *before;		/* whose calls came first, or NULL */
	const char *pointer;			/* SYMBOL that points to vm_private_data, or NULL */
	term_t pointer_written;			/* the last value, in c's terms; 0: none */
	const char *params[3];			/* whose SYMBOLs are start, end and pgoff; or NULL */
	const struct effect *handed;		/* the call that this path is left with for another's; or NULL */
	bool taken_over;			/* cells has the whole mapping as it was handed on */
	term_t populated;			/* what its call that populates returns; 0: populate_result() */
	const char *error_param;		/* whose SYMBOL is the error, or NULL */
	term_t error;
	term_t cells[CELL_NR];			/* what they and *pointer are */
	struct solver *solver;			/* to ask whether a loop is one population; or NULL: it stays a loop */
	const struct term_list *always;		/* what holds for every request; with solver */
	const struct presets *presets;		/* or NULL */
	const struct effect *no_events[2];	/* that would be events; or NULL */
	size_t conditions_before;		/* of the trace, before this contract's */
	VEC(uint32_t) own;			/* effects of the path, but those of passes that went round */
	VEC(uint32_t) order;			/* those that are events */
	bool *used;				/* by c's terms: is the path made of it? */
	term_t *map;				/* by c's terms; 0: not yet */
};
/* All but own, order, used, map and pointer_written are set before; import_end() frees. */
void import_begin(struct import *i, const struct contract *c, const struct path *p);
/* The same for a way through any pass of the loop that is i->own.items[at]. */
void import_begin_way(struct import *w, const struct import *i, size_t at, const struct pass_way *way);
void import_end(struct import *i);
term_t import_term(struct import *i, term_t a);
/* Is this effect an event of the trace? */
bool is_event(const struct contract *c, const struct effect *e);
/* A write to desc->action.error_override. */
bool is_override(const struct contract *c, const struct effect *e);
/* The same before Linux 7.2: a function that makes another error of the core's. */
bool is_error_hook(const struct contract *c, const struct effect *e);
/* "generic_file_mmap" for "generic_file_mmap_prepare", where the model says that they are one. */
char *canonical_call(const char *name);
/* What the function that populates returns; errors are negative, as the type says. */
term_t populate_result(struct terms *t);
/* vm_map_pages() and its kin look at the array first. */
/* What populating adds to the flags, and what it makes of pgoff. */
term_t flags_after(struct terms *t, enum action_kind kind, term_t flags);
term_t pgoff_after(struct terms *t, enum action_kind kind, term_t flags, term_t pgoff, const struct term_list *args);

/* Is it private, and can it be written? */
term_t is_cow(struct terms *t, term_t flags);

/* refuse.c: which requests are refused before a page is mapped, and how; condition 0: none. */
struct refusal { term_t condition, error; };
struct refusal refusal_of(struct terms *t, const struct population *p, term_t flags, term_t pgoff, bool is_hook);
/* The first PFN that vm_iomap_memory() maps. */
term_t simple_pfn(struct terms *t, term_t address, term_t pgoff);
/* An int that is neither 0 nor an errno. */
term_t is_no_errno(struct terms *t, term_t a);

/* trace.c: the paths of a side, completed.  s, always: of struct import. */
struct solver;
void traces_of(const struct prove_side *side, const char *name, struct terms *t, struct solver *s,
	       const struct term_list *always, struct traces *out);
void traces_free(struct traces *t);
/*
 * One more path of the side, behind what t, which is used up, has of it already.  c: whose; depth: how often the mapping
 * was handed on.
 */
void trace_path(const struct prove_side *side, struct import *i, const struct contract *c, const struct path *p,
		struct trace *t, unsigned depth, struct traces *out);
/* handed.c: the call at the path's end that can be followed, or NULL; and every way on from it. */
const struct effect *handed_on(const struct prove_side *side, const struct contract *c, const struct path *p,
			       unsigned depth);
void follow_handed(const struct prove_side *side, struct import *i, struct trace *t, unsigned depth, struct traces *out);
/* Inside trace.c, complete.c */
void trace_free(struct trace *t);
void trace_copy(struct trace *to, const struct trace *from);
void trace_unknown(struct trace *t, unsigned line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Where ways through a function may be missing, nothing is known of it. */
void trace_gaps(const struct contract *c, struct trace *t);
void trace_events(struct import *i, struct trace *t, bool after_hook);
/* passes.c: events of an import; a loop's passes are imported with it.  *unknown: why one is not understood, or NULL. */
void import_events(struct import *i, bool after_hook, struct events *out, const char **unknown, unsigned *line);
void terms_copy(struct term_list *to, const struct term_list *from);	/* to is not freed before */
void events_copy(struct events *to, const struct events *from);
void events_free(struct events *e);
/* The protection that a call that populates gives the pages: its own argument, or the mapping's as it is then. */
term_t prot_of(struct import *i, const struct effect *f, bool is_hook);
void trace_conditions(struct import *i, struct trace *t);
/* traps.c: when the path divides by 0 or follows a NULL pointer; its import began. */
void trace_traps(struct import *i, struct trace *t);
/*
 * fail.c: the hook passed, and populating, or mapped, failed with error: the mapping goes.  last: whose calls came
 * last, the hook's or mapped's; cells: the mapping that close gets.  The trace is copied for each way that this takes.
 */
void mapping_fails(const struct prove_side *side, struct import *hook, const struct import *last, const term_t *cells,
		   const struct trace *failed, term_t error, struct traces *out);
/* What the hook left in action.error_override, or 0. */
term_t error_override(struct import *hook);
/* Inside complete.c, fail.c */
/*
 * The table that matters for what happens next; *table is NULL where none has a mapped or a close.  false: that is
 * not known.
 */
bool names_table(const struct prove_side *side, const struct terms *t, term_t vm_ops, struct trace *x,
		 const struct prove_table **table);
/* Locks that are held when the effect comes. */
bool is_locked(const struct import *i, const struct effect *f);
/* What a path leaves in the mapping and returns; conditions, events and population are there. */
void trace_ends(struct import *i, struct trace *t);
/* Conditions, events and population of a path whose import began. */
void trace_begins(const struct prove_side *side, struct import *i, struct trace *t);

/*
 * page_loop.c: a loop that populates page by page, where it does what one call would that is given all of them.  t is
 * the path's whole trace, with nothing before it.  false: the path has none, or it cannot be shown; out is as it was.
 */
bool page_loop_traces(const struct prove_side *side, struct import *i, const struct trace *t, struct traces *out);

/* complete.c: a hook's path that may have returned 0 goes on in the core. */
void complete_hook(const struct prove_side *side, struct import *i, const struct trace *hook, struct traces *out);

/* solve.c: questions about terms of the common store. */
struct solver {
	struct terms *t;
	struct smt *smt;
	struct term_list facts;			/* equal arguments, equal results: as far as it mattered */
	unsigned questions, undecided;
	struct proof *out;			/* to note in how long each took */
};
/* Can these hold together?  YES: smt_value() has a model in which equal calls have equal results. */
enum smt_answer solver_ask(struct solver *s, const struct term_list *conditions);

/* A difference of a listed kind: by its name in difference_kinds. */
void add_difference(struct proof *p, const char *kind, unsigned line, char *detail);

#endif
