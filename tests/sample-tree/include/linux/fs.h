/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_FS_H
#define __LINUX_FS_H

#include <linux/kernel.h>
#include <linux/mm_types.h>

struct address_space;
struct dentry;
struct file;
struct inode;
struct module;
struct poll_table_struct;

// expect-field: file_operations.mmap role=tier-1 reached_from=0
// expect-field: file_operations.mmap_prepare role=hook reached_from=0
struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *, loff_t, int);
	ssize_t (*read)(struct file *, char __user *, size_t, loff_t *);
	ssize_t (*write)(struct file *, const char __user *, size_t, loff_t *);
	__poll_t (*poll)(struct file *, struct poll_table_struct *);
	long (*unlocked_ioctl)(struct file *, unsigned int, unsigned long);
	int (*mmap)(struct file *, struct vm_area_struct *);
	int (*open)(struct inode *, struct file *);
	int (*release)(struct inode *, struct file *);
	int (*fsync)(struct file *, loff_t, loff_t, int datasync);
	unsigned long (*get_unmapped_area)(struct file *, unsigned long, unsigned long,
					   unsigned long, unsigned long);
	int (*mmap_prepare)(struct vm_area_desc *);
};

struct address_space {
	struct inode *host;
	const void *a_ops;
};

struct inode {
	umode_t i_mode;
	loff_t i_size;
	struct address_space *i_mapping;
	void *i_private;
};

struct file {
	const struct file_operations *f_op;
	struct address_space *f_mapping;
	struct inode *f_inode;
	unsigned int f_flags;
	void *private_data;
};

static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

struct file *get_file(struct file *f);
void fput(struct file *f);
void file_accessed(struct file *file);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops);

/* A file offers the old hook or the new one, never both. */
static inline bool can_mmap_file(struct file *file)
{
	return !file->f_op->mmap != !file->f_op->mmap_prepare;
}

void compat_set_desc_from_vma(struct vm_area_desc *desc, const struct file *file,
			      const struct vm_area_struct *vma);
int __compat_vma_mmap(struct vm_area_desc *desc, struct vm_area_struct *vma);
int compat_vma_mmap(struct file *file, struct vm_area_struct *vma);

static inline int vfs_mmap(struct file *file, struct vm_area_struct *vma)
{
	return file->f_op->mmap ? file->f_op->mmap(file, vma) : compat_vma_mmap(file, vma);
}

static inline int vfs_mmap_prepare(struct file *file, struct vm_area_desc *desc)
{
	return file->f_op->mmap_prepare(desc);
}

int generic_file_mmap(struct file *, struct vm_area_struct *);
int generic_file_mmap_prepare(struct vm_area_desc *desc);
int generic_file_readonly_mmap(struct file *, struct vm_area_struct *);
int generic_file_readonly_mmap_prepare(struct vm_area_desc *desc);

#endif
