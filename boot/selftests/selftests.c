// SPDX-License-Identifier: GPL-2.0-only
#include "selftests/selftests.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"

#define HEADERS_TIMEOUT_S	600
#define BUILD_TIMEOUT_S		900
#define VMA_TIMEOUT_S		300

/* About what a handler or the core does to a mapping, bounded in time and memory, in need of no hardware. */
static const char *const mm_tests[] = {
	"droppable", "guard-regions", "hugetlb-madvise", "hugetlb-mmap", "hugetlb-mremap", "hugetlb-shm", "madv_populate",
	"map_fixed_noreplace", "map_populate", "mdwe_test", "memfd_secret", "merge", "mkdirty", "mlock2-tests",
	"mremap_dontunmap", "mremap_test", "mseal_test", "pfnmap", "process_madv", "soft-dirty",
};
enum { NR_MM_TESTS = sizeof(mm_tests) / sizeof(*mm_tests) };

/* As kbuild_make(), but of a folder with a Makefile of its own. */
static int make(struct strlist *argv, unsigned timeout_s, struct run_result *res)
{
	static const char *const env[] = {
		"MAKEFLAGS=", "MFLAGS=", "GNUMAKEFLAGS=", "MAKELEVEL=0", "MAKEFILES=", "CFLAGS=", "LDFLAGS=",
		"CROSS_COMPILE=", "LC_ALL=C", NULL,
	};
	struct run_request req = { .timeout_s = timeout_s, .env = env, .max_output = 1u << 20 };
	int ret;

	vec_push(argv);
	req.argv = (const char *const *)argv->items;
	ret = run(&req, res);
	argv->nr--;		/* the NULL */
	if (ret && ret != -EINTR)
		log_error("%s: cannot be run: %s", argv->items[0], strerror(-ret));
	return ret;
}

int selftests_build(const struct kernels *k, const char *dir, struct strlist *made, struct strlist *losses)
{
	struct strlist argv = { 0 };
	struct run_result res = { 0 };
	char *why = NULL, *path;
	size_t i;
	int ret = file_mkdirs(dir);

	if (ret) {
		log_error("%s: %s; make room or choose another -o", dir, strerror(-ret));
		return ret;
	}
	/* The tests use what this kernel offers, not what Debian's headers know. */
	ret = kbuild_make_target(&k->make, NULL, "headers", HEADERS_TIMEOUT_S, &why);
	if (ret) {
		if (ret != -EINTR)
			strlist_addf(losses, "the kernel's mm selftests do not run: %s", why);
		free(why);
		return ret == -EINTR ? ret : 0;
	}
	strlist_add(&argv, "make");
	strlist_add(&argv, "-k");
	strlist_add(&argv, "-s");
	strlist_addf(&argv, "-j%u", k->make.jobs ? k->make.jobs : 1);
	strlist_add(&argv, "-C");
	strlist_addf(&argv, "%s/tools/testing/selftests/mm", k->farm.root);
	strlist_addf(&argv, "OUTPUT=%s", dir);
	strlist_addf(&argv, "KHDR_INCLUDES=-isystem %s/usr/include", k->make.dir);
	strlist_add(&argv, "CC=gcc");
	strlist_add(&argv, "LDFLAGS=-static");
	for (i = 0; i < NR_MM_TESTS; i++)
		strlist_addf(&argv, "%s/%s", dir, mm_tests[i]);
	ret = make(&argv, BUILD_TIMEOUT_S, &res);
	for (i = 0; !ret && i < NR_MM_TESTS; i++) {
		path = path_join(dir, mm_tests[i]);
		if (file_exists(path))
			strlist_add(made, mm_tests[i]);
		else
			strlist_addf(losses, "the kernel's selftest mm/%s cannot be built, and does not run", mm_tests[i]);
		free(path);
	}
	run_result_free(&res);
	strlist_free(&argv);
	return ret;
}

/* The last line of text; the caller frees. */
static char *last_line(const char *text)
{
	size_t len = strlen(text), from;

	while (len && text[len - 1] == '\n')
		len--;
	for (from = len; from && text[from - 1] != '\n'; from--)
		;
	return xstrndup(text + from, len - from);
}

int selftests_vma(const struct kernels *k, char **said, struct strlist *losses)
{
	char *dir = path_join(k->farm.root, "tools/testing/vma"), *program = path_join(dir, "vma"), *line = NULL;
	const char *const argv[] = { program, NULL };
	struct run_request req = { .argv = argv, .cwd = dir, .timeout_s = VMA_TIMEOUT_S, .max_output = 1u << 20 };
	struct run_result res = { 0 };
	struct strlist build = { 0 };
	int ret;

	*said = NULL;
	strlist_add(&build, "make");
	strlist_add(&build, "-s");
	strlist_add(&build, "-C");
	strlist_add(&build, dir);
	ret = make(&build, BUILD_TIMEOUT_S, &res);
	if (!ret && (res.exit_code || res.timed_out || !file_exists(program))) {
		line = last_line(res.err.s ? res.err.s : "");
		strlist_addf(losses, "the kernel's tools/testing/vma cannot be built, and does not run (it needs liburcu-dev): "
			     "%.200s", line);
		goto done;
	}
	run_result_free(&res);
	res = (struct run_result){ 0 };
	if (!ret)
		ret = run(&req, &res);
	if (!ret && !res.timed_out && !res.signal) {
		line = last_line(res.out.s ? res.out.s : "");
		*said = xasprintf("%.200s (status %d)", line, res.exit_code);
	} else if (!ret) {
		strlist_add(losses, "the kernel's tools/testing/vma did not end");
	} else if (ret != -EINTR) {
		strlist_addf(losses, "%s: cannot be run: %s", program, strerror(-ret));
		ret = 0;
	}
done:
	run_result_free(&res);
	strlist_free(&build);
	free(line);
	free(program);
	free(dir);
	return ret;
}

bool selftests_vma_worse(const char *before, const char *patched)
{
	static const char form[] = "%u tests run, %u passed, %u failed. (status %d)%n";
	unsigned run[2], passed[2], failed[2];
	const char *said[] = { before, patched };
	int status[2], end, i;

	if (!strcmp(before, patched))
		return false;
	for (i = 0; i < 2; i++) {
		end = 0;
		if (sscanf(said[i], form, &run[i], &passed[i], &failed[i], &status[i], &end) != 4 || !end || said[i][end])
			return true;
	}
	return run[1] < run[0] || passed[1] - passed[0] != run[1] - run[0] || failed[1] != failed[0] || status[1] != status[0];
}
