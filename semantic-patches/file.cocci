// SPDX-License-Identifier: GPL-2.0-only
/// The file, where the body uses it.
//
// What: "struct file *NAME = desc->file;" leads the declarations, under the name that the
//	parameter had; a body without declarations gets a blank line after it.
// When: that very definition uses the name (by position: sees every #if branch).
// Limits: none known.
// Confidence: High
// Needs: mmap_prepare

@fu@
identifier hook.F;
position p : script:python() { here(p) };
@@
F@p

@script:python@
p << fu.p;
@@
NOTES.setdefault("users", set()).add(place(p))

@f_first@
identifier virtual.handler;
identifier hook.F, hook.V;
statement S;
position p;
@@
handler@p(struct file *F, struct vm_area_struct *V)
{
S
...
}

@script:python@
p << f_first.p;
@@
NOTES.setdefault("plain", set()).add(place(p))

@f_decl@
identifier virtual.handler;
identifier hook.F, hook.V;
position p : script:python() { gets_file(p, False) };
@@
handler@p(struct file *F, struct vm_area_struct *V)
{
+ struct file *F = desc->file;
...
}

@f_plain@
identifier virtual.handler;
identifier hook.F, hook.V;
statement S;
position p : script:python() { gets_file(p, True) };
@@
handler@p(struct file *F, struct vm_area_struct *V)
{
+ struct file *F = desc->file;
+
S
...
}

@f_use@
identifier hook.F;
position p : script:python() { here(p) };
@@
F@p

@script:python@
p << f_use.p;
@@
NOTES.setdefault("used", set()).add(place(p))

@f_have@
identifier hook.F;
position p : script:python() { here(p) };
@@
struct file *F@p = desc->file;

@script:python@
p << f_have.p;
@@
NOTES.setdefault("have", set()).add(place(p))

@script:python@
f << hook.F;
@@
if NOTES.get("used", set()) - NOTES.get("have", set()):
    refuse("no place was found to declare %s" % f)
