// SPDX-License-Identifier: GPL-2.0-only
/* Three logs beside each other, of internal.h. */
#include <stdlib.h>
#include <string.h>

#include "compare/entered.h"
#include "compare/internal.h"

/* A subject in the three logs, and all the handlers that its requests entered. */
struct whole { const char *name; struct entered entered; };

struct work {
	const struct boot_inputs *in;
	const struct boot_log *logs;
	struct boot_result *out;
	struct names names;
	struct retry retry;
	VEC(struct whole) subjects;
	unsigned *compared;			/* values, by handler */
	unsigned untraced;			/* requests without "called" in some log */
};

/* One request or subject, while it is compared. */
struct item {
	const char *subject, *request;
	const struct log_values *values[LOGS];	/* NULL: not there */
	struct entered entered;
	struct indices blamed;
	bool refused;
	bool nameless;				/* a handler's new name is not known: what was called is not compared */
};

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static struct whole *whole_of(struct work *w, const char *subject)
{
	struct whole *s;

	/* The last one is asked for most. */
	for (s = w->subjects.items + w->subjects.nr; s > w->subjects.items; s--)
		if (!strcmp(s[-1].name, subject))
			return s - 1;
	s = vec_push(&w->subjects);
	s->name = subject;
	return s;
}

static void add_unstable(struct work *w, const struct item *item, const char *key, const char *first, const char *second)
{
	const size_t *p;

	*vec_push(&w->out->unstable) = (struct boot_unstable){ text_or_null(item->subject), text_or_null(item->request), text_or_null(key),
							       text_or_null(first), text_or_null(second) };
	vec_each(p, &item->entered.sure)
		w->out->handlers.items[*p].record.unstable++;
}

/* What announced it: the proof, of a patch that the new kernel has; or any patch that was made by hand. */
static const char *kind_for(struct work *w, const struct item *item, size_t handler, const struct place *at,
			    const char *old_value, const char *new_value)
{
	const char *kind = NULL;

	if (w->out->handlers.items[handler].patched)
		kind = expected_kind(&w->in->inv->handlers.items[handler], at, old_value, new_value, item->refused);
	return kind ? kind : expected_patch(w->in, at, old_value, new_value);
}

static void add_difference(struct work *w, const struct item *item, const char *key, const char *old_value,
			   const char *new_value, const char *note)
{
	struct place at = { item->subject, item->request, key };
	struct boot_record *record;
	bool once = retry_agrees(&w->retry, &at, old_value);
	const size_t *p;

	if (once) {
		boot_difference_make(vec_push(&w->out->once), &at, old_value, new_value, NULL, note);
		vec_each(p, &item->blamed)
			w->out->handlers.items[*p].record.unstable++;
		return;
	}
	vec_each(p, &item->blamed) {
		const char *kind = kind_for(w, item, *p, &at, old_value, new_value);

		record = &w->out->handlers.items[*p].record;
		boot_difference_make(kind ? vec_push(&record->expected) : vec_push(&record->differences), &at, old_value,
				     new_value, kind, note);
	}
	if (!item->blamed.nr)
		boot_difference_make(vec_push(&w->out->others), &at, old_value, new_value, NULL, note);
}

static void count_value(struct work *w, const struct item *item)
{
	const size_t *p;

	w->out->values++;
	vec_each(p, &item->entered.sure)
		w->compared[*p]++;
}

static void compare_value(struct work *w, const struct item *item, const char *key)
{
	const char *value[LOGS];
	int i;

	for (i = 0; i < LOGS; i++)
		value[i] = log_value(item->values[i], key);
	if (!same(value[OLD], value[AGAIN])) {
		add_unstable(w, item, key, value[OLD], value[AGAIN]);
		return;
	}
	count_value(w, item);
	if (!same(value[OLD], value[NEW]))
		add_difference(w, item, key, value[OLD], value[NEW], NULL);
}

