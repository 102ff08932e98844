// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 255
/* The callback of another interface is no handler of this kind. */
static int foo_mmap_obj(struct foo_object *obj, struct vm_area_struct *vma)
{
	return foo_map(obj, vma);
}
