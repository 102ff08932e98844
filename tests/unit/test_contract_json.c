// SPDX-License-Identifier: GPL-2.0-only
/* Contracts as JSON: nothing is lost on the way, and nothing else than a contract is read. */
#include "test_contract_json_fixture.h"

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
	{ "\"guards\":1", "\"guards\":65537" },
	{ "\"end\":\"done\"", "\"end\":\"over\"" },
	{ "\"end\":\"again\"", "\"end\":\"left\"" },	/* values are of a pass that another follows */
	{ "\"effects\":[1,2]", "\"effects\":[0,2]" },		/* the loop in itself */
	{ "\"effects\":[1,2]", "\"effects\":[1,3]" },
	{ "\"places\":[{\"address\":", "\"places\":[{\"address\":0,\"at\":" },
	{ "\"outside\":true", "\"outside\":1" },
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
