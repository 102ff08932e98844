// SPDX-License-Identifier: GPL-2.0-only
#include "contract/names.h"

#define SIZED(names, nr) \
	_Static_assert(sizeof(names) / sizeof(*(names)) == (nr) + 1, #names " follows its enum")

const char *const effect_names[] = {
	[EFFECT_FLAGS_SET] = "flags_set",
	[EFFECT_FLAGS_CLEAR] = "flags_clear",
	[EFFECT_FLAGS_OTHER] = "flags_other",
	[EFFECT_PAGE_PROT] = "page_prot",
	[EFFECT_VM_OPS] = "vm_ops",
	[EFFECT_PRIVATE_DATA] = "private_data",
	[EFFECT_PGOFF] = "pgoff",
	[EFFECT_VM_FILE] = "vm_file",
	[EFFECT_VM_RANGE] = "vm_range",
	[EFFECT_VMA_FIELD] = "vma_field",
	[EFFECT_ACTION] = "action",
	[EFFECT_GENERIC] = "generic",
	[EFFECT_TAKE] = "take",
	[EFFECT_DROP] = "drop",
	[EFFECT_STORE] = "store",
	[EFFECT_STORE_VMA] = "store_vma",
	[EFFECT_OPEN] = "open",
	[EFFECT_DELEGATE] = "delegate",
	[EFFECT_STACK] = "stack",
	[EFFECT_ESCAPE] = "escape",
	[EFFECT_CALL] = "call",
	[EFFECT_TOUCH] = "touch",
	[EFFECT_LOOP] = "loop",
	NULL
};
SIZED(effect_names, EFFECT_LOOP + 1);

const char *const pass_end_names[] = {
	[PASS_AGAIN] = "again",
	[PASS_DONE] = "done",
	[PASS_LEFT] = "left",
	NULL
};
SIZED(pass_end_names, PASS_END_NR);

const char *const action_names[] = {
	[ACTION_NONE] = "none",
	[ACTION_REMAP] = "remap",
	[ACTION_IOREMAP] = "ioremap",
	[ACTION_SIMPLE_IOREMAP] = "simple_ioremap",
	[ACTION_INSERT_PAGE] = "insert_page",
	[ACTION_INSERT_PAGES] = "insert_pages",
	[ACTION_MAP_PAGES] = "map_pages",
	[ACTION_MAP_PAGES_ZERO] = "map_pages_zero",
	[ACTION_VMALLOC] = "vmalloc",
	[ACTION_INSERT_PFN] = "insert_pfn",
	[ACTION_DMA] = "dma",
	NULL
};
SIZED(action_names, ACTION_DMA + 1);

const char *const extent_names[] = {
	[EXTENT_WHOLE] = "whole",
	[EXTENT_FIRST_PAGE] = "first_page",
	[EXTENT_INSIDE] = "inside",
	[EXTENT_ARRAY] = "array",
	[EXTENT_OTHER] = "other",
	NULL
};
SIZED(extent_names, EXTENT_OTHER + 1);

const char *const state_names[] = {
	[STATE_NONE] = "none",
	[STATE_REFERENCE] = "reference",
	[STATE_COUNT] = "count",
	[STATE_LATCH] = "latch",
	[STATE_LOCK] = "lock",
	[STATE_MEMORY] = "memory",
	[STATE_LIST] = "list",
	NULL
};
SIZED(state_names, STATE_NR);

const char *const result_names[] = {
	[RESULT_ZERO] = "zero",
	[RESULT_ERROR] = "error",
	[RESULT_CALL] = "call",
	[RESULT_UNKNOWN] = "unknown",
	NULL
};
SIZED(result_names, RESULT_UNKNOWN + 1);

const char *const cell_names[] = {
#define X(upper, lower) #lower,
	VMA_CELLS(X)
#undef X
	NULL
};
SIZED(cell_names, CELL_NR);

const char *const term_op_names[] = {
#define X(op) #op,
	TERM_OPS(X)
#undef X
	NULL
};
SIZED(term_op_names, TERM_OP_NR);
