/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests of convert_handlers(): a small tree, a folder for what it writes, and rules of our own;
 * handlers are added to the tree and to the inventory, as a scan would list them.
 */
#ifndef MMAPCONV_TEST_CONVERT_FIXTURE_H
#define MMAPCONV_TEST_CONVERT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "convert.h"

/* Just enough: pgoff, vm_ops, the signature, tables; refuses what is left of the vma. */
static const char rule[] =
	"/// The test's own.\n// What: x\n// When: x\n// Limits: x\n// Confidence: High\n// Needs: mmap_prepare\n"
	"@initialize:python@\n@@\nimport sys\n\n"
	"@def@\nidentifier virtual.handler;\nidentifier F, V;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V) { ... }\n\n"
	"@body@\nidentifier virtual.handler;\nidentifier F, V;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V)\n{\n<...\n- V->vm_pgoff\n+ desc->pgoff\n...>\n}\n\n"
	"@drop@\nidentifier virtual.handler;\nidentifier F, V;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V)\n{\n<...\n- drop_me(V);\n...>\n}\n\n"
	"@left@\nidentifier virtual.handler;\nidentifier F, V;\nposition p;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V)\n{\n<+... V@p ...+>\n}\n\n"
	"@script:python@\np << left.p;\n@@\n"
	"sys.stderr.write('refused: the vma is used (line 7)\\n')\nsys.stderr.flush()\nsys.exit(3)\n\n"
	"@sig@\nidentifier virtual.handler;\nidentifier virtual.newname;\nidentifier F, V;\n@@\n"
	"- handler\n+ newname\n  (\n- struct file *F, struct vm_area_struct *V\n+ struct vm_area_desc *desc\n  ) { ... }\n\n"
	"@ops@\nidentifier virtual.handler;\nidentifier virtual.newname;\nidentifier f;\n@@\n"
	"struct file_operations f = { ...,\n- .mmap\n+ .mmap_prepare\n  =\n- handler\n+ newname\n  , ... };\n";

static const char header[] =
	"struct file; struct vm_area_struct { unsigned long vm_pgoff; const void *vm_ops; };\n"
	"struct vm_area_desc { unsigned long pgoff; const void *vm_ops; };\n"
	"struct file_operations {\n\tint (*open)(void);\n"
	"\tint (*mmap)(struct file *, struct vm_area_struct *);\n"
	"\tint (*mmap_prepare)(struct vm_area_desc *);\n};\n"
	"void drop_me(struct vm_area_struct *);\nvoid keep(const void *);\n";

static char *top;
static struct tree tree;
static struct inventory inv;
static struct convert_options opt;

static inline void put(const char *name, const char *text)
{
	char *path = path_join(top, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

static inline char *get(const char *name)
{
	char *path = path_join(top, name);
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	if (file_read(path, 1 << 20, &b)) {
		strbuf_free(&b);
		b.s = NULL;
	}
	free(path);
	return b.s;
}

static inline int setup(void **s)
{
	const char *tmp = getenv("TMPDIR");
	char *path = xasprintf("%s/mmapconv-convert-XXXXXX", tmp && *tmp ? tmp : "/tmp");

	(void)s;
	if (!mkdtemp(path))
		return -1;
	top = realpath(path, NULL);
	free(path);
	log_set_quiet(true);
	memset(&tree, 0, sizeof(tree));
	memset(&inv, 0, sizeof(inv));
	tree.root = path_join(top, "tree");
	tree.version = xstrdup("7.3.0");
	tree.api[API_MMAP_PREPARE] = true;
	opt = (struct convert_options){ .jobs = 2 };
	opt.out = path_join(top, "out");
	opt.rules_dir = path_join(top, "rules");
	put("out/keep", "");
	put("rules/ORDER", "# the rules\nall.cocci\nlater.cocci\n");
	put("rules/all.cocci", rule);
	put("rules/later.cocci", "/// Later.\n// What: x\n// When: x\n// Limits: x\n// Confidence: High\n"
	    "// Needs: mmap_prepare error_hook\nthis is no SmPL\n");
	put("rules/macros.h", "");
	put("tree/fs.h", header);
	put("tree/Makefile", "");
	return 0;
}

static inline int teardown(void **s)
{
	(void)s;
	inventory_free(&inv);
	free(tree.root);
	free(tree.version);
	free((char *)opt.out);
	free((char *)opt.rules_dir);
	file_remove_tree(top);
	free(top);
	return 0;
}

static inline struct handler *add_handler(const char *file, const char *function)
{
	struct handler *h = vec_push(&inv.handlers);
	struct instance *i;
	struct definition *d;

	h->id = xasprintf("%s:%s", file, function);
	h->file = xstrdup(file);
	h->line = 2;
	h->function = xstrdup(function);
	h->tier = 1;
	h->verdict = xstrdup("auto");
	h->outcome = xstrdup("auto");
	h->arch = xstrdup("x86_64");
	i = vec_push(&h->instances);
	*i = (struct instance){ .name = xstrdup("ops"), .file = xstrdup(file), .line = 6,
				.how = xstrdup("static"), .confirmed = true };
	d = vec_push(&h->definitions);
	*d = (struct definition){ .file = xstrdup(file), .line = 2, .condition = xstrdup("") };
	return h;
}

/* A driver with one handler per name. */
static inline void put_driver(const char *file, const char *const *names, const char *body)
{
	struct strbuf b = { 0 };
	char *path = path_join("tree", file);

	strbuf_adds(&b, "#include \"fs.h\"\n");
	for (; *names; names++)
		strbuf_addf(&b, "static int %s(struct file *file, struct vm_area_struct *vma)\n{\n%s"
			    "\treturn vma->vm_pgoff ? -22 : 0;\n}\n\n"
			    "const struct file_operations %s_ops = {\n\t.mmap\t\t= %s,\n};\n\n",
			    *names, body, *names, *names);
	put(path, b.s);
	free(path);
	strbuf_free(&b);
}

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static inline bool all(const struct handler *h, void *ctx)
{
	return !ctx || !strcmp(h->function, ctx);
}

static inline int convert(void)
{
	return convert_handlers(&tree, NULL, &inv, &opt, all, NULL);
}

static inline unsigned patches(void)
{
	char *dir = path_join(opt.out, "patches");
	struct dirent *e;
	unsigned nr = 0;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d)))
		nr += str_ends(e->d_name, ".patch");
	if (d)
		closedir(d);
	free(dir);
	return nr;
}

static inline void want(const struct handler *h, const char *outcome, const char *stage, const char *text)
{
	if (strcmp(h->outcome, outcome))
		fail_msg("%s: %s, not %s: %s", h->id, h->outcome, outcome, h->conversion.message);
	if (stage) {
		assert_string_equal(h->conversion.stage, stage);
		if (!strstr(h->conversion.message, text))
			fail_msg("\"%s\" is not in \"%s\"", text, h->conversion.message);
		assert_null(h->conversion.patch);
	} else {
		assert_null(h->conversion.stage);
		assert_non_null(h->conversion.patch);
	}
}

static inline char *patch_of(const struct handler *h)
{
	char *name = path_join("out", h->conversion.patch), *text = get(name);

	free(name);
	assert_non_null(text);
	return text;
}

static inline void want_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

#endif
