/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_DEVICE_H
#define __LINUX_DEVICE_H

#include <linux/kernel.h>

struct device {
	const char *init_name;
	void *driver_data;
};

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

#define dev_err(dev, fmt, ...)	pr_err("%s: " fmt, (dev)->init_name, ##__VA_ARGS__)
#define dev_dbg(dev, fmt, ...)	pr_debug("%s: " fmt, (dev)->init_name, ##__VA_ARGS__)

#endif
