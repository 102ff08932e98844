/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_DMA_MAPPING_H
#define __LINUX_DMA_MAPPING_H

#include <linux/device.h>

struct vm_area_struct;

int dma_mmap_attrs(struct device *dev, struct vm_area_struct *vma, void *cpu_addr,
		   dma_addr_t dma_addr, size_t size, unsigned long attrs);
#define dma_mmap_coherent(dev, vma, cpu, dma, size) dma_mmap_attrs(dev, vma, cpu, dma, size, 0)

#endif
