/* SPDX-License-Identifier: MIT */
#include "tests/check/elf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/check.h"

#define MAX_FILE (64 * 1024 * 1024)
#define TYPE_STRINGS 3
#define TYPE_DYNAMIC 6
#define TYPE_DYNAMIC_SYMBOLS 11
#define TAG_NEEDED 1
#define TAG_FLAGS_1 0x6ffffffb
#define FLAG_NODELETE 0x8

typedef struct Section
{
  uint64_t type, offset, size, link, entry;
} Section;

typedef struct File
{
  const unsigned char *bytes;
  size_t size;
  bool wide; /* 64 bits */
} File;

/* `width` bytes at `offset`; 0 outside of the file. */
static uint64_t
number (const File *file, uint64_t offset, unsigned width)
{
  uint64_t value = 0;

  if (offset > file->size || width > file->size - offset)
    return 0;
  for (unsigned i = width; i > 0; i--)
    value = value << 8 | file->bytes[offset + i - 1];
  return value;
}

static uint64_t
word (const File *file, uint64_t offset)
{
  return number (file, offset, file->wide ? 8 : 4);
}

static bool
get_section (const File *file, uint64_t index, Section *section)
{
  uint64_t table = file->wide ? number (file, 0x28, 8) : number (file, 0x20, 4);
  uint64_t step = number (file, file->wide ? 0x3a : 0x2e, 2);
  uint64_t count = number (file, file->wide ? 0x3c : 0x30, 2);
  uint64_t at = table + index * step;

  if (index >= count || table > file->size)
    return false;
  section->type = number (file, at + 4, 4);
  section->offset = word (file, at + (file->wide ? 0x18 : 0x10));
  section->size = word (file, at + (file->wide ? 0x20 : 0x14));
  section->link = number (file, at + (file->wide ? 0x28 : 0x18), 4);
  section->entry = word (file, at + (file->wide ? 0x38 : 0x24));
  return section->offset <= file->size && section->size <= file->size - section->offset;
}

/* A name in the string table that `section` is linked with; NULL when it does not end there. */
static const char *
name_of (const File *file, const Section *section, uint64_t offset)
{
  Section strings;

  if (!get_section (file, section->link, &strings) || strings.type != TYPE_STRINGS
      || offset >= strings.size)
    return NULL;
  if (memchr (file->bytes + strings.offset + offset, '\0', strings.size - offset) == NULL)
    return NULL;
  return (const char *)file->bytes + strings.offset + offset;
}

static void
read_symbols (CheckElf *elf, const File *file, const Section *section)
{
  uint64_t least = file->wide ? 24 : 16;

  for (uint64_t at = section->offset;
       section->entry >= least && at + least <= section->offset + section->size;
       at += section->entry)
    {
      uint64_t info = number (file, at + (file->wide ? 4 : 12), 1);
      uint64_t visibility = number (file, at + (file->wide ? 5 : 13), 1) & 3;
      uint64_t home = number (file, at + (file->wide ? 6 : 14), 2);
      const char *name = name_of (file, section, number (file, at, 4));

      /* Global, weak or unique, defined here, default or protected. */
      if ((info >> 4) == 0 || home == 0 || visibility == 1 || visibility == 2 || name == NULL)
        continue;
      if (elf->n_exports < CHECK_ELF_MAX_NAMES)
        elf->exports[elf->n_exports] = name;
      elf->n_exports++;
    }
}

static void
read_dynamic (CheckElf *elf, const File *file, const Section *section)
{
  unsigned width = file->wide ? 8 : 4;

  for (uint64_t at = section->offset; at + 2 * width <= section->offset + section->size;
       at += 2 * width)
    {
      uint64_t tag = word (file, at), value = word (file, at + width);
      const char *name = tag == TAG_NEEDED ? name_of (file, section, value) : NULL;

      if (name != NULL && elf->n_needed < CHECK_ELF_MAX_NAMES)
        elf->needed[elf->n_needed++] = name;
      if (tag == TAG_FLAGS_1 && (value & FLAG_NODELETE) != 0)
        elf->pinned = true;
      if (tag == 0)
        break;
    }
}

bool
check_elf_read (CheckElf *elf, const char *path)
{
  size_t size = 0;
  Section section;
  File file;

  *elf = (CheckElf){ .bytes = check_read_file (path, MAX_FILE, &size) };
  if (elf->bytes == NULL)
    return false;
  file = (File){ (const unsigned char *)elf->bytes, size, size > 5 && elf->bytes[4] == 2 };
  if (size < 64
      || memcmp (elf->bytes,
                 "\x7f"
                 "ELF",
                 4)
             != 0
      || elf->bytes[5] != 1)
    {
      check_elf_clear (elf);
      return false;
    }
  for (uint64_t i = 0; i < 65536 && i < number (&file, file.wide ? 0x3c : 0x30, 2); i++)
    {
      if (!get_section (&file, i, &section))
        continue;
      if (section.type == TYPE_DYNAMIC_SYMBOLS)
        read_symbols (elf, &file, &section);
      else if (section.type == TYPE_DYNAMIC)
        read_dynamic (elf, &file, &section);
    }
  return true;
}

void
check_elf_clear (CheckElf *elf)
{
  free (elf->bytes);
  elf->bytes = NULL;
}
