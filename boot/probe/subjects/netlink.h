/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requests to the kernel over netlink, as the families vdpa and rdma make them: texts as
 * attributes, an answer of 0 or -errno.
 */
#ifndef MMAPCONV_BOOT_NETLINK_H
#define MMAPCONV_BOOT_NETLINK_H

#include <stdint.h>

struct netlink_text {
	uint16_t type;	  /* of the attribute */
	const char *text; /* NULL ends the list */
};

/*
 * One request of a protocol (NETLINK_RDMA); payload are the bytes before the attributes.  0, or
 * -errno.
 */
int netlink_request(int protocol, uint16_t type, const void *payload, unsigned payload_len,
		    const struct netlink_text *texts);
/* The same to a family of generic netlink ("vdpa"). */
int genl_request(const char *family, uint8_t command, uint8_t version,
		 const struct netlink_text *texts);

#endif
