/* SPDX-License-Identifier: MIT */
/*
 * The files of a host. Paths are UTF-8 on every system, and on Windows as long as the disk allows.
 * What fails says why in errno.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Makes the folder and the ones above it, 0700. */
bool host_make_folder (const char *path);

/* Puts `size` bytes where `path` is, whole or not at all, 0600. */
bool host_write_file (const char *path, const void *data, size_t size);

/* The bytes of a file of at most `limit`, with a NUL behind them; NULL otherwise. Free with free().
 */
char *host_read_file (const char *path, size_t limit, size_t *size);

/* A file that is not there is no error. */
bool host_remove_file (const char *path);

/* Streams of bytes, that no child inherits: one that writes behind what is there, and one of a file
 * that is made now. NULL otherwise. */
FILE *host_append_to_file (const char *path);
FILE *host_create_file (const char *path);

/* The absolute path of what is there, or NULL. Free with free(). */
char *host_find_file (const char *path);

/* A file that is read here and there; others may write it meanwhile. NULL otherwise:
 * with EISDIR for what is no ordinary file. */
typedef struct HostFile HostFile;
HostFile *host_file_open (const char *path);
void host_file_close (HostFile *file);
int64_t host_file_get_size (const HostFile *file);

/* How many bytes were read, fewer only at the end; -1 otherwise. */
int64_t host_file_read (HostFile *file, int64_t offset, void *buffer, size_t capacity);
