/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * One function a format that comes from outside. Each reads @data as its comment says and aborts
 * when something that must hold does not; it returns 0, as libFuzzer wants it. clang builds a
 * fuzzer of each (./dev fuzz), every compiler a test that runs all of tests/fuzz/corpus through
 * them. Thread: one.
 *
 * Where a format has signatures or digests that no fuzzer can guess, the first byte says who makes
 * them: '0' leaves the bytes as they are, other digits let the target sign or seal them.
 */
int ttecomm_fuzz_answer (const guint8 *data, gsize size);
int ttecomm_fuzz_cache (const guint8 *data, gsize size);
int ttecomm_fuzz_json (const guint8 *data, gsize size);
int ttecomm_fuzz_kept (const guint8 *data, gsize size);
int ttecomm_fuzz_keys (const guint8 *data, gsize size);
int ttecomm_fuzz_nbt (const guint8 *data, gsize size);
int ttecomm_fuzz_order (const guint8 *data, gsize size);
int ttecomm_fuzz_page (const guint8 *data, gsize size);
int ttecomm_fuzz_problem (const guint8 *data, gsize size);
int ttecomm_fuzz_redirect (const guint8 *data, gsize size);
int ttecomm_fuzz_statement (const guint8 *data, gsize size);
int ttecomm_fuzz_terms (const guint8 *data, gsize size);

/* The bytes that are not read yet. */
typedef struct
{
  const guint8 *at; /* (unowned) (array length=left) */
  gsize left;
} FuzzInput;

/* The next byte; 0 at the end. */
guint8 fuzz_input_take_byte (FuzzInput *input);

/* The digit that the next byte stands for, 0 to @n - 1. */
guint fuzz_input_take_choice (FuzzInput *input, guint n);

/* What stands before the next @separator, which is dropped, or all that is left. (transfer full):
 * a block of exactly @length bytes and a NUL. */
char *fuzz_input_take_until (FuzzInput *input, char separator, gsize *length);

/* All that is left, in a block of exactly @length bytes: reading past its end is seen. Never NULL.
 */
guint8 *fuzz_input_take_rest (FuzzInput *input, gsize *length);

/* A folder of this process's own for files; removed when it ends. */
const char *fuzz_folder (void);

/* Puts @length bytes into a file there. */
void fuzz_write_file (const char *path, gconstpointer data, gsize length);

/* An error is of @domain, and its message is words. */
void fuzz_assert_error (const GError *error, GQuark domain);

/* UTF-8 on one line. (nullable) */
void fuzz_assert_line (const char *text);

G_END_DECLS
