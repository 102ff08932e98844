// SPDX-License-Identifier: GPL-2.0-only
/* What is done with a mapping that stands: its place, its size, its parts, its file, other processes. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static size_t pages(const struct standing *s)
{
	return s->want.len / s->unit;
}

static void see(struct standing *s, char *at, size_t len, struct result *r, const char *prefix)
{
	struct standing there = *s;

	stand_result(at, len, s->want.offset, r, prefix);
	there.at = at;
	there.want.len = len;
	touch_result(&there, r, prefix);
	locked_result(r, prefix);
}

static char *remap(struct standing *s, char *from, size_t len, size_t to_len, int flags, char *to,
		   struct result *r)
{
	char *at = mremap(from, len, to_len, flags, to);

	(void)s;
	result_errno(r, "mremap", at == MAP_FAILED ? -errno : 0);
	return at == MAP_FAILED ? NULL : at;
}

static void grow(struct standing *s, struct result *r)
{
	size_t len = s->want.len + s->unit;
	char *at = remap(s, s->at, s->want.len, len, MREMAP_MAYMOVE, NULL, r);

	if (at)
		see(s, at, len, r, "grown");
	else
		see(s, s->at, s->want.len, r, "");
}

static void shrink(struct standing *s, struct result *r)
{
	size_t len = pages(s) / 2 * s->unit;
	char *at = remap(s, s->at, s->want.len, len, MREMAP_MAYMOVE, NULL, r);

	see(s, at ? at : s->at, at ? len : s->want.len, r, "");
	result_text(r, "read behind", "%s", touch_read(s->at + s->want.len - s->unit));
}

static void move(struct standing *s, struct result *r)
{
	char *room = map_room(s->want.len + s->unit, s->unit);
	char *at = remap(s, s->at, s->want.len, s->want.len, MREMAP_MAYMOVE | MREMAP_FIXED, room, r);

	if (!at) {
		see(s, s->at, s->want.len, r, "");
		return;
	}
	see(s, at, s->want.len, r, "moved");
	result_int(r, "left behind", stand_count(s->at, s->want.len));
}

static void move_part(struct standing *s, struct result *r)
{
	char *room = map_room(2 * s->unit, s->unit);
	char *at = remap(s, s->at + s->unit, s->unit, s->unit, MREMAP_MAYMOVE | MREMAP_FIXED, room, r);

	if (at)
		see(s, at, s->unit, r, "moved");
	stand_result(s->at, s->want.len, s->want.offset, r, "rest");
}

static void move_dontunmap(struct standing *s, struct result *r)
{
	char *at = remap(s, s->at, s->want.len, s->want.len, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL, r);

	if (at)
		see(s, at, s->want.len, r, "moved");
	see(s, s->at, s->want.len, r, "");
}

static void duplicate(struct standing *s, struct result *r)
{
	char *at = remap(s, s->at, 0, s->want.len, MREMAP_MAYMOVE, NULL, r);

	if (at)
		see(s, at, s->want.len, r, "second");
}

static void unmap(struct standing *s, char *from, struct result *r)
{
	result_errno(r, "munmap", munmap(from, s->unit) ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
	locked_result(r, "");
	if (s->subject->traits & NO_READ_TOUCH)
		return;
	result_text(r, "read first", "%s", touch_read(s->at));
	result_text(r, "read last", "%s", touch_read(s->at + s->want.len - s->unit));
}

static void unmap_first(struct standing *s, struct result *r)
{
	unmap(s, s->at, r);
}

static void unmap_middle(struct standing *s, struct result *r)
{
	unmap(s, s->at + pages(s) / 2 * s->unit, r);
}

static void unmap_last(struct standing *s, struct result *r)
{
	unmap(s, s->at + s->want.len - s->unit, r);
}

static void in_child(struct standing *s, struct result *r, void (*ask)(struct standing *, struct result *))
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
	see(s, s->at, s->want.len, r, "child");
	result_errno(r, "child munmap", munmap(s->at, s->want.len) ? -errno : 0);
}

static void fork_touch(struct standing *s, struct result *r)
{
	in_child(s, r, child_sees);
	see(s, s->at, s->want.len, r, "parent");
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
		see(s, (char *)at, s->want.len, r, "child");
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
	see(s, (char *)at, s->want.len, r, "second");
	result_errno(r, "munmap first", munmap(s->at, s->want.len) ? -errno : 0);
	see(s, (char *)at, s->want.len, r, "then");
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
		see(&st, (char *)at, st.want.len, r, "second");
	stand_result(s->at, s->want.len, s->want.offset, r, "first");
}

/* Two halves side by side: one VMA where they can merge. */
static void adjacent(struct standing *s, struct result *r)
{
	size_t half = pages(s) > 1 ? pages(s) / 2 * s->unit : s->unit;
	struct want one = s->want, two = s->want;
	char *room;
	long at;

	munmap(s->at, s->want.len);
	room = map_room(2 * s->want.len, s->unit);
	one.len = half;
	two.offset += half;
	two.len = pages(s) > 1 ? s->want.len - half : s->unit;
	at = map_file(s, &one, room, MAP_FIXED_NOREPLACE);
	result_errno(r, "one", at);
	if (at < 0)
		return;
	at = map_file(s, &two, room + half, MAP_FIXED_NOREPLACE);
	result_errno(r, "two", at);
	stand_result(room, one.len + two.len, one.offset, r, "");
	result_errno(r, "munmap one", munmap(room, one.len) ? -errno : 0);
	stand_result(room, one.len + two.len, one.offset, r, "rest");
}

