/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shelf: hand-finished patches, and what a person judged to need more than a patch can do, kept as files.
 *
 *	NNNN-slug.patch		one mail, as `git format-patch --full-index --no-signature` writes it
 *	NNNN-slug.json		what it converts, and what it claims; shelf.schema.json.  Of kind "judged": of a handler, what it
 *				waits for; there is no patch beside it
 *
 * Patches are in the order of their numbers.  Nothing in such a folder is trusted: what is read here holds to the schema,
 * leads to no file outside of a tree, and is bounded in size.
 */
#ifndef MMAPCONV_CONVERSIONS_SHELF_H
#define MMAPCONV_CONVERSIONS_SHELF_H

#include "inventory.h"

#define SHELF_SCHEMA "mmapconv-shelf-1"

/* A handler that the patch is about. */
struct shelf_handler {
	char *id, *file, *function;	/* "file:function" */
	char *hook;			/* its new name; NULL: the patch leaves it what it is */
	char *proof;			/* claimed: "equal", "equal-but", "unknown"; NULL without a hook */
	char *why;			/* of equal-but: the kinds; of unknown: what cannot be decided; else NULL or a remark */
};

/* A file that the patch touches. */
struct shelf_file {
	char *path;			/* relative to the tree */
	char *blob;			/* what it was made for: git's name of that text */
	bool created;			/* the patch makes it */
};

/* What was done the last time that somebody looked; NULL where nothing is said. */
struct shelf_verified { char *release, *date, *compile, *checkpatch, *audit, *boot; };

struct shelf_patch {
	char *name;			/* "0003-slug" */
	unsigned number;
	struct strbuf text;		/* the mail */
	char *subject;			/* without "[PATCH] " */
	VEC(struct shelf_file) files;	/* sorted by path */
	char *kind;			/* "conversion", "fix", "preparation", "core" */
	VEC(struct shelf_handler) handlers;
	char *class_name;		/* or NULL */
	struct strlist rules, prerequisites, archs, questions, differences;
	VEC(struct boot_announced) boot;	/* differences that it makes, and a boot shows */
	struct strlist provides;	/* core: what handlers wait for and this offers; needs.h */
	struct shelf_verified verified;
	VEC(size_t) on;			/* the prerequisites' places on the shelf */
	char *error;			/* why it cannot be used, or NULL */
};

/* A function that a judgement is about, and its text then. */
struct shelf_text {
	char *id, *file, *function;	/* "file:function" */
	char *hash;			/* as hand_text.h says */
};

/* A handler that no patch can convert faithfully: somebody read it, and says what it waits for. */
struct shelf_judgement {
	char *name;			/* "0903-slug" */
	unsigned number;
	char *id, *file, *function;	/* the handler: "file:function" */
	struct strlist needs;		/* needs.h; at least one */
	char *why;			/* one sentence */
	struct strlist rules, remarks;
	VEC(struct shelf_text) read;	/* the handler first; of other code the judgement says nothing */
	struct shelf_verified verified;
	char *error;			/* why it cannot be used, or NULL */
};

struct shelf {
	char *dir;
	VEC(struct shelf_patch) patches;	/* by number */
	VEC(struct shelf_judgement) judged;	/* the same */
	unsigned damaged;			/* files and patches that cannot be used; a message was printed for each */
};

/*
 * Read a folder.  0, also when patches are damaged: a message for each, and error is set where as much is known of it as
 * its handlers; or a negative errno after a message: the folder cannot be read.  shelf_free() always.
 */
int shelf_open(struct shelf *s, const char *dir);
void shelf_free(struct shelf *s);

/* The patch's place, or patches.nr. */
size_t shelf_find(const struct shelf *s, const char *name);
/* Does it convert a handler, and how many? */
unsigned shelf_converts(const struct shelf_patch *p);
/* The judgement of that name, or NULL. */
const struct shelf_judgement *shelf_judgement(const struct shelf *s, const char *name);

/* Does a claim's text name the kind as a word of its own?  text: may be NULL. */
bool shelf_text_names(const char *text, const char *kind);
/* "0003-slug": a patch's file name without ".patch". */
bool shelf_is_name(const char *s);

/* shelf_meta.c: fill in p from the text of its .json.  0, or -EINVAL with *error (caller frees). */
int shelf_read_meta(struct shelf_patch *p, const struct strbuf *text, char **error);
/* shelf_write.c: the other way round, as it is kept; appended to b. */
void shelf_write_meta(const struct shelf_patch *p, struct strbuf *b);
/* shelf_judged.c: the same of a judgement, and whether the text is of one. */
bool shelf_is_judgement(const struct strbuf *text);
int shelf_read_judgement(struct shelf_judgement *j, const struct strbuf *text, char **error);
/* What it holds. */
void shelf_judgement_free(struct shelf_judgement *j);
void shelf_verified_free(struct shelf_verified *v);
/* shelf_write.c: the other way round, as it is kept; appended to b. */
void shelf_write_judgement(const struct shelf_judgement *j, struct strbuf *b);
/* shelf_patch.c: subject and files from p->text.  0, or -EINVAL with *error (caller frees). */
int shelf_read_patch(struct shelf_patch *p, char **error);

#endif
