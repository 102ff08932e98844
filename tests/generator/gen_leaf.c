// SPDX-License-Identifier: GPL-2.0-only
/* What expressions are made of: numbers, variables, members. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

static const char *const scalars[] = { "u8",  "s8",	      "u16", "s16",	      "u32",
				       "s32", "u64",	      "s64", "unsigned long", "long",
				       "int", "unsigned int", "bool" };
static const char *const flags[] = { "VM_READ",	    "VM_WRITE",	     "VM_EXEC",	    "VM_SHARED",
				     "VM_MAYWRITE", "VM_MAYSHARE",   "VM_LOCKED",   "VM_IO",
				     "VM_PFNMAP",   "VM_DONTEXPAND", "VM_DONTDUMP", "VM_DONTCOPY",
				     "VM_MIXEDMAP", "VM_HUGEPAGE" };
static const char *const dev_members[] = { "ready", "count", "level", "error",	 "port",
					   "delta", "unit",  "trim",  "enabled", "busy",
					   "size",  "limit", "skew",  "pfn",	 "state" };

const char *scalar_type(struct gen *g)
{
	return PICK(g, scalars);
}

/* Numbers at which something changes, spelled in all the ways that C has. */
void number(struct gen *g, struct strbuf *b)
{
	static const uint64_t edges[] = { 0,	   1,	 2,	     3,		 4,
					  7,	   8,	 15,	     16,	 31,
					  32,	   63,	 100,	     127,	 128,
					  255,	   256,	 0x7fff,     0x8000,	 0xffff,
					  0x10000, 4096, 0x7fffffff, 0x80000000, 0xffffffff };
	uint64_t v = pick(g, 3) ? PICK(g, edges) & (chance(g, 60) ? 0xff : ~0ULL)
				: random_next(&g->random) >> (pick(g, 60) + 4);

	*vec_push(&g->h->hints) = v;
	switch (pick(g, 12)) {
	case 0:
		strbuf_addf(b, "0x%llxUL", (unsigned long long)v);
		break;
	case 1:
		strbuf_addf(b, "%lluULL", (unsigned long long)v);
		break;
	case 2:
		strbuf_addf(b, "%uU", (unsigned)v);
		break;
	case 3:
		v &= 0x7fff;
		*vec_push(&g->h->hints) = -v;
		strbuf_addf(b, "(-%llu)", (unsigned long long)v);
		break;
	case 4:
		strbuf_adds(b, "'a'");
		*vec_push(&g->h->hints) = 'a';
		break;
	case 5:
		strbuf_adds(b, "PAGE_SIZE");
		*vec_push(&g->h->hints) = 4096;
		break;
	case 6:
		strbuf_adds(b, pick(g, 2) ? "MODE_SLOW" : "MODE_ODD");
		*vec_push(&g->h->hints) = 7;
		break;
	case 7:
		strbuf_adds(b, pick(g, 2) ? "sizeof(struct region)" : "sizeof(u16)");
		break;
	default:
		if (v > 0x7fffffff)
			strbuf_addf(b, "0x%llx", (unsigned long long)v);
		else
			strbuf_addf(b, "%llu", (unsigned long long)v);
		break;
	}
}

void flag_mask(struct gen *g, struct strbuf *b)
{
	unsigned n = pick(g, 3) + 1, i;

	use(g, USE_MASK);
	strbuf_adds(b, "(");
	for (i = 0; i < n; i++)
		strbuf_addf(b, "%s%s", i ? " | " : "", PICK(g, flags));
	strbuf_adds(b, ")");
}

void error_value(struct gen *g, struct strbuf *b)
{
	static const char *const errors[] = { "EINVAL", "EPERM",  "ENXIO",  "ENOMEM",
					      "EBUSY",	"EACCES", "ENODEV", "EIO" };

	strbuf_addf(b, "-%s", PICK(g, errors));
}

const char *dev_expr(struct gen *g)
{
	static const char *const others[] = { "d->peer", "the_dev", "d->peer->peer" };

	if (chance(g, 85))
		return "d";
	use(g, USE_ALIAS);
	return PICK(g, others);
}

const char *dev_scalar(struct gen *g)
{
	return PICK(g, dev_members);
}

static bool usable(const struct var *v, enum var_kind kind, bool writable)
{
	return v->kind == kind && !(writable && v->fixed);
}

struct var *var_of(struct gen *g, enum var_kind kind, bool writable)
{
	unsigned n = 0;
	struct var *v;

