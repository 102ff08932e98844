// SPDX-License-Identifier: GPL-2.0-only
/* What the functions of the model table do to the mapping and to the world. */
#include <stdlib.h>

#include "contract/engine.h"
#include "contract/models.h"

static term_t arg(const struct call *k, unsigned n)
{
	return n < k->nr ? k->args[n] : 0;
}

void effect_detail(struct engine *e, struct effect *f, term_t a)
{
	free(f->detail);
	f->detail = a ? term_text(e->t, &e->u->flags, a) : NULL;
}

/* An address as what stands there: "dev->count", not "&dev->count". */
void detail_object(struct engine *e, struct effect *f, term_t a)
{
	effect_detail(e, f, a ? term_load(e->t, a, 0, ctype_ulong) : 0);
}

static const char *ops_name(struct engine *e, term_t value)
{
	const struct term *x = term_at(e->t, value);
	int64_t v;

	if (term_is_const(e->t, value, &v) && !v)
		return "NULL";
	return x->op == TERM_GLOBAL ? x->name : "";
}

/* Is an object, or what it is part of, the open file's own? */
bool belongs_to_file(struct engine *e, term_t object)
{
	term_t root = object ? address_root(e->t, object) : 0;
	const struct term *x = term_at(e->t, root), *f;

	if (!root)
		return false;
	if (root == e->file)
		return true;
	if (x->op != TERM_LOAD)
		return false;
	f = term_at(e->t, x->a);
	return f->op == TERM_FIELD && f->a == e->file && !strcmp(f->name, "private_data");
}

void write_vma_cell(struct engine *e, struct state *s, unsigned line, enum vma_cell cell, term_t value)
{
	static const enum effect_kind kinds[CELL_NR] = {
		[CELL_START] = EFFECT_VM_RANGE, [CELL_END] = EFFECT_VM_RANGE, [CELL_PGOFF] = EFFECT_PGOFF,
		[CELL_PROT] = EFFECT_PAGE_PROT, [CELL_VM_OPS] = EFFECT_VM_OPS,
		[CELL_PRIVATE_DATA] = EFFECT_PRIVATE_DATA, [CELL_FILE] = EFFECT_VM_FILE, [CELL_MM] = EFFECT_VMA_FIELD,
	};
	const char *name = "";
	struct effect *f;

	if (cell == CELL_FLAGS) {
		write_flags(e, s, line, value);
		return;
	}
	if (cell == CELL_VM_OPS)
		name = ops_name(e, value);
	else if (cell == CELL_START || cell == CELL_END)
		name = cell == CELL_START ? "vm_start" : "vm_end";
	else if (cell == CELL_MM)
		name = "vm_mm";
	f = add_effect(e, s, kinds[cell], line, name);
	effect_arg(f, value);
	if (cell == CELL_PRIVATE_DATA || cell == CELL_PROT || cell == CELL_PGOFF)
		effect_detail(e, f, value);
	if (cell == CELL_PRIVATE_DATA)
		f->file_private = belongs_to_file(e, value);
	memory_write(e, s, vma_cell_address(e, cell), value);
}

/* Is [address, address + size) inside the mapping on every way here? */
static bool inside(struct engine *e, struct state *s, term_t address, term_t size)
{
	term_t start = vma_cell_read(e, s, CELL_START), end = vma_cell_read(e, s, CELL_END), bad;

	address = term_convert(e->t, address, e->word);
	size = term_convert(e->t, size, e->word);
	/* address < start, or address > end, or size > end - address */
	bad = term_op(e->t, TERM_LOR, term_op(e->t, TERM_ULT, address, start, ctype_bool),
		      term_op(e->t, TERM_LOR, term_op(e->t, TERM_ULT, end, address, ctype_bool),
			      term_op(e->t, TERM_ULT, term_op(e->t, TERM_SUB, end, address, e->word), size, ctype_bool),
			      ctype_bool), ctype_bool);
	return decide(e, s, bad) == 0;
}

