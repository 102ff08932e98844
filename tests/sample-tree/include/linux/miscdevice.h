/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_MISCDEVICE_H
#define __LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/module.h>

struct file_operations;

#define MISC_DYNAMIC_MINOR	255

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct device *parent;
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

/* A module that is nothing but this device. */
#define module_misc_device(misc)					\
	static int misc##_register(void) { return misc_register(&(misc)); }	\
	module_init(misc##_register)					\
	static void misc##_unregister(void) { misc_deregister(&(misc)); }	\
	module_exit(misc##_unregister)

#endif
