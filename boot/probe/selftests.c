// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own tests, where the initramfs brings some: each file in /selftests is a subject, each line of its
 * test protocol a request.  What they print beside it is theirs.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core.h"

#define DIR_NAME "/selftests"
#define TEST_MS 90000
#define LINES_MAX 500

/* "ok 3 - mremap of …", "not ok 3 …", a plain "# SKIP" behind: the verdict, and the description at *name. */
static const char *verdict(const char *line, const char **name)
{
	const char *word = "ok";

	line += strspn(line, " \t");
	if (!strncmp(line, "not ok ", 7)) {
		word = "not ok";
		line += 7;
	} else if (!strncmp(line, "ok ", 3)) {
		line += 3;
	} else {
		return NULL;
	}
	*name = line;
	return strstr(line, "# SKIP") ? "skipped" : word;
}

static void read_lines(const char *subject, int fd)
{
	FILE *f = fdopen(fd, "r");
	char line[512], request[300];
	unsigned nr = 0;

	while (f && nr < LINES_MAX && fgets(line, sizeof(line), f)) {
		const char *name, *word = verdict(line, &name);

		if (!word)
			continue;
		nr++;
		result_clear(&shared->result);
		result_text(&shared->result, "test", "%s", word);
		snprintf(request, sizeof(request), "%u: %.*s", nr, (int)strcspn(name, "\n#"), name);
		log_request(subject, request, NULL, &shared->result);
		shared->requests++;
	}
	if (f)
		fclose(f);
}

static void run_test(const char *name)
{
	char subject[300], path[300];
	int out[2], status = 0;
	pid_t pid, reader;

	snprintf(subject, sizeof(subject), "selftest-%s", name);
	snprintf(path, sizeof(path), DIR_NAME "/%s", name);
	if (pipe2(out, O_CLOEXEC))
		return;
	log_state(subject, "ready", NULL, NULL);
	kmsg_say(subject, "run");
	pid = fork();
	if (!pid) {
		setpgid(0, 0);
		dup2(out[1], STDOUT_FILENO);
		dup2(out[1], STDERR_FILENO);
		signal(SIGCHLD, SIG_DFL);
		sigprocmask(SIG_SETMASK, &(sigset_t){ 0 }, NULL);
		if (!chdir("/tmp"))
			execl(path, name, (char *)NULL);
		_exit(127);
	}
	setpgid(pid, pid);
	close(out[1]);
	/* Whoever holds the pipe's other end longer than the test may, is killed with this reader's parent looking on. */
	reader = fork();
	if (!reader) {
		read_lines(subject, out[0]);
		_exit(0);
	}
	close(out[0]);
	result_clear(&shared->result);
	if (wait_child(pid, &status, now_ms() + TEST_MS)) {
		kill(-pid, SIGKILL);
		wait_child(pid, &status, now_ms() + 3000);
		status = -1;
	}
	kill(-pid, SIGKILL);
	if (wait_child(reader, &(int){ 0 }, now_ms() + 3000))
		kill(reader, SIGKILL);
	result_clear(&shared->result);
	if (status == -1)
		result_text(&shared->result, "end", "killed after %d s", TEST_MS / 1000);
	else if (WIFSIGNALED(status))
		result_text(&shared->result, "end", "SIG%s", sigabbrev_np(WTERMSIG(status)));
	else
		result_int(&shared->result, "end", WEXITSTATUS(status));
	kmsg_result(&shared->result);
	log_state(subject, "done", NULL, &shared->result);
}

static int no_dots(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

void selftests_run(void)
{
	struct dirent **names;
	int nr = scandir(DIR_NAME, &names, no_dots, alphasort);

	for (int i = 0; i < nr; i++) {
		run_test(names[i]->d_name);
		free(names[i]);
	}
	if (nr >= 0)
		free(names);
}
