/* SPDX-License-Identifier: MIT */
#include "tests/bench/nbt-sample.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/tools/nbt-packer.h"

#define HEADER 64
#define ENTRY 64
/* Where the header and an entry keep what is changed here (api/nbt/nbt.ksy). */
#define FILE_SIZE 16
#define N_SECTIONS 4
#define OFFSET 8
#define STORED 16
#define PLAIN 24

static char *
describe (guint n_people)
{
  GString *text = g_string_new (
      "{\"sections\":[{\"tag\":\"INST\",\"json\":{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\","
      "\"name\":\"Villa Picos\",\"language\":\"en\",\"prosoft\":\"5.1.2.0\","
      "\"ttcloud\":{\"connected\":true,\"id\":\"TT-0001\"}}},"
      "{\"tag\":\"UNIT\",\"json\":[]},{\"tag\":\"USER\",\"json\":{\"people\":[");

  for (guint i = 0; i < n_people; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"p%u\",\"name\":\"Alexa Picos %u\",\"email\":"
                            "\"alexa.picos.%u@example.org\",\"group\":\"parents\",\"cloud_access\":"
                            "\"%s\",\"integrator\":false}",
                            i > 0 ? "," : "", i, i, i, i == 0 ? "owner" : "user");
  g_string_append (text, "],\"integrators\":[{\"id\":\"i1\",\"name\":\"Ines Claes\",\"company\":"
                         "\"Claes Domotics\",\"email\":\"ines.claes@example.com\"}]}},"
                         "{\"tag\":\"PROJ\",\"opaque\":8,\"critical\":false}]}");
  return g_string_free (text, FALSE);
}

static guint64
get (const GByteArray *file, gsize at)
{
  guint64 value;

  memcpy (&value, file->data + at, sizeof value);
  return GUINT64_FROM_LE (value);
}

static void
put (GByteArray *file, gsize at, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (file->data + at, &value, sizeof value);
}

/* The last section becomes larger than it is: nobody reads it, so nobody looks at its digest. */
static void
stretch (GByteArray *file, guint64 project, guint64 *size)
{
  gsize entry = HEADER + (N_SECTIONS - 1) * (gsize)ENTRY;
  guint64 begin = get (file, entry + OFFSET);

  put (file, entry + STORED, project);
  put (file, entry + PLAIN, project);
  nbt_packer_reseal (file, FALSE);
  *size = begin + project;
  put (file, FILE_SIZE, *size);
  g_byte_array_set_size (file, (guint)begin);
}

static void
write_sparse (const char *path, int fd, const GByteArray *file, guint64 size)
{
  if (write (fd, file->data, file->len) != (gssize)file->len || ftruncate (fd, (off_t)size) != 0
      || !g_close (fd, NULL))
    g_error ("bench: %s: %s", path, g_strerror (errno));
}

NbtSample *
nbt_sample_new (guint n_people, guint64 project)
{
  NbtSample *self = g_new0 (NbtSample, 1);
  g_autofree char *text = describe (n_people);
  g_autoptr (GError) error = NULL;
  GBytes *packed = nbt_packer_pack_text (text, strlen (text), &error);
  GByteArray *file;
  gsize entry;
  int fd;

  if (packed == NULL)
    g_error ("bench: %s", error->message);
  file = self->head = g_bytes_unref_to_array (packed);
  self->sections = g_byte_array_new ();
  for (guint i = 0; i < N_SECTIONS - 1; i++)
    {
      entry = HEADER + i * (gsize)ENTRY;
      g_byte_array_append (self->sections, file->data + get (file, entry + OFFSET),
                           (guint)get (file, entry + STORED));
    }
  entry = HEADER + (N_SECTIONS - 2) * (gsize)ENTRY;
  self->users = g_strndup ((const char *)file->data + get (file, entry + OFFSET),
                           get (file, entry + STORED));
  stretch (file, project, &self->size);
  fd = g_file_open_tmp ("ttecomm-bench-XXXXXX.nbt", &self->path, &error);
  if (fd < 0)
    g_error ("bench: %s", error->message);
  write_sparse (self->path, fd, file, self->size);
  return self;
}

void
nbt_sample_free (NbtSample *self)
{
  g_remove (self->path);
  g_free (self->path);
  g_byte_array_unref (self->head);
  g_free (self->users);
  g_byte_array_unref (self->sections);
  g_free (self);
}
