/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside parse/ only: the arguments of a macro's use, as text and as expressions. */
#ifndef MMAPCONV_PARSE_MACRO_ARGS_H
#define MMAPCONV_PARSE_MACRO_ARGS_H

#include "parse/clang.h"

enum { MAX_ARGS = 64 };

struct arg {
	size_t start, end;		/* in the file, trimmed */
	CXCursor c;			/* the expression that is all of it, or a null cursor */
};

struct args {
	const struct origin *use;
	const char *text;		/* of the file, owned by libclang */
	struct arg items[MAX_ARGS];
	size_t nr;
	/*
	 * What `, ##__VA_ARGS__` brings in ends, if its last token is a macro's, where the use does.  So
	 * would the argument with more of the body behind it: right for what is only logged.
	 */
	bool logged;
};

/* Take text[p..end) apart at the commas outside parentheses, as the preprocessor does. */
void macro_args_split(const char *text, size_t p, size_t end, struct args *a);
/* The arguments of a use that became c; false: its text cannot be had. */
bool macro_args_find(struct tu *tu, CXCursor c, const struct origin *use, bool logged, struct args *a);
/* Could evaluating it do something?  Judged by its text: a call, an assignment, a step. */
bool macro_arg_has_effects(const struct args *a, size_t i);
/* A string, a name or a number: nothing that is worked out. */
bool macro_arg_is_plain(const struct args *a, size_t i);

#endif
