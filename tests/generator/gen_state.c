// SPDX-License-Identifier: GPL-2.0-only
/* Statements on the driver's state: stores, locks, references, memory, lists. */
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

/* A place in the driver's memory that any number fits in. */
static char *place(struct gen *g)
{
	const char *d = dev_expr(g);

	switch (pick(g, 15)) {
	case 8:
		use(g, USE_SMALL_BITS);
		return xasprintf("%s->modes.%s", d,
				 pick(g, 3) ? pick(g, 2) ? "kind" : "wide" : "on");
	case 0:
		use(g, USE_BITFIELD);
		return xasprintf("%s->bits.%s", d, pick(g, 3) ? pick(g, 2) ? "lo" : "sig" : "mid");
	case 1:
		return xasprintf("%s->region.%s", d, pick(g, 2) ? "base" : "len");
	case 2:
		use(g, USE_NESTED_RECORD);
		return xasprintf("%s->window.inner.base", d);
	case 3:
		use(g, USE_ARRAY);
		return xasprintf("%s->regs.reg[%u]", d, pick(g, 4));
	case 4:
		use(g, USE_UNION);
		return xasprintf("%s->mixed.%s", d,
				 pick(g, 3) ? pick(g, 2) ? "low" : "high" : "word");
	case 5:
		use(g, USE_ALIAS);
		return xasprintf("*%s->cursor", d);
	case 6:
		use(g, USE_STATIC_WORD);
		return xasprintf("h%u_opens", g->number);
	case 7:
		return xstrdup("open_count");
	default:
		return xasprintf("%s->%s", d, dev_scalar(g));
	}
}

static void store(struct gen *g)
{
	static const char *const ops[] = { "+=", "-=", "|=", "&=", "^=", "<<=", ">>=" };
	char *at = place(g), *value = expr_text(g, 2);
	const char *op = PICK(g, ops);

	use(g, USE_STORE);
	switch (pick(g, 8)) {
	case 0:
	case 1:
		use(g, USE_COMPOUND);
		line(g, *op == '<' || *op == '>' ? "%s %s (%s) & 7;" : "%s %s %s;", at, op, value);
		break;
	case 2:
		use(g, USE_STEP);
		line(g, "(%s)%s;", at, pick(g, 2) ? "++" : "--");
		break;
	case 3:
		use(g, USE_ONCE);
		line(g, "WRITE_ONCE(%s->%s, %s);", dev_expr(g), dev_scalar(g), value);
		break;
	case 4:
		use(g, USE_INLINE);
		line(g, "dev_set_mode(%s, MODE_ON);", dev_expr(g));
		break;
	default:
		line(g, "%s = %s;", at, value);
		break;
	}
	free(at);
	free(value);
}

static void record_store(struct gen *g)
{
	struct var *v = var_of(g, VAR_REGION, false), *w = var_of(g, VAR_WINDOW, false);
	const char *d = dev_expr(g);

	use(g, USE_STORE);
	use(g, USE_RECORD);
	switch (pick(g, 6)) {
	case 0:
		if (w) {
			use(g, USE_NESTED_RECORD);
			line(g, "%s->window = %s;", d, w->name);
			break;
		}
		/* fallthrough */
	case 1:
		line(g, "%s->region = d->peer->region;", d);
		break;
	case 2:
		use(g, USE_RECORD_CALL);
		line(g, "%s->region = region_grow(%s, 4);", d, v ? v->name : "d->region");
		break;
	case 3:
		use(g, USE_NESTED_RECORD);
		line(g, "%s->window.inner = %s;", d, v ? v->name : "d->region");
		break;
	case 4:
		use(g, USE_ALIAS);
		line(g, pick(g, 2) ? "%s->cursor = &d->peer->count;" : "%s->peer = the_dev;", d);
		break;
	default:
		if (v)
			line(g, "%s->region = %s;", d, v->name);
		else
			line(g, "%s->region.len = 0;", d);
		break;
	}
}

/* What an error exit has to undo from here on. */
static void push_label(struct gen *g, const char *undo)
{
	struct strbuf b = { 0 };

	g->labels++;
	strbuf_addf(&b, "out%u:\n\t%s\n", g->labels, undo);
	strbuf_adds(&b, g->undo.s ? g->undo.s : "");
	strbuf_free(&g->undo);
	g->undo = b;
}

static bool can_ladder(const struct gen *g)
{
	return g->ladder && !g->depth;
}

static void lock(struct gen *g)
{
	const char *d = dev_expr(g);
	unsigned k = pick(g, 4);

	use(g, USE_LOCK);
	if (can_ladder(g) && k < 3) {
		if (k && g->branches > 0) {
			g->branches--;
			line(g, "ret = mutex_lock_interruptible(&d->lock);");
			line(g, "if (ret)");
			g->indent++;
			leave(g);
			g->indent--;
		} else {
			line(g, "mutex_lock(&d->lock);");
		}
		push_label(g, "mutex_unlock(&d->lock);");
		return;
	}
	line(g, k ? "mutex_lock(&%s->lock);" : "spin_lock(&%s->slock);", d);
	block(g, 1 + pick(g, 2));
	line(g, k ? "mutex_unlock(&%s->lock);" : "spin_unlock(&%s->slock);", d);
}

