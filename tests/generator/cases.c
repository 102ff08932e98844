// SPDX-License-Identifier: GPL-2.0-only
/* A file of handlers that a person wrote, as a batch: what broke once, and what must not break. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "gen.h"

static const char *const endings[] = {
	"_mmap(struct file *file, struct vm_area_struct *vma)\n{",
	"_mmap_prepare(struct vm_area_desc *desc)\n{",
};

static void find_handlers(struct batch *b, const char *text, bool hook)
{
	const char *p, *name;
	struct handler *h;

	for (p = text; (p = strstr(p, endings[hook])); p += strlen(endings[hook])) {
		for (name = p; name > text && (isalnum((unsigned char)name[-1]) || name[-1] == '_');
		     name--)
			;
		h = vec_push(&b->handlers);
		h->number = (unsigned)b->handlers.nr - 1;
		h->hook = hook;
		h->name = xstrndup(name, (size_t)(strchr(p, '(') - name));
	}
}

int batch_read(struct batch *b, const char *path)
{
	struct strbuf text = { 0 };
	int ret;

	memset(b, 0, sizeof(*b));
	strbuf_adds(&text, "#include \"kernel.h\"\n");
	ret = file_read(path, 1 << 20, &text);
	if (!ret) {
		find_handlers(b, text.s, false);
		find_handlers(b, text.s, true);
	}
	strbuf_adds(&text, "\n#ifndef __clang__\nu32 *const driver_words[] = { NULL };\n#endif\n");
	b->text = strbuf_detach(&text);
	return ret;
}
