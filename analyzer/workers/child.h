/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside workers/: one worker process and its two pipes. */
#ifndef MMAPCONV_WORKERS_CHILD_H
#define MMAPCONV_WORKERS_CHILD_H

#include <sys/types.h>
#include "base/mem.h"

struct child {
	pid_t pid;			/* 0: none */
	int in, out;			/* its standard input and output */
	struct strbuf reply;		/* read so far of the current answer */
};

int child_start(struct child *c);	/* 0 or a negative errno */
/* Send one line (the newline is added).  0, or -EPIPE when it is gone. */
int child_send(struct child *c, const char *line);
/*
 * Read what is there of its answer (c->out is readable): 1 when c->reply holds a whole line, 0 when not
 * yet, -EPIPE when it is gone, -EFBIG when the answer is absurdly long.
 */
int child_receive(struct child *c);
/* Kill it if it lives, reap it, close the pipes; returns its wait status. */
int child_stop(struct child *c);

#endif
