// SPDX-License-Identifier: GPL-2.0-only
/// An action whose failure the handler passed on.
//
// What: "ret = action(); if (ret) return ret;" becomes the action alone.  Messages in the branch
//	have no place any more and go (the program lists them).
// When: the branch does nothing else than print and return.
// Limits: clean-up after a failing remap, or a result that is used later, is left, so refused.
// Confidence: High
// Needs: action

@avar exists@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier r;
expression list ES;
statement S;
position p, q : script:python() { here(q) };
@@
r = A@p(ES);
if (\(r\|r != 0\|r < 0\)) S
... when != r = ...
r@q

@script:python@
p << avar.p;
@@
note("late", p)

@avar_do@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier log =~ "^(printk|pr_|dev_|netdev_|DRM_|drm_)";
identifier r;
expression list ES, LS;
position p : script:python() { here(p) and not noted("late", p) };
@@
(
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) return r;
+ A(ES);
|
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) { return r; }
+ A(ES);
|
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) { log(LS); return r; }
+ A(ES);
)

@script:python@
r << avar_do.r;
@@
NEAR.add(r)

@avar_log@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier log =~ "^(printk|pr_|dev_|netdev_|DRM_|drm_)";
identifier r;
expression list ES, LS;
position p : script:python() { here(p) };
@@
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) log(LS);
- return r;
+ A(ES);
+ return 0;

@script:python@
r << avar_log.r;
@@
NEAR.add(r)
