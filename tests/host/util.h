/* SPDX-License-Identifier: MIT */
/* The little that a host in plain C needs: memory, text, time. No GLib in this library. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "api/prosoft/prosoft.h"

/* mingw's own printf is of C99, while "printf" to its compiler is that of Windows. */
#ifdef __MINGW_PRINTF_FORMAT
#define HOST_PRINTF(text, first) __attribute__ ((format (__MINGW_PRINTF_FORMAT, text, first)))
#else
#define HOST_PRINTF(text, first) __attribute__ ((format (printf, text, first)))
#endif

/* Never NULL: a test host that is out of memory says so and ends. Free with free(). */
void *host_alloc (size_t size);
void *host_realloc (void *memory, size_t size);
char *host_strdup (const char *text); /* NULL gives NULL */
char *host_format (const char *format, ...) HOST_PRINTF (1, 2);
char *host_format_va (const char *format, va_list arguments) HOST_PRINTF (1, 0);

/* Whether `size` bytes are UTF-8: no surrogates, no overlong forms, nothing above U+10FFFF. */
bool host_utf8_valid (const char *bytes, size_t size);

/* Fills `error` (may be NULL); a long message is cut at a character. Returns `code`. */
prosoft_result_t host_error (prosoft_error_t *error, prosoft_result_t code, const char *format, ...)
    HOST_PRINTF (3, 4);

/* Microseconds of a clock that only goes forward. */
int64_t host_monotonic_us (void);

/* Overwrites a secret for good. */
void host_wipe (void *memory, size_t size);
