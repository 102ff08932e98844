// SPDX-License-Identifier: GPL-2.0-only
/// Refuse what an action cannot say: order, number, and a result that is still used.
//
// What: looks only.  Refused: an action that is not a statement of its own; two actions on one
//	path or one in a loop; page_prot or pgoff written, or a flag cleared, tested or printed,
//	after the action: the core has taken the protection by then, and sets its own flags later.
// When: after every rule that makes or moves an action.
// Limits: paths as spatch sees them, both branches of an #if taken.
// Confidence: High
// Needs: action

@ao_stmt@
identifier A =~ "^mmap_action_";
expression list ES;
position p : script:python() { here(p) };
@@
A@p(ES);

@script:python@
p << ao_stmt.p;
@@
note("statement", p)

@ao_call@
identifier A =~ "^mmap_action_";
expression list ES;
position p : script:python() { here(p) };
@@
A@p(ES)

@script:python@
p << ao_call.p;
@@
if not noted("statement", p):
    refuse("the result of the remap is used in a way that has no form here", p)

@ao_two exists@
identifier A =~ "^mmap_action_";
identifier B =~ "^mmap_action_";
expression list ES, FS;
position p : script:python() { here(p) };
@@
A@p(ES);
... when any
B(FS);

@script:python@
p << ao_two.p;
@@
refuse("two actions on one path, or one in a loop", p)

@ao_prot exists@
identifier A =~ "^mmap_action_";
identifier fld =~ "^(page_prot|pgoff)$";
expression list ES;
expression E;
assignment operator aop;
position p : script:python() { here(p) };
@@
A@p(ES);
... when any
desc->fld aop E

@script:python@
p << ao_prot.p;
f << ao_prot.fld;
@@
refuse("%s is written after the remap" % f, p)

@ao_flags exists@
identifier A =~ "^mmap_action_";
identifier G =~ "^(vma_desc_(clear_flags|test)|vma_flags_to_legacy)";
expression list ES, FS;
position p : script:python() { here(p) };
@@
A@p(ES);
... when any
G(FS)

@script:python@
p << ao_flags.p;
@@
refuse("a flag is cleared, tested or printed after the remap, and the core sets its own later", p)
