// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/run.h"
#include "workers/child.h"
#include "workers/pch.h"

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* The worker's answer, or NULL. */
static struct json_object *ask(struct json_object *request, unsigned timeout_s)
{
	time_t deadline = now() + timeout_s;
	struct json_object *answer = NULL;
	struct child c = { 0 };
	struct pollfd fd;
	int ret = child_start(&c);

	if (!ret)
		ret = child_send(&c, json_object_to_json_string_ext(request, JSON_C_TO_STRING_PLAIN));
	while (!ret && now() <= deadline && !run_interrupted()) {
		fd = (struct pollfd){ .fd = c.out, .events = POLLIN };
		if (poll(&fd, 1, 200) > 0 && (ret = child_receive(&c)) > 0) {
			answer = json_tokener_parse(c.reply.s);
			break;
		}
	}
	child_stop(&c);
	return answer;
}

int pch_make(const char *path, const char *header, const struct strlist *args, const char *cwd,
	     unsigned timeout_s, struct pch *p)
{
	struct json_object *request = json_object_new_object(), *answer;
	char *temporary = xasprintf("%s.%ld.tmp", path, (long)getpid());
	struct strlist includes = { 0 };
	int ret = -EIO;

	json_set_str(request, "cwd", cwd);
	json_set_str(request, "make_pch", temporary);
	json_set_str(request, "header", header);
	json_set_list(request, "args", args);
	answer = ask(request, timeout_s);
	if (answer && json_object_is_type(answer, json_type_object)) {
		ret = (int)json_get_int(answer, "result");
		json_get_list(answer, "includes", &includes);
	}
	if (!ret && rename(temporary, path))
		ret = -errno;
	if (!ret)
		ret = pch_finish(path, &includes, p);
	if (ret)
		unlink(temporary);
	strlist_free(&includes);
	json_object_put(answer);
	json_object_put(request);
	free(temporary);
	return ret;
}
