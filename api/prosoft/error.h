/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_ERROR_H
#define PROSOFT_ERROR_H

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A diagnostic for developers and support: English, never shown to a person as it is (R9). Texts for
 * people travel in pages and completions, in the host's language.
 *
 * The caller allocates it and may pass NULL instead. Written only when the call fails.
 */
typedef struct prosoft_error
{
  prosoft_result_t code;
  uint32_t reserved; /* 0 */
  char message[504]; /* UTF-8, NUL-terminated, cut at a character boundary */
} prosoft_error_t;

#define PROSOFT_ERROR_SIZE 512

#ifdef __cplusplus
}
#endif

#endif
