// SPDX-License-Identifier: GPL-2.0-only
/* Files of selinuxfs. */
#include <fcntl.h>

#include "file.h"

static int open_status(struct opened *o)
{
	o->content = true;
	return file_open_as_is(o, "/sys/fs/selinux/status", O_RDWR, 4096);
}

static const struct subject status = { .name = "selinux-status", .open = open_status };

const struct subject *const family_selinux[] = { &status, NULL };
