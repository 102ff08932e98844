/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside the shared object: the memory of a run, what is dictated to it, and its trace. */
#ifndef GENERATOR_KERNEL_WORLD_H
#define GENERATOR_KERNEL_WORLD_H

#include "kernel.h"
#include "trace.h"

enum { DEVICES = 3, ITEMS = 4, PAGES = 4 };

extern struct vm_area_struct the_vma;
extern struct vm_area_desc the_desc;
extern struct dev devices[DEVICES];
extern struct item items[ITEMS];
extern struct page all_pages[PAGES];
extern unsigned char __start_driver_data[], __stop_driver_data[];
extern uint64_t seed; /* of what is dictated next */

#define RANDOM(field) ((field) = (__typeof__(field))dictated_word())

/* One event: BEGIN, the arguments, what is done, then RETURN or END. */
#define BEGIN(name) struct event *event__ = event_begin(name)
#define ARG(x) event_arg(event__, &(x), sizeof(x))
#define END() event_end(event__)
#define RETURN(x) \
	do { \
		__typeof__(x) result__ = (x); \
		event_result(event__, &result__, sizeof(result__)); \
		event_end(event__); \
		return result__; \
	} while (0)

#define REMAP_FLAGS (VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP)

struct event *event_begin(const char *name);
void event_arg(struct event *e, const void *arg, size_t size);
void event_result(struct event *e, const void *result, size_t size);
void event_end(struct event *e);

u64 dictated_number(u64 below);
u64 dictated_word(void);   /* often one that a guard looks at */
int dictated_errno(void); /* 0 or negative */

/* The page tables: every range that was asked for, in order; how filling it went. */
enum filled { FILLED_MEMORY = 1, FILLED_IO, FILLED_PAGES };
struct populated {
	unsigned long nr;
	struct {
		unsigned long how, address, what, size, prot;
	} ranges[4];
};
extern struct populated populated;
int populate(enum filled how, unsigned long address, unsigned long what, unsigned long size, pgprot_t prot);

/* kernel_core.c: what is done with the descriptor of a hook that returned this. */
int core_complete(int ret, enum core_way way);
int dictated_int(void);
struct dev *dictated_device(long otherwise); /* or this as a pointer */
int dictated_capability(int cap);

void change_reset(void);
void change_field(struct dev *d);
bool in_driver_data(const void *p);
void change_driver(void); /* and all else that an unknown function can reach */
void change_vma(void);
void others_write(void);
void be_still(void);
void vma_escapes(void);
void watch(u32 *watched);
void *new_item(size_t size);

int ops_check(struct dev *d, unsigned long arg);
int ops_map(struct dev *d, struct vm_area_struct *vma);

#endif
