/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-reader.h"
#include "tests/harness/harness.h"
#include "tests/tools/nbt-packer.h"
#include "tests/unit/installation/nbt-file.h"

#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define ENTRY 64

static void
assert_asks (TtecommNbtReader *reader, guint64 offset, gsize length)
{
  guint64 found_offset = 0;
  gsize found_length = 0;

  /* Asking changes nothing. */
  g_assert_true (ttecomm_nbt_reader_next (reader, &found_offset, &found_length));
  g_assert_true (ttecomm_nbt_reader_next (reader, &found_offset, &found_length));
  g_assert_cmpuint (found_offset, ==, offset);
  g_assert_cmpuint (found_length, ==, length);
}

static void
feed (TtecommNbtReader *reader, const GByteArray *file, guint64 offset, gsize length)
{
  g_autoptr (GError) error = NULL;

  assert_asks (reader, offset, length);
  g_assert_true (ttecomm_nbt_reader_feed (reader, file->data + offset, length, &error));
  g_assert_no_error (error);
}

static void
test_asks_for_what_it_needs (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
  g_autoptr (TtecommInstallation) installation = NULL;
  g_autoptr (GError) error = NULL;
  guint64 offset = 0;
  gsize length = 0;

  feed (reader, file, 0, 64);
  feed (reader, file, 64, 4 * ENTRY);
  feed (reader, file, 0x140, 350);
  feed (reader, file, 0x2a0, 265);
  feed (reader, file, 0x3b0, 544);
  g_assert_false (ttecomm_nbt_reader_next (reader, &offset, &length));
  installation = ttecomm_nbt_reader_finish (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (installation->name, ==, "Villa Picos");

  /* Handed out once. */
  g_assert_null (ttecomm_nbt_reader_finish (reader, &error));
  g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_READ);
}

static void
test_keeps_encrypted_sections (void)
{
  static const char *const order[] = { "INST", "UNIT", "USER", "LOCK" };
  g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
  guint64 offset = 0;
  gsize length = 0;

  feed (reader, file, 0, 64);
  feed (reader, file, 64, 5 * ENTRY);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      gsize entry = nbt_file_find_entry (file, order[i]);

      g_assert_null (ttecomm_nbt_reader_get_sealed (reader));
      feed (reader, file, nbt_file_get (file, entry + 8, 8),
            (gsize)nbt_file_get (file, entry + 16, 8));
    }
  g_assert_false (ttecomm_nbt_reader_next (reader, &offset, &length));
  g_assert_nonnull (ttecomm_nbt_reader_get_sealed (reader));
}

/* In the order of the file, whatever that is. */
static void
test_reads_in_the_order_of_the_file (void)
{
  g_autoptr (GByteArray) file = nbt_file_pack (
      "{\"sections\":[{\"tag\":\"USER\",\"json\":{\"people\":[],\"integrators\":[]}},"
      "{\"tag\":\"AAAA\",\"opaque\":9},{\"tag\":\"UNIT\",\"json\":[]},"
      "{\"tag\":\"INST\",\"json\":{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\",\"name\":\"N\","
      "\"prosoft\":\"5.1\",\"ttcloud\":{\"connected\":false},\"transmitted\":\"2026-01-02T03:04:05Z\","
      "\"transmitted_users_sha256\":\"current\"}}]}");
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
  g_autoptr (TtecommInstallation) installation = NULL;
  static const guint order[] = { 0, 2, 3 };

  feed (reader, file, 0, 64);
  feed (reader, file, 64, 4 * ENTRY);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      gsize entry = 64 + ENTRY * (gsize)order[i];
      feed (reader, file, nbt_file_get (file, entry + 8, 8),
            (gsize)nbt_file_get (file, entry + 16, 8));
    }
  installation = ttecomm_nbt_reader_finish (reader, NULL);
  g_assert_nonnull (installation);
  g_assert_true (installation->users_transmitted);
}

/* The host's reader gives less, or more, or something without being asked. */
static void
test_refuses_other_lengths (void)
{
  static const gsize lengths[] = { 0, 1, 63, 65, 4096 };
  g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;
      guint64 offset = 0;
      gsize length = 0;

      g_assert_false (ttecomm_nbt_reader_feed (reader, file->data, lengths[i], &error));
      g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_READ);
      g_assert_false (ttecomm_nbt_reader_next (reader, &offset, &length));
      g_assert_null (ttecomm_nbt_reader_finish (reader, &again));
      g_assert_cmpstr (again->message, ==, error->message);
      g_clear_error (&error);
      g_assert_false (ttecomm_nbt_reader_feed (reader, file->data, 64, &error));
      g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_READ);
    }
}

