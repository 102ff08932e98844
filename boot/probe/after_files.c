// SPDX-License-Identifier: GPL-2.0-only
/* What is done with a mapping that stands: in other processes, beside others of its file, without its file. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core.h"

static void in_child(struct standing *s, struct result *r,
		     void (*ask)(struct standing *, struct result *))
{
	pid_t pid = fork();
	int status = 0;

	if (!pid) {
		ask(s, r);
		_exit(0);
	}
	if (pid < 0) {
		result_errno(r, "fork", -errno);
		return;
	}
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status))
		result_text(r, "child died", "SIG%s", sigabbrev_np(WTERMSIG(status)));
}

static void child_sees(struct standing *s, struct result *r)
{
	after_see(s, s->at, s->want.len, r, "child");
	result_errno(r, "child munmap", munmap(s->at, s->want.len) ? -errno : 0);
}

static void fork_touch(struct standing *s, struct result *r)
{
	in_child(s, r, child_sees);
	after_see(s, s->at, s->want.len, r, "parent");
}

static void child_alone(struct standing *s, struct result *r)
{
	int go[2];
	char byte = 0;
	pid_t pid;

	if (pipe(go))
		return;
	pid = fork();
	if (!pid) {
		close(go[1]);
		/* The end of the pipe: the parent has unmapped. */
		while (read(go[0], &byte, 1) > 0)
			;
		close(s->o->fd);
		child_sees(s, r);
		_exit(0);
	}
	munmap(s->at, s->want.len);
	close(s->o->fd);
	close(go[0]);
	close(go[1]);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void child_opens_none(struct standing *s, struct result *r)
{
	long at = map_file(s, &s->want, NULL, 0);

	result_errno(r, "child mmap", at);
	if (at > 0)
		after_see(s, (char *)at, s->want.len, r, "child");
}

static void child_maps(struct standing *s, struct result *r)
{
	in_child(s, r, child_opens_none);
}

static void second(struct standing *s, struct result *r)
{
	long at = map_file(s, &s->want, NULL, 0);

	result_errno(r, "second", at);
	if (at < 0)
		return;
	after_see(s, (char *)at, s->want.len, r, "second");
	result_errno(r, "munmap first", munmap(s->at, s->want.len) ? -errno : 0);
	after_see(s, (char *)at, s->want.len, r, "then");
}

static void second_file(struct standing *s, struct result *r)
{
	struct opened other = { .fd = -1 };
	struct standing st = *s;
	long at;
	int ret = s->subject->open(&other);

	result_errno(r, "open", ret);
	if (ret < 0)
		return;
	st.o = &other;
	st.want.offset = s->want.offset - s->o->offset + other.offset;
	at = map_file(&st, &st.want, NULL, 0);
	result_errno(r, "second", at);
	if (at > 0)
		after_see(&st, (char *)at, st.want.len, r, "second");
	stand_result(s->at, s->want.len, s->want.offset, r, "first");
}

static void closed(struct standing *s, struct result *r)
{
	result_errno(r, "close", close(s->o->fd) ? -errno : 0);
	after_see(s, s->at, s->want.len, r, "");
	result_errno(r, "munmap", munmap(s->at, s->want.len) ? -errno : 0);
	locked_result(r, "unmapped");
}

static void failing(struct standing *s, struct result *r)
{
	struct want bad = s->want;
	long at;

	munmap(s->at, s->want.len);
	bad.offset = s->o->offset + (1ull << 44);
	at = map_file(s, &bad, NULL, 0);
	result_errno(r, "bad", at);
	if (at > 0)
		munmap((void *)at, bad.len);
	bad = s->want;
	bad.len += s->unit;
	bad.prot |= PROT_EXEC | PROT_WRITE;
	at = map_file(s, &bad, NULL, 0);
	result_errno(r, "larger", at);
	if (at > 0)
		munmap((void *)at, bad.len);
	at = map_file(s, &s->want, NULL, 0);
	result_errno(r, "good", at);
	if (at > 0)
		after_see(s, (char *)at, s->want.len, r, "");
	locked_result(r, "");
}

static void read_only_file(struct standing *s, struct result *r)
{
	struct standing st = *s;
	struct opened o = *s->o;
	char path[40];
	long at;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", s->o->fd);
	o.fd = open(path, O_RDONLY | O_CLOEXEC);
	result_errno(r, "open", o.fd < 0 ? -errno : 0);
	if (o.fd < 0)
		return;
	st.o = &o;
	result_errno(r, "shared rw", map_file(&st, &st.want, NULL, 0));
	st.want.prot = PROT_READ;
	at = map_file(&st, &st.want, NULL, 0);
	result_errno(r, "shared r", at);
	if (at < 0)
		return;
	stand_result((char *)at, st.want.len, st.want.offset, r, "");
	result_errno(r, "mprotect rw",
		     mprotect((void *)at, st.want.len, PROT_READ | PROT_WRITE) ? -errno : 0);
	st.want.flags = (st.want.flags & ~MAP_SHARED) | MAP_PRIVATE;
	result_errno(r, "private r", map_file(&st, &st.want, NULL, 0));
}

const struct after file_afters[] = {
	{ "fork", fork_touch, AFTER_SHORT | AFTER_PRIVATE },
	{ "fork, only the child's", child_alone, 0 },
	{ "a child maps", child_maps, 0 },
	{ "a second equal one", second, AFTER_SHORT },
	{ "one of a second open", second_file, 0 },
	{ "close", closed, AFTER_SHORT },
	{ "a failing one and a good one", failing, AFTER_SHORT },
	{ "through a read-only open", read_only_file, 0 },
	{ NULL, NULL, 0 },
};
