/* SPDX-License-Identifier: GPL-2.0-only */
/* For test_reports_*.c: inventories to report on, a scratch folder, what was said on stderr. */
#ifndef MMAPCONV_TESTS_REPORTS_FIXTURE_H
#define MMAPCONV_TESTS_REPORTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "inventory.h"

static char *scratch;		/* a folder of this test program */

static inline int scratch_make(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	scratch = xasprintf("%s/mmapconv-reports-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	return mkdtemp(scratch) ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
	(void)state;
	file_remove_tree(scratch);
	free(scratch);
	return 0;
}

static inline char *read_whole(const char *path)
{
	struct strbuf b = { 0 };

	assert_int_equal(file_read(path, 64u << 20, &b), 0);
	return strbuf_detach(&b);
}

static inline void write_whole(const char *path, const char *data, size_t len)
{
	FILE *f;

	/* A new file each time: some file systems wait for the disk when an old one is emptied. */
	unlink(path);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* Run an expression and return what it said on stderr; caller frees. */
#define SAID(expression) ({							\
	int saved_ = said_begin();						\
	expression;								\
	said_end(saved_);							\
})

static inline int said_begin(void)
{
	char *path = path_join(scratch, "stderr");
	int fd, saved;

	unlink(path);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	fflush(stderr);
	saved = dup(STDERR_FILENO);
	dup2(fd, STDERR_FILENO);
	close(fd);
	free(path);
	return saved;
}

static inline char *said_end(int saved)
{
	char *path = path_join(scratch, "stderr"), *text;

	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	text = read_whole(path);
	free(path);
	return text;
}

static inline void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static inline void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" is in:\n%s", part, text);
}

/* A contract of one path without conditions. */
static inline void set_contract(struct handler *h)
{
	struct contract_path *p = vec_push(&h->contract.paths);

	p->result = xstrdup("0");
	p->line = 12;
	h->contract.complete = true;
}

/* A parsed handler of tier 1 with one instance and a contract; the outcome is the verdict's. */
static inline struct handler *add_handler(struct inventory *inv, const char *file,
					  const char *function, const char *class_name,
					  const char *verdict)
{
	struct handler *h = vec_push(&inv->handlers);
	bool unknown = !strcmp(verdict, "unknown");

	h->id = xasprintf("%s:%s", file, function);
	h->file = xstrdup(file);
	h->line = 10;
	h->function = xstrdup(function);
	h->interface = xstrdup("file_operations.mmap");
	h->tier = 1;
	*vec_push(&h->instances) = (struct instance){
		xasprintf("%s_fops", function), xstrdup(file), 20, xstrdup("static"), true,
		xstrdup("file_operations.mmap"), false,
	};
	h->arch = unknown ? NULL : xstrdup("x86_64");
	h->parse = xstrdup(unknown ? "failed" : "full");
	h->class_name = xstrdup(class_name);
	h->verdict = xstrdup(verdict);
	h->outcome = xstrdup(unknown ? "unparsed" : verdict);
	if (!unknown)
		set_contract(h);
	return h;
}

static inline void set_text(char **where, const char *value)
{
	free(*where);
	*where = value ? xstrdup(value) : NULL;
}

static inline void set_converted(struct handler *h, const char *patch)
{
	set_text(&h->outcome, "converted");
	h->conversion.patch = xstrdup(patch);
	h->conversion.new_name = xasprintf("%s_prepare", h->function);
	strlist_add(&h->conversion.files, h->file);
	strlist_add(&h->conversion.rules, "signature");
	*vec_push(&h->conversion.checks) = (struct check){
		xstrdup("compile"), xstrdup("ok"), xstrdup("x86_64, no new warning"),
	};
	*vec_push(&h->conversion.checks) = (struct check){
		xstrdup("checkpatch"), xstrdup("not-run"), NULL,
	};
}

static inline void set_failed(struct handler *h, const char *stage, const char *message)
{
	set_text(&h->outcome, "failed");
	h->conversion.stage = xstrdup(stage);
	h->conversion.message = xstrdup(message);
}

static inline void set_booted(struct handler *h, unsigned requests)
{
	h->boot.verdict = xstrdup("same");
	h->boot.reached = true;
	h->boot.requests = requests;
	h->boot.patch = xstrdup("0123456789abcdef");
}

/* What was the same is no more; with a kind, the proof announced it. */
static inline void add_boot_difference(struct handler *h, const char *kind)
{
	struct boot_difference *d = kind ? vec_push(&h->boot.expected) : vec_push(&h->boot.differences);

	if (!kind)
		set_text(&h->boot.verdict, "differs");
	*d = (struct boot_difference){
		xstrdup("eta"), xstrdup("shared rw all"), xstrdup("VmFlags"), xstrdup("rd wr"), xstrdup("rd wr dd"),
		kind ? xstrdup(kind) : NULL, xstrdup("eta: shared rw all: VmFlags: old \"rd wr\", new \"rd wr dd\""),
	};
}

