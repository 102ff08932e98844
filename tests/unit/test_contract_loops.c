// SPDX-License-Identifier: GPL-2.0-only
/* What a contract says of a loop: the places that its passes change, and the ways through one. */
#include "test_contract_fixture.h"

static const struct { const char *name, *body, *loop; } loops[] = {
	{ "bound, start, step and a way out",
	  "unsigned long i; for (i = 3; i < the_dev->size; i += 2) { if (!the_dev->pages[i]) return -EINVAL; } return 0;",
	  "places: i=3; done: the_dev->size <= <i>; left: <i> < the_dev->size && !the_dev->pages[<i>];"
	  " again: <i> < the_dev->size && the_dev->pages[<i>], i=<i> + 2" },
	{ "what has no value before the first pass",
	  "unsigned long i = 0, last; while (i < the_dev->size) { last = i; i++; } return i ? (int)last : 0;",
	  "places: last i=0; done: the_dev->size <= <i>; again: <i> < the_dev->size, last=<i>, i=<i> + 1" },
	{ "paths of a pass are kept apart",
	  "unsigned long i = 0, n = 0; while (i < the_dev->size) { if (the_dev->pages[i]) n++; i++; } return (int)n;",
	  "places: n=0 i=0; done: the_dev->size <= <i>;"
	  " again: <i> < the_dev->size && the_dev->pages[<i>], n=<n> + 1, i=<i> + 1;"
	  " again: <i> < the_dev->size && !the_dev->pages[<i>], n=<n>, i=<i> + 1" },
	{ "an array of the function's own",
	  "int seen[4] = { 0 }; unsigned long i; for (i = 0; i < the_dev->size; i++) seen[i & 3] = 1; return seen[0];",
	  "unknown: what a pass makes of seen is not followed" },
	{ "a loop that never ends is none that a path can be missing for",
	  "if (the_dev->size) while (the_dev->size) ; return 0;", "whole: a loop that no pass ends" },
};

static void add_place(const struct contract *c, const struct pass_place *at, term_t value, struct strbuf *b)
{
	char *text = value ? term_text(c->terms, &c->flags, value) : NULL;

	strbuf_addf(b, " %s%s%s", term_at(c->terms, at->address)->name, text ? "=" : "", text ? text : "");
	free(text);
}

/* As the table above has it, of the first loop. */
static char *loop_text(const struct contract *c)
{
	static const char *const ends[] = { "again", "done", "left" };
	const struct unmodelled *m;
	const struct passes *p = NULL;
	const struct pass_way *w;
	const term_t *a;
	struct strbuf b = { 0 };
	size_t i, n;
	char *text;

	vec_each(m, &c->unmodelled)
		if (m->whole)
			return xasprintf("whole: %s", m->reason);
	for (i = 0; i < c->nr_effects && !p; i++)
		p = c->effects[i].passes;
	assert_non_null(p);
	if (p->unknown)
		return xasprintf("unknown: %s", p->unknown);
	strbuf_adds(&b, "places:");
	for (i = 0; i < p->places.nr; i++)
		add_place(c, &p->places.items[i], p->places.items[i].before, &b);
	for (n = PASS_END_NR; n-- > 0;)
		vec_each(w, &p->ways) {
			if (w->end != (enum pass_end)(n == 2 ? PASS_DONE : n == 1 ? PASS_LEFT : PASS_AGAIN))
				continue;
			strbuf_addf(&b, "; %s:", ends[w->end]);
			vec_each(a, &w->conditions) {
				text = term_text(c->terms, &c->flags, *a);
				strbuf_addf(&b, "%s %s", a == w->conditions.items ? "" : " &&", text);
				free(text);
			}
			for (i = 0; i < w->values.nr; i++) {
				strbuf_adds(&b, ",");
				add_place(c, &p->places.items[i], w->values.items[i], &b);
			}
		}
	return strbuf_detach(&b);
}

static void test_loops(void **state)
{
	struct contract c;
	struct unit u;
	char *text, *got;
	size_t i, wrong = 0;

	(void)state;
	for (i = 0; i < sizeof(loops) / sizeof(*loops); i++) {
		memset(&c, 0, sizeof(c));
		memset(&u, 0, sizeof(u));
		text = xasprintf(HANDLER "{ %s }\nconst struct file_operations foo_fops = { .mmap = foo_mmap };\n", loops[i].body);
		fixture_parse(text, &u);
		assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
		got = loop_text(&c);
		wrong += strcmp(got, loops[i].loop) != 0;
		if (strcmp(got, loops[i].loop))
			print_error("%s: %s\n  wanted: %s\n", loops[i].name, got, loops[i].loop);
		free(got);
		free(text);
		contract_free(&c);
		unit_free(&u);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_loops) };

	return cmocka_run_group_tests_name("contract loops", tests, fixture_setup, parse_teardown);
}
