// SPDX-License-Identifier: GPL-2.0-only
/*
 * IOMMUs for programs: nothing to map on a fresh file, and the pages of the kernel's mock IOMMU.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>

#include "devices.h"

/*
 * <linux/iommufd.h> is not in libc's headers, the mock's commands are in no header of programs.
 */
struct destroy {
	uint32_t size, id;
};
struct ioas_alloc {
	uint32_t size, flags, out_ioas_id;
};
struct hwpt_alloc {
	uint32_t size, flags, dev_id, pt_id, out_hwpt_id, reserved, data_type, data_len;
	uint64_t data;
	uint32_t fault_id, reserved2;
};
struct viommu_alloc {
	uint32_t size, flags, type, dev_id, hwpt_id, out_viommu_id, data_len, reserved;
	uint64_t data;
};
struct mock_viommu {
	uint32_t in_data, out_data;
	uint64_t offset, length;
};
struct mock {
	uint32_t size, op, id, reserved;
	uint32_t out_stdev_id, out_hwpt_id, out_idev_id, more[9];
	uint64_t last;
};

#define DESTROY _IO(';', 0x80)
#define IOAS_ALLOC _IO(';', 0x81)
#define HWPT_ALLOC _IO(';', 0x89)
#define VIOMMU_ALLOC _IO(';', 0x90)
#define MOCK _IO(';', 0xa0)

enum { MOCK_DOMAIN = 2, NEST_PARENT = 1 };
#define TYPE_MOCK 0xdeadbeefU

static uint32_t viommu_id;

static int open_bare(struct opened *o)
{
	o->fd = open_wait("/dev/iommu", O_RDWR, 3);
	return o->fd < 0 ? o->fd : 0;
}

static int open_mock(struct opened *o)
{
	struct ioas_alloc ioas = { .size = sizeof(ioas) };
	struct mock mock = { .size = sizeof(mock), .op = MOCK_DOMAIN };
	struct hwpt_alloc hwpt = { .size = sizeof(hwpt), .flags = NEST_PARENT };
	struct mock_viommu data = { .in_data = 0x600df00d };
	struct viommu_alloc viommu = {
		.size = sizeof(viommu),
		.type = TYPE_MOCK,
		.data_len = sizeof(data),
		.data = (uintptr_t)&data,
	};
	int ret = open_bare(o);

	if (ret < 0)
		return ret;
	ret = ASK(o->fd, IOAS_ALLOC, &ioas);
	mock.id = hwpt.pt_id = ioas.out_ioas_id;
	if (!ret)
		ret = ASK(o->fd, MOCK, &mock);
	hwpt.dev_id = viommu.dev_id = mock.out_idev_id;
	if (!ret)
		ret = ASK(o->fd, HWPT_ALLOC, &hwpt);
	viommu.hwpt_id = hwpt.out_hwpt_id;
	if (!ret)
		ret = ASK(o->fd, VIOMMU_ALLOC, &viommu);
	viommu_id = viommu.out_viommu_id;
	o->offset = data.offset;
	o->size = data.length;
	o->content = true; /* in_data, and nothing else */
	return ret;
}

static void ask_destroy(struct opened *o, struct result *r)
{
	struct destroy want = { .size = sizeof(want), .id = viommu_id };
	char *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	if (!p)
		return;
	result_errno(r, "mapped", device_ioctl(o->fd, DESTROY, &want));
	question_map(o, o->size, PROT_READ, r, "mmap again");
	munmap(p, 4096);
	result_errno(r, "half mapped", device_ioctl(o->fd, DESTROY, &want));
}

static void ask_destroy_after(struct opened *o, struct result *r)
{
	struct destroy want = { .size = sizeof(want), .id = viommu_id };
	char *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	question_map(o, 4096, PROT_READ, r, "half");
	if (p)
		munmap(p, o->size);
	result_errno(r, "unmapped", device_ioctl(o->fd, DESTROY, &want));
	question_map(o, o->size, PROT_READ, r, "mmap destroyed");
}

static const struct question questions[] = {
	{ "destroy while mapped", ask_destroy },
	{ "destroy when unmapped", ask_destroy_after },
	{ NULL, NULL },
};

static const struct subject bare = {
	.name = "iommufd-bare",
	.open = open_bare,
	.traits = FEW_REQUESTS,
};
static const struct subject mock_subject = {
	.name = "iommufd-mock",
	.open = open_mock,
	.questions = questions,
};

const struct subject *const family_iommufd[] = { &bare, &mock_subject, NULL };
