// SPDX-License-Identifier: GPL-2.0-only
/* The names of VM flags that lowered code uses, with their bits. */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

/* What else the kernel calls VM_: results of a fault, and the flags of a struct vm_struct (vmalloc.h). */
static const char *const others[] = { "VM_IOREMAP",
				      "VM_ALLOC",
				      "VM_MAP",
				      "VM_USERMAP",
				      "VM_DMA_COHERENT",
				      "VM_UNINITIALIZED",
				      "VM_NO_GUARD",
				      "VM_KASAN",
				      "VM_FLUSH_RESET_PERMS",
				      "VM_MAP_PUT_PAGES",
				      "VM_ALLOW_HUGE_VMAP",
				      "VM_DEFER_KMEMLEAK",
				      "VM_SPARSE",
				      NULL };

static bool is_vma_flag(const char *name)
{
	size_t i;

	for (i = 0; others[i]; i++)
		if (!strcmp(name, others[i]))
			return false;
	return str_starts(name, "VM_") && !str_starts(name, "VM_FAULT_");
}

/* VM_IO as a macro is its bit; VMA_IO_BIT as an enumerator is the bit's number. */
void flags_note(struct unit *u, const char *name, int64_t value)
{
	size_t len = strlen(name);
	struct flag_name *f;
	char *flag;

	if (len > 8 && str_starts(name, "VMA_") && str_ends(name, "_BIT") && value >= 0 &&
	    value < 64) {
		flag = xasprintf("VM_%.*s", (int)(len - 8), name + 4);
		value = (int64_t)((uint64_t)1 << value);
	} else if (is_vma_flag(name) && value && !((uint64_t)value & ((uint64_t)value - 1))) {
		flag = xstrdup(name);
	} else {
		return;
	}
	vec_each(f, &u->flags)
		if (f->value == (uint64_t)value && !strcmp(f->name, flag)) {
			free(flag);
			return;
		}
	f = vec_push(&u->flags);
	f->name = flag;
	f->value = (uint64_t)value;
}

static int by_value(const void *a, const void *b)
{
	const struct flag_name *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return strcmp(x->name, y->name);
}

void flags_sort(struct unit *u)
{
	if (u->flags.nr)
		qsort(u->flags.items, u->flags.nr, sizeof(*u->flags.items), by_value);
}
