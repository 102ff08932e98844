// SPDX-License-Identifier: GPL-2.0-only
#include "workers/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_REPLY = 512 << 20 };

extern char **environ;

int child_start(struct child *c)
{
	char self[] = "/proc/self/exe", name[] = "mmapconv", word[] = "worker";
	char *argv[] = { name, word, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t defaults;
	int in[2], out[2], ret;

	memset(c, 0, sizeof(*c));
	if (pipe2(in, O_CLOEXEC))
		return -errno;
	if (pipe2(out, O_CLOEXEC)) {
		ret = -errno;
		close(in[0]);
		close(in[1]);
		return ret;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	/* libclang writes "crashed" reports to stderr; ours says which file it was. */
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attr);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGTERM);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	ret = -posix_spawn(&c->pid, self, &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	c->in = in[1];
	c->out = out[0];
	if (ret) {
		close(c->in);
		close(c->out);
		c->pid = 0;
	}
	return ret;
}

int child_send(struct child *c, const char *line)
{
	size_t len = strlen(line), done = 0;
	ssize_t n;

	while (done <= len) {
		n = done < len ? write(c->in, line + done, len - done) : write(c->in, "\n", 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -EPIPE;
		done += (size_t)n;
	}
	return 0;
}

int child_receive(struct child *c)
{
	char buf[65536];
	ssize_t n = read(c->out, buf, sizeof(buf));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (n <= 0)
		return -EPIPE;
	if (c->reply.len + (size_t)n > MAX_REPLY)
		return -EFBIG;
	strbuf_add(&c->reply, buf, (size_t)n);
	return buf[n - 1] == '\n';
}

int child_stop(struct child *c)
{
	int status = 0;

	if (!c->pid)
		return 0;
	close(c->in);
	kill(-c->pid, SIGKILL);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(c->out);
	strbuf_free(&c->reply);
	c->pid = 0;
	return status;
}