/* Every key of any of the three, once, in the order of the first one that has it. */
static void compare_values(struct work *w, const struct item *item)
{
	const struct log_value *v;
	int i;

	for (i = 0; i < LOGS; i++)
		vec_each(v, item->values[i])
			if (!(i > OLD && log_value(item->values[OLD], v->key)) &&
			    !(i > AGAIN && log_value(item->values[AGAIN], v->key)))
				compare_value(w, item, v->key);
}

/* A mapping beside the first one that stood, and does not any more: the key of an errno holds "ok" or its name. */
static bool is_refused(const struct log_values *old_values, const struct log_values *new_values)
{
	static const char *const keys[] = { "one", "two", "over", NULL };
	const char *a, *b;
	size_t i;

	for (i = 0; keys[i]; i++) {
		a = log_value(old_values, keys[i]);
		b = log_value(new_values, keys[i]);
		if (a && b && !strcmp(a, "ok") && b[0] == 'E')
			return true;
	}
	return false;
}

static char *joined(const struct strlist *l)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&b, l->nr ? "" : "none");
	for (i = 0; i < l->nr; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", l->items[i]);
	return strbuf_detach(&b);
}

static void compare_called(struct work *w, const struct item *item, const struct entered *e,
			   const struct log_request *const *r)
{
	char *text[LOGS];
	int i;

	if (item->nameless)
		return;
	for (i = 0; i < LOGS; i++)
		text[i] = joined(&r[i]->called);
	if (!strlist_equal(&e[OLD].tokens, &e[AGAIN].tokens)) {
		add_unstable(w, item, "called", text[OLD], text[AGAIN]);
	} else {
		count_value(w, item);
		if (!strlist_equal(&e[OLD].tokens, &e[NEW].tokens))
			add_difference(w, item, "called", text[OLD], text[NEW], NULL);
	}
	for (i = 0; i < LOGS; i++)
		free(text[i]);
}

/* In place of a subject that the new kernel had not, in the first pair of boots, what the second one has of it. */
static bool in_second(const struct work *w, const char *subject)
{
	const struct log_subject *first = boot_log_subject(&w->logs[NEW], subject), *second;

	if (!w->retry.new || !first || !first->absent)
		return false;
	second = boot_log_subject(w->retry.new, subject);
	return second && !second->absent;
}

/* Is it to be seen at all in that log: was the subject there? */
static const struct log_subject *there(const struct work *w, int log, const char *subject)
{
	const struct log_subject *s = boot_log_subject(&w->logs[log], subject);

	return s && !s->absent ? s : NULL;
}

/* In one kernel only, or in one of the old one's boots. */
static void compare_missing(struct work *w, struct item *item)
{
	const struct boot_log_state *state = w->out->logs;
	const char *old_value = item->values[OLD] ? "tried" : NULL, *new_value = item->values[NEW] ? "tried" : NULL;

	/* The subject's own difference says it for all its requests. */
	if (!item->values[OLD] != !item->values[AGAIN]) {
		if (there(w, OLD, item->subject) && there(w, AGAIN, item->subject))
			add_unstable(w, item, NULL, old_value, item->values[AGAIN] ? "tried" : NULL);
		return;
	}
	if (!there(w, new_value ? OLD : NEW, item->subject))
		return;
	if (new_value && state[OLD].cut && state[AGAIN].cut) {
		strlist_addf(&w->out->losses, "%s: %s: only the new kernel's log has it, and the others are not whole: not compared",
			     item->subject, item->request);
		return;
	}
	add_difference(w, item, NULL, old_value, new_value, !new_value ? state[NEW].cut : NULL);
}

static void note_idle(struct work *w, const struct item *item, bool traced)
{
	if (!traced)
		w->untraced++;
	else if (!item->entered.sure.nr && !item->entered.maybe.nr)
		strlist_addf(&w->out->idle, "%s: %s", item->subject, item->request);
}

