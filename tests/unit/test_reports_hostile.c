// SPDX-License-Identifier: GPL-2.0-only
/* Reading inventories that are damaged, or made to hurt: -EINVAL and a sentence, nothing worse. */
#include "test_reports_fixture.h"

#include <json-c/json.h>
#include <sys/stat.h>

static char *path;		/* of the inventory that is read */

/* Read this text; on failure the message must name the file and the mend.  Returns the result. */
static int read_text(const char *text, size_t len, char **said)
{
	struct inventory inv, empty = { 0 };
	char *message;
	int ret;

	write_whole(path, text, len);
	memset(&inv, 0xa5, sizeof(inv));	/* what was there before does not matter */
	message = SAID(ret = inventory_read(&inv, path));
	if (ret) {
		assert_int_equal(ret, -EINVAL);
		assert_has(message, path);
		assert_has(message, "mmapconv scan");
		assert_int_equal(strchr(message, '\n') - message, strlen(message) - 1);
		assert_memory_equal(&inv, &empty, sizeof(inv));
	} else {
		assert_string_equal(message, "");
		inventory_free(&inv);
	}
	if (said)
		*said = message;
	else
		free(message);
	return ret;
}

static char *whole_text(void)
{
	struct inventory inv;
	char *text;

	make_inventory(&inv);
	assert_int_equal(inventory_write(&inv, path), 0);
	text = read_whole(path);
	inventory_free(&inv);
	return text;
}

static char *small_text(void)
{
	struct inventory inv;
	char *text;

	start_inventory(&inv);
	set_converted(add_handler(&inv, "a.c", "a", "remap", "auto"), "patches/1.patch");
	assert_int_equal(inventory_write(&inv, path), 0);
	text = read_whole(path);
	inventory_free(&inv);
	return text;
}

/* Replace the first `old` and expect a refusal that names the member. */
static void expect_refused(const char *text, const char *old, const char *new, const char *member)
{
	const char *at = strstr(text, old);
	struct strbuf b = { 0 };
	char *said;

	assert_non_null(at);
	strbuf_add(&b, text, (size_t)(at - text));
	strbuf_adds(&b, new);
	strbuf_adds(&b, at + strlen(old));
	assert_int_equal(read_text(b.s, b.len, &said), -EINVAL);
	assert_has(said, member);
	free(said);
	strbuf_free(&b);
}

static void test_named(void **state)
{
	char *text = whole_text();

	(void)state;
	assert_int_equal(read_text(text, strlen(text), NULL), 0);
	expect_refused(text, "inventory-1", "inventory-9", "schema: \"mmapconv-inventory-9\"");
	expect_refused(text, "\"schema\"", "\"scheme\"", "schema: is missing");
	expect_refused(text, "\"schema\"", "\"extra\": 1, \"schema\"", "\"extra\" is not a member");
	expect_refused(text, "\"file\": \"drivers/a/alpha.c\"", "\"file\": \"drivers/../../x.c\"",
		       "handlers[0].file");
	expect_refused(text, "\"file\": \"drivers/a/alpha.c\"", "\"file\": \"/etc/passwd\"",
		       "handlers[0].file");
	expect_refused(text, "\"patch\": \"patches/", "\"patch\": \"../", "handlers[0].conversion.patch");
	expect_refused(text, "drivers/a/alpha.h:7", "../alpha.h:7", "handlers[0].declarations[0]");
	expect_refused(text, "drivers/a/alpha.h:7", "drivers/a/alpha.h:", "handlers[0].declarations[0]");
	expect_refused(text, "\"how\": \"static\"", "\"how\": \"macro:\"", "handlers[0].instances[0].how");
	expect_refused(text, "\"class\": \"remap\"", "\"class\": \"\\u001b[2J\"", "\"?[2J\" is not one of");
	expect_refused(text, "\"class\": \"remap\"", "\"class\": \"remap\\u0000x\"", "NUL");
	expect_refused(text, "\"line\": 10", "\"line\": -1", "handlers[0].line");
	expect_refused(text, "\"line\": 10", "\"line\": 99999999999999999999", "handlers[0].line");
	expect_refused(text, "\"line\": 10", "\"line\": 1e3", "handlers[0].line");
	expect_refused(text, "\"tier\": 1", "\"tier\": 0", "handlers[0].tier");
	expect_refused(text, "alpha.c:alpha_mmap", "alpha.c:other_mmap", "handlers[0].id");
	expect_refused(text, "\"mapped\": true", "\"map\\u001bped\": true", "tree.api");
	expect_refused(text, "\"mapped\": true", "\"mapped\": 1", "tree.api.mapped");
	expect_refused(text, "\"by_class\"", "\"by_klass\"", "totals");
	expect_refused(text, "\"handlers\": 10", "\"handlers\": 9", "totals");
	expect_refused(text, "\"tier\": 1,\n        \"handlers\": 9", "\"tier\": 1,\n        \"handlers\": 8", "totals");
	expect_refused(text, "\"complete\": true", "\"complete\": false", "totals");
	expect_refused(text, "\"complete\": true", "\"complete\": 1", "handlers[0].contract.complete");
	expect_refused(text, "\"result\": \"0\"", "\"result\": \"\"", "handlers[0].contract.paths[0].result");
	expect_refused(text, "\"11: size", "\"11: \\u0000size", "handlers[0].contract.paths[0].guards[0]");
	expect_refused(text, "\"more_paths\": 0", "\"more_paths\": -1", "handlers[0].contract.more_paths");
	expect_refused(text, "\"waiting\": 3", "\"waiting\": 4", "unlocks: do not fit");
	expect_refused(text, "\"edges\"", "\"edge\"", "unlocks: do not fit");
	expect_refused(text, "\"outcome\": \"none\"", "\"outcome\": \"converted\"", "totals");
	free(text);
}

