// SPDX-License-Identifier: GPL-2.0-only
/* Commits as mails that are ready to send, of internal.h. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/log.h"
#include "base/version.h"
#include "mail/mail.h"
#include "mail/patches.h"
#include "series/internal.h"
#include "series/message.h"
#include "utf8.h"

size_t posting_size(const struct batch *b)
{
	size_t nr = 0;

	posting_each(d, b)
		nr++;
	return nr;
}

size_t posting_number(const struct batch *b, const struct driver *wanted)
{
	size_t nr = 0;

	posting_each(d, b) {
		nr++;
		if (d == wanted)
			return nr;
	}
	return 0;
}

/* "v2 03/12" and the like, as git counts; nothing of it where it says nothing. */
static char *subject_prefix(const struct batch *b, size_t number)
{
	size_t nr = posting_size(b);
	int width = snprintf(NULL, 0, "%zu", nr);
	struct strbuf p = { 0 };

	strbuf_adds(&p, "PATCH");
	if (b->version > 1)
		strbuf_addf(&p, " v%u", b->version);
	if (nr > 1)
		strbuf_addf(&p, " %0*zu/%zu", width, number, nr);
	return strbuf_detach(&p);
}

static int format(const struct repo *r, const struct batch *b, const struct driver *d,
		  struct strbuf *out)
{
	char *prefix = subject_prefix(b, posting_number(b, d)),
	     *option = xasprintf("--subject-prefix=%s", prefix);
	int ret;

	strbuf_reset(out);
	ret = repo_git(r,
		       GIT("format-patch", "-1", "--stdout", "--full-index",
			   "--signature=mmapconv " MMAPCONV_VERSION, "--zero-commit",
			   "--no-renames", "--no-thread", "--no-attach", "--no-ext-diff",
			   "--no-textconv", "--no-numbered", "--stat=72", "-U3", "--src-prefix=a/",
			   "--dst-prefix=b/", option, d->commit),
		       NULL, out);
	free(prefix);
	free(option);
	return ret;
}

/* The part behind the @ of Message-IDs: the sender's. */
static char *domain_of(const char *email)
{
	const char *at = strrchr(email, '@'), *p;

	for (p = at ? at + 1 : ""; *p; p++)
		if (!isalnum((unsigned char)*p) && *p != '.' && *p != '-')
			break;
	return at && at[1] && !*p ? xstrdup(at + 1) : xstrdup("mmapconv.invalid");
}

/*
 * The same patches to the same people have the same Message-IDs; anything else has others, as archives
 * drop a mail whose name they know.
 */
int mails_ids(struct series *s, struct batch *b)
{
	XXH3_state_t *state = XXH3_createState();
	char *domain = domain_of(s->who.email), *stable;
	struct strbuf people = { 0 };
	unsigned long long hash;
	size_t number = 0;

	if (!state) {
		free(domain);
		return -ENOMEM;
	}
	XXH3_64bits_reset(state);
	posting_each(d, b) {
		XXH3_64bits_update(state, d->mail.s, d->mail.len);
		header_addresses(&people, "To", &d->to);
		header_addresses(&people, "Cc", &d->cc);
	}
	if (people.len)
		XXH3_64bits_update(state, people.s, people.len);
	hash = XXH3_64bits_digest(state) & 0xffffffffffffull;
	XXH3_freeState(state);
	stable = xstrndup(b->change_id, (size_t)(strrchr(b->change_id, '-') - b->change_id));
	posting_each(d, b) {
		number++;
		free(d->id);
		d->id = xasprintf("%s-v%u-%zu-%012llx@%s", stable, b->version, number, hash,
				  domain);
		free(d->name);
		d->name = patch_file_name(number, d->subject);
	}
	free(b->id);
	b->id = xasprintf("%s-v%u-%d-%012llx@%s", stable, b->version, number > 1 ? 0 : 1, hash,
			  domain);
	strbuf_free(&people);
	free(stable);
	free(domain);
	return 0;
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

void mail_add_headers(struct strbuf *out, const char *mail, const struct recipients *to,
		      const struct recipients *cc, const char *id, const char *reply_to)
{
	const char *body = strstr(mail, "\n\n");
	size_t head = body ? (size_t)(body - mail) + 1 : strlen(mail);
	char *headers = xstrndup(mail, head);

	strbuf_adds(out, headers);
	header_addresses(out, "To", to);
	header_addresses(out, "Cc", cc);
	strbuf_addf(out, "Message-ID: <%s>\n", id);
	if (reply_to)
		strbuf_addf(out, "In-Reply-To: <%s>\nReferences: <%s>\n", reply_to, reply_to);
	/* The diff counts too: git itself looks at the message only, and send-email asks a person then. */
	if (!strcasestr(headers, "\nContent-Type:") && !is_ascii(mail + head))
		strbuf_addf(out,
			    "MIME-Version: 1.0\nContent-Type: text/plain; charset=%s\n"
			    "Content-Transfer-Encoding: 8bit\n",
			    utf8_valid(mail + head) ? "UTF-8" : "ISO-8859-1");
	strbuf_adds(out, mail + head);
	free(headers);
}

/* What stands between the "---" and the diffstat. */
static void below_cut(const struct series *s, const struct batch *b, const struct driver *d,
		      struct strbuf *out)
{
	const struct check *c;
	char *text;
	size_t i;

	if (posting_size(b) == 1) {
		changes_text(b, out);
		if (b->range_diff && b->range_diff[0])
			strbuf_addf(out, "Range-diff against v%u:\n%s\n", b->version - 1,
				    b->range_diff);
	}
	for (i = 0; i < d->notes.nr; i++)
		mail_wrap(out, "", "  ", d->notes.items[i]);
	driver_verification(out, d);
	vec_each(c, &d->checks) {
		text = xasprintf("in its place: %s: %s: %s", c->name, c->status,
				 c->detail ? c->detail : "");
		mail_wrap(out, "mmapconv: ", "  ", text);
		free(text);
	}
	if (posting_size(b) == 1) {
		strbuf_adds(out, "\n");
		cover_footer(s, b, out);
	}
}

int mails_format(struct series *s, const struct repo *r, struct batch *b)
{
	const char *cut;
	int ret;

	posting_each(d, b) {
		struct strbuf raw = { 0 }, whole = { 0 };

		ret = format(r, b, d, &raw);
		if (ret) {
			strbuf_free(&raw);
			return ret;
		}
		cut = strstr(raw.s, "\n---\n");
		if (s && cut) {
			strbuf_add(&whole, raw.s, (size_t)(cut - raw.s) + 5);
			below_cut(s, b, d, &whole);
			strbuf_adds(&whole, "\n");
			strbuf_adds(&whole, cut + 5);
			strbuf_reset(&raw);
			mail_add_headers(&raw, whole.s, &d->to, &d->cc, d->id,
					 posting_size(b) > 1 ? b->id : NULL);
		}
		strbuf_free(&d->mail);
		d->mail = raw;
		strbuf_free(&whole);
	}
	return 0;
}
