// SPDX-License-Identifier: GPL-2.0-only
/*
 * Damaged input: seeded mutations of C, Rust and JSON text.  There is nothing to compare with: a
 * read outside the text, undefined behaviour or a leak ends the program under the sanitizers, a
 * hang ends it by its time limit, and what is found must point into the text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/facts.h"
#include "tree/lex.h"
#include "tree/text.h"

enum { TEXT_ROUNDS = 6000, JSON_ROUNDS = 4000, MAX_LEN = 4096 };

static uint64_t seed;

static unsigned below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static const char c_text[] =
"#ifndef X_H\n#define X_H\n#if defined(A) && \\\n\tB\n#define OPS(n) .open = n, .mmap = n##_mmap,"
" \\\n\t.x = 1\n"
"#elif 0\n#define a_mmap NULL\n#else /* c */\n#endif // d\n"
"static int __must_check a_mmap(struct file *f, struct vm_area_struct *v) __attribute__((x))\n{\n"
"\tif (x) { y->f_op = &b_fops; memcpy(&z, old_fops, 4); z = *w_fops; }\n"
"\treturn b_mmap(f, (struct vm_area_struct *)v) ? '\\'' : \"s\\\"\\\n\"[0];\n}\nint b_mmap(struct"
" vm_area_struct *);\n"
"static const struct file_operations t[] = { [0] = { .mmap = a_mmap }, { mmap: b_mmap }, };\n"
"struct d d = { .f = { .mmap = PTR(a_mmap, 1) }, .g = &(const struct file_operations){ .mmap ="
" NULL } };\n"
"typedef int (*y_fn)(struct vm_area_struct *v);\nstruct o { int (*mmap)(struct q *q, struct"
" vm_area_struct *v);\n\tstruct { x_fn *p, r; union { y_fn y[2]; }; } s;\n\tint (*const"
" h[3])(struct vm_area_desc *, int (*f)(struct vm_area_struct *)); };\n"
"#define FB OPS(x), FB_OPS\nstatic struct fb_ops ops = { FB_OPS, .o.mmap = m, OPS(y), [1].fb_mmap ="
" c ? d : e };\n"
"void g(void) { WRITE_ONCE(y->f_op, c ? &d_fops : fops_get(e)); p->q[1].mmap = (void *)a_mmap; (*r).mmap = b_mmap;"
" }\nEXPORT_SYMBOL_GPL(a_mmap);\n#endif\n";

static const char rust_text[] =
"use bindings::file_operations;\n// mmap: Some(x),\nconst F: file_operations = file_operations {\n"
"    mmap: if T::HAS_MMAP { Some(Self::do_mmap::<T>) } else { None },\n    open: Some(open),\n};\n"
"ops.mmap = Some(a::b); fn mmap() {}\nmmap : Some(), mmap=Some(c";

/* Pieces that change what the rest means. */
static const char *const pieces[] = {
	"{", "}", "(", ")", "[", "]", "=", ";", ",", ".", "->", "\"", "'", "\\", "\\\n", "\n", "/*",
	  "*/", "//", "#", "\n#if 0\n",
	"\n#if 1\n", "\n#ifdef A\n", "\n#else\n", "\n#elif X\n", "\n#endif\n", "\n#define ", "mmap",
	  ".mmap = ", "mmap: ", "struct ",
	"= {", "NULL", "f_op", "->f_op = ", "memcpy(", "vm_area_struct", "a_mmap", "Some(",
	  "file_operations", "\xff", "\0x", "FB_OPS", "fb_mmap", "(*mmap)(", "typedef ", "y_fn ", "##",
	"\"a\":", "null", "-1", "4294967295", "9223372036854775808", "1e99", "[[", "]]",
	  "\"nodes\"",
};

/* A damaged copy of text, in a block of its exact size. */
static char *mutate(const char *text, size_t len, size_t *out_len)
{
	char b[MAX_LEN * 2];
	unsigned n = 1 + below(8), at, cut, k;
	const char *piece;
	size_t plen;
	char *copy;

	assert_true(len <= MAX_LEN);
	memcpy(b, text, len);
	for (k = 0; k < n && len; k++) {
		at = below((unsigned)len);
		switch (below(6)) {
		case 0:			/* a byte */
			b[at] = (char)below(256);
			break;
		case 1:			/* cut a piece out */
			cut = 1 + below(40);
			if (cut > len - at)
				cut = (unsigned)(len - at);
			memmove(b + at, b + at + cut, len - at - cut);
			len -= cut;
			break;
		case 2:			/* end here */
			len = at;
			break;
		case 3:			/* repeat a piece */
			cut = 1 + below(60);
			if (cut > len - at)
				cut = (unsigned)(len - at);
			if (len + cut > sizeof(b))
				break;
			memmove(b + at + cut, b + at, len - at);
			len += cut;
			break;
		default:		/* put a piece in */
			piece = pieces[below(sizeof(pieces) / sizeof(*pieces))];
			plen = strlen(piece);
			if (len + plen > sizeof(b))
				break;
			memmove(b + at + plen, b + at, len - at);
			memcpy(b + at, piece, plen);
			len += plen;
			break;
		}
	}
	copy = malloc(len ? len : 1);
	assert_non_null(copy);
	memcpy(copy, b, len);
	*out_len = len;
	return copy;
}