static enum action_extent extent_of(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	term_t start = vma_cell_read(e, s, CELL_START), end = vma_cell_read(e, s, CELL_END), address, size;
	struct term x;
	int64_t v;

	if (m->action == ACTION_INSERT_PAGE) {
		x = *term_at(e->t, arg(k, 2));
		return x.op == TERM_LOAD && term_at(e->t, x.a)->op == TERM_ELEMENT ? EXTENT_ARRAY : EXTENT_OTHER;
	}
	if (m->size_arg < 0)
		return EXTENT_WHOLE;
	address = arg(k, 1);
	size = arg(k, (unsigned)m->size_arg);
	if (!address || !size)
		return EXTENT_OTHER;
	size = term_convert(e->t, size, e->word);
	if (address == start && size == term_op(e->t, TERM_SUB, end, start, e->word))
		return EXTENT_WHOLE;
	if (address == start && term_is_const(e->t, size, &v) && v == (int64_t)1 << e->u->page_shift)
		return EXTENT_FIRST_PAGE;
	return inside(e, s, address, size) ? EXTENT_INSIDE : EXTENT_OTHER;
}

/*
 * A macro or an inline function of a header that gets the vma: what it does can be another action, or more, for
 * another architecture or configuration.  What the model table knows by its own name is no such thing.
 */
static const char *via(const struct engine *e, const struct call *k)
{
	unsigned i;

	for (i = 1; i < e->depth; i++)
		if (str_ends(e->stack[i]->file, ".h") && strcmp(e->stack[i]->file, e->stack[0]->file))
			return e->stack[i]->name;
	if (k->node->op && !strcmp(k->node->op, "header") && k->node->macro && strcmp(k->node->macro, k->name) &&
	    !model_find(k->node->macro))
		return k->node->macro;
	return NULL;
}

static void action(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	enum action_extent extent = extent_of(e, s, k, m);
	struct effect *f = add_effect(e, s, EFFECT_ACTION, k->line, k->name);
	struct strbuf b = { 0 };
	term_t prot, now;
	char *text;
	size_t i;

	f->action = m->action;
	f->extent = extent;
	f->via = via(e, k) ? xstrdup(via(e, k)) : NULL;
	strbuf_addf(&b, "%s(", k->name);
	for (i = 0; i < k->nr; i++) {
		effect_arg(f, k->args[i]);
		text = k->args[i] ? term_text(e->t, &e->u->flags, k->args[i]) : xstrdup("?");
		strbuf_addf(&b, "%s%s", i ? ", " : "", text);
		free(text);
	}
	strbuf_adds(&b, ")");
	f->detail = strbuf_detach(&b);
	effect_sees(e, s, f, k->args, k->nr);
	if (m->prot_arg >= 0) {
		prot = arg(k, (unsigned)m->prot_arg);
		now = vma_cell_read(e, s, CELL_PROT);
		f->local_prot = prot != now;
		f->prot_written = term_at(e->t, now)->op != TERM_SYMBOL;
	}
	/* How many pages are left is an output. */
	if (m->action == ACTION_INSERT_PAGES && !m->deferred && arg(k, 3))
		memory_forget(e, s, k->args[3], "pages that are left");
}

/*
 * The function's own memory.  memset() of a variable that nothing was written to leaves what its arguments say, whatever
 * that is: a name of its own for it.
 */
static void write_own(struct engine *e, struct state *s, const struct call *k, term_t root)
{
	const char *variable = term_at(e->t, root)->name;
	int64_t value, size;
	char *name;

	if (!str_ends(k->name, "memset") || k->args[0] != root || !variable || !*variable || k->nr < 3 || !k->args[1] ||
	    !k->args[2] || !term_is_const(e->t, k->args[1], &value) || !term_is_const(e->t, k->args[2], &size) ||
	    memory_is_written(e, s, root)) {
		memory_lose(e, s, root, "written by a call");
		return;
	}
	name = xasprintf("%s=%lld:%lld", variable, (long long)value, (long long)size);
	memory_lose(e, s, root, name);
	free(name);
}

