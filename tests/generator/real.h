/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel's own handlers, run in userland beside their contracts.  A kernel's file is compiled as
 * kbuild would, its object is put into the low 2 GiB of this process (real_elf.c), what it lacks is
 * replaced by stubs that answer at random (real_calls.c), and its objects come into being where it
 * follows a pointer (real_memory.c).  Nothing of the kernel is kept.
 */
#ifndef GENERATOR_REAL_H
#define GENERATOR_REAL_H

#include "contract/contract.h"
#include "tree/flags.h"
#include "trace.h"
#include "world.h"

enum { REAL_PAGE = 4096 };

/*
 * real_compile.c: the file's object at `object`, with these functions in it and the layout that
 * struct real_layout is.  0 or -errno and *why.
 */
struct real_layout {
	uint64_t vma_size, cells[CELL_NR];
};
int real_compile(const struct compile_command *command, const char *root, const char *file,
		 const struct strlist *functions, const char *scratch, const char *object,
		 char **why);

/* real_elf.c */
struct real_symbol {
	char *name;
	uint64_t address, size;
	bool function;
};
struct real_linker {
	/* Where a name that the object lacks is; called: as a function. */
	uint64_t (*missing)(const char *name, bool called);
	/* A call of a function of the object goes elsewhere; 0: it does not. */
	uint64_t (*redirect)(const char *name, uint64_t address);
};
struct real_code {
	unsigned char *image, *data; /* data: the part of it that is written to */
	size_t size, data_size;
	unsigned char *pristine; /* the data as it was loaded */
	VEC(struct real_symbol) symbols;
};
int real_load(const char *object, const struct real_linker *l, struct real_code *c, char **why);
const struct real_symbol *real_symbol(const struct real_code *c, const char *name);
/* Memory that 32 bits can address. */
void *real_low_memory(size_t size);

/*
 * real_memory.c.  Every word of memory is a number that tells where it stands until it is followed;
 * then a page appears there.
 */
enum real_mark { MARK_NONE, MARK_POINTER = 0x40, MARK_BOOL = 0x20, MARK_REST = 0x80 };
enum { ROOT_VMA, ROOT_FILE, ROOT_MM, ROOT_PARAMETER, ROOT_RESULT = 16, ROOT_NR = 4096 };
enum { FRESH_ITEMS = 8, FRESH_SIZE = 4 * REAL_PAGE };

void real_memory_open(const struct real_code *c);
/* A place for an undefined variable, without memory until it is used. */
uint64_t real_memory_reserve(void);
uint64_t real_root(unsigned root);    /* the object's address */
bool real_appear(uint64_t address);   /* false: nothing can be there */
bool real_is_world(uint64_t address); /* can something be there? */
/* An integer (its bytes), a pointer or a bool stands there; true: that is new. */
bool real_mark(uint64_t address, enum real_mark mark, unsigned size);
bool real_is_marked(uint64_t address, unsigned size);
bool real_is_full(void); /* there is no room for more pages */
void real_forget(void);	 /* all pages but the first */
struct real_fill {
	uint64_t seed;
	bool no_null; /* no pointer is NULL or an error */
	bool closed;  /* what looks like a list ends where it began */
	const uint64_t *hints;
	size_t nr_hints;
};
void real_fill(const struct real_fill *f, const struct request *r, const struct real_layout *l);
void real_change_some(uint64_t *random); /* integers of the driver */
uint64_t real_fresh(unsigned item);
long real_offset(uint64_t address, size_t size);
void real_copy(unsigned char *to);
size_t real_memory_size(void);
bool real_readable(uint64_t address, size_t size);
size_t real_pages(void);

/* real_calls.c */
void real_calls_open(const struct contract *c);
uint64_t real_stub(const char *name, uint64_t original); /* original: 0, or run it */
bool real_has_stub(const char *function);
void real_stub_at(uint64_t address, const char *name);
void real_calls_begin(const struct real_fill *f, const struct real_layout *l);
struct trace *real_trace(void);
bool real_pure(const char *name, const struct value *args, unsigned nr, const unsigned char *then,
	       struct value *result);

/* real_names.c */
bool real_is_ignored(const char *name);
bool real_same_function(const char *function, const char *called);
bool real_other_arguments(const char *function, const char *called);

/* real_guess.c.  hints: numbers that guards look at. */
VEC_DECLARE(real_hints, uint64_t);
void real_find_hints(const struct terms *t, struct real_hints *hints); /* adds the contract's */
struct request real_request(const struct real_hints *hints, uint64_t *random);
/* Random numbers are rarely equal: what is compared is, now and then, or differs by one. */
void real_meet(struct world *w, uint64_t *random);
/* Mark integers, pointers and bools where the contract reads them; true: something new. */
bool real_learn(struct world *w);

/* real_run.c */
enum real_end { REAL_ENDED, REAL_CRASHED, REAL_HUNG };
struct real_call {
	uint64_t function, args[6];
};
/* pointer_name: of the member that holds a pointer to a function; caller frees. */
enum real_end real_run(const struct real_call *call, uint64_t *result, uint64_t *fault,
		       char *(*pointer_name)(uint64_t address));

#endif
