/* SPDX-License-Identifier: GPL-2.0-only */
/* What a handler says of the mapping, as a hook says it. */
#ifndef GENERATOR_MOVE_TEXT_H
#define GENERATOR_MOVE_TEXT_H

#include <stdint.h>

/* The text in the words of a descriptor, its functions h3_… called g3_….  Caller frees. */
char *move_text(const char *text, unsigned number, uint64_t *random);

#endif
