// SPDX-License-Identifier: GPL-2.0-only
/*
 * Macros that are kept as one node instead of being expanded: they log or assert, do nothing to
 * the mapping or to driver state, and expand to hundreds of nodes of inline assembly and static
 * data.  Their arguments are kept (an argument can have an effect).
 */
#include <string.h>

#include "parse/clang.h"

/* A trailing '*' matches any rest. */
static const char *const opaque[] = {
	/* include/linux/printk.h, dev_printk.h, netdevice.h, drm_print.h */
	"pr_*", "printk", "printk_*", "dev_emerg*", "dev_alert*", "dev_crit*", "dev_err", "dev_err_*",
	"dev_warn*", "dev_notice*", "dev_info*", "dev_dbg*", "dev_vdbg", "dev_printk*", "dev_WARN*",
	"netdev_dbg", "netdev_info", "netdev_warn", "netdev_err", "drm_dbg*", "drm_err*", "drm_warn*",
	"drm_info*", "drm_WARN*", "DRM_DEBUG*", "DRM_ERROR*", "DRM_INFO*", "DRM_WARN*", "pci_dbg",
	"pci_info", "pci_warn", "pci_err", "ibdev_*",
	/* include/asm-generic/bug.h, linux/mmdebug.h */
	"WARN", "WARN_ON", "WARN_ONCE", "WARN_ON_ONCE", "WARN_TAINT*", "VM_WARN_*", "BUG_ON",
	"VM_BUG_ON*", "BUILD_BUG_ON*", "compiletime_assert", "lockdep_assert*", "might_sleep*",
	"might_fault", "smp_mb", "smp_rmb", "smp_wmb", "barrier", "trace_*",
	NULL
};

bool macro_is_opaque(const char *name)
{
	size_t i, len;

	for (i = 0; opaque[i]; i++) {
		len = strlen(opaque[i]);
		if (opaque[i][len - 1] == '*' ? !strncmp(name, opaque[i], len - 1) : !strcmp(name, opaque[i]))
			return true;
	}
	return false;
}
