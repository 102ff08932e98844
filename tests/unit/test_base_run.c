// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/run.h"

#define SH(script) (const char *const[]){ "sh", "-c", script, NULL }

static double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static bool gone_within(pid_t pid, int ms)
{
	for (; ms > 0 && !kill(pid, 0); ms -= 10)
		usleep(10000);
	/* An orphan that nobody has reaped yet is dead all the same. */
	if (!kill(pid, 0)) {
		char path[64], state = 0;
		FILE *f;

		snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
		f = fopen(path, "r");
		if (!f || fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
			state = 'Z';
		if (f)
			fclose(f);
		return state == 'Z' || state == 'X';
	}
	return true;
}

static void test_status(void **s)
{
	static const struct { const char *script; int code, signal; } t[] = {
		{ "exit 0", 0, 0 }, { "exit 7", 7, 0 }, { "exit 255", 255, 0 },
		{ "kill -9 $$", -1, SIGKILL }, { "kill -TERM $$", -1, SIGTERM },
		{ "kill -PIPE $$", -1, SIGPIPE },
	};
	struct run_result res;
	size_t i;

	(void)s;
	signal(SIGPIPE, SIG_IGN);	/* must not reach the child */
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		assert_int_equal(run(&(struct run_request){ .argv = SH(t[i].script) }, &res), 0);
		assert_int_equal(res.exit_code, t[i].code);
		assert_int_equal(res.signal, t[i].signal);
		assert_false(res.timed_out);
		run_result_free(&res);
	}
	signal(SIGPIPE, SIG_DFL);
}

static void test_streams(void **s)
{
	const char *env[] = { "MMAPCONV_T=x y", "HOME=/nowhere", NULL };
	struct run_request req = {
		.argv = SH("echo \"$MMAPCONV_T $HOME\"; pwd; echo bad >&2; cat"),
		.cwd = "/", .env = env, .input = "in\0put", .input_len = 6,
	};
	struct run_result res;

	(void)s;
	assert_int_equal(run(&req, &res), 0);
	assert_int_equal(res.exit_code, 0);
	assert_int_equal(res.out.len, strlen("x y /nowhere\n/\n") + 6);
	assert_memory_equal(res.out.s, "x y /nowhere\n/\nin\0put", res.out.len);
	assert_string_equal(res.err.s, "bad\n");
	run_result_free(&res);

	assert_int_equal(run(&(struct run_request){ .argv = SH("cat") }, &res), 0);
	assert_int_equal(res.out.len, 0);
	assert_string_equal(res.out.s, "");
	run_result_free(&res);
}

/* More than a pipe holds, both ways at once, to a child that does not read all: no dead-lock. */
static void test_big(void **s)
{
	size_t len = 3u << 20;
	char *big = malloc(len);
	struct run_request req = { .argv = SH("cat; head -c 100 /dev/zero >&2"), .input = big,
				   .input_len = len };
	struct run_result res;

	(void)s;
	assert_non_null(big);
	memset(big, 'a', len);
	assert_int_equal(run(&req, &res), 0);
	assert_int_equal(res.out.len, len);
	assert_memory_equal(res.out.s, big, len);
	assert_int_equal(res.err.len, 100);
	run_result_free(&res);

	req.max_output = 10;
	assert_int_equal(run(&req, &res), 0);
	assert_int_equal(res.exit_code, 0);
	assert_int_equal(res.out.len, 10);
	assert_int_equal(res.err.len, 10);
	run_result_free(&res);

	req.argv = SH("exit 3");
	assert_int_equal(run(&req, &res), 0);
	assert_int_equal(res.exit_code, 3);
	run_result_free(&res);
	free(big);
}

static void test_missing(void **s)
{
	struct run_request req = { .argv = (const char *const[]){ "mmapconv-no-such-tool", NULL } };
	struct run_result res;

	(void)s;
	assert_int_equal(run(&req, &res), -ENOENT);
	run_result_free(&res);
	req.argv = (const char *const[]){ "/etc/passwd", NULL };
	assert_int_equal(run(&req, &res), -EACCES);
	run_result_free(&res);
	/* The program is there, the folder is not: that is not "program missing". */
	req.argv = SH("exit 0");
	req.cwd = "/no/such/folder";
	assert_int_equal(run(&req, &res), -ENOTDIR);
	run_result_free(&res);

	assert_true(run_have("sh"));
	assert_true(run_have("/bin/sh"));
	assert_false(run_have("mmapconv-no-such-tool"));
	assert_false(run_have("/etc"));
	assert_false(run_have(""));
}

