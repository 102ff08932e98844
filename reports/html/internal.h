/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside html/ only. */
#ifndef MMAPCONV_REPORTS_HTML_INTERNAL_H
#define MMAPCONV_REPORTS_HTML_INTERNAL_H

#include "html.h"

struct json_object;

/* data.c: all that the page shows.  json_object_put() frees. */
struct json_object *html_data(const struct inventory *inv, const struct html_options *opt);

/* graph.c: the unlock graph as an <svg>, or NULL with a sentence in *why (the caller frees both). */
char *html_graph(const struct inventory *inv, char **why);

/* libraries.c: add their scripts, safe to stand in a <script>.  0, or -ENOENT after a message for each that is missing. */
int html_scripts(struct strbuf *b);
/* Name, version-less, and the package that each is from, for the page's last lines. */
struct json_object *html_credits(void);

/*
 * Add script or style text such that nothing in it ends the element that it stands in, and that no source map is
 * asked for.
 */
void html_add_script(struct strbuf *b, const char *text);

#endif
