/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_BASE_VERSION_H
#define MMAPCONV_BASE_VERSION_H

#define MMAPCONV_VERSION "0.1"

#endif
