/* SPDX-License-Identifier: GPL-2.0-only */
/* For test_boot_*.c: small logs of a probe, an inventory that they are about, and their comparison. */
#ifndef MMAPCONV_TESTS_BOOT_FIXTURE_H
#define MMAPCONV_TESTS_BOOT_FIXTURE_H

#include "test_reports_fixture.h"

#include "compare/compare.h"

#define START "{\"probe\":1,\"kernel\":\"7.3.4\",\"trace\":\"12 functions\"}\n"
#define READY(subject) "{\"subject\":\"" subject "\",\"state\":\"ready\"}\n"
#define DONE(subject, result) "{\"subject\":\"" subject "\",\"state\":\"done\",\"result\":{" result "}}\n"
#define REQUEST(subject, name, called, result) \
	"{\"subject\":\"" subject "\",\"request\":\"" name "\",\"called\":[" called "],\"result\":{" result "}}\n"
#define END(nr) "{\"end\":" #nr "}\n"

#define PATCH "From 0 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] %s\n\n---\ndiff --git a/a.c b/a.c\n--- a/a.c\n" \
	      "+++ b/a.c\n@@ -1 +1 @@\n-old\n+%s\n-- \nmmapconv\n\n"

static inline void write_text(const char *name, const char *text)
{
	char *path = path_join(scratch, name), *dir = xstrdup(path);

	*strrchr(dir, '/') = '\0';
	assert_int_equal(file_mkdirs(dir), 0);
	write_whole(path, text, strlen(text));
	free(dir);
	free(path);
}

static inline void write_patch(const char *name, const char *subject, const char *line)
{
	char *text = xasprintf(PATCH, subject, line);

	write_text(name, text);
	free(text);
}

/* udf_mmap is converted, with a patch on disk; mem_mmap is not; twin_mmap are two functions of two files. */
static inline void make_booted(struct inventory *inv)
{
	struct handler *h;

	start_inventory(inv);
	add_handler(inv, "drivers/char/mem.c", "mem_mmap", "remap", "assisted");
	add_handler(inv, "drivers/one.c", "twin_mmap", "remap", "assisted");
	add_handler(inv, "drivers/two.c", "twin_mmap", "remap", "assisted");
	h = add_handler(inv, "fs/udf/file.c", "udf_mmap", "generic", "auto");
	set_converted(h, "patches/0001-udf.patch");
	write_patch("patches/0001-udf.patch", "udf", "new");
}

static inline struct handler *udf(struct inventory *inv)
{
	return &inv->handlers.items[3];
}

static inline void announce(struct handler *h, const char *kind)
{
	free(h->conversion.proof.verdict);
	h->conversion.proof.verdict = xstrdup("equal-but");
	*vec_push(&h->conversion.proof.differences) = (struct proof_difference){ xstrdup(kind), xstrdup("a text"), 0, NULL };
}

/* retries: of the second pair of boots. */
struct runs { const char *logs[3], *consoles[3], *retries[2], *retry_consoles[2]; const struct strlist *built, *applied; };

/* Logs and consoles as text; NULL: there is none. */
static inline void compare(const struct inventory *inv, const struct runs *runs, struct boot_result *out)
{
	char *paths[10];
	int i;

	for (i = 0; i < 10; i++) {
		const char *text = i < 3 ? runs->logs[i] : i < 6 ? runs->consoles[i - 3] :
				   i < 8 ? runs->retries[i - 6] : runs->retry_consoles[i - 8];
		char *name = xasprintf("run-%d", i);

		paths[i] = path_join(scratch, name);
		unlink(paths[i]);
		if (text)
			write_text(name, text);
		free(name);
	}
	struct boot_inputs in = {
		.inv = inv, .out = scratch, .old_logs = { paths[0], paths[1] }, .new_log = paths[2],
		.old_consoles = { paths[3], paths[4] }, .new_console = paths[5], .built = runs->built, .applied = runs->applied,
		.retry_logs = { runs->retries[0] ? paths[6] : NULL, runs->retries[1] ? paths[7] : NULL },
		.retry_consoles = { paths[8], paths[9] },
	};
	assert_int_equal(boot_compare(&in, out), 0);
	for (i = 0; i < 10; i++)
		free(paths[i]);
}

static inline const struct boot_handler *result_of(const struct boot_result *r, const char *id)
{
	const struct boot_handler *h;

	vec_each(h, &r->handlers)
		if (!strcmp(h->id, id))
			return h;
	fail_msg("%s is not among the results", id);
	return NULL;
}

#endif
