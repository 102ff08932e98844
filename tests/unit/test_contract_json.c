// SPDX-License-Identifier: GPL-2.0-only
/* Contracts as JSON: nothing is lost on the way, and nothing else than a contract is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "contract/contract_json.h"

#define U64 ctype_ulong

static uint64_t seed = 1;

static unsigned below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static struct effect *effect(struct contract *c, enum effect_kind kind, unsigned line, const char *name)
{
	struct effect *e;

	if (c->nr_effects == c->cap_effects) {
		c->cap_effects = c->cap_effects ? 2 * c->cap_effects : 4;
		c->effects = xrealloc(c->effects, c->cap_effects, sizeof(*c->effects));
	}
	e = &c->effects[c->nr_effects++];
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->line = line;
	e->name = xstrdup(name);
	return e;
}

static void guard(struct path *p, const char *text, unsigned line, bool taken, term_t term)
{
	struct guard *g = vec_push(&p->guards);

	g->text = xstrdup(text);
	g->line = line;
	g->taken = taken;
	g->term = term;
}

/* A contract in which every member of every struct is something, and every operator comes. */
static struct contract sample(void)
{
	static const struct ctype u8 = { CTYPE_INT, 8, false }, record = { CTYPE_RECORD, 0, false };
	struct contract c = { .function = xstrdup("foo_mmap"), .infeasible = 3 };
	struct terms *t = c.terms = terms_new();
	term_t start, end, pgoff, size, dev, load, args[2], call, cond, sum, i;
	struct unmodelled *m;
	struct helper *h;
	struct effect *e;
	struct path *p;

	t->page_shift = 12;
	start = term_symbol(t, "start", U64);
	end = term_symbol(t, "end", U64);
	pgoff = term_symbol(t, "pgoff", U64);
	term_fresh(t, "nobody refers to it", U64);
	size = term_op(t, TERM_SUB, end, start, U64);
	dev = term_load(t, term_field(t, term_global(t, "\"a \\ string\x01\xff\""), "dev", 8), 0,
			ctype_pointer);
	load = term_load(t, term_field(t, term_element(t, dev, pgoff, 24), "", 16), 5, u8);
	sum = term_convert(t, load, U64);
	for (i = TERM_ADD; i <= TERM_ASHR; i++)
		sum = term_op(t, (enum term_op)i, sum, term_fresh(t, "asm", U64), U64);
	sum = term_op(t, TERM_NEG, sum, 0, U64);
	sum = term_op(t, TERM_BNOT, sum, 0, U64);
	args[0] = term_convert(t, sum, ctype_int);
	args[1] = term_local(t, "prot", UINT64_MAX);
	call = term_call(t, "foo_find", 0, args, 2, 1, ctype_int);
	cond = term_op(t, TERM_LAND, term_op(t, TERM_ULT, size, pgoff, ctype_bool),
		       term_not(t, term_op(t, TERM_EQ, call, term_const(t, (uint64_t)-22, ctype_int),
					   ctype_bool)), ctype_bool);
	cond = term_op(t, TERM_LOR, cond, term_op(t, TERM_SLE, call, args[0], ctype_bool), ctype_bool);

	e = effect(&c, EFFECT_LOOP, 10, "");
	*vec_push(&e->args) = cond;
	e = effect(&c, EFFECT_ACTION, 11, "remap_pfn_range");
	e->action = ACTION_REMAP;
	e->extent = EXTENT_INSIDE;
	e->in_loop = e->local_prot = e->prot_written = e->file_private = true;
	e->loop = 1;
	*vec_push(&e->args) = 0;
	*vec_push(&e->args) = term_ite(t, cond, size, sum);
	e->result = call;
	e->file = xstrdup("mm/memory.c");
	e = effect(&c, EFFECT_TAKE, 12, "kref_get");
	e->state = STATE_REFERENCE;
	e->detail = xstrdup("dev->ref \"quoted\"\n");

	p = vec_push(&c.paths);
	guard(p, "size < pgoff", 9, true, cond);
	guard(p, "x", 0, false, 0);
	*vec_push(&p->effects) = 2;
	*vec_push(&p->effects) = 0;
	p->result = RESULT_ERROR;
	p->value = -22;
	p->line = 13;
	p->result_term = call;
	p->cells[CELL_FLAGS] = term_op(t, TERM_OR, term_symbol(t, "flags", U64),
				       term_const(t, 0x4000, U64), U64);
	p->cells[CELL_MM] = term_member(t, term_call(t, NULL, dev, NULL, 0, 0, record), "mm", ctype_pointer);
	p = vec_push(&c.paths);
	p->result = RESULT_CALL;
	p->call = xstrdup("foo_find");
	p->unmodelled = 1;
	vec_push(&c.paths);

