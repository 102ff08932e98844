// SPDX-License-Identifier: GPL-2.0-only
/* An x86_64 object file, put to where 32 bits can address it. */
#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/file.h"
#include "real.h"

struct loader {
	const unsigned char *file;
	size_t size;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
	uint64_t *address; /* of every section; 0: not loaded */
	const Elf64_Sym *symbols;
	size_t nr_symbols;
	const char *names;
	uint64_t *value, *plt; /* of every symbol */
	uint64_t *got, next_got;
	const struct real_linker *l;
	struct real_code *c;
};

void *real_low_memory(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

const struct real_symbol *real_symbol(const struct real_code *c, const char *name)
{
	const struct real_symbol *s;

	vec_each (s, &c->symbols)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

static bool in_file(const struct loader *f, uint64_t offset, uint64_t size)
{
	return offset <= f->size && size <= f->size - offset;
}

static int check(struct loader *f)
{
	size_t i;

	f->header = (const Elf64_Ehdr *)f->file;
	if (f->size < sizeof(*f->header) || memcmp(f->header->e_ident, ELFMAG, SELFMAG) ||
	    f->header->e_machine != EM_X86_64 || f->header->e_type != ET_REL ||
	    !in_file(f, f->header->e_shoff, (uint64_t)f->header->e_shnum * sizeof(*f->sections)))
		return -EINVAL;
	f->sections = (const Elf64_Shdr *)(f->file + f->header->e_shoff);
	for (i = 0; i < f->header->e_shnum; i++)
		if (f->sections[i].sh_type != SHT_NOBITS &&
		    !in_file(f, f->sections[i].sh_offset, f->sections[i].sh_size))
			return -EINVAL;
	for (i = 0; i < f->header->e_shnum; i++)
		if (f->sections[i].sh_type == SHT_SYMTAB) {
			f->symbols = (const Elf64_Sym *)(f->file + f->sections[i].sh_offset);
			f->nr_symbols = f->sections[i].sh_size / sizeof(*f->symbols);
			f->names = (const char *)f->file +
				   f->sections[f->sections[i].sh_link].sh_offset;
		}
	return f->symbols ? 0 : -EINVAL;
}

static uint64_t place(struct loader *f, uint64_t at, bool written)
{
	const Elf64_Shdr *s;
	size_t i;

	for (i = 1; i < f->header->e_shnum; i++) {
		s = &f->sections[i];
		if (!(s->sh_flags & SHF_ALLOC) || !(s->sh_flags & SHF_WRITE) == written)
			continue;
		at = (at + s->sh_addralign) & ~(s->sh_addralign ? s->sh_addralign - 1 : 0);
		f->address[i] = at;
		at += s->sh_size;
	}
	return at;
}

static int load_sections(struct loader *f)
{
	uint64_t data = place(f, 16, false), got, end, base;
	size_t i;

	/* A slot for each symbol, behind the code. */
	got = (data + 64) & ~63ULL;
	data = (got + f->nr_symbols * 8 + REAL_PAGE) & ~(uint64_t)(REAL_PAGE - 1);
	end = (place(f, data, true) + REAL_PAGE) & ~(uint64_t)(REAL_PAGE - 1);
	f->c->image = real_low_memory(end);
	if (!f->c->image)
		return -ENOMEM;
	base = (uint64_t)f->c->image;
	f->c->size = end;
	f->c->data = f->c->image + data;
	f->c->data_size = end - data;
	f->got = (uint64_t *)(base + got);
	for (i = 1; i < f->header->e_shnum; i++) {
		if (!f->address[i])
			continue;
		f->address[i] += base;
		if (f->sections[i].sh_type != SHT_NOBITS)
			memcpy((void *)f->address[i], f->file + f->sections[i].sh_offset,
			       f->sections[i].sh_size);
	}
	return 0;
}

/* Which undefined names are called? */
static void find_calls(const struct loader *f, bool *called)
{
	const Elf64_Rela *r;
	size_t i, k;

	for (i = 1; i < f->header->e_shnum; i++) {
		if (f->sections[i].sh_type != SHT_RELA || !f->address[f->sections[i].sh_info])
			continue;
		r = (const Elf64_Rela *)(f->file + f->sections[i].sh_offset);
		for (k = 0; k < f->sections[i].sh_size / sizeof(*r); k++)
			if (ELF64_R_TYPE(r[k].r_info) == R_X86_64_PLT32 &&
			    ELF64_R_SYM(r[k].r_info) < f->nr_symbols)
				called[ELF64_R_SYM(r[k].r_info)] = true;
	}
}

static void load_symbols(struct loader *f)
{
	bool *called = xcalloc(f->nr_symbols, sizeof(*called));
	struct real_symbol *s;
	const Elf64_Sym *y;
	const char *name;
	size_t i;

	find_calls(f, called);
	for (i = 1; i < f->nr_symbols; i++) {
		y = &f->symbols[i];
		name = f->names + y->st_name;
		if (y->st_shndx == SHN_UNDEF && ELF64_ST_BIND(y->st_info) != STB_WEAK) {
			f->value[i] = f->l->missing(name, called[i]);
		} else if (y->st_shndx == SHN_ABS) {
			f->value[i] = y->st_value;
		} else if (y->st_shndx < f->header->e_shnum && f->address[y->st_shndx]) {
			f->value[i] = f->address[y->st_shndx] + y->st_value;
		}
		if (!*name || !f->value[i] || ELF64_ST_TYPE(y->st_info) == STT_FILE)
			continue;
		s = vec_push(&f->c->symbols);
		*s = (struct real_symbol){ xstrdup(name), f->value[i], y->st_size,
					   ELF64_ST_TYPE(y->st_info) == STT_FUNC };
		if (s->function && y->st_shndx != SHN_UNDEF)
			f->plt[i] = f->l->redirect(name, f->value[i]);
	}
	free(called);
}

/* Calls of what is redirected; relocations name the section of a local function as often as it. */
static uint64_t callee(const struct loader *f, size_t nr, int64_t addend, uint64_t value)
{
	size_t i;

	if (f->plt[nr])
		return f->plt[nr];
	if (ELF64_ST_TYPE(f->symbols[nr].st_info) != STT_SECTION)
		return value;
	for (i = 1; i < f->nr_symbols; i++)
		if (f->plt[i] && f->value[i] == value + (uint64_t)addend + 4)
			return f->plt[i] - (uint64_t)addend - 4;
	return value;
}

static int relocate(struct loader *f, const Elf64_Rela *r, uint64_t base)
{
	uint64_t place = base + r->r_offset, nr = ELF64_R_SYM(r->r_info), s, v;
	unsigned size = 4;

	if (nr >= f->nr_symbols)
		return -EINVAL;
	s = f->value[nr];
	switch (ELF64_R_TYPE(r->r_info)) {
	case R_X86_64_NONE:
		return 0;
	case R_X86_64_64:
		size = 8;
		v = s + (uint64_t)r->r_addend;
		break;
	case R_X86_64_PC64:
		size = 8;
		v = s + (uint64_t)r->r_addend - place;
		break;
	case R_X86_64_32:
	case R_X86_64_32S:
		v = s + (uint64_t)r->r_addend;
		break;
	case R_X86_64_PLT32:
		v = callee(f, nr, r->r_addend, s) + (uint64_t)r->r_addend - place;
		break;
	case R_X86_64_PC32:
		v = s + (uint64_t)r->r_addend - place;
		break;
	case R_X86_64_GOTPCREL:
	case R_X86_64_GOTPCRELX:
	case R_X86_64_REX_GOTPCRELX:
		f->got[nr] = s;
		v = (uint64_t)&f->got[nr] + (uint64_t)r->r_addend - place;
		break;
	case R_X86_64_16:
	case R_X86_64_PC16:
		size = 2;
		v = s + (uint64_t)r->r_addend -
		    (ELF64_R_TYPE(r->r_info) == R_X86_64_PC16 ? place : 0);
		break;
	default:
		return -ENOEXEC;
	}
	memcpy((void *)place, &v, size);
	return 0;
}

static int relocate_all(struct loader *f, char **why)
{
	const Elf64_Shdr *s;
	const Elf64_Rela *r;
	size_t i, k;
	int ret;

	for (i = 1; i < f->header->e_shnum; i++) {
		s = &f->sections[i];
		if (s->sh_type != SHT_RELA || s->sh_info >= f->header->e_shnum ||
		    !f->address[s->sh_info])
			continue;
		r = (const Elf64_Rela *)(f->file + s->sh_offset);
		for (k = 0; k < s->sh_size / sizeof(*r); k++) {
			if (r[k].r_offset + 8 > f->sections[s->sh_info].sh_size + 8)
				return -EINVAL;
			ret = relocate(f, &r[k], f->address[s->sh_info]);
			if (ret) {
				*why = xasprintf("a relocation of type %u",
						 (unsigned)ELF64_R_TYPE(r[k].r_info));
				return ret;
			}
		}
	}
	return 0;
}

int real_load(const char *object, const struct real_linker *l, struct real_code *c, char **why)
{
	struct loader f = { .l = l, .c = c };
	struct strbuf text = { 0 };
	int ret = file_read(object, 64 << 20, &text);

	memset(c, 0, sizeof(*c));
	f.file = (const unsigned char *)text.s;
	f.size = text.len;
	if (!ret)
		ret = check(&f);
	if (!ret) {
		f.address = xcalloc(f.header->e_shnum, sizeof(*f.address));
		f.value = xcalloc(f.nr_symbols, sizeof(*f.value));
		f.plt = xcalloc(f.nr_symbols, sizeof(*f.plt));
		ret = load_sections(&f);
	}
	if (!ret) {
		load_symbols(&f);
		ret = relocate_all(&f, why);
	}
	if (!ret) {
		c->pristine = xcalloc(1, c->data_size + 1);
		memcpy(c->pristine, c->data, c->data_size);
	}
	if (ret && !*why)
		*why = xstrdup("the object file cannot be loaded");
	free(f.address);
	free(f.value);
	free(f.plt);
	strbuf_free(&text);
	return ret;
}
