// SPDX-License-Identifier: GPL-2.0-only
/* R1 to R6: what the handler leaves behind, and what holds the object while pages are visible. */
#include "classify/rules_internal.h"

#include <string.h>

static const struct effect *effect_of(const struct contract *c, const struct path *p, enum effect_kind kind,
				      enum state_kind state)
{
	const uint32_t *i;

	vec_each(i, &p->effects)
		if (c->effects[*i].kind == kind && (state == STATE_NONE || c->effects[*i].state == state))
			return &c->effects[*i];
	return NULL;
}

/* A lookup of for_each_x(): its next step gives back, or whoever leaves the loop, an object that nobody can name. */
static bool is_iterated(const struct contract *c, const struct path *p, const struct effect *take)
{
	const struct effect *e;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if (take->result && e->kind == EFFECT_DROP && e->in_loop && e->state == take->state && e->args.nr &&
		    e->args.items[0] && term_at(c->terms, e->args.items[0])->op == TERM_FRESH)
			return true;
	}
	return false;
}

/* R4: with an action the pages are visible before mapped runs. */
static void live_before_mapped(const struct subject *s, struct verdict *v, const struct path *p)
{
	const struct contract *c = s->contract;
	const struct effect *action = effect_of(c, p, EFFECT_ACTION, STATE_NONE), *e;
	const uint32_t *i;
	int locks = 0;

	if (!action)
		return;
	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if (e->kind == EFFECT_TAKE && e->state == STATE_LOCK)
			locks++;
		if (e->kind == EFFECT_DROP && e->state == STATE_LOCK)
			locks--;
		if (e->kind == EFFECT_ACTION && locks > 0)
			verdict_reason(v, WEIGHT_ASSISTED, "R4", e->line,
				       "%s() runs under a lock, the action would not: what the lock protects must hold without it",
				       e->name);
		if (e->kind == EFFECT_TAKE && (e->state == STATE_REFERENCE || e->state == STATE_COUNT) &&
		    !e->file_private && path_keeps(c, p, e) && !is_iterated(c, p, e)) {
			verdict_reason(v, WEIGHT_CORE, "R4", e->line,
				       "%s(%s) holds what %s() maps and the open file does not: mapped would take it too late",
				       e->name, e->detail ? e->detail : "", action->name);
			verdict_need(v, NEED_BEFORE);
		}
	}
}

/* R2: a path that fails and gives a lock back has checked what the lock protects. */
static void recheck(const struct subject *s, struct verdict *v)
{
	const struct contract *c = s->contract;
	const struct effect *lock;
	const struct path *p;

	vec_each(p, &c->paths) {
		lock = path_succeeds(p) ? NULL : effect_of(c, p, EFFECT_TAKE, STATE_LOCK);
		if (lock && !path_keeps(c, p, lock))
			verdict_reason(v, WEIGHT_NOTE, "R2", lock->line,
				       "checks under %s(%s): mapped has to lock and check again, or the check stays behind",
				       lock->name, lock->detail ? lock->detail : "");
	}
}

/* Nothing that the handler does, itself or through others, keeps all its mappings apart. */
static bool can_merge(const struct contract *c)
{
	const struct path *p;

	if (contract_find(c, EFFECT_DELEGATE) || contract_find(c, EFFECT_ESCAPE) || contract_find(c, EFFECT_STACK))
		return false;
	vec_each(p, &c->paths)
		if (path_succeeds(p) && !path_stays_apart(c, p))
			return true;
	return false;
}

static void state_effect(const struct effect *e, void *ctx)
{
	struct verdict *v = ((struct rule_walk *)ctx)->v;
	enum weight moves = v->open ? WEIGHT_NOTE : WEIGHT_ASSISTED;

	switch (e->kind) {
	case EFFECT_STORE:
		verdict_reason(v, moves, "R1", e->line, "changes %s", e->detail ? e->detail : "driver state");
		break;
	case EFFECT_OPEN:
		verdict_reason(v, moves, "R5", e->line, "calls the vm_ops' open by hand: that becomes mapped");
		break;
	case EFFECT_TAKE:
		if (e->state != STATE_LOCK && e->state != STATE_NONE &&
		    (e->state != STATE_MEMORY || strlist_has(&v->out->state, "allocation")))
			verdict_reason(v, WEIGHT_NOTE, "R1", e->line, "%s(%s)", e->name, e->detail ? e->detail : "");
		break;
	default:
		break;
	}
}

void rules_state(const struct subject *s, struct verdict *v)
{
	struct rule_walk w = { s, v };
	const struct effect *e;
	const struct path *p;
	bool unknown;
	size_t i;

	contract_each(s->contract, state_effect, &w);
	for (i = 0; i < v->out->state.nr; i++)
		verdict_reason(v, v->open ? WEIGHT_NOTE : WEIGHT_ASSISTED, "R1", 0,
			       "leaves state behind (%s): it has to move to mapped", v->out->state.items[i]);
	if (v->out->state.nr)
		recheck(s, v);
	if (v->out->state.nr && can_merge(s->contract))
		verdict_reason(v, WEIGHT_NOTE, "R6", 0,
			       "nothing keeps its mappings from merging, and a merge skips mapped: open and close have to count the same way");
	if (v->out->state.nr && s->tree->api[API_MMAP_PREPARE] && !s->tree->api[API_MAPPED]) {
		verdict_reason(v, WEIGHT_CORE, "api", 0, "state has no place to move to: this tree has no vm_ops->mapped");
		verdict_need(v, "%s", api_table[API_MAPPED].key);
	}
	vec_each(p, &s->contract->paths)
		if (path_succeeds(p))
			live_before_mapped(s, v, p);
	e = first_action(s->contract);
	if (e && contract_find(s->contract, EFFECT_VM_OPS) && (vm_ops_has(s, "close", &unknown) || unknown))
		verdict_reason(v, WEIGHT_ASSISTED, "R3", e->line,
			       "%s has a close, or is not seen: it would run for a mapping whose action failed",
			       v->out->vm_ops ? v->out->vm_ops : "the vm_ops");
	e = contract_find(s->contract, EFFECT_PRIVATE_DATA);
	if (e && !e->file_private && can_merge(s->contract))
		verdict_reason(v, WEIGHT_ASSISTED, "R6", e->line,
			       "vm_private_data = %s: a mapping that can merge would keep its neighbour's",
			       e->detail ? e->detail : "?");
}
