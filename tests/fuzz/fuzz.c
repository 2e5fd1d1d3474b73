/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "tests/harness/directory.h"

#include <stdlib.h>
#include <string.h>

guint8
fuzz_input_take_byte (FuzzInput *input)
{
  if (input->left == 0)
    return 0;
  input->left--;
  return *input->at++;
}

guint
fuzz_input_take_choice (FuzzInput *input, guint n)
{
  return (guint)(guint8)(fuzz_input_take_byte (input) - '0') % n;
}

char *
fuzz_input_take_until (FuzzInput *input, char separator, gsize *length)
{
  const guint8 *found = input->left > 0 ? memchr (input->at, separator, input->left) : NULL;
  gsize taken = found != NULL ? (gsize)(found - input->at) : input->left;
  char *text = g_malloc (taken + 1);

  if (taken > 0)
    memcpy (text, input->at, taken);
  text[taken] = '\0';
  if (found != NULL)
    taken++;
  if (taken > 0)
    input->at += taken;
  input->left -= taken;
  if (length != NULL)
    *length = found != NULL ? taken - 1 : taken;
  return text;
}

guint8 *
fuzz_input_take_rest (FuzzInput *input, gsize *length)
{
  guint8 *bytes = g_malloc (MAX (input->left, 1));

  *length = input->left;
  if (input->left > 0)
    memcpy (bytes, input->at, input->left);
  input->left = 0;
  return bytes;
}

static char *folder; /* (owned): of this process */

static void
remove_folder (void)
{
  harness_directory_remove_and_free (g_steal_pointer (&folder));
}

const char *
fuzz_folder (void)
{
  g_autoptr (GError) error = NULL;

  if (folder != NULL)
    return folder;
  folder = g_dir_make_tmp ("fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (remove_folder);
  return folder;
}

void
fuzz_write_file (const char *path, gconstpointer data, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

void
fuzz_assert_line (const char *text)
{
  if (text == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

void
fuzz_assert_error (const GError *error, GQuark domain)
{
  g_assert_nonnull (error);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (domain));
  g_assert_cmpstr (error->message, !=, "");
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}
