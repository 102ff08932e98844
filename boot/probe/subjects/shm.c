// SPDX-License-Identifier: GPL-2.0-only
/* System V shared memory: mapped by shmat(), which knows no parts, no private ones and no flags. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../probe.h"

#define NUMBER "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"

/* What requests have made, in memory that they share: a segment outlives its process. */
static struct made {
	size_t n;
	struct {
		int id;
		pid_t by;
	} list[64];
} *made;

static int prepare(void)
{
	void *p = mmap(NULL, sizeof(*made), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		       0);

	if (p == MAP_FAILED)
		return why(-errno, "memory for a list: %m");
	made = p;
	return 0;
}

/* Those of the requests before. */
static void remove_others(void)
{
	size_t kept = 0;

	for (size_t i = 0; made && i < made->n; i++) {
		if (made->list[i].by == getpid())
			made->list[kept++] = made->list[i];
		else
			shmctl(made->list[i].id, IPC_RMID, NULL);
	}
	if (made)
		made->n = kept;
}

static void finish(void)
{
	remove_others();
}

static int prepare_huge(void)
{
	int ret = put_text(NUMBER, "24");

	return ret ? ret : prepare();
}

static void finish_huge(void)
{
	finish();
	put_text(NUMBER, "0");
}

static int make(struct opened *o, size_t size, int flags)
{
	int id;

	remove_others();
	if (made->n == sizeof(made->list) / sizeof(*made->list))
		return why(-ENOSPC, "a request that makes many segments");
	id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600 | flags);
	if (id < 0)
		return why(-errno, "shmget: %m");
	made->list[made->n].id = id;
	made->list[made->n++].by = getpid();
	o->size = size;
	o->content = true;
	o->data = (void *)(intptr_t)id;
	return 0;
}

static int open_shm(struct opened *o)
{
	return make(o, 5 * 4096, 0);
}

static int open_huge(struct opened *o)
{
	o->page = 2u << 20;
	return make(o, 3 * (2u << 20), SHM_HUGETLB);
}

static long attach(struct opened *o, void *at, size_t len, int prot, int flags, uint64_t offset)
{
	int how = 0;
	void *p;

	if (offset || len != o->size ||
	    (flags & ~(MAP_FIXED | MAP_FIXED_NOREPLACE)) != MAP_SHARED || !(prot & PROT_READ))
		return -ENOTSUP;
	if (!(prot & PROT_WRITE))
		how |= SHM_RDONLY;
	if (prot & PROT_EXEC)
		how |= SHM_EXEC;
	if (flags & MAP_FIXED)
		how |= SHM_REMAP;
	p = shmat((int)(intptr_t)o->data, at, how);
	return p == (void *)-1 ? -errno : (long)p;
}

static void attached(const struct opened *o, struct result *r, const char *when)
{
	struct shmid_ds ds;

	if (shmctl((int)(intptr_t)o->data, IPC_STAT, &ds))
		result_errno(r, when, -errno);
	else
		result_int(r, when, (long long)ds.shm_nattch);
}

static void count(struct opened *o, struct result *r)
{
	int id = (int)(intptr_t)o->data, status;
	char *p = shmat(id, NULL, 0), *q;
	size_t page = o->page ? (size_t)o->page : 4096;
	pid_t pid;

	attached(o, r, "attached");
	q = shmat(id, NULL, SHM_RDONLY);
	attached(o, r, "again");
	pid = fork();
	if (!pid) {
		attached(o, r, "in a child");
		_exit(0);
	}
	waitpid(pid, &status, 0);
	attached(o, r, "child gone");
	result_errno(r, "munmap of a part", munmap(p + page, page) ? -errno : 0);
	attached(o, r, "in two parts");
	p = mremap(p, page, page, MREMAP_MAYMOVE | MREMAP_FIXED, p + (64u << 20));
	result_errno(r, "mremap", p == MAP_FAILED ? -errno : 0);
	attached(o, r, "moved");
	result_errno(r, "shmdt", shmdt(q) ? -errno : 0);
	attached(o, r, "detached");
	result_errno(r, "removed", shmctl(id, IPC_RMID, NULL) ? -errno : 0);
	attached(o, r, "after that");
	q = shmat(id, NULL, 0);
	result_errno(r, "attached then", q == (void *)-1 ? -errno : 0);
}

static void nonlinear(struct opened *o, struct result *r)
{
	char *p = shmat((int)(intptr_t)o->data, NULL, 0);
	int ret;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	ret = remap_file_pages(p, o->page ? (size_t)o->page : 4096, 0, 1, 0);
#pragma GCC diagnostic pop
	result_errno(r, "remap_file_pages", ret ? -errno : 0);
	attached(o, r, "attached");
}

static void gone(struct opened *o, struct result *r)
{
	int id = (int)(intptr_t)o->data;
	void *p;

	result_errno(r, "removed", shmctl(id, IPC_RMID, NULL) ? -errno : 0);
	p = shmat(id, NULL, 0);
	result_errno(r, "shmat", p == (void *)-1 ? -errno : 0);
}

static const struct question questions[] = {
	{ "attached how often", count },
	{ "remapped", nonlinear },
	{ "of a removed one", gone },
	{ NULL, NULL },
};

static void left(struct result *r)
{
	remove_others();
	FILE *f = fopen("/proc/sysvipc/shm", "re");
	char line[300];
	int n = -1;

	while (f && fgets(line, sizeof(line), f))
		n++;
	if (f)
		fclose(f);
	result_int(r, "segments", n);
}

static const struct subject shm = {
	.name = "shm",
	.prepare = prepare,
	.open = open_shm,
	.left = left,
	.finish = finish,
	.questions = questions,
	.map = attach,
};

static const struct subject shm_huge = {
	.name = "shm-huge",
	.prepare = prepare_huge,
	.open = open_huge,
	.left = left,
	.finish = finish_huge,
	.questions = questions,
	.map = attach,
};

const struct subject *const family_shm[] = { &shm, &shm_huge, NULL };
