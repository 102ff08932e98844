// SPDX-License-Identifier: GPL-2.0-only
#include "real_handler.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"

enum { MOST_RESTARTS = 400 };

static struct {
	struct unit unit;
	struct contract c;
	struct real_code code;
	struct real_layout layout;
	struct real_call call;
	struct world w;
	struct real_hints hints;
	struct run_interface run;
} it;

static bool parameter(const char *name, uint64_t *value)
{
	const struct function *f = unit_function(&it.unit, it.c.function);
	size_t i;

	for (i = 0; f && i < f->nr_params && i < 6; i++)
		if (f->params[i].name && !strcmp(f->params[i].name, name)) {
			*value = it.call.args[i];
			return true;
		}
	return false;
}

static bool inlined(const char *function)
{
	return *function && !strchr(function, '.') && !real_has_stub(function);
}

/* A static variable of the function, or of a helper that was followed; else a name of the file. */
static uint64_t symbol(void *ctx, const char *name)
{
	const struct real_symbol *s;
	const struct helper *h;
	char *text = xasprintf("%s.%s", it.c.function, name);

	(void)ctx;
	s = real_symbol(&it.code, text);
	free(text);
	vec_each (h, &it.c.helpers) {
		if (s)
			break;
		text = xasprintf("%s.%s", h->name, name);
		s = real_symbol(&it.code, text);
		free(text);
	}
	s = s ? s : real_symbol(&it.code, name);
	return s ? s->address : 0;
}

/* The parser keeps the macro; it reads a variable of the processor's. */
static bool pure(const char *name, const struct value *args, unsigned nr, const unsigned char *then,
		 struct value *result)
{
	const struct real_symbol *s = NULL;
	uint64_t v;

	if (!strcmp(name, "current"))
		s = real_symbol(&it.code, "const_current_task");
	if (!strcmp(name, "current") && !s)
		s = real_symbol(&it.code, "current_task");
	if (!s || it.run.offset(s->address, 8) < 0)
		return real_pure(name, args, nr, then, result);
	memcpy(&v, it.w.start + it.run.offset(s->address, 8), 8);
	value_set_number(result, v, 8);
	return true;
}

static bool named_by(const struct contract *c, const char *name)
{
	const struct helper *h;
	const struct term *x;
	size_t i;

	if (!strncmp(name, "real__", 6))
		name += 6;
	/* Those were followed. */
	vec_each (h, &c->helpers)
		if (!strcmp(h->name, name))
			return false;
	for (i = 0; i < c->nr_effects; i++)
		if (!strcmp(c->effects[i].name, name))
			return true;
	for (i = 1; i < c->terms->nr; i++) {
		x = term_at(c->terms, (term_t)i);
		if (x->op == TERM_CALL && x->name && !strcmp(x->name, name))
			return true;
	}
	return false;
}

static uint64_t redirect(const char *name, uint64_t address)
{
	return named_by(&it.c, name) ? real_stub(name, address) : 0;
}

static uint64_t missing(const char *name, bool called)
{
	return called ? real_stub(name, 0) : real_memory_reserve();
}

/* Of the member or variable that holds a pointer to a function. */
static char *pointer_name(uint64_t address)
{
	const struct terms *t = it.c.terms;
	const struct real_symbol *s;
	const struct term *x;
	uint64_t v;
	size_t i;

	vec_each (s, &it.code.symbols)
		if (s->address == address)
			return xstrdup(s->name);
	for (i = 1; i < t->nr; i++) {
		x = term_at(t, (term_t)i);
		if (x->op == TERM_LOAD && term_at(t, x->a)->op == TERM_FIELD &&
		    term_at(t, x->a)->name && !world_number(&it.w, (term_t)i, &v) && v == address)
			return xasprintf(".%s", term_at(t, x->a)->name);
	}
	return xstrdup(".?");
}

