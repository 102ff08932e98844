/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of an inventory: what a class, a verdict, an outcome can be, in the order of tables. */
#ifndef MMAPCONV_REPORTS_INVENTORY_WORDS_H
#define MMAPCONV_REPORTS_INVENTORY_WORDS_H

#include "base/mem.h"

#define NR_CLASSES 10
#define NR_VERDICTS 5
#define NR_OUTCOMES 8

/* Each ends with NULL. */
extern const char *const class_words[NR_CLASSES + 1];
extern const char *const verdict_words[NR_VERDICTS + 1];
extern const char *const outcome_words[NR_OUTCOMES + 1];
extern const char *const parse_words[];
extern const char *const how_words[];		/* without "macro:NAME" */
extern const char *const role_words[];		/* of a vma_field */
extern const char *const companion_words[];
extern const char *const proof_words[];		/* the verdicts of a comparison */
extern const char *const boot_words[];		/* what booting it said */
extern const char *const status_words[];
extern const char *const problem_stage_words[];
extern const char *const conversion_stage_words[];
extern const char *const hand_kind_words[];	/* what a hand-finished patch is */
extern const char *const hand_state_words[];	/* and what became of it */
extern const char *const judgement_state_words[];	/* of what a person judged */

/* The index of s, or -1; s may be NULL. */
int word_index(const char *const *words, const char *s);

/* An instance's how: one of how_words, or "macro:" and an identifier. */
bool how_is_known(const char *how);

#endif
