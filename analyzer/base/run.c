// SPDX-License-Identifier: GPL-2.0-only
#include "base/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#define TICK_MS		100	/* how soon run_interrupt() is noticed */
#define GRACE_MS	2000	/* from SIGTERM to SIGKILL */
#define DRAIN_MS	300	/* for grandchildren that still hold a pipe when the child is gone */

extern char **environ;

static atomic_int interrupted;

void run_interrupt(void)
{
	atomic_store(&interrupted, 1);
}

bool run_interrupted(void)
{
	return atomic_load(&interrupted);
}

struct child {
	pid_t pid;
	int pidfd;			/* -1 where the kernel has none: then ticks do */
	int fd[2];			/* our ends of its stdout and stderr; -1 when at end */
	struct strbuf *buf[2];
	size_t max_output;
	long long deadline;		/* of the present phase, in ms */
	enum { RUNNING, TERMINATING, KILLED, EXITED } phase;
};

static long long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Above 2, so that moving one of them to the child's 0..2 cannot overwrite another. */
static int above_stdio(int fd)
{
	int high, err;

	if (fd < 0 || fd > 2)
		return fd;
	high = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	err = errno;
	close(fd);
	errno = err;
	return high;
}

static int make_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	ends[0] = above_stdio(ends[0]);
	ends[1] = above_stdio(ends[1]);
	if (ends[0] < 0 || ends[1] < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

/* The input as a file in memory: no pipe to feed, so no SIGPIPE and no dead-lock with the output. */
static int make_input(const struct run_request *req)
{
	size_t done = 0;
	ssize_t n;
	int fd, err;

	if (!req->input)
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	else
		fd = memfd_create("mmapconv-input", MFD_CLOEXEC);
	fd = above_stdio(fd);
	if (fd < 0)
		return -errno;
	while (req->input && done < req->input_len) {
		n = write(fd, req->input + done, req->input_len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			goto fail;
		done += (size_t)n;
	}
	if (req->input && lseek(fd, 0, SEEK_SET) < 0)
		goto fail;
	return fd;
fail:
	err = -errno;
	close(fd);
	return err;
}

/* Ours with the request's put over it; the strings are borrowed, the array is the caller's. */
static char **make_env(const char *const *over)
{
	VEC(char *) env = { 0 };
	size_t i, j, len;

	for (i = 0; environ[i]; i++) {
		for (j = 0; over && over[j]; j++) {
			len = strcspn(over[j], "=");
			if (!strncmp(environ[i], over[j], len) && environ[i][len] == '=')
				break;
		}
		if (!over || !over[j])
			*vec_push(&env) = environ[i];
	}
	for (j = 0; over && over[j]; j++)
		*vec_push(&env) = (char *)over[j];
	vec_push(&env);
	return env.items;
}

/* In: the child's ends of stdin, stdout and stderr.  Returns 0 or a negative errno. */
static int spawn(const struct run_request *req, const int fds[3], pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, dflt;
	char **env = make_env(req->env);
	int i, err;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	sigemptyset(&none);
	sigemptyset(&dflt);
	sigaddset(&dflt, SIGINT);
	sigaddset(&dflt, SIGTERM);
	sigaddset(&dflt, SIGHUP);
	sigaddset(&dflt, SIGQUIT);
	sigaddset(&dflt, SIGPIPE);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &dflt);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
					POSIX_SPAWN_SETSIGDEF);
	err = 0;
	if (req->cwd)
		err = posix_spawn_file_actions_addchdir_np(&actions, req->cwd);
	for (i = 0; !err && i < 3; i++)
		err = posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	/* Ours are close-on-exec; those that we inherited or a library opened may not be. */
	if (!err)
		err = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	if (!err)
		err = posix_spawnp(pid, req->argv[0], &actions, &attr,
				   (char *const *)req->argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	free(env);
	/* -ENOENT is promised to mean the program; a folder that is not there is another thing. */
	if (err == ENOENT && req->cwd && !file_is_dir(req->cwd))
		err = ENOTDIR;
	return -err;
}

/*
 * Take what there is; at the end of the stream close it.  At most 1 MiB a call, which is more than
 * a pipe holds: one that writes without end must not keep us from looking at the clock.
 */
static void drain(struct child *c, int which)
{
	struct strbuf *b = c->buf[which];
	char data[16384];
	size_t room, turns = 64;
	ssize_t n;

	while (c->fd[which] >= 0 && turns--) {
		n = read(c->fd[which], data, sizeof(data));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			close_fd(&c->fd[which]);
			return;
		}
		room = c->max_output - b->len;
		strbuf_add(b, data, (size_t)n < room ? (size_t)n : room);
	}
}

/* Has it ended?  It is not reaped yet, so that its number and its group's stay ours to kill. */
static bool has_ended(const struct child *c)
{
	siginfo_t info = { 0 };

	return !waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) &&
	       info.si_pid == c->pid;
}

