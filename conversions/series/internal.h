/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside series/ only: what its steps share, and the steps. */
#ifndef MMAPCONV_CONVERSIONS_SERIES_INTERNAL_H
#define MMAPCONV_CONVERSIONS_SERIES_INTERNAL_H

#include "series/batch.h"
#include "series/repo.h"
#include "series/series.h"

struct series {
	const struct tree *tree;
	struct flags_db *flags;			/* NULL: nothing is compiled */
	const struct series_options *opt;
	char *out;
	struct checkout checkout;
	struct author who;			/* with a date */
	bool has_identity;			/* who is a person */
	char *work;				/* OUT/work/series */
	struct drivers drivers;
	struct batches batches;
	char *unasked;				/* why MAINTAINERS was not asked, or NULL */
	char *tree_version;
};

/* Names of its branch and its change: the same for every version.  0 or a negative errno. */
int posting_name(struct series *s, struct batch *b);
/* One posting, from commits to mails; nothing is written below OUT/series.  0 or a negative errno. */
int posting_make(struct series *s, struct batch *b);
/* OUT/series/NAME/vN.  0 or a negative errno (message printed). */
int posting_place(struct series *s, struct batch *b);

/* Commit a driver's patches as one on HEAD; what does not apply is left out.  0 or a negative errno. */
int commit_driver(struct series *s, struct repo *r, struct driver *d);

/* The posting's drivers that were not left out: their number, and one's place, from 1. */
size_t posting_size(const struct batch *b);
size_t posting_number(const struct batch *b, const struct driver *d);
#define posting_each(d, b) \
	for (struct driver **d##_ = (b)->drivers.items, *d; \
	     d##_ < (b)->drivers.items + (b)->drivers.nr && ((d = *d##_), true); d##_++) \
		if (!d->left_out)

/* Mails. */
int mails_ids(struct series *s, struct batch *b);
int mails_format(struct series *s, const struct repo *r, struct batch *b);
void mail_add_headers(struct strbuf *out, const char *mail, const struct recipients *to,
		      const struct recipients *cc, const char *id, const char *reply_to);
char *first_id(const struct series *s, const struct batch *b);

/* The cover: its text, for a mail and for b4's commit. */
void cover_subject(struct batch *b);
void cover_text(const struct series *s, const struct batch *b, struct strbuf *text);
/* "base-commit: …", "change-id: …" and what it stands on, for the end of the cover or the only patch. */
void cover_footer(const struct series *s, const struct batch *b, struct strbuf *text);
int cover_commit(struct series *s, struct repo *r, struct batch *b, const char *start);
int cover_mail(struct series *s, const struct repo *r, struct batch *b, const char *start, const char *tip);

/* What changed since the version before; 1 when there is none. */
int reroll_read(struct series *s, struct batch *b);
int reroll_compare(struct series *s, const struct repo *r, struct batch *b, const char *start, const char *tip);
void changes_text(const struct batch *b, struct strbuf *text);

/* --check: each patch in its place, on a detached HEAD.  0 or a negative errno. */
int check_load_flags(struct series *s);
int check_posting(struct series *s, struct repo *r, struct batch *b, const char *start);
bool check_failed(const struct checks *c);

struct json_object;
struct json_object *posting_to_json(const struct series *s, const struct batch *b);

#endif
