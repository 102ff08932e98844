// SPDX-License-Identifier: GPL-2.0-only
/*
 * A random handler and the hook that a person would write from it.  The bodies are one text, the hook's in the words of
 * a descriptor (move_text.c).  At the end the handler populates, looks at the error and leaves something behind; the
 * hook asks for an action, says what its error is to be, and leaves it to mapped.  Of the hooks more than half have a slip in them.
 */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"
#include "move_text.h"
#include "twin_text.h"

/* What populates: the handler's call, without the protection if it has one, and the hook's. */
static const struct action { const char *old, *hook; bool prot; } actions[] = {
	{ "remap_pfn_range(vma, vma->vm_start, d->pfn, vma->vm_end - vma->vm_start, ", "mmap_action_remap_full(desc, d->pfn);",
	  true },
	{ "remap_pfn_range(vma, vma->vm_start, d->pfn + vma->vm_pgoff, vma->vm_end - vma->vm_start, ",
	  "mmap_action_remap(desc, desc->start, desc->pgoff + d->pfn, vma_desc_size(desc));", true },
	{ "remap_pfn_range(vma, vma->vm_start, d->pfn, d->size & 0xff000, ",
	  "mmap_action_remap(desc, desc->start, d->pfn, d->size & 0xff000);", true },
	{ "remap_pfn_range(vma, vma->vm_start + PAGE_SIZE, d->pfn, vma->vm_end - vma->vm_start - PAGE_SIZE, ",
	  "mmap_action_remap(desc, desc->start + PAGE_SIZE, d->pfn, vma_desc_size(desc) - PAGE_SIZE);", true },
	{ "io_remap_pfn_range(vma, vma->vm_start, d->limit >> PAGE_SHIFT, vma->vm_end - vma->vm_start, ",
	  "mmap_action_ioremap_full(desc, d->limit >> PAGE_SHIFT);", true },
	{ "vm_iomap_memory(vma, d->limit, d->size)", "mmap_action_simple_ioremap(desc, d->limit, d->size);", false },
	{ "vm_iomap_memory(vma, d->limit & ~0xfffULL, vma->vm_end - vma->vm_start)",
	  "mmap_action_ioremap_full(desc, d->limit >> PAGE_SHIFT);", false },
	{ "vm_map_pages_zero(vma, d->pages, 4)", "mmap_action_map_kernel_pages_full(desc, d->pages);", false },
	{ "vm_map_pages(vma, d->pages, 4)", "mmap_action_map_kernel_pages_full(desc, d->pages + desc->pgoff);", false },
};

/* A check that makes the action right, or comes near. */
static const struct check { const char *old; unsigned action; } checks[] = {
	{ "if (vma_pages(vma) > 4)\n\t\treturn -ENXIO;", 7 },
	{ "if (vma->vm_pgoff >= 4 || vma_pages(vma) > 4 - vma->vm_pgoff)\n\t\treturn -ENXIO;", 8 },
	{ "if ((d->size & 0xff000) > vma->vm_end - vma->vm_start)\n\t\treturn -EINVAL;", 2 },
	{ "if (is_cow_mapping(vma->vm_flags))\n\t\treturn -EINVAL;", 2 },
	{ "if (is_cow_mapping(vma->vm_flags))\n\t\treturn -EINVAL;", 3 },
	{ "if (vma_pages(vma) < 2)\n\t\treturn -EFAULT;", 3 },
	{ "if (vma->vm_pgoff)\n\t\treturn -EINVAL;", 6 },
};

