/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * OUT/report/index.html: one file that needs nothing else, made from what OUT holds.
 *
 *	page/		the markup, style and scripts: frame.html of every page, page.html and progress.html what is in it
 *	libraries.c	what is taken from Debian's packages, inlined
 *	data.c		all that the page shows, as one JSON value
 *	graph.c		the unlock graph, drawn by Graphviz
 *
 * Text out of a tree is data: the scripts put it into the page as text, never as markup.
 */
#ifndef MMAPCONV_REPORTS_HTML_HTML_H
#define MMAPCONV_REPORTS_HTML_HTML_H

#include "inventory.h"

struct html_options {
	const char *out;		/* OUT: evidence.json, audit.json, patches/ are read where they are there */
	const char *page_dir;		/* reports/html/page, or where it was installed */
	const char *path;		/* the file to write */
};

/* 0, or a negative errno after a message: -ENOENT when a package of a library is not installed. */
int report_html(const struct inventory *inv, const struct html_options *opt);

/* The picture of progress: data as progress_to_json() makes it.  The same results. */
struct json_object;
int progress_html(struct json_object *data, const struct html_options *opt);

#endif
