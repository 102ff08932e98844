// SPDX-License-Identifier: GPL-2.0-only
/* run_parallel() of run.h. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/run.h"

struct queue {
	pthread_mutex_t lock;
	size_t next, nr;		/* the next index to hand out */
	int (*fn)(size_t i, void *ctx);
	void *ctx;
	size_t failed;			/* the lowest index that failed, and how */
	int ret;
};

static void *worker(void *arg)
{
	struct queue *q = arg;
	size_t i;
	int ret;

	for (;;) {
		pthread_mutex_lock(&q->lock);
		i = q->next;
		if (i < q->nr && !run_interrupted())
			q->next++;
		else
			i = q->nr;
		pthread_mutex_unlock(&q->lock);
		if (i == q->nr)
			return NULL;
		ret = q->fn(i, q->ctx);
		if (ret >= 0)
			continue;
		pthread_mutex_lock(&q->lock);
		if (!q->ret || i < q->failed) {
			q->ret = ret;
			q->failed = i;
		}
		pthread_mutex_unlock(&q->lock);
	}
}

int run_parallel(size_t nr, unsigned workers, int (*fn)(size_t i, void *ctx), void *ctx)
{
	struct queue q = { .lock = PTHREAD_MUTEX_INITIALIZER, .nr = nr, .fn = fn, .ctx = ctx };
	size_t i, started = 0, want = workers < nr ? workers : nr;
	pthread_t *threads = xcalloc(want, sizeof(*threads));

	/* This thread works too, so a machine that gives no more threads is slow, not stuck. */
	for (i = 1; i < want; i++)
		if (!pthread_create(&threads[started], NULL, worker, &q))
			started++;
	worker(&q);
	for (i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	if (!q.ret && q.next < q.nr)
		q.ret = -EINTR;
	pthread_mutex_destroy(&q.lock);
	free(threads);
	return q.ret;
}