static void set_phase(struct child *c, int phase, int ms)
{
	c->phase = phase;
	c->deadline = now_ms() + ms;
}

/* One wait for output, for the end of the child, or for a tick. */
static void wait_event(struct child *c)
{
	struct pollfd p[3] = {
		{ .fd = c->fd[0], .events = POLLIN },
		{ .fd = c->fd[1], .events = POLLIN },
		{ .fd = c->phase == EXITED ? -1 : c->pidfd, .events = POLLIN },
	};
	long long left = c->deadline - now_ms();
	int tick = c->pidfd < 0 && c->fd[0] < 0 && c->fd[1] < 0 ? TICK_MS / 10 : TICK_MS;

	poll(p, 3, left < 0 ? 0 : left < tick ? (int)left : tick);
	drain(c, 0);
	drain(c, 1);
}

/* Wait until the child has ended and its output is had.  Returns 0 or -EINTR; fills *timed_out. */
static int attend(struct child *c, bool *timed_out)
{
	int ret = 0;

	for (;;) {
		wait_event(c);
		if (c->phase != EXITED && has_ended(c))
			set_phase(c, EXITED, DRAIN_MS);
		if (c->phase == EXITED && ((c->fd[0] < 0 && c->fd[1] < 0) || now_ms() >= c->deadline))
			break;
		if (c->phase == RUNNING && (run_interrupted() || now_ms() >= c->deadline)) {
			if (run_interrupted())
				ret = -EINTR;
			else
				*timed_out = true;
			kill(-c->pid, SIGTERM);
			set_phase(c, TERMINATING, GRACE_MS);
		} else if (c->phase == TERMINATING && now_ms() >= c->deadline) {
			kill(-c->pid, SIGKILL);
			set_phase(c, KILLED, GRACE_MS);
		} else if (c->phase == KILLED && now_ms() >= c->deadline) {
			/* Stuck in the kernel, or it left its group: once more, by its own number. */
			kill(c->pid, SIGKILL);
			set_phase(c, KILLED, GRACE_MS);
		}
	}
	/* What is left of the group ends with its leader, which is not reaped yet. */
	kill(-c->pid, SIGKILL);
	drain(c, 0);
	drain(c, 1);
	return ret;
}

static void reap(struct child *c, struct run_result *res)
{
	int status = 0;

	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		res->signal = WTERMSIG(status);
	/* A child that answers SIGTERM with exit(0) did not do its work. */
	if (WIFEXITED(status) && !res->timed_out)
		res->exit_code = WEXITSTATUS(status);
}

int run(const struct run_request *req, struct run_result *res)
{
	int out[2] = { -1, -1 }, err[2] = { -1, -1 }, in = -1, ret;
	struct child c = { .pidfd = -1, .fd = { -1, -1 }, .buf = { &res->out, &res->err } };
	unsigned timeout_s = req->timeout_s ? req->timeout_s : 600;

	memset(res, 0, sizeof(*res));
	res->exit_code = -1;
	strbuf_adds(&res->out, "");
	strbuf_adds(&res->err, "");
	if (run_interrupted())
		return -EINTR;
	in = make_input(req);
	ret = in < 0 ? in : make_pipe(out);
	if (!ret)
		ret = make_pipe(err);
	if (!ret)
		ret = spawn(req, (const int[3]){ in, out[1], err[1] }, &c.pid);
	close_fd(&in);
	close_fd(&out[1]);
	close_fd(&err[1]);
	if (ret)
		goto done;
	c.pidfd = pidfd_open(c.pid, 0);
	if (c.pidfd >= 0)
		fcntl(c.pidfd, F_SETFD, FD_CLOEXEC);
	c.fd[0] = out[0];
	c.fd[1] = err[0];
	out[0] = err[0] = -1;
	c.max_output = req->max_output ? req->max_output : 16u << 20;
	c.deadline = now_ms() + timeout_s * 1000LL;
	ret = attend(&c, &res->timed_out);
	reap(&c, res);
done:
	close_fd(&c.pidfd);
	close_fd(&c.fd[0]);
	close_fd(&c.fd[1]);
	close_fd(&out[0]);
	close_fd(&err[0]);
	return ret;
}

void run_result_free(struct run_result *res)
{
	strbuf_free(&res->out);
	strbuf_free(&res->err);
}

char *run_find(const char *program)
{
	const char *path = getenv("PATH"), *end;
	struct stat st;
	char *full;

	if (!path || strchr(program, '/'))
		return !access(program, X_OK) && !file_is_dir(program) ? xstrdup(program) : NULL;
	for (;; path = end + 1) {
		end = strchrnul(path, ':');
		full = xasprintf("%.*s/%s", (int)(end - path), path, program);
		if (end > path && !stat(full, &st) && S_ISREG(st.st_mode) && !access(full, X_OK))
			return full;
		free(full);
		if (!*end)
			return NULL;
	}
}

bool run_have(const char *program)
{
	char *full = run_find(program);
	bool found = full;

	free(full);
	return found;
}
