// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 255
#define foo_mmap foo_other_mmap
