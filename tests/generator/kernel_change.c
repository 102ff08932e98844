// SPDX-License-Identifier: GPL-2.0-only
/* What others do to the memory of a run while the handler waits or calls them. */
#include "kernel_world.h"

static unsigned nr_items, nr_watched;
static bool escaped, still;
static u32 *watched_words[8];

void change_field(struct dev *d)
{
	switch (random_below(&seed, 32)) {
	case 0:
		RANDOM(d->ready);
		break;
	case 1:
		RANDOM(d->count);
		break;
	case 2:
		RANDOM(d->level);
		break;
	case 3:
		RANDOM(d->error);
		break;
	case 4:
		RANDOM(d->port);
		break;
	case 5:
		RANDOM(d->delta);
		break;
	case 6:
		RANDOM(d->unit);
		break;
	case 7:
		RANDOM(d->trim);
		break;
	case 8:
		d->enabled = random_below(&seed, 2);
		break;
	case 9:
		d->busy = random_below(&seed, 2);
		break;
	case 10:
		RANDOM(d->size);
		break;
	case 11:
		RANDOM(d->limit);
		break;
	case 12:
		RANDOM(d->skew);
		break;
	case 13:
		RANDOM(d->pfn);
		break;
	case 14:
		RANDOM(d->state);
		break;
	case 15:
		d->bits.lo = dictated_word() & 7;
		break;
	case 16:
		d->bits.mid = dictated_word() & 0x7f;
		break;
	case 17:
		d->bits.sig = (s32)dictated_word();
		break;
	case 18:
		d->bits.top = dictated_word() & 0xffff;
		d->modes = (struct modes){ dictated_number(2), dictated_word() & 7,
					   dictated_word() & 0xfff };
		break;
	case 19:
		d->mode = (enum mode)(dictated_word() & 0x7f);
		break;
	case 20:
		RANDOM(d->region.base);
		RANDOM(d->region.len);
		break;
	case 21:
		RANDOM(d->window.inner.base);
		RANDOM(d->window.inner.len);
		break;
	case 22:
		RANDOM(d->window.tag);
		break;
	case 23:
		RANDOM(d->regs.reg[random_below(&seed, 4)]);
		break;
	case 24:
		RANDOM(d->mixed.word);
		break;
	case 25:
		d->peer = &devices[random_below(&seed, DEVICES)];
		break;
	case 26:
		d->cursor = &devices[random_below(&seed, DEVICES)].count;
		break;
	case 27:
		d->users.counter = (int)random_below(&seed, 4);
		break;
	case 28:
		d->page = &all_pages[random_below(&seed, PAGES)];
		break;
	case 29:
		d->mem = random_below(&seed, 3) ? &items[random_below(&seed, ITEMS)] : NULL;
		break;
	case 30:
		d->ref.refcount = 1 + (int)random_below(&seed, 3);
		break;
	default:
		d->pages[random_below(&seed, 4)] = &all_pages[random_below(&seed, PAGES)];
		break;
	}
}

/* The mapping's place and mm are the core's. */
void change_vma(void)
{
	switch (random_below(&seed, 8)) {
	case 0:
		the_vma.__vm_flags ^= VM_DONTCOPY | VM_IO;
		break;
	case 1:
		the_vma.__vm_flags |= VM_MIXEDMAP | VM_DONTEXPAND;
		break;
	case 2:
		RANDOM(the_vma.vm_pgoff);
		break;
	case 3:
		the_vma.vm_page_prot.pgprot ^= 0x18;
		break;
	case 4:
		the_vma.vm_private_data = &devices[random_below(&seed, DEVICES)];
		break;
	case 5:
		the_vma.vm_ops = random_below(&seed, 2) ? &other_vm_ops : NULL;
		break;
	default:
		break;
	}
}

static bool vma_is_reachable(void)
{
	unsigned i;

	for (i = 0; i < DEVICES; i++)
		if (devices[i].vma == &the_vma)
			return true;
	return escaped;
}

bool in_driver_data(const void *p)
{
	return (const unsigned char *)p >= __start_driver_data &&
	       (const unsigned char *)p < __stop_driver_data;
}

void change_driver(void)
{
	u64 n = random_below(&seed, 4);
	unsigned i;

	if (still)
		return;
	while (n--)
		change_field(&devices[random_below(&seed, DEVICES)]);
	if (!random_below(&seed, 8))
		the_dev = &devices[random_below(&seed, DEVICES)];
	if (!random_below(&seed, 8))
		RANDOM(open_count);
	if (vma_is_reachable())
		change_vma();
	/* Variables of the handler that it was shown. */
	for (i = 0; i < nr_watched; i++)
		if (random_below(&seed, 2))
			RANDOM(*watched_words[i]);
	for (i = 0; i < DEVICES; i++)
		if (!in_driver_data(devices[i].cursor) && random_below(&seed, 2))
			RANDOM(*devices[i].cursor);
}

void others_write(void)
{
	if (!still && !random_below(&seed, 3))
		change_field(&devices[random_below(&seed, DEVICES)]);
}

void vma_escapes(void)
{
	escaped = true;
}

void watch(u32 *watched)
{
	if (nr_watched < 8)
		watched_words[nr_watched++] = watched;
}

void *new_item(size_t size)
{
	if (size > sizeof(struct item) || nr_items == ITEMS || !random_below(&seed, 5))
		return NULL;
	return &items[nr_items++];
}

/* The next run. */
void change_reset(void)
{
	nr_items = nr_watched = 0;
	escaped = still = false;
}

void be_still(void)
{
	still = true;
}
