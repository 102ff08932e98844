// SPDX-License-Identifier: GPL-2.0-only
#include "boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "base/run.h"
#include "boots.h"
#include "guest/guest.h"
#include "kept.h"
#include "selftests/selftests.h"

#define MAX_BASE	(1u << 20)

/* What comes with the program: boot/config/base.config, boot/subjects, and the built probe. */
static int find_own(struct boot *b)
{
	char *dir = program_dir("MMAPCONV_PROBE", ".", "probe", "the boot's probe");

	b->own = program_dir("MMAPCONV_BOOT", "boot", "config/base.config", "the boot's subjects");
	b->probe = dir ? path_join(dir, "probe") : NULL;
	free(dir);
	return b->own && b->probe ? 0 : -ENOENT;
}

static int read_subjects(struct boot *b)
{
	char *dir = path_join(b->own, "subjects");
	int ret = boot_subjects_read(&b->subjects, dir);

	free(dir);
	return ret;
}

static int configure(struct boot *b)
{
	char *base = path_join(b->own, "config/base.config"), *why = NULL;
	const struct config_wish *w;
	struct strbuf text = { 0 };
	int ret = file_read(base, MAX_BASE, &text);

	if (ret)
		log_error("%s: cannot be read: %s", base, strerror(-ret));
	if (!ret) {
		ret = config_wishes_make(&b->wishes, text.s ? text.s : "", &b->subjects, &why);
		if (ret)
			log_error("%s or boot/subjects: %s", base, why);
	}
	if (!ret) {
		ret = config_apply(&b->wishes, &b->kernels.make, &why);
		if (ret && ret != -EINTR)
			log_error("%s: the kernel cannot be configured: %s", b->tree->root, why);
	}
	vec_each(w, &b->wishes)
		if (!ret && w->refused) {
			log_warn("CONFIG_%s=%s was asked for (%s), and the tree's kconfig does not take it", w->name, w->value,
				 w->of.items[0]);
			strlist_addf(&b->losses, "CONFIG_%s=%s was asked for (%s), and the tree's kconfig does not take it",
				     w->name, w->value, w->of.items[0]);
		}
	free(why);
	free(base);
	strbuf_free(&text);
	return ret;
}

/* Every patch that the inventory names, in the order of their numbers, each behind what it stands on. */
static int add_patches(struct boot *b)
{
	struct strlist order = { 0 };
	const struct hand_patch *p;
	const struct handler *h;
	char *error = NULL;
	size_t i, n;
	int ret = 0;

	vec_each(h, &b->inv->handlers)
		if (h->conversion.patch)
			strlist_add_once(&order, h->conversion.patch);
	vec_each(p, &b->inv->hand)	/* a fix, or a change of the core, may have no handler */
		if (p->patch)
			strlist_add_once(&order, p->patch);
	strlist_sort(&order);
	vec_each(h, &b->inv->handlers)
		*vec_push(&b->hashes) = boot_patch_hash(h, b->out);
	for (i = 0; !ret && i < order.nr; i++) {
		vec_each(h, &b->inv->handlers)
			if (h->conversion.patch && !strcmp(h->conversion.patch, order.items[i]))
				break;
		for (n = 0; !ret && h < b->inv->handlers.items + b->inv->handlers.nr && n < h->conversion.prerequisites.nr; n++)
			ret = kernels_add_patch(&b->kernels, b->out, h->conversion.prerequisites.items[n], &error);
		if (!ret)
			ret = kernels_add_patch(&b->kernels, b->out, order.items[i], &error);
		if (ret && error) {
			log_warn("%s: is not booted: %s", order.items[i], error);
			strlist_addf(&b->losses, "%s is not booted: %s", order.items[i], error);
			ret = 0;
		} else if (!ret) {
			strlist_add(&b->applied, order.items[i]);
		}
		free(error);
		error = NULL;
	}
	strlist_free(&order);
	return ret;
}

static int build(struct boot *b, const char *which)
{
	struct timespec t0, t1;
	char *why = NULL;
	int ret;

	log_note("building the kernel %s", which);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	ret = kernels_build(&b->kernels, b->opt->build_timeout_s, &why);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	if (ret && ret != -EINTR)
		log_error("the kernel %s cannot be built: %s", which, why ? why : strerror(-ret));
	else if (!ret)
		log_note("built in %ld s", (long)(t1.tv_sec - t0.tv_sec));
	free(why);
	return ret;
}

/* 0, or a negative errno after a message. */
static int enter(struct boot *b, const char *which)
{
	char *why = NULL;
	int ret = kernels_enter(&b->kernels, which, &why);

	if (ret && ret != -EINTR)
		log_error("%s", why);
	free(why);
	return ret;
}

/* 0, or a negative errno after a message. */
static int provide(struct boot *b)
{
	char *dir = path_join(b->own, "provider"), *whole = realpath(dir, NULL);
	int ret = whole ? kernels_provide(&b->kernels, whole) : 0;

	free(whole);
	free(dir);
	return ret;
}