static void adjacent_before(struct standing *s, struct result *r)
{
	size_t half = pages(s) / 2 * s->unit;
	struct want one = s->want, two = s->want;
	char *room;

	munmap(s->at, s->want.len);
	room = map_room(2 * s->want.len, s->unit);
	one.len = half;
	two.offset += half;
	two.len = s->want.len - half;
	result_errno(r, "two", map_file(s, &two, room + half, MAP_FIXED_NOREPLACE));
	result_errno(r, "one", map_file(s, &one, room, MAP_FIXED_NOREPLACE));
	stand_result(room, s->want.len, one.offset, r, "");
}

static void closed(struct standing *s, struct result *r)
{
	result_errno(r, "close", close(s->o->fd) ? -errno : 0);
	see(s, s->at, s->want.len, r, "");
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
		see(s, (char *)at, s->want.len, r, "");
	locked_result(r, "");
}

static void anonymous_over(struct standing *s, struct result *r)
{
	char *at = mmap(s->at + pages(s) / 2 * s->unit, s->unit, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	result_errno(r, "over", at == MAP_FAILED ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
}

static void itself_over(struct standing *s, struct result *r)
{
	struct want w = s->want;

	w.len = s->unit;
	result_errno(r, "over", map_file(s, &w, s->at, MAP_FIXED));
	see(s, s->at, s->want.len, r, "");
}

/* What stands is torn down before the new one is refused, or not. */
static void bad_over(struct standing *s, struct result *r)
{
	struct want w = s->want;

	w.offset = s->o->offset + (1ull << 44);
	result_errno(r, "over", map_file(s, &w, s->at, MAP_FIXED));
	stand_result(s->at, s->want.len, s->want.offset, r, "");
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
	result_errno(r, "mprotect rw", mprotect((void *)at, st.want.len, PROT_READ | PROT_WRITE) ? -errno : 0);
	st.want.flags = (st.want.flags & ~MAP_SHARED) | MAP_PRIVATE;
	result_errno(r, "private r", map_file(&st, &st.want, NULL, 0));
}

const struct after afters[] = {
	{ "mremap grow", grow, AFTER_SHORT | AFTER_PRIVATE },
	{ "mremap shrink", shrink, AFTER_PAGES | AFTER_PRIVATE },
	{ "mremap move", move, AFTER_SHORT | AFTER_PRIVATE },
	{ "mremap move the second page", move_part, AFTER_PAGES },
	{ "mremap dontunmap", move_dontunmap, 0 },
	{ "mremap duplicate", duplicate, 0 },
	{ "munmap first", unmap_first, AFTER_PAGES | AFTER_SHORT },
	{ "munmap middle", unmap_middle, AFTER_PAGES | AFTER_PRIVATE },
	{ "munmap last", unmap_last, AFTER_PAGES },
	{ "fork", fork_touch, AFTER_SHORT | AFTER_PRIVATE },
	{ "fork, only the child's", child_alone, 0 },
	{ "a child maps", child_maps, 0 },
	{ "a second equal one", second, AFTER_SHORT },
	{ "one of a second open", second_file, 0 },
	{ "adjacent", adjacent, AFTER_SHORT | AFTER_PRIVATE },
	{ "adjacent before", adjacent_before, AFTER_PAGES },
	{ "close", closed, AFTER_SHORT },
	{ "a failing one and a good one", failing, AFTER_SHORT },
	{ "anonymous over the middle", anonymous_over, AFTER_PAGES },
	{ "itself over the first page", itself_over, 0 },
	{ "a bad one over it", bad_over, AFTER_PRIVATE },
	{ "through a read-only open", read_only_file, 0 },
	{ NULL, NULL, 0 },
};
