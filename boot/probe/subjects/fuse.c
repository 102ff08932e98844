// SPDX-License-Identifier: GPL-2.0-only
/* FUSE: the file as the page cache has it, read past the cache, and handed on to another file. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "fuse_server.h"

#define WHERE "/tmp/fuse"
#define BACKING "/tmp/fuse-backing"
/* Newer than the headers. */
#define DIRECT_IO 1u		      /* FOPEN_DIRECT_IO */
#define PASSTHROUGH (1u << 7)	      /* FOPEN_PASSTHROUGH */
#define INIT_DIRECT_MMAP (1ull << 36) /* FUSE_DIRECT_IO_ALLOW_MMAP */
#define INIT_PASSTHROUGH (1ull << 37)

static volatile int *still_open;

static int serve(struct fuse_served *served)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return why(-errno, "memory for the server: %m");
	still_open = p;
	served->open = p;
	return fuse_serve(served, WHERE);
}

static int prepare_cached(void)
{
	return serve(&(struct fuse_served){ .open_flags = 0 });
}

static int prepare_direct(void)
{
	return serve(&(struct fuse_served){ .open_flags = DIRECT_IO });
}

static int prepare_direct_mmap(void)
{
	return serve(
		&(struct fuse_served){ .open_flags = DIRECT_IO, .init_flags = INIT_DIRECT_MMAP });
}

static int prepare_passthrough(void)
{
	struct opened o = { .fd = -1 };
	int ret = file_open(&o, BACKING);

	if (ret)
		return ret;
	close(o.fd);
	return serve(&(struct fuse_served){
		.open_flags = PASSTHROUGH, .init_flags = INIT_PASSTHROUGH, .backing = BACKING });
}

static int open_file(struct opened *o)
{
	o->content = true;
	return file_open_as_is(o, WHERE "/file", O_RDWR, FILE_SIZE);
}

static void finish(void)
{
	file_unmount(WHERE);
	unlink(BACKING);
}

/* The server hears of a close a little later. */
static int open_then(int expected)
{
	struct timespec t = { .tv_nsec = 10000000 };

	for (int i = 0; i < 200 && *still_open != expected; i++)
		nanosleep(&t, NULL);
	return *still_open;
}

/* Where it may be either: what it has come to when nothing is on its way any more. */
static int open_now(void)
{
	struct timespec t = { .tv_nsec = 300000000 };

	nanosleep(&t, NULL);
	return *still_open;
}

static void held(struct opened *o, struct result *r)
{
	void *p = mmap(NULL, 4 * 4096, PROT_READ, MAP_PRIVATE, o->fd, 0), *bad;

	result_errno(r, "mmap", p == MAP_FAILED ? -errno : 0);
	result_int(r, "open", open_now());
	bad = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED, o->fd, 0);
	result_errno(r, "another", bad == MAP_FAILED ? -errno : 0);
	if (bad != MAP_FAILED)
		munmap(bad, 4096);
	close(o->fd);
	/* One that the mapping holds; none where it is the backing file's. */
	result_int(r, "open, closed", open_now());
	if (p == MAP_FAILED)
		return;
	munmap((char *)p + 4096, 4096);
	result_int(r, "open, in two parts", open_now());
	munmap(p, 4 * 4096);
	result_int(r, "open, unmapped", open_now());
}

static const struct question questions[] = { { "held open by its mapping", held }, { NULL, NULL } };

static void left(struct result *r)
{
	result_int(r, "open", open_then(0));
}

#define FUSE(id, subject_name, how, few) \
	static const struct subject id = { \
		.name = subject_name, \
		.prepare = how, \
		.open = open_file, \
		.left = left, \
		.finish = finish, \
		.questions = questions, \
		.traits = few, \
	}
FUSE(cached, "fuse", prepare_cached, 0);
FUSE(direct, "fuse-direct", prepare_direct, FEW_REQUESTS);
FUSE(direct_mmap, "fuse-direct-mmap", prepare_direct_mmap, 0);
FUSE(passthrough, "fuse-passthrough", prepare_passthrough, 0);

const struct subject *const family_fuse[] = { &cached, &direct, &direct_mmap, &passthrough, NULL };
