// SPDX-License-Identifier: GPL-2.0-only
/*
 * The switch of Intel's Trace Hub, with one output that leads to memory, where the registers are plain memory as well:
 * the tree's driver for the switch reads the kinds of its outputs from a register that it has reset before.
 */
#include <linux/device.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/module.h>

#include "../hwtracing/intel_th/intel_th.h"

static int probe(struct intel_th_device *hub)
{
	return intel_th_output_enable(to_intel_th(hub), GTH_MSU);
}

static void remove(struct intel_th_device *hub)
{
}

static int assign(struct intel_th_device *hub, struct intel_th_device *other)
{
	if (other->type != INTEL_TH_OUTPUT)
		return -EINVAL;
	other->output.port = 0;
	other->output.active = false;
	return 0;
}

static void unassign(struct intel_th_device *hub, struct intel_th_device *other)
{
	other->output.port = -1;
}

/* Nothing is traced. */
static void no_trace(struct intel_th_device *hub, struct intel_th_output *output)
{
}

static struct intel_th_driver trace_hub = {
	.probe = probe,
	.remove = remove,
	.assign = assign,
	.unassign = unassign,
	.prepare = no_trace,
	.enable = no_trace,
	.trig_switch = no_trace,
	.disable = no_trace,
	.driver = { .name = "gth", .owner = THIS_MODULE },
};

static int __init provide(void)
{
	return intel_th_driver_register(&trace_hub);
}
late_initcall(provide);
