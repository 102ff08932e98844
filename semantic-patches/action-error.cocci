// SPDX-License-Identifier: GPL-2.0-only
/// An action whose failure the handler passed on, or replaced by another error.
//
// What: "if (action()) return -EAGAIN;" becomes the action and error_override = -EAGAIN;
//	"ret = action(); if (ret) return ret;" becomes the action alone.  Messages in the branch
//	have no place any more and go (the program lists them).
// When: the branch does nothing else than print and return.
// Limits: clean-up after a failing remap, or a result that is used later, is left, so refused.
//	The override also covers the failure of mapped.
// Confidence: High
// Needs: action error_override

@aif@
identifier A =~ "^mmap_action_((io)?remap(_full)?|simple_ioremap|map_kernel_pages(_full)?)$";
identifier log =~ "^(printk|pr_|dev_|netdev_|DRM_|drm_)";
identifier log2 =~ "^(printk|pr_|dev_|netdev_|DRM_|drm_)";
expression list ES, LS, MS;
expression C : script:python() { is_errno(C) };
position p : script:python() { here(p) };
@@
(
- if (\(A@p(ES)\|A@p(ES) != 0\|A@p(ES) < 0\)) return C;
+ A(ES);
+ desc->action.error_override = C;
|
- if (\(A@p(ES)\|A@p(ES) != 0\|A@p(ES) < 0\)) { return C; }
+ A(ES);
+ desc->action.error_override = C;
|
- if (\(A@p(ES)\|A@p(ES) != 0\|A@p(ES) < 0\)) { log(LS); return C; }
+ A(ES);
+ desc->action.error_override = C;
|
- if (\(A@p(ES)\|A@p(ES) != 0\|A@p(ES) < 0\)) { log(LS); log2(MS); return C; }
+ A(ES);
+ desc->action.error_override = C;
|
- return A@p(ES) ? C : 0;
+ A(ES);
+ desc->action.error_override = C;
+ return 0;
)

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
expression C : script:python() { is_errno(C) };
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
|
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) return C;
+ A(ES);
+ desc->action.error_override = C;
|
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) { return C; }
+ A(ES);
+ desc->action.error_override = C;
|
- r = A@p(ES);
- if (\(r\|r != 0\|r < 0\)) { log(LS); return C; }
+ A(ES);
+ desc->action.error_override = C;
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
