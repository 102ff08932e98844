// SPDX-License-Identifier: GPL-2.0-only
#include "tree/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* Options that write a file, or make the compiler load or run something; `*` ends a prefix. */
static const char *const never[] = {
	"-c", "-S", "-E", "-M", "-MM", "-MD", "-MMD", "-MP", "-MG", "-Wp,-M*", "-save-temps*",
	"-fplugin*", "-specs*", "--specs*", "-B*", "-ftime-trace*", "-gsplit-dwarf*", "@*", "-###",
	"-fdump-*", "-pipe", "-fsyntax-only",
};
/* The same, with a value in the next word. */
static const char *const never_pair[] = {
	"-o", "-MF", "-MT", "-MQ", "-wrapper", "-Xclang", "-dumpdir", "-dumpbase",
};

/* What libclang needs of a gcc command: all that decides what the source means. */
static const char *const gcc_kept[] = {
	"-I*", "-D*", "-U*", "-nostdinc", "-std=*", "-O*", "-ansi",
	"-ffreestanding", "-fno-builtin*", "-fshort-wchar", "-fshort-enums", "-fsigned-char",
	"-funsigned-char", "-fms-extensions", "-fwrapv", "-fno-strict-aliasing", "-fno-common",
	"-fstrict-flex-arrays*", "-fno-strict-overflow", "-fno-delete-null-pointer-checks",
	"-m16", "-m32", "-m64", "-mbig-endian", "-mlittle-endian", "-EL", "-EB", "-march=*",
	"-marm", "-mthumb", "-mabi=*", "-mgeneral-regs-only", "-msoft-float", "-mno-sse*",
	"-mno-mmx", "-mno-avx*", "-mno-80387", "-mno-red-zone", "-mcmodel=kernel", "-mno-abicalls",
	"-m68*", "-mbackchain", "-mno-altivec", "-mno-vsx",
};
static const char *const gcc_kept_pair[] = {
	"-include", "-imacros", "-isystem", "-iquote", "-idirafter", "-I", "-D", "-U",
};
/*
 * What libclang must not see of a clang command: what it would read or write, and what is put into the
 * code without a change of its meaning.  Kernel files differ in the latter (KASAN_SANITIZE := n), and
 * one precompiled header has to serve them.
 */
static const char *const clang_dropped[] = { "-Wp,*", "-g*", "-frandomize-layout-seed*", "-fsanitize*",
	"-fno-sanitize*", "-fprofile*", "-ftest-coverage", "-fdebug-*", "-fbasic-block-*", "-fpatchable-*",
	"-pg", "-mfentry", "-falign-*", "-fstack-protector*", "-fno-stack-protector*",
	"-mstack-protector-*" };
static const char *const clang_dropped_pair[] = { "-mllvm" };
/* Macros by which headers ask for dropped options. */
static const struct { const char *option, *define; } told[] = {
	{ "-fsanitize=kernel-address", "-D__SANITIZE_ADDRESS__" },
	{ "-fsanitize=kernel-hwaddress", "-D__SANITIZE_HWADDRESS__" },
	{ "-fsanitize=thread", "-D__SANITIZE_THREAD__" },
};
/* gcc's built-in functions that arc's headers call and clang does not know. */
static const char *const arc_builtins[] = {
	"-D__builtin_arc_fls(x)=((int)(x))", "-D__builtin_arc_lr(x)=((unsigned int)(x))",
	"-D__builtin_arc_sr(v,r)=((void)(v),(void)(r))",
};
/* A path follows, in the word or as the next one. */
static const char *const path_options[] = {
	"-include", "-imacros", "-isystem", "-iquote", "-idirafter", "-I",
};

#define IN(list, word) in_list(list, sizeof(list) / sizeof(*(list)), word)

static bool in_list(const char *const *list, size_t nr, const char *word)
{
	size_t i, len;

	for (i = 0; i < nr; i++) {
		len = strlen(list[i]);
		if (list[i][len - 1] == '*' ? !strncmp(list[i], word, len - 1)
					    : !strcmp(list[i], word))
			return true;
	}
	return false;
}

struct compile_command *command_new(const char *file, enum flags_source source, const char *cwd)
{
	struct compile_command *c = xcalloc(1, sizeof(*c));

	c->file = xstrdup(file);
	c->source = source;
	c->cwd = xstrdup(cwd);
	return c;
}

void command_free(struct compile_command *c)
{
	if (!c)
		return;
	strlist_free(&c->clang_args);
	strlist_free(&c->argv);
	free(c->cwd);
	free(c->file);
	free(c);
}

