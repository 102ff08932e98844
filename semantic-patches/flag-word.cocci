// SPDX-License-Identifier: GPL-2.0-only
/// VMA flags where the descriptor holds them as a word.
//
// What: vm_flags_set(), vm_flags_clear(), vm_flags_mod(), vm_flags_init() and vm_flags_reset() become
//	assignments to desc->vm_flags, and reads of vma->vm_flags reads of it; any mask will do.
// When: Linux 6.17 to 6.19, which have no helpers for the flags of a descriptor.
// Limits: a vma_*() helper that takes VMA_x_BIT names is left, so refused.
// Confidence: High
// Needs: vm_flags_field
// Lacks: desc_flag_helpers

@initialize:python@
@@
def is_word_of_flags(text):
    return re.match(r"^[A-Za-z_]\w*$", bare(text)) is not None

@word_set@
identifier def.V;
expression E;
position p : script:python() { here(p) };
@@
(
- vm_flags_set@p(V, E);
+ desc->vm_flags |= E;
|
- vm_flags_mod@p(V, E, 0);
+ desc->vm_flags |= E;
|
- vm_flags_init@p(V, V->vm_flags | E);
+ desc->vm_flags |= E;
|
- vm_flags_reset@p(V, V->vm_flags | E);
+ desc->vm_flags |= E;
)

@word_clear@
identifier def.V;
expression E : script:python() { is_word_of_flags(E) };
position p : script:python() { here(p) };
@@
(
- vm_flags_clear@p(V, E);
+ desc->vm_flags &= ~E;
|
- vm_flags_mod@p(V, 0, E);
+ desc->vm_flags &= ~E;
)

@word_mod@
identifier def.V;
expression S;
expression E : script:python() { is_word_of_flags(E) };
position p : script:python() { here(p) };
@@
- vm_flags_mod@p(V, S, E);
+ desc->vm_flags |= S;
+ desc->vm_flags &= ~E;

@word_clear_several@
identifier def.V;
expression S, E;
position p : script:python() { here(p) };
@@
(
- vm_flags_clear@p(V, E);
+ desc->vm_flags &= ~(E);
|
- vm_flags_mod@p(V, 0, E);
+ desc->vm_flags &= ~(E);
|
- vm_flags_mod@p(V, S, E);
+ desc->vm_flags |= S;
+ desc->vm_flags &= ~(E);
|
- vm_flags_init@p(V, E);
+ desc->vm_flags = E;
|
- vm_flags_reset@p(V, E);
+ desc->vm_flags = E;
)

@word_read@
identifier def.V;
position p : script:python() { here(p) };
@@
- V@p->vm_flags
+ desc->vm_flags
