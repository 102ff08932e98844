/* SPDX-License-Identifier: GPL-2.0-only */
/* vDPA devices, as vdpa.c makes them and vduse.c serves one. */
#ifndef MMAPCONV_BOOT_VDPA_H
#define MMAPCONV_BOOT_VDPA_H

#include "../probe.h"

/*
 * Makes a device of a management device (its bus may be NULL) and gives it to a driver: 0, or
 * -errno after why().
 */
int vdpa_add(const char *name, const char *bus, const char *parent, const char *driver);
int vdpa_remove(const char *name);

extern const struct subject vduse_domain;

#endif
