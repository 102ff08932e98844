// SPDX-License-Identifier: GPL-2.0-only
#include "contract/describe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "contract/models.h"

static bool is_term(const struct contract *c, term_t a)
{
	return a && c->terms && a < c->terms->nr;
}

char *guard_describe(const struct contract *c, const struct guard *g)
{
	if (is_term(c, g->term))
		return term_text(c->terms, &c->flags, g->taken ? g->term : term_not(c->terms, g->term));
	if (g->taken)
		return xstrdup(g->text);
	return xasprintf("!(%s)", g->text);
}

/* Argument i, or what stands for it where there are no terms. */
static char *arg_text(const struct contract *c, const struct effect *e, size_t i, const char *otherwise)
{
	if (i < e->args.nr && is_term(c, e->args.items[i]))
		return term_text(c->terms, &c->flags, e->args.items[i]);
	return xstrdup(otherwise ? otherwise : "?");
}

/* Of a write: address and value, or the value alone. */
static char *value_text(const struct contract *c, const struct effect *e)
{
	return arg_text(c, e, e->args.nr > 1 ? 1 : 0, e->detail);
}

/* "foo(a, b)"; where the arguments are not known, with what is said of them. */
static char *call_text(const struct contract *c, const struct effect *e)
{
	struct strbuf b = { 0 };
	char *arg;
	size_t i;

	strbuf_addf(&b, "%s(", *e->name ? e->name : "a function");
	for (i = 0; i < e->args.nr; i++) {
		arg = arg_text(c, e, i, NULL);
		strbuf_addf(&b, "%s%s", i ? ", " : "", arg);
		free(arg);
	}
	if (!e->args.nr && e->detail && (e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP))
		strbuf_adds(&b, e->detail);
	strbuf_adds(&b, ")");
	return strbuf_detach(&b);
}

/* A call with words in front. */
static char *said_call(const struct contract *c, const struct effect *e, const char *words)
{
	char *call = call_text(c, e), *text = xasprintf("%s%s", words, call);

	free(call);
	return text;
}

static char *assignment(const struct contract *c, const struct effect *e, const char *what)
{
	/* A value that is called as the field is the one that the request came with. */
	char *value = value_text(c, e);
	char *text = xasprintf("%s = %s%s", what, strcmp(value, what) ? "" : "the requested ", value);

	free(value);
	return text;
}

/* "action.error_override" of &vma->action.error_override */
static char *vma_field(const struct contract *c, const struct effect *e)
{
	const char *otherwise = *e->name ? e->name : "a field of the vma";
	char *address = e->args.nr > 1 ? arg_text(c, e, 0, NULL) : xstrdup(""), *text;

	text = assignment(c, e, str_starts(address, "&vma->") ? address + strlen("&vma->") : otherwise);
	free(address);
	return text;
}

static const char *state_words(const struct effect *e)
{
	static const char *const taken[STATE_NR] = {
		[STATE_NONE] = "does not get: ", [STATE_REFERENCE] = "takes a reference: ",
		[STATE_COUNT] = "counts up: ", [STATE_LATCH] = "latches: ", [STATE_LOCK] = "locks: ",
		[STATE_MEMORY] = "allocates: ", [STATE_LIST] = "adds to a list: ",
	};
	static const char *const given[STATE_NR] = {
		[STATE_NONE] = "gives back: ", [STATE_REFERENCE] = "drops a reference: ",
		[STATE_COUNT] = "counts down: ", [STATE_LATCH] = "releases: ", [STATE_LOCK] = "unlocks: ",
		[STATE_MEMORY] = "frees: ", [STATE_LIST] = "takes off a list: ",
	};

	return e->kind == EFFECT_TAKE ? taken[e->state] : given[e->state];
}

static char *store_text(const struct contract *c, const struct effect *e)
{
	const char *object = e->detail && *e->detail ? e->detail : "driver state";
	char *value, *text;

	if (*e->name)
		return xasprintf("%s() writes %s", e->name, object);
	if (e->args.nr < 2 || !is_term(c, e->args.items[1]))
		return xasprintf("writes %s", object);
	value = arg_text(c, e, 1, NULL);
	text = xasprintf("%s = %s", object, value);
	free(value);
	return text;
}

static char *loop_text(const struct contract *c, const struct effect *e)
{
	char *condition, *text;

	if (*e->name)
		return xasprintf("loop while %s", e->name);
	if (!e->args.nr || !is_term(c, e->args.items[0]))
		return xstrdup("loop");
	condition = arg_text(c, e, 0, NULL);
	text = xasprintf("loop while %s", condition);
	free(condition);
	return text;
}

const char *effect_does(const struct effect *e)
{
	const struct model *m = e->kind == EFFECT_DELEGATE || e->kind == EFFECT_ESCAPE ? model_find(e->name) : NULL;

	return m && m->kind == MODEL_HELPER ? m->does : NULL;
}

static char *delegate_text(const struct contract *c, const struct effect *e)
{
	const char *does = effect_does(e);
	char *call, *text;

	if (e->detail || strchr(e->name, '.'))	/* through a field: "struct ops.field" */
		return xasprintf("hands the vma to %s", e->name);
	call = call_text(c, e);
	if (does) {
		text = xasprintf("hands the vma to %s, which %s", call, does);
		free(call);
		return text;
	}
	if (!e->file)
		return call;
	free(call);
	return xasprintf("hands the vma to %s() (%s)", e->name, e->file);
}