static inline void add_reason(struct handler *h, const char *code, unsigned line, const char *text)
{
	*vec_push(&h->reasons) = (struct reason){ xstrdup(code), line, xstrdup(text) };
}

static inline void add_problem(struct inventory *inv, const char *file, unsigned line,
			       const char *stage, const char *text)
{
	*vec_push(&inv->problems) = (struct problem){
		xstrdup(file), line, xstrdup(stage), xstrdup(text),
	};
}

static inline struct hand_patch *add_hand_patch(struct inventory *inv, const char *name, const char *kind, const char *state)
{
	struct hand_patch *p = vec_push(&inv->hand);

	p->name = xstrdup(name);
	p->kind = xstrdup(kind);
	p->state = xstrdup(state);
	p->subject = xasprintf("%s: a subject", name);
	p->release = xstrdup("7.3.4");
	strlist_add(&p->files, "drivers/g/eta.c");
	strlist_add(&p->archs, "x86_64");
	*vec_push(&p->checks) = (struct check){ xstrdup("compile"), xstrdup("ok"), xstrdup("x86_64") };
	return p;
}

/* A fix, the conversion of h that stands on it, and a change of the core that failed. */
static inline void add_hand(struct inventory *inv, const struct handler *h)
{
	struct hand_patch *p = add_hand_patch(inv, "0001-eta-fix", "fix", "applied");

	p->patch = xstrdup("patches/0001-eta-fix.patch");
	strlist_add(&p->questions, "Is it for stable?");
	p = add_hand_patch(inv, "0002-eta", "conversion", "applied");
	p->patch = xstrdup(h->conversion.patch);
	p->class_name = xstrdup("mixedmap");
	strlist_add(&p->handlers, h->id);
	strlist_add(&p->rules, "R2");
	strlist_add(&p->prerequisites, "0001-eta-fix");
	strlist_add(&p->differences, "It <is> another one.");
	p = add_hand_patch(inv, "0003-core", "core", "failed");
	p->stage = xstrdup("apply");
	p->message = xstrdup("git am does not take it: it does not apply at mm/vma.c:12");
}

static inline void start_inventory(struct inventory *inv)
{
	memset(inv, 0, sizeof(*inv));
	inv->schema = xstrdup(INVENTORY_SCHEMA);
	inv->tool_version = xstrdup("0.1");
	inv->libclang_version = xstrdup("19.1.7");
	inv->tree_version = xstrdup("7.3.4");
}

