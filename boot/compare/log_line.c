// SPDX-License-Identifier: GPL-2.0-only
/* One line of a probe's log, of internal.h; its format is boot/probe/probe.h. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "compare/internal.h"

/* The probe's own limits are below these. */
enum {
	MAX_NAME = 256, MAX_VALUE = 8192, MAX_VALUES = 512, MAX_CALLED = 256,
	MAX_SUBJECTS = 4096, MAX_REQUESTS = 200000, DEPTH = 4,
};

/* A name as it may be in a report: short, no control character. */
static const char *name_of(struct json_object *o)
{
	const char *s = json_object_is_type(o, json_type_string) ? json_object_get_string(o) : NULL, *p;

	if (!s || !*s || strlen(s) > MAX_NAME || strlen(s) != (size_t)json_object_get_string_len(o))
		return NULL;
	for (p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return NULL;
	return s;
}

static bool is_value(struct json_object *o)
{
	if (json_object_is_type(o, json_type_int))
		return true;
	return json_object_is_type(o, json_type_string) && json_object_get_string_len(o) <= MAX_VALUE &&
	       strlen(json_object_get_string(o)) == (size_t)json_object_get_string_len(o);
}

static char *read_result(struct json_object *o, struct log_values *values)
{
	if (!json_object_is_type(o, json_type_object))
		return xstrdup("its result is no object");
	json_object_object_foreach(o, key, value) {
		if (!*key || strlen(key) > MAX_NAME || key[strcspn(key, "\x7f\n\r\t")] || !is_value(value))
			return xstrdup("its result holds more than short names with a text or a whole number");
		if (values->nr == MAX_VALUES)
			return xstrdup("its result is too long");
		*vec_push(values) = (struct log_value){ xstrdup(key), xstrdup(json_object_get_string(value)) };
	}
	return NULL;
}

static char *read_called(struct json_object *o, struct strlist *called)
{
	size_t i;

	if (!json_object_is_type(o, json_type_array) || json_object_array_length(o) > MAX_CALLED)
		return xstrdup("what it called is no short list");
	for (i = 0; i < json_object_array_length(o); i++) {
		const char *name = name_of(json_object_array_get_idx(o, i));

		if (!name)
			return xstrdup("what it called is no list of names");
		strlist_add(called, name);
	}
	strlist_sort_once(called);
	return NULL;
}

static void free_values(struct log_values *l)
{
	struct log_value *v;

	vec_each(v, l) {
		free(v->key);
		free(v->value);
	}
	vec_free(l);
}

static void free_request(struct log_request *r)
{
	free(r->subject);
	free(r->name);
	strlist_free(&r->called);
	free_values(&r->values);
}

static struct log_subject *subject_for(struct boot_log *log, const char *name)
{
	struct log_subject *s = boot_log_subject(log, name);

	if (s || log->subjects.nr == MAX_SUBJECTS)
		return s;
	s = vec_push(&log->subjects);
	s->name = xstrdup(name);
	s->states = xstrdup("");
	return s;
}

static char *take_request(struct boot_log *log, struct json_object *o, const char *subject, const char *name)
{
	struct log_request r = { 0 };
	struct json_object *called;
	char *bad = NULL;

	if (!subject_for(log, subject))
		return xstrdup("there are too many subjects");
	if (log->requests.nr == MAX_REQUESTS)
		return xstrdup("there are too many requests");
	r.traced = json_object_object_get_ex(o, "called", &called);
	if (r.traced)
		bad = read_called(called, &r.called);
	if (!bad)
		bad = read_result(json_object_object_get(o, "result"), &r.values);
	if (bad) {
		free_request(&r);
		return bad;
	}
	r.subject = xstrdup(subject);
	r.name = xstrdup(name);
	*vec_push(&log->requests) = r;
	return NULL;
}

static char *take_state(struct boot_log *log, struct json_object *o, const char *subject, const char *state)
{
	const char *why = name_of(json_object_object_get(o, "why"));
	struct log_subject *s = subject_for(log, subject);
	struct json_object *result;
	char *states;

	if (!s)
		return xstrdup("there are too many subjects");
	if (strlen(s->states) > MAX_NAME)
		return xstrdup("its subject has had too many states");
	states = xasprintf("%s%s%s", s->states, *s->states ? " " : "", state);
	free(s->states);
	s->states = states;
	s->absent |= !strcmp(state, "absent");
	if (why && !s->why)
		s->why = xstrdup(why);
	return json_object_object_get_ex(o, "result", &result) ? read_result(result, &s->left) : NULL;
}

static char *take_start(struct boot_log *log, struct json_object *o)
{
	const char *kernel = name_of(json_object_object_get(o, "kernel"));
	const char *trace = name_of(json_object_object_get(o, "trace"));

	if (log->state->kernel || log->requests.nr || log->subjects.nr)
		return xstrdup("the probe began a second time");
	log->state->kernel = xstrdup(kernel ? kernel : "unknown");
	log->state->trace = text_or_null(trace);
	return kernel ? NULL : xstrdup("it does not say which kernel this is");
}

static char *take_end(struct boot_log *log, struct json_object *o)
{
	int64_t nr = json_object_get_int64(o);

	log->ended = true;
	/* The log is not whole then: log.c. */
	if (!json_object_is_type(o, json_type_int) || nr != (int64_t)log->requests.nr) {
		free(log->state->cut);
		log->state->cut = xasprintf("its end speaks of %s requests, and it holds %zu",
					    json_object_is_type(o, json_type_int) ? json_object_get_string(o) : "no number of",
					    log->requests.nr);
	}
	return NULL;
}

/* What no line of the probe's has: not lost in silence. */
static char *unknown_member(struct json_object *o)
{
	static const char *const known[] = { "probe", "kernel", "trace", "subject", "state", "why", "request", "called",
					     "result", "end", NULL };
	size_t i;

	json_object_object_foreach(o, key, unused) {
		(void)unused;
		for (i = 0; known[i] && strcmp(known[i], key); i++)
			;
		if (!known[i])
			return xasprintf("has a member \"%.40s\" that is not known: the rest was taken", key);
	}
	return NULL;
}

static char *take(struct boot_log *log, struct json_object *o)
{
	const char *subject = name_of(json_object_object_get(o, "subject"));
	const char *request = name_of(json_object_object_get(o, "request"));
	const char *state = name_of(json_object_object_get(o, "state"));
	struct json_object *end;
	char *bad;

	if (log->ended)
		return xstrdup("stands behind the end");
	if (json_object_object_get(o, "probe"))
		bad = take_start(log, o);
	else if (json_object_object_get_ex(o, "end", &end))
		bad = take_end(log, end);
	else if (subject && request && !state)
		bad = take_request(log, o, subject, request);
	else if (subject && state && !request)
		bad = take_state(log, o, subject, state);
	else
		return xstrdup("is neither a request, nor a state, nor a beginning or an end");
	return bad ? bad : unknown_member(o);
}

char *boot_log_line(struct boot_log *log, const char *line, size_t len)
{
	struct json_tokener *tok = json_tokener_new_ex(DEPTH);
	enum json_tokener_error error = json_tokener_error_size;
	struct json_object *o = NULL;
	char *bad;

	if (tok && !memchr(line, '\0', len)) {
		json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
		o = json_tokener_parse_ex(tok, line, (int)len);
		error = json_tokener_get_error(tok);
		/* A number could go on, an object ends. */
		if (error == json_tokener_success && json_tokener_get_parse_end(tok) != len)
			error = json_tokener_error_parse_unexpected;
	}
	if (error != json_tokener_success || !json_object_is_type(o, json_type_object))
		bad = xasprintf("is no JSON object: \"%.*s%s\"", (int)(len < 40 ? len : 40), line, len > 40 ? "…" : "");
	else
		bad = take(log, o);
	json_object_put(o);
	if (tok)
		json_tokener_free(tok);
	return bad;
}

void boot_log_free(struct boot_log *log)
{
	struct log_request *r;
	struct log_subject *s;

	vec_each(r, &log->requests)
		free_request(r);
	vec_free(&log->requests);
	vec_each(s, &log->subjects) {
		free(s->name);
		free(s->states);
		free(s->why);
		free_values(&s->left);
	}
	vec_free(&log->subjects);
	free(log->by_name);
	*log = (struct boot_log){ 0 };
}
