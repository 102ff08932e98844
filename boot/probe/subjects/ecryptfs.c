// SPDX-License-Identifier: GPL-2.0-only
/* eCryptfs: a file whose pages are those of a lower file, encrypted with a key in our keyring. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "file.h"

#define BASE "/tmp/ecryptfs"
#define SIGNATURE "0123456789abcdef"

/* struct ecryptfs_auth_tok of the kernel, with a password. */
struct token {
	uint16_t version, type;
	uint32_t flags;
	struct {
		uint32_t flags, encrypted_size, decrypted_size;
		uint8_t encrypted[512], decrypted[64];
	} session_key;
	uint8_t reserved[32];
	struct {
		uint32_t password_bytes;
		int32_t hash;
		uint32_t iterations, key_bytes, flags;
		uint8_t key[64], signature[17], salt[8];
	} password;
	uint8_t rest[256]; /* of the union's other member, or more */
} __attribute__((packed));

static int add_key(void)
{
	struct token t;

	memset(&t, 0, sizeof(t));
	t.version = 0x0004;
	t.password.key_bytes = 64;
	t.password.flags = 2; /* the key is there, nothing is to be derived */
	memset(t.password.key, 0x5a, sizeof(t.password.key));
	memcpy(t.password.signature, SIGNATURE, sizeof(t.password.signature));
	/* -4: the user's keyring, which all of our processes have. */
	if (syscall(SYS_add_key, "user", SIGNATURE, &t, sizeof(t), -4) < 0)
		return why(-errno, "add_key: %m");
	/* Linked to the session's, where request_key() looks. */
	return syscall(SYS_keyctl, 8 /* KEYCTL_LINK */, -4, -3) < 0 ? why(-errno, "KEYCTL_LINK: %m")
								    : 0;
}

static int prepare(void)
{
	int ret = mount_at("none", BASE, "tmpfs", NULL);

	if (!ret)
		ret = make_dir(BASE "/lower");
	if (!ret)
		ret = add_key();
	if (!ret)
		ret = mount_at(BASE "/lower", BASE "/at", "ecryptfs",
			       "ecryptfs_sig=" SIGNATURE
			       ",ecryptfs_cipher=aes,ecryptfs_key_bytes=16");
	return ret;
}

static void finish(void)
{
	file_unmount(BASE "/at");
	file_unmount(BASE);
}

static int open_file(struct opened *o)
{
	return file_open(o, BASE "/at/file");
}

static const struct subject ecryptfs = {
	.name = "ecryptfs",
	.prepare = prepare,
	.open = open_file,
	.finish = finish,
};

const struct subject *const family_ecryptfs[] = { &ecryptfs, NULL };
