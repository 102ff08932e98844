// SPDX-License-Identifier: GPL-2.0-only
/// Name and parameter of the definition.
//
// What: int x_mmap(struct file *, struct vm_area_struct *) becomes
//	int x_mmap_prepare(struct vm_area_desc *desc), in every definition of the file.
// When: after all rules for the body; spatch changes the file's own forward declarations with it.
// Limits: token by token, so that line breaks, inline, __weak and attributes stay.
// Confidence: High
// Needs: mmap_prepare

@sig@
identifier virtual.handler, virtual.newname;
identifier def.F, def.V;
@@
- handler
+ newname
  (
- struct file *F, struct vm_area_struct *V
+ struct vm_area_desc *desc
  ) { ... }
