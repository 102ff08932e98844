/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the program's own files are. */
#ifndef MMAPCONV_BASE_PROGRAM_H
#define MMAPCONV_BASE_PROGRAM_H

/*
 * The folder `name` that holds the file `witness`: the environment variable's if it is set, else beside the program
 * in the source tree, else below share/mmapconv/ where it was installed.  The caller frees; NULL after a message
 * that calls it `what`.
 */
char *program_dir(const char *variable, const char *name, const char *witness, const char *what);

#endif
