// SPDX-License-Identifier: GPL-2.0-only
/* Questions to Z3: what holds of every request is asserted once, conditions come and go. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "contract/smt_internal.h"
#include "contract/term_internal.h"

/*
 * Z3's own steps, not time, so that the answer is the same everywhere.  Usual guards take some
 * thousands; this many are half a second on a machine of 2020, with multiplications and divisions
 * of unknowns.
 */
enum { STEPS_PER_QUESTION = 5000000 };

/* What a question gets as long as there are steps: ten usual ones need as much. */
enum { STEPS_AT_LEAST = 50000 };

/*
 * smt_weight() of conditions that are not tried: a second's worth of preparation.  Guards have
 * tens.
 */
enum { MAX_WEIGHT = 1500 };

/* The default one ends the program. */
static void ignore_error(Z3_context z3, Z3_error_code code)
{
	(void)z3;
	(void)code;
}

/* Steps of all questions so far. */
static unsigned steps_used(struct smt *s)
{
	Z3_stats stats = Z3_solver_get_statistics(s->z3, s->solver);
	unsigned i, nr = 0;

	if (!stats)
		return UINT_MAX;
	Z3_stats_inc_ref(s->z3, stats);
	for (i = 0; i < Z3_stats_size(s->z3, stats); i++)
		if (Z3_stats_is_uint(s->z3, stats, i) && !strcmp(Z3_stats_get_key(s->z3, stats, i), "rlimit count"))
			nr = Z3_stats_get_uint_value(s->z3, stats, i);
	Z3_stats_dec_ref(s->z3, stats);
	return nr;
}

static bool set_limit(struct smt *s)
{
	unsigned used = s->budget ? steps_used(s) : 0, limit = STEPS_PER_QUESTION;
	Z3_params params;

	if (s->budget) {
		s->is_spent = used >= s->budget;
		limit = s->is_spent ? 0 : (s->budget - used) / 4;
		limit = limit > STEPS_PER_QUESTION ? STEPS_PER_QUESTION : limit < STEPS_AT_LEAST ? STEPS_AT_LEAST : limit;
	}
	if (limit == s->limit)
		return true;
	params = Z3_mk_params(s->z3);
	if (!params)
		return false;
	s->limit = limit;
	Z3_params_inc_ref(s->z3, params);
	Z3_params_set_uint(s->z3, params, Z3_mk_string_symbol(s->z3, "rlimit"), limit);
	/* ^C is the program's, not Z3's. */
	Z3_params_set_bool(s->z3, params, Z3_mk_string_symbol(s->z3, "ctrl_c"), false);
	Z3_solver_set_params(s->z3, s->solver, params);
	Z3_params_dec_ref(s->z3, params);
	return Z3_get_error_code(s->z3) == Z3_OK;
}

/* A number of pages in bytes. */
static Z3_ast in_bytes(struct smt *s, Z3_ast pages, unsigned page_shift)
{
	return page_shift ? Z3_mk_concat(s->z3, pages, smt_number(s, 0, page_shift)) : pages;
}

/*
 * What do_mmap() saw to before it called the handler.  There is no upper bound but the address
 * space: sparc64 and s390 map programs close to its end.  The unknowns are where the first page is
 * and how many there are, so that end - start is the latter without a subtraction of unknowns.
 */
static void assert_request(struct smt *s, unsigned page_shift)
{
	unsigned width = s->t->pointer_bits, width_pages = width - page_shift;
	Z3_ast first = smt_symbol(s, "first page", width_pages),
	       pages = smt_symbol(s, "pages", width_pages);
	Z3_ast pgoff = smt_symbol(s, "pgoff", width), wide;

	s->start = in_bytes(s, first, page_shift);
	s->end = Z3_mk_bvadd(s->z3, s->start, in_bytes(s, pages, page_shift));
	smt_assert_fact(s, Z3_mk_bvult(s->z3, first, Z3_mk_bvadd(s->z3, first, pages)));
	wide = page_shift ? Z3_mk_zero_ext(s->z3, page_shift, pages) : pages;
	smt_assert_fact(s, Z3_mk_bvule(s->z3, pgoff, Z3_mk_bvadd(s->z3, pgoff, wide)));
}

