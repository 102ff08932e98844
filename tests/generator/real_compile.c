// SPDX-License-Identifier: GPL-2.0-only
/* A kernel's file as an object: kbuild's options, without what only a kernel can run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/run.h"
#include "real.h"

/*
 * Helpers that a compiler always puts into their callers: out of line, so that their calls are seen.
 * They are the kernel's own all the same.
 */
static const char prelude[] =
	"#include <linux/mm.h>\n#include <linux/fs.h>\n#include <linux/slab.h>\n"
	"#include <linux/atomic.h>\n#include <linux/refcount.h>\n#include <linux/kref.h>\n"
	"#include <linux/mutex.h>\n#include <linux/spinlock.h>\n#include <linux/bitops.h>\n"
	"#include <linux/list.h>\n"
	"#define REAL_OUT static __attribute__((__noinline__, __used__))\n"
	"#define REAL_1(type, name, a) REAL_OUT type real__##name(a x) { return name(x); }\n"
	"#define REAL_2(type, name, a, b) REAL_OUT type real__##name(a x, b y) { return name(x, y); }\n"
	"REAL_OUT void real__rcu_read_lock(void) { rcu_read_lock(); }\n"
	"REAL_OUT void real__rcu_read_unlock(void) { rcu_read_unlock(); }\n"
	"REAL_OUT struct task_struct *real__get_current(void) { return get_current(); }\n"
	"REAL_1(void, atomic_inc, atomic_t *)\nREAL_1(void, atomic_dec, atomic_t *)\n"
	"REAL_1(int, atomic_read, const atomic_t *)\nREAL_1(int, atomic_inc_return, atomic_t *)\n"
	"REAL_1(int, atomic_dec_return, atomic_t *)\nREAL_1(bool, atomic_dec_and_test, atomic_t *)\n"
	"REAL_1(bool, atomic_inc_not_zero, atomic_t *)\nREAL_2(void, atomic_set, atomic_t *, int)\n"
	"REAL_1(void, atomic64_inc, atomic64_t *)\nREAL_1(void, atomic64_dec, atomic64_t *)\n"
	"REAL_1(void, atomic_long_inc, atomic_long_t *)\n"
	"REAL_2(void, set_bit, long, volatile unsigned long *)\n"
	"REAL_2(void, clear_bit, long, volatile unsigned long *)\n"
	"REAL_2(bool, test_bit, unsigned long, const volatile unsigned long *)\n"
	"REAL_2(bool, test_and_set_bit, long, volatile unsigned long *)\n"
	"REAL_2(bool, test_and_clear_bit, long, volatile unsigned long *)\n"
	"REAL_1(pgprot_t, pgprot_noncached, pgprot_t)\n"
	"REAL_1(pgprot_t, pgprot_device, pgprot_t)\n"
	"REAL_1(pgprot_t, pgprot_decrypted, pgprot_t)\n"
	"REAL_1(pgprot_t, pgprot_encrypted, pgprot_t)\n"
	"REAL_1(loff_t, i_size_read, const struct inode *)\n";

static const char *const outside[] = {
	"atomic_inc",	    "atomic_dec",	 "atomic_read",		"atomic_inc_return",
	"atomic_set",	    "atomic_dec_return", "atomic_dec_and_test", "atomic_inc_not_zero",
	"atomic64_inc",	    "atomic64_dec",	 "atomic_long_inc",	"set_bit",
	"clear_bit",	    "test_bit",		 "test_and_set_bit",	"test_and_clear_bit",
	"pgprot_noncached", "pgprot_device",	 "pgprot_decrypted",	"pgprot_encrypted",
	"i_size_read",	    "rcu_read_lock",	 "rcu_read_unlock",	"get_current"
};

static bool is_dropped(const char *arg)
{
	static const char *const dropped[] = { "-fsanitize",
					       "-fno-sanitize",
					       "-pg",
					       "-mfentry",
					       "-fpatchable",
					       "-mretpoline",
					       "-mindirect",
					       "-fstack-protector",
					       "-mstack-protector",
					       "-mfunction-return",
					       "-mharden",
					       "-fcf-protection",
					       "-fcoverage",
					       "-fprofile",
					       "-fsyntax-only",
					       "-ftrivial-auto-var-init",
					       "-fzero-call",
					       "-W",
					       "-g" };
	size_t i;

	for (i = 0; i < sizeof(dropped) / sizeof(*dropped); i++)
		if (str_starts(arg, dropped[i]))
			return true;
	return false;
}

