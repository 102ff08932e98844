/* SPDX-License-Identifier: GPL-2.0-only */
/* A driver's patch in words. */
#ifndef MMAPCONV_CONVERSIONS_SERIES_MESSAGE_H
#define MMAPCONV_CONVERSIONS_SERIES_MESSAGE_H

#include "series/driver.h"

/* Subject, blank line, body, from what the inventory says of the driver's handlers.  Caller frees. */
char *driver_message(const struct driver *d);
/* Add "Signed-off-by: who", in the block of trailers that the message may end with. */
void message_sign(struct strbuf *message, const char *name, const char *email);
/* What was checked of the driver's handlers, for below the "---", each line once. */
void driver_verification(struct strbuf *b, const struct driver *d);
/* Did both kernels do the same with every one of its handlers? */
bool driver_is_booted(const struct driver *d);
/* "compile-tested on powerpc and x86_64", "not built", or both with the handlers that were not. */
char *driver_built(const struct driver *d);

#endif