/* Every field is used, every outcome occurs, and the handlers are in order. */
static inline void make_inventory(struct inventory *inv)
{
	struct handler *h;

	start_inventory(inv);
	inv->spatch_version = xstrdup("1.1.1");
	strlist_add(&inv->api, "mmap_prepare");
	strlist_add(&inv->api, "mapped");
	strlist_add(&inv->api_missing, "error_hook");
	inv->files_searched = 60000;
	inv->candidates = 199;
	inv->nr_parsed = 2;
	inv->parsed = xcalloc(2, sizeof(*inv->parsed));
	inv->parsed[0].arch = xstrdup("arm64");
	inv->parsed[0].partial = 3;
	inv->parsed[1].arch = xstrdup("x86_64");
	inv->parsed[1].full = 150;
	inv->parsed[1].failed = 2;

	h = add_handler(inv, "drivers/a/alpha.c", "alpha_mmap", "remap", "auto");
	set_converted(h, "patches/0001-alpha.patch");
	strlist_add(&h->conversion.differences, "R28: a message about a failed remap is gone");
	*vec_push(&h->definitions) = (struct definition){
		xstrdup(h->file), 10, xstrdup("CONFIG_MMU"), false,
	};
	*vec_push(&h->definitions) = (struct definition){
		xstrdup(h->file), 31, xstrdup("!CONFIG_MMU"), true,
	};
	strlist_add(&h->declarations, "drivers/a/alpha.h:7");
	strlist_add(&h->patterns, "remap");
	strlist_add(&h->flags_set, "VM_IO");
	strlist_add(&h->flags_cleared, "VM_MAYWRITE");
	strlist_add(&h->contract.paths.items[0].guards, "11: size <= dev->size");
	strlist_add(&h->contract.paths.items[0].effects, "12: sets VM_IO");
	set_booted(h, 212);
	h->boot.unstable = 3;
	add_boot_difference(h, "merge-after-hook");

	h = add_handler(inv, "drivers/b/beta.c", "beta_mmap", "stateful", "assisted");
	strlist_add(&h->state, "count: users");
	strlist_add(&h->callers, "drivers/b/other.c:9");
	*vec_push(&h->companions) = (struct companion){ xstrdup("b_check"), 5, xstrdup("helper") };
	*vec_push(&h->companions) = (struct companion){ xstrdup("b_open"), 7, xstrdup("open") };
	h->vm_ops = xstrdup("beta_vm_ops");
	add_reason(h, "R1", 14, "users is counted up in the handler.");
	add_reason(h, "R5", 0, "It calls open by hand.");
	h->contract.complete = false;
	h->contract.more_paths = 3;
	set_text(&h->contract.paths.items[0].result, "what foo() returns");
	h->contract.paths.items[0].unmodelled = xstrdup("a loop whose variables do not settle");
	*vec_push(&h->contract.unmodelled) = (struct contract_gap){
		14, xstrdup("a loop whose variables do not settle"),
	};
	*vec_push(&h->contract.unmodelled) = (struct contract_gap){ 0, xstrdup("assembly") };
	set_text(&h->instances.items[0].how, "macro:BETA_FOPS");
	h->instances.items[0].confirmed = false;

	h = add_handler(inv, "drivers/c/gamma.c", "gamma_mmap", "delegate", "core");
	h->instances.items[0].confirmed = false;
	h->instances.items[0].unread = true;
	strlist_add(&h->needs, "dma_mmap_prepare");
	strlist_add(&h->needs, "vb2_mmap_prepare");
	add_reason(h, "no-action", 3, "dma_mmap_coherent() wants a vma.");
	h = add_handler(inv, "drivers/c/second.c", "second_mmap", "delegate", "core");
	strlist_add(&h->needs, "vb2_mmap_prepare");
	add_reason(h, "no-action", 3, "vb2_mmap() wants a vma.");

	h = add_handler(inv, "drivers/d/delta.c", "delta_mmap", "flags", "none");
	add_reason(h, "dead", 0, "Nothing installs it.");
	h = add_handler(inv, "drivers/e/epsilon.c", "epsilon_mmap", "remap", "auto");
	set_failed(h, "compile", "drivers/e/epsilon.c:12:3: error: no member named x");
	add_handler(inv, "drivers/f/zeta.c", "zeta_mmap", "unknown", "unknown");
	h = add_handler(inv, "drivers/g/eta.c", "eta_mmap", "mixedmap", "assisted");
	set_text(&h->outcome, "hand");
	h->conversion.patch = xstrdup("patches/hand/eta.patch");
	add_hand(inv, h);
	set_booted(h, 4);
	add_boot_difference(h, NULL);
	strlist_add(&h->boot.warnings, "WARNING in vma_mapped()");
	add_handler(inv, "fs/theta.c", "theta_mmap", "generic", "auto");

	h = add_handler(inv, "sound/iota.c", "iota_mmap", "dma", "core");
	set_text(&h->class_name, "remap");
	strlist_add(&h->needs, "snd_pcm_ops.mmap_prepare");
	h->contract.complete = false;
	*vec_push(&h->contract.unmodelled) = (struct contract_gap){ 7, xstrdup("assembly") };
	h->tier = 2;
	set_text(&h->interface, "snd_pcm_ops.mmap");
	set_text(&h->instances.items[0].interface, "snd_pcm_ops.mmap");
	set_text(&h->parse, "partial");
	strlist_add(&h->reached_from, "sound/core.c:core_mmap");

	*vec_push(&inv->fields) = (struct vma_field){
		xstrdup("file_operations.mmap"), xstrdup("include/linux/fs.h"), 30, xstrdup("tier-1"), NULL, 9, 0,
	};
	*vec_push(&inv->fields) = (struct vma_field){
		xstrdup("rmap_walk_control.rmap_one"), xstrdup("include/linux/rmap.h"), 9, xstrdup("excluded"),
		xstrdup("rmap: no callback of mmap"), 0, 0,
	};
	*vec_push(&inv->fields) = (struct vma_field){
		xstrdup("snd_pcm_ops.mmap"), xstrdup("include/sound/pcm.h"), 77, xstrdup("tier-2"), NULL, 1, 1,
	};

	add_problem(inv, "", 0, "search", "one folder could not be read");
	add_problem(inv, "drivers/f/zeta.c", 0, "parse", "libclang was ended after 60 s.");
	add_problem(inv, "drivers/z.c", 5, "flags", "no flags: the fallback was used.");
	strlist_add(&inv->disagreements, "drivers/b/beta.c:20: the text sees a table, libclang none");
}

#endif
