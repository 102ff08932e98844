// SPDX-License-Identifier: GPL-2.0-only
/* Accesses to a mapping's pages, and the signals that they end in. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

#include "core.h"

/* More is not hashed: it would be slow under emulation, and the first pages tell. */
#define CONTENT_MAX (1u << 20)

static sigjmp_buf back;

static void on_signal(int sig)
{
	siglongjmp(back, sig);
}

static void catch (void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

static const char *name_of(int sig)
{
	return sig == SIGBUS ? "SIGBUS" : "SIGSEGV";
}

const char *touch_read(const char *p)
{
	int sig = sigsetjmp(back, 1);

	if (!sig) {
		catch (on_signal);
		(void)*(const volatile char *)p;
	}
	catch (SIG_DFL);
	return sig ? name_of(sig) : "ok";
}

const char *touch_write(char *p)
{
	int sig = sigsetjmp(back, 1);

	if (!sig) {
		volatile char *byte = p;
		char was;

		catch (on_signal);
		was = *byte;
		*byte = was;
	}
	catch (SIG_DFL);
	return sig ? name_of(sig) : "ok";
}

static void content(const char *at, size_t len, size_t unit, struct result *r, const char *key)
{
	volatile size_t page = 0;
	int sig = sigsetjmp(back, 1);

	if (!sig) {
		catch (on_signal);
		for (; page < len / unit; page++)
			(void)*(const volatile char *)(at + page * unit);
		result_content(r, key, at, len);
	}
	catch (SIG_DFL);
	if (sig)
		result_text(r, key, "%s at page %zu", name_of(sig), (size_t)page);
}

static const char *both(const char *prefix, const char *key, char *out, size_t size)
{
	snprintf(out, size, "%s%s%s", prefix, *prefix ? " " : "", key);
	return out;
}

/* What lies behind the file's end, of /dev/mem for one, is nobody's word. */
static bool inside(const struct standing *s)
{
	uint64_t end = s->o->offset + (s->o->size + s->unit - 1) / s->unit * s->unit;

	return s->want.offset >= s->o->offset && s->want.offset + s->want.len <= end;
}

void touch_result(const struct standing *s, struct result *r, const char *prefix)
{
	size_t last = s->want.len > s->unit ? s->want.len - s->unit : 0;
	unsigned traits = s->subject->traits;
	char key[128];

	/* x86 lets what may be written or run be read; what PROT_NONE says is the same for all handlers. */
	if (!(traits & NO_READ_TOUCH) && s->want.prot) {
		result_text(r, both(prefix, "read first", key, sizeof(key)), "%s",
			    touch_read(s->at));
		if (last)
			result_text(r, both(prefix, "read last", key, sizeof(key)), "%s",
				    touch_read(s->at + last));
		if (s->o->content && inside(s))
			content(s->at, s->want.len < CONTENT_MAX ? s->want.len : CONTENT_MAX,
				s->unit < CONTENT_MAX ? s->unit : CONTENT_MAX, r,
				both(prefix, "content", key, sizeof(key)));
	}
	if (traits & (NO_WRITE_TOUCH | NO_READ_TOUCH) || !(s->want.prot & PROT_WRITE))
		return;
	result_text(r, both(prefix, "write first", key, sizeof(key)), "%s", touch_write(s->at));
	if (last)
		result_text(r, both(prefix, "write last", key, sizeof(key)), "%s",
			    touch_write(s->at + last));
}