static void check_tokens(const char *text, size_t len)
{
	unsigned lines = 1, last = 1;
	struct lexed l = { 0 };
	const struct token *t;
	size_t i;

	for (i = 0; i < len; i++)
		lines += text[i] == '\n';
	lex(text, len, &l);
	assert_string_equal(l.conditions.items[0], "");
	vec_each(t, &l.tokens) {
		assert_true(t->text >= text && t->text + t->len <= text + len);
		assert_true(t->condition < l.conditions.nr);
		assert_in_range(t->line, last, lines);
		last = t->line;
	}
	lexed_free(&l);
}

static struct text_fill fill_items[] = {
	{ "FB_OPS", "", "fb_mmap", "fb_io_mmap", false, false, 0 },
	{ "OPS", "file_operations", "mmap", "", true, true, 1 },
};
static const struct text_fills fills = { .items = fill_items, .nr = 2 };
static char *field_items[] = { "fb_mmap", "mmap" };
static const struct strlist fields = { .items = field_items, .nr = 2 };
static char *macro_items[] = { "FB_OPS", "OPS", "PTR" };
static const struct strlist macros = { .items = macro_items, .nr = 3 };
static char *typedef_items[] = { "desc x_fn", "y_fn" };
static const struct strlist typedefs = { .items = typedef_items, .nr = 2 };
static char *struct_items[] = { "fb_ops", "file_operations" };
static const struct strlist structs = { .items = struct_items, .nr = 2 };
static const struct text_query query = {
	.fields = &fields, .structs = &structs, .macros = &macros, .fills = &fills, .typedefs = &typedefs,
};

static void check_facts(const struct text_facts *facts, size_t len)
{
	const struct text_site *s;
	const struct text_function *f;
	const struct text_field *d;
	const struct text_macro *m;
	size_t i;

	vec_each(s, &facts->sites) {
		assert_in_range(s->line, 1, len + 1);
		assert_true(s->file && s->tag && s->field && s->table && s->value && s->how && s->condition);
	}
	vec_each(d, &facts->fields) {
		assert_in_range(d->line, 1, len + 1);
		assert_true(*d->tag && *d->name);
	}
	vec_each(m, &facts->macros)
		assert_true(*m->name && *m->uses);
	vec_each(f, &facts->functions) {
		assert_in_range(f->line, 1, len + 1);
		assert_true(f->file && *f->name && f->condition);
		for (i = 1; i < f->names.nr; i++)
			assert_true(strcmp(f->names.items[i - 1], f->names.items[i]) < 0);
	}
}

static void damaged_text_is_survived(void **state)
{
	struct strlist names = { 0 };
	unsigned i, found = 0;
	size_t len;

	(void)state;
	seed = 0x6d6d6170636f6e76;
	strlist_add(&names, "a_mmap");
	strlist_add(&names, "b_mmap");
	for (i = 0; i < TEXT_ROUNDS; i++) {
		bool rust = i % 4 == 3;
		char *text = rust ? mutate(rust_text, sizeof(rust_text) - 1, &len)
				  : mutate(c_text, sizeof(c_text) - 1, &len);
		struct text_facts facts = { 0 };
		struct text_arguments arguments = { 0 };
		struct text_uses uses = { 0 };
		struct text_use *u;

		check_tokens(text, len);
		text_scan("a.c", text, len, &query, &facts);
		text_scan_fields("a.h", text, len, &query, &facts);
		text_scan_macros("a.h", text, len, &query, &facts);
		text_scan_rust("a.rs", text, len, &query, &facts);
		check_facts(&facts, len);
		found += facts.sites.nr > 0;
		text_arguments("a.c", text, len, &names, &arguments);
		text_arguments_free(&arguments);
		text_uses("a.c", text, len, &names, &uses);
		vec_each(u, &uses)
			assert_true(!strcmp(u->name, "a_mmap") || !strcmp(u->name, "b_mmap"));
		text_uses_free(&uses);
		text_count(text, len, "mmap");
		text_facts_free(&facts);
		free(text);
	}
	/* Mutations that break everything would test little. */
	assert_true(found > TEXT_ROUNDS / 3);
	strlist_free(&names);
}