	m = vec_push(&c.unmodelled);
	m->reason = xstrdup("a pointer");
	m->line = 14;
	m->whole = true;
	h = vec_push(&c.helpers);
	h->name = xstrdup("foo_find");
	h->line = 3;
	h->takes_vma = true;
	*vec_push(&c.flags) = (struct flag_name){ xstrdup("VM_IO"), 0x4000 };
	*vec_push(&c.flags) = (struct flag_name){ xstrdup("VM_HIGH"), UINT64_C(1) << 63 };
	return c;
}

static void same_string(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

static void same_effects(const struct contract *a, const struct contract *b)
{
	const struct effect *x, *y;
	size_t i, k;

	assert_int_equal(a->nr_effects, b->nr_effects);
	for (i = 0; i < a->nr_effects; i++) {
		x = &a->effects[i];
		y = &b->effects[i];
		assert_true(x->kind == y->kind && x->action == y->action && x->extent == y->extent);
		assert_true(x->state == y->state && x->line == y->line && x->loop == y->loop);
		assert_true(x->in_loop == y->in_loop && x->local_prot == y->local_prot);
		assert_true(x->prot_written == y->prot_written && x->file_private == y->file_private);
		same_string(x->name, y->name);
		same_string(x->detail, y->detail);
		same_string(x->file, y->file);
		assert_int_equal(x->args.nr, y->args.nr);
		for (k = 0; k < x->args.nr; k++)
			assert_true(term_equal(a->terms, x->args.items[k], b->terms, y->args.items[k]));
		assert_true(term_equal(a->terms, x->result, b->terms, y->result));
	}
}

static void same_path(const struct contract *a, const struct path *x, const struct contract *b, const struct path *y)
{
	size_t i;

	assert_int_equal(x->guards.nr, y->guards.nr);
	for (i = 0; i < x->guards.nr; i++) {
		assert_string_equal(x->guards.items[i].text, y->guards.items[i].text);
		assert_int_equal(x->guards.items[i].line, y->guards.items[i].line);
		assert_int_equal(x->guards.items[i].taken, y->guards.items[i].taken);
		assert_true(term_equal(a->terms, x->guards.items[i].term, b->terms, y->guards.items[i].term));
	}
	assert_int_equal(x->effects.nr, y->effects.nr);
	for (i = 0; i < x->effects.nr; i++)
		assert_int_equal(x->effects.items[i], y->effects.items[i]);
	assert_true(x->result == y->result && x->value == y->value && x->line == y->line);
	assert_int_equal(x->unmodelled, y->unmodelled);
	same_string(x->call, y->call);
	assert_true(term_equal(a->terms, x->result_term, b->terms, y->result_term));
	for (i = 0; i < CELL_NR; i++)
		assert_true(term_equal(a->terms, x->cells[i], b->terms, y->cells[i]));
}

static void same_contract(const struct contract *a, const struct contract *b)
{
	size_t i;

	assert_string_equal(a->function, b->function);
	assert_int_equal(a->infeasible, b->infeasible);
	assert_int_equal(a->terms->pointer_bits, b->terms->pointer_bits);
	assert_int_equal(a->terms->page_shift, b->terms->page_shift);
	assert_true(a->terms->fresh == b->terms->fresh);
	same_effects(a, b);
	assert_int_equal(a->paths.nr, b->paths.nr);
	for (i = 0; i < a->paths.nr; i++)
		same_path(a, &a->paths.items[i], b, &b->paths.items[i]);
	assert_int_equal(a->unmodelled.nr, b->unmodelled.nr);
	for (i = 0; i < a->unmodelled.nr; i++) {
		assert_string_equal(a->unmodelled.items[i].reason, b->unmodelled.items[i].reason);
		assert_int_equal(a->unmodelled.items[i].line, b->unmodelled.items[i].line);
		assert_int_equal(a->unmodelled.items[i].whole, b->unmodelled.items[i].whole);
	}
	assert_int_equal(a->helpers.nr, b->helpers.nr);
	for (i = 0; i < a->helpers.nr; i++) {
		assert_string_equal(a->helpers.items[i].name, b->helpers.items[i].name);
		assert_int_equal(a->helpers.items[i].line, b->helpers.items[i].line);
		assert_int_equal(a->helpers.items[i].takes_vma, b->helpers.items[i].takes_vma);
	}
	assert_int_equal(a->flags.nr, b->flags.nr);
	for (i = 0; i < a->flags.nr; i++) {
		assert_string_equal(a->flags.items[i].name, b->flags.items[i].name);
		assert_true(a->flags.items[i].value == b->flags.items[i].value);
	}
}

/* The caller frees. */
static char *text_of(const struct contract *c)
{
	struct json_object *o = contract_to_json(c);
	char *s = xstrdup(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));

	json_object_put(o);
	return s;
}

