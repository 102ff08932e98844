// SPDX-License-Identifier: GPL-2.0-only
/// A message that prints the flags of the mapping.
//
// What: vm_flags as an argument of a message becomes vma_flags_to_legacy(desc->vma_flags), which
//	has the same type and, for the same flags, the same value.
// When: the call is a statement of its own, is named like a message (pr_*, dev_*, printk, foo_dbg,
//	foo_err, ...: is_log() in handler.cocci) and has a format string.
// Limits: only there.  Anywhere else, or below a cast, the raw word is left, so refused; also behind
//	an action, because the core sets its own flags only later (action-order.cocci).
// Confidence: High
// Needs: vma_flags flags_to_legacy

@flog@
identifier def.V;
identifier L : script:python() { is_log(L) };
expression list[n] BS;
expression list[m] AS;
position p : script:python() { here(p) };
@@
L(BS, V@p->vm_flags, AS);

@script:python@
p << flog.p;
bs << flog.BS;
@@
if has_string(bs):
    note("logged", p)

@flog_do@
identifier def.V;
position p : script:python() { noted("logged", p) };
@@
- V@p->vm_flags
+ vma_flags_to_legacy(desc->vma_flags)
