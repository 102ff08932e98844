/* SPDX-License-Identifier: GPL-2.0-only */
/* For spatch --macro-file: kernel macros that its C parser would stumble over. */
#define scoped_guard(name, args...) YACFE_ITERATOR
#define scoped_cond_guard(name, fail, args...) YACFE_ITERATOR
#define __free(x)
