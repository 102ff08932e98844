// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is in the precompiled headers.  Chosen by counting: headers that at least 8 of the about 560 files
 * of Linux 7.3 with a callback of mmap include by name, without those of one architecture.  Two sets,
 * because names of the networking headers clash with those of some GPU drivers.
 */
#include "workers/pch.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static const char *const common[] = {
	"linux/module.h", "linux/kernel.h", "linux/init.h", "linux/fs.h", "linux/mm.h", "linux/slab.h",
	"linux/uaccess.h", "linux/mutex.h", "linux/spinlock.h", "linux/sched.h", "linux/device.h",
	"linux/pci.h", "linux/platform_device.h", "linux/io.h", "linux/interrupt.h", "linux/poll.h",
	"linux/vmalloc.h", "linux/dma-mapping.h", "linux/miscdevice.h", "linux/of.h", "linux/cdev.h",
	"linux/seq_file.h", "linux/pagemap.h", "linux/debugfs.h", "linux/delay.h", "linux/pm_runtime.h",
	"linux/clk.h", "linux/file.h", "linux/dma-buf.h", "linux/sched/signal.h", "linux/sched/mm.h",
	"linux/uio.h", "linux/compat.h", "linux/highmem.h", "linux/regmap.h", "linux/iommu.h",
	"linux/security.h", "linux/property.h", "linux/of_platform.h", "linux/of_graph.h",
	"linux/anon_inodes.h", "linux/bitfield.h", "linux/of_reserved_mem.h", "linux/gpio/consumer.h",
	"linux/usb.h", "linux/proc_fs.h", "linux/component.h", "linux/mount.h", "linux/dma-map-ops.h",
	"linux/mfd/syscon.h", "linux/kthread.h", "linux/idr.h", "linux/shmem_fs.h", "linux/spi/spi.h",
	"linux/mman.h", "linux/i2c.h", "linux/console.h", "linux/firmware.h", "linux/iopoll.h",
	"linux/backlight.h", "linux/irq.h", "linux/reset.h", "linux/random.h", "linux/vfio.h",
	"linux/of_address.h", "linux/of_device.h", "linux/genalloc.h", "linux/memblock.h", "linux/acpi.h",
	"linux/iosys-map.h", "linux/splice.h", "linux/aperture.h", "linux/fb.h", "linux/namei.h",
	"linux/cleanup.h", "linux/fs_context.h", "linux/regulator/consumer.h",
};
static const char *const devices[] = {
	"linux/videodev2.h", "media/v4l2-ioctl.h", "media/v4l2-event.h", "media/v4l2-device.h",
	"media/v4l2-ctrls.h", "media/v4l2-common.h", "media/v4l2-mem2mem.h", "media/v4l2-dev.h",
	"media/v4l2-mc.h", "media/v4l2-fh.h", "media/v4l2-subdev.h", "media/v4l2-fwnode.h",
	"media/v4l2-dv-timings.h", "media/videobuf2-v4l2.h", "media/videobuf2-dma-contig.h",
	"media/videobuf2-vmalloc.h", "media/videobuf2-dma-sg.h", "media/media-entity.h",
	"drm/drm_drv.h", "drm/drm_print.h", "drm/clients/drm_client_setup.h", "drm/drm_atomic_helper.h",
	"drm/drm_probe_helper.h", "drm/drm_gem_framebuffer_helper.h", "drm/drm_managed.h",
	"drm/drm_gem_dma_helper.h", "drm/drm_fbdev_dma.h", "drm/drm_vblank.h", "drm/drm_fourcc.h",
	"drm/drm_atomic.h", "drm/drm_framebuffer.h", "drm/drm_file.h", "drm/drm_prime.h",
	"drm/drm_ioctl.h", "drm/drm_gem_atomic_helper.h", "drm/drm_module.h",
	"drm/drm_gem_shmem_helper.h", "drm/drm_gem.h", "drm/drm_of.h", "drm/drm_modeset_helper.h",
	"drm/drm_fbdev_shmem.h", "drm/drm_damage_helper.h", "drm/drm_device.h", "drm/drm_dumb_buffers.h",
	"drm/drm_debugfs.h", "drm/drm_connector.h", "drm/drm_fb_dma_helper.h", "drm/drm_bridge.h",
	"drm/drm_gem_ttm_helper.h", "drm/drm_fb_helper.h", "drm/drm_crtc.h", "drm/drm_edid.h",
	"drm/drm_modeset_helper_vtables.h", "drm/drm_simple_kms_helper.h", "drm/drm_mipi_dbi.h",
	"video/mipi_display.h",
	"sound/core.h", "sound/pcm.h", "sound/pcm_params.h", "sound/initval.h", "sound/info.h",
	"sound/soc.h", "sound/control.h",
};
static const char *const network[] = {
	"linux/netdevice.h", "linux/skbuff.h", "linux/net.h", "linux/socket.h", "linux/in.h",
	"linux/if_arp.h", "linux/inetdevice.h", "linux/filter.h", "linux/bpf.h", "linux/kvm_host.h",
	"net/sock.h", "net/net_namespace.h", "net/addrconf.h", "net/protocol.h", "net/inet_common.h",
	"net/ip.h", "net/tcp_states.h", "net/netns/generic.h", "net/tcp.h", "rdma/ib_verbs.h",
	"rdma/ib_user_verbs.h", "rdma/ib_addr.h", "rdma/ib_umem.h", "rdma/uverbs_ioctl.h",
};

/* A file that has one of these in its text, or is below one of these folders, is a network file. */
static const char *const network_words[] = {
	"<net/", "<rdma/", "<linux/netdevice.h>", "<linux/skbuff.h>", "<linux/bpf.h>", "<linux/filter.h>",
	"<linux/kvm_host.h>", "<linux/etherdevice.h>", "<linux/virtio_net.h>",
};
static const char *const network_folders[] = {
	"net/", "drivers/net/", "drivers/infiniband/", "virt/kvm/", "kernel/bpf/", "drivers/vhost/",
};

enum pch_set pch_set_of(const char *file, const char *text)
{
	size_t i;

	for (i = 0; i < sizeof(network_folders) / sizeof(*network_folders); i++)
		if (str_starts(file, network_folders[i]))
			return PCH_NETWORK;
	for (i = 0; i < sizeof(network_words) / sizeof(*network_words); i++)
		if (strstr(text, network_words[i]))
			return PCH_NETWORK;
	return PCH_DEVICES;
}

static void add(struct strbuf *b, const char *root, const char *const *headers, size_t nr)
{
	char *path;
	size_t i;

	for (i = 0; i < nr; i++) {
		path = xasprintf("%s/include/%s", root, headers[i]);
		if (file_exists(path))
			strbuf_addf(b, "#include <%s>\n", headers[i]);
		free(path);
	}
}

char *pch_header_text(const char *root, enum pch_set set)
{
	struct strbuf b = { 0 };

	add(&b, root, common, sizeof(common) / sizeof(*common));
	if (set == PCH_NETWORK)
		add(&b, root, network, sizeof(network) / sizeof(*network));
	else
		add(&b, root, devices, sizeof(devices) / sizeof(*devices));
	return strbuf_detach(&b);
}