/* What stays when the handler is done, and what takes it back. */
static const struct state { const char *take, *drop; } states[] = {
	{ "kref_get(&d->ref);", "kref_put(&d->ref, dev_release);" },
	{ "atomic_inc(&d->users);", "atomic_dec(&d->users);" },
	{ "mutex_lock(&d->lock);\n\td->count++;\n\tmutex_unlock(&d->lock);",
	  "mutex_lock(&d->lock);\n\td->count--;\n\tmutex_unlock(&d->lock);" },
	{ "open_count++;", "open_count--;" },
	{ "d->ready = 1;", NULL },
	{ "if (d->busy)\n\t\treturn -EBUSY;\n\td->busy = true;", "d->busy = false;" },
	{ "mutex_lock(&d->lock);\n\tif (!d->enabled) {\n\t\tmutex_unlock(&d->lock);\n\t\treturn -EBUSY;\n\t}\n"
	  "\tatomic_inc(&d->users);\n\tmutex_unlock(&d->lock);", "atomic_dec(&d->users);" },
};

enum error { ERROR_OWN, ERROR_OVERRIDE, ERROR_FILTER, ERROR_LOST, ERROR_NR };
enum slip { SLIP_OVERRIDE, SLIP_STATE_IN_HOOK, SLIP_PROT_LATE, SLIP_NO_MAPPED, SLIP_NO_OPS, SLIP_NO_CHECK, SLIP_NR };

struct move {
	struct gen *g;
	const struct action *action;		/* NULL: nothing is populated */
	const struct state *state;		/* NULL: nothing stays */
	enum error error;
	enum slip slip;				/* SLIP_NR: none */
	bool prot, prot_only, ops, data, tolerant;
	struct strbuf body, before, old, hook;	/* before: mapped, close, the table */
};

/* The same words for both. */
static void both(struct move *m, const char *text)
{
	char *hook = move_text(text, m->g->number, &m->g->random);

	strbuf_addf(&m->old, "\t%s\n", text);
	strbuf_addf(&m->hook, "\t%s\n", hook);
	free(hook);
}

static void choose(struct move *m)
{
	struct gen *g = m->g;

	m->action = chance(g, 75) ? &PICK(g, actions) : NULL;
	m->state = chance(g, 45) ? &PICK(g, states) : NULL;
	m->error = m->action && chance(g, 50) ? (enum error)pick(g, ERROR_NR) : ERROR_OWN;
	m->slip = chance(g, 25) ? (enum slip)pick(g, SLIP_NR) : SLIP_NR;
	m->ops = m->state || chance(g, 30);
	m->data = m->ops && chance(g, 70);
	m->prot = chance(g, 35);
	m->prot_only = !m->prot && m->action && m->action->prot && chance(g, 30);
	m->tolerant = chance(g, 50);
}

/* What the core calls, and the table that both install. */
static void write_table(struct move *m, struct batch *b)
{
	struct gen *g = m->g;
	unsigned n = g->number;
	bool mapped = m->state && m->slip != SLIP_NO_MAPPED, close = m->state && m->state->drop && !m->tolerant;

	if (m->error == ERROR_FILTER) {
		strbuf_addf(&m->before, "HANDLER_STATIC int g%u_error(int err)\n{\n\treturn err == -ENOMEM ? -EAGAIN : err;\n}\n\n", n);
		strlist_addf(&b->functions, "g%u_error", n);
	}
	if (mapped) {
		strbuf_addf(&m->before, "HANDLER_STATIC int g%u_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, "
			    "const struct file *file, void **vm_private_data)\n{\n\tstruct dev *d = %s;\n\n\t%s\n\treturn 0;\n}\n\n",
			    n, m->data ? "*vm_private_data" : "file->private_data", m->state->take);
		strlist_addf(&b->functions, "g%u_mapped", n);
	}
	if (close) {
		strbuf_addf(&m->before, "HANDLER_STATIC void g%u_close(struct vm_area_struct *vma)\n{\n\tstruct dev *d = %s;\n\n\t%s\n}\n\n",
			    n, m->data ? "vma->vm_private_data" : "vma->vm_file->private_data", m->state->drop);
		strlist_addf(&b->functions, "g%u_close", n);
	}
	strbuf_addf(&m->before, "HANDLER_STATIC const struct vm_operations_struct h%u_ops = {\n", n);
	if (mapped)
		strbuf_addf(&m->before, "\t.mapped = g%u_mapped,\n", n);
	if (close)
		strbuf_addf(&m->before, "\t.close = g%u_close,\n", n);
	strbuf_adds(&m->before, "};\n\n");
}

