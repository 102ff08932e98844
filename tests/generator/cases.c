// SPDX-License-Identifier: GPL-2.0-only
/* A file of handlers that a person wrote, as a batch: what broke once, and what must not break. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "gen.h"

static const char ending[] = "_mmap(struct file *file, struct vm_area_struct *vma)\n{";

int batch_read(struct batch *b, const char *path)
{
	struct strbuf text = { 0 };
	const char *p, *name;
	struct handler *h;
	int ret;

	memset(b, 0, sizeof(*b));
	strbuf_adds(&text, "#include \"kernel.h\"\n");
	ret = file_read(path, 1 << 20, &text);
	for (p = text.s; !ret && (p = strstr(p, ending)); p += sizeof(ending) - 1) {
		for (name = p;
		     name > text.s && (isalnum((unsigned char)name[-1]) || name[-1] == '_'); name--)
			;
		h = vec_push(&b->handlers);
		h->number = (unsigned)b->handlers.nr - 1;
		h->name = xstrndup(name, (size_t)(p - name) + strlen("_mmap"));
	}
	strbuf_adds(&text, "\n#ifndef __clang__\nu32 *const driver_words[] = { NULL };\n#endif\n");
	b->text = strbuf_detach(&text);
	return ret;
}
