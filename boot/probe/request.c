// SPDX-License-Identifier: GPL-2.0-only
/* One request, in a process of its own: opened, armed, asked, logged. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core.h"

#define LIMIT_S 20
#define DEATH_MS 3000 /* from SIGKILL on */

struct job {
	const struct subject *subject;
	void (*body)(const struct subject *s, struct opened *o, const void *arg, struct result *r);
	const void *arg;
};

static int run(const struct job *job)
{
	struct opened o = { .fd = -1 };
	int ret = job->subject->open(&o);

	if (ret < 0) {
		result_errno(&shared->result, "open", ret);
		return ret;
	}
	shared->opened = true;
	trace_on();
	job->body(job->subject, &o, job->arg, &shared->result);
	trace_note();
	return 0;
}

/* The child waits until the tracer looks at it. */
static pid_t start(const struct job *job)
{
	int go[2];
	pid_t pid;
	char byte = 0;

	if (pipe2(go, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (!pid) {
		sigset_t none;

		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		close(go[1]);
		if (read(go[0], &byte, 1) != 1)
			_exit(2);
		close(go[0]);
		_exit(run(job) ? 1 : 0);
	}
	close(go[0]);
	if (pid > 0) {
		setpgid(pid, pid);
		trace_arm(pid);
		if (write(go[1], &byte, 1) != 1)
			kill(pid, SIGKILL);
	}
	close(go[1]);
	return pid < 0 ? -errno : pid;
}

/* What it started lives in its process group, and is ours when it is dead. */
static void end_group(pid_t pid)
{
	long long end = now_ms() + DEATH_MS;

	kill(-pid, SIGKILL);
	while (now_ms() < end) {
		pid_t gone = waitpid(-pid, NULL, WNOHANG);

		if (gone < 0)
			return;
		if (!gone)
			settle_ms(1);
	}
}

static int watch(pid_t pid, unsigned limit_s)
{
	struct result *r = &shared->result;
	int status = 0, ret;

	ret = wait_child(pid, &status, now_ms() + limit_s * 1000LL);
	if (ret) {
		kill(-pid, SIGKILL);
		result_text(r, "killed", "after %u s", limit_s);
		if (wait_child(pid, &status, now_ms() + DEATH_MS))
			result_text(r, "stuck", "SIGKILL does not end it");
	} else if (WIFSIGNALED(status)) {
		result_text(r, "died", "SIG%s", sigabbrev_np(WTERMSIG(status)));
	}
	end_group(pid);
	return ret;
}

int request(const struct subject *s, const char *name,
	    void (*body)(const struct subject *s, struct opened *o, const void *arg,
			 struct result *r),
	    const void *arg)
{
	struct job job = { s, body, arg };
	unsigned limit_s = s->timeout_s ? s->timeout_s : LIMIT_S;
	const char *called;
	int ret;

	result_clear(&shared->result);
	shared->opened = shared->skip = false;
	memset(shared->entered, 0, sizeof(shared->entered));
	shared->deadline_ms = now_ms() + limit_s * 1000LL + 4 * DEATH_MS;
	if (name)
		kmsg_say(s->name, name);
	if (s->traits & NO_FORK) {
		trace_arm(getpid());
		ret = run(&job);
	} else {
		pid_t pid = start(&job);

		if (pid < 0)
			return why(pid, "no process for a request: %s", strerror(-pid));
		ret = watch(pid, limit_s);
		if (!ret && !shared->opened)
			ret = -ENXIO;
	}
	called = trace_read();
	kmsg_result(&shared->result);
	if (name && !shared->skip) {
		log_request(s->name, name, called, &shared->result);
		shared->requests++;
	}
	return ret;
}
