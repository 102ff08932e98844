/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names of what handlers wait for, in one place: the rules use them, and who judges a handler by hand names the same,
 * so that both are counted together.
 */
#ifndef MMAPCONV_CLASSIFY_NEEDS_H
#define MMAPCONV_CLASSIFY_NEEDS_H

#include <stdbool.h>

/* What an action cannot do. */
#define NEED_RANGES	"several ranges in one action"
#define NEED_NO_ARRAY	"an action for pages that are no array"
#define NEED_VMALLOC	"an action for vmalloc memory"
#define NEED_MIXED	"an action for mixed maps"
#define NEED_DMA	"dma_mmap_*() for a descriptor"
#define NEED_CALLBACK	"an action that asks the driver for its pages"	/* when it is performed, under the driver's lock */
/* What holds what is mapped. */
#define NEED_BEFORE	"a reference that is taken before the action"
#define NEED_HANDED	"a reference that the hook hands over"		/* and that the core drops when nothing is mapped */
/* What mapped and the hook cannot see or write. */
#define NEED_VMA	"the vma or its mm in vm_ops->mapped"
#define NEED_FLAGS	"the flags in vm_ops->mapped"
#define NEED_RANGE	"a writable address range"
/* How hooks are reached. */
#define NEED_HOOK	"mmap_prepare"
#define NEED_STACKED	"mmap_prepare through stacked files"
#define NEED_RUST	"mmap_prepare in the Rust abstraction"
#define NEED_SWAPPED	"mmap_prepare in every table that %s takes over from"

/*
 * Is it one of those, a key of api_table, or a form that names what is missing: "x_prepare()", "x() for a descriptor",
 * "tag.field_prepare", "vm_area_desc.field"?
 */
bool need_is_known(const char *need);

#endif
