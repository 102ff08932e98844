// SPDX-License-Identifier: GPL-2.0-only
/* A walk over the mappings of a page: callbacks with a vma that are none of mmap. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/rmap.h>

void rmap_walk(struct page *page, struct vm_area_struct *vma, struct rmap_walk_control *control)
{
	control->rmap_one(page, vma, vma->vm_start, control->arg);
}
EXPORT_SYMBOL_GPL(rmap_walk);

/* trap: rmap_walk_control.rmap_one, which a handler reaches */
static bool demo_count_one(struct page *page, struct vm_area_struct *vma, unsigned long addr, void *arg)
{
	++*(unsigned int *)arg;
	return true;
}

unsigned int demo_mappings(struct page *page, struct vm_area_struct *vma)
{
	unsigned int nr = 0;
	struct rmap_walk_control control = { .arg = &nr, .rmap_one = demo_count_one };

	rmap_walk(page, vma, &control);
	return nr;
}
EXPORT_SYMBOL_GPL(demo_mappings);
