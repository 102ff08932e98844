// SPDX-License-Identifier: GPL-2.0-only
/* Statements of an mmap_prepare hook on its descriptor. */
#include <stdlib.h>

#include "gen_internal.h"

static const char *const bits[] = { "VMA_IO_BIT", "VMA_PFNMAP_BIT, VMA_DONTEXPAND_BIT",
				    "VMA_DONTDUMP_BIT",
				    "VMA_IO_BIT, VMA_PFNMAP_BIT, VMA_DONTDUMP_BIT",
				    "VMA_DONTEXPAND_BIT, VMA_DONTDUMP_BIT" };

static void flags(struct gen *g)
{
	use(g, USE_HOOK_FLAGS);
	switch (pick(g, 5)) {
	case 0:
		line(g, "vma_desc_clear_flags(desc, %s);",
		     pick(g, 2) ? "VMA_MAYWRITE_BIT" : "VMA_WRITE_BIT, VMA_MAYWRITE_BIT");
		break;
	case 1:
		line(g, "desc->vm_flags |= VM_IO | VM_DONTCOPY;");
		break;
	case 2:
		line(g, "desc->vm_flags &= ~VM_MAYWRITE;");
		break;
	default:
		line(g, "vma_desc_set_flags(desc, %s);", PICK(g, bits));
		break;
	}
}

static void guarded_exit(struct gen *g)
{
	static const char *const tests[] = {
		"vma_desc_test_any(desc, VMA_WRITE_BIT, VMA_MAYWRITE_BIT)",
		"!vma_desc_test_all(desc, VMA_SHARED_BIT, VMA_WRITE_BIT)",
		"vma_desc_test_any(desc, VMA_SHARED_BIT)",
		"vma_desc_size(desc) > d->size",
		"vma_desc_pages(desc) != 1",
		"desc->pgoff",
		"desc->end - desc->start > d->limit && !d->busy",
		"desc->pgoff + vma_desc_pages(desc) < desc->pgoff",
		"desc->file->f_mode & 2"
	};

	if (g->branches <= 0)
		return;
	g->branches--;
	use(g, USE_IF);
	line(g, "if (%s)", PICK(g, tests));
	g->indent++;
	leave(g);
	g->indent--;
}

static void action(struct gen *g)
{
	char *a = expr_text(g, 1), *b = expr_text(g, 1);
	const char *d = dev_expr(g);

	use(g, USE_HOOK_ACTION);
	switch (pick(g, 7)) {
	case 0:
		line(g, "mmap_action_remap(desc, desc->start, %s, vma_desc_size(desc));", a);
		break;
	case 1:
		line(g, "mmap_action_ioremap(desc, desc->start + PAGE_SIZE, %s->pfn, %s);", d, b);
		break;
	case 2:
		line(g, "mmap_action_ioremap_full(desc, %s->pfn + desc->pgoff);", d);
		break;
	case 3:
		line(g, "mmap_action_simple_ioremap(desc, %s, %s);", a, b);
		break;
	case 4:
		line(g, "mmap_action_map_kernel_pages_full(desc, %s->pages);", d);
		break;
	default:
		line(g, "mmap_action_remap_full(desc, %s->pfn);", d);
		break;
	}
	if (chance(g, 40)) {
		use(g, USE_OVERRIDE);
		line(g, "desc->action.error_override = %s;", pick(g, 2) ? "-EAGAIN" : "-ENXIO");
	}
	free(a);
	free(b);
}

static void field(struct gen *g)
{
	char *value = expr_text(g, 1);

	switch (pick(g, 5)) {
	case 0:
		use(g, USE_PRIVATE_DATA);
		line(g, "desc->private_data = %s;", pick(g, 2) ? "d" : "d->mem");
		break;
	case 1:
		use(g, USE_PGOFF);
		line(g, "desc->pgoff %s %s;", pick(g, 2) ? "=" : "+=", pick(g, 2) ? "0" : value);
		break;
	case 2:
		use(g, USE_PROT);
		line(g, "desc->page_prot = pgprot_noncached(desc->page_prot);");
		break;
	case 3:
		use(g, USE_PROT);
		line(g, "desc->page_prot = vm_get_page_prot(desc->vm_flags);");
		break;
	default:
		use(g, USE_VM_OPS);
		line(g, "desc->vm_ops = %s;",
		     pick(g, 3) ? "&demo_vm_ops" : "d->enabled ? &demo_vm_ops : NULL");
		break;
	}
	free(value);
}

void hook_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	use(g, USE_HOOK);
	if (k < 25)
		flags(g);
	else if (k < 50)
		guarded_exit(g);
	else if (k < 75)
		action(g);
	else
		field(g);
}
