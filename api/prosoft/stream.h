/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_STREAM_H
#define PROSOFT_STREAM_H

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Large bytes in, with random access. Valid during the call that passed it; the one exception is the
 * reader of an open project (project.h). [main]
 */
typedef struct prosoft_reader
{
  void *reader_data; /* reserved for the owner */

  /* Size in bytes, or a negative result code. Does not change while the reader is valid.
   * [main, non-blocking] */
  int64_t (PROSOFT_ABI *size) (const struct prosoft_reader *reader);

  /* Copies at most `capacity` bytes from `offset` into `buffer`. Short reads are allowed.
   * Returns the number of bytes, 0 at or behind the end, or a negative result code.
   * [main, non-blocking] */
  int64_t (PROSOFT_ABI *read) (const struct prosoft_reader *reader, int64_t offset, void *buffer,
                               int64_t capacity);
} prosoft_reader_t;

/* Large bytes out. Valid only during the call that passed it (R7). [main] */
typedef struct prosoft_writer
{
  void *writer_data; /* reserved for the owner */

  /* Takes all `size` bytes and returns PROSOFT_OK, or a negative result code; after one failure
   * every further call fails with the same code.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *write) (const struct prosoft_writer *writer, const void *data,
                                         int64_t size);
} prosoft_writer_t;

#ifdef __cplusplus
}
#endif

#endif
