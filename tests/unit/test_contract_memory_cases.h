/* SPDX-License-Identifier: GPL-2.0-only */
/* test_contract.c's second table: what is taken, and what stands where in memory. */
#ifndef MMAPCONV_TEST_CONTRACT_MEMORY_CASES_H
#define MMAPCONV_TEST_CONTRACT_MEMORY_CASES_H

#include "test_contract_fixture.h"

static const struct contract_case memory_cases[] = {
	/* Taken, if it says so. */
	{ "a lock that was not free",
	  "int mutex_trylock(struct mutex *);\n"
	  HANDLER "{ if (!mutex_trylock(&the_dev->lock)) return -EAGAIN; mutex_unlock(&the_dev->lock); return 0; }",
	  "take: = -11\ntake:lock drop:lock = 0\n" },
	{ "a lock that a signal kept away",
	  "int mutex_lock_interruptible(struct mutex *);\n"
	  HANDLER "{ int ret = mutex_lock_interruptible(&the_dev->lock); if (ret) return ret; mutex_unlock(&the_dev->lock);"
	  " return 0; }", "take: = error mutex_lock_interruptible\ntake:lock drop:lock = 0\n" },
	{ "a lock that cannot fail without a context",
	  "int ww_mutex_lock(struct mutex *, void *); void ww_mutex_unlock(struct mutex *);\n"
	  HANDLER "{ void *ctx = vma->vm_pgoff ? the_dev : NULL; int ret = ww_mutex_lock(&the_dev->lock, NULL); if (ret)"
	  " return -EPERM; ww_mutex_unlock(&the_dev->lock); return ww_mutex_lock(&the_dev->lock, ctx); }",
	  "take:lock drop:lock take: = error ww_mutex_lock\ntake:lock drop:lock take:lock = 0\n" },
	{ "a member's address is no error, a first member's can be",
	  HANDLER "{ struct dev *d = dev_find(1); if (IS_ERR(&d->ref)) return -EBUSY; if (IS_ERR(&d->lock)) return -EPERM;"
	  " return 0; }", "call:dev_find = -1\ncall:dev_find = 0\n" },
	{ "a reference to what is going away",
	  "int kref_get_unless_zero(struct kref *);\n"
	  HANDLER "{ if (!kref_get_unless_zero(&the_dev->ref)) return -EBUSY; return 0; }", "take: = -16\ntake:ref = 0\n" },
	{ "a section whose index is written",
	  "bool drm_dev_enter(struct dev *, int *); void drm_dev_exit(int);\n"
	  HANDLER "{ int idx = 0; if (!drm_dev_enter(the_dev, &idx)) return -ENXIO; if (!idx) vm_flags_set(vma, VM_IO);"
	  " drm_dev_exit(idx); return 0; }",
	  "take: = -6\ntake:lock drop:lock = 0\ntake:lock set:VM_IO drop:lock = 0\n" },
	{ "a known function that wants a vma",
	  "void zap_vma_ptes(struct vm_area_struct *, unsigned long, unsigned long);\n"
	  HANDLER "{ int ret; vma->vm_pgoff = 3; ret = REMAP(vma); if (ret) zap_vma_ptes(vma, vma->vm_start, PAGE_SIZE);"
	  " return ret; }",
	  "pgoff action:remap_pfn_range[whole] = 0\n"
	  "pgoff action:remap_pfn_range[whole] escape:zap_vma_ptes = error remap_pfn_range\n" },
	{ "a function that has a tracepoint's name",
	  "int trace_of(struct dev *);\n" HANDLER "{ trace_of(the_dev); return 0; }", "call:trace_of = 0\n" },

	/* One place by two names. */
	{ "bit-fields of one byte are apart",
	  HANDLER "{ struct bits v = { .lo = 1 }; v.mid--; v.hi = 3; if (v.lo != 1 || v.mid != 7 || v.hi != 3)"
	  " return -EINVAL; return 0; }", "= 0\n" },
	{ "bit-fields outside as well",
	  HANDLER "{ the_bits->lo = 1; the_bits->mid = 2; if (the_bits->lo != 1) return -EINVAL; return 0; }",
	  "store:the_bits->lo store:the_bits->mid = 0\n" },
	{ "a union's other member is not what it was",
	  HANDLER "{ struct mixed v = { .word = 7 }; v.low = 5; if (v.low != 5) return -EBUSY; if (v.word == 7)"
	  " return -EINVAL; return 0; }", "= -22\n= 0\n" },
	{ "not after a copy either",
	  HANDLER "{ struct mixed v = { .word = 7 }, w; v.low = 5; w = v; if (w.word == 7) return -EINVAL; return 0; }",
	  "= -22\n= 0\n" },
	{ "what of a record was zero before its union was written in part",
	  HANDLER "{ struct mixed v = { 0 }; v.low = 5; if (v.next) return -EBUSY; if (v.word) return -EINVAL;"
	  " return 0; }", "= -22\n= 0\n" },
	{ "a union's member of the same width is the same number",
	  HANDLER "{ union { int a; unsigned b; } v = { .a = -1 }; if (v.b != -1U) return -EINVAL; return 0; }",
	  "= 0\n" },
	{ "a union outside: the other member",
	  HANDLER "{ the_mixed->word = 7; the_mixed->low = 5; if (the_mixed->word == 7) return -EINVAL; return 0; }",
	  "store:the_mixed->word store:the_mixed->low = -22\nstore:the_mixed->word store:the_mixed->low = 0\n" },
	{ "a union outside: the other member, read before",
	  HANDLER "{ if (the_mixed->high) return -EBUSY; the_mixed->word = 7; if (the_mixed->high) return -EINVAL;"
	  " return 0; }",
	  "= -16\nstore:the_mixed->word = -22\nstore:the_mixed->word = 0\n" },
	{ "a union outside: by another pointer",
	  HANDLER "{ struct mixed *m = a_mixed; if (m->high) return -EBUSY; the_mixed->word = 7; if (m->high)"
	  " return -EINVAL; return 0; }",
	  "= -16\nstore:the_mixed->word = -22\nstore:the_mixed->word = 0\n" },
	{ "a record cast to another one",
	  HANDLER "{ struct mixed v = { .word = 7, .next = 1 }; struct other *o = (struct other *)&v; o->second = 3;"
	  " if (o->second != 3 || v.next != 1) return -EBUSY; if (v.high != 3) return -EAGAIN; if (v.word == 7)"
	  " return -EINVAL; return 0; }", "= -22\n= 0\n" },
	{ "a record outside cast to another one",
	  HANDLER "{ struct other *o = (struct other *)the_bits; if (the_bits->next) return -EBUSY; o->second = 3;"
	  " if (the_bits->next != 3) return -EINVAL; return 0; }", "= -16\nstore:the_bits->second = 0\n" },
	{ "a record outside cast to another one: read in another width",
	  HANDLER "{ struct other *o = (struct other *)the_mixed; if (the_mixed->word) return -EBUSY; o->second = 3;"
	  " if (the_mixed->word) return -EINVAL; return 0; }",
	  "= -16\nstore:the_mixed->second = -22\nstore:the_mixed->second = 0\n" },
	{ "a member written wider than it is",
	  HANDLER "{ struct other v = { 1, 2 }; *(unsigned long *)&v.first = 0; if (v.second == 2) return -EINVAL;"
	  " return 0; }", "= -22\n= 0\n" },
	{ "a byte of a number",
	  HANDLER "{ unsigned long v = 0x1234; *(char *)&v = 0; if (v == 0x1234) return -EINVAL; return 0; }",
	  "= -22\n= 0\n" },
	{ "a counter is read again after a write elsewhere",
	  HANDLER "{ struct dev *d = the_dev; if (atomic_read(&d->count)) return -EBUSY; atomic_inc(&a_mixed->count);"
	  " if (atomic_read(&d->count)) return -EINVAL; return 0; }",
	  "= -16\ntake:count = -22\ntake:count = 0\n" },
	{ "a local whose address is kept outside, written through a pointer from there",
	  HANDLER "{ int v = 0, *p; the_dev->mem = &v; keeps(0); p = the_dev->mem; *p = 1; if (v) return -EINVAL;"
	  " return 0; }",
	  "store:the_dev->mem call:keeps store:*the_dev->mem = -22\nstore:the_dev->mem call:keeps store:*the_dev->mem = 0\n" },
};

#endif
