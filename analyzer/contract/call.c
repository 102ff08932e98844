// SPDX-License-Identifier: GPL-2.0-only
/* Calls: arguments first, then a model, the function's own body, or an effect of its own. */
#include <stdlib.h>

#include "contract/engine.h"
#include "contract/models.h"

enum { MAX_INLINE = 12, MAX_ARGS = 16, MAX_RESULTS = 4 };

static bool can_inline(struct engine *e, const struct call *k, struct state *s, const struct function **f)
{
	unsigned i;

	*f = *k->name ? unit_function(e->u, k->name) : NULL;
	if (!*f || !(*f)->body || (*f)->nr_params > k->nr)
		return false;
	for (i = 0; i < e->depth; i++)
		if (e->stack[i] == *f) {
			unmodelled(e, s, k->line, "recursion");
			return false;
		}
	if (e->depth >= MAX_INLINE) {
		unmodelled(e, s, k->line, "helpers nested too deeply");
		return false;
	}
	return true;
}

static void add_helper(struct engine *e, const struct call *k, struct state *s, const struct function *f)
{
	bool vma = reaches(e, s, k->args, k->nr, e->vma);
	struct helper *h;

	vec_each(h, &e->c->helpers)
		if (!strcmp(h->name, f->name)) {
			h->takes_vma |= vma;
			return;
		}
	h = vec_push(&e->c->helpers);
	h->name = xstrdup(f->name);
	h->line = k->line;
	h->takes_vma = vma;
}

static void bind(struct engine *e, const struct function *f, const struct call *k, struct state *s)
{
	struct ctype t;
	term_t at, v;
	size_t i;

	for (i = 0; i < f->nr_params; i++) {
		t = f->params[i].ctype;
		at = variable_add(e, s, f->params[i].name, t, NULL, k->line);
		v = k->args[i];
		if (!v)
			continue;
		if ((t.kind == CTYPE_INT || t.kind == CTYPE_POINTER || t.kind == CTYPE_BOOL) &&
		    term_at(e->t, v)->type.kind != CTYPE_RECORD)
			v = term_convert(e->t, v, t);
		memory_write(e, s, at, v);
	}
}

/* Follow the function's body in place of the call. */
static void inline_call(struct engine *e, const struct call *k, const struct function *f, struct state *s,
			struct states *out)
{
	unsigned outer = e->frame, line = e->line;
	struct states after = { 0 }, ended = { 0 };
	size_t i, nr = s->variables.nr, nr_guards = s->guards.nr;
	uint32_t loop = s->loop;
	struct state *t;

	/* Lines are those of the handler's file, which can be a header that uses a function of the file read. */
	if (!e->line && !strcmp(f->file, e->u->file))
		add_helper(e, k, s, f);
	if (!e->line && strcmp(f->file, e->stack[0]->file))
		e->line = k->line;
	e->frame = ++e->frames;
	bind(e, f, k, s);
	e->stack[e->depth++] = f;
	exec(e, f->body, s, &after);
	e->depth--;
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow != FLOW_RETURN)
			t->value = f->result.kind == CTYPE_VOID || f->result.kind == CTYPE_NONE ? 0
				: term_fresh(e->t, "no value was returned", f->result);
		else if (t->value && (f->result.kind == CTYPE_INT || f->result.kind == CTYPE_BOOL ||
				      f->result.kind == CTYPE_POINTER) &&
			 term_at(e->t, t->value)->type.kind != CTYPE_RECORD)
			t->value = term_convert(e->t, t->value, f->result);
		t->flow = FLOW_NEXT;
		t->loop = loop;
		scope_end(e, nr, t, &ended);
	}
	vec_free(&after);
	e->line = line;
	e->frame = outer;
	join_same(&ended, 0, nr_guards);
	if (ended.nr > MAX_RESULTS)
		take_together(e, &ended, 0);
	states_move(out, &ended);
}

static unsigned occurrence(struct state *s, const char *function)
{
	struct occurrence *o;

	vec_each(o, &s->calls)
		if (!strcmp(o->function, function))
			return ++o->nr;
	o = vec_push(&s->calls);
	o->function = function;
	return o->nr = 1;
}

/* "v4l2_file_operations.mmap", from where the pointer was read. */
static char *pointer_name(const struct engine *e, term_t callee)
{
	const struct term *x = term_at(e->t, callee);
	char *text, *name;
	const char *tag;

	if (x->op == TERM_GLOBAL && x->name)
		return xstrdup(x->name);
	if (x->op == TERM_LOAD && term_at(e->t, x->a)->op == TERM_FIELD) {
		tag = member_tag(e, x->a);
		return xasprintf("%s%s%s", tag ? tag : "", tag ? "." : "", term_at(e->t, x->a)->name);
	}
	text = term_text(e->t, NULL, callee);
	name = xasprintf("pointer %s", text);
	free(text);
	return name;
}

