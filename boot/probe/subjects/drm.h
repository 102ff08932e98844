/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Buffers of graphics drivers, as the families drm and dmabuf use them.  The UAPI headers of DRM
 * are not libc's.
 */
#ifndef MMAPCONV_BOOT_DRM_H
#define MMAPCONV_BOOT_DRM_H

#include "../probe.h"

/* The primary node of the first card of a driver ("vgem"): an fd, or -errno after why(). */
int drm_open(const char *driver);
/* A buffer of four pages: 0 with its handle and size, or -errno after why(). */
int drm_buffer(int fd, uint32_t *handle, uint64_t *size);
int drm_map_offset(int fd, uint32_t handle, uint64_t *offset);
int drm_destroy(int fd, uint32_t handle);
int drm_export(int fd, uint32_t handle); /* a DMA buffer's fd, or -errno after why() */

#endif