static void write_checks(struct move *m)
{
	const struct check *k;
	char *text;

	for (k = checks; k < checks + sizeof(checks) / sizeof(*checks); k++) {
		if (!m->action || k->action != (unsigned)(m->action - actions) || chance(m->g, 15))
			continue;
		if (m->slip != SLIP_NO_CHECK) {
			both(m, k->old);
			continue;
		}
		text = xasprintf("\t%s\n", k->old);
		strbuf_adds(&m->old, text);
		free(text);
	}
}

static void write_mapping(struct move *m)
{
	struct gen *g = m->g;
	char *text;

	if (chance(g, 70))
		both(m, pick(g, 2) ? "vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);" : "vm_flags_set(vma, VM_DONTEXPAND);");
	if (m->prot && m->slip != SLIP_PROT_LATE)
		both(m, "vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);");
	else if (m->prot)
		strbuf_adds(&m->old, "\tvma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);\n");
	if (m->prot_only)
		strbuf_adds(&m->hook, "\tdesc->page_prot = pgprot_writecombine(desc->page_prot);\n");
	if (m->data)
		both(m, "vma->vm_private_data = d;");
	if (!m->ops)
		return;
	text = xasprintf("vma->vm_ops = &h%u_ops;", g->number);
	if (m->slip == SLIP_NO_OPS)
		strbuf_addf(&m->old, "\t%s\n", text);
	else
		both(m, text);
	free(text);
}

static void write_action(struct move *m)
{
	char *call;

	if (!m->action)
		return;
	call = xasprintf("%s%s", m->action->old,
			 !m->action->prot ? "" : m->prot_only ? "pgprot_writecombine(vma->vm_page_prot))" : "vma->vm_page_prot)");
	strbuf_addf(&m->old, "\tret = %s;\n", call);
	free(call);
	strbuf_addf(&m->hook, "\t%s\n", m->action->hook);
	switch (m->error) {
	case ERROR_OVERRIDE:
		strbuf_adds(&m->old, "\tif (ret)\n\t\treturn -EAGAIN;\n");
		if (m->slip != SLIP_OVERRIDE)
			strbuf_adds(&m->hook, "\tdesc->action.error_override = -EAGAIN;\n");
		break;
	case ERROR_FILTER:
		strbuf_adds(&m->old, "\tif (ret)\n\t\treturn ret == -ENOMEM ? -EAGAIN : ret;\n");
		strbuf_addf(&m->hook, "\tdesc->action.error_hook = g%u_error;\n", m->g->number);
		break;
	case ERROR_LOST:
		break;
	default:
		strbuf_adds(&m->old, "\tif (ret)\n\t\treturn ret;\n");
		break;
	}
	if (m->prot && m->slip == SLIP_PROT_LATE)
		strbuf_adds(&m->hook, "\tdesc->page_prot = pgprot_noncached(desc->page_prot);\n");
}

static void write_ending(struct move *m)
{
	bool first = m->state && chance(m->g, 30);

	write_checks(m);
	write_mapping(m);
	if (first)
		strbuf_addf(&m->old, "\t%s\n", m->state->take);
	write_action(m);
	if (m->state && !first)
		strbuf_addf(&m->old, "\t%s\n", m->state->take);
	if (m->state && m->slip == SLIP_STATE_IN_HOOK)
		strbuf_addf(&m->hook, "\t%s\n", m->state->take);
	if (!m->g->labels || chance(m->g, 50))
		both(m, m->g->labels ? "return 0;" : "ret = 0;");
	else
		both(m, "ret = 0;");
}