static int parse(const struct real_job *j)
{
	struct parse_job p = {
		.root = j->root, .file = j->file, .arch = "x86_64", .cwd = j->command->cwd
	};
	size_t i;

	for (i = 0; i < j->command->clang_args.nr; i++)
		strlist_add(&p.args, j->command->clang_args.items[i]);
	strlist_add(&p.functions, j->function);
	parse_file(&p, &it.unit);
	strlist_free(&p.args);
	strlist_free(&p.functions);
	return it.unit.status == UNIT_FULL ? 0 : -EINVAL;
}

static int load(const struct real_job *j, struct real_result *r)
{
	static const struct real_linker linker = { .missing = missing, .redirect = redirect };
	const struct real_symbol *s;
	char *why = NULL;
	int ret = real_load(j->object, &linker, &it.code, &why);

	if (ret) {
		snprintf(r->why, sizeof(r->why), "%s", why ? why : strerror(-ret));
		free(why);
		return ret;
	}
	s = real_symbol(&it.code, "real_layout");
	if (s)
		memcpy(&it.layout, (const void *)s->address, sizeof(it.layout));
	s = real_symbol(&it.code, j->function);
	if (!s || !s->function || !it.layout.vma_size) {
		snprintf(r->why, sizeof(r->why), "the function is not in the object");
		return -ENOENT;
	}
	it.call.function = s->address;
	return 0;
}

static int find_arguments(const struct real_job *j, struct real_result *r)
{
	const struct function *f = unit_function(&it.unit, j->function);
	bool has_vma = false;
	size_t i;

	for (i = 0; f && i < f->nr_params && i < 6; i++) {
		const char *type = f->params[i].type;

		if (strstr(type, "struct vm_area_struct *")) {
			it.call.args[i] = real_root(ROOT_VMA);
			has_vma = true;
		} else if (!strcmp(type, "struct file *")) {
			it.call.args[i] = real_root(ROOT_FILE);
		} else if (strchr(type, '*')) {
			it.call.args[i] = real_root(ROOT_PARAMETER + (unsigned)i);
		}
	}
	if (has_vma)
		return 0;
	snprintf(r->why, sizeof(r->why), "no parameter is a vma");
	return -EINVAL;
}

/* Begin again until nothing new appears. */
static enum real_end run_once(const struct request *r, struct real_fill *f, uint64_t *result,
			      unsigned char **start, uint64_t *fault)
{
	enum real_end end;
	uint64_t random;
	unsigned n;

	f->no_null = false;
	for (n = 0; n < MOST_RESTARTS; n++) {
		it.run.memory_size = real_memory_size();
		real_fill(f, r, &it.layout);
		*start = xrealloc(*start, it.run.memory_size, 1);
		real_copy(*start);
		real_calls_begin(f, &it.layout);
		/* Buffers have another size. */
		world_free(&it.w);
		it.w.start = NULL;
		it.w.known = NULL;
		it.w.impure = NULL;
		it.w.request = r;
		world_begin(&it.w, *start);
		if (it.c.paths.nr)
			world_path(&it.w, &it.c.paths.items[0]);
		random = f->seed;
		real_meet(&it.w, &random);
		end = real_run(&it.call, result, fault, pointer_name);
		if (end == REAL_ENDED && !real_learn(&it.w))
			return end;
		if (end == REAL_HUNG)
			return end;
		if (end == REAL_CRASHED && *fault) {
			/* A pointer that was none? */
			if (f->no_null)
				return end;
			f->no_null = true;
		}
	}
	return REAL_HUNG;
}

static void count(const struct real_job *j, struct real_result *r, unsigned nr,
		  const struct prediction *p, int result)
{
	const struct trace *t = real_trace();
	unsigned i, k;

	r->runs++;
	r->verdicts[p->verdict]++;
	r->zeros += !result;
	r->errors += result < 0;
	r->calls += t->nr;
	if (p->verdict == VERDICT_MISMATCH && !r->why[0])
		snprintf(r->why, sizeof(r->why), "run %u: %s", nr, p->why);
	if (p->verdict == VERDICT_OPEN && !r->open[0])
		snprintf(r->open, sizeof(r->open), "%s", p->open);
	if (!j->verbose)
		return;
	printf("# run %u: verdict %u %s, path %zu of %zu, result %d\n", nr, p->verdict,
	       p->why	 ? p->why
	       : p->open ? p->open
			 : "",
	       p->path, it.c.paths.nr, result);
	for (i = 0; i < t->nr; i++) {
		printf("#	%s(", t->events[i].name);
		for (k = 0; k < 5; k++)
			printf("%s0x%llx", k ? ", " : "",
			       (unsigned long long)value_number(&t->events[i].args[k]));
		printf(") = 0x%llx\n", (unsigned long long)value_number(&t->events[i].result));
	}
}

