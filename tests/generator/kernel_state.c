// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's helpers in userland: each writes an event, does to memory what the kernel's function
 * of that name does (analyzer/contract/models.c names the places), and answers as the run's seed
 * dictates.  Part of every batch's shared object.  Here: locks, references, memory, lists.
 */
#include "kernel.h"
#include "kernel_world.h"

/* The same for the whole run: who asks does not change. */
int capable(int cap)
{
	return dictated_capability(cap);
}

void log_message(const char *format, ...)
{
	(void)format;
}

/* Locks.  Others write while it is not held. */
#define LOCK(name, type, field, value) \
	void name(type *lock) \
	{ \
		BEGIN(#name); \
		ARG(lock); \
		lock->field = value; \
		others_write(); \
		END(); \
	}
LOCK(mutex_lock, struct mutex, locked, 1)
LOCK(mutex_unlock, struct mutex, locked, 0)
LOCK(spin_lock, spinlock_t, held, 1)
LOCK(spin_unlock, spinlock_t, held, 0)

int mutex_lock_interruptible(struct mutex *lock)
{
	int ret = dictated_number(3) ? 0 : -EAGAIN;
	BEGIN("mutex_lock_interruptible");

	ARG(lock);
	lock->locked |= !ret;
	others_write();
	RETURN(ret);
}

int mutex_trylock(struct mutex *lock)
{
	int ret = dictated_number(3) != 0;
	BEGIN("mutex_trylock");

	ARG(lock);
	lock->locked |= ret;
	others_write();
	RETURN(ret);
}

/* References and counts. */
void kref_get(struct kref *ref)
{
	BEGIN("kref_get");

	ARG(ref);
	ref->refcount++;
	END();
}

int kref_put(struct kref *ref, void (*release)(struct kref *ref))
{
	BEGIN("kref_put");

	ARG(ref);
	ARG(release);
	if (--ref->refcount)
		RETURN(0);
	release(ref); /* its own events are not the handler's */
	RETURN(1);
}

void dev_release(struct kref *ref)
{
	BEGIN("dev_release");

	ARG(ref);
	change_driver();
	END();
}

void atomic_inc(atomic_t *v)
{
	BEGIN("atomic_inc");
	ARG(v);
	v->counter++;
	END();
}
void atomic_dec(atomic_t *v)
{
	BEGIN("atomic_dec");
	ARG(v);
	v->counter--;
	END();
}
int atomic_inc_return(atomic_t *v)
{
	BEGIN("atomic_inc_return");
	ARG(v);
	RETURN(++v->counter);
}
int atomic_read(const atomic_t *v)
{
	BEGIN("atomic_read");
	ARG(v);
	RETURN(v->counter);
}

void set_bit(long nr, volatile unsigned long *addr)
{
	BEGIN("set_bit");

	ARG(nr);
	ARG(addr);
	*addr |= 1UL << (nr & 63);
	END();
}

int test_and_set_bit(long nr, volatile unsigned long *addr)
{
	unsigned long old = *addr;
	BEGIN("test_and_set_bit");

	ARG(nr);
	ARG(addr);
	*addr |= 1UL << (nr & 63);
	RETURN((int)(old >> (nr & 63) & 1));
}

struct file *get_file(struct file *file)
{
	BEGIN("get_file");
	ARG(file);
	file->f_count++;
	RETURN(file);
}
void fput(struct file *file)
{
	BEGIN("fput");
	ARG(file);
	file->f_count--;
	END();
}

/* Memory: each item once, all of it 0. */
void *kmalloc(size_t size, gfp_t flags)
{
	BEGIN("kmalloc");
	ARG(size);
	ARG(flags);
	RETURN(new_item(size));
}
void *kzalloc(size_t size, gfp_t flags)
{
	BEGIN("kzalloc");
	ARG(size);
	ARG(flags);
	RETURN(new_item(size));
}
void kfree(const void *p)
{
	BEGIN("kfree");
	ARG(p);
	END();
}

void *memset(void *to, int c, size_t n)
{
	BEGIN("memset");

	ARG(to);
	ARG(c);
	ARG(n);
	__builtin_memset(to, c, n);
	RETURN(to);
}

void *memcpy(void *to, const void *from, size_t n)
{
	BEGIN("memcpy");

	ARG(to);
	ARG(from);
	ARG(n);
	__builtin_memcpy(to, from, n);
	RETURN(to);
}

void list_add(struct list_head *item, struct list_head *head)
{
	BEGIN("list_add");

	ARG(item);
	ARG(head);
	item->next = head->next;
	item->prev = head;
	head->next->prev = item;
	head->next = item;
	END();
}

void list_del(struct list_head *item)
{
	BEGIN("list_del");

	ARG(item);
	item->next->prev = item->prev;
	item->prev->next = item->next;
	item->next = item->prev = item;
	END();
}
