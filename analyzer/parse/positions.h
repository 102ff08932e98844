/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_PARSE_POSITIONS_H
#define MMAPCONV_PARSE_POSITIONS_H

#include "parse/clang.h"

/*
 * Each value of an initializer list that has no designator, with the field that it fills in (of an
 * array's element: the field that is the array); braces that C lets one leave out are seen through.
 * Only of lists that hold a pointer to a function.
 */
void positional_values(CXCursor list, void (*fn)(CXCursor field, CXCursor value, void *ctx), void *ctx);

#endif
