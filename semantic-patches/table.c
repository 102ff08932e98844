// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static const struct file_operations foo_fops = {
	.owner		= THIS_MODULE,
#ifdef CONFIG_MMU
	.mmap		= foo_mmap,
#endif
	.release	= foo_release,
};

static struct file_operations foo_last = {
	.mmap = &foo_mmap
};

const struct file_operations foo_array[2] = {
	{
		.read	= foo_read,
		.mmap	= foo_mmap,
	},
	{
		.mmap	= foo_mmap,
		.write	= foo_write,
	},
};

static const struct file_operations foo_index[] = {
	[FOO_A] = {
		.mmap	= foo_mmap,
	},
};

static struct foo_driver foo_driver = {
	.name = "foo",
	.fops = {
		.owner	= THIS_MODULE,
		.mmap	= foo_mmap,
	},
};

static struct foo_device foo_device = {
	.fops = &(const struct file_operations) {
		.mmap	= foo_mmap,
	},
};

static const struct file_operations foo_cast = {
	.mmap = (int (*)(struct file *, struct vm_area_struct *))foo_mmap,
	.open = foo_open,
};

static const struct file_operations bar_fops = {
	.mmap = bar_mmap,
};

static void foo_setup(struct file_operations *fops, struct foo *foo)
{
	fops->mmap = foo_mmap;
	foo->fops.mmap = foo_mmap;
	foo->fops.mmap = bar_mmap;
}
