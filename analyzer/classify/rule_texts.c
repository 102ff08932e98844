// SPDX-License-Identifier: GPL-2.0-only
#include "classify/rule_texts.h"

#include <stddef.h>
#include <string.h>

const struct rule_text rule_texts[] = {
	{ "R1", "stateless hook",
	  "the hook leaves nothing behind: references, counts, list entries and allocations go to vm_ops->mapped" },
	{ "R2", "recheck in mapped",
	  "what the hook checked under a lock can have changed: mapped locks and checks again, or the check stays" },
	{ "R3", "close without mapped",
	  "close also runs when the action or mapped failed: it must bear private_data as the hook left it" },
	{ "R4", "live before mapped",
	  "an action makes pages visible before mapped can pin them: the open file has to hold them, or fault does it" },
	{ "R5", "no open by hand", "a handler that calls its vm_ops' open does that in mapped; the hook has no vma" },
	{ "R6", "merge",
	  "mapped is skipped when the mapping merges; VM_IO, VM_PFNMAP, VM_MIXEDMAP or VM_DONTEXPAND prevent that" },
	{ "R7", "protection captured",
	  "an action copies page_prot when it is set up: write it before; a local protection becomes the vma's" },
	{ "R8", "simple ioremap and pgoff",
	  "mmap_action_simple_ioremap() adds pgoff to the address: wrong where pgoff is ignored or a cookie" },
	{ "R9", "copy on write", "a private writable PFN mapping has to cover the whole vma, and its pgoff is rewritten" },
	{ "R10", "partial remap", "a remap of other than the whole vma must stay inside it, or the action fails" },
	{ "R11", "one action", "a descriptor holds one action: two remaps, or a loop of them, do not fit" },
	{ "R12", "errors",
	  "keep the errno that user space sees: desc->action.error_override replaces the action's own" },
	{ "R13", "vm_ops NULL",
	  "setting desc->vm_ops to NULL makes the mapping anonymous in 7.2 and later; leave it alone instead" },
	{ "R14", "vm_file", "a replaced desc->vm_file hands its reference to the core: no fput() by hand" },
	{ "R15", "constant fields", "mm, file, start and end of a descriptor cannot be written" },
	{ "R16", "flags",
	  "flags are set and tested by bit: VMA_X_BIT with vma_desc_set_flags(), vma_desc_test(); a mask of several is not \"any\"" },
	{ "R17", "no MMU and #ifdef",
	  "all definitions, declarations and tables of a handler change together, in every configuration" },
	{ "R18", "callers", "whoever calls the handler by name or through another file breaks: they move with it" },
	{ "R19", "f_op swap", "tables that live files are switched between have to offer the same kind of hook" },
	{ "R20", "the vma escapes",
	  "a stored vma, its mm, or a helper that wants a vma has no counterpart in a hook" },
	{ "R21", "fault reads pgoff", "a fault handler that finds its object by vm_pgoff breaks if pgoff is rewritten or merged" },
	{ "R22", "insert mixed", "vmf_insert_mixed() takes a PFN, not an address" },
	{ "R23", "loops", "pages inserted one by one move only if they are an array that lives long enough, in order" },
	{ "R24", "no MMU and actions", "without an MMU every action fails; a handler that is built there keeps mmap or takes none" },
	{ "R25", "kernel pages",
	  "mmap_action_map_kernel_pages*() ignores pgoff and trusts the array, which has to outlive the hook" },
	{ "R26", "compatibility path",
	  "through a stacked file error_override is not applied, and private_data starts as NULL" },
	{ "R27", "direct use", "code that tests or calls fops->mmap itself has to learn the hook first" },
	{ "R28", "nothing lost", "a message about a failed remap has no place any more: drop it and say so" },
	{ "api", "missing API", "the tree's mmap_prepare API lacks what this handler needs" },
	{ "dead", "dead code", "nothing uses the handler: there is nothing to convert" },
	{ "delegate", "delegation", "the work is done elsewhere: that needs a form that takes a descriptor first" },
	{ "field", "the field's hook", "the ops field needs a mmap_prepare form beside it before its handlers can move" },
	{ "helper", "helpers", "a helper that takes the vma has to take a descriptor as well" },
	{ "judged", "judged by hand", "a person read it: no patch can convert it faithfully until the tree has what it needs" },
	{ "no-action", "no action fits", "no mmap_action_*() does what this call does to the page tables" },
	{ "order", "order", "an action runs after the hook: what the handler does after it, or undoes, moves or goes" },
	{ "partial", "partly parsed", "the file was read with errors or borrowed flags: look at the source" },
	{ "rust", "Rust", "Rust is not parsed; the abstraction over struct file_operations has to offer the hook first" },
	{ "unmodelled", "not modelled", "something on the way could not be followed: look at the source" },
	{ "unparsed", "not parsed", "the file could not be read: nothing is known" },
	{ NULL, NULL, NULL }
};

const struct rule_text *rule_text(const char *code)
{
	const struct rule_text *r;

	for (r = rule_texts; r->code; r++)
		if (!strcmp(r->code, code))
			return r;
	return NULL;
}
