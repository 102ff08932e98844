// SPDX-License-Identifier: GPL-2.0-only
/* Functions of other files of the driver: they may change whatever they can reach. */
#include "kernel.h"
#include "kernel_world.h"

int dev_check(struct dev *d)
{
	BEGIN("dev_check");
	ARG(d);
	change_driver();
	RETURN(dictated_int());
}
void dev_poke(struct dev *d)
{
	BEGIN("dev_poke");
	ARG(d);
	change_driver();
	END();
}
s64 dev_clock(void)
{
	BEGIN("dev_clock");
	change_driver();
	RETURN((s64)dictated_word());
}
bool dev_ready(struct dev *d)
{
	BEGIN("dev_ready");
	ARG(d);
	change_driver();
	RETURN((bool)dictated_number(2));
}
u8 dev_lane(struct dev *d)
{
	BEGIN("dev_lane");
	ARG(d);
	change_driver();
	RETURN((u8)dictated_word());
}
struct dev *dev_find(int minor)
{
	BEGIN("dev_find");
	ARG(minor);
	change_driver();
	RETURN(dictated_device(0));
}
struct dev *dev_open(int minor)
{
	BEGIN("dev_open");
	ARG(minor);
	change_driver();
	RETURN(dictated_device(-ENODEV));
}

int dev_claim(struct dev *d, unsigned long flags)
{
	BEGIN("dev_claim");

	ARG(d);
	ARG(flags);
	change_driver();
	RETURN(dictated_errno());
}

u32 dev_status(const struct dev *d, u32 which)
{
	BEGIN("dev_status");

	ARG(d);
	ARG(which);
	change_driver();
	RETURN((u32)dictated_word());
}

int dev_query(struct dev *d, u32 *answer)
{
	BEGIN("dev_query");

	ARG(d);
	ARG(answer);
	change_driver();
	if (dictated_number(4))
		*answer = (u32)dictated_word();
	RETURN(dictated_int());
}

int dev_query_span(struct dev *d, struct span *answer)
{
	BEGIN("dev_query_span");

	ARG(d);
	ARG(answer);
	change_driver();
	answer->lead = (s16)dictated_word();
	answer->shift = (s32)dictated_word();
	RETURN(dictated_int());
}

void dev_register(u32 *watched)
{
	BEGIN("dev_register");

	ARG(watched);
	watch(watched);
	change_driver();
	END();
}

struct region dev_region(struct dev *d, u32 which)
{
	struct region r = { (u32)dictated_word(), (u32)dictated_word() };
	BEGIN("dev_region");

	ARG(d);
	ARG(which);
	change_driver();
	RETURN(r);
}

int dev_accepts(struct dev *d, struct region region)
{
	BEGIN("dev_accepts");

	ARG(d);
	ARG(region);
	change_driver();
	RETURN(dictated_int());
}

int dev_mmap(struct dev *d, struct vm_area_struct *vma)
{
	BEGIN("dev_mmap");

	ARG(d);
	ARG(vma);
	vma_escapes();
	change_driver();
	change_vma();
	RETURN(dictated_errno());
}

void dev_track(struct vm_area_struct *vma)
{
	BEGIN("dev_track");

	ARG(vma);
	vma_escapes();
	change_driver();
	END();
}

/* Behind dev->ops. */
int ops_check(struct dev *d, unsigned long arg)
{
	BEGIN("dev_ops.check");

	ARG(d);
	ARG(arg);
	change_driver();
	RETURN(dictated_int());
}

int ops_map(struct dev *d, struct vm_area_struct *vma)
{
	BEGIN("dev_ops.map");

	ARG(d);
	ARG(vma);
	vma_escapes();
	change_vma();
	RETURN(dictated_errno());
}
