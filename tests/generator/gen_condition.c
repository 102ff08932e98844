// SPDX-License-Identifier: GPL-2.0-only
/* Random conditions. */
#include "gen_internal.h"

static void flag_test(struct gen *g, struct strbuf *b)
{
	struct strbuf mask = { 0 };

	if (chance(g, 20)) {
		use(g, USE_INLINE);
		strbuf_adds(b, "is_cow_mapping(vma->vm_flags)");
		return;
	}
	flag_mask(g, &mask);
	switch (pick(g, 3)) {
	case 0:
		strbuf_addf(b, "(vma->vm_flags & %s)", mask.s);
		break;
	case 1:
		strbuf_addf(b, "!(vma->vm_flags & %s)", mask.s);
		break;
	default:
		strbuf_addf(b, "(vma->vm_flags & %s) == %s", mask.s, mask.s);
		break;
	}
	strbuf_free(&mask);
}

static void simple_condition(struct gen *g, struct strbuf *b)
{
	unsigned k = pick(g, 100);

	if (k < 15 && g->vma) {
		flag_test(g, b);
	} else if (k < 25 && g->vma) {
		strbuf_addf(b, "vma->vm_end - vma->vm_start %s ", pick(g, 2) ? ">" : "!=");
		expr(g, b, 1);
	} else if (k < 30 && g->vma) {
		use(g, USE_INLINE);
		strbuf_adds(b, "vma_fits(vma, d->size)");
	} else if (k < 36) {
		strbuf_adds(b, pick(g, 2) ? "!d->mem" : "d->mem");
	} else if (k < 40 && g->vma) {
		strbuf_addf(b, "vma->%s", pick(g, 2) ? "vm_private_data" : "vm_ops");
	} else if (k < 44) {
		strbuf_addf(b, "d %s %s",
			    pick(g, 2) ? "==" : "!=", pick(g, 2) ? "d->peer" : "the_dev");
	} else if (k < 48) {
		use(g, USE_CAPABLE);
		strbuf_addf(b, "%scapable(%s)", pick(g, 2) ? "!" : "",
			    pick(g, 2) ? "CAP_SYS_ADMIN" : "CAP_SYS_RAWIO");
	} else if (k < 52) {
		use(g, USE_CONFIG);
		strbuf_addf(b, "%sIS_ENABLED(%s)", pick(g, 2) ? "!" : "",
			    pick(g, 2) ? "CONFIG_MMU" : "CONFIG_ABSENT");
	} else if (k < 56) {
		use(g, USE_LIST);
		strbuf_adds(b, "list_empty(&d->list)");
	} else if (k < 62) {
		expr(g, b, 2);
	} else {
		comparison(g, b, 1 + pick(g, 2));
	}
}

void condition(struct gen *g, struct strbuf *b)
{
	unsigned k = pick(g, 100);

	if (k < 12) {
		use(g, USE_LIKELY);
		strbuf_adds(b, pick(g, 2) ? "likely(" : "unlikely(");
		simple_condition(g, b);
		strbuf_adds(b, ")");
	} else if (k < 24) {
		simple_condition(g, b);
		strbuf_adds(b, " && ");
		simple_condition(g, b);
	} else if (k < 34) {
		strbuf_adds(b, "(");
		simple_condition(g, b);
		strbuf_adds(b, ") || (");
		simple_condition(g, b);
		strbuf_adds(b, ")");
	} else if (k < 38) {
		strbuf_adds(b, "!(");
		simple_condition(g, b);
		strbuf_adds(b, ")");
	} else {
		simple_condition(g, b);
	}
}

char *condition_text(struct gen *g)
{
	struct strbuf b = { 0 };

	condition(g, &b);
	return strbuf_detach(&b);
}
