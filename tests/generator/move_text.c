// SPDX-License-Identifier: GPL-2.0-only
#include "move_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "trace.h"
#include "twin_text.h"

static const struct word { const char *old, *hook; } members[] = {
	{ "vm_start", "start" },      { "vm_end", "end" },	      { "vm_pgoff", "pgoff" },
	{ "vm_flags", "vm_flags" },   { "__vm_flags", "vm_flags" },   { "vm_page_prot", "page_prot" },
	{ "vm_ops", "vm_ops" },	      { "vm_file", "vm_file" },	      { "vm_private_data", "private_data" },
	{ "vm_mm", "mm" },
}, words[] = {
	{ "vma", "desc" },	      { "vm_area_struct", "vm_area_desc" }, { "vma_pages", "vma_desc_pages" },
	{ "vma_fits", "vma_desc_fits" },
};

static size_t word_length(const char *s)
{
	size_t len = 0;

	while (isalnum((unsigned char)s[len]) || s[len] == '_')
		len++;
	return len;
}

static const char *find(const struct word *list, size_t nr, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strlen(list[i].old) == len && !strncmp(list[i].old, s, len))
			return list[i].hook;
	return NULL;
}

#define FIND(list, s, len) find(list, sizeof(list) / sizeof(*(list)), s, len)

/* The argument that begins at s ends there: "," or ")". */
static size_t argument_length(const char *s)
{
	size_t len;
	int depth = 0;

	for (len = 0; depth || (s[len] != ',' && s[len] != ')'); len++)
		depth += (s[len] == '(') - (s[len] == ')');
	return len;
}

/* "VM_IO | VM_PFNMAP" as "VMA_IO_BIT, VMA_PFNMAP_BIT"; NULL: it is not of that kind. */
static char *bits_of(const char *mask)
{
	struct strbuf b = { 0 };
	size_t len;

	strbuf_adds(&b, "");
	for (;; mask += 3) {
		len = word_length(mask);
		if (!str_starts(mask, "VM_") || (mask[len] && strncmp(mask + len, " | ", 3))) {
			strbuf_free(&b);
			return NULL;
		}
		strbuf_addf(&b, "%sVMA_%.*s_BIT", b.len ? ", " : "", (int)len - 3, mask + 3);
		mask += len;
		if (!*mask)
			return strbuf_detach(&b);
	}
}

static void set_or_clear(struct strbuf *b, const char *mask, bool set, uint64_t *random)
{
	char *bits = random_below(random, 3) ? bits_of(mask) : NULL;

	if (bits)
		strbuf_addf(b, "vma_desc_%s_flags(desc, %s)", set ? "set" : "clear", bits);
	else
		strbuf_addf(b, set ? "desc->vm_flags |= %s" : "desc->vm_flags &= ~(%s)", mask);
	free(bits);
}

/* vm_flags_set(vma, …) and its kin; how much of it was read, or 0: it is none of them. */
static size_t flags_call(struct strbuf *b, const char *s, uint64_t *random)
{
	static const char *const calls[] = { "vm_flags_set(vma, ", "vm_flags_clear(vma, ", "vm_flags_mod(vma, " };
	struct strbuf first = { 0 }, second = { 0 };
	const char *p;
	char *mask;
	size_t i;

	for (i = 0; i < 3 && !str_starts(s, calls[i]); i++)
		;
	if (i == 3)
		return 0;
	p = s + strlen(calls[i]);
	strbuf_add(&first, p, argument_length(p));
	p += first.len;
	mask = move_text(first.s, 0, random);
	if (i < 2) {
		set_or_clear(b, mask, i == 0, random);
	} else {
		p += 2;
		strbuf_add(&second, p, argument_length(p));
		p += second.len;
		strbuf_addf(b, "desc->vm_flags = (desc->vm_flags | (%s)) & ~(%s)", mask, second.s);
	}
	free(mask);
	strbuf_free(&first);
	strbuf_free(&second);
	return (size_t)(p + 1 - s);
}

/* A word at s, with what belongs to it; how much was read. */
static size_t one_word(struct strbuf *b, const char *s, uint64_t *random)
{
	size_t len = word_length(s), member;
	const char *as;

	if (len == 3 && str_starts(s, "vma->")) {
		member = word_length(s + 5);
		as = FIND(members, s + 5, member);
		if (as) {
			strbuf_addf(b, "desc->%s", as);
			return 5 + member;
		}
	}
	member = flags_call(b, s, random);
	if (member)
		return member;
	as = FIND(words, s, len);
	if (as)
		strbuf_adds(b, as);
	else
		strbuf_add(b, s, len);
	return len;
}

char *move_text(const char *text, unsigned number, uint64_t *random)
{
	char *own = twin_renamed(text, number);
	struct strbuf b = { 0 };
	const char *s;

	strbuf_adds(&b, "");
	for (s = own; *s;) {
		if (word_length(s))
			s += one_word(&b, s, random);
		else
			strbuf_add(&b, s++, 1);
	}
	free(own);
	return strbuf_detach(&b);
}
