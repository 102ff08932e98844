// SPDX-License-Identifier: GPL-2.0-only
/* The rules that can be broken: one row each. */
#include "audit/audit.h"

#include <stddef.h>

const struct audit_rule audit_rules[] = {
	{ "R1", "stateful-hook", "the hook leaves something behind, and a merge or a failure can follow it",
	  "do it in vm_ops->mapped, which runs once the mapping stands, and undo it in close", false },
	{ "R1", "leak-in-hook", "the hook fails and keeps what it took",
	  "give it back on that way out", false },
	{ "R2", "unrepeated-check", "what the hook checked under a lock can have changed when it takes effect",
	  "take the lock in mapped and check again there, or let what is checked be fixed while the file is open", false },
	{ "R3", "close-without-mapped", "close runs as well when mapped did not, or failed",
	  "let mapped set private_data when all is done, and let close do nothing while it is still what the hook left",
	  false },
	{ "R4", "live-before-reference", "the action makes the pages visible before mapped takes its reference",
	  "let fault populate the mapping, or have the open file hold the reference", false },
	{ "R6", "merge-count", "mapped does not run for a mapping that merges, close runs once for all",
	  "set VMA_DONTEXPAND_BIT (or VMA_PFNMAP_BIT …) so that it never merges, or count per vma in open and close", false },
	{ "R6", "split-count", "a split or a fork makes a vma for which open runs and mapped does not; close runs for each",
	  "give the table an open that counts as mapped does", false },
	{ "R7", "late-protection", "the action has captured the protection by the time it is changed",
	  "write desc->page_prot before the mmap_action_…() call", false },
	{ "R8", "cookie-pgoff", "mmap_action_simple_ioremap() adds pgoff to the address, and here it says which object",
	  "use mmap_action_ioremap_full() with the PFN, or set desc->pgoff to the offset first", false },
	{ "R11", "second-action", "a descriptor holds one action: the last one replaces those before",
	  "map one contiguous range, or let fault populate the mapping", false },
	{ "R13", "vm-ops-lost", "the table that was installed first is replaced, with its callbacks",
	  "install it last, or one table with all callbacks", false },
	{ "R13", "vm-ops-null", "vm_ops of NULL make the mapping anonymous: the file's pages never show",
	  "leave desc->vm_ops alone: it starts as the dummy operations", false },
	{ "R15", "read-only-field", "the core ignores what a hook writes there, or relies on its not being written",
	  "let the field be; an address or a length cannot be chosen in the hook", false },
	{ "R21", "fault-pgoff", "the fault handler tells its object by vm_pgoff, which a merge changes",
	  "keep the object in private_data and set VMA_DONTEXPAND_BIT, or work from vmf->pgoff alone", false },
	{ "R21", "fault-data", "the fault handler works on private_data, which a merge takes from the neighbour",
	  "set VMA_DONTEXPAND_BIT so that mappings with different data do not merge", false },
	{ "L1", "past-the-end", "the size that is remapped can be larger than the vma",
	  "check it against vma->vm_end - vma->vm_start, and refuse what does not fit", true },
	{ "L2", "leak-on-error", "the handler fails and keeps what it took; close does not run then",
	  "give it back on that way out", true },
	{ "L3", "dangling-vma", "a pointer to the vma is kept, and nothing forgets it when the vma goes",
	  "forget it in vm_ops->close, or keep what is needed of it instead", true },
	{ "L4", "unbalanced-close", "a split or a fork makes a second vma that was not counted, and close runs for each",
	  "give the table an open that counts as mmap does", true },
	{ NULL, NULL, NULL, NULL, false }
};
