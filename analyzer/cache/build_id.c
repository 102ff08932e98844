// SPDX-License-Identifier: GPL-2.0-only
/* Which program this is: what it finds out hangs on its own code and on libclang's. */
#include <clang-c/Index.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "base/file.h"
#include "cache/cache.h"

enum { MAX_PROGRAM = 256 << 20 };	/* bytes */

/* libclang is told apart by its file: reading all of it costs more than it tells. */
static void add_libclang(struct strbuf *id)
{
	CXString version = clang_getClangVersion();
	struct stat st;
	Dl_info info;

	strbuf_addf(id, " %s", clang_getCString(version));
	clang_disposeString(version);
	if (dladdr((void *)clang_getClangVersion, &info) && info.dli_fname && !stat(info.dli_fname, &st))
		strbuf_addf(id, " %s %lld %lld.%09ld", info.dli_fname, (long long)st.st_size,
			    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

char *cache_build_id(void)
{
	struct strbuf program = { 0 }, id = { 0 };

	if (file_read("/proc/self/exe", MAX_PROGRAM, &program))
		return NULL;
	strbuf_addf(&id, "%016llx", (unsigned long long)XXH3_64bits(program.s, program.len));
	add_libclang(&id);
	strbuf_free(&program);
	return strbuf_detach(&id);
}
