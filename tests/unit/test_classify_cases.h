/* SPDX-License-Identifier: GPL-2.0-only */
/* Small handlers, and what they are classified as. */
#ifndef MMAPCONV_TEST_CLASSIFY_CASES_H
#define MMAPCONV_TEST_CLASSIFY_CASES_H

#include "test_contract_fixture.h"
#include "tree/tree.h"

#define SET "vm_flags_set(vma, VM_IO); "
#define FAULT_OPS "static int foo_fault(struct vm_fault *f) { return 0; }\n" \
	"static const struct vm_operations_struct ops = { .fault = foo_fault };\n"
#define OPEN_OPS "static void foo_open(struct vm_area_struct *v) { the_dev->maps++; }\n" \
	"static const struct vm_operations_struct ops = { .open = foo_open };\n"
#define LACKS(x) (1u << API_##x)

/* What is known of the handler besides its text. */
enum { NOMMU = 1, SWAPPED = 2, SWAPPED_FROM = 4, DEAD = 8, OVERRIDDEN = 16, CALLER = 32,
COPIED_OVER = 64 };

static const struct {
	const char *name, *code;
	unsigned lacks, known;
	const char *class_name, *verdict, *patterns, *state, *codes, *needs;
} cases[] = {
	/* Classes, first that holds. */
	{ "reject", HANDLER "{ if (vma->vm_pgoff) return -ENXIO; return -EINVAL; }", 0, 0,
	  "reject", "auto", "reject", "", "", "" },
	{ "reject leaves what failing paths did out",
	  HANDLER "{ " SET "the_dev->used = 1; return -EINVAL; }", 0, 0, "reject", "auto", "reject",
	  "", "", "" },
	{ "stacked before delegate",
	  HANDLER "{ if (vma->vm_pgoff) return outside_mmap(the_dev, vma); return vfs_mmap(file,"
	  " vma); }", 0, 0,
	  "stacked", "core", "delegate stacked", "", "R18 delegate",
	  "mmap_prepare through stacked files|outside_mmap_prepare()" },
	{ "delegate before stateful",
	  HANDLER "{ the_dev->used = 1; return the_dev->map(the_dev, vma); }", 0, 0,
	  "delegate", "core", "delegate", "latch", "R1 R1 delegate", "dev.map_prepare" },
	{ "stateful before remap",
	  HANDLER "{ struct dev *d = file->private_data; d->maps++; return REMAP(vma); }", 0, 0,
	  "stateful", "assisted", "remap", "count", "R1 R1", "" },
	{ "remap", HANDLER "{ " SET "return REMAP(vma); }", 0, 0, "remap", "auto", "remap", "", "",
	  "" },
	{ "what is done when an action fails is said once",
	  HANDLER "{ int ret; kref_get(&the_dev->ref); ret = REMAP(vma); if (ret) { kref_put(&the_dev->ref, NULL);"
	  " atomic_dec(&the_dev->count); } else { kref_put(&the_dev->ref, NULL); } return ret; }", 0, 0, "remap", "assisted",
	  "remap", "", "R1 order order", "" },
	{ "a sum that is stored again is a count",
	  HANDLER "{ int n = the_dev->maps + 2; if (n > 9) return -EBUSY; the_dev->maps = n; vm_flags_set(vma,"
	  " VM_DONTEXPAND); return 0; }", 0, 0, "stateful", "assisted", "flags", "count", "R1 R1", "" },
	{ "another value is none",
	  HANDLER "{ int n = the_dev->used + 2; the_dev->maps = n; vm_flags_set(vma, VM_DONTEXPAND); return 0; }", 0, 0,
	  "stateful", "assisted", "flags", "latch", "R1 R1", "" },
	{ "remap behind a header's macro", HANDLER "{ return header_remap(vma); }", 0, 0, "remap", "core", "remap", "", "R20",
	  "header_remap() for a descriptor" },
	{ "remap behind a header's inline function", HANDLER "{ return inline_remap(vma); }", 0, 0, "remap", "core", "remap",
	  "", "R20", "inline_remap() for a descriptor" },
	{ "remap behind a macro of its own",
	  "#define OWN(v) remap_pfn_range(v, (v)->vm_start, 1, (v)->vm_end - (v)->vm_start, (v)->vm_page_prot)\n"
	  HANDLER "{ return OWN(vma); }", 0, 0, "remap", "auto", "remap", "", "", "" },
	{ "remap behind a header's macro in a function of its own",
	  "static int own(struct vm_area_struct *v) { return header_remap(v); }\n"
	  HANDLER "{ return own(vma); }", 0, 0, "remap", "core", "remap", "", "R20 helper",
	  "header_remap() for a descriptor" },
	{ "remap by io_remap_pfn_range",
	  HANDLER "{ return io_remap_pfn_range(vma, vma->vm_start, 1, vma->vm_end - vma->vm_start,"
	  " vma->vm_page_prot); }", 0, 0,
	  "remap", "auto", "ioremap", "", "", "" },
	{ "vm_iomap_memory", HANDLER "{ return vm_iomap_memory(vma, 0, 1); }", 0, 0, "remap",
	  "auto", "ioremap", "", "", "" },
	{ "dma", HANDLER "{ return dma_mmap_coherent(the_dev, vma, NULL, 0, 1); }", 0, 0,
	  "remap", "core", "dma", "", "no-action", "dma_mmap_*() for a descriptor" },
	{ "mixedmap by its flag", HANDLER "{ vm_flags_set(vma, VM_MIXEDMAP); return 0; }", 0, 0,
	  "mixedmap", "auto", "mixedmap", "", "", "" },
	{ "mixedmap by a page that is in no array",
	  HANDLER "{ return vm_insert_page(vma, vma->vm_start, the_dev->mem); }", 0, 0,
	  "mixedmap", "core", "mixedmap", "", "R23", "an action for pages that are no array" },
	{ "a loop over an array of pages",
	  HANDLER "{ unsigned i; int ret; for (i = 0; i < the_dev->nr; i++) { ret ="
	  " vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE,"
	  " the_dev->pages[i]); if (ret) return ret; } return 0; }", 0, 0, "mixedmap", "assisted",
	  "mixedmap", "", "R23", "" },
	{ "kernel pages", HANDLER "{ return vm_map_pages(vma, the_dev->pages, 2); }", 0, 0,
	  "mixedmap", "assisted", "kernel_pages", "", "R25", "" },
	{ "kernel pages of the open file", HANDLER "{ struct dev *d = file->private_data; return vm_map_pages(vma, d->pages, 2); }",
	  0, 0, "mixedmap", "auto", "kernel_pages", "", "R25", "" },
	{ "vmalloc memory", HANDLER "{ return remap_vmalloc_range(vma, the_dev->mem, 0); }", 0, 0,
	  "mixedmap", "core", "kernel_pages", "", "no-action", "an action for vmalloc memory" },
	{ "vmf_insert_mixed", HANDLER "{ vmf_insert_mixed(vma, 0, 0); return 0; }", 0, 0,
	  "mixedmap", "core", "mixedmap", "", "R22", "an action for mixed maps" },
	{ "generic", HANDLER "{ return generic_file_mmap(file, vma); }", 0, 0, "generic", "auto",
	  "generic", "", "", "" },
	{ "generic before fault",
	  FAULT_OPS HANDLER "{ int ret = generic_file_mmap(file, vma); if (ret) return ret;"
	  " vma->vm_ops = &ops; return 0; }", 0, 0,
	  "generic", "auto", "fault generic", "", "", "" },
	{ "fault", FAULT_OPS HANDLER "{ vma->vm_ops = &ops; vma->vm_private_data ="
	  " file->private_data; return 0; }", 0, 0,
	  "fault", "auto", "fault", "", "", "" },
	{ "vm_ops of another file can have a fault", HANDLER "{ vma->vm_ops = &foo_vm_ops; return"
	  " 0; }", 0, 0,
	  "fault", "auto", "fault", "", "", "" },
	{ "flags", HANDLER "{ " SET "vm_flags_clear(vma, VM_MAYWRITE); return 0; }", 0, 0, "flags",
	  "auto", "flags", "", "", "" },
	{ "a protection", HANDLER "{ vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);"
	  " return 0; }", 0, 0,
	  "flags", "auto", "flags", "", "", "" },

	/* State. */
	{ "a lock that is given back is no state",
	  HANDLER "{ mutex_lock(&the_dev->lock); " SET "mutex_unlock(&the_dev->lock); return 0; }",
	  0, 0,
	  "flags", "auto", "flags", "", "", "" },
	{ "an action under a lock",
	  HANDLER "{ int ret; mutex_lock(&the_dev->lock); ret = REMAP(vma);"
	  " mutex_unlock(&the_dev->lock); return ret; }", 0, 0,
	  "remap", "assisted", "remap", "", "R4", "" },
	{ "an action under a guard",
	  HANDLER "{ guard_mutex(&the_dev->lock); return REMAP(vma); }", 0, 0, "remap", "assisted",
	  "remap", "", "R4", "" },
	{ "an action behind a guard's scope",
	  HANDLER "{ { guard_mutex(&the_dev->lock); if (!the_dev->ready) return -EBUSY; } return"
	  " REMAP(vma); }", 0, 0,
	  "remap", "auto", "remap", "", "", "" },
	{ "state that only a failing path leaves is none",
	  HANDLER "{ if (vma->vm_pgoff) { the_dev->used = 1; return -EINVAL; } " SET "return 0; }",
	  0, 0,
	  "flags", "auto", "flags", "", "", "" },
	{ "a reference without an action",
	  HANDLER "{ kref_get(&the_dev->ref); vma->vm_private_data = file->private_data; return 0;"
	  " }", 0, 0,
	  "stateful", "assisted", "", "reference", "R1 R1 R6", "" },
	{ "a reference that an action's pages need",
	  HANDLER "{ kref_get(&the_dev->ref); return REMAP(vma); }", 0, 0,
	  "stateful", "core", "remap", "reference", "R1 R1 R4", "a reference that is taken before"
	  " the action" },
	{ "a reference to the open file's own object",
	  HANDLER "{ struct dev *d = file->private_data; kref_get(&d->ref); return REMAP(vma); }",
	  0, 0,
	  "stateful", "assisted", "remap", "reference", "R1 R1", "" },
	{ "a list and memory",
	  HANDLER "{ struct dev *p = kmalloc(8, GFP_KERNEL); if (!p) return -ENOMEM;"
	  " list_add(&p->list, &the_dev->list); return 0; }", 0, 0,
	  "stateful", "assisted", "", "allocation list", "R1 R1 R1 R1 R6", "" },
	{ "the vma kept", HANDLER "{ the_dev->vma = vma; return 0; }", 0, 0,
	  "stateful", "core", "", "vma", "R1 R20 R6", "the vma or its mm in vm_ops->mapped" },
	{ "open called by hand", OPEN_OPS HANDLER "{ vma->vm_ops = &ops; foo_open(vma); return 0;"
	  " }", 0, 0,
	  "stateful", "assisted", "", "count open", "R1 R1 R1 R5 R6 helper", "" },

	/* Single rules. */
	{ "R7: a protection after the action",
	  HANDLER "{ int ret = REMAP(vma); if (ret) return ret; vma->vm_page_prot ="
	  " pgprot_noncached(vma->vm_page_prot); return 0; }", 0, 0,
	  "remap", "assisted", "remap", "", "R7", "" },
	{ "R7: a protection of its own is only said",
	  HANDLER "{ return remap_pfn_range(vma, vma->vm_start, 1, vma->vm_end - vma->vm_start,"
	  " pgprot_noncached(vma->vm_page_prot)); }", 0, 0,
	  "remap", "auto", "remap", "", "R7", "" },
	{ "flags after the action", HANDLER "{ int ret = REMAP(vma); if (!ret) " SET "return ret;"
	  " }", 0, 0,
	  "remap", "assisted", "remap", "", "order", "" },
	{ "R10: more than the mapping", HANDLER "{ return remap_pfn_range(vma, vma->vm_start, 1,"
	  " the_dev->size, vma->vm_page_prot); }", 0, 0,
	  "remap", "assisted", "remap", "", "R10", "" },
	{ "R11: two actions on one path",
	  HANDLER "{ int ret = REMAP(vma); if (ret) return ret; return REMAP(vma); }", 0, 0,
	  "remap", "core", "remap", "", "R11", "several ranges in one action" },
	{ "two actions on branches that exclude each other",
	  HANDLER "{ if (vma->vm_pgoff) return REMAP(vma); return REMAP(vma); }", 0, 0, "remap",
	  "auto", "remap", "", "", "" },
	{ "R11: in a loop",
	  HANDLER "{ unsigned i; for (i = 0; i < the_dev->nr; i++) { if (remap_pfn_range(vma,"
	  " vma->vm_start, i, PAGE_SIZE, vma->vm_page_prot))"
	  " return -EAGAIN; } return 0; }", 0, 0, "remap", "core", "remap", "", "R11 R12", "several"
	  " ranges in one action" },
	{ "R11: more than remaps in a loop",
	  HANDLER "{ unsigned i; int ret; for (i = 0; i < the_dev->nr; i++) { ret = vm_iomap_memory(vma, i, 1);"
	  " if (ret) return ret; } return 0; }", 0, 0, "remap", "core", "ioremap", "", "R11",
	  "several ranges in one action" },
	{ "R12: another errno than the action's",
	  HANDLER "{ if (REMAP(vma)) return -EAGAIN; return 0; }", 0, 0, "remap", "auto", "remap", "", "R12", "" },
	{ "R12: another errno than that of too short a range",
	  HANDLER "{ if (vm_iomap_memory(vma, 4096, 4096)) return -EAGAIN; return 0; }", 0, 0, "remap", "assisted",
	  "ioremap", "", "R12", "" },
	{ "R12: where no action can keep it",
	  HANDLER "{ if (REMAP(vma)) return -EAGAIN; return 0; }", LACKS(ERROR_OVERRIDE) | LACKS(ERROR_HOOK), 0,
	  "remap", "assisted", "remap", "", "R12", "" },
	{ "R12: the same errno for another reason",
	  HANDLER "{ if (vma->vm_pgoff) return -EAGAIN; return REMAP(vma); }", LACKS(ERROR_OVERRIDE), 0, "remap",
	  "auto", "remap", "", "", "" },
	{ "R2: a check under a lock, and state",
	  HANDLER "{ struct dev *d = file->private_data; mutex_lock(&d->lock); if (d->used) { mutex_unlock(&d->lock);"
	  " return -EBUSY; } d->used = 1; " SET "mutex_unlock(&d->lock); return 0; }", 0, 0, "stateful", "assisted",
	  "flags", "latch", "R1 R1 R2", "" },
	{ "R2: a check before the lock",
	  HANDLER "{ struct dev *d = file->private_data; if (vma->vm_pgoff) return -EINVAL; mutex_lock(&d->lock);"
	  " d->used = 1; " SET "mutex_unlock(&d->lock); return 0; }", 0, 0, "stateful", "assisted", "flags", "latch",
	  "R1 R1", "" },
	{ "R2: a lock that is not had is no check",
	  "int mutex_lock_interruptible(struct mutex *);\n" HANDLER "{ struct dev *d = file->private_data; int ret ="
	  " mutex_lock_interruptible(&d->lock); if (ret) return ret; d->used = 1; " SET "mutex_unlock(&d->lock);"
	  " return 0; }", 0, 0, "stateful", "assisted", "flags", "latch", "R1 R1", "" },
	{ "R4: another object's reference is given back",
	  HANDLER "{ struct dev *d = file->private_data; kref_get(&the_dev->ref); kref_put(&d->ref, NULL); return"
	  " REMAP(vma); }", 0, 0, "stateful", "core", "remap", "reference", "R1 R1 R4",
	  "a reference that is taken before the action" },
	{ "R4: of two references the one that stays",
	  HANDLER "{ kref_get(&the_dev->ref);\n kref_put(&the_dev->ref, dev_release);\n kref_get(&the_dev->ref);\n"
	  " return REMAP(vma); }", 0, 0, "stateful", "core", "remap", "reference", "R1 R1 R1 R4",
	  "a reference that is taken before the action" },
	{ "what a lookup returned is given back",
	  "struct device_node; struct device_node *of_find_node_by_path(const char *); void of_node_put(struct"
	  " device_node *);\nstruct device_node *of_get_next_child(struct device_node *, struct device_node *);\n"
	  HANDLER "{ struct device_node *p = of_find_node_by_path(\"/x\"); of_node_put(p); return REMAP(vma); }", 0, 0,
	  "remap", "auto", "remap", "", "R1", "" },
	{ "R4: a reference that is taken in a loop",
	  HANDLER "{ struct dev *d, *found = NULL; for (d = dev_find(0); d; d = d->mem) if (d->pfn == vma->vm_pgoff) {"
	  " found = d; kref_get(&found->ref); break; } if (!found) return -ENXIO; return REMAP(vma); }", 0, 0,
	  "stateful", "core", "remap", "reference", NULL, "a reference that is taken before the action" },
	{ "R4: a lookup that is not given back",
	  "struct device_node; struct device_node *of_find_node_by_path(const char *); void of_node_put(struct"
	  " device_node *);\nstruct device_node *of_get_next_child(struct device_node *, struct device_node *);\n"
	  HANDLER "{ struct device_node *p = of_find_node_by_path(\"/x\"), *q; if (!p) return -EINVAL; q ="
	  " of_get_next_child(p, NULL); of_node_put(p); if (!q) return -ENXIO; return REMAP(vma); }", 0, 0,
	  "stateful", "core", "remap", "reference", "R1 R1 R1 R4", "a reference that is taken before the action" },
	{ "R26: a hook that is called with a vma at hand",
	  "struct vm_area_desc { unsigned long pgoff; };\nvoid compat_set_desc_from_vma(struct vm_area_desc *, const"
	  " struct file *, const struct vm_area_struct *);\nint __compat_vma_mmap(struct vm_area_desc *, struct"
	  " vm_area_struct *);\n" HANDLER "{ struct vm_area_desc d; compat_set_desc_from_vma(&d, file, vma); return"
	  " __compat_vma_mmap(&d, vma); }", 0, 0, "delegate", "assisted", "delegate", "", "R26 R26", "" },
	{ "R4: given back before the action",
	  HANDLER "{ kref_get(&the_dev->ref); kref_put(&the_dev->ref, NULL); return REMAP(vma); }", 0, 0,
	  "remap", "auto", "remap", "", "R1", "" },
	{ "R13: vm_ops set to NULL", HANDLER "{ vma->vm_ops = NULL; " SET "return 0; }", 0, 0,
	  "flags", "assisted", "", "", "R13", "" },
	{ "R14: another file", HANDLER "{ vma_set_file(vma, file->private_data); return 0; }", 0, 0,
	  "flags", "assisted", "replace_file", "", "R14", "" },
	{ "R15: a field that a descriptor does not have", HANDLER "{ vma->odd = 1; return 0; }", 0,
	  0,
	  "flags", "core", "", "", "R15", "vm_area_desc.odd" },
	{ "R15: the range", HANDLER "{ vma->vm_end = 0; return 0; }", 0, 0, "flags", "core", "", "",
	  "R15", "a writable address range" },
	{ "R16: flags that are no names", HANDLER "{ vm_flags_set(vma, the_dev->base); return 0; }",
	  0, 0,
	  "flags", "assisted", "flags", "", "R16", "" },
	{ "R20: the vma goes where it is not followed", HANDLER "{ takes_vma(vma); return 0; }", 0,
	  0,
	  "flags", "core", "", "", "R20", "takes_vma() for a descriptor" },
	{ "R21: pgoff without an action", FAULT_OPS HANDLER "{ vma->vm_pgoff = 0; vma->vm_ops ="
	  " &ops; return 0; }", 0, 0,
	  "fault", "assisted", "fault", "", "R21", "" },
	{ "R6: private_data of a mapping that can merge",
	  FAULT_OPS HANDLER "{ vma->vm_ops = &ops; vma->vm_private_data = the_dev; return 0; }", 0,
	  0,
	  "fault", "assisted", "fault", "", "R6", "" },
	{ "R6 does not hold where it cannot merge",
	  FAULT_OPS HANDLER "{ vm_flags_set(vma, VM_DONTEXPAND); vma->vm_ops = &ops;"
	  " vma->vm_private_data = the_dev; return 0; }", 0, 0,
	  "fault", "auto", "fault", "", "", "" },
	{ "R3: a close for a mapping whose action failed",
	  "static void c(struct vm_area_struct *v) { }\nstatic const struct vm_operations_struct"
	  " ops = { .close = c };\n"
	  HANDLER "{ vma->vm_ops = &ops; return REMAP(vma); }", 0, 0, "remap", "assisted", "remap",
	  "", "R3", "" },
	{ "vm_ops with an action, without a close",
	  OPEN_OPS HANDLER "{ vma->vm_ops = &ops; return REMAP(vma); }", 0, 0, "remap", "auto",
	  "remap", "", "", "" },
	{ "a function that is not modelled", HANDLER "{ int ret = dev_check(the_dev); if (ret)"
	  " return ret; return REMAP(vma); }", 0, 0,
	  "remap", "assisted", "remap", "", "unmodelled", "" },
	{ "a path that is not followed", HANDLER "{ if (vma->vm_pgoff) return foo_mmap(file, vma);"
	  " return REMAP(vma); }", 0, 0,
	  "remap", "assisted", "remap", "", "unmodelled unmodelled", "" },
	{ "a helper with the vma",
	  "static int help(struct vm_area_struct *v) { return REMAP(v); }\n" HANDLER "{ return"
	  " help(vma); }", 0, 0,
	  "remap", "assisted", "remap", "", "helper", "" },
	{ "a helper without it", "static int ready(struct dev *d) { return d->ready ? 0 : -EBUSY;"
	  " }\n"
	  HANDLER "{ int ret = ready(the_dev); if (ret) return ret; return REMAP(vma); }", 0, 0,
	  "remap", "auto", "remap", "", "", "" },

	/* What once came out as auto, and must not. */
	{ "a count is no errno",
	  "int atomic_read(const atomic_t *);\n" HANDLER "{ struct dev *d = the_dev; int n = atomic_read(&d->count); if (n < 0) return -EINVAL;"
	  " if (n) d->used = 1; return REMAP(vma); }", 0, 0, "stateful", "assisted",
	  "remap", "latch", "R1 R1", "" },
	{ "an inner variable of the same name",
	  HANDLER "{ int ret = 0; { int ret = -EINVAL; if (vma->vm_pgoff) return ret; } " SET "return ret; }",
	  0, 0, "flags", "auto", "flags", "", "", "" },
	{ "a later pass of a loop",
	  HANDLER "{ struct dev *d = the_dev; int first = 1, i; for (i = 0; i < 2; i++) { if (!first)"
	  " d->used = 1; first = 0; } return REMAP(vma); }", 0, 0, "stateful", "assisted", "remap", "latch", "R1 R1",
	  "" },
	{ "a local that is written through a pointer",
	  HANDLER "{ struct dev *d = the_dev; int ret = 0, *p = &ret; *p = -EINVAL; if (ret) d->used = 1;"
	  " return REMAP(vma); }", 0, 0, "stateful", "assisted", "remap", "latch", "R1 R1", "" },
	{ "a count that is only dropped",
	  HANDLER "{ atomic_dec(&the_dev->count); return REMAP(vma); }", 0, 0, "stateful", "assisted", "remap",
	  "count", "R1", "" },
	{ "two objects",
	  HANDLER "{ struct dev *d = file->private_data; kref_get(&d->ref); kref_put(&the_dev->ref, NULL);"
	  " return REMAP(vma); }", 0, 0, "stateful", "assisted", "remap", "reference", "R1 R1", "" },
	{ "given back after the action",
	  HANDLER "{ struct dev *d = file->private_data; int ret; kref_get(&d->ref); ret = REMAP(vma);"
	  " kref_put(&d->ref, NULL); return ret; }", 0, 0, "remap", "assisted", "remap", "", "R1 order", "" },
	{ "undone when the action fails",
	  HANDLER "{ struct dev *d = the_dev; int ret = REMAP(vma); if (ret) { d->used = 0; return ret; }"
	  " return 0; }", 0, 0, "remap", "assisted", "remap", "", "order", "" },
	{ "an error that is ignored",
	  HANDLER "{ REMAP(vma); return 0; }", 0, 0, "remap", "assisted", "remap", "", "R12", "" },
	{ "a size that changed after its check",
	  HANDLER "{ struct dev *d = the_dev; unsigned long len = d->size; if (vma->vm_end - vma->vm_start"
	  " < len) return -EINVAL; len = d->base; return remap_pfn_range(vma, vma->vm_start, 1, len,"
	  " vma->vm_page_prot); }", 0, 0, "remap", "assisted", "remap", "", "R10", "" },
	{ "a protection from before it was written",
	  HANDLER "{ pgprot_t prot = vma->vm_page_prot; vma->vm_page_prot = pgprot_noncached(prot); return"
	  " remap_pfn_range(vma, vma->vm_start, 1, vma->vm_end - vma->vm_start, prot); }", 0, 0,
	  "remap", "assisted", "remap", "", "R7", "" },
	{ "a vma in a struct",
	  "struct ctx { struct vm_area_struct *vma; };\nstatic void h(struct ctx *c) { vm_flags_set(c->vma,"
	  " VM_IO); }\n" HANDLER "{ struct ctx c = { .vma = vma }; h(&c); return REMAP(vma); }", 0, 0,
	  "remap", "assisted", "remap", "", "helper", "" },
	{ "a vma in a struct that leaves the file",
	  "struct ctx { struct vm_area_struct *vma; };\nvoid use(struct ctx *c);\n" HANDLER
	  "{ struct ctx c = { .vma = vma }; use(&c); return REMAP(vma); }", 0, 0,
	  "remap", "core", "remap", "", "R20", "use() for a descriptor" },
	{ "fresh memory with the vma in it",
	  "struct m { struct vm_area_struct *vma; struct list_head list; };\n" HANDLER
	  "{ struct m *p = kmalloc(sizeof(*p), 0); if (!p) return -ENOMEM; p->vma = vma; list_add(&p->list,"
	  " &the_dev->list); return REMAP(vma); }", 0, 0, "stateful", "core", "remap",
	  "allocation list vma", "R1 R1 R1 R1 R1 R20",
	  "the vma or its mm in vm_ops->mapped" },
	{ "the mm, through a local",
	  HANDLER "{ struct mm_struct *mm = vma->vm_mm; the_dev->mm = mm; return REMAP(vma); }", 0, 0,
	  "stateful", "core", "remap", "vma", "R1 R20",
	  "the vma or its mm in vm_ops->mapped" },

	/* What is known beside the text. */
	{ "dead", HANDLER "{ return REMAP(vma); }", 0, DEAD, "remap", "none", "remap", "", "dead",
	  "" },
	{ "no MMU", HANDLER "{ return REMAP(vma); }", 0, NOMMU, "remap", "auto", "remap", "", "R24",
	  "" },
	{ "no MMU, no action", HANDLER "{ " SET "return 0; }", 0, NOMMU, "flags", "auto", "flags",
	  "", "", "" },
	{ "used by name", HANDLER "{ return REMAP(vma); }", 0, CALLER, "remap", "assisted", "remap",
	  "", "R18", "" },
	{ "live files are switched to it", HANDLER "{ return REMAP(vma); }", 0, SWAPPED, "remap",
	  "core", "remap", "", "R19",
	  "mmap_prepare in every table that foo_mmap takes over from" },
	{ "live files are switched from it", HANDLER "{ return REMAP(vma); }", 0, SWAPPED_FROM,
	  "remap", "assisted", "remap", "", "R19", "" },
	{ "a copy of its table gets another", HANDLER "{ return REMAP(vma); }", 0, OVERRIDDEN,
	  "remap", "assisted", "remap", "", "R17", "" },
	{ "it is what a copy gets", HANDLER "{ return REMAP(vma); }", 0, COPIED_OVER, "remap",
	  "assisted", "remap", "", "R17", "" },

	/* The tree's API. */
	{ "no mmap_prepare", HANDLER "{ " SET "return 0; }", LACKS(MMAP_PREPARE), 0, "flags",
	  "core", "flags", "", "api", "mmap_prepare" },
	{ "no actions", HANDLER "{ return REMAP(vma); }", LACKS(ACTION), 0, "remap", "core",
	  "remap", "", "api", NULL },
	{ "no actions, none wanted", HANDLER "{ " SET "return 0; }", LACKS(ACTION), 0, "flags",
	  "auto", "flags", "", "", "" },
	{ "no simple ioremap", HANDLER "{ return vm_iomap_memory(vma, 0, 1); }",
	  LACKS(SIMPLE_IOREMAP), 0,
	  "remap", "core", "ioremap", "", "R8", NULL },
	{ "no kernel pages", HANDLER "{ return vm_map_pages(vma, the_dev->pages, 2); }",
	  LACKS(MAP_KERNEL_PAGES), 0,
	  "mixedmap", "core", "kernel_pages", "", "R25", NULL },
	{ "no generic_file_mmap_prepare", HANDLER "{ return generic_file_mmap(file, vma); }",
	  LACKS(GENERIC_PREPARE), 0,
	  "generic", "core", "generic", "", "api", NULL },
	{ "no mapped, state", HANDLER "{ the_dev->maps++; return 0; }", LACKS(MAPPED), 0,
	  "stateful", "core", "", "count", "R1 R1 R6 api", NULL },
};

#endif