static uint64_t flag_value(const struct flag_names *flags, const char *name)
{
	const struct flag_name *f;

	vec_each(f, flags)
		if (!strcmp(f->name, name))
			return f->value;
	return 0;
}

static Z3_ast has_flag(struct smt *s, uint64_t flag, unsigned width)
{
	Z3_ast bits = Z3_mk_bvand(s->z3, smt_symbol(s, "flags", width), smt_number(s, flag, width));

	return Z3_mk_not(s->z3, Z3_mk_eq(s->z3, bits, smt_number(s, 0, width)));
}

/*
 * Also of the flags that a dispatcher hands on.  A handler may clear VM_MAYWRITE before it does,
 * but where VM_WRITE was set it refuses instead.
 */
static void assert_flags(struct smt *s, const struct flag_names *flags)
{
	static const char *const implied[][2] = {
		{ "VM_SHARED", "VM_MAYSHARE" },
		{ "VM_READ", "VM_MAYREAD" },
		{ "VM_WRITE", "VM_MAYWRITE" },
		{ "VM_EXEC", "VM_MAYEXEC" },
	};
	unsigned width = s->t->pointer_bits;
	uint64_t flag, may;
	size_t i;

	for (i = 0; i < sizeof(implied) / sizeof(*implied); i++) {
		flag = flag_value(flags, implied[i][0]);
		may = flag_value(flags, implied[i][1]);
		if (flag && may && !((flag | may) & ~width_mask(width)))
			smt_assert_fact(s, Z3_mk_implies(s->z3, has_flag(s, flag, width),
							 has_flag(s, may, width)));
	}
}

struct smt *smt_new(const struct terms *t, const struct flag_names *flags, unsigned page_shift)
{
	struct smt *s = xcalloc(1, sizeof(*s));
	Z3_config config = Z3_mk_config();

	s->t = t;
	if (config && page_shift < t->pointer_bits)
		s->z3 = Z3_mk_context(config);
	if (config)
		Z3_del_config(config);
	if (!s->z3)
		goto failed;
	Z3_set_error_handler(s->z3, ignore_error);
	/* Twice as fast as Z3_mk_solver() on guards of handlers. */
	s->solver = Z3_mk_solver_for_logic(s->z3, Z3_mk_string_symbol(s->z3, "QF_UFBV"));
	if (!s->solver)
		goto failed;
	Z3_solver_inc_ref(s->z3, s->solver);
	if (!set_limit(s))
		goto failed;
	assert_request(s, page_shift);
	if (flags)
		assert_flags(s, flags);
	if (Z3_get_error_code(s->z3) != Z3_OK)
		goto failed;
	return s;

failed:
	smt_free(s);
	return NULL;
}

void smt_budget(struct smt *s, unsigned steps)
{
	s->budget = steps;
	set_limit(s);
}

void smt_free(struct smt *s)
{
	size_t i;

	if (!s)
		return;
	if (s->z3) {
		for (i = 0; i < SMT_MODELS; i++)
			if (s->models[i])
				Z3_model_dec_ref(s->z3, s->models[i]);
		if (s->solver)
			Z3_solver_dec_ref(s->z3, s->solver);
		Z3_del_context(s->z3);
	}
	vec_free(&s->facts);
	vec_free(&s->objects);
	vec_free(&s->stack);
	free(s->asts);
	free(s->seen);
	free(s);
}

/* As Bool; NULL: says nothing, or Z3 refused. */
static Z3_ast condition(struct smt *s, term_t a)
{
	unsigned width = a ? term_width(s->t, a) : 0;
	Z3_ast c = width ? smt_term(s, a) : NULL;

	if (!c || width == 1)
		return c;
	return Z3_mk_not(s->z3, Z3_mk_eq(s->z3, c, smt_number(s, 0, width)));
}

