/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_X86_PGTABLE_H
#define _ASM_X86_PGTABLE_H

typedef struct { unsigned long pgprot; } pgprot_t;

#define _PAGE_PWT	0x08UL
#define _PAGE_PCD	0x10UL

#define pgprot_val(prot)		((prot).pgprot)
#define __pgprot(value)			((pgprot_t){ (value) })
#define pgprot_noncached(prot)		__pgprot(pgprot_val(prot) | _PAGE_PCD | _PAGE_PWT)
#define pgprot_writecombine(prot)	__pgprot(pgprot_val(prot) | _PAGE_PWT)

#endif
