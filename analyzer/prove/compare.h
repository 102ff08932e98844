/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside prove/: what compare.c, events.c and witness.c share of two traces that one request can take. */
#ifndef MMAPCONV_PROVE_COMPARE_H
#define MMAPCONV_PROVE_COMPARE_H

#include "prove/internal.h"

struct compare {
	const struct prove_side *old, *new_side;
	const struct traces *old_traces, *new_traces;
	struct solver s;
	struct term_list facts;			/* hold for every request */
	struct flag_names flags;		/* for texts: the new side's, and those that populating sets; names are others' */
	struct proof *out;
	bool done;				/* it differs: nothing changes that any more */
};

struct pair {
	struct compare *c;
	const struct trace *a, *b;		/* old, new */
	struct term_list conditions;		/* under which they are compared now */
	/* Of what holds anyway, of the old side, of the new: a loop knows how many held when it began. */
	const struct term_list *always, *xs, *ys;
	bool in_loop;				/* they are of a pass: whether a request comes there is not known */
};

void compare_pair(struct compare *c, const struct trace *a, const struct trace *b);
/* Unknown, unless it differs; the first reason stays. */
void give_up(struct compare *c, bool old_side, unsigned line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* It differs, if the model of the last question shows it; takes both texts. */
void report(struct pair *p, char *old_does, char *new_does);
/* Have both the same value?  If not, that is said. */
bool same_value(struct pair *p, term_t x, term_t y, const char *what);
/* Is it made of something that the other side cannot have? */
bool is_unpaired(const struct terms *t, term_t a);
char *value_of(const struct compare *c, term_t a);	/* as text; caller frees */

/* events.c: as a person has it; caller frees. */
char *event_text(const struct compare *c, const struct event *e);
/* Do both do the same to the world, in the same order? */
bool same_events(struct pair *p, bool fails);

/* traps.c: does neither divide by 0, or follow NULL, where the other does not?  If not, that is said. */
void same_traps(struct pair *p);

/* coverage.c: has each side a path for every request that the other has one for?  If not, that is said. */
void check_coverage(struct compare *c);

/* initials.c: are the variables that both look at initialised with the same?  If not, that is said. */
void check_initials(struct compare *c);

/* same_events() of a pass. */
bool same_event_list(struct pair *p, const struct events *x, const struct events *y);

/*
 * loops.c: are the loops of these events the same, one by one?  1: yes, or there are none; 0: no request comes to the
 * two that are not; -1: no, and that is said.  Before anything that is asked behind one is taken to hold.
 */
int same_loops(struct pair *p, const struct events *x, const struct events *y);

/*
 * witness.c: the model of the last question as a request, replayed through all traces of both sides.  false: the
 * replay does not come to these two.  Else the proof has it.
 */
bool witness(struct pair *p, const char *old_does, const char *new_does);

#endif
