/* SPDX-License-Identifier: GPL-2.0-only */
/* Scope-based cleanup: what was taken at a declaration is given back when its block ends. */
#ifndef __LINUX_CLEANUP_H
#define __LINUX_CLEANUP_H

#include <linux/compiler_types.h>
#include <linux/types.h>

/* The expression sees the variable's value as _T. */
#define DEFINE_FREE(_name, _type, _free)				\
	static inline void __free_##_name(void *slot)			\
	{								\
		_type _T = *(_type *)slot;				\
		_free;							\
	}

#define __free(_name)	__cleanup(__free_##_name)

#define no_free_ptr(p) ({						\
	__typeof__(p) taken = (p);					\
	(p) = NULL;							\
	taken; })

#define DEFINE_CLASS(_name, _type, _exit, _init, _init_args...)		\
	typedef _type class_##_name##_t;				\
	static inline void class_##_name##_destructor(_type *slot)	\
	{								\
		_type _T = *slot;					\
		_exit;							\
	}								\
	static inline _type class_##_name##_constructor(_init_args)	\
	{								\
		_type taken = _init;					\
		return taken;						\
	}

#define CLASS(_name, var)						\
	class_##_name##_t var __cleanup(class_##_name##_destructor) =	\
		class_##_name##_constructor

#define DEFINE_GUARD(_name, _type, _lock, _unlock)			\
	DEFINE_CLASS(_name, _type, if (_T) { _unlock; }, ({ _lock; _T; }), _type _T)

#define guard(_name)	CLASS(_name, __UNIQUE_ID(guard))

/* A loop that runs once, with the lock held by its control variable. */
#define scoped_guard(_name, args...)					\
	for (CLASS(_name, scope)(args), *once = NULL; !once; once = (void *)1)

#endif