static int read_text(const char *text, struct contract *c)
{
	struct json_object *o = json_tokener_parse(text);
	int ret = contract_from_json(o, c);

	json_object_put(o);
	return ret;
}

static void a_round_trip_loses_nothing(void **state)
{
	struct contract a = sample(), b = { 0 };
	char *before, *after;

	(void)state;
	before = text_of(&a);
	assert_int_equal(read_text(before, &b), 0);
	same_contract(&a, &b);
	after = text_of(&b);
	assert_string_equal(before, after);
	assert_null(strstr(before, "nobody refers to it"));
	assert_true(b.terms->nr < a.terms->nr);
	free(before);
	free(after);
	contract_free(&a);
	contract_free(&b);
}

static void a_contract_without_terms_is_one(void **state)
{
	struct contract a = { .function = xstrdup("f") }, b = { 0 };
	struct path *p = vec_push(&a.paths);
	char *text;

	(void)state;
	effect(&a, EFFECT_FLAGS_SET, 1, "VM_IO");
	*vec_push(&p->effects) = 0;
	text = text_of(&a);
	assert_int_equal(read_text(text, &b), 0);
	assert_null(b.terms);
	assert_int_equal(b.nr_effects, 1);
	assert_int_equal(b.paths.items[0].effects.nr, 1);
	free(text);
	contract_free(&a);
	contract_free(&b);
}

/* What "from" is in the sample's text becomes "to": no contract any more. */
static const struct { const char *from, *to; } damages[] = {
	{ "\"function\":\"foo_mmap\"", "\"function\":null" },
	{ "\"function\":\"foo_mmap\"", "\"function\":7" },
	{ "\"function\":\"foo_mmap\",", "" },
	{ "\"function\":\"foo_mmap\"", "\"function\":\"foo\\u0000mmap\"" },
	{ "\"infeasible\":3", "\"infeasible\":-3" },
	{ "\"infeasible\":3", "\"infeasible\":4294967296" },
	{ "\"infeasible\":3", "\"infeasible\":\"3\"" },
	{ "\"infeasible\":3", "\"infeasible\":3,\"more\":0" },
	{ "\"kind\":\"loop\"", "\"kind\":\"loops\"" },
	{ "\"kind\":\"loop\"", "\"kind\":21" },
	{ "\"kind\":\"loop\"", "\"kind\":\"take\"" },		/* the loop of its body */
	{ "\"action\":\"remap\"", "\"action\":\"escape\"" },
	{ "\"state\":\"reference\"", "\"state\":\"\"" },
	{ "\"in_loop\":true", "\"in_loop\":1" },
	{ "\"loop\":1", "\"loop\":2" },
	{ "\"loop\":1", "\"loop\":99" },
	{ "\"args\":[0,", "\"args\":[9999," },
	{ "\"args\":[0,", "\"args\":[-1," },
	{ "\"args\":[0,", "\"args\":[null," },
	{ "\"args\":[0,", "\"args\":[0.5," },
	{ "\"effects\":[2,0]", "\"effects\":[2,3]" },
	{ "\"effects\":[2,0]", "\"effects\":[2,-1]" },
	{ "\"effects\":[2,0]", "\"effects\":{\"2\":0}" },
	{ "\"result\":\"error\"", "\"result\":\"errors\"" },
	{ "\"unmodelled\":1", "\"unmodelled\":2" },
	{ "\"reason\":\"a pointer\"", "\"reason\":true" },
	{ "\"cells\":{", "\"cells\":{\"end\":99999," },
	{ "\"cells\":{", "\"cells\":{\"other\":1," },
	{ "\"value\":-22", "\"value\":\"-22\"" },
	{ "\"value\":16384", "\"value\":1.5" },
	{ "\"terms\":{", "\"terms\":[{" },
	{ "\"pointer_bits\":64", "\"pointer_bits\":65" },
	{ "\"pointer_bits\":64", "\"pointer_bits\":0" },
	{ "\"page_shift\":12", "\"page_shift\":64" },
	{ "\"list\":[", "\"list\":[[]," },
	{ "\"list\":[", "\"list\":[[\"NONE\",\"n\"]," },
	{ "\"list\":[", "\"list\":[[\"CONST\",\"u64\",1]," },	/* moves all others */
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u64\",0]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u64\",1,\"start\"]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u064\",0,\"start\"]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"-64\",0,\"start\"]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u300\",0,\"start\"]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u64s\",0,\"start\"]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u64\",0,\"start\",1]" },
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"SYMBOL\",\"u64\",0,\"end\"]" },	/* twice */
	{ "[\"SYMBOL\",\"u64\",0,\"start\"]", "[\"symbol\",\"u64\",0,\"start\"]" },
	{ "[\"CONST\",\"u64\",16384]", "[\"CONST\",\"u8\",16384]" },
	{ "[\"CONST\",\"u64\",16384]", "[\"CONST\",\"u64\",16384,\"name\"]" },
};