static void
test_finish_before_the_end (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
  g_autoptr (GError) error = NULL;

  g_assert_null (ttecomm_nbt_reader_finish (reader, &error));
  g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_READ);
  g_clear_error (&error);
  /* It may still go on. */
  feed (reader, file, 0, 64);
  feed (reader, file, 64, 4 * ENTRY);
  g_assert_null (ttecomm_nbt_reader_finish (reader, &error));
  g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_READ);
}

/* Cut at every byte: once as the file system shows it, once with the header corrected. */
static void
test_truncated_at_every_byte (void)
{
  g_autoptr (GByteArray) good = nbt_file_load ("villa-picos.nbt");

  for (guint length = 0; length < good->len; length++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autoptr (TtecommInstallation) installation = NULL;
      g_autoptr (GError) error = NULL;

      g_byte_array_append (file, good->data, length);
      nbt_file_assert_refused (file,
                               length < 64 ? TTECOMM_NBT_ERROR_TRUNCATED : TTECOMM_NBT_ERROR_SIZE,
                               "");
      if (length < 64)
        continue;
      nbt_file_put (file, 16, 8, length);
      installation = nbt_file_read (file, &error);
      g_assert_null (installation);
      g_assert_cmpuint (error->domain, ==, TTECOMM_NBT_ERROR);
      g_assert_cmpint (error->code, ==,
                       length < 64 + 4 * ENTRY ? TTECOMM_NBT_ERROR_TRUNCATED
                                               : TTECOMM_NBT_ERROR_BOUNDS);
    }
}

static void
test_trailing_bytes (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");

  g_byte_array_append (file, (const guint8 *)"", 1);
  nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_SIZE, "5584 bytes, but the file has 5585");
  /* Space behind the last section is no harm when the header knows of it. */
  nbt_packer_reseal (file, TRUE);
  nbt_file_assert_accepted (file);
}

static void
test_digests_of_sections (void)
{
  static const char *const tags[] = { "INST", "UNIT", "USER" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");
      gsize offset = (gsize)nbt_file_get (file, nbt_file_find_entry (file, tags[i]) + 8, 8);
      g_autofree char *fragment
          = g_strdup_printf ("section %s does not match its digest (at offset 0x%" G_GSIZE_MODIFIER
                             "x)",
                             tags[i], offset);

      /* Still good JSON: only the digest can tell. */
      file->data[offset + 12] ^= 0x01;
      nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_SECTION_DIGEST, fragment);
    }
}

static void
test_digest_of_lock (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");
  gsize offset = (gsize)nbt_file_get (file, nbt_file_find_entry (file, "LOCK") + 8, 8);

  file->data[offset + 5] ^= 0x01;
  nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_SECTION_DIGEST, "section LOCK");
}

/* The project itself may have any size and any content: it is not looked at. */
static void
read_huge (guint64 project_size)
{
  g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");
  g_autoptr (TtecommInstallation) installation = NULL;
  g_autoptr (GError) error = NULL;
  gsize entry = nbt_file_find_entry (file, "PROJ");
  guint64 start = nbt_file_get (file, entry + 8, 8);
  NbtFileCount count = { 0 };

  nbt_file_put (file, entry + 16, 8, project_size);
  nbt_file_put (file, entry + 24, 8, project_size);
  nbt_packer_reseal (file, FALSE);
  nbt_file_put (file, 16, 8, start + project_size);
  g_byte_array_set_size (file, (guint)start); /* whoever asks for more fails */

  installation = nbt_file_read_sparse (file, start + project_size, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (installation->name, ==, "Villa Picos");
  g_assert_cmpuint (count.n_calls, ==, 5);
  g_assert_cmpuint (count.n_bytes, ==, 64 + 4 * ENTRY + 350 + 265 + 544);
  g_assert_cmpuint (count.largest, ==, 544);
}

static void
test_huge_files (void)
{
  read_huge (GIB);
  read_huge (G_GUINT64_CONSTANT (1) << 40);
  read_huge (G_MAXINT64 - 0x5d0);
  read_huge (G_MAXUINT64 - 0x5d0);
}

/* An USER section of exactly its limit, from `n` people: the largest thing that is ever read. */
static GByteArray *
pack_large (guint n, gsize size)
{
  g_autoptr (GString) user = g_string_new ("{\"integrators\":[],\"people\":[");
  g_autofree char *padding = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        user,
        "%s{\"id\":\"p%u\",\"name\":\"Person %u\",\"email\":\"p%u@example.org\","
        "\"group\":\"family\",\"cloud_access\":\"owner\",\"integrator\":false}",
        i > 0 ? "," : "", i, i, i);
  g_string_append (user, "]}");
  g_assert_cmpuint (user->len, <=, size);
  padding = g_strnfill (size - user->len, ' ');
  g_string_append (user, padding);
  return nbt_file_pack_texts (NULL, NULL, user->str);
}

