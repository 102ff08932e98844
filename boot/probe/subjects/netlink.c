// SPDX-License-Identifier: GPL-2.0-only
/* Requests over netlink. */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netlink.h"

struct message {
	struct nlmsghdr head;
	char room[1024];
};

static int add_text(struct message *m, uint16_t type, const char *text)
{
	size_t len = strlen(text) + 1;
	struct nlattr *a = (struct nlattr *)((char *)m + NLMSG_ALIGN(m->head.nlmsg_len));

	if (NLMSG_ALIGN(m->head.nlmsg_len) + NLA_HDRLEN + NLA_ALIGN(len) > sizeof(*m))
		return -EMSGSIZE;
	a->nla_type = type;
	a->nla_len = (uint16_t)(NLA_HDRLEN + len);
	memcpy((char *)a + NLA_HDRLEN, text, len);
	m->head.nlmsg_len = (uint32_t)(NLMSG_ALIGN(m->head.nlmsg_len) + NLA_ALIGN(a->nla_len));
	return 0;
}

static int build(struct message *m, uint16_t type, const void *payload, unsigned payload_len,
		 const struct netlink_text *texts)
{
	int ret = 0;

	memset(m, 0, sizeof(*m));
	if (payload_len > 64)
		return -EMSGSIZE;
	m->head.nlmsg_len = NLMSG_LENGTH(payload_len);
	m->head.nlmsg_type = type;
	m->head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	m->head.nlmsg_seq = 1;
	if (payload_len)
		memcpy(NLMSG_DATA(&m->head), payload, payload_len);
	for (; texts && texts->text && !ret; texts++)
		ret = add_text(m, texts->type, texts->text);
	return ret;
}

/* Sends and reads the answers up to the acknowledgement; a message before it stays in *m. */
static int talk(int protocol, struct message *m, struct message *answer)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct timeval limit = { .tv_sec = 20 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), ret = 0;
	char buffer[4096];
	bool done = false;

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (sendto(fd, m, m->head.nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		ret = -errno;
	while (!ret && !done) {
		ssize_t got = recv(fd, buffer, sizeof(buffer), 0);
		struct nlmsghdr *h = (struct nlmsghdr *)buffer;
		size_t left = got < 0 ? 0 : (size_t)got;

		if (got < 0)
			ret = -errno;
		for (; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left)) {
			if (h->nlmsg_type == NLMSG_ERROR) {
				ret = ((struct nlmsgerr *)NLMSG_DATA(h))->error;
				done = true;
			} else if (answer && h->nlmsg_len <= sizeof(*answer)) {
				memcpy(answer, h, h->nlmsg_len);
			}
		}
	}
	close(fd);
	return ret;
}

int netlink_request(int protocol, uint16_t type, const void *payload, unsigned payload_len,
		    const struct netlink_text *texts)
{
	struct message m;
	int ret = build(&m, type, payload, payload_len, texts);

	return ret ? ret : talk(protocol, &m, NULL);
}

/* The number that a family has got. */
static int genl_family(const char *name)
{
	const struct genlmsghdr head = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 };
	const struct netlink_text texts[] = { { CTRL_ATTR_FAMILY_NAME, name }, { 0, NULL } };
	struct message m, answer = { .head.nlmsg_len = 0 };
	int ret = build(&m, GENL_ID_CTRL, &head, sizeof(head), texts);
	size_t at = NLMSG_LENGTH(GENL_HDRLEN);

	if (!ret)
		ret = talk(NETLINK_GENERIC, &m, &answer);
	while (!ret && at + NLA_HDRLEN <= answer.head.nlmsg_len) {
		const struct nlattr *a = (struct nlattr *)((char *)&answer + at);

		if (a->nla_type == CTRL_ATTR_FAMILY_ID)
			return *(const uint16_t *)((const char *)a + NLA_HDRLEN);
		if (a->nla_len < NLA_HDRLEN)
			break;
		at += NLA_ALIGN(a->nla_len);
	}
	return ret ? ret : -ENOENT;
}

int genl_request(const char *family, uint8_t command, uint8_t version,
		 const struct netlink_text *texts)
{
	const struct genlmsghdr head = { .cmd = command, .version = version };
	int id = genl_family(family);

	return id < 0 ? id
		      : netlink_request(NETLINK_GENERIC, (uint16_t)id, &head, sizeof(head), texts);
}
