// SPDX-License-Identifier: GPL-2.0-only
/* The subject's prefix, of mail.h: from the file's history, or from its path. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/run.h"
#include "mail/mail.h"
#include "tree_git.h"

/*
 * Where a path leads to another prefix than the rule "last folders, then the file's stem".
 * %d: the folder behind the given one, or the file's stem; %s: the file's stem.
 */
static const struct { const char *under, *prefix; } habits[] = {
	{ "drivers/gpu/drm/", "drm/%d" },
	{ "drivers/gpu/", "gpu: %d" },
	{ "drivers/infiniband/hw/", "RDMA/%d" },
	{ "drivers/infiniband/core/", "RDMA/core" },
	{ "drivers/infiniband/", "RDMA/%d" },
	{ "drivers/media/", "media: %s" },
	{ "drivers/video/fbdev/", "fbdev: %d" },
	{ "drivers/staging/media/", "media: staging: %d" },
	{ "drivers/staging/", "staging: %d" },
	{ "drivers/net/", "net: %d" },
	{ "drivers/scsi/", "scsi: %d" },
	{ "drivers/char/", "%d" },
	{ "drivers/crypto/", "crypto: %d" },
	{ "drivers/hwtracing/", "%d" },
	{ "drivers/soc/", "soc: %d" },
	{ "drivers/firmware/", "firmware: %d" },
	{ "drivers/pci/", "PCI: %d" },
	{ "drivers/acpi/", "ACPI: %s" },
	{ "drivers/tee/", "tee" },
	{ "drivers/xen/", "xen/%d" },
	{ "drivers/hsi/", "HSI: %s" },
	{ "drivers/", "%f: %d" },
	{ "arch/powerpc/kvm/", "KVM: PPC" },
	{ "arch/x86/kvm/", "KVM: x86" },
	{ "arch/x86/kernel/cpu/", "x86/%d" },
	{ "arch/x86/", "x86/%s" },
	{ "arch/powerpc/platforms/cell/", "powerpc/%d" },
	{ "arch/powerpc/platforms/", "powerpc/%d" },
	{ "arch/arm/", "ARM: %d" },
	{ "arch/arc/", "ARC: %s" },
	{ "arch/um/", "um: %s" },
	{ "arch/", "%d/%s" },
	{ "fs/smb/", "smb: %d" },
	{ "fs/", "%d" },
	{ "sound/soc/", "ASoC: %d" },
	{ "sound/core/oss/", "ALSA: oss" },
	{ "sound/core/", "ALSA: core" },
	{ "sound/", "ALSA: %d" },
	{ "security/", "%d" },
	{ "kernel/events/", "perf/core" },
	{ "kernel/", "%d" },
	{ "mm/", "mm/%s" },
	{ "block/", "block" },
	{ "virt/kvm/", "KVM" },
	{ "net/", "%d" },
	{ "samples/", "samples/%d" },
};

static char *stem(const char *path)
{
	const char *base = path_base(path, strlen(path)), *dot = strrchr(base, '.');

	return xstrndup(base, dot ? (size_t)(dot - base) : strlen(base));
}

/* The first component of path, without an extension where it is the file. */
static char *component(const char *path)
{
	const char *slash = strchr(path, '/');

	return slash ? xstrndup(path, (size_t)(slash - path)) : stem(path);
}

char *mail_prefix_of_path(const char *file)
{
	struct strbuf b = { 0 };
	const char *p, *rest, *slash;
	char *s;
	size_t i;

	for (i = 0; i < sizeof(habits) / sizeof(*habits); i++)
		if (str_starts(file, habits[i].under))
			break;
	if (i == sizeof(habits) / sizeof(*habits))
		return component(file);
	rest = file + strlen(habits[i].under);
	for (p = habits[i].prefix; *p; p++) {
		if (*p != '%') {
			strbuf_add(&b, p, 1);
			continue;
		}
		slash = strchr(rest, '/');
		p++;
		/* %f takes a folder off, so that %d is what lies below it. */
		s = *p == 's' ? stem(file) : component(rest);
		strbuf_adds(&b, s);
		if (*p == 'f' && slash)
			rest = slash + 1;
		free(s);
	}
	/* drivers/foo.c alone, or "x: x" */
	s = strstr(b.s, ": ");
	if (s && strlen(s + 2) == (size_t)(s - b.s) && !strncmp(b.s, s + 2, (size_t)(s - b.s)))
		*s = '\0';
	return strbuf_detach(&b);
}

