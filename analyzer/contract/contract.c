// SPDX-License-Identifier: GPL-2.0-only
#include "contract/contract.h"

#include <errno.h>
#include <stdlib.h>

#include "contract/engine.h"

static bool is_type(const struct param *p, const char *type)
{
	const char *at = strstr(p->type, type);

	/* A pointer to it, not a pointer to a pointer. */
	return at && !strchr(at + strlen(type), '*');
}

/* The request's names are taken: what a parameter of such a name has behind it. */
static const char *behind(const char *param)
{
	static const char *const reserved[] = {
		"start", "end", "pgoff", "flags", "prot", "vm_ops", "private_data", "file", "mm", "vma", "size", "pages",
	};
	size_t i;

	for (i = 0; i < sizeof(reserved) / sizeof(*reserved); i++)
		if (!strcmp(reserved[i], param))
			return "_arg";
	return "";
}

bool contract_is_parameter(const char *symbol, const char *param)
{
	size_t len = strlen(param);

	return len && !strncmp(symbol, param, len) && !strcmp(symbol + len, behind(param));
}

static void bind_params(struct engine *e, const struct function *f, struct state *s)
{
	bool vma = false, file = false;
	struct ctype type;
	term_t at, value;
	char *name;
	size_t i;

	for (i = 0; i < f->nr_params; i++) {
		type = f->params[i].ctype;
		if (!vma && (is_type(&f->params[i], "struct vm_area_struct *") ||
			     is_type(&f->params[i], "struct vm_area_desc *"))) {
			value = e->vma;
			vma = true;
		} else if (!file && is_type(&f->params[i], "struct file *")) {
			value = e->file;
			file = true;
		} else {
			name = xasprintf("%s%s", f->params[i].name, behind(f->params[i].name));
			value = term_symbol(e->t, name, type.kind ? type : e->pointer);
			free(name);
		}
		at = variable_add(e, s, f->params[i].name, type, NULL, f->line);
		memory_write(e, s, at, value);
	}
}

static const char *called(struct engine *e, term_t value)
{
	const struct term *x = term_at(e->t, value);

	while (x->op == TERM_TRUNC || x->op == TERM_ZEXT || x->op == TERM_SEXT)
		x = term_at(e->t, x->a);
	return x->op == TERM_CALL ? x->name ? x->name : "" : NULL;
}

/* What a path returns: 0, an error for certain, or what a call made of it. */
static void classify_result(struct engine *e, struct state *s, struct path *p)
{
	const char *call;
	term_t zero;
	int64_t v;
	int is_zero;

	p->result = RESULT_UNKNOWN;
	p->result_term = s->value;
	if (s->flow != FLOW_RETURN || !s->value)
		return;
	call = called(e, s->value);
	if (call)
		p->call = xstrdup(call);
	if (term_is_const(e->t, s->value, &v)) {
		p->result = v ? RESULT_ERROR : RESULT_ZERO;
		p->value = v < 0 ? v : 0;
		return;
	}
	if (term_at(e->t, s->value)->type.kind == CTYPE_RECORD || term_at(e->t, s->value)->op == TERM_FRESH)
		return;
	zero = term_not(e->t, term_truth(e->t, s->value));
	is_zero = decide(e, s, zero);
	p->result = is_zero == 1 ? RESULT_ZERO : is_zero == 0 ? RESULT_ERROR : call ? RESULT_CALL : RESULT_UNKNOWN;
}

static void add_path(struct engine *e, struct state *s)
{
	struct contract *c = e->c;
	struct path *p = vec_push(&c->paths);
	const struct guard *g;
	struct guard *copy;
	const uint32_t *i;
	enum vma_cell cell;

	vec_each(g, &s->guards) {
		copy = vec_push(&p->guards);
		*copy = *g;
		copy->text = *g->text ? xstrdup(g->text) : term_text(e->t, &c->flags, g->term);
	}
	vec_each(i, &s->effects)
		*vec_push(&p->effects) = *i;
	p->line = s->line;
	p->unmodelled = s->unmodelled;
	classify_result(e, s, p);
	for (cell = 0; cell < CELL_NR; cell++)
		p->cells[cell] = vma_cell_read(e, s, cell);
}

