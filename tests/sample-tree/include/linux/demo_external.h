/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_DEMO_EXTERNAL_H
#define __LINUX_DEMO_EXTERNAL_H

struct vm_area_struct;

/* Comes with another module; its source is not in this tree. */
void demo_external_thing(struct vm_area_struct *vma);

#endif