static void run_all(const struct real_job *j, struct real_result *r)
{
	const struct function *fn = unit_function(&it.unit, j->function);
	unsigned char *start = NULL;
	struct outcome got = { 0 };
	struct prediction p;
	size_t hints = it.hints.nr;
	struct real_fill f = { 0 };
	struct request q;
	uint64_t random, result, fault;
	unsigned nr;

	for (nr = 0; nr < j->runs; nr++) {
		random = j->seed * 7919 + nr * 104729;
		q = real_request(&it.hints, &random);
		it.hints.nr = hints;
		*vec_push(&it.hints) = q.end - q.start;
		*vec_push(&it.hints) = (q.end - q.start) >> 12;
		*vec_push(&it.hints) = q.pgoff;
		*vec_push(&it.hints) = q.start;
		f.hints = it.hints.items;
		f.nr_hints = it.hints.nr;
		f.seed = random_next(&random);
		switch (run_once(&q, &f, &result, &start, &fault)) {
		case REAL_ENDED:
			got.memory = xrealloc(got.memory, it.run.memory_size, 1);
			real_copy(got.memory);
			got.result = fn->result.kind == CTYPE_VOID ? 0 : (int)result;
			if (real_trace()->overflow) {
				r->hung++;
				break;
			}
			predict(&it.w, &got, &p);
			count(j, r, nr, &p, got.result);
			prediction_free(&p);
			break;
		case REAL_CRASHED:
			/* A list without an end takes all pages. */
			if (real_is_full() && !f.closed) {
				f.closed = true;
				real_forget();
				nr--;
				break;
			}
			r->crashed++;
			if (j->verbose)
				printf("# run %u: crashed at 0x%llx, %zu pages\n", nr,
				       (unsigned long long)fault, real_pages());
			break;
		default:
			r->hung++;
		}
	}
	free(start);
	free(got.memory);
}

int real_handler(const struct real_job *j, struct real_result *r)
{
	int ret = parse(j);

	if (ret) {
		snprintf(r->why, sizeof(r->why), "it does not parse");
		return ret;
	}
	ret = contract_build(&it.unit, j->function, &it.c);
	if (ret) {
		snprintf(r->why, sizeof(r->why), "no contract");
		return ret;
	}
	r->complete = contract_is_complete(&it.c);
	r->paths = (unsigned)it.c.paths.nr;
	ret = load(j, r);
	if (!ret)
		ret = find_arguments(j, r);
	if (ret)
		return ret;
	real_memory_open(&it.code);
	real_calls_open(&it.c);
	real_appear(real_root(ROOT_VMA));
	real_appear(real_root(ROOT_FILE));
	real_find_hints(it.c.terms, &it.hints);
	members_learn(&it.unit);
	it.run = (struct run_interface){
		.trace = real_trace(),
		.offset = real_offset,
		.copy = real_copy,
		.fresh = (unsigned char *)real_fresh(0),
		.fresh_size = FRESH_ITEMS * FRESH_SIZE,
		.vma = (const void *)real_root(ROOT_VMA),
		.file = (const void *)real_root(ROOT_FILE),
		.mm = (const void *)real_root(ROOT_MM),
		.pure = pure,
		.readable = real_readable,
		.parameter = parameter,
		.inlined = inlined,
		.same_function = real_same_function,
		.other_arguments = real_other_arguments,
		.registers = true,
	};
	for (size_t i = 0; i < CELL_NR; i++)
		it.run.cells[i] = (unsigned)it.layout.cells[i];
	it.w = (struct world){
		.c = &it.c, .run = &it.run, .symbol = symbol, .verbose = j->verbose
	};
	run_all(j, r);
	return 0;
}