static char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	struct strbuf b = { 0 };

	assert_non_null(at);
	strbuf_add(&b, text, (size_t)(at - text));
	strbuf_adds(&b, to);
	strbuf_adds(&b, at + strlen(from));
	return strbuf_detach(&b);
}

static void damage_is_refused(void **state)
{
	struct contract a = sample(), b = { 0 };
	char *text = text_of(&a), *damaged;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
		damaged = replaced(text, damages[i].from, damages[i].to);
		if (read_text(damaged, &b) != -EINVAL)
			fail_msg("read in spite of %s", damages[i].to);
		assert_null(b.function);
		assert_null(b.effects);
		assert_null(b.terms);
		free(damaged);
	}
	assert_int_equal(read_text("[]", &b), -EINVAL);
	assert_int_equal(contract_from_json(NULL, &b), -EINVAL);
	free(text);
	contract_free(&a);
}

/* Terms whose operands do not fit: each a store of its own, behind start (1), a condition (2), a record (3). */
static const struct { bool good; const char *term; } shapes[] = {
	{ true, "[\"ADD\",\"u64\",0,null,1,1]" },
	{ false, "[\"ADD\",\"u64\",0,null,1]" },
	{ false, "[\"ADD\",\"u64\",0,null,1,1,1]" },
	{ false, "[\"ADD\",\"u64\",0,null,1,4]" },		/* itself */
	{ false, "[\"ADD\",\"u64\",0,null,1,5]" },
	{ false, "[\"ADD\",\"u64\",0,null,0,1]" },
	{ false, "[\"ADD\",\"u32\",0,null,1,1]" },
	{ false, "[\"ADD\",\"u64\",1,null,1,1]" },
	{ false, "[\"ADD\",\"u64\",0,\"plus\",1,1]" },
	{ false, "[\"ADD\",\"u64\",0,null,1,2]" },
	{ true, "[\"SHL\",\"u64\",0,null,1,2]" },
	{ false, "[\"SHL\",\"u32\",0,null,1,2]" },
	{ true, "[\"ADD\",\"r\",0,null,1,3]" },			/* of records nothing is known */
	{ true, "[\"NOT\",\"b1\",0,null,2]" },
	{ false, "[\"NOT\",\"b1\",0,null,1]" },
	{ false, "[\"NOT\",\"u1\",0,null,2]" },
	{ true, "[\"LAND\",\"b1\",0,null,2,2]" },
	{ false, "[\"LAND\",\"b1\",0,null,2,1]" },
	{ true, "[\"ULT\",\"b1\",0,null,1,1]" },
	{ false, "[\"ULT\",\"u64\",0,null,1,1]" },
	{ false, "[\"ULT\",\"b1\",0,null,1,2]" },
	{ true, "[\"ITE\",\"u64\",0,null,2,1,1]" },
	{ false, "[\"ITE\",\"u64\",0,null,1,1,1]" },
	{ false, "[\"ITE\",\"u64\",0,null,2,1]" },
	{ true, "[\"ZEXT\",\"p64\",0,null,1]" },
	{ false, "[\"ZEXT\",\"u32\",0,null,1]" },
	{ true, "[\"TRUNC\",\"u8\",0,null,1]" },
	{ false, "[\"TRUNC\",\"r\",0,null,1]" },
	{ false, "[\"SEXT\",\"i64\",0,null,3]" },
	{ true, "[\"FIELD\",\"p64\",8,\"dev\",1]" },
	{ false, "[\"FIELD\",\"r\",8,\"dev\",1]" },
	{ false, "[\"FIELD\",\"p64\",8,\"dev\"]" },
	{ true, "[\"LOAD\",\"r\",8,null,1]" },
	{ false, "[\"LOAD\",\"u64\",8]" },
	{ true, "[\"CALL\",\"i32\",0,\"f\"]" },
	{ true, "[\"CALL\",\"i32\",0,null,1]" },
	{ false, "[\"CALL\",\"i32\",0,\"f\",1]" },		/* who is called? */
	{ false, "[\"CALL\",\"i32\",0]" },
	{ false, "[\"CALL\",\"i32\",0,\"f\",0,1]" },		/* no list */
	{ true, "[\"LIST\",\"n\",0,null,1]" },
	{ false, "[\"LIST\",\"n\",0,null,1,1]" },
	{ true, "[\"CONST\",\"u8\",255]" },
	{ false, "[\"CONST\",\"u8\",256]" },
	{ false, "[\"CONST\",\"u64\",0,null,1]" },
	{ false, "[\"GLOBAL\",\"u\",0,\"x\"]" },
};

