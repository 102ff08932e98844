// SPDX-License-Identifier: GPL-2.0-only
/// Places that only name the handler: #define handler NULL, EXPORT_SYMBOL().
//
// What: the name.
// When: the #define stands for a configuration without mmap; the export belongs to the definition.
// Limits: any other macro body is the program's business.
// Confidence: High
// Needs: mmap_prepare

@null_define@
identifier virtual.handler, virtual.newname;
@@
- #define handler NULL
+ #define newname NULL

@null_define_paren@
identifier virtual.handler, virtual.newname;
@@
- #define handler (NULL)
+ #define newname (NULL)

@export@
identifier virtual.handler, virtual.newname;
identifier X =~ "^EXPORT_SYMBOL(_GPL)?$";
declarer name EXPORT_SYMBOL, EXPORT_SYMBOL_GPL;
@@
(
EXPORT_SYMBOL(
- handler
+ newname
  );
|
EXPORT_SYMBOL_GPL(
- handler
+ newname
  );
)
