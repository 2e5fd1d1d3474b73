/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-error.h"

G_DEFINE_QUARK (ttecomm - nbt - error - quark, ttecomm_nbt_error)

static const char *
next_step (TtecommNbtError code)
{
  switch (code)
    {
    case TTECOMM_NBT_ERROR_MAGIC:
      return "This is not a PROSOFT project: open a .nbt file.";
    case TTECOMM_NBT_ERROR_VERSION:
    case TTECOMM_NBT_ERROR_FLAGS:
    case TTECOMM_NBT_ERROR_CRITICAL:
      return "The file needs a newer TTecomm module: update the module.";
    case TTECOMM_NBT_ERROR_TRUNCATED:
    case TTECOMM_NBT_ERROR_SIZE:
      return "The file was cut short or is still being written: open it again, or open a backup.";
    case TTECOMM_NBT_ERROR_READ:
      return "Open the file again.";
    case TTECOMM_NBT_ERROR_CONTENT:
    case TTECOMM_NBT_ERROR_TOO_LARGE:
      return "Correct it in PROSOFT and save the project again, or open a backup.";
    case TTECOMM_NBT_ERROR_LOCK:
      return "Set the password of the project again in PROSOFT, or open a backup.";
    case TTECOMM_NBT_ERROR_PASSWORD:
      return "Enter the password of the project again.";
    case TTECOMM_NBT_ERROR_KEY:
      return "Close other programs, then enter the password again.";
    case TTECOMM_NBT_ERROR_COUNT:
    case TTECOMM_NBT_ERROR_RESERVED:
    case TTECOMM_NBT_ERROR_TABLE_DIGEST:
    case TTECOMM_NBT_ERROR_TAG:
    case TTECOMM_NBT_ERROR_SECTION_FLAGS:
    case TTECOMM_NBT_ERROR_OFFSET:
    case TTECOMM_NBT_ERROR_OVERLAP:
    case TTECOMM_NBT_ERROR_BOUNDS:
    case TTECOMM_NBT_ERROR_LENGTH:
    case TTECOMM_NBT_ERROR_DUPLICATE:
    case TTECOMM_NBT_ERROR_MISSING:
    case TTECOMM_NBT_ERROR_UNEXPECTED:
    case TTECOMM_NBT_ERROR_SECTION_DIGEST:
    case TTECOMM_NBT_ERROR_SEAL:
    default:
      return "The file is damaged: open a backup, or save the project again in PROSOFT.";
    }
}

gboolean
ttecomm_nbt_fail (GError **error, TtecommNbtError code, guint64 offset, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, TTECOMM_NBT_ERROR, code, "%s (at offset 0x%" G_GINT64_MODIFIER "x). %s", what,
               offset, next_step (code));
  return FALSE;
}
