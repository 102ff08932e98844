/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_MODULE_H
#define __LINUX_MODULE_H

#include <linux/kernel.h>

struct module;
extern struct module __this_module;
#define THIS_MODULE (&__this_module)

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);
#define module_init(fn)		static initcall_t __initcall_##fn __used = fn;
#define module_exit(fn)		static exitcall_t __exitcall_##fn __used = fn;

#define EXPORT_SYMBOL(sym)	extern __typeof__(sym) sym
#define EXPORT_SYMBOL_GPL(sym)	EXPORT_SYMBOL(sym)

#define MODULE_INFO(tag, text) \
	static const char __UNIQUE_ID(modinfo)[] __used = #tag "=" text
#define MODULE_LICENSE(text)		MODULE_INFO(license, text)
#define MODULE_DESCRIPTION(text)	MODULE_INFO(description, text)

#endif
