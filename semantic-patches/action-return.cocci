// SPDX-License-Identifier: GPL-2.0-only
/// An action whose result the handler returned.
//
// What: "return action();" and "ret = action(); ... return ret;" become the action and "return 0;".
// When: after the remap rules.
// Limits: with something between call and return, nothing else may write the variable.  Other uses of the result are action-error.cocci's, or are left, so refused.
// Confidence: High
// Needs: action

@areturn@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
expression list ES;
position p : script:python() { here(p) };
@@
- return A@p(ES);
+ A(ES);
+ return 0;

@aret@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier r;
expression list ES;
position p : script:python() { here(p) };
@@
- r = A@p(ES);
- return r;
+ A(ES);
+ return 0;

@script:python@
r << aret.r;
@@
NEAR.add(r)

@ar@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier r;
expression list ES;
position p : script:python() { here(p) };
@@
r@p = A(ES);

@script:python@
p << ar.p;
@@
note("result", p)

@ar_other@
identifier ar.r;
expression E;
assignment operator aop;
position p : script:python() { here(p) };
@@
(
r@p aop E
|
r@p++
|
r@p--
|
  &r@p
)

@script:python@
r << ar.r;
p << ar_other.p;
@@
if not noted("result", p):
    NOTES.setdefault("shared result", set()).add(r)

@ar_init@
identifier ar.r;
expression E;
type T;
position p : script:python() { here(p) };
@@
T r@p = E;

@script:python@
r << ar.r;
p << ar_init.p;
@@
NOTES.setdefault("shared result", set()).add(r)

@ar_do@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier RES : script:python() { RES not in NOTES.get("shared result", ()) };
expression list ES;
position p : script:python() { here(p) };
@@
- RES = A@p(ES);
+ A(ES);
  ... when != RES
- return RES;
+ return 0;

@script:python@
r << ar.r;
@@
NEAR.add(r)
