/* SPDX-License-Identifier: GPL-2.0-only */
/* Colour on a terminal: by what a word says of a handler, the same in every table. */
#ifndef MMAPCONV_REPORTS_TERMINAL_COLOUR_H
#define MMAPCONV_REPORTS_TERMINAL_COLOUR_H

#include <stdbool.h>
#include <stdio.h>

#define TERMINAL_RED "\033[31m"
#define TERMINAL_PLAIN "\033[0m"

/* It is a terminal that knows colours (TERM), and nobody said no (NO_COLOR, not empty: no-color.org). */
bool terminal_has_colour(FILE *stream);

/* The sequence that begins the colour of a verdict, an outcome or a state; "" for any other word. */
const char *terminal_colour_of(const char *word);

/* A table's cell, right-aligned: text, or a number with "-" for none.  colour: a sequence, or "". */
void terminal_cell(FILE *stream, const char *colour, unsigned width, const char *text);
void terminal_number(FILE *stream, const char *colour, unsigned width, unsigned nr);

#endif
