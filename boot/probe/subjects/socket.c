// SPDX-License-Identifier: GPL-2.0-only
/* Sockets: sock_mmap() hands on to the protocol. */
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../probe.h"

#ifndef SOL_XDP
#define SOL_XDP 283
#endif
#ifndef AF_XDP
#define AF_XDP 44
#endif
#ifndef TCP_ZEROCOPY_RECEIVE
#define TCP_ZEROCOPY_RECEIVE 35
#endif

static long answer(void *p)
{
	return p == MAP_FAILED ? -errno : 0;
}

static int make(struct opened *o, int family, int type, const char *name)
{
	o->fd = socket(family, type | SOCK_CLOEXEC, 0);
	return o->fd < 0 ? why(-errno, "a %s socket: %m", name) : 0;
}

static int ring(int fd, int option, unsigned blocks)
{
	struct tpacket_req req = {
		.tp_block_size = 4096,
		.tp_block_nr = blocks,
		.tp_frame_size = 2048,
		.tp_frame_nr = blocks * 2,
	};

	return setsockopt(fd, SOL_PACKET, option, &req, sizeof(req)) ? -errno : 0;
}

/* Of no protocol: no packet ever comes into the ring. */
static int open_packet(struct opened *o)
{
	int ret = make(o, AF_PACKET, SOCK_RAW, "packet");

	if (!ret)
		ret = ring(o->fd, PACKET_RX_RING, 5);
	o->size = 5 * 4096;
	o->content = true;
	return ret < 0 ? why(ret, "PACKET_RX_RING: %s", strerror(-ret)) : 0;
}

static void ring_changed(struct opened *o, struct result *r)
{
	char *p = mmap(NULL, o->size, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);

	result_errno(r, "mmap", answer(p));
	result_errno(r, "ring, mapped", ring(o->fd, PACKET_RX_RING, 3));
	munmap(p, 4096);
	result_errno(r, "ring, partly mapped", ring(o->fd, PACKET_RX_RING, 3));
	munmap(p + 4096, o->size - 4096);
	result_errno(r, "wrong length", answer(mmap(NULL, 4096, PROT_READ, MAP_SHARED, o->fd, 0)));
	result_errno(r, "ring, unmapped", ring(o->fd, PACKET_RX_RING, 3));
	result_errno(r, "the old length",
		     answer(mmap(NULL, o->size, PROT_READ, MAP_SHARED, o->fd, 0)));
	result_errno(r, "the new length",
		     answer(mmap(NULL, 3 * 4096, PROT_READ, MAP_SHARED, o->fd, 0)));
}

static void both_rings(struct opened *o, struct result *r)
{
	result_errno(r, "tx ring", ring(o->fd, PACKET_TX_RING, 2));
	result_errno(r, "rx only", answer(mmap(NULL, o->size, PROT_READ, MAP_SHARED, o->fd, 0)));
	result_errno(r, "both", answer(mmap(NULL, 7 * 4096, PROT_READ, MAP_SHARED, o->fd, 0)));
}

static const struct question packet_questions[] = {
	{ "another ring while mapped", ring_changed },
	{ "both rings", both_rings },
	{ NULL, NULL },
};

static const struct subject packet = {
	.name = "socket-packet",
	.open = open_packet,
	.questions = packet_questions,
};

static int open_packet_bare(struct opened *o)
{
	o->size = 4096;
	return make(o, AF_PACKET, SOCK_RAW, "packet");
}

static const struct subject packet_bare = {
	.name = "socket-packet-no-ring",
	.open = open_packet_bare,
	.traits = FEW_REQUESTS,
};

static int open_tcp(struct opened *o)
{
	o->size = 5 * 4096;
	return make(o, AF_INET, SOCK_STREAM, "TCP");
}

