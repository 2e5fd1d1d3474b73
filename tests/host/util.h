/* SPDX-License-Identifier: MIT */
/* The little that a host in plain C needs: memory, text, time. No GLib in this library. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/prosoft/prosoft.h"

#define HOST_PRINTF(text, first) __attribute__ ((format (printf, text, first)))

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

/* Makes the folder and the ones above it, 0700. */
bool host_make_folder (const char *path);

/* Puts `size` bytes where `path` is, whole or not at all, 0600. errno says why not. */
bool host_write_file (const char *path, const void *data, size_t size);

/* The bytes of a file of at most `limit`, with a NUL behind them; NULL with errno otherwise. */
char *host_read_file (const char *path, size_t limit, size_t *size);