	vec_each (v, &g->vars)
		n += usable(v, kind, writable);
	if (!n)
		return NULL;
	n = pick(g, n);
	vec_each (v, &g->vars)
		if (usable(v, kind, writable) && !n--)
			return v;
	return NULL;
}

struct var *var_typed(struct gen *g, const char *type, bool top)
{
	struct var *v, *found = NULL;

	vec_each (v, &g->vars)
		if (v->kind == VAR_SCALAR && !v->fixed && !strcmp(v->type, type) &&
		    (v->top || !top) && (!found || pick(g, 2)))
			found = v;
	return found;
}

struct var *var_new(struct gen *g, enum var_kind kind, const char *type)
{
	struct var *v = vec_push(&g->vars);

	snprintf(v->name, sizeof(v->name), "v%u", g->names++);
	v->kind = kind;
	v->type = type;
	v->top = !g->depth && !g->in_helper;
	return v;
}

static void vma_leaf(struct gen *g, struct strbuf *b)
{
	static const char *const leaves[] = { "vma->vm_start",
					      "vma->vm_end",
					      "vma->vm_pgoff",
					      "vma->vm_flags",
					      "(vma->vm_end - vma->vm_start)",
					      "vma->vm_pgoff",
					      "vma->vm_page_prot.pgprot" };

	static const char *const of_desc[] = { "desc->start",		"desc->end",
					       "desc->pgoff",		"desc->vm_flags",
					       "vma_desc_size(desc)",	"vma_desc_pages(desc)",
					       "desc->page_prot.pgprot" };

	if (g->desc) {
		strbuf_adds(b, PICK(g, of_desc));
	} else if (chance(g, 25)) {
		use(g, USE_INLINE);
		strbuf_adds(b, "vma_pages(vma)");
	} else {
		strbuf_adds(b, PICK(g, leaves));
	}
}

static void record_leaf(struct gen *g, struct strbuf *b)
{
	struct var *v = var_of(g, VAR_REGION + (enum var_kind)pick(g, 9), false);

	if (!v) {
		number(g, b);
		return;
	}
	switch (v->kind) {
	case VAR_MODES:
		use(g, USE_SMALL_BITS);
		strbuf_addf(b, "%s.%s", v->name, pick(g, 3) ? pick(g, 2) ? "kind" : "wide" : "on");
		break;
	case VAR_REGION_POINTER:
		use(g, USE_RECORD_POINTER);
		strbuf_addf(b, "%s->%s", v->name, pick(g, 2) ? "base" : "len");
		break;
	case VAR_DEV:
		strbuf_addf(b, "%s->%s", v->name, dev_scalar(g));
		break;
	case VAR_REGION:
		use(g, USE_RECORD);
		if (chance(g, 30)) {
			use(g, USE_RECORD_CALL);
			strbuf_addf(b, "region_end(%s)", v->name);
		} else {
			strbuf_addf(b, "%s.%s", v->name, pick(g, 2) ? "base" : "len");
		}
		break;
	case VAR_WINDOW:
		use(g, USE_NESTED_RECORD);
		strbuf_addf(b, "%s.%s", v->name, pick(g, 2) ? "tag" : "inner.len");
		break;
	case VAR_SPAN:
		use(g, USE_RECORD);
		strbuf_addf(b, "%s.%s", v->name,
			    pick(g, 3) ? pick(g, 2) ? "lead" : "tail" : "shift");
		break;
	case VAR_BITS:
		use(g, USE_BITFIELD);
		strbuf_addf(b, "%s.%s", v->name,
			    pick(g, 4)	 ? pick(g, 2) ? "lo" : "sig"
			    : pick(g, 2) ? "mid"
					 : "top");
		break;
	case VAR_REGS:
		use(g, USE_ARRAY);
		strbuf_addf(b, "%s.reg[%u]", v->name, pick(g, 4));
		break;
	default:
		if (g->weak && chance(g, 20)) {
			use(g, USE_INDEX);
			strbuf_addf(b, "%s[d->count & 3]", v->name);
		} else {
			use(g, USE_ARRAY);
			strbuf_addf(b, "%s[%u]", v->name, pick(g, 4));
		}
		break;
	}
}

/* What locks, counts and lists are made of. */
static void inside(struct gen *g, struct strbuf *b, const char *d)
{
	static const char *const parts[] = { "lock.locked", "slock.held", "ref.refcount",
					     "users.counter" };

	use(g, USE_INSIDE);
	if (chance(g, 30))
		strbuf_addf(b, "(%s->node.%s == &d->list)", d, pick(g, 2) ? "next" : "prev");
	else
		strbuf_addf(b, "%s->%s", d, PICK(g, parts));
}

