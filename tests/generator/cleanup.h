/* SPDX-License-Identifier: GPL-2.0-only */
/* guard(), scoped_guard(), CLASS() and __free() as the kernel's drivers spell them. */
#ifndef GENERATOR_CLEANUP_H
#define GENERATOR_CLEANUP_H

#define DEFINE_CLASS(name, type, exit, init, ...) \
	typedef type class_##name##_t; \
	static inline void class_##name##_destructor(type *p) \
	{ \
		type _T = *p; \
		exit; \
	} \
	static inline type class_##name##_constructor(__VA_ARGS__) \
	{ \
		type made = init; \
		return made; \
	}
#define CLASS(name, var) \
	class_##name##_t var __attribute__((__cleanup__(class_##name##_destructor))) = \
		class_##name##_constructor
#define guard(name) CLASS(name, PASTE(scope_, __COUNTER__))

/* Two ways in which kernels have written it: a flag, and a jump out of a loop that has no end. */
#define scoped_guard(name, ...) \
	for (CLASS(name, scope)(__VA_ARGS__), *done = NULL; !done; done = (void *)1)
#define scoped_jump_(name, label, ...) \
	for (CLASS(name, scope)(__VA_ARGS__); class_##name##_holds(&scope); ({ goto label; })) \
		if (0) { \
label: \
			break; \
		} else
#define scoped_class(name, ...) scoped_jump_(name, PASTE(leave_, __COUNTER__), __VA_ARGS__)

#define DEFINE_FREE(name, type, exit) \
	static inline void __free_##name(void *p) \
	{ \
		type _T = *(type *)p; \
		exit; \
	}
#define __free(name) __attribute__((__cleanup__(__free_##name)))
#define no_free_ptr(p) \
	({ \
		__auto_type __kept = (p); \
		(p) = NULL; \
		__kept; \
	})
#define return_ptr(p) return no_free_ptr(p)

DEFINE_CLASS(mutex, struct mutex *, if (_T) mutex_unlock(_T), ({
		     mutex_lock(m);
		     m;
	     }),
	     struct mutex *m)
DEFINE_CLASS(spinlock, spinlock_t *, if (_T) spin_unlock(_T), ({
		     spin_lock(l);
		     l;
	     }),
	     spinlock_t *l)
DEFINE_CLASS(file_ref, struct file *, if (_T) fput(_T), get_file(f), struct file *f)
DEFINE_FREE(kfree, void *, if (_T) kfree(_T))

static inline bool class_mutex_holds(struct mutex **m)
{
	return *m;
}

static inline bool class_spinlock_holds(spinlock_t **l)
{
	return *l;
}
#endif
