// SPDX-License-Identifier: GPL-2.0-only
/* A driver that uses the handlers of demo_share. */
#include <linux/demo_share.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>

/* What it hands on is what the library's own hook gets. */
// expect: class=delegate verdict=auto patterns=delegate state= outcome=converted
static int demo_user_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	vm_flags_clear(vma, VM_MAYEXEC);
	return demo_share_mmap(file, vma);
}

/* A protection of its own: the library's handler gives it to the pages (R7). */
// expect: class=delegate verdict=assisted patterns=delegate state= outcome=assisted
static int demo_user_more_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return demo_share_more_mmap(file, vma);
}

static const struct file_operations demo_user_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_user_mmap,
};

static const struct file_operations demo_user_more_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_user_more_mmap,
};

static const struct file_operations demo_user_own_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_share_mmap,
};

static const struct file_operations demo_user_plain_fops = {
	.owner	= THIS_MODULE,
	.llseek	= noop_llseek,
	.mmap	= demo_share_plain_mmap,
};

static int demo_user_init(void)
{
	int ret = register_chrdev(274, "demo-user", &demo_user_fops);

	demo_share_use(demo_share_given_mmap);
	ret = ret ?: register_chrdev(275, "demo-user-more", &demo_user_more_fops);
	ret = ret ?: register_chrdev(276, "demo-user-own", &demo_user_own_fops);
	return ret ?: register_chrdev(277, "demo-user-plain", &demo_user_plain_fops);
}
module_init(demo_user_init)
MODULE_LICENSE("GPL");
