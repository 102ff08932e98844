// SPDX-License-Identifier: GPL-2.0-only
/// Prototypes, in this file or in a header that the program passes on its own.
//
// What: name and parameters, named or not; a changed one loses its "extern", which says nothing and
//	which checkpatch would complain of.
// When: spatch did not do it along with the definition.
// Limits: the header may need "struct vm_area_desc;" ahead (see README.md).
// Confidence: High
// Needs: mmap_prepare

@proto_extern@
identifier virtual.handler;
identifier F, V;
type T;
@@
(
- extern
  T handler(struct file *F, struct vm_area_struct *V);
|
- extern
  T handler(struct file *, struct vm_area_struct *);
)

@proto@
identifier virtual.handler, virtual.newname;
identifier F, V;
type T;
@@
(
  T
- handler
+ newname
  (
- struct file *F, struct vm_area_struct *V
+ struct vm_area_desc *desc
  );
|
  T
- handler
+ newname
  (
- struct file *, struct vm_area_struct *
+ struct vm_area_desc *desc
  );
)