static void write_first(struct engine *e, struct state *s, const struct call *k)
{
	term_t at = arg(k, 0), root = at ? address_root(e->t, at) : 0;
	struct effect *f;
	size_t i;

	if (!at)
		return;
	if (is_fresh_memory(e, root)) {
		memory_touch(e, s, at);
		memory_clobber(e, s, NULL, 0);
		return;
	}
	if (term_at(e->t, root)->op != TERM_LOCAL && root != e->vma) {
		f = add_effect(e, s, EFFECT_STORE, k->line, k->name);
		detail_object(e, f, at);
		effect_arg(f, at);
		/* What is written, and how much of it. */
		for (i = 1; i < k->nr; i++)
			if (k->args[i]) {
				*vec_push(&f->sees) = at;
				*vec_push(&f->sees) = k->args[i];
			}
		effect_sees(e, s, f, k->args, k->nr);
		memory_clobber(e, s, NULL, 0);
		return;
	}
	write_own(e, s, k, root);
}

/* The vma as an argument: what a function says of it is the same only while it is. */
static bool vma_changed(struct engine *e, struct state *s)
{
	enum vma_cell c;
	term_t v;

	for (c = 0; c < CELL_NR; c++) {
		v = vma_cell_read(e, s, c);
		if (v != e->file && term_at(e->t, v)->op != TERM_SYMBOL)
			return true;
	}
	return false;
}

/* What a function reads through its arguments is the same only while nothing wrote there. */
static uint64_t memory_of(struct engine *e, struct state *s, const struct call *k)
{
	term_t root;
	size_t i;

	for (i = 0; i < k->nr; i++) {
		if (!k->args[i] || term_at(e->t, k->args[i])->type.kind != CTYPE_POINTER)
			continue;
		root = address_root(e->t, k->args[i]);
		if (term_at(e->t, root)->op != TERM_LOCAL && root != e->vma)
			return memory_version(s) ? TERM_CALL_STATE | memory_version(s) : 0;
	}
	return 0;
}

static bool has_local(struct engine *e, const struct call *k)
{
	size_t i;

	for (i = 0; i < k->nr; i++)
		if (k->args[i] && term_at(e->t, address_root(e->t, k->args[i]))->op == TERM_LOCAL)
			return true;
	return false;
}

enum { MAX_SHOWN = 48 };		/* the arguments, and what they lead to; prove/import.c takes as many */

/* A function of its arguments and of what it finds of the function's own memory and of the mapping. */
static term_t shown_result(struct engine *e, struct state *s, const struct call *k)
{
	uint64_t state = memory_version(s) ? TERM_CALL_STATE | memory_version(s) : 0;
	term_t args[MAX_SHOWN + 2 * CELL_NR + 1], root;
	const struct cell *c;
	enum vma_cell cell;
	size_t i, nr = 0;

	for (i = 0; i < k->nr; i++)
		args[nr++] = k->args[i];
	args[nr++] = term_global(e->t, TERM_SHOWN);
	for (cell = 0; reaches(e, s, k->args, k->nr, e->vma) && cell < CELL_NR; cell++)
		args[nr++] = vma_cell_read(e, s, cell);
	for (i = 0; i < s->cells.nr; i++) {
		c = &s->cells.items[i];
		root = address_root(e->t, c->address);
		if (term_at(e->t, root)->op != TERM_LOCAL || !reaches(e, s, k->args, k->nr, root))
			continue;
		if (nr + 2 > MAX_SHOWN)
			return term_fresh(e->t, "what is read of too much memory", k->type);
		args[nr++] = c->address;
		args[nr++] = c->value;
	}
	return term_call(e->t, k->name, 0, args, nr, state, k->type);
}

static void pure(struct engine *e, const struct call *k, const struct model *m, struct state *s)
{
	bool own = m->kind != MODEL_VALUE &&
		   ((reaches(e, s, k->args, k->nr, e->vma) && vma_changed(e, s)) || has_local(e, k));
	uint64_t state = m->kind != MODEL_VALUE ? memory_of(e, s, k) : 0;

	if (k->type.kind == CTYPE_VOID)
		s->value = 0;
	else if (own)
		s->value = shown_result(e, s, k);
	else
		s->value = term_call(e->t, k->name, 0, k->args, k->nr, state, k->type);
}

