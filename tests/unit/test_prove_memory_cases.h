/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a contract does not follow has a value all the same, and two of those are not one because they are called
 * alike: each pair differs in what stands in the function's own memory.
 */
#ifndef MMAPCONV_TESTS_PROVE_MEMORY_CASES_H
#define MMAPCONV_TESTS_PROVE_MEMORY_CASES_H

/* The same but for a piece of the code. */
#define PAIR(name, extra, old, new, verdict) \
	{ name, extra, "unsigned long size = vma->vm_end - vma->vm_start, page = vma->vm_pgoff; " old " return -EINVAL; vm_flags_set(vma, VM_DONTEXPAND); return 0;", \
	  "unsigned long size = desc->end - desc->start, page = desc->pgoff; " new " return -EINVAL; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;", verdict }
#define TABLE(init, index) "unsigned long t[4] = " init "; if (size > t[" index "])"
#define UNION "union u { unsigned long a; unsigned int b[2]; };\n"
#define GET "void get(unsigned long *a, unsigned long *b);\n"
#define ASK "unsigned long ask(const char *what);\n"
#define LOOK "unsigned long look(const unsigned long *at);\n"
#define RECORD "struct record { unsigned long n, m; unsigned long a[4]; };\n"

static const struct prove_case memory_cases[] = {
	PAIR("another element", NULL, TABLE("{ 1, 2, 3, 4 }", "page & 3"), TABLE("{ 1, 2, 3, 4 }", "page + 1 & 3"), "unknown: "),
	PAIR("an element with another value", NULL, TABLE("{ 1, 2, 3, 4 }", "page & 3"), TABLE("{ 1, 2, 3, 5 }", "page & 3"),
	     "unknown: "),
	PAIR("zeroes all over", NULL, TABLE("{ 0 }", "page & 3"), TABLE("{ 0 }", "page & 1"), "equal"),
	PAIR("an element that is written, another value", NULL, "unsigned long t[4] = { 0 }; t[1] = 5; if (size > t[page & 3])",
	     "unsigned long t[4] = { 0 }; t[1] = 6; if (size > t[page & 3])", "unknown: "),
	PAIR("a write to some element", NULL, "unsigned long t[4]; t[0] = 1; t[page & 3] = 5; if (size > t[0])",
	     "unsigned long t[4]; t[0] = 1; t[page & 3] = 6; if (size > t[0])", "unknown: "),
	PAIR("an array in a record", RECORD, "struct record r = { .a = { 1, 2 } }; if (size > r.a[page & 3])",
	     "struct record r = { .a = { 1, 3 } }; if (size > r.a[page & 3])", "unknown: "),
	PAIR("a record in an array", RECORD, "struct record r[2] = { { 1, 2 }, { 3, 4 } }; if (size > r[page & 1].m)",
	     "struct record r[2] = { { 1, 2 }, { 3, 5 } }; if (size > r[page & 1].m)", "unknown: "),
	PAIR("an array copied with its record", RECORD, "struct record s = { .a = { 1, 2 } }, r; r = s; if (size > r.a[1])",
	     "struct record s = { .a = { 1, 3 } }, r; r = s; if (size > r.a[1])", "unknown: "),
	PAIR("a union's other member", UNION, "union u u; u.a = size; if (u.b[0] > 3)", "union u u; u.a = size; if (u.b[1] > 3)",
	     "unknown: "),
	PAIR("a union with another value", UNION, "union u u; u.a = size; if (u.b[0] > 3)",
	     "union u u; u.a = size + 7; if (u.b[0] > 3)", "unknown: "),
	PAIR("an overflow check's result", NULL, "int a; __builtin_add_overflow((int)size, 1, &a); if (size > a)",
	     "int a; __builtin_add_overflow((int)size, 200, &a); if (size > a)", "unknown: "),
	PAIR("memcpy of something else", "extern unsigned long from[2];\n",
	     "unsigned long a; __builtin_memcpy(&a, &from[0], 8); if (size > a)",
	     "unsigned long a; __builtin_memcpy(&a, &from[1], 8); if (size > a)", "unknown: "),
	PAIR("memset to something else", NULL, "unsigned long a = 5; __builtin_memset(&a, 0, 8); if (size > a)",
	     "unsigned long a = 5; __builtin_memset(&a, 1, 8); if (size > a)", "unknown: "),
	PAIR("memset that is lost", NULL, "unsigned long a = 5; __builtin_memset(&a, 0, 8); if (size > a)",
	     "unsigned long a = 5; if (size > a)", "unknown: "),
	PAIR("another string", ASK, "if (size > ask(\"a\"))", "if (size > ask(\"b\"))", "differs: "),
	PAIR("through a moved pointer", NULL, "unsigned long t[2] = { 1, 2 }, *p = t; p += page & 1; if (size > *p)",
	     "unsigned long t[2] = { 1, 3 }, *p = t; p += page & 1; if (size > *p)", "unknown: "),
	PAIR("what a call is shown", LOOK, "unsigned long t[2] = { 1, 2 }; t[page & 1] = 3; if (size > look(t))",
	     "unsigned long t[2] = { 1, 2 }; t[page & 1] = 4; if (size > look(t))", "unknown: "),
	PAIR("the other of two that a call writes", GET, "unsigned long a, b; get(&a, &b); if (size > a)",
	     "unsigned long a, b; get(&a, &b); if (size > b)", "differs: "),
	PAIR("an earlier value", GET, "unsigned long a, b; get(&a, &b); b = a; get(&a, &a); if (size > a)",
	     "unsigned long a, b; get(&a, &b); b = a; get(&a, &a); if (size > b)", "differs: "),
	{ "what is in memory that is given away", NULL,
	  OLD_DEV "unsigned long *m = kmalloc(8, 0); if (!m) return -ENOMEM; *m = 1; d->mem = m; return 0;",
	  NEW_DEV "unsigned long *m = kmalloc(8, 0); if (!m) return -ENOMEM; *m = 2; d->mem = m; return 0;",
	  "unknown: " },
	PAIR("a pointer to one of two, another value in one", NULL,
	     "unsigned long a = 1, b = 2, *p = page ? &a : &b; if (size > *p)", "unsigned long a = 1, b = 3, *p = page ? &a : &b; if (size > *p)",
	     "equal"),
	PAIR("a pointer to one of two, the values swapped", NULL,
	     "unsigned long a = 0x4000, b = 0x8000, *p = page ? &a : &b; if (size > *p)",
	     "unsigned long a = 0x4000, b = 0x9000, *p = page ? &a : &b; if (size > *p)", "differs: "),
	PAIR("a pointer to one of two, turned round", NULL,
	     "unsigned long a = 0x4000, b = 0x8000, *p = page ? &a : &b; if (size > *p)",
	     "unsigned long b = 0x4000, a = 0x8000, *p = !page ? &a : &b; if (size > *p)", "equal"),
	PAIR("a write to one of two", NULL,
	     "unsigned long a = 0x4000, b = 0x8000, *p = page ? &a : &b; *p = 0x3000; if (size > a)",
	     "unsigned long a = 0x4000, b = 0x8000, *p = page ? &a : &b; *p = 0x5000; if (size > a)", "differs: "),
	PAIR("a local under another name", GET, "unsigned long a = 1, b; get(&a, &b); if (size > b)",
	     "unsigned long c = 1, e; get(&c, &e); if (size > e)", "unknown: which variable of the one"),
	PAIR("a local under another name, and another check", GET, "unsigned long a = 1, b; get(&a, &b); if (page || size > 4)",
	     "unsigned long c = 1, e; get(&c, &e); if (page || size > 5)", "unknown: "),
};

