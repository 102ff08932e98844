/* SPDX-License-Identifier: GPL-2.0-only */
/* Text out of a tree inside Markdown: whatever it holds, it stays text on its own line or cell. */
#ifndef MMAPCONV_REPORTS_MARKDOWN_TEXT_H
#define MMAPCONV_REPORTS_MARKDOWN_TEXT_H

#include "base/mem.h"

/* A sentence: markup is escaped, control characters become a space.  NULL adds nothing. */
void md_text(struct strbuf *b, const char *s);

/*
 * A name or path as `code`, safe in a table cell too.  Empty or NULL adds "(none)".
 */
void md_code(struct strbuf *b, const char *s);

/* `file:line`, or `file` for line 0. */
void md_place(struct strbuf *b, const char *file, unsigned line);

#endif
