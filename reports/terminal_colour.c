// SPDX-License-Identifier: GPL-2.0-only
#include "terminal_colour.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *word, *colour; } colours[] = {
	{ "auto", "\033[32m" }, { "converted", "\033[32m" }, { "hand", "\033[32m" },
	{ "assisted", "\033[33m" }, { "waiting", "\033[33m" },
	{ "core", TERMINAL_RED }, { "blocked", TERMINAL_RED },
	{ "failed", "\033[1;31m" }, { "unparsed", "\033[1;31m" }, { "unknown", "\033[1;31m" }, { "?", "\033[1;31m" },
	{ "none", "\033[2m" }, { "nothing", "\033[2m" },
};

bool terminal_has_colour(FILE *stream)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return !(no && *no) && !(term && !strcmp(term, "dumb")) && isatty(fileno(stream));
}

const char *terminal_colour_of(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(colours) / sizeof(*colours); i++)
		if (!strcmp(word, colours[i].word))
			return colours[i].colour;
	return "";
}

void terminal_cell(FILE *stream, const char *colour, unsigned width, const char *text)
{
	fprintf(stream, "%s%*s%s", colour, (int)width, text, *colour ? TERMINAL_PLAIN : "");
}

void terminal_number(FILE *stream, const char *colour, unsigned width, unsigned nr)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", nr);
	terminal_cell(stream, nr ? colour : "", width, nr ? text : "-");
}
