/* SPDX-License-Identifier: GPL-2.0-only */
/* The body of a handler, that of a hook, and how the proof of the two begins. */

static const char hooks_header[] =
"#include \"kernel.h\"\n"
"struct mmap_action { int error_override; int (*error_hook)(int err); };\ntypedef struct { unsigned long __vma_flags[1]; } vma_flags_t;\n"
"struct vm_area_desc { struct mm_struct *const mm; struct file *const file; unsigned long start, end;\n"
"	unsigned long pgoff; struct file *vm_file; vma_flags_t vma_flags; pgprot_t page_prot;\n"
"	const struct vm_operations_struct *vm_ops; void *private_data; struct mmap_action action; };\n"
"void file_accessed(struct file *);\n"
"struct hook_operations { int (*mmap_prepare)(struct vm_area_desc *); };\n"
"enum { VMA_WRITE_BIT = 1, VMA_SHARED_BIT = 3, VMA_MAYWRITE_BIT = 5, VMA_DONTCOPY_BIT = 17, VMA_DONTEXPAND_BIT = 18,\n"
"	VMA_DONTDUMP_BIT = 26 };\n"
"void vma_desc_set_flags(struct vm_area_desc *, ...);\nvoid vma_desc_clear_flags(struct vm_area_desc *, ...);\n"
"bool vma_desc_test(struct vm_area_desc *, int);\nbool vma_desc_test_any(struct vm_area_desc *, ...);\n"
"static inline unsigned long vma_desc_size(const struct vm_area_desc *d) { return d->end - d->start; }\n"
"static inline unsigned long vma_desc_pages(const struct vm_area_desc *d) { return vma_desc_size(d) >> PAGE_SHIFT; }\n"
"void mmap_action_remap(struct vm_area_desc *, unsigned long, unsigned long, unsigned long);\n"
"void mmap_action_remap_full(struct vm_area_desc *, unsigned long);\n"
"void mmap_action_ioremap_full(struct vm_area_desc *, unsigned long);\n"
"void mmap_action_simple_ioremap(struct vm_area_desc *, unsigned long, unsigned long);\n"
"void mmap_action_map_kernel_pages_full(struct vm_area_desc *, struct page **);\n"
"void mmap_action_map_kernel_pages(struct vm_area_desc *, unsigned long, struct page **, unsigned long);\n"
"int vm_map_pages_zero(struct vm_area_struct *, struct page **, unsigned long);\n"
"int generic_file_mmap_prepare(struct vm_area_desc *);\n";

/* A count of mappings. */
#define COUNTED \
"static void counted_open(struct vm_area_struct *vma) { struct dev *d = vma->vm_private_data; atomic_inc(&d->count); }\n" \
"static void counted_close(struct vm_area_struct *vma) { struct dev *d = vma->vm_private_data; atomic_dec(&d->count); }\n" \
"static int counted_mapped(unsigned long start, unsigned long end, unsigned long pgoff, const struct file *file," \
" void **vm_private_data) { struct dev *d = *vm_private_data; atomic_inc(&d->count); return 0; }\n" \
"static const struct vm_operations_struct counted_vm_ops = { .open = counted_open, .close = counted_close," \
" .mapped = counted_mapped };\n"

/* The same, for mappings of one size only, which mapped looks at. */
#define SIZED(start, end, pgoff) SIZED_CLOSE("d", start, end, pgoff)
#define SIZED_CLOSE(mapped, start, end, pgoff) \
"static void counted_close(struct vm_area_struct *vma) { struct dev *d = vma->vm_private_data;" \
" if (" mapped ") atomic_dec(&d->count); }\n" \
"static int counted_mapped(unsigned long " start ", unsigned long " end ", unsigned long " pgoff "," \
" const struct file *file, void **vm_private_data) { struct dev *d = file->private_data;" \
" if (" end " - " start " != d->size || " pgoff ") return -EINVAL;" \
" atomic_inc(&d->count); *vm_private_data = d; return 0; }\n" \
"static const struct vm_operations_struct counted_vm_ops = { .close = counted_close, .mapped = counted_mapped };\n"
#define SIZED_OLD \
"if (size != d->size || vma->vm_pgoff) return -EINVAL; atomic_inc(&d->count); vma->vm_private_data = d;" \
" vma->vm_ops = &counted_vm_ops; vm_flags_set(vma, VM_DONTEXPAND); return 0;"
#define SIZED_NEW \
"desc->vm_ops = &counted_vm_ops; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;"