void command_argv(struct compile_command *c, const struct strlist *words, const char *source)
{
	size_t i;

	for (i = 0; i < words->nr; i++) {
		const char *word = words->items[i];

		if (i && IN(never_pair, word)) {
			i++;
			continue;
		}
		/* gcc takes a value glued to -o, -MF, -MT and -MQ too. */
		if (i && (IN(never, word) || (!strncmp(word, "-o", 2)) || str_starts(word, "-MF") ||
			  str_starts(word, "-MT") || str_starts(word, "-MQ")))
			continue;
		if (i && !strcmp(word, source))
			continue;
		strlist_add(&c->argv, word);
	}
}

/* option names the path's option, glue is what goes before it in the same word ("" or option). */
static void add_path(struct strlist *out, const char *option, const char *glue, const char *path,
		     const char *cwd)
{
	char *full;

	while (str_starts(path, "./"))
		path += 2;
	full = path[0] == '/' ? xstrdup(path) : path_join(cwd, path);
	/* A name that is not in cwd is looked up in the -I folders: left for that. */
	if ((!strcmp(option, "-include") || !strcmp(option, "-imacros")) && !file_exists(full))
		strlist_addf(out, "%s%s", glue, path);
	else
		strlist_addf(out, "%s%s", glue, full);
	free(full);
}

/* Where a path option holds its path in the same word: the option's length; 0 if it does not. */
static size_t glued_path(const char *word)
{
	size_t i, len;

	for (i = 0; i < sizeof(path_options) / sizeof(*path_options); i++) {
		len = strlen(path_options[i]);
		if (!strncmp(word, path_options[i], len) && word[len])
			return len;
	}
	return 0;
}

static bool is_clang(const char *compiler)
{
	const char *slash = strrchr(compiler, '/');

	return strstr(slash ? slash + 1 : compiler, "clang");
}

/* Is the word (and, if *pair, the next) for libclang? */
static bool keep(const char *word, bool clang, bool *pair)
{
	if (IN(gcc_kept_pair, word)) {
		*pair = true;
		return true;
	}
	if (clang) {
		*pair = IN(clang_dropped_pair, word);
		if (*pair || IN(clang_dropped, word))
			return false;
		/* -Wno-… also switches off what clang makes an error by itself. */
		return !str_starts(word, "-W") || str_starts(word, "-Wno-");
	}
	*pair = str_starts(word, "--param") && !strchr(word, '=');
	return IN(gcc_kept, word) || glued_path(word);
}

static void tell(const struct compile_command *c, struct strlist *out)
{
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(*told); i++)
		if (strlist_has(&c->argv, told[i].option))
			strlist_add(out, told[i].define);
}

void command_clang_args(struct compile_command *c, const struct arch *arch)
{
	bool clang = c->argv.nr && is_clang(c->argv.items[0]), has_target = false, fentry = false;
	struct strlist *out = &c->clang_args;
	char *option;
	size_t i, len;

	for (i = 1; i < c->argv.nr; i++) {
		const char *word = c->argv.items[i];
		bool pair = false, kept = keep(word, clang, &pair);

		has_target |= clang && (str_starts(word, "--target=") || !strcmp(word, "-target"));
		fentry |= !strcmp(word, "-mfentry");
		if (pair && i + 1 == c->argv.nr)
			break;
		if (kept && pair) {
			strlist_add(out, word);
			i++;
			if (IN(path_options, word))
				add_path(out, word, "", c->argv.items[i], c->cwd);
			else
				strlist_add(out, c->argv.items[i]);
			continue;
		}
		i += pair;
		if (!kept)
			continue;
		len = glued_path(word);
		if (!len) {
			strlist_add(out, word);
			continue;
		}
		option = xstrndup(word, len);
		add_path(out, option, option, word + len, c->cwd);
		free(option);
	}
	if (!has_target)
		strlist_addf(out, "--target=%s", arch->target);
	/* asm/ftrace.h refuses a compiler that would call mcount by its old name. */
	if (!strcmp(arch->srcarch, "x86") && (fentry || !clang) &&
	    !strlist_has(out, "-DCC_USING_FENTRY"))
		strlist_add(out, "-DCC_USING_FENTRY");
	if (clang)
		tell(c, out);
	for (i = 0; !clang && !strcmp(arch->name, "arc") &&
	     i < sizeof(arc_builtins) / sizeof(*arc_builtins); i++)
		strlist_add(out, arc_builtins[i]);
	strlist_add(out, "-w");
}
