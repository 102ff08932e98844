// SPDX-License-Identifier: GPL-2.0-only
/*
 * A block device of no size that this program serves: the memory that its driver's queue lies in.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/vduse.h>
#include <linux/virtio_blk.h>
#include <linux/virtio_config.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "devices.h"
#include "vdpa.h"

#define NAME "probe-vduse"

static int device = -1;
static pid_t server;

/* Agrees to everything: a queue that has no requests needs no more. */
static void serve(void)
{
	struct vduse_dev_request request;
	struct vduse_dev_response response;

	while (read(device, &request, sizeof(request)) == (ssize_t)sizeof(request)) {
		memset(&response, 0, sizeof(response));
		response.request_id = request.request_id;
		response.result = VDUSE_REQ_RESULT_OK;
		if (request.type == VDUSE_GET_VQ_STATE)
			response.vq_state.index = request.vq_state.index;
		if (write(device, &response, sizeof(response)) != (ssize_t)sizeof(response))
			break;
	}
	_exit(0);
}

static int create(void)
{
	struct vduse_dev_config *config =
		calloc(1, sizeof(*config) + sizeof(struct virtio_blk_config));
	uint64_t version = VDUSE_API_VERSION;
	int control = open_wait("/dev/vduse/control", O_RDWR, 3), ret;

	if (control < 0 || !config) {
		free(config);
		return control < 0 ? control : -ENOMEM;
	}
	strcpy(config->name, NAME);
	config->device_id = 2; /* a block device */
	config->features = 1ULL << VIRTIO_F_VERSION_1 | 1ULL << VIRTIO_F_ACCESS_PLATFORM;
	config->vq_num = 1;
	config->vq_align = 4096;
	config->config_size = sizeof(struct virtio_blk_config);
	ret = ASK(control, VDUSE_SET_API_VERSION, &version);
	if (!ret)
		ret = ASK(control, VDUSE_CREATE_DEV, config);
	close(control);
	free(config);
	return ret;
}

static int prepare(void)
{
	struct vduse_vq_config queue = { .index = 0, .max_size = 64 };
	int ret = create();

	if (ret)
		return ret;
	device = open_wait("/dev/vduse/" NAME, O_RDWR, 3);
	if (device < 0)
		return device;
	ret = ASK(device, VDUSE_VQ_SETUP, &queue);
	if (ret)
		return ret;
	server = fork();
	if (!server)
		serve();
	return vdpa_add(NAME, NULL, "vduse", "virtio_vdpa");
}

static void finish(void)
{
	char name[VDUSE_NAME_MAX] = NAME;
	int control = open_wait("/dev/vduse/control", O_RDWR, 3);

	vdpa_remove(NAME);
	if (server > 0) {
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
	}
	if (device >= 0)
		close(device);
	if (control >= 0) {
		device_ioctl(control, VDUSE_DESTROY_DEV, name);
		close(control);
	}
}

static int open_domain(struct opened *o)
{
	struct vduse_vq_info info = { .index = 0 };
	struct vduse_iotlb_entry entry;
	int ret = ASK(device, VDUSE_VQ_GET_INFO, &info);

	if (ret)
		return ret;
	memset(&entry, 0, sizeof(entry));
	entry.start = entry.last = info.desc_addr;
	o->fd = ASK(device, VDUSE_IOTLB_GET_FD, &entry);
	o->offset = entry.offset & ~4095ULL;
	o->size = (entry.last - entry.start + 1 + 4095) & ~4095ULL;
	o->content = true; /* a queue that nothing has been put into */
	return o->fd < 0 ? o->fd : 0;
}

/* Any range can be mapped; a page is there only where the driver has made one. */
static void ask_ranges(struct opened *o, struct result *r)
{
	struct opened other = *o;

	other.offset = 0;
	question_map(&other, 16 * 4096, PROT_READ, r, "bounce pages");
	other.offset = 1ULL << 40;
	question_map(&other, 4096, PROT_READ, r, "nothing there");
}

static const struct question questions[] = {
	{ "ranges", ask_ranges },
	{ NULL, NULL },
};

const struct subject vduse_domain = {
	.name = "vduse-domain",
	.prepare = prepare,
	.open = open_domain,
	.finish = finish,
	.questions = questions,
};