/* Reasons that only an attempt gave which was taken back. */
static void drop_unused_reasons(struct contract *c)
{
	uint32_t *now = xcalloc(c->unmodelled.nr + 1, sizeof(*now));
	struct path *p;
	size_t i, n = 0;

	vec_each(p, &c->paths)
		if (p->unmodelled)
			now[p->unmodelled] = 1;
	for (i = 0; i < c->unmodelled.nr; i++) {
		if (!now[i + 1] && !c->unmodelled.items[i].whole) {
			free(c->unmodelled.items[i].reason);
			continue;
		}
		c->unmodelled.items[n++] = c->unmodelled.items[i];
		now[i + 1] = (uint32_t)n;
	}
	c->unmodelled.nr = n;
	vec_each(p, &c->paths)
		p->unmodelled = now[p->unmodelled];
	free(now);
}

/* Effects of attempts that were taken back, too: paths name what is left. */
static void drop_unused_effects(struct contract *c)
{
	uint32_t *now = xcalloc(c->nr_effects + 1, sizeof(*now));
	struct pass_way *w;
	struct path *p;
	uint32_t *i;
	size_t k, n = 0;

	vec_each(p, &c->paths)
		vec_each(i, &p->effects)
			now[*i] = 1;
	/* A loop stands before what its passes do. */
	for (k = 0; k < c->nr_effects; k++)
		if (now[k] && c->effects[k].passes)
			vec_each(w, &c->effects[k].passes->ways)
				vec_each(i, &w->effects)
					now[*i] = 1;
	for (k = 0; k < c->nr_effects; k++) {
		if (!now[k]) {
			effect_free(&c->effects[k]);
			continue;
		}
		now[k] = (uint32_t)n;
		c->effects[n++] = c->effects[k];
	}
	c->nr_effects = n;
	vec_each(p, &c->paths)
		vec_each(i, &p->effects)
			*i = now[*i];
	for (k = 0; k < n; k++) {
		if (c->effects[k].loop)
			c->effects[k].loop = now[c->effects[k].loop - 1] + 1;
		if (c->effects[k].passes)
			vec_each(w, &c->effects[k].passes->ways)
				vec_each(i, &w->effects)
					*i = now[*i];
	}
	free(now);
}

/* As wide as the function's own pointers are. */
static struct ctype pointer_type(const struct function *f)
{
	size_t i;

	for (i = 0; i < f->nr_params; i++)
		if (f->params[i].ctype.kind == CTYPE_POINTER && f->params[i].ctype.bits)
			return f->params[i].ctype;
	return ctype_pointer;
}

static void copy_flags(struct contract *c, const struct unit *u)
{
	const struct flag_name *f;
	struct flag_name *copy;

	vec_each(f, &u->flags) {
		copy = vec_push(&c->flags);
		copy->name = xstrdup(f->name);
		copy->value = f->value;
	}
}

/* Follow the function; false: it has more paths than are followed, and c is as it was. */
static bool follow(const struct unit *u, const struct function *f, bool together, struct contract *c)
{
	struct engine e = { .u = u, .c = c, .together = together };
	struct states out = { 0 };
	struct state s = { 0 };
	bool done;
	size_t i;

	c->function = xstrdup(f->name);
	c->terms = e.t = terms_new();
	e.pointer = pointer_type(f);
	e.word = (struct ctype){ .kind = CTYPE_INT, .bits = e.pointer.bits };
	e.t->pointer_bits = e.pointer.bits;
	e.t->page_shift = (uint8_t)u->page_shift;
	copy_flags(c, u);
	e.vma = term_symbol(e.t, "vma", e.pointer);
	e.file = term_symbol(e.t, "file", e.pointer);
	if (together)
		unmodelled(&e, &s, f->line, "more paths than are followed: its branches are taken together");
	bind_params(&e, f, &s);
	e.stack[e.depth++] = f;
	exec(&e, f->body, &s, &out);
	for (i = 0; i < out.nr; i++)
		add_path(&e, &out.items[i]);
	if (!out.nr)
		unmodelled(&e, NULL, f->line, "no path could be followed");
	drop_unused_reasons(c);
	drop_unused_effects(c);
	done = !e.too_many || together;
	states_free(&out);
	strlist_free(&e.texts);
	members_free(&e);
	leaves_free(&e);
	smt_free(e.smt);
	if (!done)
		contract_free(c);
	return done;
}

int contract_build(const struct unit *u, const char *function, struct contract *c)
{
	const struct function *f = unit_function(u, function);

	if (!f || !f->body)
		return -ENOENT;
	if (!follow(u, f, false, c))
		follow(u, f, true, c);
	return 0;
}