static void test_twice(void **state)
{
	struct inventory inv;
	char *text, *said;

	(void)state;
	start_inventory(&inv);
	add_handler(&inv, "b.c", "b", "remap", "auto");
	add_handler(&inv, "a.c", "a", "remap", "auto");
	add_handler(&inv, "b.c", "b", "flags", "auto");
	assert_int_equal(inventory_write(&inv, path), 0);
	text = read_whole(path);
	assert_int_equal(read_text(text, strlen(text), &said), -EINVAL);
	assert_has(said, "handlers[2].id: \"b.c:b\" is there twice");
	inventory_free(&inv);
	free(said);
	free(text);
}

static void test_truncated(void **state)
{
	char *text = small_text();
	size_t len = strlen(text), i;

	(void)state;
	assert_int_equal(read_text(text, len, NULL), 0);
	/* All but the final newline is the whole object. */
	for (i = 0; i < len - 1; i++)
		assert_int_equal(read_text(text, i, NULL), -EINVAL);
	free(text);
}

/* Put `with` for every value in turn, at every depth, and read each result. */
static unsigned replace_each(struct json_object *root, struct json_object *at, const char *with)
{
	struct json_object_iter member;
	struct json_object *old;
	const char *text;
	unsigned nr = 0;
	size_t i;

	if (json_object_is_type(at, json_type_array)) {
		for (i = 0; i < json_object_array_length(at); i++) {
			old = json_object_get(json_object_array_get_idx(at, i));
			nr += replace_each(root, old, with);
			json_object_array_put_idx(at, i, json_tokener_parse(with));
			text = json_object_to_json_string(root);
			assert_int_equal(read_text(text, strlen(text), NULL), -EINVAL);
			json_object_array_put_idx(at, i, old);
			nr++;
		}
	} else if (json_object_is_type(at, json_type_object)) {
		json_object_object_foreachC(at, member) {
			old = json_object_get(member.val);
			nr += replace_each(root, old, with);
			json_object_object_add(at, member.key, json_tokener_parse(with));
			text = json_object_to_json_string(root);
			assert_int_equal(read_text(text, strlen(text), NULL), -EINVAL);
			json_object_object_add(at, member.key, old);
			nr++;
		}
	}
	return nr;
}

static void test_wrong_types(void **state)
{
	/* Of no type that any member has; the second fits no object either. */
	static const char *const with[] = { "1.5", "[[]]", "{\"a\": 1}" };
	char *text = whole_text();
	struct json_object *root = json_tokener_parse(text);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(with) / sizeof(*with); i++)
		assert_true(replace_each(root, root, with[i]) > 300);
	/* It is as it was. */
	assert_int_equal(read_text(json_object_to_json_string(root),
				   strlen(json_object_to_json_string(root)), NULL), 0);
	json_object_put(root);
	free(text);
}

/* Take every member away in turn. */
static unsigned remove_each(struct json_object *root, struct json_object *at)
{
	struct strlist keys = { 0 };
	struct json_object *value;
	const char *text;
	unsigned nr = 0;
	size_t i;

	for (i = 0; json_object_is_type(at, json_type_array) && i < json_object_array_length(at); i++)
		nr += remove_each(root, json_object_array_get_idx(at, i));
	if (!json_object_is_type(at, json_type_object))
		return nr;
	json_object_object_foreach(at, key, unused) {
		(void)unused;
		strlist_add(&keys, key);
	}
	for (i = 0; i < keys.nr; i++) {
		value = json_object_get(json_object_object_get(at, keys.items[i]));
		nr += remove_each(root, value);
		json_object_object_del(at, keys.items[i]);
		text = json_object_to_json_string(root);
		/* An API feature that is not mentioned is nothing lost. */
		if (strcmp(keys.items[i], "mmap_prepare") && strcmp(keys.items[i], "mapped") &&
		    strcmp(keys.items[i], "error_hook"))
			assert_int_equal(read_text(text, strlen(text), NULL), -EINVAL);
		json_object_object_add(at, keys.items[i], value);
		nr++;
	}
	strlist_free(&keys);
	return nr;
}

