// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files of selinuxfs: the status page, and the loaded policy.  The policy is a small one of ours, written here: one
 * class, one role, one user, and as many types as make it some pages long; all else is allowed.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

static int open_status(struct opened *o)
{
	o->content = true;
	return file_open_as_is(o, "/sys/fs/selinux/status", O_RDWR, 4096);
}

static const struct subject status = { .name = "selinux-status", .open = open_status };

#define TYPES 400
#define INITIAL_SIDS 27
#define VERSION 20 /* the oldest that the kernel writes, and the shortest */
#define ALLOW_UNKNOWN 4

struct policy {
	size_t len;
	unsigned char bytes[65536];
};

static void raw(struct policy *p, const void *bytes, size_t len)
{
	memcpy(p->bytes + p->len, bytes, len);
	p->len += len;
}

static void u32(struct policy *p, uint32_t value)
{
	raw(p, &value, sizeof(value));
}

static void u16(struct policy *p, uint16_t value)
{
	raw(p, &value, sizeof(value));
}

/* A set of at most one: bit counts from 0, -1 for the empty one. */
static void set(struct policy *p, int bit)
{
	uint64_t map = 1ull << (bit & 63);

	u32(p, 64);
	u32(p, bit < 0 ? 0 : (uint32_t)bit / 64 * 64 + 64);
	u32(p, bit >= 0);
	if (bit < 0)
		return;
	u32(p, (uint32_t)bit / 64 * 64);
	raw(p, &map, sizeof(map));
}

/* A level without categories; without MLS nobody looks at it. */
static void range(struct policy *p)
{
	u32(p, 1);
	u32(p, 1);
	set(p, -1);
}

static void classes(struct policy *p)
{
	static const char *const permissions[] = { "transition", "dyntransition" };

	u32(p, 1), u32(p, 1);
	u32(p, 7), u32(p, 0), u32(p, 1), u32(p, 2), u32(p, 2), u32(p, 0);
	raw(p, "process", 7);
	for (uint32_t i = 0; i < 2; i++) {
		u32(p, (uint32_t)strlen(permissions[i])), u32(p, i + 1);
		raw(p, permissions[i], strlen(permissions[i]));
	}
	u32(p, 0);
}

static void roles(struct policy *p)
{
	u32(p, 2), u32(p, 2);
	u32(p, 8), u32(p, 1);
	raw(p, "object_r", 8);
	set(p, 0), set(p, -1);
	u32(p, 1), u32(p, 2);
	raw(p, "r", 1);
	set(p, 1), set(p, 0);
}

static void types(struct policy *p)
{
	u32(p, TYPES), u32(p, TYPES);
	for (uint32_t i = 0; i < TYPES; i++) {
		char name[5] = { 't', (char)('0' + i / 100), (char)('0' + i / 10 % 10),
				 (char)('0' + i % 10) };

		u32(p, 4), u32(p, i + 1), u32(p, 1);
		raw(p, name, 4);
	}
}

static void users(struct policy *p)
{
	u32(p, 1), u32(p, 1);
	u32(p, 1), u32(p, 1);
	raw(p, "u", 1);
	set(p, 1);
	range(p);
	u32(p, 1), set(p, -1);
}

static void write_policy(struct policy *p)
{
	p->len = 0;
	u32(p, 0xf97cff8c), u32(p, 8);
	raw(p, "SE Linux", 8);
	u32(p, VERSION), u32(p, ALLOW_UNKNOWN), u32(p, 8), u32(p, 7);
	u32(p, 0), u32(p, 0); /* commons */
	classes(p);
	roles(p);
	types(p);
	users(p);
	for (int i = 0; i < 3; i++) /* booleans, levels, categories */
		u32(p, 0), u32(p, 0);
	/* allow t000 t000 : process transition; an empty table is an error. */
	u32(p, 1), u16(p, 1), u16(p, 1), u16(p, 1), u16(p, 1), u32(p, 1);
	for (int i = 0; i < 3; i++) /* conditions, role transitions, role allows */
		u32(p, 0);
	u32(p, INITIAL_SIDS);
	for (uint32_t i = 1; i <= INITIAL_SIDS; i++) {
		u32(p, i), u32(p, 1), u32(p, 2), u32(p, 1);
		range(p);
	}
	for (int i = 0; i < 6; i++) /* contexts of networks and file systems */
		u32(p, 0);
	u32(p, 0), u32(p, 0); /* genfs, range transitions */
	for (int i = 0; i < TYPES; i++)
		set(p, i);
}

static int prepare_policy(void)
{
	static struct policy p;
	int fd = open("/sys/fs/selinux/load", O_RDWR | O_CLOEXEC), ret = 0;

	if (fd < 0)
		return why(-errno, "/sys/fs/selinux/load: %m");
	write_policy(&p);
	if (write(fd, p.bytes, p.len) != (ssize_t)p.len)
		ret = why(-errno, "a policy of %zu bytes is not taken: %m", p.len);
	close(fd);
	return ret;
}

static int open_policy(struct opened *o)
{
	int ret = file_open_as_is(o, "/sys/fs/selinux/policy", O_RDWR, 0);
	struct stat st;

	if (ret)
		return ret;
	if (fstat(o->fd, &st))
		return why(-errno, "/sys/fs/selinux/policy: %m");
	o->size = (uint64_t)st.st_size;
	o->content = true;
	return 0;
}

static const struct subject policy = {
	.name = "selinux-policy",
	.prepare = prepare_policy,
	.open = open_policy,
};

const struct subject *const family_selinux[] = { &status, &policy, NULL };
