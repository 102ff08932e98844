/* SPDX-License-Identifier: GPL-2.0-only */
/* What the codes of reasons mean: one line each, for a person who has a handler to move. */
#ifndef MMAPCONV_CLASSIFY_RULE_TEXTS_H
#define MMAPCONV_CLASSIFY_RULE_TEXTS_H

struct rule_text { const char *code, *name, *text; };

/* R1 … R28, then codes that are words; ends with a NULL code. */
extern const struct rule_text rule_texts[];

/* NULL: not a code. */
const struct rule_text *rule_text(const char *code);

#endif