static void count_request(struct work *w, const struct item *item, const struct log_request *const *r)
{
	const size_t *p;
	int i;

	w->out->requests++;
	vec_each(p, &item->entered.sure)
		w->out->handlers.items[*p].record.requests++;
	for (i = 0; i < LOGS; i++)
		if (log_value(&r[i]->values, "truncated")) {
			strlist_addf(&w->out->losses, "%s: %s: its result was too long for the probe: the rest was not compared",
				     item->subject, item->request);
			return;
		}
}

/* A patch made by hand need not say what the hook is called. */
static void note_nameless(struct work *w, struct item *item)
{
	struct boot_handler *h;
	const size_t *p;
	char *sentence;

	vec_each(p, &item->entered.sure) {
		h = &w->out->handlers.items[*p];
		if (!h->patched || w->in->inv->handlers.items[*p].conversion.new_name)
			continue;
		item->nameless = h->unclear = true;
		sentence = xasprintf("%s: the inventory does not say what its hook is called: whether the new kernel entered "
				     "it is not known", h->id);
		strlist_add_once(&w->out->unclear, sentence);
		free(sentence);
	}
}

static void compare_one(struct work *w, const struct log_request *const *r, const char *subject, const char *name)
{
	struct item item = { .subject = subject, .request = name };
	struct entered e[LOGS];
	bool traced = true;
	const size_t *p;
	int i;

	memset(e, 0, sizeof(e));
	for (i = 0; i < LOGS; i++) {
		if (!r[i])
			continue;
		item.values[i] = &r[i]->values;
		traced &= r[i]->traced;
		entered_add(&e[i], &w->names, &r[i]->called, i == NEW, w->out);
		entered_join(&item.entered, &e[i]);
		vec_each(p, &e[i].sure)
			*(i == NEW ? &w->out->handlers.items[*p].reached_new : &w->out->handlers.items[*p].reached_old) = true;
	}
	entered_join(&whole_of(w, subject)->entered, &item.entered);
	entered_blamed(&item.entered, w->out, &item.blamed);
	note_nameless(w, &item);
	note_idle(w, &item, traced);
	if (r[OLD] && r[AGAIN] && r[NEW]) {
		count_request(w, &item, r);
		item.refused = is_refused(&r[OLD]->values, &r[NEW]->values);
		if (traced)
			compare_called(w, &item, e, r);
		compare_values(w, &item);
	} else {
		compare_missing(w, &item);
	}
	for (i = 0; i < LOGS; i++)
		entered_free(&e[i]);
	entered_free(&item.entered);
	vec_free(&item.blamed);
}

static void compare_states(struct work *w, struct item *item, const struct log_subject *const *s)
{
	const char *state[LOGS];
	int i;

	for (i = 0; i < LOGS; i++)
		state[i] = s[i] ? s[i]->states : NULL;
	if (!same(state[OLD], state[AGAIN])) {
		add_unstable(w, item, "state", state[OLD], state[AGAIN]);
		return;
	}
	count_value(w, item);
	if (same(state[OLD], state[NEW])) {
		if (s[OLD] && s[OLD]->absent)
			*vec_push(&w->out->absent) = (struct boot_absent){
				xstrdup(item->subject), xstrdup(s[OLD]->why ? s[OLD]->why : "the probe does not say why") };
		else if (strcmp(state[OLD], "ready done"))
			strlist_addf(&w->out->losses, "%s: %s, in both kernels: not all of it was tried", item->subject, state[OLD]);
		return;
	}
	add_difference(w, item, "state", state[OLD], state[NEW],
		       !state[NEW] && w->out->logs[NEW].cut ? w->out->logs[NEW].cut :
		       s[NEW] && s[NEW]->why ? s[NEW]->why : s[OLD] ? s[OLD]->why : NULL);
}

