/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Classification: contract in; class, patterns, state, verdict, needs and reasons out, by the
 * definitions of the design.  Reasons carry the codes of the conversion rules.
 */
#ifndef MMAPCONV_CLASSIFY_CLASSIFY_H
#define MMAPCONV_CLASSIFY_CLASSIFY_H

#include "contract/contract.h"
#include "inventory.h"
#include "tree/tree.h"

/* Another handler that changes together with this one, or neither does. */
struct peer {
	const struct handler *handler;
	enum peer_kind {
		PEER_CALLED,			/* this one calls it, by name and with its own arguments */
		PEER_CALLS,			/* it calls this one */
		PEER_SHARES,			/* both use a helper */
	} kind;
	char *helper;				/* PEER_SHARES: which; else NULL */
	char *place;				/* "file:line" of the call, or of the helper */
	unsigned line;				/* the same */
};
VEC_DECLARE(peers, struct peer);

/* What is known of a handler besides its contract. */
struct subject {
	const struct tree *tree;
	const struct unit *unit;
	const struct contract *contract;
	const struct strlist *hooks;		/* fields that hold hooks: "file_operations.mmap_prepare", sorted */
	const struct handler *handler;		/* instances, definitions, callers are filled in */
	const struct peers *peers;		/* or NULL: none */
	const struct strlist *strangers;	/* those of its callers that are no call of a peer, or NULL */
	const struct strlist *names;		/* "x_mmap() in file:line": handlers and helpers in its body, used there
						 * in code that was not read or in no way that a rewrite knows; or NULL */
	const struct strlist *again;		/* "file:line" of other definitions of its name, or NULL */
	bool nommu;				/* it has a definition for a kernel without MMU */
	bool swapped_f_op;			/* R19: live files are switched to its table */
	bool swapped_from;			/* R19: its subsystem switches live files to another table */
	bool dead;				/* no table that holds it is used */
	bool table_overridden;			/* a copy of its table gets another handler */
	bool copied_over;			/* it is what such a copy gets */
};

/* One pattern: a file pattern_NAME.c, and a row of patterns.c. */
struct pattern {
	const char *name, *summary;
	bool (*match)(const struct subject *s);
};
extern const struct pattern *const patterns[];

#define PATTERNS(P) \
	P(remap) P(ioremap) P(mixedmap) P(kernel_pages) P(dma) P(fault) P(flags) P(generic) P(delegate) \
	P(stacked) P(reject) P(replace_file)
#define P(name) extern const struct pattern pattern_##name;
PATTERNS(P)
#undef P

/* How much a reason weighs. */
enum weight { WEIGHT_NOTE, WEIGHT_ASSISTED, WEIGHT_CORE };

struct verdict {
	enum weight weight;			/* the heaviest reason */
	const struct companion *open;		/* R5: whose work a rewrite moves to mapped, and with it all state */
	struct handler *out;
};
void verdict_reason(struct verdict *v, enum weight w, const char *code, unsigned line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
void verdict_need(struct verdict *v, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* One more reason for a handler that has its verdict; the verdict gets as heavy as the reason at least. */
void classify_add(struct handler *h, enum weight w, const char *code, unsigned line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* One group of rules: a file rules_NAME.c, and a row of rules.c. */
extern void (*const rules[])(const struct subject *s, struct verdict *v);

/* Fill in class_name … reasons of h. */
void classify(const struct subject *s, struct handler *h);
/* The same for a handler whose body could not be read; why: one sentence. */
void classify_unread(struct handler *h, const char *why);
/* The same for a name in a table that no function of the tree has: nothing there to convert. */
void classify_undefined(struct handler *h);

/* Words of design.md for what outlives the call: "reference", "count", "list", … sorted. */
void contract_state(const struct contract *c, struct strlist *words);

/* The peer that this handler calls by that name, or NULL. */
const struct peer *peer_called(const struct subject *s, const char *function);
/*
 * Does the handler nothing but hand the mapping on there, after flags at most, and return what it got?  Then
 * what is known of the one that it calls holds for both.  e: of the call.
 */
bool hands_on(const struct contract *c, const struct effect *e);

/* Helpers for patterns and rules. */
bool any_action(const struct contract *c, enum action_kind a);
const struct effect *first_action(const struct contract *c);
bool flag_is_set(const struct contract *c, const char *flag);
/* The vm_ops table that the handler installs, if this unit holds it; callback "fault" present? */
bool vm_ops_has(const struct subject *s, const char *callback, bool *table_unknown);
bool always_fails(const struct contract *c);

#endif