/* Constants that the compiler makes of types. */
static void type_query(struct gen *g, struct strbuf *b, const char *d)
{
	const char *member = dev_scalar(g);

	use(g, USE_GENERIC);
	switch (pick(g, 4)) {
	case 0:
		strbuf_addf(b, "_Generic(%s->%s, u32: 3, u64: %s->count, default: 70)", d, member,
			    d);
		break;
	case 1:
		strbuf_addf(b, "__builtin_choose_expr(sizeof(d->%s) == 4, %s->count, %s->port)",
			    member, d, d);
		break;
	case 2:
		strbuf_addf(b, "__builtin_types_compatible_p(__typeof__(d->%s), u32)", member);
		break;
	default:
		strbuf_addf(b, "(sizeof(%s->%s) + offsetof(struct dev, %s))", d, member, member);
		break;
	}
}

static void dev_leaf(struct gen *g, struct strbuf *b)
{
	const char *d = dev_expr(g);

	switch (pick(g, 20)) {
	case 11:
		use(g, USE_SMALL_BITS);
		strbuf_addf(b, "%s->modes.%s", d, pick(g, 3) ? pick(g, 2) ? "kind" : "wide" : "on");
		break;
	case 12:
		inside(g, b, d);
		break;
	case 13:
		use(g, USE_POINTER_NUMBER);
		strbuf_addf(b, "((unsigned long)%s->%s & %u)", d, pick(g, 2) ? "mem" : "page",
			    pick(g, 64));
		break;
	case 14:
		use(g, USE_TABLE);
		strbuf_addf(b, "h%u_table[%u]", g->number, pick(g, 4));
		break;
	case 15:
		type_query(g, b, d);
		break;
	case 0:
		use(g, USE_BITFIELD);
		strbuf_addf(b, "%s->bits.%s", d,
			    pick(g, 4)	 ? pick(g, 2) ? "lo" : "sig"
			    : pick(g, 2) ? "mid"
					 : "top");
		break;
	case 1:
		strbuf_addf(b, "%s->region.%s", d, pick(g, 2) ? "base" : "len");
		break;
	case 2:
		use(g, USE_NESTED_RECORD);
		strbuf_addf(b, "%s->window.%s", d, pick(g, 2) ? "inner.base" : "tag");
		break;
	case 3:
		use(g, USE_ARRAY);
		strbuf_addf(b, "%s->regs.reg[%u]", d, pick(g, 4));
		break;
	case 4:
		use(g, USE_UNION);
		strbuf_addf(b, "%s->mixed.%s", d,
			    pick(g, 3) ? pick(g, 2) ? "low" : "high" : "word");
		break;
	case 5:
		use(g, USE_ALIAS);
		strbuf_addf(b, "(*%s->cursor)", d);
		break;
	case 6:
		use(g, USE_INLINE);
		strbuf_addf(b, "dev_end(%s)", d);
		break;
	case 7:
		use(g, USE_ONCE);
		strbuf_addf(b, "READ_ONCE(%s->%s)", d, dev_scalar(g));
		break;
	case 8:
		use(g, USE_CONTAINER_OF);
		strbuf_addf(b, "node_to_dev(&%s->node)->%s", d, dev_scalar(g));
		break;
	case 9:
		use(g, USE_CONTAINER_OF);
		strbuf_addf(b, "container_of(&%s->ref, struct dev, ref)->%s", d, dev_scalar(g));
		break;
	case 10:
		strbuf_addf(b, "%s->mode", d);
		break;
	default:
		strbuf_addf(b, "%s->%s", d, dev_scalar(g));
		break;
	}
}

void leaf(struct gen *g, struct strbuf *b)
{
	struct var *v;
	unsigned k = pick(g, 100);

	if (k < 30 && (v = var_of(g, VAR_SCALAR, false))) {
		strbuf_adds(b, v->name);
	} else if (k < 36 && (v = var_of(g, VAR_POINTER, false))) {
		use(g, USE_LOCAL_POINTER);
		strbuf_addf(b, "*%s", v->name);
	} else if (k < 50 && (g->vma || g->desc)) {
		vma_leaf(g, b);
	} else if (k < 60) {
		record_leaf(g, b);
	} else if (k < 80) {
		dev_leaf(g, b);
	} else if (k < 83 && g->file) {
		strbuf_adds(b, pick(g, 2) ? "file->f_flags" : "file->f_mode");
	} else if (k < 86) {
		strbuf_adds(b, "open_count");
	} else {
		number(g, b);
	}
}