static bool is_own_open(const struct engine *e, const char *function)
{
	char *want = xasprintf("open=%s", function);
	const struct vm_ops_table *t;
	bool found = false;

	vec_each(t, &e->u->vm_ops)
		found |= strlist_has(&t->fields, want);
	free(want);
	return found;
}

/* A callback that the vm_ops table has which the pointer was read from; NULL: not known. */
static const char *table_function(const struct engine *e, term_t callee)
{
	const struct term *x = term_at(e->t, callee), *field, *table;
	const struct vm_ops_table *t;
	char **f;
	size_t len;

	field = x->op == TERM_LOAD ? term_at(e->t, x->a) : NULL;
	table = field && field->op == TERM_FIELD ? term_at(e->t, field->a) : NULL;
	if (!table || table->op != TERM_GLOBAL)
		return NULL;
	len = strlen(field->name);
	vec_each(t, &e->u->vm_ops) {
		if (!t->is_const || strcmp(t->name, table->name))
			continue;
		for (f = t->fields.items; f < t->fields.items + t->fields.nr; f++)
			if (!strncmp(*f, field->name, len) && (*f)[len] == '=' && (*f)[len + 1])
				return *f + len + 1;
	}
	return NULL;
}

/* The row for a callback of a table of another file, "vb2_common_vm_ops.open", or NULL. */
static const struct model *table_model(const struct engine *e, term_t callee)
{
	const struct term *x = term_at(e->t, callee), *field, *table;
	const struct vm_ops_table *t;
	const struct model *m;
	char *name;

	field = x->op == TERM_LOAD ? term_at(e->t, x->a) : NULL;
	table = field && field->op == TERM_FIELD ? term_at(e->t, field->a) : NULL;
	if (!table || table->op != TERM_GLOBAL)
		return NULL;
	vec_each(t, &e->u->vm_ops)
		if (!strcmp(t->name, table->name))	/* this file's own, of that name */
			return NULL;
	name = xasprintf("%s.%s", table->name, field->name);
	m = model_find(name);
	free(name);
	return m;
}

/* The function that a pointer is known to point to, or NULL. */
static const char *pointed_function(const struct engine *e, term_t callee)
{
	callee = term_strip(e->t, callee);
	return term_at(e->t, callee)->op == TERM_GLOBAL ? term_at(e->t, callee)->name : table_function(e, callee);
}

static void add_args(struct effect *f, const struct call *k)
{
	size_t i;

	for (i = 0; i < k->nr; i++)
		effect_arg(f, k->args[i]);
}

term_t call_result(struct engine *e, struct state *s, const struct call *k)
{
	const char *name = *k->name ? term_at(e->t, term_global(e->t, k->name))->name : NULL;
	char *pointer = NULL;
	unsigned nr;
	term_t r;

	if (!name) {
		pointer = pointer_name(e, k->callee);
		/* Interned, since states keep it. */
		name = term_at(e->t, term_global(e->t, pointer))->name;
	}
	nr = occurrence(s, name);
	free(pointer);
	if (k->type.kind == CTYPE_VOID)
		return 0;
	r = term_call(e->t, *k->name ? name : NULL, *k->name ? 0 : k->callee, k->args, k->nr, nr, k->type);
	return r;
}

/* A function of which nothing is known: it may change everything that it can reach. */
static void opaque(struct engine *e, const struct call *k, struct state *s)
{
	bool vma = reaches(e, s, k->args, k->nr, e->vma), pointer = !*k->name;
	bool own = !pointer && unit_function(e->u, k->name);	/* recursion, too deep: said there */
	char *name = pointer ? pointer_name(e, k->callee) : xstrdup(k->name);
	struct effect *f;
	term_t result;

	if (pointer && vma && !strcmp(name, "vm_operations_struct.open")) {
		f = add_effect(e, s, EFFECT_OPEN, k->line, name);
	} else {
		f = add_effect(e, s, !vma || own ? EFFECT_CALL : pointer || strstr(name, "mmap") ? EFFECT_DELEGATE
			       : EFFECT_ESCAPE, k->line, name);
		if (pointer)
			f->detail = xstrdup("pointer");
		else if (k->file)
			f->file = xstrdup(k->file);
	}
	add_args(f, k);
	effect_sees(e, s, f, k->args, k->nr);
	if (vma && !pointer && !own)
		effect_sees_mapping(e, s, f);
	result = call_result(e, s, k);
	e->c->effects[s->effects.items[s->effects.nr - 1]].result = result;
	memory_clobber(e, s, k->args, k->nr);
	if (vma && !own)
		unmodelled_effect(e, s, k->line, pointer ? "the vma goes through the pointer %s"
				  : "the vma goes to %s(), which is not modelled", name);
	else if (pointer)
		unmodelled_effect(e, s, k->line, "a call through the pointer %s", name);
	free(name);
	s->value = result;
}

