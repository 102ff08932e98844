// SPDX-License-Identifier: GPL-2.0-only
/* One subject, from its preparation to what is left of it, in a process that the first one looks after. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core.h"

#define PREPARE_MS 60000
#define FINISH_MS 30000

static void learn(const struct subject *s, struct opened *o, const void *arg, struct result *r)
{
	(void)s;
	(void)arg;
	(void)r;
	shared->size = o->size;
	shared->unit = unit_of(o);
}

static void ask(const struct subject *s, struct opened *o, const void *arg, struct result *r)
{
	const struct question *q = arg;

	(void)s;
	q->ask(o, r);
}

static void questions(const struct subject *s)
{
	for (const struct question *q = s->questions; q && q->name; q++)
		request(s, q->name, ask, q);
}

static void at_end(const struct subject *s, const struct leaks *before)
{
	struct result *r = &shared->result;

	result_clear(r);
	shared->deadline_ms = now_ms() + FINISH_MS;
	if (s->left)
		s->left(r);
	leaks_result(before, r);
	shared->deadline_ms = now_ms() + FINISH_MS;
	if (s->finish)
		s->finish();
	kmsg_result(r);
	log_state(s->name, "done", NULL, r);
}

static int go_through(const struct subject *s)
{
	struct leaks before;
	int ret = 0;

	kmsg_say(s->name, "prepare");
	shared->deadline_ms = now_ms() + PREPARE_MS;
	if (s->prepare)
		ret = s->prepare();
	if (!ret)
		ret = request(s, NULL, learn, NULL);
	if (ret < 0) {
		log_state(s->name, "absent", *shared->why ? shared->why : strerror(-ret),
			  &shared->result);
		shared->deadline_ms = now_ms() + FINISH_MS;
		if (s->finish)
			s->finish();
		return ret;
	}
	log_state(s->name, "ready", NULL, NULL);
	/* As at the end, where left() clears away what a subject keeps from one request to the next. */
	result_clear(&shared->result);
	if (s->left)
		s->left(&shared->result);
	leaks_read(&before); /* twice, so that it costs no memory any more */
	leaks_read(&before);
	matrix(s);
	questions(s);
	at_end(s, &before);
	return 0;
}

/* Field 4 of /proc/PID/stat; the name before it may hold anything, so count from its end. */
static pid_t parent_of(const char *pid)
{
	char path[300], text[512], *end;
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	if (n <= 0)
		return -1;
	text[n] = '\0';
	end = strrchr(text, ')');
	return end && strlen(end) > 4 ? (pid_t)atoi(end + 4) : -1;
}

/* What has left its process group is a child of ours when its parents are dead, as its subreaper. */
static void end_orphans(void)
{
	DIR *d = opendir("/proc");
	struct dirent *e;

	while (d && (e = readdir(d)))
		if (isdigit((unsigned char)e->d_name[0]) && parent_of(e->d_name) == getpid())
			kill(atoi(e->d_name), SIGKILL);
	if (d)
		closedir(d);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

int run_subject(const struct subject *s)
{
	int status = 0;
	pid_t pid;

	*shared->why = '\0';
	result_clear(&shared->result);
	shared->deadline_ms = now_ms() + PREPARE_MS;
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		setpgid(0, 0);
		/* Children of dead requests come to this process, which knows how to end them. */
		prctl(PR_SET_CHILD_SUBREAPER, 1);
		_exit(go_through(s) ? 1 : 0);
	}
	setpgid(pid, pid);
	while (wait_child(pid, &status, shared->deadline_ms)) {
		if (now_ms() < shared->deadline_ms)
			continue; /* it has got further meanwhile */
		kill(-pid, SIGKILL);
		log_state(s->name, "hung", "no sign of it in time", &shared->result);
		wait_child(pid, &status, now_ms() + 3000);
		end_orphans();
		return -ETIME;
	}
	kill(-pid, SIGKILL); /* servers that finish() has left */
	end_orphans();
	if (WIFSIGNALED(status))
		log_state(s->name, "died", sigabbrev_np(WTERMSIG(status)), &shared->result);
	return 0;
}
