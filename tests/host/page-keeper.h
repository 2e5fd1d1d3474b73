/* SPDX-License-Identifier: MIT */
/* Keeps what pages were shown, for whoever wants to look at all of them (tests/referees). */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* A folder that exists; without it nothing is kept. */
#define HOST_PAGES_VARIABLE "TTECOMM_PAGES_DIR"

  /* Writes the page into the folder, once for the same bytes, under a name made of them. */
  void host_keep_page (const void *bytes, size_t size);

#ifdef __cplusplus
}
#endif
