/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_KCONFIG_H
#define __LINUX_KCONFIG_H

#include <generated/autoconf.h>

/* 1 for an option that is #defined to 1, else 0; usable in #if and in C. */
#define __kconfig_probe_1 ~,
#define __kconfig_second(ignored, value, ...) value
#define __kconfig_choose(probe) __kconfig_second(probe 1, 0, 0)
#define __kconfig_paste(value) __kconfig_choose(__kconfig_probe_##value)
#define IS_ENABLED(option) __kconfig_paste(option)

#endif
