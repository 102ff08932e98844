// SPDX-License-Identifier: GPL-2.0-only
/* BPF maps: those that can be mapped, each with its own map_mmap(), and one that cannot. */
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../probe.h"

#define TYPE_USER_RINGBUF 31 /* newer than some headers */
#define TYPE_ARENA 33

static int call(int command, union bpf_attr *attr)
{
	long ret = syscall(SYS_bpf, command, attr, sizeof(*attr));

	return ret < 0 ? -errno : (int)ret;
}

static int make(struct opened *o, unsigned type, unsigned key, unsigned value, unsigned entries,
		unsigned flags)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = type;
	attr.key_size = key;
	attr.value_size = value;
	attr.max_entries = entries;
	attr.map_flags = flags;
	o->fd = call(BPF_MAP_CREATE, &attr);
	o->content = true;
	return o->fd < 0 ? why(o->fd, "BPF_MAP_CREATE of type %u: %s", type, strerror(-o->fd)) : 0;
}

static int open_array(struct opened *o)
{
	o->size = 2000 * 8;
	return make(o, BPF_MAP_TYPE_ARRAY, 4, 8, 2000, BPF_F_MMAPABLE);
}

static int freeze(int fd)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = (uint32_t)fd;
	return call(BPF_MAP_FREEZE, &attr);
}

static long answer(void *p)
{
	return p == MAP_FAILED ? -errno : 0;
}

static void frozen(struct opened *o, struct result *r)
{
	char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	void *bad;

	result_errno(r, "freeze while mapped", freeze(o->fd));
	munmap(p, 4096);
	result_errno(r, "freeze while half is", freeze(o->fd));
	/* One that fails gives back what it has counted. */
	bad = mmap(NULL, 4096 * 64, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	result_errno(r, "too long", answer(bad));
	munmap(p + 4096, 4096);
	result_errno(r, "freeze", freeze(o->fd));
	result_errno(r, "shared rw",
		     answer(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0)));
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, o->fd, 0);
	result_errno(r, "shared r", answer(p));
	if (p != MAP_FAILED)
		result_errno(r, "mprotect rw",
			     mprotect(p, 4096, PROT_READ | PROT_WRITE) ? -errno : 0);
}

static void frozen_reader(struct opened *o, struct result *r)
{
	char *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, o->fd, 0);

	result_errno(r, "shared r", answer(p));
	result_errno(r, "mprotect rw", mprotect(p, 4096, PROT_READ | PROT_WRITE) ? -errno : 0);
	result_errno(r, "freeze", freeze(o->fd));
	munmap(p, 4096);
	result_errno(r, "freeze then", freeze(o->fd));
}

static void values(struct opened *o, struct result *r)
{
	uint64_t *p = mmap(NULL, o->size, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0), value = 0;
	uint32_t key = 1999;
	union bpf_attr attr;

	result_errno(r, "mmap", answer(p));
	if (p == MAP_FAILED)
		return;
	p[1999] = 4711;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = (uint32_t)o->fd;
	attr.key = (uintptr_t)&key;
	attr.value = (uintptr_t)&value;
	result_errno(r, "lookup", call(BPF_MAP_LOOKUP_ELEM, &attr));
	result_int(r, "value", (long long)value);
}

static const struct question array_questions[] = {
	{ "frozen", frozen },
	{ "frozen with a reader", frozen_reader },
	{ "a value", values },
	{ NULL, NULL },
};

static const struct subject array = {
	.name = "bpf-array",
	.open = open_array,
	.questions = array_questions,
};

static int open_plain_array(struct opened *o)
{
	o->size = 4096;
	return make(o, BPF_MAP_TYPE_ARRAY, 4, 8, 512, 0);
}

static const struct subject plain_array = {
	.name = "bpf-array-plain",
	.open = open_plain_array,
	.traits = FEW_REQUESTS,
};

/* The consumer's page, the producer's, and the data twice. */
static int open_ringbuf(struct opened *o)
{
	o->size = 4096 * (2 + 2 * 4);
	return make(o, BPF_MAP_TYPE_RINGBUF, 0, 0, 4 * 4096, 0);
}

static const struct subject ringbuf = { .name = "bpf-ringbuf", .open = open_ringbuf };

static int open_user_ringbuf(struct opened *o)
{
	o->size = 4096 * (2 + 2 * 4);
	return make(o, TYPE_USER_RINGBUF, 0, 0, 4 * 4096, 0);
}

static const struct subject user_ringbuf = { .name = "bpf-user-ringbuf",
					     .open = open_user_ringbuf };

static int open_user_ringbuf_data(struct opened *o)
{
	int ret = open_user_ringbuf(o);

	o->offset = 4096; /* behind the page that only the kernel writes */
	o->size -= 4096;
	return ret;
}

static const struct subject user_ringbuf_data = {
	.name = "bpf-user-ringbuf-data",
	.open = open_user_ringbuf_data,
};

static int open_arena(struct opened *o)
{
	o->size = 8 * 4096;
	return make(o, TYPE_ARENA, 0, 0, 8, BPF_F_MMAPABLE);
}

static const struct subject arena = { .name = "bpf-arena", .open = open_arena };

static int open_hash(struct opened *o)
{
	o->size = 4096;
	return make(o, BPF_MAP_TYPE_HASH, 4, 8, 512, 0);
}

static const struct subject hash = { .name = "bpf-hash",
				     .open = open_hash,
				     .traits = FEW_REQUESTS };

const struct subject *const family_bpf[] = {
	&array, &plain_array, &ringbuf, &user_ringbuf, &user_ringbuf_data, &arena, &hash, NULL,
};