static int write_source(const char *path, const char *root, const char *file,
			const struct strlist *functions, bool out_of_line)
{
	static const char *const cells[] = { "vm_start",	"vm_end",	"vm_pgoff",
					     "vm_flags",	"vm_page_prot", "vm_ops",
					     "vm_private_data", "vm_file",	"vm_mm" };
	struct strbuf b = { 0 };
	size_t i;
	int ret;

	if (out_of_line) {
		strbuf_adds(&b, prelude);
		for (i = 0; i < sizeof(outside) / sizeof(*outside); i++)
			strbuf_addf(&b, "#undef %s\n#define %s(...) real__%s(__VA_ARGS__)\n",
				    outside[i], outside[i], outside[i]);
	}
	strbuf_addf(&b, "#include \"%s/%s\"\n#include <linux/mm_types.h>\n", root, file);
	strbuf_adds(&b, "const unsigned long real_layout[] = { sizeof(struct vm_area_struct)");
	for (i = 0; i < sizeof(cells) / sizeof(*cells); i++)
		strbuf_addf(&b, ", __builtin_offsetof(struct vm_area_struct, %s)", cells[i]);
	strbuf_adds(&b, " };\n");
	/* Of what nobody refers to in this configuration nothing would be left. */
	for (i = 0; i < functions->nr; i++)
		strbuf_addf(&b, "void *const real_kept_%zu = (void *)%s;\n", i,
			    functions->items[i]);
	ret = file_write_atomic(path, b.s, b.len);
	strbuf_free(&b);
	return ret;
}

/* One run of clang with the file's options; the last of `more` is NULL. */
static int clang(const struct compile_command *command, const char *const *more, char **why)
{
	static const char *const ours[] = { "-ffunction-sections", "-fcf-protection=none",
					    "-fno-stack-protector", "-w" };
	VEC(const char *) argv = { 0 };
	struct run_result res;
	struct run_request req = { .cwd = command->cwd, .timeout_s = 120 };
	const char *error;
	size_t i;
	int ret;

	*vec_push(&argv) = "clang-19";
	for (i = 0; i < command->clang_args.nr; i++)
		if (!is_dropped(command->clang_args.items[i]))
			*vec_push(&argv) = command->clang_args.items[i];
	for (i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		*vec_push(&argv) = ours[i];
	for (i = 0; more[i]; i++)
		*vec_push(&argv) = more[i];
	*vec_push(&argv) = NULL;
	req.argv = argv.items;
	ret = run(&req, &res);
	if (!ret && res.exit_code)
		ret = -EINVAL;
	if (ret) {
		error = res.err.s ? strstr(res.err.s, "error: ") : NULL;
		free(*why);
		*why = xasprintf("clang: %.*s", error ? (int)strcspn(error, "\n") : 20,
				 error ? error : "failed");
	}
	run_result_free(&res);
	vec_free(&argv);
	return ret;
}

/* Is it one of the groups of attributes of functions that are always put into their callers? */
static bool is_always_inline(const char *text, const char *group, size_t len)
{
	char *head = xasprintf("\nattributes %.*s = {", (int)len, group);
	const char *at = strstr(text, head), *end;

	free(head);
	if (!at)
		return false;
	at++;
	end = strchr(at, '\n');
	at = strstr(at, "alwaysinline");
	return at && (!end || at < end);
}

/*
 * LLVM drops arguments that a static function does not use; a function that others can call keeps
 * them.  So all are made such, in the text of what is not optimised yet.
 */
static int open_functions(const char *path)
{
	static const char internal[] = "define internal ";
	struct strbuf text = { 0 }, b = { 0 };
	const char *p, *end, *group;
	int ret = file_read(path, 256 << 20, &text);

	for (p = text.s; !ret && p && *p; p = end) {
		end = strchr(p, '\n');
		end = end ? end + 1 : p + strlen(p);
		if (str_starts(p, internal)) {
			for (group = end; group > p && *group != '#'; group--)
				;
			if (group > p &&
			    !is_always_inline(text.s, group, strspn(group, "#0123456789"))) {
				strbuf_adds(&b, "define ");
				p += strlen(internal);
			}
		}
		strbuf_add(&b, p, (size_t)(end - p));
	}
	if (!ret)
		ret = file_write_atomic(path, b.s, b.len);
	strbuf_free(&text);
	strbuf_free(&b);
	return ret;
}

static int compile(const struct compile_command *command, const char *source, const char *between,
		   const char *object, char **why)
{
	/* What is checked at compile time would need the inlining. */
	const char *const first[] = { "-fno-inline", "-D__error__=annotate",
				      "-emit-llvm",  "-S",
				      "-Xclang",     "-disable-llvm-passes",
				      source,	     "-o",
				      between,	     NULL };
	const char *const second[] = {
		"-mllvm", "-funcspec-max-iters=0", "-c", "-x", "ir", between, "-o", object, NULL
	};
	int ret = clang(command, first, why);

	if (!ret)
		ret = open_functions(between);
	return ret ? ret : clang(command, second, why);
}

int real_compile(const struct compile_command *command, const char *root, const char *file,
		 const struct strlist *functions, const char *scratch, const char *object,
		 char **why)
{
	char *source = path_join(scratch, "real.c"), *made = path_join(scratch, "real.o");
	char *between = path_join(scratch, "real.ll");
	const char *const plain[] = { "-c", source, "-o", made, NULL };
	int ret = write_source(source, root, file, functions, true);

	if (!ret)
		ret = compile(command, source, between, made, why);
	/* Then with everything where the compiler puts it. */
	if (ret) {
		ret = write_source(source, root, file, functions, false);
		if (!ret)
			ret = clang(command, plain, why);
	}
	if (!ret && rename(made, object))
		ret = -errno;
	free(source);
	free(between);
	free(made);
	return ret;
}
