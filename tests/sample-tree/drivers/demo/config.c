// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that the configuration chooses. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(demo_cfg_lock);
static bool demo_cfg_enabled = true;

#ifdef CONFIG_MMU
static const phys_addr_t demo_cfg_base = 0xfed00000;

// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_cfg_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!demo_cfg_enabled)
		return -EACCES;

	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return vm_iomap_memory(vma, demo_cfg_base, PAGE_SIZE);
}
#else
static int demo_cfg_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -ENOSYS;
}
#endif

#ifdef CONFIG_DEMO_OPT
static struct page *demo_opt_page;

static vm_fault_t demo_opt_fault(struct vm_fault *vmf)
{
	if (vmf->pgoff || !demo_opt_page)
		return VM_FAULT_SIGBUS;
	vmf->page = demo_opt_page;
	get_page(demo_opt_page);
	return 0;
}

static const struct vm_operations_struct demo_opt_vm_ops = {
	.fault = demo_opt_fault,
};

// expect: class=fault verdict=auto patterns=fault state= outcome=converted
static int demo_opt_mmap(struct file *file, struct vm_area_struct *vma)
{
	guard(mutex)(&demo_cfg_lock);

	if (!demo_cfg_enabled)
		return -EACCES;
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	vm_flags_mod(vma, VM_DONTEXPAND, VM_MAYWRITE);
	vma->vm_ops = &demo_opt_vm_ops;
	return 0;
}
#else
#define demo_opt_mmap NULL
#endif

static const struct file_operations demo_cfg_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_cfg_mmap,
};

static const struct file_operations demo_opt_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_opt_mmap,
	.llseek = noop_llseek,
};

static struct miscdevice demo_cfg_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-cfg",
	.fops = &demo_cfg_fops,
};

static struct miscdevice demo_opt_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-opt",
	.fops = &demo_opt_fops,
};

static int demo_cfg_init(void)
{
	int ret = misc_register(&demo_cfg_misc);

	return ret ?: misc_register(&demo_opt_misc);
}
module_init(demo_cfg_init)

static void demo_cfg_disable(void)
{
	guard(mutex)(&demo_cfg_lock);
	demo_cfg_enabled = false;
}
module_exit(demo_cfg_disable)
MODULE_LICENSE("GPL");
