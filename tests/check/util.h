/* SPDX-License-Identifier: MIT */
/* The little that plain C lacks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#if defined(__GNUC__)
#define CHECK_PRINTF(text, first) __attribute__ ((format (printf, text, first)))
#else
#define CHECK_PRINTF(text, first)
#endif

/* Free with free(); never NULL. */
char *check_format (const char *format, ...) CHECK_PRINTF (1, 2);
void *check_alloc (size_t size);

/* The bytes of a file with a NUL behind them; NULL with errno. (owned) */
char *check_read_file (const char *path, size_t limit, size_t *size);

/* Whether `size` bytes are UTF-8: no surrogates, no overlong forms, nothing above U+10FFFF. */
bool check_utf8_valid (const char *bytes, size_t size);

/* Bytes from elsewhere into a report: what is no text becomes U+FFFD. A text between quotes; one
 * for between tags or quotes. */
void check_write_json_text (FILE *file, const char *text);
void check_write_xml_text (FILE *file, const char *text);
