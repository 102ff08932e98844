// SPDX-License-Identifier: GPL-2.0-only
/// Single fields of the request: start, end, pgoff and the file.
//
// What: vm_start, vm_end and vm_pgoff (also written) become the descriptor's fields; vm_file is
//	read as the file parameter, which is the same file (handler.cocci refuses a write).
// When: after sizes.cocci.
// Limits: vm_mm stays, so that the residue check refuses: whoever wants the mm pins it or stores
//	it.  A stacked file that calls the hook with another vm_file is for the caller analysis.
// Confidence: High
// Needs: mmap_prepare

@field_start@
identifier def.V;
position p : script:python() { here(p) };
@@
- V@p->vm_start
+ desc->start

@field_end@
identifier def.V;
position p : script:python() { here(p) };
@@
- V@p->vm_end
+ desc->end

@field_pgoff@
identifier def.V;
position p : script:python() { here(p) };
@@
(
- V@p->vm_pgoff
+ desc->pgoff
|
- vma_start_pgoff(V@p)
+ desc->pgoff
)

@field_file_helper depends on helper@
identifier def.V;
position p : script:python() { here(p) };
@@
- V@p->vm_file
+ desc->file

@field_file@
identifier hook.F, hook.V;
position p : script:python() { here(p) };
@@
- V@p->vm_file
+ F