/* The kernel as it is, its own tests for the guest, and what tools/testing/vma says of it. */
static int build_old(struct boot *b, const char *tests_dir, char **vma)
{
	struct kernels *k = &b->kernels;
	int ret = enter(b, k->old);

	if (!ret)
		ret = provide(b);
	if (!ret)
		ret = configure(b);
	if (!ret)
		ret = build(b, "as it is");
	if (!ret)
		ret = selftests_build(k, tests_dir, &b->tests, &b->losses);
	if (!ret)
		ret = selftests_vma(k, vma, &b->losses);
	kernels_leave(k, k->old);
	return ret;
}

/* The same with the patches, which stay in the folder of links from here on. */
static int build_new(struct boot *b, char **vma)
{
	struct kernels *k = &b->kernels;
	char *why = NULL;
	int ret = enter(b, k->new);

	if (!ret) {
		ret = kernels_patch_farm(k, &why);
		if (ret)
			log_error("%s", why);
	}
	if (!ret)
		ret = provide(b);
	if (!ret)
		ret = build(b, "with the patches");
	if (!ret)
		kernels_patched(k);
	if (!ret)
		ret = selftests_vma(k, vma, &b->losses);
	kernels_leave(k, k->new);
	free(why);
	return ret;
}

static void list_built(struct boot *b)
{
	struct strbuf old = { 0 }, new = { 0 };
	const struct handler *h;

	kernels_symbols(b->kernels.old, &old);
	kernels_symbols(b->kernels.new, &new);
	vec_each(h, &b->inv->handlers)
		if (kernels_has(b->kernels.old, h->file, h->function, &old) &&
		    (kernels_has(b->kernels.new, h->file, h->function, &new) ||
		     (h->conversion.new_name && kernels_has(b->kernels.new, h->file, h->conversion.new_name, &new))))
			strlist_add(&b->built, h->file);
	strlist_sort_once(&b->built);
	strbuf_free(&old);
	strbuf_free(&new);
}

/* What the function tracer is asked for: every handler's name, and its hook's. */
static void list_functions(const struct boot *b, struct strlist *functions)
{
	const struct handler *h;

	vec_each(h, &b->inv->handlers) {
		if (!strlist_has_sorted(&b->built, h->file))
			continue;
		strlist_add(functions, h->function);
		if (h->conversion.new_name)
			strlist_add(functions, h->conversion.new_name);
	}
	strlist_sort_once(functions);
}

static int initramfs(struct boot *b, const char *tests_dir)
{
	struct strlist functions = { 0 };
	struct guest_files files = { .probe = b->probe, .functions = &functions, .subjects = &b->subjects,
				     .selftests = tests_dir, .tests = &b->tests };
	int ret;

	list_functions(b, &functions);
	ret = guest_initramfs(b->kernels.dir, &files, &b->losses);
	strlist_free(&functions);
	return ret;
}

static void put_together(struct boot *b, const char *old_vma, const char *new_vma)
{
	size_t i;

	for (i = 0; i < b->losses.nr; i++)
		strlist_add(&b->result.losses, b->losses.items[i]);
	if (old_vma && new_vma && selftests_vma_worse(old_vma, new_vma))
		strlist_addf(&b->result.warnings, "tools/testing/vma: before \"%s\", with the patches \"%s\"", old_vma,
			     new_vma);
	boot_record(b->inv, &b->result);
}

int boot_run(struct boot *b)
{
	char *old_vma = NULL, *new_vma = NULL, *tests_dir = NULL;
	int ret = guest_tools() ? find_own(b) : -ENOENT;

	if (!ret)
		ret = read_subjects(b);
	if (!ret)
		ret = kernels_open(&b->kernels, b->tree, b->out, b->opt->jobs);
	if (!ret)
		ret = add_patches(b);
	if (!ret) {
		kept_sources(b->inv, b->tree->root, &b->sources);
		tests_dir = path_join(b->kernels.dir, "selftests");
		ret = build_old(b, tests_dir, &old_vma);
	}
	if (!ret)
		ret = build_new(b, &new_vma);
	if (!ret) {
		list_built(b);
		ret = initramfs(b, tests_dir);
	}
	if (!ret)
		ret = boots_run(b);
	if (!ret)
		put_together(b, old_vma, new_vma);
	free(tests_dir);
	free(old_vma);
	free(new_vma);
	return ret;
}

void boot_free(struct boot *b)
{
	boot_result_free(&b->result);
	boot_subjects_free(&b->subjects);
	config_wishes_free(&b->wishes);
	kernels_close(&b->kernels);
	strlist_free(&b->built);
	strlist_free(&b->applied);
	strlist_free(&b->hashes);
	strlist_free(&b->tests);
	strlist_free(&b->losses);
	strlist_free(&b->sources);
	free(b->own);
	free(b->probe);
}