/* What traps. */
#define OLD_SIZE "struct dev *d = file->private_data; unsigned long size = vma->vm_end - vma->vm_start;"
#define NEW_SIZE "struct dev *d = desc->file->private_data; unsigned long size = desc->end - desc->start;"
#define TRAP(name, old, new, verdict) \
	{ name, NULL, OLD_SIZE old " vm_flags_set(vma, VM_DONTEXPAND); return 0;", \
	  NEW_SIZE new " vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;", verdict }

static const struct prove_case trap_cases[] = {
	TRAP("a division by what both divide by", "if (size / d->size > 3) return -EINVAL;", "if (size / d->size > 3) return -EINVAL;",
	     "equal"),
	TRAP("a division before the check", "if (!d->size) return -EINVAL; if (size / d->size > 3) return -EINVAL;",
	     "if (size / d->size > 3) return -EINVAL; if (!d->size) return -EINVAL;", "unknown: one divides by"),
	TRAP("a division before the check, in one condition", "if (!d->size || size / d->size > 3) return -EINVAL;",
	     "if (size / d->size > 3 || !d->size) return -EINVAL;", "unknown: one divides by"),
	TRAP("a division that both check", "if (!d->size || size / d->size > 3) return -EINVAL;",
	     "if (!d->size) return -EINVAL; if (size / d->size > 3) return -EINVAL;", "equal"),
	TRAP("a division under a condition", "if ((d->size ? size / d->size : 4) > 3) return -EINVAL;",
	     "if (!d->size) return -EINVAL; if (size / d->size > 3) return -EINVAL;", "equal"),
	TRAP("a remainder by a number", "if (size % 3) return -EINVAL;", "if (size % 3) return -EINVAL;", "equal"),
	TRAP("a pointer before the check", "if (!d) return -EINVAL; if (size > d->size) return -EINVAL;",
	     "if (size > d->size) return -EINVAL; if (!d) return -EINVAL;", "unknown: one divides by"),
	TRAP("a pointer before the check, in one condition", "if (!d || size > d->size) return -EINVAL;",
	     "if (size > d->size || !d) return -EINVAL;", "unknown: one divides by"),
	TRAP("a pointer that both check", "if (!d || size > d->size) return -EINVAL;",
	     "if (!d) return -EINVAL; if (size > d->size) return -EINVAL;", "equal"),
	TRAP("a pointer that nobody checks", "if (size > d->size) return -EINVAL; if (d->nr) return -EINVAL;",
	     "if (d->nr) return -EINVAL; if (size > d->size) return -EINVAL;", "equal"),
	TRAP("a write before the check", "if (!d) return -EINVAL; d->used = 1;", "d->used = 1; if (!d) return -EINVAL;", "differs: "),
};

#endif
