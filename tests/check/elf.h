/* SPDX-License-Identifier: MIT */
/* What stands in a module's file, read without loading it: ELF of 32 or 64 bits, little-endian. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define CHECK_ELF_MAX_NAMES 256

typedef struct CheckElf
{
  char *bytes;                              /* (owned) */
  const char *exports[CHECK_ELF_MAX_NAMES]; /* defined, visible symbols; borrowed like the next */
  size_t n_exports;                         /* may be larger than the array */
  const char *needed[CHECK_ELF_MAX_NAMES];  /* names of libraries */
  size_t n_needed;
  bool pinned; /* -z nodelete */
} CheckElf;

/* FALSE when it is no such file. */
bool check_elf_read (CheckElf *elf, const char *path);
void check_elf_clear (CheckElf *elf);
