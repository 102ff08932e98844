/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses of mails, and headers that hold them. */
#ifndef MMAPCONV_CONVERSIONS_SERIES_ADDRESS_H
#define MMAPCONV_CONVERSIONS_SERIES_ADDRESS_H

#include "base/mem.h"

struct recipient { char *name, *address; };	/* name: UTF-8, may be NULL */
VEC_DECLARE(recipients, struct recipient);

/*
 * Read "Name <a@b>", "\"Name, X\" <a@b>" or "a@b" from the start of text; *rest is what follows.  false
 * when there is no address that a mail could carry: text is a file's of the tree, not trusted.
 */
bool recipient_parse(const char *text, struct recipient *r, const char **rest);
/* Copy r to the list, unless its address is there; comparison without case. */
void recipients_add(struct recipients *l, const struct recipient *r);
bool recipients_have(const struct recipients *l, const char *address);
void recipient_clear(struct recipient *r);
void recipients_free(struct recipients *l);

/* "To: A <a@b>,\n\tB <c@d>\n", names encoded (RFC 2047) or quoted where needed; nothing for no one. */
void header_addresses(struct strbuf *b, const char *header, const struct recipients *l);
/* "Subject: text\n", encoded where it is no plain ASCII, folded; control characters become spaces. */
void header_text(struct strbuf *b, const char *header, const char *text);

#endif
