/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_REPORTS_URI_H
#define MMAPCONV_REPORTS_URI_H

/*
 * Text as a part of a URI (RFC 3986): letters, digits and "-._~/" stay, every other byte is a percent sign and two
 * digits.  Caller frees.
 */
char *uri_encode(const char *text);

#endif
