// SPDX-License-Identifier: GPL-2.0-only
/* C text to tokens: what is kept, on which line, under which condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree/lex.h"

#define CASE(n, in, out) { n, in, sizeof(in) - 1, out }

/* Tokens as "text" for names and numbers, 'text' for punctuation, #kind for preprocessor lines. */
static char *shown(const struct lexed *l)
{
	static const char *const lines[] = {
		[TOKEN_DEFINE] = "define", [TOKEN_IF] = "if", [TOKEN_ELSE] = "else",
		      [TOKEN_ENDIF] = "endif",
	};
	const struct token *t;
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	vec_each(t, &l->tokens) {
		if (b.len)
			strbuf_adds(&b, " ");
		if (t->kind >= TOKEN_DEFINE)
			strbuf_addf(&b, "#%s", lines[t->kind]);
		else
			strbuf_add(&b, t->text, t->len);
		if (t->line != 1)
			strbuf_addf(&b, "@%u", t->line);
		if (t->condition)
			strbuf_addf(&b, "{%s}", l->conditions.items[t->condition]);
	}
	return strbuf_detach(&b);
}

static const struct { const char *name, *in; size_t len; const char *out; } cases[] = {
	CASE("nothing", "", ""),
	CASE("names, numbers, punctuation", "int a_1 = 0x1fUL;", "int a_1 = 0x1fUL ;"),
	CASE("a float is one number", "1.5e3", "1.5e3"),
	CASE("two-character operators", "a->b == c != d += e |= f", "a -> b == c != d += e |= f"),
	CASE("lines are counted", "a\nb\n\nc", "a b@2 c@4"),
	CASE("a block comment is white space", "a/* x \" ' // */b", "a b"),
	CASE("its lines count", "/*\n\n*/a", "a@3"),
	CASE("a line comment ends with its line", "a // b /* c\nd", "a d@2"),
	CASE("stars in a comment", "/***/a/**/b/* * / */c", "a b c"),
	CASE("a slash alone", "a / b /", "a / b /"),
	CASE("a string with escapes and comment marks", "\"a\\\"b /* // \\\\\" c", "\"a\\\"b /* //"
	  " \\\\\" c"),
	CASE("characters", "'\\'' '\"' 'x'", "'\\'' '\"' 'x'"),
	CASE("a continued line", "a \\\nb", "a b@2"),
	CASE("a string over a continued line", "\"a\\\nb\" c", "\"a\\\nb\" c@2"),
	CASE("bytes that are no ASCII are skipped", "a\xc3\xa4\xff b\x80\x01", "a b \x01"),
	CASE("a NUL is skipped", "a\0b", "a b"),

	/* Preprocessor lines. */
	CASE("define is one token", "#define A(x) ((x) + 1)\nb", "#define b@2"),
	CASE("over continued lines", "#define A 1 \\\n 2 \\\n 3\nb", "#define b@4"),
	CASE("with a comment that goes on", "#define A 1 /* \n */ 2\nb", "#define b@3"),
	CASE("a quote in it", "#define A \"\\\"/*\"\nb", "#define b@2"),
	CASE("white space around the sign", "  # \tdefine A\nb", "#define b@2"),
	CASE("after a comment", "/* c */ #define A\nb", "#define b@2"),
	CASE("a sign inside a line is no directive", "a # define b", "a # define b"),
	CASE("other lines are dropped", "#include <a.h>\n#pragma once\n#error it's\n#\nb", "b@5"),

	/* Conditions. */
	CASE("ifdef", "#ifdef A\nx\n#endif\ny", "#if x@2{A} #endif@3 y@4"),
	CASE("ifndef", "#ifndef A\nx\n#endif\ny", "#if x@2{!A} #endif@3 y@4"),
	CASE("else", "#ifdef A\nx\n#else\ny\n#endif\nz", "#if x@2{A} #else@3{A} y@4{!A} #endif@5"
	  " z@6"),
	CASE("else of ifndef", "#ifndef A\n#else\ny\n#endif", "#if #else@2{!A} y@3{A} #endif@4"),
	CASE("defined() and IS_ENABLED()", "#if defined(A)\nx\n#endif\n#if"
	  " IS_ENABLED(B)\ny\n#endif",
	     "#if x@2{A} #endif@3 #if@4 y@5{B} #endif@6"),
	CASE("elif", "#ifdef A\nx\n#elif defined(B)\ny\n#endif", "#if x@2{A} #else@3{A} y@4{!A && B}"
	  " #endif@5"),
	CASE("an expression, folded", "#if  A   && \\\n B\nx\n#endif", "#if x@3{A && B} #endif@4"),
	CASE("nested", "#ifdef A\n#ifdef B\nx\n#else\ny\n#endif\nz\n#endif\nw",
	     "#if #if@2{A} x@3{A && B} #else@4{A && B} y@5{A && !B} #endif@6{A} z@7{A} #endif@8"
	  " w@9"),
	CASE("an include guard says nothing", "#ifndef X_H\n#define X_H\nx\n#endif",
	     "#if #define@2 x@3 #endif@4"),
	CASE("and its kin", "#ifndef _X_H_\nx\n#ifdef B\ny\n#endif\n#endif",
	     "#if x@2 #if@3 y@4{B} #endif@5 #endif@6"),
	CASE("#if 0 is dropped", "a\n#if 0\nb \" ' /* \n */ #define X\n#define Y\n#endif\nc", "a"
	  " #if@2 #endif@6 c@7"),
	CASE("endif and else with nothing open", "#endif\n#else\na", "a@3"),

	/* Unterminated everything. */
	CASE("a comment", "a /* b", "a"),
	CASE("a comment of two characters", "a /*", "a"),
	CASE("a line comment", "a //", "a"),
	CASE("a string ends with its line", "\"abc\nd", "\"abc d@2"),
	CASE("a string at the end", "a \"", "a \""),
	CASE("a string that ends in a backslash", "\"a\\", "\"a\\"),
	CASE("a character", "'", "'"),
	CASE("a define", "#define", "#define"),
	CASE("a define that ends in a backslash", "#define A \\", "#define"),
	CASE("a define in a comment", "#define A /* x", "#define"),
	CASE("an #if", "#ifdef A\nx", "#if x@2{A}"),
	CASE("a sign", "#", ""),
	CASE("a backslash", "\\", ""),
};

