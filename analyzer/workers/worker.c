// SPDX-License-Identifier: GPL-2.0-only
/* The child's side: one request a line on stdin, one reading a line on stdout, until stdin ends. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "parse/parse.h"
#include "workers/workers.h"

enum { MEMORY_MIB = 6144 };

static int reply(struct json_object *o)
{
	const char *s = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	int ret = fputs(s, stdout) < 0 || fputc('\n', stdout) < 0 || fflush(stdout) ? -EIO : 0;

	json_object_put(o);
	return ret;
}

static int serve_pch(struct json_object *req, const struct strlist *args)
{
	char *path = json_get_str(req, "make_pch"), *header = json_get_str(req, "header");
	struct json_object *o = json_object_new_object();
	struct strlist includes = { 0 };
	int ret = -EINVAL;

	if (path && header)
		ret = parse_make_pch(path, args, header, &includes);
	json_set_int(o, "result", ret);
	json_set_list(o, "includes", &includes);
	strlist_free(&includes);
	free(path);
	free(header);
	return reply(o);
}

static int serve(struct json_object *req)
{
	char *root = json_get_str(req, "root"), *file = json_get_str(req, "file");
	char *arch = json_get_str(req, "arch"), *cwd = json_get_str(req, "cwd");
	char *pch = json_get_str(req, "pch"), *make_pch = json_get_str(req, "make_pch");
	struct parse_job job = { .root = root, .file = file, .arch = arch, .cwd = cwd, .pch = pch };
	struct parse_inputs inputs = { 0 };
	struct reading r = { 0 };
	struct json_object *o;
	int ret = -EINVAL;

	json_get_list(req, "args", &job.args);
	json_get_list(req, "functions", &job.functions);
	json_get_list(req, "fields", &job.fields);
	json_get_list(req, "callbacks", &job.callbacks);
	json_get_list(req, "instead", &job.instead);
	json_get_list(req, "instead_paths", &job.instead_paths);
	job.inputs = &inputs;
	job.fallback = json_get_int(req, "fallback");
	if (!cwd || chdir(cwd))
		goto out;
	if (make_pch) {
		ret = serve_pch(req, &job.args);
	} else if (root && file && arch) {
		parse_file(&job, &r.unit);
		reading_build(&r, &job.functions, &job.callbacks);
		o = reading_to_json(&r);
		json_set_list(o, "files", &inputs.files);
		json_set_int(o, "pch", inputs.pch);
		ret = reply(o);
		reading_free(&r);
	}
out:
	strlist_free(&inputs.files);
	strlist_free(&job.args);
	strlist_free(&job.functions);
	strlist_free(&job.fields);
	strlist_free(&job.callbacks);
	strlist_free(&job.instead);
	strlist_free(&job.instead_paths);
	free(root);
	free(file);
	free(arch);
	free(cwd);
	free(pch);
	free(make_pch);
	return ret;
}

int worker_main(void)
{
	struct rlimit memory = { (rlim_t)MEMORY_MIB << 20, (rlim_t)MEMORY_MIB << 20 };
	struct json_object *req;
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	int ret = 0;

#ifndef __SANITIZE_ADDRESS__
	/* A file that makes the compiler eat memory costs that file, not the machine. */
	setrlimit(RLIMIT_AS, &memory);
#else
	(void)memory;
#endif
	while (!ret && (len = getline(&line, &cap, stdin)) > 0) {
		req = json_tokener_parse(line);
		ret = req ? serve(req) : -EINVAL;
		json_object_put(req);
	}
	free(line);
	return ret;
}