static void reference(struct gen *g)
{
	const char *d = dev_expr(g);

	use(g, USE_REFERENCE);
	switch (pick(g, 4)) {
	case 0:
		line(g, "kref_put(&%s->ref, dev_release);", d);
		break;
	case 1:
		line(g, "kref_get(&%s->ref);", d);
		break;
	case 2:
		if (g->file) {
			line(g, "get_file(file);");
			line(g, "fput(file);");
			break;
		}
		/* fallthrough */
	default:
		line(g, "kref_get(&d->ref);");
		if (can_ladder(g))
			push_label(g, "kref_put(&d->ref, dev_release);");
		break;
	}
}

static void count(struct gen *g)
{
	const char *d = dev_expr(g);

	use(g, USE_COUNT);
	switch (pick(g, 5)) {
	case 0:
		line(g, "atomic_dec(&%s->users);", d);
		break;
	case 1:
		if (!g->no_return && g->branches > 0) {
			g->branches--;
			line(g, "if (atomic_inc_return(&%s->users) > %u)", d, pick(g, 4));
			g->indent++;
			leave(g);
			g->indent--;
			break;
		}
		/* fallthrough */
	case 2:
		line(g, "atomic_inc(&%s->users);", d);
		if (can_ladder(g) && *d == 'd' && !d[1])
			push_label(g, "atomic_dec(&d->users);");
		break;
	default:
		if (g->branches > 0) {
			g->branches--;
			line(g, "if (atomic_read(&%s->users) %s %u)", d,
			     pick(g, 2) ? ">" : "==", pick(g, 4));
			block(g, 1);
		}
		break;
	}
}

static void bit(struct gen *g)
{
	const char *d = dev_expr(g);

	use(g, USE_BITOP);
	if (pick(g, 2) || g->branches <= 0) {
		line(g, "set_bit(%u, &%s->state);", pick(g, 8), d);
		return;
	}
	g->branches--;
	line(g, "if (test_and_set_bit(%u, &%s->state))", pick(g, 8), d);
	g->indent++;
	leave(g);
	g->indent--;
}

static void memory(struct gen *g)
{
	unsigned v = g->names++;
	char *value = expr_text(g, 1);

	if (g->branches <= 0 || g->depth || g->no_return) {
		free(value);
		store(g);
		return;
	}
	g->branches--;
	use(g, USE_MEMORY);
	line(g, "struct item *v%u = %s(sizeof(*v%u), GFP_KERNEL);", v,
	     pick(g, 3) ? "kzalloc" : "kmalloc", v);
	line(g, "if (!v%u) {", v);
	g->indent++;
	line(g, "ret = -ENOMEM;");
	if (g->ladder && g->labels) {
		use(g, USE_LADDER);
		line(g, "goto out%u;", g->labels);
	} else {
		line(g, "return ret;");
	}
	g->indent--;
	line(g, "}");
	line(g, "v%u->key = %s;", v, value);
	line(g, "v%u->owner = d;", v);
	statements(g, 1 + pick(g, 2));
	switch (pick(g, 4)) {
	case 0:
		use(g, USE_LIST);
		line(g, "list_add(&v%u->link, &d->list);", v);
		break;
	case 1:
		if (g->vma) {
			use(g, USE_PRIVATE_DATA);
			line(g, "vma->vm_private_data = v%u;", v);
			break;
		}
		/* fallthrough */
	case 2:
		line(g, "kfree(v%u);", v);
		break;
	default:
		use(g, USE_STORE);
		line(g, "d->mem = v%u;", v);
		break;
	}
	free(value);
}

static void list(struct gen *g)
{
	use(g, USE_LIST);
	if (pick(g, 2))
		line(g, "list_add(&%s->node, &d->list);", dev_expr(g));
	else
		line(g, "list_del(&%s->node);", dev_expr(g));
}

static void message(struct gen *g)
{
	char *value = expr_text(g, 1), *cond;

	if (pick(g, 2) || g->branches <= 0) {
		use(g, USE_LOG);
		line(g,
		     pick(g, 2) ? "dev_err(d, \"%%llu\", (u64)(%s));"
				: "pr_info(\"%%llu\\n\", (u64)(%s));",
		     value);
	} else {
		g->branches--;
		use(g, USE_WARN);
		cond = condition_text(g);
		line(g, "if (%s(%s))", pick(g, 2) ? "WARN_ON" : "WARN_ON_ONCE", cond);
		g->indent++;
		leave(g);
		g->indent--;
		free(cond);
	}
	free(value);
}

/* Of memory that the driver owns. */
static void copy(struct gen *g)
{
	use(g, USE_COPY);
	if (pick(g, 2))
		line(g, "memset(&%s->region, 0, sizeof(d->region));", dev_expr(g));
	else
		line(g, "memcpy(&%s->region, &d->peer->region, sizeof(d->region));", dev_expr(g));
}

void state_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (k < 30)
		store(g);
	else if (k < 40)
		record_store(g);
	else if (k < 52 && g->depth < 3)
		lock(g);
	else if (k < 62)
		reference(g);
	else if (k < 70)
		count(g);
	else if (k < 75)
		bit(g);
	else if (k < 83)
		memory(g);
	else if (k < 88)
		list(g);
	else if (k < 97)
		message(g);
	else
		copy(g);
}