static void terms_have_their_shape(void **state)
{
	struct json_object *o;
	struct terms *t;
	size_t i;
	char *text;

	(void)state;
	for (i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		text = xasprintf("{\"pointer_bits\":64,\"page_shift\":12,\"fresh\":0,\"list\":["
				 "[\"SYMBOL\",\"u64\",0,\"start\"],[\"SYMBOL\",\"b1\",0,\"yes\"],"
				 "[\"SYMBOL\",\"r\",0,\"prot\"],%s]}", shapes[i].term);
		o = json_tokener_parse(text);
		assert_non_null(o);
		t = terms_from_json(o);
		if (!t != !shapes[i].good)
			fail_msg("%s is %s", shapes[i].term, t ? "read" : "refused");
		terms_free(t);
		json_object_put(o);
		free(text);
	}
}

static int any_value(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value)
{
	(void)ctx;
	(void)t;
	(void)args;
	*value = a + nr;
	return 0;
}

/* Whatever was read can be used. */
static void use(const struct contract *c)
{
	struct term_world world = { .leaf = any_value };
	uint64_t value;
	char *text;
	term_t a;

	for (a = 0; c->terms && a < c->terms->nr; a++) {
		text = term_text(c->terms, &c->flags, a);
		assert_non_null(text);
		free(text);
		term_eval(c->terms, a, &world, &value);
	}
}

static const char *const pieces[] = {
	"{", "}", "[", "]", ",", ":", "\"", "null", "true", "0", "1", "2", "7", "-1", "99", "1e9", "4294967295",
	"18446744073709551615", "-9223372036854775808", "\"loop\"", "\"u8\"", "\"p64\"", "\"r\"", "\"b1\"",
	"\"ADD\"", "\"LIST\"", "\"CALL\"", "\"ZEXT\"", "\"ITE\"", "\"\\u0000\"", "\xff",
};

/* Words change places with words, numbers with numbers: most of these still are JSON. */
static char *mutated(const char *text)
{
	char *s = xstrdup(text), *old;
	unsigned n = 1 + below(3), at, len;
	struct strbuf b;

	while (n--) {
		at = below((unsigned)strlen(s));
		len = 0;
		while (at && !strchr(",:[]{}", s[at - 1]))
			at--;
		while (s[at + len] && !strchr(",:[]{}", s[at + len]))
			len++;
		if (!len || !below(8)) {
			at = below((unsigned)strlen(s));
			len = below(2);
		}
		memset(&b, 0, sizeof(b));
		strbuf_add(&b, s, at);
		if (below(2))
			strbuf_addf(&b, "%u", below(64));
		else
			strbuf_adds(&b, pieces[below(sizeof(pieces) / sizeof(*pieces))]);
		strbuf_adds(&b, s + at + (strlen(s + at) < len ? strlen(s + at) : len));
		old = s;
		s = strbuf_detach(&b);
		free(old);
	}
	return s;
}

