// SPDX-License-Identifier: GPL-2.0-only
/// generic_file_mmap() and generic_file_readonly_mmap() have prepare twins.
//
// What: the call is replaced in whatever expression it stands: the twin returns an error too.
// When: the file passed is the one that is mapped.
// Limits: another file (stacking) is left, so refused.
// Confidence: High
// Needs: generic_prepare

@generic@
identifier hook.F, hook.V;
position p : script:python() { here(p) };
@@
(
- generic_file_mmap@p(F, V)
+ generic_file_mmap_prepare(desc)
|
- generic_file_readonly_mmap@p(F, V)
+ generic_file_readonly_mmap_prepare(desc)
)
