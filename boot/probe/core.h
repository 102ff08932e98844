/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the probe's own files say to each other; a subject needs probe.h only.
 *
 * Three generations of processes, so that nothing hangs the probe: the first one (main.c) goes through
 * the subjects and gives each a process (run.c), which gives each request one (request.c).  Each looks
 * after its child with a time limit and SIGKILL; what a child has found lies in memory that all share,
 * so it is kept when the child dies.
 */
#ifndef MMAPCONV_BOOT_CORE_H
#define MMAPCONV_BOOT_CORE_H

#include "probe.h"

enum { RESULT_MAX = 8192, BREAKPOINTS = 4 };

/* The inside of a JSON object.  What no longer fits is left out, and the result says so. */
struct result {
	size_t len;
	bool full;
	char text[RESULT_MAX];
};

/* Lies in memory that the processes share. */
struct shared {
	struct result result; /* of the request that runs */
	char why[512];
	bool opened;		   /* the request got as far as that */
	bool alone;		   /* it is /init: no other process opens files or takes memory */
	bool few;			/* the short matrix for every subject */
	bool skip;		   /* the subject cannot be asked this: no line */
	int mode;		   /* of find_base(), matrix.c: which of its tries stood, or -1 */
	uint64_t size, unit;	   /* of the opened file, bytes: what learn() in run.c has seen */
	bool entered[BREAKPOINTS]; /* breakpoint.c: by the request */
	unsigned long requests;	   /* tried by all subjects so far */
	long long deadline_ms;	   /* the subject's process has to say something until then */
};
extern struct shared *shared;

/* result.c */
void result_clear(struct result *r);
const char *errno_name(int err);			  /* "EINVAL", "ENOTSUPP", or "E1234" */
void json_text(char *out, size_t size, const char *text); /* with the quotes */

/* log.c: a line a call, in one write(), so that lines of two processes never mix. */
int log_open(const char *path); /* NULL: standard output */
void log_start(const char *trace);
void log_state(const char *subject, const char *state, const char *reason, const struct result *r);
void log_request(const char *subject, const char *request, const char *called,
		 const struct result *r);
void log_end(unsigned long requests); /* and waits until it is out */

/* limit.c: milliseconds of CLOCK_MONOTONIC. */
long long now_ms(void);
int wait_child(pid_t pid, int *status, long long deadline_ms); /* 0, or -ETIME */
void settle_ms(unsigned ms);

/*
 * trace.c: which of the functions in the file "functions" the kernel enters for one process and its
 * children, by an instance of the function tracer of our own.  trace_open() returns 0, or -errno after why(), and
 * then the others do nothing.
 */
int trace_open(const char *functions);
void trace_arm(pid_t pid); /* of this process and later ones; nothing until trace_on() */
void trace_on(void);
void trace_note(void);	      /* before the request's process ends */
const char *trace_read(void); /* ends it; a JSON list, sorted; NULL without a tracer */

/* breakpoint.c: the handlers among names that exist, as far as there are breakpoints; a request's process turns them on. */
void breakpoints_find(const char *const *names, size_t n);
void breakpoints_on(void);
void breakpoints_note(void);
const char *breakpoint_entered(size_t i); /* NULL where not */

/* kmsg.c: what the kernel complained of since the last call, as "warning" of the result. */
void kmsg_open(void);
void kmsg_say(const char *subject, const char *request);
void kmsg_result(struct result *r);

/* leaks.c: system-wide numbers that must come back; nothing where others run beside the probe. */
struct leaks {
	long long value[8];
};
void leaks_read(struct leaks *l);
void leaks_result(const struct leaks *before, struct result *r); /* waits for them to settle */

/* A mapping as it was asked for; matrix.c */
struct want {
	int prot;
	int flags;
	uint64_t offset; /* bytes in the file */
	size_t len;	 /* bytes */
};

/* One that stands, and all that a request needs; map.c */
struct standing {
	const struct subject *subject;
	struct opened *o;
	struct want want;
	char *at;
	size_t unit; /* bytes of a page of it */
};

/* map.c: mmap(), or what the subject has in its place.  An address, or -errno. */
long map_file(const struct standing *s, const struct want *w, void *at, int more_flags);
/* Room for len bytes that nothing else is in, at a multiple of unit; the room itself is free. */
char *map_room(size_t len, size_t unit);
size_t unit_of(const struct opened *o);

/* touch.c: what an access comes to: "ok", "SIGBUS" or "SIGSEGV". */
const char *touch_read(const char *p);
const char *touch_write(char *p); /* writes the byte that it finds */
/* The first and the last page, as far as protection and traits allow, and the content. */
void touch_result(const struct standing *s, struct result *r, const char *prefix);

/* stand.c: what /proc says of the mappings between at and at + len. */
void stand_result(const char *at, size_t len, uint64_t first_offset, struct result *r,
		  const char *prefix);
int stand_count(const char *at, size_t len);
extern const char *stand_file; /* /proc/self/smaps; tests have another */
void locked_result(struct result *r,
		   const char *prefix); /* VmLck, VmPin of this process, where not 0 */

/*
 * request.c: runs one request in a process of its own and logs it.  body gets an opened file; name NULL:
 * not logged.  Returns 0, or -errno when open() of the subject failed, -ETIME when it had to be killed.
 */
int request(const struct subject *s, const char *name,
	    void (*body)(const struct subject *s, struct opened *o, const void *arg,
			 struct result *r),
	    const void *arg);

void matrix(const struct subject *s); /* matrix.c */
struct after {
	const char *name;
	void (*ask)(struct standing *s, struct result *r);
	unsigned when; /* AFTER_… */
};
enum {
	AFTER_SHORT = 1,   /* also in the short matrix */
	AFTER_PRIVATE = 2, /* also on a private writable mapping */
	AFTER_WRITES = 4,  /* changes the file: not where writing does harm */
	AFTER_PAGES = 8,   /* needs three pages */
};
extern const struct after afters[], file_afters[],
	hint_afters[]; /* after.c, after_files.c, after_hints.c */
/* What stands at at, what touching it does, and what is locked; after.c. */
void after_see(struct standing *s, char *at, size_t len, struct result *r, const char *prefix);

int run_subject(const struct subject *s); /* run.c */
void selftests_run(void);		  /* selftests.c: the kernel's own, in /selftests */

#endif
