// SPDX-License-Identifier: GPL-2.0-only
/// Every static file_operations table with a .mmap field: what `make bench` lets spatch search for.
// Confidence: High
// Options: --no-includes --very-quiet

virtual context

@table depends on context@
identifier name, handler;
@@
 struct file_operations name = {
	...,
*	.mmap = handler,
	...,
 };