/* Models[i] becomes the newest. */
static void use_model(struct smt *s, size_t i)
{
	Z3_model model = s->models[i];
	size_t nr_facts = s->facts.nr;

	for (; i; i--) {
		s->models[i] = s->models[i - 1];
		s->nr_model_facts[i] = s->nr_model_facts[i - 1];
	}
	s->models[0] = model;
	s->nr_model_facts[0] = nr_facts;
	s->has_witness = true;
}

static enum smt_answer ask(struct smt *s, const Z3_ast *conditions, size_t nr)
{
	Z3_model *last = &s->models[SMT_MODELS - 1];
	Z3_lbool answer;
	size_t i;

	Z3_solver_push(s->z3, s->solver);
	for (i = 0; i < nr; i++)
		Z3_solver_assert(s->z3, s->solver, conditions[i]);
	answer = Z3_solver_check(s->z3, s->solver);
	if (answer == Z3_L_TRUE) {
		if (*last)
			Z3_model_dec_ref(s->z3, *last);
		*last = Z3_solver_get_model(s->z3, s->solver);
		if (*last) {
			Z3_model_inc_ref(s->z3, *last);
			use_model(s, SMT_MODELS - 1);
		}
	}
	Z3_solver_pop(s->z3, s->solver, 1);
	set_limit(s);
	return answer == Z3_L_TRUE ? SMT_YES : answer == Z3_L_FALSE ? SMT_NO : SMT_UNKNOWN;
}

static bool holds(struct smt *s, Z3_model model, Z3_ast condition)
{
	Z3_ast result;

	return Z3_model_eval(s->z3, model, condition, true, &result) &&
	       Z3_get_bool_value(s->z3, result) == Z3_L_TRUE;
}

static bool model_fits(struct smt *s, size_t model, const Z3_ast *conditions, size_t nr)
{
	size_t i;

	if (!s->models[model])
		return false;
	for (i = 0; i < nr; i++)
		if (!holds(s, s->models[model], conditions[i]))
			return false;
	for (i = s->nr_model_facts[model]; i < s->facts.nr; i++)
		if (!holds(s, s->models[model], s->facts.items[i]))
			return false;
	return true;
}

/*
 * Conditions are asked one more at a time: what answered before does so again.  Walking all ways
 * through nine guards, more than half of the answers YES come from here.
 */
static enum smt_answer ask_models(struct smt *s, const Z3_ast *conditions, size_t nr)
{
	size_t i;

	for (i = 0; i < SMT_MODELS; i++)
		if (model_fits(s, i, conditions, nr)) {
			use_model(s, i);
			return SMT_YES;
		}
	return s->is_spent ? SMT_UNKNOWN : ask(s, conditions, nr);
}

enum smt_answer smt_feasible(struct smt *s, const term_t *conditions, size_t nr)
{
	VEC(Z3_ast) asts = { 0 };
	enum smt_answer answer = SMT_UNKNOWN;
	size_t i;
	Z3_ast c;

	s->has_witness = false;
	if (smt_weight(s, conditions, nr) > MAX_WEIGHT)
		return SMT_UNKNOWN;
	for (i = 0; i < nr; i++) {
		c = condition(s, conditions[i]);
		if (c)
			*vec_push(&asts) = c;
	}
	if (!s->is_broken)
		answer = ask_models(s, asts.items, asts.nr);
	vec_free(&asts);
	return answer;
}

int smt_value(struct smt *s, term_t a, uint64_t *value)
{
	unsigned width = a ? term_width(s->t, a) : 0;
	Z3_ast ast = NULL, result;

	if (s->has_witness && width && smt_weight(s, &a, 1) <= MAX_WEIGHT)
		ast = smt_term(s, a);
	if (!ast || !Z3_model_eval(s->z3, s->models[0], ast, true, &result))
		return -ENOENT;
	if (width > 1)
		return Z3_get_numeral_uint64(s->z3, result, value) ? 0 : -ENOENT;
	*value = Z3_get_bool_value(s->z3, result) == Z3_L_TRUE;
	return 0;
}

char *smt_version(void)
{
	unsigned major, minor, build, revision;

	Z3_get_version(&major, &minor, &build, &revision);
	return xasprintf("%u.%u.%u", major, minor, build);
}