/* __builtin_add_overflow(a, b, &r): r wraps at its width, the result says whether it did. */
static void overflow(struct engine *e, const struct call *k, struct state *s)
{
	term_t a = arg(k, 0), b = arg(k, 1), at = arg(k, 2), r, wrapped;
	bool add = strstr(k->name, "add"), sub = strstr(k->name, "sub");
	struct ctype ta, tb;

	s->value = term_fresh(e->t, "an overflow", ctype_bool);
	if (!a || !b || !at)
		return;
	ta = term_at(e->t, a)->type;
	tb = term_at(e->t, b)->type;
	/* Known where all three are unsigned words: of the result's type only its place is known here. */
	if ((!add && !sub) || ctype_width(ta) != 64 || ctype_width(tb) != 64 || ta.is_signed || tb.is_signed ||
	    ctype_width(term_at(e->t, memory_read(e, s, at, e->word))->type) != 64 || k->nr < 3 || k->wide != 8) {
		memory_lose(e, s, address_root(e->t, at), "the result of an overflow check");
		return;
	}
	r = term_op(e->t, add ? TERM_ADD : TERM_SUB, a, b, e->word);
	wrapped = add ? term_op(e->t, TERM_ULT, r, a, ctype_bool) : term_op(e->t, TERM_ULT, a, b, ctype_bool);
	memory_write(e, s, at, r);
	s->value = wrapped;
}

enum { AFTER_ACTION_ARGS = 3 };		/* flags, pgoff, the result; then the call's own */

/*
 * The core sets flags when it populates, and pgoff for a private mapping: when, depends on the result
 * and on what is mapped where.
 */static void after_action(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	term_t flags = vma_cell_read(e, s, CELL_FLAGS), pgoff = vma_cell_read(e, s, CELL_PGOFF);
	term_t args[AFTER_ACTION_ARGS + 8] = { flags, pgoff, s->value };
	bool ranges = m->action == ACTION_REMAP || m->action == ACTION_IOREMAP ||
		      m->action == ACTION_SIMPLE_IOREMAP || m->action == ACTION_DMA;
	size_t i, nr = AFTER_ACTION_ARGS;
	char *name;

	if (m->deferred || !s->value)
		return;
	for (i = 0; i < k->nr && i < 8; i++)
		if (k->args[i] != e->vma)
			args[nr++] = k->args[i];
	name = xasprintf("flags after %s", k->name);
	memory_write(e, s, vma_cell_address(e, CELL_FLAGS), term_call(e->t, name, 0, args, nr, 0, e->word));
	free(name);
	if (!ranges)
		return;
	name = xasprintf("pgoff after %s", k->name);
	memory_write(e, s, vma_cell_address(e, CELL_PGOFF), term_call(e->t, name, 0, args, nr, 0, e->word));
	free(name);
}

/* 0, or one of the errnos. */
static void errno_or_0(struct engine *e, const struct call *k, const struct model *m, struct state *s)
{
	term_t r = s->value;

	if (r && m->returns == RETURNS_ERRNO && k->type.kind == CTYPE_INT) {
		assume(e, s, term_op(e->t, TERM_SLE, r, term_const(e->t, 0, k->type), ctype_bool));
		assume(e, s, term_op(e->t, TERM_SLE, term_const(e->t, (uint64_t)-4095, k->type), r, ctype_bool));
	}
}

static void result(struct engine *e, const struct call *k, const struct model *m, struct state *s)
{
	bool same = m->returns_first && k->nr && k->args[0] && ctype_width(k->type);
	term_t r = same ? term_convert(e->t, k->args[0], k->type) : call_result(e, s, k);

	if (same && m->follows_first)
		assume(e, s, term_truth(e->t, k->args[0]));
	if (s->effects.nr && e->c->nr_effects)
		e->c->effects[s->effects.items[s->effects.nr - 1]].result = r;
	s->value = r;
	errno_or_0(e, k, m, s);
}

static void add_args(struct effect *f, const struct call *k)
{
	size_t i;

	for (i = 0; i < k->nr; i++)
		effect_arg(f, k->args[i]);
}

/* Known in what it does, but a hook has no vma for it. */
static void wants_vma(struct engine *e, struct state *s, const struct call *k)
{
	struct effect *f = add_effect(e, s, EFFECT_ESCAPE, k->line, k->name);

	if (k->file)
		f->file = xstrdup(k->file);
	add_args(f, k);
}

static struct effect *last_effect(struct engine *e, struct state *s)
{
	return &e->c->effects[s->effects.items[s->effects.nr - 1]];
}

