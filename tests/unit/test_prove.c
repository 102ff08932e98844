// SPDX-License-Identifier: GPL-2.0-only
/* A handler and a hook, and what prove() says of them. */
#include "prove/prove.h"
#include "test_contract_fixture.h"
#include "test_prove_cases.h"
#include "test_prove_loop_cases.h"
#include "test_prove_memory_cases.h"
#include "test_prove_subtle_cases.h"

static const char *const roles[] = { "mapped", "open", "close" };

static void add_function(const struct unit *u, const char *name, struct prove_function *f, struct contract *c)
{
	const struct function *fn = unit_function(u, name);
	size_t i;

	assert_non_null(fn);
	assert_int_equal(contract_build(u, name, c), 0);
	f->contract = c;
	f->initials = &u->initials;
	for (i = 0; i < fn->nr_params; i++)
		strlist_add(&f->params, fn->params[i].name);
}

/* The tables that stand in the text; what they hold is built into c. */
static void add_tables(const struct unit *u, struct prove_side *s, struct contract *c)
{
	const struct vm_ops_table *v;
	struct prove_table *t;
	size_t i, k;

	vec_each(v, &u->vm_ops) {
		struct prove_function *f[3];

		t = vec_push(&s->tables);
		t->name = xstrdup(v->name);
		t->seen = v->is_whole;
		f[0] = &t->mapped;
		f[1] = &t->open;
		f[2] = &t->close;
		for (i = 0; i < v->fields.nr; i++)
			for (k = 0; k < 3; k++)
				if (str_starts(v->fields.items[i], roles[k]) && v->fields.items[i][strlen(roles[k])] == '=')
					add_function(u, v->fields.items[i] + strlen(roles[k]) + 1, f[k], c++);
	}
}

/* What the hook leaves in action.error_hook, where the text has it. */
static void add_error_hooks(const struct unit *u, struct prove_side *s, struct contract *c)
{
	struct strlist names = { 0 };
	struct prove_error_hook *h;
	size_t i;

	prove_error_hooks(s->contract, &names);
	for (i = 0; i < names.nr; i++) {
		h = vec_push(&s->error_hooks);
		h->name = xstrdup(names.items[i]);
		if (strcmp(h->name, "foo_far"))
			add_function(u, h->name, &h->function, c++);
	}
	strlist_free(&names);
}

static void free_side(struct prove_side *s)
{
	struct prove_error_hook *h;
	struct prove_table *t;

	vec_each(t, &s->tables) {
		free(t->name);
		strlist_free(&t->mapped.params);
		strlist_free(&t->open.params);
		strlist_free(&t->close.params);
	}
	vec_free(&s->tables);
	vec_each(h, &s->error_hooks) {
		free(h->name);
		strlist_free(&h->function.params);
	}
	vec_free(&s->error_hooks);
}

static char *proof_text(const struct proof *p)
{
	const struct difference *d;
	struct strbuf b = { 0 };

	strbuf_adds(&b, prove_verdict_name(p->verdict));
	vec_each(d, &p->differences)
		if (p->verdict == PROVE_EQUAL_BUT)
			strbuf_addf(&b, " %s", d->kind->name);
	if (p->verdict == PROVE_DIFFERS)
		strbuf_addf(&b, ": %s | %s", p->old_does, p->new_does);
	if (p->verdict == PROVE_UNKNOWN)
		strbuf_addf(&b, ": %s", p->reason);
	return strbuf_detach(&b);
}

/* false: it is not proved as it should be, and that is said. */
static bool run_case(const struct prove_case *k)
{
	struct prove_side old = { .file = "foo.c", .function = "foo_mmap" };
	struct prove_side new_side = { .file = "foo.c", .function = "foo_mmap_prepare", .is_hook = true };
	struct contract contracts[16] = { { 0 } };
	struct parse_job job = PARSE_FOO;
	struct unit u = { 0 };
	struct proof p;
	bool right;
	char *text = xasprintf("%s" HANDLER "{\n%s\n}\n" HOOK "{\n%s\n}\n"
			       "const struct file_operations foo_fops = { .mmap = foo_mmap };\n"
			       "const struct hook_operations foo_hooks = { .mmap_prepare = foo_mmap_prepare };\n",
			       k->around ? k->around : "", k->old, k->hook), *got;
	size_t i;

	strlist_add(&job.functions, "foo_mmap");
	strlist_add(&job.functions, "foo_mmap_prepare");
	for (i = 0; i < 3; i++)
		strlist_addf(&job.functions, "counted_%s", roles[i]);
	strlist_add(&job.functions, "foo_again");
	strlist_add(&job.functions, "foo_filter");
	strlist_add(&job.functions, "foo_clear");
	strlist_add(&job.functions, "foo_count");
	strlist_add(&job.fields, "file_operations.mmap");
	strlist_add(&job.fields, "hook_operations.mmap_prepare");
	parse_foo(&job, "hooks.h", text, &u);
	parse_compiles(&u);
	assert_int_equal(contract_build(&u, "foo_mmap", &contracts[0]), 0);
	assert_int_equal(contract_build(&u, "foo_mmap_prepare", &contracts[1]), 0);
	old.contract = &contracts[0];
	new_side.contract = &contracts[1];
	old.initials = new_side.initials = &u.initials;
	add_tables(&u, &new_side, contracts + 2);
	add_error_hooks(&u, &new_side, contracts + 14);
	prove(&old, &new_side, u.page_shift, &p);
	got = proof_text(&p);
	right = !strncmp(got, k->proof, strlen(k->proof)) &&
		(!got[strlen(k->proof)] || p.verdict == PROVE_DIFFERS || p.verdict == PROVE_UNKNOWN);
	if (!right)
		print_error("%s: %s\n  wanted: %s\n  request: %s\n", k->name, got, k->proof, p.request ? p.request : "-");
	free(got);
	proof_free(&p);
	free_side(&new_side);
	for (i = 0; i < sizeof(contracts) / sizeof(*contracts); i++)
		if (contracts[i].terms)
			contract_free(&contracts[i]);
	unit_free(&u);
	free(text);
	return right;
}

static void run(const struct prove_case *list, size_t nr)
{
	size_t i, wrong = 0;

	parse_write("hooks.h", hooks_header);
	for (i = 0; i < nr; i++)
		wrong += !run_case(&list[i]);
	assert_int_equal(wrong, 0);
}

static void test_cases(void **state)
{
	(void)state;
	run(cases, sizeof(cases) / sizeof(*cases));
}

static void test_loops(void **state)
{
	(void)state;
	run(loop_cases, sizeof(loop_cases) / sizeof(*loop_cases));
}

static void test_memory(void **state)
{
	(void)state;
	run(memory_cases, sizeof(memory_cases) / sizeof(*memory_cases));
}

static void test_traps(void **state)
{
	(void)state;
	run(trap_cases, sizeof(trap_cases) / sizeof(*trap_cases));
}

static void test_subtle(void **state)
{
	(void)state;
	run(subtle_cases, sizeof(subtle_cases) / sizeof(*subtle_cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_loops),
		cmocka_unit_test(test_memory), cmocka_unit_test(test_traps),
		cmocka_unit_test(test_subtle) };

	return cmocka_run_group_tests_name("prove", tests, fixture_setup, parse_teardown);
}
