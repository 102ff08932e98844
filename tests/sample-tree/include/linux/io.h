/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_IO_H
#define __LINUX_IO_H

#include <linux/types.h>
#include <asm/io.h>

void __iomem *ioremap(phys_addr_t offset, size_t size);
void iounmap(volatile void __iomem *addr);

#endif