/* A handler names the file, a hook has its own; the flags decide whether one that is read-only is refused. */
static void generic(struct engine *e, struct state *s, const struct call *k)
{
	struct effect *f = add_effect(e, s, EFFECT_GENERIC, k->line, k->name);

	effect_arg(f, k->nr > 1 ? k->args[0] : e->file);
	if (strstr(k->name, "readonly"))
		effect_arg(f, vma_cell_read(e, s, CELL_FLAGS));
}

void do_modelled(struct engine *e, const struct call *k, const struct model *m, struct state *s)
{
	term_t vm_ops = m->kind == MODEL_GENERIC ? vma_cell_read(e, s, CELL_VM_OPS) : 0;

	s->value = 0;
	if (m->wants_vma && reaches(e, s, k->args, k->nr, e->vma))
		wants_vma(e, s, k);
	switch (m->kind) {
	case MODEL_PURE:
	case MODEL_READ:
	case MODEL_VALUE:
		pure(e, k, m, s);
		return;
	case MODEL_OVERFLOW:
		overflow(e, k, s);
		return;
	case MODEL_FLAGS_SET:
	case MODEL_FLAGS_CLEAR:
		set_flags(e, s, k, 1, arg(k, 1), m->kind == MODEL_FLAGS_SET);
		return;
	case MODEL_FLAGS_MOD:
		set_flags(e, s, k, 1, arg(k, 1), true);
		set_flags(e, s, k, 2, arg(k, 2), false);
		return;
	case MODEL_FLAGS_INIT:
		write_flags(e, s, k->line, arg(k, 1) ? arg(k, 1) : term_fresh(e->t, "flags", e->word));
		return;
	case MODEL_BITS_SET:
	case MODEL_BITS_CLEAR:
		set_flags(e, s, k, 1, flag_bits(e, k, 1), m->kind == MODEL_BITS_SET);
		return;
	case MODEL_BITS_TEST_ANY:
	case MODEL_BITS_TEST_ALL:
		s->value = test_flags(e, s, arg(k, 0), flag_bits(e, k, 1), m->kind == MODEL_BITS_TEST_ALL);
		return;
	case MODEL_MASK_TEST_ANY:
	case MODEL_MASK_TEST_ALL:
		s->value = test_flags(e, s, arg(k, 0), arg(k, 1), m->kind == MODEL_MASK_TEST_ALL);
		return;
	case MODEL_IDENTITY:
		s->value = arg(k, 0);
		return;
	case MODEL_BITS_MASK:
		s->value = flag_bits(e, k, 0);
		if (!s->value)
			s->value = term_fresh(e->t, "a mask of flags", e->word);
		return;
	case MODEL_ACTION:
		action(e, s, k, m);
		break;
	case MODEL_GENERIC:
		generic(e, s, k);
		break;
	case MODEL_STACK:
		add_args(add_effect(e, s, EFFECT_STACK, k->line, k->name), k);
		effect_sees_mapping(e, s, last_effect(e, s));
		memory_clobber(e, s, k->args, k->nr);
		break;
	case MODEL_SET_FILE:
		effect_arg(add_effect(e, s, EFFECT_VM_FILE, k->line, k->name), arg(k, 1));
		memory_write(e, s, vma_cell_address(e, CELL_FILE), arg(k, 1));
		break;
	case MODEL_TOUCH:
		add_args(add_effect(e, s, EFFECT_TOUCH, k->line, k->name), k);
		break;
	case MODEL_WRITE:
		write_first(e, s, k);
		s->value = strcmp(k->name, "snprintf") ? arg(k, 0) : term_fresh(e->t, "the length of a text", k->type);
		return;
	case MODEL_HELPER:
		do_helper(e, s, k, m);
		errno_or_0(e, k, m, s);
		return;
	case MODEL_TAKE:
	case MODEL_DROP:
		take_or_drop(e, s, k, m);
		break;
	case MODEL_KEEPS:
	case MODEL_NORETURN:
		break;
	}
	result(e, k, m, s);
	if (m->kind == MODEL_ACTION)
		after_action(e, s, k, m);
	else if (m->kind == MODEL_GENERIC && s->value)
		memory_write(e, s, vma_cell_address(e, CELL_VM_OPS),
			     term_ite(e->t, term_truth(e->t, s->value), vm_ops, term_global(e->t, "generic_file_vm_ops")));
}