static void write_bodies(struct move *m)
{
	static const char *const devices[] = { "file->private_data", "file->private_data", "vma->vm_file->private_data" };
	struct gen *g = m->g;

	g->out = &m->body;
	line(g, "struct dev *d = %s;", PICK(g, devices));
	line(g, "int ret = 0;");
	statements(g, pick(g, 5));
}

/* One thing is not the same: in what the core calls, or in the hook. */
static void change_one(struct gen *g, char **before, char **hook)
{
	size_t a = twin_nr_changes(*before), b = twin_nr_changes(*hook), n;
	char **text, *other;

	if (!(a + b))
		return;
	n = pick(g, (unsigned)(a + b));
	text = n < a ? before : hook;
	other = twin_change(*text, n < a ? n : n - a, &g->random);
	if (other) {
		free(*text);
		*text = other;
	}
}

static void write_pair(struct batch *b, struct strbuf *out, unsigned number)
{
	struct gen g = { .random = b->seed * 7000003 + number, .number = number, .moves = true };
	struct strbuf data = { 0 }, helpers = { 0 };
	struct move m = { .g = &g };
	char *old, *before, *hook, *undo;

	g.h = vec_push(&b->handlers);
	g.h->number = number;
	g.h->name = xasprintf("h%u_mmap", number);
	g.weak = chance(&g, 5);
	g.out = &data;
	line(&g, "DRIVER_DATA HANDLER_STATIC u32 h%u_opens = 0;", number);
	line(&g, "DRIVER_TABLE HANDLER_STATIC const u32 h%u_table[4] = { %u, 0x%x, [3] = %u };\n", number, pick(&g, 10),
	     pick(&g, 1 << 20), pick(&g, 300));
	g.out = &helpers;
	write_helpers(&g, pick(&g, 3) ? 0 : 1);
	begin_body(&g);
	g.ladder = chance(&g, 20);
	g.branches = 3;
	g.size = 8;
	g.indent = 1;
	choose(&m);
	write_table(&m, b);
	write_bodies(&m);
	write_ending(&m);
	undo = g.undo.s ? g.undo.s : "";
	old = xasprintf("%sHANDLER_STATIC int %s(struct file *file, struct vm_area_struct *vma)\n{\n%s%s%s\treturn ret;\n}\n\n",
			helpers.s ? helpers.s : "", g.h->name, m.body.s, m.old.s, undo);
	hook = xasprintf("%sHANDLER_STATIC int h%u_mmap_prepare(struct vm_area_desc *desc)\n{\n\tstruct file *file = desc->file;\n%s",
			 helpers.s ? helpers.s : "", number, m.body.s);
	before = move_text(hook, number, &g.random);
	free(hook);
	hook = xasprintf("%s%s%s\treturn ret;\n}\n\n", before, m.hook.s, undo);
	free(before);
	before = xstrdup(m.before.s);
	if (m.slip == SLIP_NR && chance(&g, 50))
		change_one(&g, &before, &hook);
	strbuf_addf(out, "%s%s%s%s", data.s, before, old, hook);
	strlist_addf(&b->functions, "g%u_mmap_prepare", number);
	free(old);
	free(before);
	free(hook);
	strbuf_free(&data);
	strbuf_free(&helpers);
	strbuf_free(&m.body);
	strbuf_free(&m.before);
	strbuf_free(&m.old);
	strbuf_free(&m.hook);
	end_handler(&g);
}

void batch_generate_moves(struct batch *b, uint64_t seed, unsigned nr)
{
	struct strbuf out = { 0 };
	unsigned i;

	memset(b, 0, sizeof(*b));
	b->seed = seed;
	strbuf_adds(&out, "#include \"kernel.h\"\n\n");
	for (i = 0; i < nr; i++)
		write_pair(b, &out, i);
	batch_end(b, &out, 0, nr);
}