/* Read or refused, never worse; and what is read is written as it was read. */
static void random_damage_does_no_harm(void **state)
{
	struct contract a = sample(), b, c;
	char *text = text_of(&a), *damaged, *again, *twice;
	unsigned i, read = 0;

	(void)state;
	for (i = 0; i < 6000; i++) {
		damaged = mutated(text);
		memset(&b, 0, sizeof(b));
		memset(&c, 0, sizeof(c));
		if (!read_text(damaged, &b)) {
			read++;
			use(&b);
			again = text_of(&b);
			assert_int_equal(read_text(again, &c), 0);
			twice = text_of(&c);
			assert_string_equal(again, twice);
			contract_free(&b);
			contract_free(&c);
			free(again);
			free(twice);
		}
		free(damaged);
	}
	assert_true(read > 50);
	assert_true(read < 5000);
	free(text);
	contract_free(&a);
}

/* Whatever constructors make is read back: types and operands at random. */
static void every_term_that_is_made_is_read(void **state)
{
	static const struct ctype types[] = {
		{ CTYPE_BOOL, 1, false }, { CTYPE_INT, 8, false }, { CTYPE_INT, 16, true }, { CTYPE_INT, 32, true },
		{ CTYPE_INT, 32, false }, { CTYPE_INT, 64, false }, { CTYPE_INT, 64, true }, { CTYPE_POINTER, 64, false },
		{ CTYPE_RECORD, 0, false }, { CTYPE_INT, 128, false }, { CTYPE_VOID, 0, false },
	};
	struct contract a = { .function = xstrdup("f") }, b = { 0 };
	struct terms *t = a.terms = terms_new();
	struct path *p = vec_push(&a.paths);
	struct ctype type;
	term_t args[2], made;
	unsigned i, k;
	char *text;

	(void)state;
	term_symbol(t, "start", U64);
	for (i = 0; i < 20000; i++) {
		type = types[below(sizeof(types) / sizeof(*types))];
		for (k = 0; k < 2; k++)
			args[k] = 1 + below((unsigned)t->nr - 1);
		/* A LIST is no operand but a CALL's. */
		if (term_at(t, args[0])->op == TERM_LIST || term_at(t, args[1])->op == TERM_LIST)
			continue;
		switch (below(12)) {
		case 0:
			made = term_const(t, below(2) ? below(300) : -(uint64_t)below(300), type);
			break;
		case 1:
			made = term_symbol(t, below(2) ? "end" : "x", type);
			break;
		case 2:
			made = term_fresh(t, "asm", type);
			break;
		case 3:
			made = term_field(t, args[0], below(2) ? "m" : "", below(64));
			break;
		case 4:
			made = term_element(t, args[0], args[1], below(64));
			break;
		case 5:
			made = term_load(t, args[0], below(3), type);
			break;
		case 6:
			made = term_call(t, below(2) ? "f" : NULL, args[0], args, below(3), below(3), type);
			break;
		case 7:
			made = term_ite(t, args[0], args[1], term_fresh(t, "asm", term_at(t, args[1])->type));
			break;
		case 8:
			made = term_convert(t, args[0], type);
			break;
		default:
			k = TERM_ADD + below(TERM_ITE - TERM_ADD);
			made = term_op(t, (enum term_op)k, args[0],
				       (k >= TERM_BNOT && k <= TERM_TRUNC) || k == TERM_NOT ? 0 : args[1], type);
		}
		guard(p, "", 0, false, made);
	}
	assert_true(t->nr > 5000);
	for (made = 1; made < t->nr; made++) {
		const struct term *x = term_at(t, made);

		if (term_raw(t, x) != made)
			fail_msg("%u: op %u of type %u:%u with %u:%u and %u:%u", made, x->op, x->type.kind,
				 x->type.bits, term_at(t, x->a)->type.kind, term_at(t, x->a)->type.bits,
				 term_at(t, x->b)->type.kind, term_at(t, x->b)->type.bits);
	}
	use(&a);
	text = text_of(&a);
	assert_int_equal(read_text(text, &b), 0);
	for (i = 0; i < p->guards.nr; i += 97)
		assert_true(term_equal(a.terms, p->guards.items[i].term, b.terms,
				       b.paths.items[0].guards.items[i].term));
	free(text);
	contract_free(&a);
	contract_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_round_trip_loses_nothing),
		cmocka_unit_test(a_contract_without_terms_is_one),
		cmocka_unit_test(damage_is_refused),
		cmocka_unit_test(terms_have_their_shape),
		cmocka_unit_test(every_term_that_is_made_is_read),
		cmocka_unit_test(random_damage_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
