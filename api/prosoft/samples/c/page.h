/* SPDX-License-Identifier: MIT */
/* A page (page.schema.json) as plain text. A host with windows makes a control of each block; what it
 * must do, too, is to show the fallback_text of a block that it does not know. */
#ifndef SAMPLE_PAGE_H
#define SAMPLE_PAGE_H

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

void page_print (const char *page, FILE *out);

#ifdef __cplusplus
}
#endif

#endif
