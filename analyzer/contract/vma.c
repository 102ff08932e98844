// SPDX-License-Identifier: GPL-2.0-only
/* The mapping's cells: one name for what a vma and a descriptor call differently. */
#include "contract/engine.h"

static const struct { const char *field; enum vma_cell cell; } names[] = {
	{ "vm_start", CELL_START }, { "start", CELL_START },
	{ "vm_end", CELL_END }, { "end", CELL_END },
	{ "vm_pgoff", CELL_PGOFF }, { "pgoff", CELL_PGOFF },
	{ "vm_flags", CELL_FLAGS }, { "__vm_flags", CELL_FLAGS }, { "flags", CELL_FLAGS },
	{ "vma_flags", CELL_FLAGS },
	{ "vm_page_prot", CELL_PROT }, { "page_prot", CELL_PROT }, { "prot", CELL_PROT },
	{ "vm_ops", CELL_VM_OPS },
	{ "vm_private_data", CELL_PRIVATE_DATA }, { "private_data", CELL_PRIVATE_DATA },
	{ "vm_file", CELL_FILE }, { "file", CELL_FILE },	/* desc->file is no cell: eval_address() */
	{ "vm_mm", CELL_MM }, { "mm", CELL_MM },
};

enum vma_cell vma_cell_of(const char *field)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i].field, field))
			return names[i].cell;
	return CELL_NR;
}

const char *vma_cell_name(enum vma_cell cell)
{
	static const char *const words[CELL_NR] = {
#define X(upper, lower) [CELL_##upper] = #lower,
		VMA_CELLS(X)
#undef X
	};

	return words[cell];
}

/* A place of its own, behind everything that the two structs have. */
enum { FIRST_CELL = 0x10000 };

term_t vma_cell_address(struct engine *e, enum vma_cell cell)
{
	return term_field(e->t, e->vma, vma_cell_name(cell), FIRST_CELL + VMA_CELL_SIZE * (uint64_t)cell);
}

bool is_vma_cell(const struct engine *e, term_t address)
{
	const struct term *x = term_at(e->t, address);

	return x->op == TERM_FIELD && x->a == e->vma && x->value >= FIRST_CELL;
}

term_t vma_cell_read(struct engine *e, struct state *s, enum vma_cell cell)
{
	static const struct ctype record = { .kind = CTYPE_RECORD };
	bool pointer = cell == CELL_VM_OPS || cell == CELL_PRIVATE_DATA || cell == CELL_FILE || cell == CELL_MM;

	return memory_read(e, s, vma_cell_address(e, cell),
			   cell == CELL_PROT ? record : pointer ? e->pointer : e->word);
}
