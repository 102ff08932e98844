// SPDX-License-Identifier: GPL-2.0-only
/// The tables: .mmap = handler in a struct file_operations.
//
// What: the field and the handler's name, in tables, arrays of tables, tables nested in another
//	struct, compound literals, and run-time assignments; a cast of the handler goes.
// When: always; also in a file that holds only the table.
// Limits: a field of another ops struct with the same handler is left, so refused (residue.cocci).
//	Macro bodies are not parsed: the program edits or refuses them.  For a nested table or a
//	run-time assignment the type is not known without headers: every .mmap with this handler is
//	taken, as the program has already seen that it is one.
// Confidence: High
// Needs: mmap_prepare

@tb@
identifier virtual.handler, virtual.newname;
identifier f;
type T;
@@
struct file_operations f = { ...,
- .mmap
+ .mmap_prepare
  =
(
- handler
+ newname
|
- &handler
+ newname
|
- (T)handler
+ newname
)
  , ... };

@tb_array@
identifier virtual.handler, virtual.newname;
identifier f;
type T;
@@
struct file_operations f[...] = { ..., { ...,
- .mmap
+ .mmap_prepare
  =
(
- handler
+ newname
|
- &handler
+ newname
|
- (T)handler
+ newname
)
  , ... }, ... };

@tb_index@
identifier virtual.handler, virtual.newname;
identifier f;
expression I;
@@
struct file_operations f[...] = { ..., [I] = { ...,
- .mmap
+ .mmap_prepare
  =
- handler
+ newname
  , ... }, ... };

@tb_nested@
identifier virtual.handler, virtual.newname;
identifier f, fld =~ "(fops|f_op|file_ops|^ops$)";
identifier T;
@@
struct T f = { ..., .fld = { ...,
- .mmap
+ .mmap_prepare
  =
- handler
+ newname
  , ... }, ... };

@tb_literal@
identifier virtual.handler, virtual.newname;
@@
  (struct file_operations) { ...,
- .mmap
+ .mmap_prepare
  =
- handler
+ newname
  , ... }

@tb_assign@
identifier virtual.handler, virtual.newname;
expression E;
type T;
@@
(
  E.
- mmap
+ mmap_prepare
  =
(
- handler
+ newname
|
- &handler
+ newname
|
- (T)handler
+ newname
)
|
  E->
- mmap
+ mmap_prepare
  =
(
- handler
+ newname
|
- &handler
+ newname
|
- (T)handler
+ newname
)
)
