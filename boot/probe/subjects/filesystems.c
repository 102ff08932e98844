// SPDX-License-Identifier: GPL-2.0-only
/* File systems on a loop device, and the device itself. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

static int prepare_udf(void)
{
	return file_mount_image("/images/udf.img", "/tmp/udf", "udf", NULL);
}

static int open_udf(struct opened *o)
{
	return file_open(o, "/tmp/udf/file");
}

static void finish_udf(void)
{
	file_unmount("/tmp/udf");
}

static const struct subject udf = {
	.name = "udf",
	.prepare = prepare_udf,
	.open = open_udf,
	.finish = finish_udf,
};

/* So small that its data lies in the inode, until a shared write moves it out. */
static int open_udf_small(struct opened *o)
{
	int ret = file_open(o, "/tmp/udf/small");

	if (!ret && (ftruncate(o->fd, 0) || pwrite(o->fd, "inside", 6, 0) != 6))
		ret = why(-5, "/tmp/udf/small cannot be written");
	o->size = 6;
	return ret;
}

static const struct subject udf_small = {
	.name = "udf-small",
	.prepare = prepare_udf,
	.open = open_udf_small,
	.finish = finish_udf,
};

static int prepare_ext4(void)
{
	return file_mount_image("/images/ext4.img", "/tmp/ext4", "ext4", NULL);
}

static int open_ext4(struct opened *o)
{
	return file_open(o, "/tmp/ext4/file");
}

static void finish_ext4(void)
{
	file_unmount("/tmp/ext4");
}

static const struct subject ext4 = {
	.name = "ext4",
	.prepare = prepare_ext4,
	.open = open_ext4,
	.finish = finish_ext4,
};

static int prepare_gfs2(void)
{
	return file_mount_image("/images/gfs2.img", "/tmp/gfs2", "gfs2", "lockproto=lock_nolock");
}

static int open_gfs2(struct opened *o)
{
	return file_open(o, "/tmp/gfs2/file");
}

static void finish_gfs2(void)
{
	file_unmount("/tmp/gfs2");
}

static const struct subject gfs2 = {
	.name = "gfs2",
	.prepare = prepare_gfs2,
	.open = open_gfs2,
	.finish = finish_gfs2,
};

static char device[64];

static int prepare_block(void)
{
	return loop_attach("/images/block.img", device, sizeof(device));
}

static int open_block(struct opened *o)
{
	return file_open_as_is(o, device, O_RDWR, 64 * 1024);
}

static const struct subject block = { .name = "block-device",
				      .prepare = prepare_block,
				      .open = open_block };

const struct subject *const family_filesystems[] = { &udf, &udf_small, &ext4, &gfs2, &block, NULL };
