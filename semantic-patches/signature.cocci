// SPDX-License-Identifier: GPL-2.0-only
/// Name and parameter of the definition.
//
// What: int x_mmap(struct file *, struct vm_area_struct *) becomes
//	int x_mmap_prepare(struct vm_area_desc *desc), in every definition of the file.  A helper keeps
//	its name and its other parameters.
// When: after all rules for the body; spatch changes the file's own forward declarations with it.
// Limits: token by token, so that line breaks, inline, __weak and attributes stay.
// Confidence: High
// Needs: mmap_prepare

@sig_helper depends on helper@
identifier virtual.handler;
identifier def.V;
parameter list A, B;
@@
  handler(A,
- struct vm_area_struct *V
+ struct vm_area_desc *desc
  , B) { ... }

@sig@
identifier virtual.handler, virtual.newname;
identifier hook.F, hook.V;
@@
- handler
+ newname
  (
- struct file *F, struct vm_area_struct *V
+ struct vm_area_desc *desc
  ) { ... }
