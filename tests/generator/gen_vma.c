// SPDX-License-Identifier: GPL-2.0-only
/* Statements on the mapping. */
#include <stdlib.h>

#include "gen_internal.h"

static void flags_statement(struct gen *g)
{
	static const char *const settable[] = { "VM_IO",
						"VM_PFNMAP",
						"VM_DONTEXPAND",
						"VM_DONTDUMP",
						"VM_DONTCOPY",
						"VM_MIXEDMAP",
						"VM_HUGEPAGE",
						"VM_IO | VM_DONTEXPAND",
						"VM_DONTEXPAND | VM_DONTDUMP",
						"VM_DONTCOPY | VM_PFNMAP | VM_IO" };
	static const char *const clearable[] = {
		"VM_MAYWRITE", "VM_WRITE",   "VM_MAYWRITE | VM_WRITE",
		"VM_MAYEXEC",  "VM_MAYREAD", "VM_HUGEPAGE"
	};

	use(g, USE_FLAGS);
	switch (pick(g, 10)) {
	case 7:
		use(g, USE_FLAG_OPS);
		line(g, "vma->__vm_flags &= ~(%s);", PICK(g, clearable));
		break;
	case 8:
		use(g, USE_FLAG_OPS);
		line(g, "vma->__vm_flags = (vma->__vm_flags & ~(%s)) | %s;", PICK(g, clearable),
		     PICK(g, settable));
		break;
	case 9:
		use(g, USE_FLAG_OPS);
		line(g, "vma->__vm_flags ^= %s;", PICK(g, settable));
		break;
	case 0:
		line(g, "vm_flags_clear(vma, %s);", PICK(g, clearable));
		break;
	case 1:
		line(g, "vm_flags_mod(vma, %s, %s);", PICK(g, settable), PICK(g, clearable));
		break;
	case 2:
		line(g, "vma->__vm_flags |= %s;", PICK(g, settable));
		break;
	case 3:
		line(g, "vm_flags_set(vma, d->enabled ? %s : %s);", PICK(g, settable),
		     PICK(g, settable));
		break;
	default:
		line(g, "vm_flags_set(vma, %s);", PICK(g, settable));
		break;
	}
}

static void prot_statement(struct gen *g)
{
	use(g, USE_PROT);
	switch (pick(g, 5)) {
	case 0:
		line(g, "vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);");
		break;
	case 1:
		line(g, "vma->vm_page_prot = vm_get_page_prot(vma->vm_flags);");
		break;
	case 2:
		line(g, "vma->vm_page_prot.pgprot |= 0x%x;", 1u << pick(g, 6));
		break;
	default:
		line(g, "vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);");
		break;
	}
}

/* After a call that answers in `ret`. */
static void check_ret(struct gen *g)
{
	if (g->branches <= 0 || chance(g, 30))
		return;
	g->branches--;
	line(g, pick(g, 2) ? "if (ret)" : "if (ret < 0)");
	g->indent++;
	if (g->ladder && g->labels && chance(g, 70)) {
		use(g, USE_LADDER);
		line(g, "goto out%u;", g->labels);
	} else {
		use(g, USE_RETURN);
		line(g, "return ret;");
	}
	g->indent--;
}

static const char *prot(struct gen *g)
{
	static const char *const prots[] = { "vma->vm_page_prot", "vma->vm_page_prot",
					     "pgprot_noncached(vma->vm_page_prot)",
					     "vm_get_page_prot(vma->vm_flags)" };

	return PICK(g, prots);
}

static void action_statement(struct gen *g)
{
	char *a = expr_text(g, 1), *b = expr_text(g, 1);
	const char *assign = g->no_return ? "" : "ret = ", *d = dev_expr(g);

	use(g, USE_ACTION);
	switch (pick(g, 10)) {
	case 0:
		line(g,
		     "%sio_remap_pfn_range(vma, vma->vm_start, %s, vma->vm_end - vma->vm_start, %s);",
		     assign, a, prot(g));
		break;
	case 1:
		line(g, "%svm_iomap_memory(vma, %s, %s);", assign, a, b);
		break;
	case 2:
		line(g, "%svm_insert_page(vma, vma->vm_start + ((%s) & 0xf000), %s->page);", assign,
		     a, d);
		break;
	case 3:
		line(g, "%svm_map_pages%s(vma, d->pages, %s);", assign, pick(g, 2) ? "_zero" : "",
		     a);
		break;
	case 4:
		line(g, "%sremap_vmalloc_range(vma, %s->mem, vma->vm_pgoff);", assign, d);
		break;
	case 5:
		line(g, "%sdma_mmap_coherent(%s, vma, d->mem, %s, vma->vm_end - vma->vm_start);",
		     assign, d, a);
		break;
	case 6:
		line(g, "%sgeneric_file_mmap(vma->vm_file, vma);", assign);
		break;
	case 7:
		line(g, "%sremap_pfn_range(vma, vma->vm_start, %s->pfn, %s, %s);", assign, d, b,
		     prot(g));
		break;
	default:
		line(g,
		     "%sremap_pfn_range(vma, vma->vm_start, %s->pfn + vma->vm_pgoff, vma->vm_end - vma->vm_start, %s);",
		     assign, d, prot(g));
		break;
	}
	if (!g->no_return)
		check_ret(g);
	free(a);
	free(b);
}

static void escape_statement(struct gen *g)
{
	const char *assign = g->no_return ? "" : "ret = ";

	switch (pick(g, 4)) {
	case 0:
		use(g, USE_ESCAPE);
		line(g, "dev_track(vma);");
		break;
	case 1:
		use(g, USE_ESCAPE);
		line(g, "%sdev_mmap(d, vma);", assign);
		break;
	case 2:
		use(g, USE_ESCAPE);
		line(g, "%svfs_mmap(vma->vm_file, vma);", assign);
		break;
	default:
		use(g, USE_CALLBACK);
		line(g, "%sd->ops->map(d, vma);", assign);
		break;
	}
}

static void field_statement(struct gen *g)
{
	char *value = expr_text(g, 1);

	/* A stored vma has no counterpart. */
	switch (g->moves ? pick(g, 2) : pick(g, 5)) {
	case 0:
		use(g, USE_PRIVATE_DATA);
		line(g, "vma->vm_private_data = %s;",
		     pick(g, 2)	  ? "d"
		     : pick(g, 2) ? "d->peer"
				  : "(void *)0");
		break;
	case 1:
		use(g, USE_PGOFF);
		line(g, "vma->vm_pgoff %s %s;", pick(g, 2) ? "=" : "+=", pick(g, 2) ? "0" : value);
		break;
	case 2:
		use(g, USE_STORE_VMA);
		line(g, "d->%s;", pick(g, 2) ? "vma = vma" : "mm = vma->vm_mm");
		break;
	default:
		use(g, USE_VM_OPS);
		line(g, "vma->vm_ops = %s;",
		     pick(g, 3)	  ? pick(g, 2) ? "&demo_vm_ops" : "&other_vm_ops"
		     : pick(g, 2) ? "NULL"
				  : "d->enabled ? &demo_vm_ops : &other_vm_ops");
		break;
	}
	free(value);
}

void vma_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (k < 28)
		flags_statement(g);
	else if (k < 42)
		prot_statement(g);
	else if (g->moves)
		field_statement(g);
	else if (k < 72)
		action_statement(g);
	else if (k < 76 && g->weak)
		escape_statement(g);
	else if (k < 80 && !g->in_helper) {
		use(g, USE_SET_FILE);
		line(g, "vma_set_file(vma, file);");
	} else {
		field_statement(g);
	}
}