static const char unit_text[] =
"{\"file\":\"a.c\",\"arch\":\"x86_64\",\"status\":1,\"nr_errors\":2,\"doubtful\":1,\"errors\":[\"a.c:1:1:"
" x\",\"y\"],\"wanted\":[\"w\"],"
"\"nodes\":[[0,0,0,0,0,0,null,null,null,null,null,null,0,0,0,0,0,0,0,0,0,0],"
"[1,0,3,1,2,0,null,null,null,null,null,null,0,0,0,0,0,0,0,0,0,0],"
"[9,0,4,2,3,0,\"n\",\"=\",\"int\",\"M\",\"f.h\",\"c\",0,0,4,64,0,8,16,3,9,4],"
"[19,0,4,9,0,0,\"r\",null,\"int\",null,null,null,-5,1,3,32,1,0,0,0,0,0]],"
"\"functions\":[{\"name\":\"a_mmap\",\"file\":\"a.c\",\"line\":3,\"last\":9,\"static\":1,\"body\":1,"
"\"params\":[\"f\",\"struct file *\",4,64,0,\"v\",\"struct vm_area_struct *\",4,64,0],\"result\":[3,32,1]}],"
"\"sites\":[{\"tag\":\"file_operations\",\"table\":\"t\",\"target\":\"\",\"field\":\"mmap\",\"value\":\"a_mmap\",\"how\":\"static\",\"file\":\"a.c\","
"\"line\":9,\"def_file\":null,\"setter\":\"set\",\"argument\":2,\"local\":1}],\"calls\":[{\"function\":\"a_mmap\",\"file\":\"a.c\",\"callee\":\"x_ops.mmap\","
"\"callee_file\":null,\"line\":4}],\"vm_ops\":[{\"name\":\"o\",\"line\":8,\"const\":1,\"whole\":1,\"fields\":[\"open=x\",\"close=y\"]}],"
"\"initials\":[{\"name\":\"limits\",\"hash\":\"0f\",\"table\":1,\"names\":[\"most\"]}],"
"\"flags\":{\"VM_SHARED\":8,\"VM_IO\":16384},\"page_shift\":12}";

/* What a worker wrote is read back as it was. */
static void a_unit_survives_json(void **state)
{
	struct json_object *in = json_tokener_parse(unit_text), *out;
	struct unit u = { 0 };

	(void)state;
	assert_non_null(in);
	assert_int_equal(unit_from_json(in, &u), 0);
	assert_int_equal(u.status, UNIT_PARTIAL);
	assert_int_equal(u.nr_nodes, 4);
	assert_int_equal(u.nodes[3].value, -5);
	assert_true(u.nodes[3].has_value);
	assert_string_equal(u.nodes[2].cleanup, "c");
	assert_non_null(unit_function(&u, "a_mmap"));
	assert_int_equal(unit_function(&u, "a_mmap")->nr_params, 2);
	assert_null(u.sites.items[0].def_file);
	assert_string_equal(u.vm_ops.items[0].fields.items[1], "close=y");
	assert_string_equal(u.initials.items[0].names.items[0], "most");
	out = unit_to_json(&u);
	assert_int_equal(json_object_equal(in, out), 1);
	json_object_put(out);
	json_object_put(in);
	unit_free(&u);
}