void do_call(struct engine *e, const struct call *k, struct state *s, struct states *out)
{
	const char *known = !*k->name && k->callee ? pointed_function(e, k->callee) : NULL;
	struct term callee = *term_at(e->t, term_strip(e->t, k->callee));
	const struct function *f = NULL;
	struct call direct = *k;
	const struct model *m;

	/* One of two: a way for each. */
	if (!*k->name && callee.op == TERM_ITE) {
		struct states yes = { 0 }, no = { 0 };
		size_t i;

		branch_term(e, callee.a, NULL, k->line, s, &yes, &no);
		direct.callee = callee.b;
		for (i = 0; i < yes.nr; i++)
			do_call(e, &direct, &yes.items[i], out);
		direct.callee = callee.c;
		for (i = 0; i < no.nr; i++)
			do_call(e, &direct, &no.items[i], out);
		vec_free(&yes);
		vec_free(&no);
		return;
	}
	if (known) {
		direct.name = known;
		k = &direct;
	}
	m = *k->name ? model_find(k->name) : k->callee ? table_model(e, term_strip(e->t, k->callee)) : NULL;
	if (m && !*k->name) {
		direct.name = m->name;
		k = &direct;
		if (str_ends(k->name, ".open") && reaches(e, s, k->args, k->nr, e->vma))
			effect_arg(add_effect(e, s, EFFECT_OPEN, k->line, k->name), k->args[0]);
	}
	if (m && m->in && (!k->file || !strstr(k->file, m->in)))
		m = NULL;
	if (m && m->kind == MODEL_NORETURN) {
		state_free(s);
		return;
	}
	if (m && take_conditionally(e, k, m, s, out))
		return;
	/* A body says more than those rows. */
	if (m && m->kind != MODEL_PURE && m->kind != MODEL_HELPER) {
		do_modelled(e, k, m, s);
		*vec_push(out) = *s;
		return;
	}
	if (*k->name && is_own_open(e, k->name) && reaches(e, s, k->args, k->nr, e->vma))
		effect_arg(add_effect(e, s, EFFECT_OPEN, k->line, k->name), k->args[0]);
	if (can_inline(e, k, s, &f)) {
		inline_call(e, k, f, s, out);
		return;
	}
	if (m)
		do_modelled(e, k, m, s);
	else
		opaque(e, k, s);
	*vec_push(out) = *s;
}

void eval_call(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	uint32_t callee = n->child, a;
	struct states after = { 0 };
	bool pointer = !n->name || !*n->name;
	term_t args[MAX_ARGS] = { 0 };
	size_t i, k, nr = 0, first;
	uint32_t wide = 0;
	struct call c;
	struct state *t;

	for (a = callee ? engine_node(e, callee)->next : 0; a; a = engine_node(e, a)->next) {
		nr++;
		wide = engine_node(e, a)->elem;
	}
	/* The pointer is evaluated like an argument. */
	first = pointer ? callee : callee ? engine_node(e, callee)->next : 0;
	eval_list(e, (uint32_t)first, nr + pointer, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow != FLOW_NEXT) {
			*vec_push(out) = *t;
			continue;
		}
		memset(&c, 0, sizeof(c));
		for (k = nr; k-- > 0;) {
			a = state_pop(t);
			if (k < MAX_ARGS)
				args[k] = a;
		}
		if (pointer)
			c.callee = state_pop(t);
		c.node = n;
		c.name = pointer ? "" : n->name;
		c.file = n->file;
		c.args = args;
		c.nr = nr < MAX_ARGS ? nr : MAX_ARGS;
		c.type = n->ctype;
		c.wide = wide;
		c.line = line_of(e, n);
		if (nr > MAX_ARGS)
			unmodelled(e, t, c.line, "a call with more arguments than are read");
		do_call(e, &c, t, out);
	}
	vec_free(&after);
}
