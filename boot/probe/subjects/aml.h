/* SPDX-License-Identifier: GPL-2.0-only */
/* ACPI tables that the guest is given while it runs: one device each. */
#ifndef MMAPCONV_BOOT_AML_H
#define MMAPCONV_BOOT_AML_H

#include <stddef.h>
#include <stdint.h>

struct aml {
	uint8_t bytes[512];
	size_t len;
};

/* Of what aml_open() has begun, the length is patched in by aml_close(). */
size_t aml_open(struct aml *a, const uint8_t *opcode, size_t opcode_len);
void aml_close(struct aml *a, size_t at);

/* A table with an open device \_SB.NAME, which has that _HID; the device's insides follow. */
void aml_begin(struct aml *a, const char *name, const char *hid);
/* _CRS: one range of memory. */
void aml_memory(struct aml *a, uint32_t base, uint32_t len);
/* _DSM, which answers to everything with a package of these numbers. */
void aml_answer(struct aml *a, const uint32_t *numbers, unsigned n);
void aml_end(struct aml *a);

/* Loads it, by the name that it gets in configfs; 0, or -errno after why(). */
int aml_load(const struct aml *a, const char *name);

#endif
