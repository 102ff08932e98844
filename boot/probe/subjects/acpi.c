// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drivers of devices that only ACPI tells of: firmware's log and a hypervisor's clock, both pages
 * of memory that the kernel has been told to leave alone (memmap= in subjects/acpi.json), and
 * that this program fills.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "aml.h"
#include "devices.h"

#define CLOCK 0x70000000U
#define LOG 0x70010000U
#define LOG_SIZE 0x4000U

static int fill(uint32_t at, const void *bytes, size_t len)
{
	int fd = open_wait("/dev/mem", O_RDWR | O_SYNC, 1);
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, at);
	close(fd);
	if (p == MAP_FAILED)
		return why(-errno, "/dev/mem at 0x%x: %m", at);
	memcpy(p, bytes, len);
	munmap(p, len);
	return 0;
}

/*
 * What the driver asks for: status twice, the size, then each of two parts' address and size, and
 * two counts.
 */
static int prepare_log(void)
{
	static const uint32_t answer[11] = { [2] = LOG_SIZE, [6] = LOG, [8] = LOG_SIZE };
	static char text[LOG_SIZE];
	struct aml a;
	int ret;

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('a' + i / 4096);
	ret = fill(LOG, text, sizeof(text));
	if (ret)
		return ret;
	aml_begin(&a, "PFRT", "INTC1081");
	aml_answer(&a, answer, 11);
	aml_end(&a);
	return aml_load(&a, "probe-log");
}

static int open_log(struct opened *o)
{
	o->fd = open_wait("/dev/acpi_pfr_telemetry0", O_RDWR, 10);
	o->size = LOG_SIZE;
	o->content = true;
	return o->fd < 0 ? o->fd : 0;
}

/* The begin of struct vmclock_abi: the newer headers' <linux/vmclock-abi.h>. */
struct clock_page {
	uint32_t magic, size;
	uint16_t version;
	uint8_t counter, time_type;
	uint8_t rest[4096 - 12];
};

static int prepare_clock(void)
{
	static const struct clock_page page = {
		.magic = 0x4b4c4356, .size = 4096, .version = 1, .counter = 0xff, /* none */
	};
	struct aml a;
	int ret = fill(CLOCK, &page, sizeof(page));

	if (ret)
		return ret;
	aml_begin(&a, "VCLK", "VMCLOCK");
	aml_memory(&a, CLOCK, 4096);
	aml_end(&a);
	return aml_load(&a, "probe-clock");
}

static int open_clock(struct opened *o)
{
	o->fd = open_wait("/dev/vmclock0", O_RDWR, 10);
	o->size = 4096;
	o->content = true;
	return o->fd < 0 ? o->fd : 0;
}

static const struct subject log_subject = {
	.name = "acpi-log",
	.prepare = prepare_log,
	.open = open_log,
};
static const struct subject clock_subject = {
	.name = "acpi-clock",
	.prepare = prepare_clock,
	.open = open_clock,
};

const struct subject *const family_acpi[] = { &log_subject, &clock_subject, NULL };
