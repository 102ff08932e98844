// SPDX-License-Identifier: GPL-2.0-only
/// A local pgprot_t that only feeds the remap becomes desc->page_prot.
//
// What: finds the local in the remap call, drops its declaration and its copy from vm_page_prot,
//	and writes desc->page_prot wherever it stood.
// When: every use of the local is its declaration, an assignment to it, or the remap call, and
//	the VMA's own protection is not used any more once the local has a value.
// Limits: behaviour note: the VMA's own protection changes too, where before only the page
//	tables had it.  Any other use of the local refuses, and so does a local that starts with a
//	computed value.
// Confidence: Moderate
// Needs: action

@lp_name@
identifier def.V;
identifier R =~ "^(io_)?remap_pfn_range$";
expression A, B, C;
identifier P;
position p : script:python() { here(p) };
@@
R(V, A, B, C, P@p)

@script:python@
p << lp_name.p;
@@
note("prot", p)

@lp_write@
identifier lp_name.P;
expression E;
position p : script:python() { here(p) };
@@
P@p = E

@script:python@
p << lp_write.p;
@@
note("prot", p)

@lp_self@
identifier lp_name.P;
position p : script:python() { here(p) };
@@
P = <+... P@p ...+>

@script:python@
p << lp_self.p;
@@
note("prot", p)

@lp_use@
identifier lp_name.P;
position p : script:python() { here(p) };
@@
P@p

@script:python@
p << lp_use.p;
n << lp_name.P;
@@
if not noted("prot", p):
    refuse("the local protection %s is used for more than the remap" % n, p)

@lp_decl@
identifier lp_name.P;
position p : script:python() { here(p) };
@@
(
pgprot_t P@p;
|
pgprot_t P@p = desc->page_prot;
)

@lp_late exists@
identifier lp_name.P;
expression E;
position p : script:python() { here(p) };
@@
P = E
... when any
desc->page_prot@p

@script:python@
p << lp_late.p;
n << lp_name.P;
@@
refuse("vm_page_prot is used after the local protection %s got its value" % n, p)

@lp_drop@
identifier lp_name.P;
position lp_decl.p;
@@
(
- pgprot_t P@p;
|
- pgprot_t P@p = desc->page_prot;
)

@lp_copy depends on lp_drop@
identifier lp_name.P;
position p : script:python() { here(p) };
@@
- P@p = desc->page_prot;

@lp_put depends on lp_drop@
identifier lp_name.P;
position p : script:python() { here(p) };
@@
- P@p
+ desc->page_prot