static void test_missing_members(void **state)
{
	char *text = whole_text();
	struct json_object *root = json_tokener_parse(text);

	(void)state;
	assert_true(remove_each(root, root) > 250);
	json_object_put(root);
	free(text);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Bytes changed, cut out and doubled at random: no crash, and nothing but 0 or -EINVAL. */
static void test_fuzz(void **state)
{
	static const char bytes[] = "\"\\{}[]:,0-9.eEtfnu/ \n\x01\x7f\xff\xc3";
	char *text = small_text(), *copy;
	size_t len = strlen(text), n, at, part;
	unsigned round, accepted = 0, refused = 0, changes;
	uint32_t seed = 0x6d6d6170;

	(void)state;
	copy = xcalloc(2 * len + 1, 1);
	for (round = 0; round < 4000; round++) {
		memcpy(copy, text, len);
		n = len;
		for (changes = 1 + next_random(&seed) % 3; changes; changes--) {
			at = next_random(&seed) % n;
			part = next_random(&seed) % 20;
			if (part > n - at - 1)
				part = n - at - 1;
			switch (next_random(&seed) % 4) {
			case 0:
				copy[at] = bytes[next_random(&seed) % (sizeof(bytes) - 1)];
				break;
			case 1:
				copy[at] ^= (char)(1 << next_random(&seed) % 8);
				break;
			case 2:
				memmove(copy + at, copy + at + part, n - at - part);
				n -= part;
				break;
			case 3:
				if (n + part > 2 * len)
					break;
				memmove(copy + at + part, copy + at, n - at);
				n += part;
				break;
			}
		}
		if (read_text(copy, n, NULL))
			refused++;
		else
			accepted++;
	}
	/* Both happen, or this tests nothing: a space more or another letter in a name is fine. */
	assert_true(refused > 2000);
	assert_true(accepted > 20);
	free(copy);
	free(text);
}

static void test_size_and_depth(void **state)
{
	size_t len = (16u << 20) + 1;
	char *text = xcalloc(len, 1), *said;

	(void)state;
	memset(text, ' ', len);
	assert_int_equal(read_text(text, len, &said), -EINVAL);
	assert_has(said, "16 MiB");
	free(said);
	memset(text, '[', len);
	assert_int_equal(read_text(text, len - 2, &said), -EINVAL);
	assert_has(said, "nesting");
	free(said);
	memset(text, '[', 1000);
	assert_int_equal(read_text(text, 1000, NULL), -EINVAL);
	assert_int_equal(read_text("", 0, NULL), -EINVAL);
	assert_int_equal(read_text("\0{}", 3, NULL), -EINVAL);
	assert_int_equal(read_text("[]", 2, NULL), -EINVAL);
	assert_int_equal(read_text("null", 4, NULL), -EINVAL);
	assert_int_equal(read_text("{} {}", 5, NULL), -EINVAL);
	free(text);
}

/* Things at that path that are no file, or no file that we may read. */
static void test_not_a_file(void **state)
{
	char *folder = path_join(scratch, "folder"), *fifo = path_join(scratch, "fifo");
	char *missing = path_join(scratch, "missing"), *said;
	struct inventory inv;
	int ret;

	(void)state;
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	said = SAID(ret = inventory_read(&inv, folder));
	assert_int_equal(ret, -EINVAL);
	free(said);
	said = SAID(ret = inventory_read(&inv, fifo));
	assert_int_equal(ret, -EINVAL);
	assert_has(said, "not a regular file");
	free(said);
	said = SAID(ret = inventory_read(&inv, missing));
	assert_int_equal(ret, -ENOENT);
	assert_has(said, missing);
	assert_has(said, "scan");
	free(said);
	inventory_free(&inv);
	free(folder);
	free(fifo);
	free(missing);
}

static int make(void **state)
{
	int ret = scratch_make(state);

	path = path_join(scratch, "inventory.json");
	return ret;
}

static int clean(void **state)
{
	free(path);
	return scratch_remove(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_wrong_types),
		cmocka_unit_test(test_missing_members),
		cmocka_unit_test(test_fuzz),
		cmocka_unit_test(test_size_and_depth),
		cmocka_unit_test(test_not_a_file),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
