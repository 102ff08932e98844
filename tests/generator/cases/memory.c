// SPDX-License-Identifier: GPL-2.0-only
/* What is read again after something wrote: under another name, through another pointer, by a helper. */

/* A mapping's member of a member, before anything wrote it. */
HANDLER_STATIC int prot_value_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	return dev_claim(d, vma->vm_page_prot.pgprot);
}

/* memset() of a record changes its members under every pointer: the_dev and d can be one. */
HANDLER_STATIC int record_alias_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	memset(&d->region, 0, sizeof(d->region));
	return (int)the_dev->region.len;
}

HANDLER_STATIC int record_store_alias_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 before = d->peer->region.len;

	d->region = (struct region){ .len = vma->vm_pgoff };
	return before != d->peer->region.len;
}

HANDLER_STATIC int member_store_record_read_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct region r = d->region;

	d->peer->region.len = vma->vm_pgoff;
	r = d->region;
	return dev_accepts(d, r);
}

/* The last reference may call anything. */
HANDLER_STATIC int last_reference_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	int level = d->level;

	kref_put(&d->ref, dev_release);
	return d->level == level ? 0 : -EINVAL;
}

/* list_add() writes the item, the head and the head's neighbour. */
HANDLER_STATIC int list_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	if (!list_empty(&d->list))
		return -EBUSY;
	list_add(&d->node, &d->list);
	return list_empty(&d->list) ? 1 : 0;
}

HANDLER_STATIC int list_neighbour_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	list_add(&d->node, &d->list);
	list_del(&d->node);
	return list_empty(&d->list) ? 1 : 0;
}

/* A count is read from memory, not from its address. */
HANDLER_STATIC int count_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	if (atomic_read(&d->users) > 3)
		return -EBUSY;
	if (atomic_inc_return(&d->users) > 2)
		return -EAGAIN;
	return atomic_read(&d->users) == 2 ? 1 : 0;
}

HANDLER_STATIC int count_member_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	int before = d->users.counter;

	atomic_inc(&the_dev->users);
	return d->users.counter - before;
}

/* Under the lock others' writes show. */
HANDLER_STATIC int lock_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 before = d->count;

	mutex_lock(&d->lock);
	before = before == d->count;
	mutex_unlock(&d->lock);
	return (int)before;
}

/* The store itself changes nothing of the mapping; what is called later may. */
HANDLER_STATIC int vma_stored_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	vm_flags_set(vma, VM_IO);
	d->vma = vma;
	return vma->vm_flags & VM_WRITE ? -EPERM : 0;
}

HANDLER_STATIC int cursor_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 before = d->count;

	*d->cursor = vma->vm_pgoff;
	return before == d->count;
}

/* Memory that is the path's own until its address is stored. */
HANDLER_STATIC int fresh_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct item *i = kzalloc(sizeof(*i), GFP_KERNEL);

	if (!i)
		return -ENOMEM;
	i->key = vma->vm_pgoff;
	d->mem = i;
	dev_poke(d);
	return (int)i->key;
}
HANDLER_STATIC int union_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	d->mixed.word = vma->vm_pgoff;
	d->mixed.low = 5;
	return (int)(d->mixed.word + d->mixed.high);
}

HANDLER_STATIC int union_alias_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 before = d->mixed.word;

	the_dev->mixed.low = 5;
	return before == d->mixed.word;
}


/* A pointer that is one of two. */
HANDLER_STATIC int either_read_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 a = 1, b = 2;
	u32 *p = d->enabled ? &a : &b;

	return *p == 2 ? -EINVAL : 0;
}

HANDLER_STATIC int either_write_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 a = 1, b = 2;
	u32 *p = d->enabled ? &a : d->busy ? &b : &a;

	*p += 3;
	return (int)(a * 16 + b);
}

HANDLER_STATIC int either_member_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct region a = { 1, 2 }, b = { 3, 4 };
	struct region *p = vma->vm_pgoff ? &a : &b;

	p->len = d->count;
	return (int)(a.len ^ b.len ^ p->base);
}

HANDLER_STATIC int either_outside_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	u32 a = 1;
	u32 *p = d->enabled ? &a : &d->count;

	return (int)*p;
}