/* Which names are kept of branches that are never compiled. */
static const struct { const char *name, *in, *names; } kept[] = {
	{ "an #if in #if 0", "#if 0\n#ifdef B\nx\n#else\ny\n#endif\nz\n#endif\nw", "w" },
	{ "elif after #if 0", "#if 0\nx\n#elif defined(A)\ny\n#endif\nz", "y z" },
	{ "else after #if 1", "#if 1\nx\n#else\ny\n#endif\nz", "x z" },
	{ "both after #if 0", "#if 0\nx\n#else\ny\n#endif\nz", "y z" },
};

static void tokens_are(void **state)
{
	struct lexed l = { 0 };
	size_t i;
	char *s, *copy;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		/* Without a NUL behind it, so that reading too far is seen. */
		copy = malloc(cases[i].len ? cases[i].len : 1);
		assert_non_null(copy);
		memcpy(copy, cases[i].in, cases[i].len);
		lex(copy, cases[i].len, &l);
		s = shown(&l);
		if (strcmp(s, cases[i].out))
			fail_msg("%s: \"%s\", not \"%s\"", cases[i].name, s, cases[i].out);
		free(s);
		lexed_free(&l);
		free(copy);
	}
}

static void dead_branches_are_dropped(void **state)
{
	struct strbuf b = { 0 };
	struct lexed l = { 0 };
	const struct token *t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		lex(kept[i].in, strlen(kept[i].in), &l);
		strbuf_adds(&b, "");
		vec_each(t, &l.tokens)
			if (t->kind == TOKEN_IDENT) {
				strbuf_adds(&b, b.len ? " " : "");
				strbuf_add(&b, t->text, t->len);
			}
		if (strcmp(b.s, kept[i].names))
			fail_msg("%s: kept %s, not %s", kept[i].name, b.s, kept[i].names);
		strbuf_reset(&b);
		lexed_free(&l);
	}
	strbuf_free(&b);
}

/* Deeper than levels are recorded: what is behind them is still read, and nothing is lost. */
static void deep_nesting_is_survived(void **state)
{
	struct strbuf b = { 0 };
	struct lexed l = { 0 };
	const struct token *t;
	unsigned names = 0, i;

	(void)state;
	for (i = 0; i < 300; i++)
		strbuf_addf(&b, "#ifdef A%u\nx\n", i);
	for (i = 0; i < 300; i++)
		strbuf_adds(&b, "#else\ny\n#endif\n");
	strbuf_adds(&b, "last");
	lex(b.s, b.len, &l);
	vec_each(t, &l.tokens)
		names += t->kind == TOKEN_IDENT;
	assert_int_equal(names, 601);
	t = &l.tokens.items[l.tokens.nr - 1];
	assert_true(token_is(t, "last"));
	assert_int_equal(t->condition, 0);
	assert_int_equal(t->line, 300 * 2 + 300 * 3 + 1);
	lexed_free(&l);
	strbuf_free(&b);
}

static void a_define_holds_its_whole_line(void **state)
{
	static const char text[] = "#define A(x) \\\n\tx /* c */ + 1\nb";
	struct lexed l = { 0 }, body = { 0 };
	char *s;

	(void)state;
	lex(text, sizeof(text) - 1, &l);
	assert_int_equal(l.tokens.nr, 2);
	lex_line(l.tokens.items[0].text, l.tokens.items[0].len, 7, &body);
	s = shown(&body);
	assert_string_equal(s, "A@7 (@7 x@7 )@7 x@8 +@8 1@8");
	free(s);
	lexed_free(&body);

	/* In a piece of a line a sign starts no directive. */
	lex_line("#x ## y", 7, 1, &body);
	s = shown(&body);
	assert_string_equal(s, "# x # # y");
	free(s);
	lexed_free(&body);
	lexed_free(&l);
}

static void token_is_compares_the_whole(void **state)
{
	struct lexed l = { 0 };
	char *s;

	(void)state;
	lex("mmap mmap_prepare", 17, &l);
	assert_true(token_is(&l.tokens.items[0], "mmap"));
	assert_false(token_is(&l.tokens.items[0], "mma"));
	assert_false(token_is(&l.tokens.items[0], "mmaps"));
	assert_false(token_is(&l.tokens.items[1], "mmap"));
	s = token_text(&l.tokens.items[1]);
	assert_string_equal(s, "mmap_prepare");
	free(s);
	lexed_free(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are),
		cmocka_unit_test(dead_branches_are_dropped),
		cmocka_unit_test(deep_nesting_is_survived),
		cmocka_unit_test(a_define_holds_its_whole_line),
		cmocka_unit_test(token_is_compares_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
