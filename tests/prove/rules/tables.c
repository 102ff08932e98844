// SPDX-License-Identifier: GPL-2.0-only
/* The tables that the fragments install. */
#include <linux/mm.h>

static vm_fault_t foo_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;

	return vmf_insert_pfn(vma, vmf->address, vmf->pgoff);
}

const struct vm_operations_struct foo_vm_ops = {
	.fault = foo_fault,
};

const struct vm_operations_struct foo_user_ops = {
	.fault = foo_fault,
};