/* "a: b: text" -> "a: b"; NULL when what stands before the colon is no prefix. */
static char *prefix_of(const char *subject, size_t len)
{
	static const char *const not[] = { "treewide", "tree-wide", "Revert", "Merge", "Linux", NULL };
	const char *p = subject, *end = subject, *stop = subject + len, *q;
	size_t i;

	for (i = 0; not[i]; i++)
		if (str_starts(subject, not[i]))
			return NULL;
	for (;;) {
		for (q = p; q < stop && (isalnum((unsigned char)*q) || strchr("_-/.,+", *q)); q++)
			;
		if (q == p || stop - q < 2 || q[0] != ':' || q[1] != ' ')
			break;
		end = q;
		p = q + 2;
	}
	return end == subject ? NULL : xstrndup(subject, (size_t)(end - subject));
}

char *mail_prefix_of_history(const char *subjects)
{
	struct strlist found = { 0 };
	const char *p;
	char *one, *best = NULL;
	size_t i, j, nr, most = 1, len;

	for (p = subjects; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		one = prefix_of(p, len);
		if (one)
			strlist_add(&found, one);
		free(one);
	}
	/* One use proves nothing: in a shallow clone every file has the last commit for history. */
	for (i = 0; i < found.nr; i++) {
		for (nr = 0, j = 0; j < found.nr; j++)
			nr += !strcmp(found.items[i], found.items[j]);
		if (nr > most) {
			most = nr;
			best = found.items[i];
		}
	}
	best = best ? xstrdup(best) : NULL;
	strlist_free(&found);
	return best;
}

char *mail_prefix(const struct tree *t, const char *file)
{
	const char *const args[] = { "log", "-n", "30", "--no-merges", "--no-show-signature",
				     "--format=%s", "--", file, NULL };
	char *log = t->is_git ? tree_git(t, args) : NULL, *prefix = NULL;

	if (log)
		prefix = mail_prefix_of_history(log);
	free(log);
	return prefix ? prefix : mail_prefix_of_path(file);
}

struct prefixes {
	const struct tree *t;
	struct plan *p;
	char **prefix;			/* by job */
};

static int find_prefix(size_t i, void *ctx)
{
	struct prefixes *x = ctx;

	if (!x->p->jobs.items[i].error && !x->p->jobs.items[i].hand)
		x->prefix[i] = mail_prefix(x->t, x->p->jobs.items[i].h->file);
	return run_interrupted() ? -EINTR : 0;
}

/* Several jobs have the prefix: the subject names the handlers.  Caller frees. */
static char *named_hooks(const struct job *job)
{
	size_t nr = job->parts.nr;

	if (nr == 1)
		return xasprintf("%s hook", job->h->function);
	if (nr == 2)
		return xasprintf("%s and %s hooks", job->h->function, job->parts.items[1].h->function);
	return xasprintf("%s hook and %zu more", job->h->function, nr - 1);
}

int mail_subjects(const struct tree *t, struct plan *p, unsigned jobs)
{
	struct prefixes x = { .t = t, .p = p, .prefix = xcalloc(p->jobs.nr, sizeof(char *)) };
	int ret = run_parallel(p->jobs.nr, jobs, find_prefix, &x);
	unsigned same;
	char *hooks;
	size_t i, j;

	for (i = 0; i < p->jobs.nr; i++) {
		if (!x.prefix[i])
			continue;
		free(p->jobs.items[i].h->conversion.prefix);
		p->jobs.items[i].h->conversion.prefix = xstrdup(x.prefix[i]);
		for (same = 0, j = 0; j < p->jobs.nr; j++)
			same += x.prefix[j] && !strcmp(x.prefix[i], x.prefix[j]);
		hooks = same > 1 ? named_hooks(&p->jobs.items[i]) :
			xstrdup(p->jobs.items[i].parts.nr > 1 ? "mmap hooks" : "mmap hook");
		p->jobs.items[i].subject =
			xasprintf("%s: replace deprecated %s with mmap_prepare", x.prefix[i], hooks);
		free(hooks);
	}
	for (i = 0; i < p->jobs.nr; i++)
		free(x.prefix[i]);
	free(x.prefix);
	return ret;
}

static char *setting(const struct tree *t, const char *key)
{
	const char *const args[] = { "config", "--get", key, NULL };
	char *value = tree_git(t, args);

	if (value)
		value[strcspn(value, "\r\n")] = '\0';
	if (value && !*value) {
		free(value);
		value = NULL;
	}
	return value;
}

void mail_author(const struct tree *t, struct author *who)
{
	who->name = setting(t, "user.name");
	who->email = setting(t, "user.email");
	/* Half an identity is none: git would guess the rest from the machine's name. */
	if (who->name && who->email)
		return;
	mail_author_free(who);
	who->name = xstrdup("mmapconv");
	who->email = xstrdup(MAIL_NOBODY);
}

void mail_author_free(struct author *who)
{
	free(who->name);
	free(who->email);
	free(who->date);
	who->name = who->email = who->date = NULL;
}