static void test_timeout_takes_the_group(void **s)
{
	struct run_request req = {
		/* Neither listens to SIGTERM, both hold the pipe. */
		.argv = SH("trap '' TERM; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & "
			   "wait; sleep 100; sleep 100"),
		.timeout_s = 1,
	};
	struct run_result res;
	double start = seconds();
	pid_t grandchild;

	(void)s;
	assert_int_equal(run(&req, &res), 0);
	assert_true(seconds() - start < 6);
	assert_true(res.timed_out);
	assert_int_equal(res.exit_code, -1);
	assert_int_equal(res.signal, SIGKILL);
	grandchild = atoi(res.out.s);
	assert_true(grandchild > 1);
	assert_true(gone_within(grandchild, 2000));
	run_result_free(&res);

	/* One that answers SIGTERM with success has still not done its work. */
	req.argv = SH("trap 'exit 0' TERM; while :; do sleep 0.1; done");
	assert_int_equal(run(&req, &res), 0);
	assert_true(res.timed_out);
	assert_int_equal(res.exit_code, -1);
	run_result_free(&res);

	/* Output without end does not hide the clock. */
	req.argv = SH("while :; do cat /proc/self/maps; done");
	req.max_output = 100;
	start = seconds();
	assert_int_equal(run(&req, &res), 0);
	assert_true(res.timed_out);
	assert_true(seconds() - start < 5);
	assert_int_equal(res.out.len, 100);
	run_result_free(&res);
}

static void test_grandchild_holds_pipe(void **s)
{
	struct run_request req = { .argv = SH("sleep 60 & echo $!; echo last") };
	struct run_result res;
	double start = seconds();

	(void)s;
	assert_int_equal(run(&req, &res), 0);
	assert_true(seconds() - start < 5);
	assert_int_equal(res.exit_code, 0);
	assert_non_null(strstr(res.out.s, "last\n"));
	assert_true(gone_within(atoi(res.out.s), 2000));
	run_result_free(&res);

	/* It writes on for ever, outside the group: we leave it, with what the child itself wrote. */
	req.argv = SH("echo first; setsid timeout 4 yes & sleep 0.2");
	req.max_output = 64;
	start = seconds();
	assert_int_equal(run(&req, &res), 0);
	assert_true(seconds() - start < 3);
	assert_int_equal(res.exit_code, 0);
	assert_true(!strncmp(res.out.s, "first\n", 6));
	run_result_free(&res);
}

struct many {
	atomic_int calls, bad;
};

/* A pipe end that leaked into the child of another thread would keep `cat` from its end. */
static int one_of_many(size_t i, void *ctx)
{
	struct many *m = ctx;
	char *text = xasprintf("%zu", i), *script = xasprintf("cat; ls /proc/self/fd; exit %zu", i);
	struct run_request req = { .argv = (const char *const[]){ "sh", "-c", script, NULL },
				   .input = text, .input_len = strlen(text) };
	struct run_result res;
	size_t len = strlen(text);

	m->calls++;
	if (run(&req, &res) || res.exit_code != (int)i || strncmp(res.out.s, text, len) ||
	    strcmp(res.out.s + len, "0\n1\n2\n3\n"))	/* 3: the folder that ls reads */
		m->bad++;
	run_result_free(&res);
	free(script);
	free(text);
	return i == 20 || i == 33 ? -(int)i : (int)i;
}

static void test_parallel(void **s)
{
	struct many m = { 0 };

	(void)s;
	assert_int_equal(run_parallel(64, 8, one_of_many, &m), -20);
	assert_int_equal(m.calls, 64);
	assert_int_equal(m.bad, 0);
	assert_int_equal(run_parallel(5, 1, one_of_many, &m), 0);
	assert_int_equal(run_parallel(5, 0, one_of_many, &m), 0);
	assert_int_equal(run_parallel(0, 8, one_of_many, &m), 0);
	assert_int_equal(m.calls, 74);
}

static void on_alarm(int sig)
{
	(void)sig;
	run_interrupt();
}

static int sleeper(size_t i, void *ctx)
{
	struct run_result res;
	int ret;

	(void)i;
	++*(atomic_int *)ctx;
	ret = run(&(struct run_request){ .argv = SH("sleep 30") }, &res);
	run_result_free(&res);
	return ret;
}

/* In a child: once interrupted is always interrupted. */
static void test_interrupt(void **s)
{
	int status;
	pid_t pid;

	(void)s;
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		atomic_int calls = 0;
		double start = seconds();
		struct run_result res;

		signal(SIGALRM, on_alarm);
		ualarm(300000, 0);
		if (run_parallel(40, 4, sleeper, &calls) != -EINTR)
			_exit(1);
		if (seconds() - start > 2 || calls != 4 || !run_interrupted())
			_exit(2);
		if (run(&(struct run_request){ .argv = SH("exit 0") }, &res) != -EINTR)
			_exit(3);
		run_result_free(&res);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_false(run_interrupted());
}

/* With 0, 1 and 2 closed, pipes get these numbers and must not overwrite each other. */
static void test_closed_stdio(void **s)
{
	int status;
	pid_t pid;

	(void)s;
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		struct run_request req = { .argv = SH("cat; echo err >&2"), .input = "x",
					   .input_len = 1 };
		struct run_result res;
		int bad;

		close(0);
		close(1);
		close(2);
		bad = run(&req, &res) || strcmp(res.out.s, "x") || strcmp(res.err.s, "err\n");
		_exit(bad);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_timeout_takes_the_group),
		cmocka_unit_test(test_grandchild_holds_pipe),
		cmocka_unit_test(test_parallel),
		cmocka_unit_test(test_interrupt),
		cmocka_unit_test(test_closed_stdio),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