char *effect_describe(const struct contract *c, const struct effect *e)
{
	char *value, *text;

	switch (e->kind) {
	case EFFECT_FLAGS_SET:
		return xasprintf("sets %s", e->name);
	case EFFECT_FLAGS_CLEAR:
		return xasprintf("clears %s", e->name);
	case EFFECT_FLAGS_OTHER:
		value = arg_text(c, e, 0, e->detail);
		text = xasprintf("changes flags by %s", value);
		free(value);
		return text;
	case EFFECT_PAGE_PROT:
		return assignment(c, e, "page_prot");
	case EFFECT_VM_OPS:
		return *e->name ? xasprintf("vm_ops = %s%s", strcmp(e->name, "NULL") ? "&" : "", e->name)
				: assignment(c, e, "vm_ops");
	case EFFECT_PRIVATE_DATA:
		return assignment(c, e, "private_data");
	case EFFECT_PGOFF:
		return assignment(c, e, "pgoff");
	case EFFECT_VM_FILE:
		return assignment(c, e, "vm_file");
	case EFFECT_VM_RANGE:
	case EFFECT_VMA_FIELD:
		return vma_field(c, e);
	case EFFECT_TAKE:
	case EFFECT_DROP:
		return said_call(c, e, state_words(e));
	case EFFECT_STORE:
		return store_text(c, e);
	case EFFECT_STORE_VMA:
		return xasprintf("keeps the vma or its mm in %s", e->detail ? e->detail : "driver state");
	case EFFECT_OPEN:
		return said_call(c, e, "calls open by hand: ");
	case EFFECT_DELEGATE:
		return delegate_text(c, e);
	case EFFECT_STACK:
		return said_call(c, e, "maps another file: ");
	case EFFECT_ESCAPE:
		if (effect_does(e))
			return delegate_text(c, e);
		return said_call(c, e, "the vma goes to ");
	case EFFECT_LOOP:
		return loop_text(c, e);
	case EFFECT_ACTION:
	case EFFECT_GENERIC:
	case EFFECT_CALL:
	case EFFECT_TOUCH:
		break;
	}
	if (!e->args.nr && e->detail && strchr(e->detail, '('))
		return xstrdup(e->detail);
	if (!e->args.nr && e->kind == EFFECT_GENERIC)
		return xasprintf("%s(...)", e->name);
	if (!e->via)
		return call_text(c, e);
	value = call_text(c, e);
	text = xasprintf("%s, through %s() of a header", value, e->via);
	free(value);
	return text;
}

size_t effects_describe(const struct contract *c, const struct path *p, size_t i, char **text)
{
	const struct effect *first = &c->effects[p->effects.items[i]], *e;
	struct strbuf b = { 0 };
	size_t nr = 1;

	*text = effect_describe(c, first);
	if (first->kind != EFFECT_FLAGS_SET && first->kind != EFFECT_FLAGS_CLEAR)
		return nr;
	strbuf_adds(&b, *text);
	for (; i + nr < p->effects.nr; nr++) {
		e = &c->effects[p->effects.items[i + nr]];
		if (e->kind != first->kind || e->line != first->line || e->loop != first->loop)
			break;
		strbuf_addf(&b, ", %s", e->name);
	}
	free(*text);
	*text = strbuf_detach(&b);
	return nr;
}

/* The call of the path whose result this is: "foo()", "ops.field()"; or NULL. */
static char *whose_result(const struct contract *c, const struct path *p)
{
	const struct effect *e;
	size_t i;

	if (p->call && *p->call)
		return xasprintf("%s()", p->call);
	for (i = p->effects.nr; p->result_term && i-- > 0;) {
		e = &c->effects[p->effects.items[i]];
		if (e->result == p->result_term && *e->name)
			return xasprintf("%s()", e->name);
	}
	return NULL;
}

static char *error_text(const struct contract *c, const struct path *p)
{
	const char *name = errno_name(p->value);
	char *call, *text;

	if (name)
		return xasprintf("-%s", name);
	if (p->value)
		return xasprintf("%" PRId64, p->value);
	call = whose_result(c, p);
	if (call)
		text = xasprintf("the error of %s", call);
	else if (is_term(c, p->result_term))
		text = xasprintf("the error in %s", call = term_text(c->terms, &c->flags, p->result_term));
	else
		text = xstrdup("an error");
	free(call);
	return text;
}

char *result_describe(const struct contract *c, const struct path *p)
{
	char *call, *text;

	switch (p->result) {
	case RESULT_ZERO:
		return xstrdup("0");
	case RESULT_ERROR:
		return error_text(c, p);
	case RESULT_CALL:
		call = whose_result(c, p);
		text = call ? xasprintf("what %s returns", call) : xstrdup("what a call returns");
		free(call);
		return text;
	case RESULT_UNKNOWN:
		break;
	}
	if (is_term(c, p->result_term))
		return term_text(c->terms, &c->flags, p->result_term);
	return xstrdup(p->unmodelled ? "?" : "nothing");
}

const struct unmodelled *path_unmodelled(const struct contract *c, const struct path *p)
{
	if (!p->unmodelled || p->unmodelled > c->unmodelled.nr)
		return NULL;
	return &c->unmodelled.items[p->unmodelled - 1];
}
