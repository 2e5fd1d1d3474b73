/* SPDX-License-Identifier: MIT */
#include "tests/tools/nbt-packer.h"

#include <gio/gio.h>

/* nbt-pack IN.json OUT.nbt: see nbt-packer.h for the description. */

static gboolean
pack (const char *in, const char *out, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) file = NULL;
  gsize length = 0;

  if (!g_file_get_contents (in, &text, &length, error))
    return FALSE;
  file = nbt_packer_pack_text (text, length, error);
  if (file == NULL)
    {
      g_prefix_error (error, "%s: ", in);
      return FALSE;
    }
  return g_file_set_contents (out, g_bytes_get_data (file, NULL), (gssize)g_bytes_get_size (file),
                              error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc == 2 && g_str_equal (argv[1], "--help"))
    {
      g_print ("nbt-pack IN.json OUT.nbt\nMakes a .nbt for tests from its description.\n");
      return 0;
    }
  if (argc != 3)
    {
      g_printerr ("nbt-pack: two file names are needed: nbt-pack IN.json OUT.nbt\n");
      return 2;
    }
  if (!pack (argv[1], argv[2], &error))
    {
      g_printerr ("nbt-pack: %s\n", error->message);
      return 1;
    }
  return 0;
}
