/* SPDX-License-Identifier: MIT */
/* The password of a protected project: from a file or from standard input, since a command line can
 * be read by others and is kept by shells. */
#include "tests/host/mock.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "tests/host/page-tree.h"

#define MAX_FILE 4096
#define READ_MS 30000

/* What is read and made here is wiped before it is freed. */
typedef struct
{
  char text[MAX_FILE + 1];
  gsize length;
  char inputs[6 * MAX_FILE + 64];
} Password;

static void
password_free (Password *password)
{
  host_wipe (password, sizeof *password);
  g_free (password);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Password, password_free)

static gboolean
fail (GError **error, const char *from, const char *what)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--password-from %s: %s", from,
               what);
  return FALSE;
}

/* Reads past the limit by one byte, to know that it is too long. */
static gboolean
read_text (Password *password, const char *from, GError **error)
{
  g_autofree char *name = g_filename_display_name (from);
  gboolean is_stdin = g_str_equal (from, "-");
  FILE *file = is_stdin ? stdin : g_fopen (from, "r");
  gboolean failed = file == NULL;

  if (!failed)
    {
      /* No copy in a buffer that nobody wipes. */
      setvbuf (file, NULL, _IONBF, 0);
      password->length = fread (password->text, 1, MAX_FILE + 1, file);
      failed = ferror (file) != 0;
    }
  if (!is_stdin && file != NULL)
    fclose (file);
  if (failed)
    return fail (error, name, "it cannot be read");
  if (password->length > MAX_FILE)
    return fail (error, name, "it is longer than 4096 bytes");
  /* The end of the line is the editor's. */
  if (password->length > 0 && password->text[password->length - 1] == '\n')
    password->length--;
  if (password->length == 0)
    return fail (error, name, "it is empty");
  if (memchr (password->text, '\0', password->length) != NULL
      || !g_utf8_validate (password->text, (gssize)password->length, NULL))
    return fail (error, name, "it is not UTF-8 text");
  return TRUE;
}

/* By hand: json-glib would make copies that nobody wipes. */
static void
make_inputs (Password *password)
{
  static const char before[] = "{\"lock.password\":\"";
  char *out = password->inputs;

  out = g_stpcpy (out, before);
  for (gsize i = 0; i < password->length; i++)
    {
      guchar c = (guchar)password->text[i];

      if (c == '"' || c == '\\')
        *out++ = '\\';
      if (c < 0x20)
        out += g_snprintf (out, 7, "\\u%04x", c);
      else
        *out++ = (char)c;
    }
  g_stpcpy (out, "\"}");
}

/* Read, or found to be unreadable. */
static gboolean
is_file_known (JsonObject *page, gpointer data)
{
  return host_page_find (page, "people.heading") != NULL
         || host_page_find (page, "notice.file") != NULL;
}

gboolean
mock_open_lock (HostDriver *driver, const char *from, GError **error)
{
  g_autoptr (Password) password = g_new0 (Password, 1);
  JsonObject *page;

  if (!host_driver_wait_page (driver, is_file_known, NULL, "the project to be read", READ_MS,
                              error))
    return FALSE;
  page = host_driver_get_page (driver, error);
  if (page == NULL)
    return FALSE;
  if (host_page_find (page, "lock.open") == NULL)
    return TRUE;
  if (!read_text (password, from, error))
    return FALSE;
  make_inputs (password);
  return host_driver_invoke (driver, "lock.open", password->inputs, NULL, error);
}
