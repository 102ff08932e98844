/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The program that runs as /init in both kernels: it opens every file that a handler serves, tries a
 * matrix of requests on it, and says what came of each.  It judges nothing: the host compares what the
 * two kernels said.
 *
 * What it says is a line of JSON a piece, on the second serial port:
 *
 *	{"probe":1,"kernel":"7.3.4"}					first
 *	{"subject":"udf","state":"ready"}				or "absent" with "why"
 *	{"subject":"udf","request":"shared rw all","called":["udf_file_mmap"],"result":{"mmap":"ok",…}}
 *	{"subject":"udf","state":"done","result":{"files":0,…}}		what is left when all is closed
 *	{"end":612}							last: the requests that were tried
 *
 * A result is flat: names with a text or a number.  Nothing in it may differ between two boots of one
 * kernel: no address, no time, no number of a process; lengths and offsets in pages, relative to the
 * mapping or the file.  A request's name is its own within its subject, and the same in every boot.
 * "called" are the handlers that the kernel entered for it, as the function tracer saw them (trace.c):
 * that a handler was reached is the kernel's word, never the probe's.
 */
#ifndef MMAPCONV_BOOT_PROBE_H
#define MMAPCONV_BOOT_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One request's result, or what is left of a subject; result.c. */
struct result;
void result_int(struct result *r, const char *key, long long value);
void result_text(struct result *r, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* "ok" for 0 and above, else the errno's name; ret as a kernel call returns it: -errno. */
void result_errno(struct result *r, const char *key, long ret);
/* A hash of bytes that are the same in every boot. */
void result_content(struct result *r, const char *key, const void *bytes, size_t len);

/* What open() of a subject found; the request's process owns it, and its end closes everything. */
struct opened {
	int fd;
	uint64_t offset;		/* bytes: where the range begins that the handler maps */
	uint64_t size;			/* bytes: how much it maps at most; 0: nothing, only errors are looked at */
	bool content;			/* are the bytes defined, and the same in every boot? */
	void *data;			/* the subject's own */
	uint64_t page;			/* bytes of a page of it; 0: 4096 */
};

/* What only this subject can be asked: in a process of its own, like the matrix' requests. */
struct question {
	const char *name;		/* "resize while mapped" */
	void (*ask)(struct opened *o, struct result *r);
};

enum {					/* traits */
	NO_WRITE_TOUCH = 1,		/* writing to its pages does harm: registers, firmware */
	NO_READ_TOUCH = 2,		/* so does reading */
	NO_FORK = 4,			/* a request must run in the process that prepared (rare) */
	FEW_REQUESTS = 8,		/* opening is dear: the short matrix only */
};

/* A file that a handler serves, and how to get at it.  One file a family: subjects/NAME.c. */
struct subject {
	const char *name;		/* "udf", "sound-pcm-status": letters, digits, '-' */
	/*
	 * Once, before the first request, in a process that lives as long as the subject: mounts, devices, servers
	 * (children of it).  0, or -errno with why() said.  May be NULL.
	 */
	int (*prepare)(void);
	/* For each request, in the request's process: o->fd (and the rest), or -errno. */
	int (*open)(struct opened *o);
	/*
	 * The driver's own counters: what a lost reference changes.  Asked before the first request, too, and thrown
	 * away then.  May be NULL.
	 */
	void (*left)(struct result *r);
	void (*finish)(void);		/* undo prepare(); may be NULL */
	const struct question *questions;	/* ended by one without a name; may be NULL */
	unsigned traits;
	unsigned timeout_s;		/* for one request; 0: 20 */
	/*
	 * What maps it, where mmap() does not; an address, or -errno; -ENOTSUP where it cannot be asked that, which
	 * drops the request.  Normally NULL.
	 */
	long (*map)(struct opened *o, void *at, size_t len, int prot, int flags, uint64_t offset);
};

/*
 * Families: each a NULL-ended table, "const struct subject *const family_NAME[]", in subjects/NAME.c,
 * and a row FAMILY(NAME) in families.h; boot/subjects/NAME.json says what the host does for them.
 */
extern const struct subject *const *const families[];
#define FAMILY(name) extern const struct subject *const family_##name[];
#include "families.h"
#undef FAMILY

/* Why something is not there, for the "absent" line; the last one said counts.  Returns err. */
int why(int err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Helpers that several subjects share; setup.c.  All return 0 or an fd, or -errno after why().
 */
int put_text(const char *path, const char *text);		/* as echo -n text > path */
int make_dir(const char *path);					/* with its parents; existing is fine */
int mount_at(const char *what, const char *where, const char *type, const char *options);
int open_wait(const char *path, int flags, unsigned seconds);	/* a device that may still be on its way */
int device_node(const char *sys_dev, const char *path);		/* mknod from a sysfs "dev" file */
int loop_attach(const char *image, char *device, size_t len);	/* image of the initramfs: "/images/udf.img" */
bool have_pci(unsigned vendor, unsigned device, char *slot, size_t len);	/* "0000:00:03.0" */

#endif
