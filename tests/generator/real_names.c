// SPDX-License-Identifier: GPL-2.0-only
/* What a compiled kernel calls, and how its source calls it. */
#include <stdio.h>
#include <string.h>

#include "real.h"

static bool starts(const char *name, const char *with)
{
	return !strncmp(name, with, strlen(with));
}

/* Logging, checks, tracing, scheduling points and the lock that a write to a vma takes: no effects. */
bool real_is_ignored(const char *name)
{
	static const char *const beginnings[] = {
		"__SCT__",	"__warn",	  "__might_",	  "__kasan_",	  "__asan_",
		"__msan_",	"__kcsan_",	  "__tsan_",	  "lockdep_",	  "lock_is_held",
		"_dev_",	"__dynamic_",	  "__drm_d",	  "drm_dev_dbg",  "__traceiter_",
		"trace_",	"__trace_",	  "__ubsan_",	  "__sanitizer_", "rcu_read_lock",
		"rcu_lock_",	"refcount_warn_", "__rcu_",	  "netdev_",	  "mmap_assert",
		"rwsem_assert", "debug_lock",	  "__list_add_v", "__list_del_e", "preempt_"
	};
	static const char *const names[] = { "_printk",		  "lock_acquire",
					     "lock_release",	  "lock_is_held_type",
					     "__vma_start_write", "dump_page",
					     "dump_vma",	  "dump_stack",
					     "___ratelimit",	  "__printk_ratelimit",
					     "__drm_printfn_dbg", "__drm_err",
					     "drm_err",		  "panic",
					     "__fentry__",	  "mcount",
					     "warn_slowpath_fmt", "__stack_chk_fail",
					     "cond_resched",	  "snd_pcm_debug_name",
					     "__ratelimit",	  "printk_sprint",
					     "fortify_panic",	  "__fortify_panic",
					     "vma_assert_locked", "should_fail",
					     "__copy_overflow",	  "debug_check_no_locks" };
	size_t i;

	for (i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (starts(name, beginnings[i]))
			return true;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* Without the marks that macros and inlines put around a name. */
static void plain_name(const char *name, char *to, size_t size)
{
	static const char *const beginnings[] = { "_", "raw_", "real__" };
	static const char *const endings[] = { "_noprof", "_nested", "_cache_noprof",
					       "_io_nested" };
	size_t i, n;
	bool again = true;

	while (again) {
		again = false;
		for (i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
			if (starts(name, beginnings[i]) && name[strlen(beginnings[i])]) {
				name += strlen(beginnings[i]);
				again = true;
			}
	}
	snprintf(to, size, "%s", name);
	for (i = sizeof(endings) / sizeof(*endings); i--;) {
		n = strlen(to);
		if (n > strlen(endings[i]) && !strcmp(to + n - strlen(endings[i]), endings[i]))
			to[n - strlen(endings[i])] = '\0';
	}
}

/* Macros that count what the allocator gets. */
static bool is_allocator(const char *name)
{
	return starts(name, "kmalloc") || starts(name, "kzalloc") || starts(name, "kcalloc") ||
	       starts(name, "kvmalloc") || starts(name, "kvzalloc") || starts(name, "kvcalloc");
}

bool real_other_arguments(const char *function, const char *called)
{
	char a[96], b[96];

	plain_name(function, a, sizeof(a));
	plain_name(called, b, sizeof(b));
	return is_allocator(a) && is_allocator(b) && strcmp(function, called);
}

bool real_same_function(const char *function, const char *called)
{
	static const char *const pairs[][2] = { { "io_remap_pfn_range", "remap_pfn_range" },
						{ "dma_mmap_coherent", "dma_mmap_attrs" },
						{ "dma_mmap_wc", "dma_mmap_attrs" },
						{ "alloc_page", "alloc_pages" },
						{ "vfree", "kvfree" } };
	char a[96], b[96];
	const char *dot = strchr(function, '.');
	size_t i;

	/* Through a pointer: by the member. */
	if (called[0] == '.')
		return dot && !strcmp(dot, called);
	plain_name(function, a, sizeof(a));
	plain_name(called, b, sizeof(b));
	if (!strcmp(a, b) || (is_allocator(a) && is_allocator(b)))
		return true;
	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (!strcmp(a, pairs[i][0]) && !strcmp(b, pairs[i][1]))
			return true;
	return false;
}
