// SPDX-License-Identifier: GPL-2.0-only
/* Just as much of the ACPI machine language as a device without behaviour needs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../probe.h"
#include "aml.h"

enum {
	HEADER = 36,
	LENGTH_AT = 4,
	CHECKSUM_AT = 9,
	SCOPE = 0x10,
	NAME = 0x08,
	BUFFER = 0x11,
	PACKAGE = 0x12,
	METHOD = 0x14,
	RETURN = 0xa4,
	BYTE = 0x0a,
	DWORD = 0x0c,
	STRING = 0x0d,
	FIXED_MEMORY = 0x86,
	END_TAG = 0x79,
};

static void put(struct aml *a, const void *bytes, size_t len)
{
	if (a->len + len > sizeof(a->bytes))
		len = 0; /* aml_load() sees that it does not fit */
	memcpy(a->bytes + a->len, bytes, len);
	a->len += len;
}

static void byte(struct aml *a, unsigned value)
{
	put(a, &(uint8_t){ (uint8_t)value }, 1);
}

static void dword(struct aml *a, uint32_t value)
{
	put(a, &value, 4);
}

static void name_of(struct aml *a, const char *name)
{
	byte(a, NAME);
	put(a, name, 4);
}

size_t aml_open(struct aml *a, const uint8_t *opcode, size_t opcode_len)
{
	size_t at;

	put(a, opcode, opcode_len);
	at = a->len;
	put(a, "\0", 2);
	return at;
}

/* The form of two bytes: four bits in the first, eight in the second, for all that fits here. */
void aml_close(struct aml *a, size_t at)
{
	size_t len = a->len - at;

	a->bytes[at] = (uint8_t)(0x40 | (len & 15));
	a->bytes[at + 1] = (uint8_t)(len >> 4);
}

static size_t begin(struct aml *a, uint8_t opcode)
{
	return aml_open(a, &opcode, 1);
}

/*
 * Both are open until aml_end(): their lengths lie behind the header and behind the scope's name.
 */
enum { SCOPE_AT = HEADER + 1, DEVICE_AT = SCOPE_AT + 2 + 5 + 2 };

void aml_begin(struct aml *a, const char *name, const char *hid)
{
	static const uint8_t device[] = { 0x5b, 0x82 };

	memset(a, 0, sizeof(*a));
	put(a, "SSDT....\2.PROBE PROBETBL\1\0\0\0PRBE\1\0\0\0", HEADER);
	begin(a, SCOPE);
	put(a, "\\_SB_", 5);
	aml_open(a, device, sizeof(device));
	put(a, name, 4);
	name_of(a, "_HID");
	byte(a, STRING);
	put(a, hid, strlen(hid) + 1);
}

void aml_memory(struct aml *a, uint32_t base, uint32_t len)
{
	size_t at;

	name_of(a, "_CRS");
	at = begin(a, BUFFER);
	byte(a, BYTE);
	byte(a, 14); /* what follows */
	byte(a, FIXED_MEMORY);
	put(a, "\11\0\1", 3); /* nine bytes; may be written */
	dword(a, base);
	dword(a, len);
	byte(a, END_TAG);
	byte(a, 0);
	aml_close(a, at);
}

void aml_answer(struct aml *a, const uint32_t *numbers, unsigned n)
{
	size_t method = begin(a, METHOD), package;

	put(a, "_DSM\4", 5); /* four arguments */
	byte(a, RETURN);
	package = begin(a, PACKAGE);
	byte(a, n);
	for (unsigned i = 0; i < n; i++) {
		byte(a, DWORD);
		dword(a, numbers[i]);
	}
	aml_close(a, package);
	aml_close(a, method);
}

void aml_end(struct aml *a)
{
	uint32_t len;
	uint8_t sum = 0;

	aml_close(a, DEVICE_AT);
	aml_close(a, SCOPE_AT);
	len = (uint32_t)a->len;
	memcpy(a->bytes + LENGTH_AT, &len, sizeof(len));
	a->bytes[CHECKSUM_AT] = 0;
	for (size_t i = 0; i < a->len; i++)
		sum = (uint8_t)(sum + a->bytes[i]);
	a->bytes[CHECKSUM_AT] = (uint8_t)-sum;
}

int aml_load(const struct aml *a, const char *name)
{
	char path[128];
	ssize_t written;
	int fd, ret;

	if (a->len + 16 > sizeof(a->bytes))
		return why(-EMSGSIZE, "the ACPI table %s is too long", name);
	snprintf(path, sizeof(path), "/sys/kernel/config/acpi/table/%s", name);
	ret = make_dir(path);
	if (ret)
		return ret;
	strcat(path, "/aml");
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return why(-errno, "%s: %m", path);
	written = write(fd, a->bytes, a->len);
	/* The table is loaded by the close, which tells the error. */
	if (close(fd) || written != (ssize_t)a->len)
		return why(-errno, "%s: %m", path);
	return 0;
}
