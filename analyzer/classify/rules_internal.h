/* SPDX-License-Identifier: GPL-2.0-only */
/* What the rule files share: their prototypes, and a walk over effects with the verdict at hand. */
#ifndef MMAPCONV_CLASSIFY_RULES_INTERNAL_H
#define MMAPCONV_CLASSIFY_RULES_INTERNAL_H

#include "classify/classify.h"
#include "classify/needs.h"

void rules_api(const struct subject *s, struct verdict *v);
void rules_vma(const struct subject *s, struct verdict *v);
void rules_actions(const struct subject *s, struct verdict *v);
void rules_state(const struct subject *s, struct verdict *v);
void rules_order(const struct subject *s, struct verdict *v);
void rules_fields(const struct subject *s, struct verdict *v);
void rules_tables(const struct subject *s, struct verdict *v);
void rules_tier(const struct subject *s, struct verdict *v);
void rules_unsure(const struct subject *s, struct verdict *v);

/* Is there a field for hooks beside this one ("tag.name")? */
bool field_has_hook(const struct subject *s, const char *field);

/* R6: does the path end with a mapping that never merges? */
bool path_stays_apart(const struct contract *c, const struct path *p);

/* R5: the companion whose work a rewrite moves to `mapped`, and with it all state; or NULL. */
const struct companion *open_moves(const struct subject *s);

/*
 * Does an action do what e does: is the array of pages one that this call only reads, so that it is there as
 * long as it is today, and (of a loop) does page i go to start + i pages?
 */
bool pages_move(const struct subject *s, const struct effect *e);

struct rule_walk { const struct subject *s; struct verdict *v; };

#endif