#define HOOK "static int foo_mmap_prepare(struct vm_area_desc *desc)\n"
#define OLD_DEV "struct dev *d = file->private_data; unsigned long size = vma->vm_end - vma->vm_start;\n"
#define NEW_DEV "struct dev *d = desc->file->private_data; unsigned long size = vma_desc_size(desc);\n"
#define REMAP(how) "remap_pfn_range(vma, vma->vm_start, " how ", size, vma->vm_page_prot)"

struct prove_case { const char *name, *around, *old, *hook, *proof; };

static const struct prove_case cases[] = {
	{ "remap", NULL,
	  OLD_DEV "if (vma->vm_pgoff || size > d->size) return -EINVAL; return " REMAP("d->pfn") ";",
	  NEW_DEV "if (desc->pgoff || size > d->size) return -EINVAL; mmap_action_remap_full(desc, d->pfn); return 0;",
	  "equal" },
	{ "the words of vma_flags_t", NULL,
	  OLD_DEV "if ((vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE) return -EINVAL;"
	  " vm_flags_set(vma, VM_DONTEXPAND); return " REMAP("d->pfn") ";",
	  "struct dev *d = desc->file->private_data; if ((desc->vma_flags.__vma_flags[0] & 0x28) == 0x20) return -EINVAL;"
	  " desc->vma_flags.__vma_flags[0] |= 1ul << VMA_DONTEXPAND_BIT; mmap_action_remap_full(desc, d->pfn); return 0;",
	  "equal" },
	{ "the words of vma_flags_t, another flag", NULL,
	  OLD_DEV "vm_flags_set(vma, VM_DONTEXPAND); return " REMAP("d->pfn") ";",
	  "struct dev *d = desc->file->private_data; desc->vma_flags.__vma_flags[0] |= 1ul << VMA_DONTCOPY_BIT;"
	  " mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: " },
	{ "a bound by one", NULL,
	  OLD_DEV "if (size > d->size) return -EINVAL; return " REMAP("d->pfn") ";",
	  NEW_DEV "if (size >= d->size) return -EINVAL; mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: " },
	{ "another errno", NULL,
	  OLD_DEV "if (size > d->size) return -EINVAL; return " REMAP("d->pfn") ";",
	  NEW_DEV "if (size > d->size) return -ENXIO; mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: the result is -EINVAL | the result is -ENXIO" },
	{ "a check that is gone", NULL,
	  OLD_DEV "if (size > d->size) return -EINVAL; return " REMAP("d->pfn") ";",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: " },
	{ "the order of two checks", NULL,
	  OLD_DEV "if (size > d->size) return -EINVAL; if (vma->vm_pgoff) return -ENXIO; return " REMAP("d->pfn") ";",
	  NEW_DEV "if (desc->pgoff) return -ENXIO; if (size > d->size) return -EINVAL; mmap_action_remap_full(desc, d->pfn);"
	  " return 0;",
	  "differs: " },
	{ "the same written otherwise", NULL,
	  OLD_DEV "if (vma->vm_pgoff + vma_pages(vma) > d->nr) return -EINVAL; return " REMAP("d->pfn + vma->vm_pgoff") ";",
	  NEW_DEV "if (d->nr < vma_desc_pages(desc) + desc->pgoff) return -EINVAL;"
	  " mmap_action_remap_full(desc, desc->pgoff + d->pfn); return 0;",
	  "equal" },
	{ "another pfn", NULL,
	  OLD_DEV "return " REMAP("d->pfn") ";", NEW_DEV "mmap_action_remap_full(desc, d->pfn + 1); return 0;",
	  "differs: the second is " },
	{ "memory as a device's", NULL,
	  OLD_DEV "return " REMAP("d->pfn") ";", NEW_DEV "mmap_action_ioremap_full(desc, d->pfn); return 0;",
	  "differs: remap_pfn_range() fills the page tables | mmap_action_ioremap_full() does" },
	{ "pages for a range", NULL,
	  OLD_DEV "return " REMAP("d->pfn") ";", NEW_DEV "mmap_action_map_kernel_pages_full(desc, d->pages); return 0;",
	  "differs: remap_pfn_range() fills the page tables | mmap_action_map_kernel_pages_full() does" },
	{ "a device's range by address and by pfn", NULL,
	  OLD_DEV "return vm_iomap_memory(vma, d->base, size);", NEW_DEV "mmap_action_ioremap_full(desc, d->base >> PAGE_SHIFT);"
	  " return 0;",
	  "differs: the result is -EINVAL | the result is what populating returns" },
	{ "a device's range by address and by pfn, where nothing is refused", NULL,
	  OLD_DEV "if (vma->vm_pgoff || size > 0x4000) return -EINVAL; return vm_iomap_memory(vma, 0x10000000, 0x4000);",
	  NEW_DEV "if (desc->pgoff || size > 0x4000) return -EINVAL; mmap_action_ioremap_full(desc, 0x10000); return 0;",
	  "equal" },
	{ "a device's range by address and by pfn, where one page more is refused", NULL,
	  OLD_DEV "if (vma->vm_pgoff || size > 0x5000) return -EINVAL; return vm_iomap_memory(vma, 0x10000000, 0x4000);",
	  NEW_DEV "if (desc->pgoff || size > 0x5000) return -EINVAL; mmap_action_ioremap_full(desc, 0x10000); return 0;",
	  "differs: " },
	{ "a device's range and its checks by hand", NULL,
	  OLD_DEV "if (vma->vm_pgoff > 16) return -EINVAL; return vm_iomap_memory(vma, 0x10000000, 0x4000);",
	  NEW_DEV "if (desc->pgoff > 4 || vma_desc_pages(desc) > 4 - desc->pgoff) return -EINVAL;"
	  " mmap_action_ioremap_full(desc, 0x10000 + desc->pgoff); return 0;",
	  "equal" },
	{ "an error in place of the core's, where it is refused", NULL,
	  OLD_DEV "if (vm_iomap_memory(vma, d->base, d->size)) return -EAGAIN; return 0;",
	  NEW_DEV "mmap_action_simple_ioremap(desc, d->base, d->size); desc->action.error_override = -EAGAIN; return 0;",
	  "differs: the result is -EAGAIN | the result is -EINVAL" },
	{ "the error of what is refused", NULL,
	  OLD_DEV "if (vm_iomap_memory(vma, d->base, d->size)) return -EINVAL; return 0;",
	  NEW_DEV "mmap_action_simple_ioremap(desc, d->base, d->size); desc->action.error_override = -EINVAL; return 0;",
	  "equal" },
	{ "a range past the mapping", NULL,
	  OLD_DEV "return remap_pfn_range(vma, vma->vm_start, d->pfn, d->size, vma->vm_page_prot);",
	  NEW_DEV "mmap_action_remap(desc, desc->start, d->pfn, d->size); return 0;",
	  "differs: " },
	{ "a range inside the mapping", NULL,
	  OLD_DEV "if (d->size > size) return -EINVAL;"
	  " return remap_pfn_range(vma, vma->vm_start, d->pfn, d->size & ~0xffful, vma->vm_page_prot);",
	  NEW_DEV "if (d->size > size) return -EINVAL; mmap_action_remap(desc, desc->start, d->pfn, d->size & ~0xffful);"
	  " return 0;",
	  "equal" },
	{ "a part of a private mapping", NULL,
	  OLD_DEV "if (d->size > size || remap_pfn_range(vma, vma->vm_start, d->pfn, d->size & ~0xffful, vma->vm_page_prot))"
	  " return -EAGAIN; return 0;",
	  NEW_DEV "if (d->size > size) return -EAGAIN; mmap_action_remap(desc, desc->start, d->pfn, d->size & ~0xffful);"
	  " desc->action.error_override = -EAGAIN; return 0;",
	  "differs: the result is -EAGAIN | the result is " },
	{ "a part of no private mapping", NULL,
	  OLD_DEV "if ((vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE) return -EPERM;"
	  " if (d->size > size || remap_pfn_range(vma, vma->vm_start, d->pfn, d->size & ~0xffful, vma->vm_page_prot))"
	  " return -EAGAIN; return 0;",
	  NEW_DEV "if ((desc->vma_flags.__vma_flags[0] & 0x28) == 0x20) return -EPERM; if (d->size > size) return -EAGAIN;"
	  " mmap_action_remap(desc, desc->start, d->pfn, d->size & ~0xffful); desc->action.error_override = -EAGAIN; return 0;",
	  "equal" },
	{ "an error that is none", NULL,
	  OLD_DEV "return " REMAP("d->pfn") " ? 11 : 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_override = 11; return 0;",
	  "differs: the result is 11 | the result is -EINVAL" },
	{ "an error in place of the core's", NULL,
	  OLD_DEV "if (" REMAP("d->pfn") ") return -EAGAIN; return 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_override = -EAGAIN; return 0;",
	  "equal" },
	{ "an error in place of the core's, lost", NULL,
	  OLD_DEV "if (" REMAP("d->pfn") ") return -EAGAIN; return 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: " },
	{ "a function's error in place of the core's", "static int foo_again(int err) { return -EAGAIN; }\n",
	  OLD_DEV "if (" REMAP("d->pfn") ") return -EAGAIN; return 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_again; return 0;",
	  "equal" },
	{ "a function's error, another one", "static int foo_again(int err) { return -ENXIO; }\n",
	  OLD_DEV "if (" REMAP("d->pfn") ") return -EAGAIN; return 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_again; return 0;",
	  "differs: the result is -EAGAIN | the result is -ENXIO" },
	{ "a function that chooses", "static int foo_filter(int err) { return err == -ENOMEM ? -EAGAIN : err; }\n",
	  OLD_DEV "int ret = " REMAP("d->pfn") "; if (ret == -ENOMEM) return -EAGAIN; return ret;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = &foo_filter; return 0;",
	  "equal" },
	{ "a function that chooses otherwise", "static int foo_filter(int err) { if (err == -EINVAL) return -EAGAIN; return err; }\n",
	  OLD_DEV "int ret = " REMAP("d->pfn") "; if (ret == -ENOMEM) return -EAGAIN; return ret;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_filter; return 0;",
	  "differs: " },
	{ "a function for the action's error only", "static int foo_again(int err) { return -EAGAIN; }\n",
	  OLD_DEV "if (vma->vm_pgoff || " REMAP("d->pfn") ") return -EAGAIN; return 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_again; return desc->pgoff ? -EINVAL : 0;",
	  "differs: the result is -EAGAIN | the result is -EINVAL" },
	{ "a function that clears the error", "static int foo_clear(int err) { return 0; }\n",
	  OLD_DEV REMAP("d->pfn") "; return 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_clear; return 0;",
	  "unknown: foo_clear() makes 0 of an error" },
	{ "a function that may clear the error", "static int foo_clear(int err) { return err + 12; }\n",
	  OLD_DEV "int ret = " REMAP("d->pfn") "; return ret ? ret + 12 : 0;",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_clear; return 0;",
	  "unknown: foo_clear() makes 0 of an error" },
	{ "a function that counts", "int foo_failures; static int foo_count(int err) { foo_failures++; return err; }\n",
	  OLD_DEV "return " REMAP("d->pfn") ";",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_count; return 0;",
	  "differs: nothing more is done | there is foo_failures = " },
	{ "a function that nobody sees", "int foo_far(int err);\n",
	  OLD_DEV "return " REMAP("d->pfn") ";",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = foo_far; return 0;",
	  "unknown: what foo_far makes of the error is not known" },
	{ "no function after all", "static int foo_again(int err) { return -EAGAIN; }\n",
	  OLD_DEV "return " REMAP("d->pfn") ";",
	  NEW_DEV "desc->action.error_hook = foo_again; mmap_action_remap_full(desc, d->pfn); desc->action.error_hook = NULL;"
	  " return 0;",
	  "equal" },
	{ "flags", NULL,
	  "vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP); return 0;",
	  "vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT, VMA_DONTDUMP_BIT); return 0;",
	  "equal" },
	{ "a flag that is gone", NULL,
	  "vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP); return 0;",
	  "vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: vm_flags is " },
	{ "another flag", NULL,
	  "vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP); return 0;",
	  "vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT, VMA_DONTCOPY_BIT); return 0;",
	  "differs: vm_flags is " },
	{ "any for all", NULL,
	  "if ((vma->vm_flags & (VM_SHARED | VM_WRITE)) == (VM_SHARED | VM_WRITE)) return -EPERM;"
	  " vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "if (vma_desc_test_any(desc, VMA_SHARED_BIT, VMA_WRITE_BIT)) return -EPERM;"
	  " vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: " },
	{ "protection", NULL,
	  OLD_DEV "vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot); return " REMAP("d->pfn") ";",
	  NEW_DEV "desc->page_prot = pgprot_noncached(desc->page_prot); mmap_action_remap_full(desc, d->pfn); return 0;",
	  "equal" },
	{ "protection after the action", NULL,
	  OLD_DEV "vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot); return " REMAP("d->pfn") ";",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); desc->page_prot = pgprot_noncached(desc->page_prot); return 0;",
	  "differs: the protection of the pages is " },
	{ "protection of the pages only", NULL,
	  OLD_DEV "return remap_pfn_range(vma, vma->vm_start, d->pfn, size, pgprot_noncached(vma->vm_page_prot));",
	  NEW_DEV "desc->page_prot = pgprot_noncached(desc->page_prot); mmap_action_remap_full(desc, d->pfn); return 0;",
	  "equal-but prot-in-vma" },
	{ "protection of the pages only, and another", NULL,
	  OLD_DEV "return remap_pfn_range(vma, vma->vm_start, d->pfn, size, pgprot_noncached(vma->vm_page_prot));",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: the protection of the pages is " },
	{ "locked check", NULL,
	  OLD_DEV "int r = 0; mutex_lock(&d->lock); if (!d->ready) r = -EBUSY; mutex_unlock(&d->lock); if (r) return r;"
	  " return " REMAP("d->pfn") ";",
	  NEW_DEV "int r = 0; mutex_lock(&d->lock); if (!d->ready) r = -EBUSY; mutex_unlock(&d->lock); if (r) return r;"
	  " mmap_action_remap_full(desc, d->pfn); return 0;",
	  "equal" },
	{ "a lock with a holder", "struct holder { int n; };\nint gfs2_glock_nq_init(struct dev *, int, int, struct holder *);\n"
	  "void gfs2_glock_dq_uninit(struct holder *);\n",
	  OLD_DEV "struct holder h; gfs2_glock_nq_init(d, 3, 8, &h); gfs2_glock_dq_uninit(&h);"
	  " vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "struct holder h; gfs2_glock_nq_init(d, 3, 8, &h); gfs2_glock_dq_uninit(&h);"
	  " vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal" },
	{ "an unlock that is lost", NULL,
	  OLD_DEV "mutex_lock(&d->lock); if (!d->ready) { mutex_unlock(&d->lock); return -EBUSY; } mutex_unlock(&d->lock);"
	  " return " REMAP("d->pfn") ";",
	  NEW_DEV "mutex_lock(&d->lock); if (!d->ready) return -EBUSY; mutex_unlock(&d->lock);"
	  " mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: there is mutex_unlock(" },
	{ "populated under a lock", NULL,
	  OLD_DEV "int r; mutex_lock(&d->lock); r = " REMAP("d->pfn") "; mutex_unlock(&d->lock); return r;",
	  NEW_DEV "mutex_lock(&d->lock); mmap_action_remap_full(desc, d->pfn); mutex_unlock(&d->lock); return 0;",
	  "unknown: remap_pfn_range() runs under a lock" },
	{ "a table of pages", NULL,
	  OLD_DEV "return vm_map_pages_zero(vma, d->pages, d->nr);",
	  NEW_DEV "if (!d->nr || vma_desc_pages(desc) > d->nr) return -ENXIO;"
	  " mmap_action_map_kernel_pages_full(desc, d->pages); return 0;",
	  "equal" },
	{ "a table of pages that can be too short", NULL,
	  OLD_DEV "return vm_map_pages_zero(vma, d->pages, d->nr);",
	  NEW_DEV "mmap_action_map_kernel_pages_full(desc, d->pages); return 0;",
	  "differs: " },
	{ "pgoff where there is none", NULL,
	  OLD_DEV "return vm_map_pages(vma, d->pages, d->nr);",
	  NEW_DEV "if (!d->nr || vma_desc_pages(desc) > d->nr) return -ENXIO;"
	  " mmap_action_map_kernel_pages_full(desc, d->pages); return 0;",
	  "differs: " },
	{ "vm_iomap_memory", NULL,
	  OLD_DEV "return vm_iomap_memory(vma, d->base, d->size);",
	  NEW_DEV "mmap_action_simple_ioremap(desc, d->base, d->size); return 0;",
	  "equal" },
	{ "state in the hook", NULL,
	  OLD_DEV "kref_get(&d->ref); vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "kref_get(&d->ref); vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: nothing is left behind" },
	{ "state that the hook gives back", "void dev_release(struct kref *);\n",
	  OLD_DEV "kref_get(&d->ref); if (size > d->size) { kref_put(&d->ref, dev_release); return -EINVAL; }"
	  " kref_put(&d->ref, dev_release); vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "kref_get(&d->ref); if (size > d->size) { kref_put(&d->ref, dev_release); return -EINVAL; }"
	  " kref_put(&d->ref, dev_release); vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal" },
	{ "a count in the hook", NULL,
	  OLD_DEV "d->used++; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "d->used++; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: nothing is left behind" },
	{ "a latch in the hook", NULL,
	  OLD_DEV "d->used = 1; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "d->used = 1; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal-but latch-in-hook" },
	{ "another latch", NULL,
	  OLD_DEV "d->used = 1; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "d->used = 2; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: an argument of what is stored is 1 | an argument of what is stored is 2" },
	{ "a latch that a failing request left, too", NULL,
	  OLD_DEV "d->used = 1; if (vma->vm_pgoff) return -EINVAL; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "if (desc->pgoff) return -EINVAL; d->used = 1; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal-but no-trace-after-failure latch-in-hook" },
	{ "a latch that only the hook leaves where the request fails", NULL,
	  OLD_DEV "if (vma->vm_pgoff) return -EINVAL; d->used = 1; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "d->used = 1; if (desc->pgoff) return -EINVAL; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: nothing more is done | there is " },
	{ "a function that nobody knows", NULL,
	  OLD_DEV "int r = dev_check(d); if (r) return r; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "int r = dev_check(d); if (r) return r; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "unknown: dev_check() is not modelled" },
	{ "another function", NULL,
	  OLD_DEV "int r = dev_check(d); if (r) return r; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "int r = dev_other(d); if (r) return r; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: the result is dev_check(" },
	{ "what a function is shown", NULL,
	  "int v = 1, r = fills(&v); if (r) return r; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "int v = 2, r = fills(&v); if (r) return r; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: an argument of fills is 1 | an argument of fills is 2" },
	{ "memory after a lock", NULL,
	  OLD_DEV "unsigned long n = d->size; mutex_lock(&d->lock); mutex_unlock(&d->lock);"
	  " if (size > n) return -EINVAL; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "unsigned long n; mutex_lock(&d->lock); n = d->size; mutex_unlock(&d->lock);"
	  " if (size > n) return -EINVAL; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: " },
	{ "an overflow of other operands", NULL,
	  OLD_DEV "unsigned n; if (__builtin_add_overflow(d->nr, 1u, &n)) return -EINVAL; vm_flags_set(vma, VM_DONTEXPAND);"
	  " return size > d->size ? -EINVAL : 0;",
	  NEW_DEV "unsigned n; if (__builtin_add_overflow(d->nr, 200u, &n)) return -EINVAL;"
	  " vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return size > d->size ? -EINVAL : 0;",
	  "unknown: " },
	{ "vm_ops", "extern const struct vm_operations_struct other_vm_ops;\n",
	  "vma->vm_ops = &foo_vm_ops; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "desc->vm_ops = &other_vm_ops; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "unknown: whether other_vm_ops has mapped or close is not seen" },
	{ "other vm_ops", "static const struct vm_operations_struct a_vm_ops = { }, b_vm_ops = { };\n",
	  "vma->vm_ops = &a_vm_ops; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "desc->vm_ops = &b_vm_ops; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: vm_ops is " },
	{ "no vm_ops", NULL,
	  "vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "desc->vm_ops = NULL; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: vm_ops is " },
	{ "no vm_ops on either side", NULL,
	  "vma->vm_ops = NULL; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "desc->vm_ops = NULL; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal" },
	{ "open becomes mapped", COUNTED,
	  OLD_DEV "vma->vm_private_data = d; vma->vm_ops = &counted_vm_ops; vm_flags_set(vma, VM_DONTEXPAND);"
	  " counted_open(vma); return 0;",
	  NEW_DEV "desc->private_data = d; desc->vm_ops = &counted_vm_ops; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);"
	  " return 0;",
	  "equal-but state-in-mapped" },
	{ "open becomes mapped, which a merge skips", COUNTED,
	  OLD_DEV "vma->vm_private_data = d; vma->vm_ops = &counted_vm_ops; counted_open(vma); return 0;",
	  NEW_DEV "desc->private_data = d; desc->vm_ops = &counted_vm_ops; return 0;",
	  "differs: there is atomic_inc(&file->private_data->count) for every mapping | mapped" },
	{ "mapped looks at the size, whatever its parameters are called", SIZED("start", "end", "pgoff"),
	  OLD_DEV SIZED_OLD, SIZED_NEW, "equal-but state-in-mapped" },
	{ "mapped looks at the size, its parameters called otherwise", SIZED("vm_start", "vm_end", "vm_pgoff"),
	  OLD_DEV SIZED_OLD, SIZED_NEW, "equal-but state-in-mapped" },
	{ "mapped's close looks at what only mapped stores", SIZED("vm_start", "vm_end", "vm_pgoff"),
	  OLD_DEV SIZED_OLD, "desc->private_data = desc->file->private_data; " SIZED_NEW,
	  "unknown: counted_close() runs when the mapping fails" },
	{ "mapped's close looks at something else", SIZED_CLOSE("d && d->size", "vm_start", "vm_end", "vm_pgoff"),
	  OLD_DEV SIZED_OLD, "desc->private_data = desc->file->private_data; " SIZED_NEW,
	  "unknown: counted_close() runs when the mapping fails" },
	{ "mapped does not end for some",
	  "static int counted_mapped(unsigned long start, unsigned long end, unsigned long pgoff, const struct file *file,"
	  " void **vm_private_data) { struct dev *d = *vm_private_data; if (d->size == 7) for (;;) d->pfn++;"
	  " atomic_inc(&d->count); return 0; }\n"
	  "static const struct vm_operations_struct counted_vm_ops = { .mapped = counted_mapped };\n",
	  OLD_DEV "vma->vm_private_data = d; vma->vm_ops = &counted_vm_ops; vm_flags_set(vma, VM_DONTEXPAND);"
	  " atomic_inc(&d->count); return 0;",
	  NEW_DEV "desc->private_data = d; desc->vm_ops = &counted_vm_ops; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);"
	  " return 0;",
	  "unknown: a loop that no pass ends" },
	{ "mapped looks for another size", SIZED("vm_start", "vm_end", "vm_pgoff"),
	  OLD_DEV "size += 4096; " SIZED_OLD, SIZED_NEW, "differs" },
	{ "a flag that the remap sets anyway", NULL,
	  OLD_DEV "vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP); return " REMAP("d->pfn") ";",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); return 0;",
	  "equal" },
	{ "a flag that the remap does not set", NULL,
	  OLD_DEV "vm_flags_set(vma, VM_DONTCOPY); return " REMAP("d->pfn") ";",
	  NEW_DEV "mmap_action_remap_full(desc, d->pfn); return 0;",
	  "differs: vm_flags is " },
	{ "open is gone", "static const struct vm_operations_struct counted_vm_ops = { };\n",
	  OLD_DEV "vma->vm_private_data = d; vma->vm_ops = &counted_vm_ops; vm_flags_set(vma, VM_DONTEXPAND);"
	  " atomic_inc(&d->count); return 0;",
	  NEW_DEV "desc->private_data = d; desc->vm_ops = &counted_vm_ops; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);"
	  " return 0;",
	  "differs: there is atomic_inc(" },
	{ "close runs after a failing action", COUNTED,
	  OLD_DEV "int r = " REMAP("d->pfn") "; if (r) return r; vma->vm_private_data = d; vma->vm_ops = &counted_vm_ops;"
	  " counted_open(vma); return 0;",
	  NEW_DEV "desc->private_data = d; desc->vm_ops = &counted_vm_ops; mmap_action_remap_full(desc, d->pfn); return 0;",
	  "unknown: counted_close() runs when the mapping fails" },
	{ "flags as an argument", "unsigned long vma_flags_to_legacy(vma_flags_t flags); int may_map(unsigned long flags);\n",
	  "int r = may_map(vma->vm_flags); if (r) return r; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "int r = may_map(vma_flags_to_legacy(desc->vma_flags)); if (r) return r;"
	  " vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "unknown: may_map() is not modelled" },
	{ "there is a file and a vma", NULL,
	  OLD_DEV "if (!file || !vma || !d) return -ENXIO; if (size > d->size) return -EINVAL; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  NEW_DEV "if (!d) return -ENXIO; if (size > d->size) return -EINVAL; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal" },
	{ "there may be no device", NULL,
	  OLD_DEV "if (!file || !vma || !d) return -ENXIO; vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs" },
	{ "an access", NULL,
	  "file_accessed(file); vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "file_accessed(desc->file); vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "equal" },
	{ "an access that is lost", NULL,
	  "file_accessed(file); vm_flags_set(vma, VM_DONTEXPAND); return 0;",
	  "vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;",
	  "differs: there is file_accessed(" },
	{ "files", "const struct vm_operations_struct generic_file_vm_ops = { };\n",
	  "return generic_file_mmap(file, vma);", "return generic_file_mmap_prepare(desc);",
	  "equal-but merge-after-hook" },
};