static void compare_subject(struct work *w, struct whole *whole)
{
	struct item item = { .subject = whole->name };
	const struct log_subject *s[LOGS];
	const size_t *p;
	int i;

	for (i = 0; i < LOGS; i++) {
		s[i] = boot_log_subject(&w->logs[i], whole->name);
		item.values[i] = s[i] ? &s[i]->left : NULL;
	}
	vec_each(p, &whole->entered.sure)
		indices_add_once(&item.entered.sure, *p);
	entered_blamed(&whole->entered, w->out, &item.blamed);
	compare_states(w, &item, s);
	if (in_second(w, whole->name)) {
		s[NEW] = boot_log_subject(w->retry.new, whole->name);
		item.values[NEW] = &s[NEW]->left;
	}
	if (s[OLD] && s[AGAIN] && s[NEW] && same(s[OLD]->states, s[AGAIN]->states) && same(s[OLD]->states, s[NEW]->states))
		compare_values(w, &item);
	entered_free(&item.entered);
	vec_free(&item.blamed);
}

/* Requests and subjects in the order of the first log that has them. */
static void compare_all(struct work *w)
{
	const struct log_request *r[LOGS];
	const struct log_subject *s;
	struct whole *whole;
	size_t k;
	int i, j;

	for (i = 0; i < LOGS; i++)
		for (k = 0; k < w->logs[i].requests.nr; k++) {
			const struct log_request *at = &w->logs[i].requests.items[k];

			for (j = 0; j < LOGS; j++)
				r[j] = boot_log_find(&w->logs[j], at->subject, at->name);
			if (in_second(w, at->subject))
				r[NEW] = boot_log_find(w->retry.new, at->subject, at->name);
			/* Its turn was in an earlier log, or it is the second of that name. */
			if (r[i] == at && (i == OLD || !r[OLD]) && (i < NEW || !r[AGAIN]))
				compare_one(w, r, at->subject, at->name);
		}
	for (i = 0; i < LOGS; i++)
		vec_each(s, &w->logs[i].subjects)
			whole_of(w, s->name);
	vec_each(whole, &w->subjects)
		compare_subject(w, whole);
}

/* Without the tracer nobody knows whose a request was. */
static void note_untraced(struct work *w)
{
	const char *trace = NULL;
	int i;

	for (i = LOGS; i-- > 0;)
		trace = w->out->logs[i].trace ? w->out->logs[i].trace : trace;
	if (w->untraced)
		strlist_addf(&w->out->losses, "%u requests: which handlers they entered is not known (the tracer: %s)", w->untraced,
			     trace ? trace : "nothing is said of it");
}

static const char *verdict_of(const struct boot_handler *h, unsigned compared)
{
	if (h->record.differences.nr)
		return "differs";
	if (h->unclear && (!h->reached_old || !h->reached_new))
		return "unclear";
	if (!h->reached_old && !h->reached_new)
		return h->built ? "not-reached" : "not-built";
	return h->record.reached && h->record.requests && compared ? "same" : "not-compared";
}

void compare_requests(const struct boot_inputs *in, const struct boot_log *logs, const struct boot_log *retries,
		      struct boot_result *out)
{
	struct work w = { .in = in, .logs = logs, .out = out, .compared = xcalloc(out->handlers.nr + 1, sizeof(unsigned)) };
	struct whole *whole;
	struct boot_handler *h;

	names_make(&w.names, in, out);
	if (retries)
		w.retry = (struct retry){ &retries[0], &retries[1], &w.names, out };
	compare_all(&w);
	note_untraced(&w);
	vec_each(h, &out->handlers) {
		h->built |= h->reached_old || h->reached_new;
		h->record.reached = h->reached_old && h->reached_new;
		h->record.verdict = xstrdup(verdict_of(h, w.compared[h - out->handlers.items]));
	}
	vec_each(whole, &w.subjects)
		entered_free(&whole->entered);
	vec_free(&w.subjects);
	names_free(&w.names);
	free(w.compared);
}
