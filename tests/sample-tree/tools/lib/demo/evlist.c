// SPDX-License-Identifier: GPL-2.0-only
/* trap: a user-space tool; its ops have a mmap field too */
struct demo_evlist;
struct demo_mmap_params;

struct perf_evlist_mmap_ops {
	void *(*get)(struct demo_evlist *evlist, int idx);
	int (*mmap)(struct demo_evlist *evlist, struct demo_mmap_params *mp);
};

extern const struct perf_evlist_mmap_ops demo_evlist_ops;

static int demo_evlist_mmap(struct demo_evlist *evlist, struct demo_mmap_params *mp)
{
	return evlist && mp ? 0 : -1;
}

const struct perf_evlist_mmap_ops demo_evlist_ops = {
	.mmap = demo_evlist_mmap,
};
