/* SPDX-License-Identifier: GPL-2.0-only */
/* test_contract.c's table: a handler, and its paths as fixture_text() writes them. */
#ifndef MMAPCONV_TEST_CONTRACT_CASES_H
#define MMAPCONV_TEST_CONTRACT_CASES_H

#include "test_contract_fixture.h"

#define WHOLE "action:remap_pfn_range[whole]"

#define MAPPED WHOLE " = call remap_pfn_range\n"
#define FAILED WHOLE " = error remap_pfn_range\n"

static const struct contract_case cases[] = {
	/* Branches. */
	{ "a straight line", HANDLER "{ return REMAP(vma); }", MAPPED },
	{ "if and else",
	  HANDLER "{ if (vma->vm_pgoff) return -EINVAL; else vm_flags_set(vma, VM_IO); return 0; }",
	  "= -22\nset:VM_IO = 0\n" },
	{ "nested ifs",
	  HANDLER "{ if (vma->vm_pgoff) { if (!capable(1)) return -EPERM; vm_flags_set(vma,"
	  " VM_IO); } return 0; }",
	  "= -1\n= 0\nset:VM_IO = 0\n" },
	{ "early returns, then the work",
	  HANDLER "{ if (vma_pages(vma) > 4) return -EINVAL; if (vma->vm_flags & VM_WRITE) return"
	  " -EPERM;"
	  " return REMAP(vma); }",
	  "= -1\n= -22\n" MAPPED },
	{ "every path fails",
	  HANDLER "{ if (vma->vm_pgoff) return -ENXIO; return -EINVAL; }", "= -22\n= -6\n" },
	{ "&& decides whether its right side runs",
	  HANDLER "{ struct dev *d = the_dev; if (vma->vm_pgoff && dev_check(d)) return -EINVAL;"
	  " return 0; }",
	  "= 0\ncall:dev_check = -22\ncall:dev_check = 0\n" },
	{ "|| as well",
	  HANDLER "{ struct dev *d = the_dev; if (vma->vm_pgoff || dev_check(d)) return -EINVAL;"
	  " return 0; }",
	  "= -22\ncall:dev_check = -22\ncall:dev_check = 0\n" },
	{ "a constant condition is decided",
	  HANDLER "{ if (0) vm_flags_set(vma, VM_IO); if (1) vm_flags_set(vma, VM_PFNMAP); return"
	  " 0; }",
	  "set:VM_PFNMAP = 0\n" },
	{ "unlikely() is its argument",
	  HANDLER "{ if (unlikely(vma->vm_pgoff)) return -EINVAL; return 0; }", "= -22\n= 0\n" },

	{ "|| whose left side writes a local",
	  HANDLER "{ unsigned long size, last; if (__builtin_sub_overflow(vma->vm_end, vma->vm_start, &size) ||"
	  " __builtin_add_overflow(vma->vm_pgoff, size, &last)) return -EBUSY;"
	  " if (size > vma->vm_end) return -EPERM; if (last < size) return -EINVAL; return 0; }",
	  "= -16\n= 0\n" },
	{ "a local that is written in a condition",
	  HANDLER "{ unsigned long n; if ((n = vma->vm_pgoff) && n != 7) return -EINVAL; if (n) return REMAP(vma);"
	  " return n; }", "= -22\n= 0\n" MAPPED },
	/* switch. */
	{ "switch: cases, fall through, default",
	  HANDLER "{ struct dev *d = the_dev; switch (d->mode) { case 1: vm_flags_set(vma, VM_IO);"
	  " break;"
	  " case 2: vm_flags_set(vma, VM_PFNMAP); case 3: vm_flags_set(vma, VM_DONTDUMP); break;"
	  " default: return -EINVAL; } return 0; }",
	  "= -22\nset:VM_DONTDUMP = 0\nset:VM_IO = 0\nset:VM_PFNMAP set:VM_DONTDUMP = 0\n" },
	{ "switch without a default: no case may match",
	  HANDLER "{ switch (vma->vm_pgoff) { case 0: return REMAP(vma); case 1: case 2: return"
	  " -EPERM; } return -EINVAL; }",
	  "= -1\n= -22\n" MAPPED },
	{ "cases with braces, and a range of values",
	  HANDLER "{ switch (the_dev->mode) { case 1 ... 3: { vm_flags_set(vma, VM_IO); break; }"
	  " default: { return -EINVAL; } }"
	  " return 0; }", "= -22\nset:VM_IO = 0\n" },
	{ "default first, falling through",
	  HANDLER "{ switch (the_dev->mode) { default: vm_flags_set(vma, VM_WRITE); case 1:"
	  " vm_flags_set(vma, VM_IO); } return 0; }",
	  "set:VM_IO = 0\nset:VM_WRITE set:VM_IO = 0\n" },

	/* goto. */
	{ "a ladder that unlocks",
	  HANDLER "{ struct dev *d = the_dev; int ret = -EBUSY; mutex_lock(&d->lock); if"
	  " (!d->ready) goto unlock;"
	  " ret = -EINVAL; if (vma->vm_pgoff) goto unlock; ret = REMAP(vma);"
	  "unlock: mutex_unlock(&d->lock); return ret; }",
	  "take:lock " WHOLE " drop:lock = call remap_pfn_range\ntake:lock drop:lock ="
	  " -16\ntake:lock drop:lock = -22\n" },
	{ "a ladder of two steps",
	  HANDLER "{ struct dev *d = the_dev; int ret; kref_get(&d->ref); ret = dev_check(d); if"
	  " (ret) goto put;"
	  " mutex_lock(&d->lock); ret = REMAP(vma); if (ret) goto unlock; mutex_unlock(&d->lock);"
	  " return 0;"
	  "unlock: mutex_unlock(&d->lock); put: kref_put(&d->ref, dev_release); return ret; }",
	  "take:ref call:dev_check drop:ref = error dev_check\n"
	  "take:ref call:dev_check take:lock " WHOLE " drop:lock = 0\n"
	  "take:ref call:dev_check take:lock " WHOLE " drop:lock drop:ref = error"
	  " remap_pfn_range\n" },
	{ "a goto backwards that never ends is unmodelled",
	  HANDLER "{ again: vm_flags_set(vma, VM_IO); goto again; }",
	  "set:VM_IO set:VM_IO set:VM_IO set:VM_IO = ?\n"
	  "unmodelled: a loop made of goto\n" },
	{ "a goto into a nested statement",
	  HANDLER "{ if (vma->vm_pgoff) goto in; if (vma->vm_flags & VM_WRITE) { in:"
	  " vm_flags_set(vma, VM_IO); } return 0; }",
	  "= 0\n"
	  "set:VM_IO = 0\n" },

	/* The error variable. */
	{ "if (ret)",
	  HANDLER "{ int ret = REMAP(vma); if (ret) return ret; vm_flags_set(vma, VM_IO); return"
	  " 0; }",
	  FAILED WHOLE " set:VM_IO = 0\n" },
	{ "if (ret < 0)",
	  HANDLER "{ int ret; ret = REMAP(vma); if (ret < 0) return -EAGAIN; return ret; }",
	  WHOLE " = -11\n" WHOLE " = 0\n" },
	{ "if ((ret = f()))",
	  HANDLER "{ int ret; if ((ret = REMAP(vma))) return ret; return 0; }", WHOLE " ="
	  " 0\n" FAILED },
	{ "if (ret != 0), if (ret == 0), if (!ret)",
	  HANDLER "{ int ret = dev_check(the_dev); if (ret != 0) return ret; ret = REMAP(vma); if"
	  " (ret == 0)"
	  " vm_flags_set(vma, VM_IO); if (!ret) vm_flags_set(vma, VM_DONTDUMP); return ret; }",
	  "call:dev_check = error dev_check\ncall:dev_check " FAILED
	  "call:dev_check " WHOLE " set:VM_IO set:VM_DONTDUMP = 0\n" },
	{ "a constant in the error variable is followed",
	  HANDLER "{ int ret = 0; if (vma->vm_pgoff) ret = -EINVAL; if (!ret) vm_flags_set(vma,"
	  " VM_IO); return ret; }",
	  "= -22\nset:VM_IO = 0\n" },
	{ "an error variable whose address is handed out is not known",
	  HANDLER "{ int ret = 0; fills(&ret); if (ret) return ret; return REMAP(vma); }",
	  "call:fills = ?\ncall:fills " MAPPED },
	{ "IS_ERR and PTR_ERR",
	  HANDLER "{ struct dev *d = dev_find(1); if (IS_ERR(d)) return PTR_ERR(d); return"
	  " REMAP(vma); }",
	  "call:dev_find = error dev_find\n"
	  "call:dev_find action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "ternary",
	  HANDLER "{ return vma->vm_pgoff ? -EINVAL : REMAP(vma); }", "= -22\n" MAPPED },
	{ "ternary whose sides are constants",
	  HANDLER "{ int ret = vma->vm_flags & VM_WRITE ? -EPERM : 0; if (ret) return ret;"
	  " vm_flags_set(vma, VM_IO); return 0; }",
	  "= -1\nset:VM_IO = 0\n" },

	/* Loops. */
	{ "do { } while (0) is no loop",
	  HANDLER "{ do { vm_flags_set(vma, VM_IO); } while (0); return 0; }", "set:VM_IO = 0\n" },
	{ "break out of do { } while (0)",
	  HANDLER "{ int ret = -EINVAL; do { if (vma->vm_pgoff) break; ret = REMAP(vma); } while"
	  " (0); return ret; }",
	  "= -22\n" MAPPED },
	{ "a for loop: none, or marked",
	  HANDLER "{ struct dev *d = the_dev; unsigned i; int ret; for (i = 0; i < d->nr; i++) {"
	  " ret = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, d->pages[i]); if (ret) return"
	  " ret; } return 0; }",
	  "loop:i < d->nr action:vm_insert_page[array]* = 0\n"
	  "loop:i < d->nr action:vm_insert_page[array]* action:vm_insert_page[array]* = error vm_insert_page\n" },
	{ "a while loop with break and continue",
	  HANDLER "{ struct dev *d = the_dev; while (d->nr) { if (d->mode) continue;"
	  " vm_flags_set(vma, VM_IO);"
	  " if (d->ready) break; vm_flags_set(vma, VM_DONTDUMP); } return 0; }",
	  "loop:d->nr set:VM_IO* set:VM_DONTDUMP* = 0\n"
	  "loop:d->nr set:VM_IO* set:VM_DONTDUMP* set:VM_IO* = 0\n" },
	{ "a do loop runs at least once",
	  HANDLER "{ struct dev *d = the_dev; do vm_flags_set(vma, VM_IO); while (d->ready);"
	  " return 0; }",
	  "loop:d->ready set:VM_IO* set:VM_IO* = 0\n" },
	{ "what the condition of a do-while does is part of a pass",
	  HANDLER "{ unsigned i = 0; do { the_dev->used = i; } while (++i < (vma->vm_pgoff & 3));"
	  " return i == 1 ? -EINVAL : -ENXIO; }",
	  "loop:++i < (vma->vm_pgoff & 3) store:the_dev->used* store:the_dev->used* = -22\n"
	  "loop:++i < (vma->vm_pgoff & 3) store:the_dev->used* store:the_dev->used* = -6\n" },
	{ "what a do-while does in a pass that goes on is unmodelled",
	  HANDLER "{ int again; do { again = 0; if (the_dev->used) { again = 1; takes_vma(vma); } }"
	  " while (again); return 0; }",
	  "loop:again escape:takes_vma* = 0\n"
	  "unmodelled: the vma goes to takes_vma(), which is not modelled\n" },
	{ "what every way round a loop lets out, others can change later",
	  HANDLER "{ int a = 0, b = 0, c = 0, d = 0; while (the_dev->ready) { switch (the_dev->used) { case 0: keeps(&a);"
	  " break; case 1: keeps(&b); break; case 2: keeps(&c); break; default: keeps(&d); } }"
	  " d = 0; keeps(0); if (d) return -EPERM; return 0; }",
	  "loop:the_dev->ready call:keeps* call:keeps* call:keeps* call:keeps* call:keeps = -1\n"
	  "loop:the_dev->ready call:keeps* call:keeps* call:keeps* call:keeps* call:keeps = 0\n" },
	{ "what a loop assigned is not known behind it",
	  HANDLER "{ struct dev *d = the_dev; int ret = 0; unsigned i; for (i = 0; i < d->nr; i++)"
	  " ret = -EINVAL;"
	  " if (ret) return ret; vm_flags_set(vma, VM_IO); return 0; }",
	  "loop:i < d->nr = ?\n"
	  "loop:i < d->nr set:VM_IO = 0\n" },
	{ "an error variable that every pass leaves 0 is 0 behind the loop",
	  HANDLER "{ unsigned i; int ret = 0; for (i = 0; i < the_dev->nr; i++) { ret = dev_check(the_dev); if (ret) break; }"
	  " if (i >= the_dev->nr && ret) return -EPERM; if (ret) return -EINVAL; return 0; }",
	  "loop:i < the_dev->nr call:dev_check* = 0\n"
	  "loop:i < the_dev->nr call:dev_check* call:dev_check* = -1\n"
	  "loop:i < the_dev->nr call:dev_check* call:dev_check* = -22\n" },
	{ "a loop from one object to the next",
	  HANDLER "{ struct dev *d = the_dev; int i, ret = 0; for (i = 0; i < vma_pages(vma); i++) { d->maps++;"
	  " ret = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, d->mem); if (ret) break; d = d->next; }"
	  " if (the_dev->maps == 7) return -EBUSY; return ret; }",
	  "loop:i < vma_pages(vma) store:<d>->maps#* action:vm_insert_page[other]* = -16\n"
	  "loop:i < vma_pages(vma) store:<d>->maps#* action:vm_insert_page[other]* = 0\n"
	  "loop:i < vma_pages(vma) store:<d>->maps#* action:vm_insert_page[other]*"
	  " store:<d>->maps#* action:vm_insert_page[other]* = -16\n"
	  "loop:i < vma_pages(vma) store:<d>->maps#* action:vm_insert_page[other]*"
	  " store:<d>->maps#* action:vm_insert_page[other]* = error vm_insert_page\n" },
	{ "a loop that fills a list of its own and counts",
	  HANDLER "{ struct dev *d = kmalloc(sizeof(*d), GFP_KERNEL); unsigned i; if (!d) return -ENOMEM; d->used = 0; d->nr = 3;"
	  " for (i = 0; i < vma_pages(vma); i++) { if (capable(i)) break; d->used++; }"
	  " if (d->nr != 3) return -EBUSY; if (d->used) return -EINVAL; return 0; }",
	  "take:memory = -12\n"
	  "take:memory loop:i < vma_pages(vma) = -22\n"
	  "take:memory loop:i < vma_pages(vma) = 0\n" },
	{ "a loop that moves the mapping and puts it back",
	  HANDLER "{ unsigned long start = vma->vm_start, at = start; int i, ret = 0; for (i = 0; i < the_dev->nr; i++) {"
	  " vma->vm_start = at; ret = vm_insert_page(vma, at, the_dev->pages[i]); if (ret) break; at += PAGE_SIZE; }"
	  " vma->vm_start = start; if (vma->vm_start != start) return -EPERM; return ret; }",
	  "loop:i < the_dev->nr range:vm_start* action:vm_insert_page[array]* range:vm_start = 0\n"
	  "loop:i < the_dev->nr range:vm_start* action:vm_insert_page[array]* range:vm_start*"
	  " action:vm_insert_page[array]* range:vm_start = error vm_insert_page\n" },
	{ "a switch in a loop: continue and break",
	  HANDLER "{ while (the_dev->nr) { switch (the_dev->mode) { case 1: continue; case 2:"
	  " break; default: return -EBUSY; }"
	  " vm_flags_set(vma, VM_IO); } return 0; }",
	  "loop:the_dev->nr set:VM_IO* = -16\n"
	  "loop:the_dev->nr set:VM_IO* = 0\n" },

	/* Helpers. */
	{ "a helper with the vma is followed",
	  "static int help(struct dev *d, struct vm_area_struct *v) { if (!d->ready) return"
	  " -EBUSY; return REMAP(v); }\n"
	  HANDLER "{ return help(the_dev, vma); }", "= -16\n" MAPPED },
	{ "a helper without the vma, its result tested",
	  "static int ready(struct dev *d) { if (!d->ready) return -EBUSY; d->used = 1; return 0;"
	  " }\n"
	  HANDLER "{ int ret = ready(the_dev); if (ret) return ret; return REMAP(vma); }",
	  "= -16\n"
	  "store:the_dev->used action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "a helper that returns nothing",
	  "static void mark(struct vm_area_struct *v) { if (v->vm_pgoff) return; vm_flags_set(v,"
	  " VM_IO); }\n"
	  HANDLER "{ mark(vma); vm_flags_set(vma, VM_DONTDUMP); return 0; }",
	  "set:VM_DONTDUMP = 0\nset:VM_IO set:VM_DONTDUMP = 0\n" },
	{ "locals of a helper are not the caller's",
	  "static int one(void) { int ret = 1; return ret; }\n"
	  HANDLER "{ int ret = 0; one(); if (ret) vm_flags_set(vma, VM_IO); return ret; }", "="
	  " 0\n" },
	{ "recursion is unmodelled",
	  HANDLER "{ if (vma->vm_pgoff) return foo_mmap(file, vma); return 0; }",
	  "= 0\n"
	  "call:foo_mmap = call foo_mmap\n"
	  "unmodelled: recursion\n" },
	{ "recursion through a helper is unmodelled",
	  "static int a(struct vm_area_struct *v, int n);\n"
	  "static int b(struct vm_area_struct *v, int n) { return a(v, n); }\n"
	  "static int a(struct vm_area_struct *v, int n) { if (v->vm_pgoff) return b(v, n);"
	  " vm_flags_set(v, VM_IO); return 0; }\n"
	  HANDLER "{ return a(vma, 3); }",
	  "call:a = call a\n"
	  "set:VM_IO = 0\n"
	  "unmodelled: recursion\n" },
	{ "a header's static inline that reads",
	  HANDLER "{ struct dev *d = the_dev; if (dev_end(d) < d->base) return -EINVAL; return 0;"
	  " }", "= -22\n= 0\n" },
	{ "a pointer that gets the vma: delegated, named by its struct",
	  HANDLER "{ struct dev *d = the_dev; return d->map(d, vma); }",
	  "delegate:dev.map = call \n"
	  "unmodelled: the vma goes through the pointer dev.map\n" },
	{ "a pointer that does not get it is not modelled",
	  HANDLER "{ struct dev *d = the_dev; d->poke(d); return 0; }",
	  "call:dev.poke = 0\n"
	  "unmodelled: a call through the pointer dev.poke\n" },
	{ "a function of another file with mmap in its name",
	  HANDLER "{ return outside_mmap(the_dev, vma); }",
	  "delegate:outside_mmap = call outside_mmap\n"
	  "unmodelled: the vma goes to outside_mmap(), which is not modelled\n" },
	{ "another one that gets the vma",
	  HANDLER "{ takes_vma(vma); return 0; }",
	  "escape:takes_vma = 0\n"
	  "unmodelled: the vma goes to takes_vma(), which is not modelled\n" },
	{ "another one that gets a field's address",
	  "void takes_prot(pgprot_t *p);\n" HANDLER "{ takes_prot(&vma->vm_page_prot); return 0; }",
	  "escape:takes_prot = 0\n"
	  "unmodelled: the vma goes to takes_prot(), which is not modelled\n" },
	{ "a helper that writes to the caller's local",
	  "static int get(int *out) { *out = 1; return 0; }\n"
	  HANDLER "{ int wc = 0; get(&wc); if (wc) vm_flags_set(vma, VM_IO); return 0; }",
	  "set:VM_IO = 0\n" },
	{ "a helper that writes to what it is given", "static void bump(int *p) { (*p)++; }\n"
	  HANDLER "{ bump(&the_dev->maps); return 0; }",
	  "store:the_dev->maps# = 0\n" },
	{ "the vma by another name",
	  HANDLER "{ struct vm_area_struct *v = vma; v->vm_pgoff = 0; return REMAP(v); }", "pgoff"
	  " " MAPPED },
	{ "the vma as a number", "void hides(unsigned long v);\n"
	  HANDLER "{ hides((unsigned long)vma); return 0; }",
	  "escape:hides = 0\n"
	  "unmodelled: the vma goes to hides(), which is not modelled\n" },

	/* Scopes. */
	{ "a guard is dropped after the return value is made",
	  HANDLER "{ struct dev *d = the_dev; guard_mutex(&d->lock); if (!d->ready) return -EBUSY;"
	  " return REMAP(vma); }",
	  "take:lock " WHOLE " drop:lock = call remap_pfn_range\ntake:lock drop:lock = -16\n" },
	{ "a guard in an inner block is dropped before what follows",
	  HANDLER "{ struct dev *d = the_dev; { guard_mutex(&d->lock); if (!d->ready) return"
	  " -EBUSY; } return REMAP(vma); }",
	  "take:lock drop:lock = -16\ntake:lock drop:lock " MAPPED },
	{ "a goto out of a guard's scope",
	  HANDLER "{ int ret; { guard_mutex(&the_dev->lock); if (the_dev->used) { ret = -EBUSY;"
	  " goto out; } }"
	  " return REMAP(vma); out: return ret; }",
	  "take:lock drop:lock = -16\ntake:lock drop:lock " MAPPED },
	{ "a break out of a guard's scope",
	  HANDLER "{ do { guard_mutex(&the_dev->lock); if (the_dev->used) break; the_dev->used ="
	  " 1; } while (0); return REMAP(vma); }",
	  "take:lock drop:lock " MAPPED "take:lock store:the_dev->used drop:lock " MAPPED },
	{ "a guard in a helper ends with the helper",
	  "static int help(struct vm_area_struct *v) { guard_mutex(&the_dev->lock); return"
	  " REMAP(v); }\n"
	  HANDLER "{ int ret = help(vma); if (ret) return ret; the_dev->used = 1; return 0; }",
	  "take:lock " WHOLE " drop:lock = error remap_pfn_range\n"
	  "take:lock " WHOLE " drop:lock store:the_dev->used = 0\n" },
	{ "__free leaves nothing",
	  HANDLER "{ int *p __free(kfree) = kmalloc(4, GFP_KERNEL); if (!p) return -ENOMEM; *p ="
	  " 1; return 0; }",
	  "take:memory drop:memory = -12\ntake:memory drop:memory = 0\n" },
	{ "a statement expression",
	  HANDLER "{ int ret = ({ int r = dev_check(the_dev); if (r) return r; vm_flags_set(vma,"
	  " VM_IO); 0; }); return ret; }",
	  "call:dev_check = error dev_check\ncall:dev_check set:VM_IO = 0\n" },

	/* Stores. */
	{ "a store through a pointer to a local is no state",
	  HANDLER "{ struct dev local, *p = &local; p->used = 1; local.mode = 2; p->mode++; return"
	  " 0; }", "= 0\n" },
	{ "a store to an array of the function's own",
	  HANDLER "{ int a[4]; a[1] = 3; *a = 4; return 0; }", "= 0\n" },
	{ "a store to memory that was just allocated is its own",
	  HANDLER "{ struct dev *p = kmalloc(sizeof(*p), GFP_KERNEL); if (!p) return -ENOMEM;"
	  " p->used = 1; p->nr++;"
	  " vma->vm_private_data = p; return 0; }",
	  "take:memory = -12\n"
	  "take:memory private:kmalloc(152, 0xcc0) = 0\n" },
	{ "stores, counts and globals outside",
	  "static int opened;\n"
	  HANDLER "{ struct dev *d = file->private_data; d->used = 1; d->maps++; opened = 1;"
	  " d->pages[0] = NULL; return 0; }",
	  "store:file->private_data->used store:file->private_data->maps# store:opened store:*file->private_data->pages = 0\n" },
	{ "a static local is state",
	  HANDLER "{ static int nr; nr++; return 0; }", "store:nr# = 0\n" },
	{ "the vma kept, its mm kept",
	  HANDLER "{ struct dev *d = the_dev; d->vma = vma; d->mm = vma->vm_mm; return 0; }",
	  "store-vma:the_dev->vma store-vma:the_dev->mm = 0\n" },
	{ "references and lists, and whose object it is",
	  HANDLER "{ struct dev *d = file->private_data, *o = the_dev; kref_get(&d->ref);"
	  " atomic_inc(&o->count);"
	  " list_add(&o->list, &d->list); return 0; }",
	  "take:ref@file take:count take:list = 0\n" },

	{ "a list is asked again after something was added to it",
	  "static inline int list_empty(const struct list_head *head) { return head->next == head; }\n"
	  HANDLER "{ struct dev *d = file->private_data, *o = the_dev; if (!list_empty(&d->list))"
	  " return -EBUSY; list_add(&o->list, &d->list); return list_empty(&d->list) ? -EAGAIN : 0; }",
	  "= -16\ntake:list = -11\ntake:list = 0\n" },
	/* Fields of the vma. */
	{ "private_data of the open file, through vm_file, and another",
	  HANDLER "{ if (vma->vm_pgoff == 1) vma->vm_private_data = file->private_data;"
	  " else if (vma->vm_pgoff == 2) vma->vm_private_data = vma->vm_file->private_data;"
	  " else vma->vm_private_data = the_dev; return 0; }",
	  "private:file->private_data@file = 0\n"
	  "private:the_dev = 0\n" },
	{ "private_data kept in a local first",
	  HANDLER "{ struct dev *d = file->private_data; void *p = d; vma->vm_private_data = p;"
	  " return 0; }",
	  "private:file->private_data@file = 0\n" },
	{ "every other field",
	  HANDLER "{ vma->vm_ops = &foo_vm_ops; vma->vm_ops = NULL; vma->vm_pgoff = 0;"
	  " vma->vm_page_prot.pgprot |= 1;"
	  " vma->vm_start = 0; vma->vm_file = file; vma->odd = 1; vma_set_file(vma, file); return"
	  " 0; }",
	  "ops:foo_vm_ops ops:NULL pgoff prot range:vm_start file field:odd file:vma_set_file ="
	  " 0\n" },
	{ "flags by name through a mask macro",
	  "#define MINE (VM_IO | VM_PFNMAP)\n"
	  HANDLER "{ vm_flags_set(vma, MINE | VM_DONTDUMP); vm_flags_clear(vma, VM_MAYWRITE);"
	  " vm_flags_mod(vma, VM_DONTCOPY, VM_WRITE); vma->__vm_flags |= VM_DONTEXPAND; return 0;"
	  " }",
	  "set:VM_PFNMAP set:VM_IO set:VM_DONTDUMP clear:VM_MAYWRITE set:VM_DONTCOPY clear:VM_WRITE set:VM_DONTEXPAND = 0\n" },
	{ "flags that are no list of names",
	  HANDLER "{ vm_flags_set(vma, the_dev->base); vma->__vm_flags = VM_IO; vma->__vm_flags &="
	  " ~VM_WRITE; return 0; }",
	  "flags? flags? = 0\n" },

	/* Actions. */
	{ "extent: the size in a local, and by vma_pages()",
	  HANDLER "{ unsigned long size = vma->vm_end - vma->vm_start; if (vma->vm_pgoff)"
	  " return remap_pfn_range(vma, vma->vm_start, 1, size, vma->vm_page_prot);"
	  " return remap_pfn_range(vma, vma->vm_start, 1, vma_pages(vma) << PAGE_SHIFT,"
	  " vma->vm_page_prot); }", MAPPED },
	{ "extent: the first page",
	  HANDLER "{ return remap_pfn_range(vma, vma->vm_start, 1, PAGE_SIZE, vma->vm_page_prot);"
	  " }",
	  "action:remap_pfn_range[first] = call remap_pfn_range\n" },
	{ "extent: a guard says that it fits",
	  HANDLER "{ struct dev *d = the_dev; unsigned long size = vma->vm_end - vma->vm_start; if"
	  " (size < d->size) return -EINVAL;"
	  " return remap_pfn_range(vma, vma->vm_start, 1, d->size, vma->vm_page_prot); }",
	  "= -22\naction:remap_pfn_range[inside] = call remap_pfn_range\n" },
	{ "extent: the wrong guard says nothing",
	  HANDLER "{ struct dev *d = the_dev; unsigned long size = vma->vm_end - vma->vm_start; if"
	  " (size > d->size) return -EINVAL;"
	  " return remap_pfn_range(vma, vma->vm_start, 1, d->size, vma->vm_page_prot); }",
	  "= -22\naction:remap_pfn_range[other] = call remap_pfn_range\n" },
	{ "extent: the smaller of the two",
	  HANDLER "{ unsigned long s = vma->vm_end - vma->vm_start; if (s > the_dev->size) s ="
	  " the_dev->size;"
	  " return remap_pfn_range(vma, vma->vm_start, 1, s, vma->vm_page_prot); }",
	  "action:remap_pfn_range[inside] = call remap_pfn_range\n"
	  "action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "extent: a local that was changed",
	  HANDLER "{ unsigned long s = vma->vm_end - vma->vm_start; s += PAGE_SIZE;"
	  " return remap_pfn_range(vma, vma->vm_start, 1, s, vma->vm_page_prot); }",
	  "action:remap_pfn_range[other] = call remap_pfn_range\n" },
	{ "extent: not from the start",
	  HANDLER "{ return remap_pfn_range(vma, vma->vm_start + PAGE_SIZE, 1, vma->vm_end -"
	  " vma->vm_start, vma->vm_page_prot); }",
	  "action:remap_pfn_range[other] = call remap_pfn_range\n" },
	{ "a protection of the function's own",
	  HANDLER "{ return io_remap_pfn_range(vma, vma->vm_start, 1, vma->vm_end - vma->vm_start,"
	  " pgprot_noncached(vma->vm_page_prot)); }",
	  "action:io_remap_pfn_range[whole]~prot = call io_remap_pfn_range\n" },
	{ "a protection in a local: the vma's, and changed",
	  HANDLER "{ pgprot_t prot = vma->vm_page_prot; if (vma->vm_pgoff) prot ="
	  " pgprot_noncached(prot);"
	  " return remap_pfn_range(vma, vma->vm_start, 1, vma->vm_end - vma->vm_start, prot); }",
	  MAPPED "action:remap_pfn_range[whole]~prot = call remap_pfn_range\n" },
	{ "a protection written to the vma first",
	  HANDLER "{ vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot); return REMAP(vma); }",
	  "prot " MAPPED },
	{ "two remaps on one path",
	  HANDLER "{ int ret = REMAP(vma); if (ret) return ret;"
	  " return remap_pfn_range(vma, vma->vm_start, 2, PAGE_SIZE, vma->vm_page_prot); }",
	  FAILED WHOLE " action:remap_pfn_range[first] = call remap_pfn_range\n" },
	{ "two remaps on branches that exclude each other",
	  HANDLER "{ if (vma->vm_pgoff) return remap_pfn_range(vma, vma->vm_start, 2, PAGE_SIZE,"
	  " vma->vm_page_prot);"
	  " return REMAP(vma); }",
	  "action:remap_pfn_range[first] = call remap_pfn_range\n" MAPPED },
	{ "file systems",
	  HANDLER "{ if (vma->vm_pgoff) return vfs_mmap(file, vma); return generic_file_mmap(file,"
	  " vma); }",
	  "generic:generic_file_mmap = call generic_file_mmap\nstack:vfs_mmap = call vfs_mmap\n" },
	{ "open called by hand, by name and through the table",
	  "static void foo_open(struct vm_area_struct *v) { the_dev->maps++; }\n"
	  "static const struct vm_operations_struct ops = { .open = foo_open };\n"
	  HANDLER "{ vma->vm_ops = &ops; if (vma->vm_pgoff) foo_open(vma); else"
	  " vma->vm_ops->open(vma); return 0; }",
	  "ops:ops open:foo_open store:the_dev->maps# = 0\n" },
	{ "open through the table only",
	  "static void foo_open(struct vm_area_struct *v) { the_dev->maps++; }\n"
	  "static const struct vm_operations_struct ops = { .open = foo_open };\n"
	  HANDLER "{ vma->vm_ops = &ops; mutex_lock(&the_dev->lock); vma->vm_ops->open(vma); return 0; }",
	  "ops:ops take:lock open:foo_open store:the_dev->maps# = 0\n" },
	{ "open through a table that the path has not set, or that can change",
	  "static void foo_open(struct vm_area_struct *v) { the_dev->maps++; }\n"
	  "static struct vm_operations_struct ops = { .open = foo_open };\n"
	  HANDLER "{ if (!vma->vm_pgoff) vma->vm_ops = &ops; vma->vm_ops->open(vma); return 0; }",
	  "open:vm_operations_struct.open = 0\n"
	  "ops:ops open:vm_operations_struct.open = 0\n"
	  "unmodelled: the vma goes through the pointer vm_operations_struct.open\n" },
	{ "a pointer to a function that the path knows",
	  "static int ready(struct dev *d) { if (!d->ready) return -EBUSY; return 0; }\n"
	  HANDLER "{ int (*check)(struct dev *) = vma->vm_pgoff ? ready : dev_check; return check(the_dev); }",
	  "= -16\n= 0\ncall:dev_check = call dev_check\n" },
	{ "arithmetic in the return value is not known",
	  HANDLER "{ return -dev_check(the_dev); }", "call:dev_check = ?\n" },
	{ "assembly is not modelled",
	  HANDLER "{ asm volatile(\"\" ::: \"memory\"); return 0; }",
	  "call:inline assembly = 0\n"
	  "unmodelled: inline assembly\n" },
};

#endif
