/* SPDX-License-Identifier: GPL-2.0-only */
/* For tests that parse: a folder of their own, and C text in it that libclang reads. */
#ifndef MMAPCONV_TEST_PARSE_FILES_H
#define MMAPCONV_TEST_PARSE_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "parse/parse.h"

static char parse_top[] = "/tmp/mmapconv-test-XXXXXX";

static inline int parse_setup(void **state)
{
	(void)state;
	return mkdtemp(parse_top) ? 0 : -1;
}

static inline int parse_teardown(void **state)
{
	(void)state;
	return file_remove_tree(parse_top);
}

static inline void parse_write(const char *name, const char *text)
{
	char *path = path_join(parse_top, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

/* A job for parse_foo(). */
#define PARSE_FOO { .root = parse_top, .file = "foo.c", .arch = "x86_64", .cwd = parse_top }

/* Parse text, behind header (a file), as foo.c.  job: with what is to be looked for; its lists are freed. */
static inline void parse_foo(struct parse_job *job, const char *header, const char *text, struct unit *u)
{
	char *all = xasprintf("#include \"%s\"\n%s", header, text);

	parse_write(job->file, all);
	strlist_add(&job->args, "-std=gnu11");
	strlist_addf(&job->args, "-I%s", parse_top);
	parse_file(job, u);
	strlist_free(&job->args);
	strlist_free(&job->functions);
	strlist_free(&job->fields);
	free(all);
}

/* What was parsed must compile. */
static inline void parse_compiles(const struct unit *u)
{
	size_t i;

	for (i = 0; i < u->errors.nr; i++)
		print_error("%s\n", u->errors.items[i]);
	assert_int_equal(u->status, UNIT_FULL);
}

#endif
