// SPDX-License-Identifier: GPL-2.0-only
/* What a rule file says of itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/rule_text.h"

#define HEAD "// SPDX-License-Identifier: GPL-2.0-only\n/// One  idea\n/// of it.\n//\n// What: this and\n//\tthat.\n" \
	     "// When: always.\n// Limits: none\n//\tknown.\n// Confidence: High\n"
#define NEEDS "// Needs: mmap_prepare, action\n"
#define BODY "\n@x@\n@@\n// What: not in the head\n"

static void whole(void **state)
{
	struct rule_text t;

	(void)state;
	assert_int_equal(rule_text_read(&t, "dir/one.cocci", HEAD NEEDS BODY), 0);
	assert_string_equal(t.name, "one");
	assert_string_equal(t.summary, "One idea of it.");
	assert_string_equal(t.what, "this and that.");
	assert_string_equal(t.when, "always.");
	assert_string_equal(t.limits, "none known.");
	assert_string_equal(t.confidence, "High");
	assert_int_equal(t.needs.nr, 2);
	assert_string_equal(t.needs.items[1], "action");
	rule_text_free(&t);
}

static void a_part_is_missing(void **state)
{
	static const char *const bad[] = {
		"", BODY, HEAD BODY,			/* no "Needs:" */
		NEEDS BODY,				/* nothing else */
		HEAD "// Needs: no_such_key\n" BODY,
		HEAD "// Needs:\n" BODY,
		HEAD NEEDS "// Lacks: no_such_key\n" BODY,
		"/// x\n// What: a\n// When: b\n// Limits: c\n// Confidence: Sure\n" NEEDS,
		"// What: a\n// When: b\n// Limits: c\n// Confidence: High\n" NEEDS,
	};
	struct rule_text t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(rule_text_read(&t, "one.cocci", bad[i]), -EINVAL);
		rule_text_free(&t);
	}
}

static void what_a_tree_lacks(void **state)
{
	struct tree tree = { 0 };
	struct rule_text t;
	const char *why;

	(void)state;
	assert_int_equal(rule_text_read(&t, "one.cocci", HEAD NEEDS BODY), 0);
	assert_false(rule_text_serves(&t, &tree, &why));
	assert_string_equal(why, "mmap_prepare");
	tree.api[API_MMAP_PREPARE] = true;
	assert_false(rule_text_serves(&t, &tree, &why));
	assert_string_equal(why, "action");
	tree.api[API_ACTION] = true;
	assert_true(rule_text_serves(&t, &tree, &why));
	rule_text_free(&t);
	/* Nor does it serve a tree that has what makes it superfluous. */
	assert_int_equal(rule_text_read(&t, "one.cocci", HEAD NEEDS "// Lacks: desc_size\n" BODY), 0);
	assert_true(rule_text_serves(&t, &tree, &why));
	tree.api[API_DESC_SIZE] = true;
	assert_false(rule_text_serves(&t, &tree, &why));
	assert_string_equal(why, "desc_size");
	rule_text_free(&t);
}

/* Every rule of the library, in the order in which they run. */
static void the_library(void **state)
{
	struct rule_texts list = { 0 };
	struct strlist texts = { 0 };

	(void)state;
	assert_int_equal(rule_texts_read(&list, &texts, "semantic-patches"), 0);
	assert_true(list.nr > 20);
	assert_int_equal(list.nr, texts.nr);
	assert_string_equal(list.items[0].name, "handler");
	assert_string_equal(list.items[list.nr - 1].name, "residue");
	rule_texts_free(&list);
	strlist_free(&texts);
	assert_int_equal(rule_texts_read(&list, NULL, "semantic-patches/none"), -ENOENT);
	rule_texts_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole), cmocka_unit_test(a_part_is_missing),
		cmocka_unit_test(what_a_tree_lacks), cmocka_unit_test(the_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