static void
test_reads_large_sections_in_slices (void)
{
  g_autoptr (GByteArray) file = pack_large (2000, 512 * 1024);
  g_autoptr (TtecommInstallation) installation = NULL;
  g_autoptr (GError) error = NULL;
  NbtFileCount count = { 0 };

  installation = nbt_file_read_sparse (file, file->len, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (installation->people->len, ==, 2000);
  g_assert_cmpuint (count.n_calls, ==, 6);
  g_assert_cmpuint (count.largest, ==, TTECOMM_NBT_SLICE_SIZE);
}

/* "VmHWM:   1234 kB" of this process; 0 where there is none. */
static guint64
peak_memory_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* Gives back what is free, then lets the peak begin anew at what is left. */
static gboolean
reset_peak_memory (void)
{
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  FILE *file = fopen ("/proc/self/clear_refs", "w");
  gboolean ok = file != NULL && fputs ("5", file) >= 0;

  malloc_trim (0);
  return (file == NULL || fclose (file) == 0) && ok;
#else
  return FALSE; /* a sanitizer holds freed memory back */
#endif
}

static void
test_holds_little_memory (void)
{
  g_autoptr (GByteArray) file = pack_large (2000, 512 * 1024);
  g_autoptr (GByteArray) small = nbt_file_load ("villa-picos.nbt");
  g_autoptr (TtecommInstallation) installation = NULL;
  guint64 before, more;

  /* OpenSSL and json-glib make tables of their own once, whatever is read first. */
  nbt_file_assert_accepted (small);

  if (g_getenv ("HARNESS_WRAPPER") != NULL || !reset_peak_memory ())
    {
      g_test_skip ("peak memory cannot be told here");
      return;
    }
  before = peak_memory_kib ();
  installation = nbt_file_read (file, NULL);
  g_assert_nonnull (installation);
  more = peak_memory_kib () - before;
  g_test_message ("%" G_GUINT64_FORMAT " KiB more", more);
  g_assert_cmpuint (more, >, 512); /* the section alone: the measure works */
  g_assert_cmpuint (more, <=, 6 * 1024);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "nbt-reader", "asks-for-what-it-needs", test_asks_for_what_it_needs);
  harness_add (harness, "nbt-reader", "keeps-encrypted-sections", test_keeps_encrypted_sections);
  harness_add (harness, "nbt-reader", "reads-in-the-order-of-the-file",
               test_reads_in_the_order_of_the_file);
  harness_add (harness, "nbt-reader", "refuses-other-lengths", test_refuses_other_lengths);
  harness_add (harness, "nbt-reader", "finish-before-the-end", test_finish_before_the_end);
  harness_add (harness, "nbt-reader", "truncated-at-every-byte", test_truncated_at_every_byte);
  harness_add (harness, "nbt-reader", "trailing-bytes", test_trailing_bytes);
  harness_add (harness, "nbt-reader", "digests-of-sections", test_digests_of_sections);
  harness_add (harness, "nbt-reader", "digest-of-lock", test_digest_of_lock);
  harness_add (harness, "nbt-reader", "huge-files", test_huge_files);
  harness_add (harness, "nbt-reader", "reads-large-sections-in-slices",
               test_reads_large_sections_in_slices);
  harness_add (harness, "nbt-reader", "holds-little-memory", test_holds_little_memory);
}

HARNESS_MAIN (register_tests)