/* One member damaged: refused, and nothing is left behind. */
static void a_wrong_unit_is_refused(void **state)
{
	static const struct { const char *from, *to; } damage[] = {
		{ "\"file\":\"a.c\",\"arch\"", "\"arch\"" },
		{ "\"x86_64\"", "null" },
		{ "\"hash\":\"0f\"", "\"hash\":null" },
		{ "\"status\":1", "\"status\":3" },
		{ "\"status\":1", "\"status\":-1" },
		{ "[19,0,4,9,0,0,",
		      "[19,0,4,9,4,0," },		/* child and next behind the last node */
		{ "[19,0,4,9,0,0,", "[19,0,4,9,0,4," },
		{ "[19,0,4,9,0,0,", "[19,0,4,9,3,0," },	/* its own child: no walk would end */
		{ "[19,0,4,9,0,0,", "[19,0,4,9,0,2," },
		{ "0,0,\"r\",null", "0,0,null,null" },	/* a reference to nothing */
		{ "[19,0,4,9,0,0,", "[19,0,4,9,-1,0," },
		{ "[19,0,", "[99,0," },
		{ "[19,0,", "[-1,0," },
		{ "[19,0,", "[19,7," },
		{ ",-5,1,3,32,1,0,0,0,0,0]", ",-5,1,3,32,1,0,0,0,0]" },
		{ ",-5,1,3,32,1,0,0,0,0,0]", ",-5,1,3,32,1,0,0,0,0,0,2]" },
		{ ",-5,1,3,32,1,", ",-5,1,3,33,1," },	/* a width that C does not have */
		{ ",-5,1,3,32,1,", ",-5,1,8,32,1," },
		{ ",-5,1,3,32,1,", ",-5,1,3,32,2," },
		{ ",-5,1,3,32,1,", ",-5,1,1,32,1," },
		{ "4,64,0,8,16,3", "4,64,1,8,16,3" },	/* a pointer is not signed */
		{ "4,64,0,8,16,3", "4,64,0,-8,16,3" },
		{ "4,64,0,8,16,3", "4,64,0,8,-1,3" },
		{ "4,64,0,8,16,3", "4,64,0,8,16,65" },
		{ "16,3,9,4", "16,3,16,4" },		/* a bit behind the first byte */
		{ "16,3,9,4", "16,3,-1,4" },
		{ "16,3,9,4", "16,3,9,-4" },
		{ "\"result\":[3,32,1]", "\"result\":[3,32]" },
		{ "\"result\":[3,32,1]", "\"result\":[3,31,1]" },
		{ "4,64,0],", "4,64,0,1]," },
		{ "\"VM_IO\":16384", "\"VM_IO\":16385" },	/* two bits */
		{ "\"VM_IO\":16384", "\"VM_IO\":0" },
		{ "\"flags\"", "\"flogs\"" },
		{ "\"page_shift\":12", "\"page_shift\":64" },
		{ "[[0,", "[null,[0," },
		{ "\"body\":1", "\"body\":4" },
		{ "\"body\":1", "\"body\":-1" },
		{ "\"name\":\"a_mmap\"", "\"name\":null" },
		{ "\"struct file *\"", "null" },
		{ "\"functions\":[{", "\"functions\":[7,{" },
		{ "\"field\":\"mmap\"", "\"field\":1" },
		{ "\"table\":\"t\",", "" },
		{ "\"tag\":\"file_operations\",", "" },
		{ "\"callee\":\"x_ops.mmap\"", "\"callee\":1" },
		{ "\"name\":\"o\"", "\"name\":{}" },
	};
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(damage) / sizeof(*damage); i++) {
		const char *where = strstr(unit_text, damage[i].from);
		struct json_object *json;
		struct unit u = { 0 };
		char *text;

		assert_non_null(where);
		at = (size_t)(where - unit_text);
		text = xasprintf("%.*s%s%s", (int)at, unit_text, damage[i].to,
		      where + strlen(damage[i].from));
		json = json_tokener_parse(text);
		assert_non_null(json);
		if (unit_from_json(json, &u) != -EINVAL)
			fail_msg("accepted: %s", text);
		assert_null(u.nodes);
		json_object_put(json);
		free(text);
	}
}

static void damaged_units_are_survived(void **state)
{
	unsigned i, parsed = 0, accepted = 0;
	size_t len, k;

	(void)state;
	seed = 0x756e6974;
	for (i = 0; i < JSON_ROUNDS; i++) {
		char *text = mutate(unit_text, sizeof(unit_text) - 1, &len), *s = xstrndup(text,
		      len);
		struct json_object *json = json_tokener_parse(s), *again;
		struct unit u = { 0 };

		free(text);
		free(s);
		if (!json)
			continue;
		parsed++;
		if (!unit_from_json(json, &u)) {
			accepted++;
			for (k = 0; k < u.nr_nodes; k++)
				assert_true(u.nodes[k].child < u.nr_nodes && u.nodes[k].next < u.nr_nodes);
			again = unit_to_json(&u);
			json_object_put(again);
			unit_free(&u);
		}
		json_object_put(json);
	}
	assert_true(parsed > JSON_ROUNDS / 50);
	assert_true(accepted > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_text_is_survived),
		cmocka_unit_test(a_unit_survives_json),
		cmocka_unit_test(a_wrong_unit_is_refused),
		cmocka_unit_test(damaged_units_are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
