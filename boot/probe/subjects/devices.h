/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the families of device files share.  A subject's open() may leave a file open when it
 * fails: the request's process ends then, and closes it.
 */
#ifndef MMAPCONV_BOOT_DEVICES_H
#define MMAPCONV_BOOT_DEVICES_H

#include <sys/mman.h>

#include "../probe.h"

/* ioctl() as the kernel answers: 0 and above, or -errno.  ASK() says why() when it fails. */
int device_ioctl(int fd, unsigned long request, const void *arg);
int ask(int fd, unsigned long request, const void *arg, const char *name);
#define ASK(fd, request, arg) ask(fd, request, arg, #request)

/* A file's first line, without its end. */
int read_line(const char *path, char *line, size_t len);

/*
 * The entry of a folder of sysfs ("/sys/class/sound") whose file attribute begins with value; of
 * several the one that sorts first.  Waits some seconds for it; 0, or -ENOENT after why().
 */
int find_entry(const char *folder, const char *attribute, const char *value, char *entry,
	       size_t len);

/* Makes a driver take the PCI device at a slot ("0000:00:10.0"), whatever has it now. */
int bind_pci(const char *slot, const char *driver);

/* The number in a file, as the result's key; nothing when there is no such file. */
void left_number(struct result *r, const char *key, const char *path);

/*
 * mmap() of len bytes of what was opened, from its offset on; NULL after having said the errno as
 * key.
 */
void *question_map(const struct opened *o, size_t len, int prot, struct result *r, const char *key);

#endif
