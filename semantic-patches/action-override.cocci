// SPDX-License-Identifier: GPL-2.0-only
/// An action whose failure the handler replaced by another error.
//
// What: "if (action()) return -EAGAIN;" becomes the action and error_override = -EAGAIN.  Messages in the
//	branch have no place any more and go (the program lists them).
// When: the branch does nothing else than print and return; after action-error.cocci.
// Limits: clean-up after a failing remap, or a result that is used later, is left, so refused.
//	mmap_action_simple_ioremap() too: that its range is too short is found before the override counts, -EINVAL.
//	The override also covers the failure of mapped.  Before 7.2 action-error-hook.cocci has the last word.
// Confidence: High
// Needs: action

@aif@
identifier A =~ "^mmap_action_((io)?remap(_full)?|map_kernel_pages(_full)?)$";
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

@avar_over@
identifier A =~ "^mmap_action_((io)?remap(_full)?|map_kernel_pages(_full)?)$";
identifier log =~ "^(printk|pr_|dev_|netdev_|DRM_|drm_)";
identifier r;
expression list ES, LS;
expression C : script:python() { is_errno(C) };
position p : script:python() { here(p) and not noted("late", p) };
@@
(
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
r << avar_over.r;
@@
NEAR.add(r)
