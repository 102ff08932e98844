/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_ERRNO_H
#define __LINUX_ERRNO_H

#define EPERM		1
#define ENOENT		2
#define EIO		5
#define ENXIO		6
#define ENOEXEC		8
#define EAGAIN		11
#define ENOMEM		12
#define EACCES		13
#define EFAULT		14
#define EBUSY		16
#define ENODEV		19
#define EINVAL		22
#define ENOSYS		38
#define EBADFD		77

#endif
