// SPDX-License-Identifier: GPL-2.0-only
/// All or nothing: refuse when anything of the old hook is left.
//
// What: looks only.  Refused: any use of the vma parameter in the converted handler; the old
//	handler's name used as a value or called; a vm_ops of NULL.
// When: last.
// Limits: a macro that reaches for the vma by its name is found by the compiler only;
//	what spatch cannot parse it cannot see: the program compares token streams afterwards.
// Confidence: High
// Needs: mmap_prepare

@left_vma@
identifier def.V;
position p : script:python() { here(p) };
@@
V@p

@script:python@
p << left_vma.p;
@@
refuse("the vma is still used", p)

@left_def depends on !helper@
identifier virtual.handler;
position p;
@@
handler@p(...) { ... }

@script:python@
p << left_def.p;
@@
refuse("the definition kept its name", p)

@left_name depends on !helper@
identifier virtual.handler;
position p;
@@
handler@p

@script:python@
p << left_name.p;
@@
refuse("the old name is used in %s" % p[0].current_element, p)

@left_null@
position p : script:python() { here(p) };
@@
desc->vm_ops@p = NULL

@script:python@
p << left_null.p;
@@
refuse("vm_ops would become NULL, which means anonymous memory", p)

@new_def@
identifier virtual.newname;
position p;
@@
newname@p(...) { ... }

@script:python@
p << new_def.p;
@@
note("new", p)

@new_use@
identifier virtual.newname;
position p;
@@
newname@p

@script:python@
p << new_use.p;
@@
note("new", p)

@new_proto@
identifier virtual.newname;
type T;
position p;
@@
T newname@p(...);

@script:python@
p << new_proto.p;
@@
note("new", p)

@new_define@
identifier virtual.newname;
position p;
@@
#define newname@p NULL

@script:python@
p << new_define.p;
@@
note("new", p)

// spatch -o copies the file when no rule matched: say so in the exit status.
@script:python@
@@
if "new" not in NOTES:
    sys.stderr.write("unmatched: %s: no modified files\n" % HANDLER)
    sys.stderr.flush()
    sys.exit(255)
