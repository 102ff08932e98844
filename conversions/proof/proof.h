/* SPDX-License-Identifier: GPL-2.0-only */
/* Does each hook do to every request what its handler did?  No patch leaves without an answer. */
#ifndef MMAPCONV_CONVERSIONS_PROOF_H
#define MMAPCONV_CONVERSIONS_PROOF_H

#include "plan.h"

/*
 * Compare the jobs that have a mail and no verdict yet, all in one go: fills in h->conversion.proof, adds the check
 * "contract", and lets a job fail at stage "proof" that opt does not let pass.  work: a folder for the changed
 * files.  0, -EINTR, or a negative errno after a message.
 */
int proof_jobs(struct plan *p, const struct convert_options *opt, const char *work);

/* "equal-but: state-in-mapped, prot-in-vma": the verdict, and its differences by kind.  The caller frees. */
char *proof_said(const struct proof_record *p);

#endif
