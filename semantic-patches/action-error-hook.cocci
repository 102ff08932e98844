// SPDX-License-Identifier: GPL-2.0-only
/// What kept an errno of the handler's own from Linux 6.19 to 7.1.
//
// What: desc->action.error_override = -EAGAIN, which action-override.cocci wrote, becomes
//	desc->action.error_hook = x_mmap_eagain; the program writes that function, which returns the errno
//	whatever the action's own was, ahead of x_mmap.
// When: Linux 6.19 to 7.1 only.
// Limits: a constant errno.  The program refuses a name that is taken, and a definition with #if lines.
// Confidence: High
// Needs: action error_hook
// Lacks: error_override

@initialize:python@
@@
def error_function(error):
    return "%s_%s" % (HANDLER, bare(error).lstrip("- ").lower())

@hooked@
expression C : script:python() { is_errno(C) };
position p : script:python() { here(p) };
@@
desc->action.error_override@p = C;

@script:python hooked_by@
c << hooked.C;
N;
@@
coccinelle.N = cocci.make_ident(error_function(c))

@hook_do@
expression hooked.C;
identifier hooked_by.N;
position p : script:python() { here(p) };
@@
- desc->action.error_override@p = C;
+ desc->action.error_hook = N;
