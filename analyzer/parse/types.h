/* SPDX-License-Identifier: GPL-2.0-only */
/* What facts and terms both say of C's types and of the kernel's flags. */
#ifndef MMAPCONV_PARSE_TYPES_H
#define MMAPCONV_PARSE_TYPES_H

#include <stdint.h>
#include "base/mem.h"

/* C's types as far as arithmetic and comparison see them. */
enum ctype_kind {
	CTYPE_NONE, CTYPE_VOID, CTYPE_BOOL, CTYPE_INT, CTYPE_POINTER, CTYPE_RECORD, CTYPE_ARRAY, CTYPE_FUNCTION
};

struct ctype {
	uint8_t kind;			/* enum ctype_kind; an enum type is INT */
	uint8_t bits;			/* INT, POINTER: width; BOOL: 1; others: 0 */
	bool is_signed;			/* INT */
};

/* Names of single-bit VM flags: "VM_SHARED", 8. */
struct flag_name { char *name; uint64_t value; };
VEC_DECLARE(flag_names, struct flag_name);

#endif
