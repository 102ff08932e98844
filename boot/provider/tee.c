// SPDX-License-Identifier: GPL-2.0-only
/* A trusted execution environment that runs nothing: there is memory to be shared with it, and that is all. */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/tee_core.h>

static void get_version(struct tee_device *dev, struct tee_ioctl_version_data *version)
{
	*version = (struct tee_ioctl_version_data){ .gen_caps = TEE_GEN_CAP_REG_MEM };
}

static int open(struct tee_context *context)
{
	return 0;
}

static void release(struct tee_context *context)
{
}

static int register_memory(struct tee_context *context, struct tee_shm *shm, struct page **pages,
			   size_t nr, unsigned long start)
{
	return 0;
}

static int unregister_memory(struct tee_context *context, struct tee_shm *shm)
{
	return 0;
}

static const struct tee_driver_ops ops = {
	.get_version = get_version,
	.open = open,
	.release = release,
	.shm_register = register_memory,
	.shm_unregister = unregister_memory,
};

static const struct tee_desc desc = {
	.name = "mmapconv",
	.ops = &ops,
	.owner = THIS_MODULE,
};

static int pool_alloc(struct tee_shm_pool *pool, struct tee_shm *shm, size_t size, size_t align)
{
	unsigned int order = get_order(size);
	unsigned long at = __get_free_pages(GFP_KERNEL | __GFP_ZERO, order);

	if (!at)
		return -ENOMEM;
	shm->kaddr = (void *)at;
	shm->paddr = virt_to_phys(shm->kaddr);
	shm->size = PAGE_SIZE << order;
	return 0;
}

static void pool_free(struct tee_shm_pool *pool, struct tee_shm *shm)
{
	free_pages((unsigned long)shm->kaddr, get_order(shm->size));
}

static void pool_destroy(struct tee_shm_pool *pool)
{
}

static const struct tee_shm_pool_ops pool_ops = {
	.alloc = pool_alloc,
	.free = pool_free,
	.destroy_pool = pool_destroy,
};

static struct tee_shm_pool pool = { .ops = &pool_ops };

static int __init provide(void)
{
	struct tee_device *dev = tee_device_alloc(&desc, NULL, &pool, NULL);

	return IS_ERR(dev) ? PTR_ERR(dev) : tee_device_register(dev);
}
late_initcall(provide);
