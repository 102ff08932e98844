/* SPDX-License-Identifier: GPL-2.0-only */
/* The logs of one handler that was converted, in both kernels. */
#ifndef MMAPCONV_TEST_BOOT_UDF_H
#define MMAPCONV_TEST_BOOT_UDF_H

#include "test_boot_fixture.h"

#define UDF "fs/udf/file.c:udf_mmap"
#define OLD_CALLED "\"udf_mmap\""
#define NEW_CALLED "\"udf_mmap_prepare\""
#define FLAGS "\"mmap\":\"ok\",\"flags\":\"rd wr sh mr mw me ms\""

#define LOG(called, flags, left) \
	START READY("udf") REQUEST("udf", "shared rw all", called, flags) \
	REQUEST("udf", "shared r past", called, "\"mmap\":\"EINVAL\"") DONE("udf", left) END(2)

__attribute__((unused)) static const char old_log[] = LOG(OLD_CALLED, FLAGS, "\"files\":0");
__attribute__((unused)) static const char new_log[] = LOG(NEW_CALLED, FLAGS, "\"files\":0");

#endif