/* A connection to ourselves over lo; what is sent lies in the other's queue. */
static int connected(int listener, size_t bytes)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	struct ifreq lo = { .ifr_name = "lo" };
	char *buffer = calloc(1, bytes);
	int client, server = -1;

	if (!ioctl(listener, SIOCGIFFLAGS, &lo)) {
		lo.ifr_flags |= IFF_UP;
		ioctl(listener, SIOCSIFFLAGS, &lo);
	}
	client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (!bind(listener, (struct sockaddr *)&address, sizeof(address)) && !listen(listener, 1) &&
	    !getsockname(listener, (struct sockaddr *)&address, &len) &&
	    !connect(client, (struct sockaddr *)&address, len))
		server = accept(listener, NULL, NULL);
	if (server >= 0 && buffer && send(client, buffer, bytes, MSG_NOSIGNAL) < 0)
		server = -1;
	free(buffer);
	return server;
}

static void zerocopy(struct opened *o, struct result *r)
{
	struct {
		uint64_t address;
		uint32_t length, hint;
		uint64_t rest[6];
	} request = { .length = 4096 };
	socklen_t len = 16;
	int fd = connected(o->fd, 8192);
	void *p;

	result_errno(r, "connected", fd < 0 ? -errno : 0);
	if (fd < 0)
		return;
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	result_errno(r, "mmap", answer(p));
	request.address = (uintptr_t)p;
	result_errno(r, "receive",
		     getsockopt(fd, IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, &request, &len) ? -errno
										       : 0);
	request.address =
		(uintptr_t)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	request.length = 4096;
	len = 16;
	result_errno(r, "receive into memory that is not its own",
		     getsockopt(fd, IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, &request, &len) ? -errno
										       : 0);
}

static const struct question tcp_questions[] = { { "received without a copy", zerocopy },
						 { NULL, NULL } };

static const struct subject tcp = { .name = "socket-tcp",
				    .open = open_tcp,
				    .questions = tcp_questions };

static int open_udp(struct opened *o)
{
	o->size = 4096;
	return make(o, AF_INET, SOCK_DGRAM, "UDP");
}

static const struct subject udp = { .name = "socket-udp",
				    .open = open_udp,
				    .traits = FEW_REQUESTS };

static int open_unix(struct opened *o)
{
	o->size = 4096;
	return make(o, AF_UNIX, SOCK_STREAM, "unix");
}

static const struct subject unix_socket = { .name = "socket-unix",
					    .open = open_unix,
					    .traits = FEW_REQUESTS };

static int open_xdp(struct opened *o)
{
	struct xdp_mmap_offsets offsets;
	socklen_t len = sizeof(offsets);
	unsigned entries = 512;
	int ret = make(o, AF_XDP, SOCK_RAW, "XDP");

	if (ret)
		return ret;
	if (setsockopt(o->fd, SOL_XDP, XDP_RX_RING, &entries, sizeof(entries)) ||
	    getsockopt(o->fd, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &len))
		return why(-errno, "XDP_RX_RING: %m");
	o->offset = XDP_PGOFF_RX_RING;
	o->size = offsets.rx.desc + entries * sizeof(struct xdp_desc);
	o->content = true;
	return 0;
}

static void xdp_rings(struct opened *o, struct result *r)
{
	static const struct {
		const char *name;
		uint64_t offset;
	} rings[] = {
		{ "tx", XDP_PGOFF_TX_RING },
		{ "fill", XDP_UMEM_PGOFF_FILL_RING },
		{ "completion", XDP_UMEM_PGOFF_COMPLETION_RING },
		{ "none", 0x40000000 },
	};
	unsigned entries = 64;

	for (size_t i = 0; i < sizeof(rings) / sizeof(*rings); i++)
		result_errno(r, rings[i].name,
			     answer(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd,
					 (off_t)rings[i].offset)));
	result_errno(r, "a tx ring",
		     setsockopt(o->fd, SOL_XDP, XDP_TX_RING, &entries, sizeof(entries)) ? -errno
											: 0);
	result_errno(r, "tx then",
		     answer(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd,
				 XDP_PGOFF_TX_RING)));
}

static const struct question xdp_questions[] = { { "other rings", xdp_rings }, { NULL, NULL } };

static const struct subject xdp = { .name = "socket-xdp",
				    .open = open_xdp,
				    .questions = xdp_questions };

const struct subject *const family_socket[] = { &packet,      &packet_bare, &tcp, &udp,
						&unix_socket, &xdp,	    NULL };
