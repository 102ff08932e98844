// SPDX-License-Identifier: GPL-2.0-only
/* Variables: declared, found by name, and what happens when their scope ends. */
#include "contract/engine.h"

struct variable *variable_find(struct engine *e, struct state *s, const char *name)
{
	size_t i;

	for (i = s->variables.nr; i-- > 0;)
		if (s->variables.items[i].frame == e->frame && !strcmp(s->variables.items[i].name, name))
			return &s->variables.items[i];
	return NULL;
}

term_t variable_add(struct engine *e, struct state *s, const char *name, struct ctype type,
		    const char *cleanup, unsigned line)
{
	struct variable *v = vec_push(&s->variables);

	v->name = name;
	v->address = term_local(e->t, name, ++e->numbers);
	v->type = type;
	v->cleanup = cleanup;
	v->frame = e->frame;
	v->line = line;
	return v->address;
}

/* What a variable held is gone with it. */
static void drop(struct engine *e, struct state *s, term_t local)
{
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++)
		if (!is_below(e->t, s->cells.items[i].address, local))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
	for (i = n = 0; i < s->escaped.nr; i++)
		if (s->escaped.items[i] != local)
			s->escaped.items[n++] = s->escaped.items[i];
	s->escaped.nr = n;
}

/* The function of a cleanup attribute gets the variable's address. */
static void run_cleanup(struct engine *e, const struct variable *v, struct state *s, struct states *out)
{
	static const struct node none = { .kind = NODE_CALL };
	struct call k = { .node = &none, .name = v->cleanup, .args = &v->address, .nr = 1, .line = v->line };

	k.type.kind = CTYPE_VOID;
	do_call(e, &k, s, out);
}

void scope_end(struct engine *e, size_t nr, struct state *s, struct states *out)
{
	enum flow flow = s->flow;
	const char *label = s->label;
	unsigned line = s->line;
	term_t value = s->value;
	struct states after = { 0 };
	struct variable v;
	struct state *t;
	size_t i;

	if (s->variables.nr <= nr) {
		*vec_push(out) = *s;
		return;
	}
	v = s->variables.items[s->variables.nr - 1];
	if (!v.cleanup) {
		drop(e, s, v.address);
		s->variables.nr--;
		scope_end(e, nr, s, out);
		return;
	}
	/* The cleanup runs whichever way the scope is left, and the way goes on after it. */
	s->flow = FLOW_NEXT;
	run_cleanup(e, &v, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		t->flow = flow;
		t->label = label;
		t->line = line;
		t->value = value;
		drop(e, t, v.address);
		t->variables.nr--;
		scope_end(e, nr, t, out);
	}
	vec_free(&after);
}
