/* SPDX-License-Identifier: MIT */
#include "plugin/page/blocks-private.h"

#include <string.h>

void
ttecomm_blocks_begin_closed_group (TtecommBlocks *self, const char *id, const char *title)
{
  gboolean is_new = ttecomm_blocks_begin (self, id, "group");

  g_return_if_fail (is_new);
  ttecomm_blocks_put (self, "title", title);
  ttecomm_blocks_put (self, "fallback_text", title);
  ttecomm_json_writer_boolean (&self->json, "collapsed", TRUE);
  ttecomm_json_writer_begin (&self->json, "blocks", '[');
}

void
ttecomm_blocks_choice (TtecommBlocks *self,
                       const char *id,
                       const char *label,
                       const char *value,
                       const char *const *options)
{
  g_autofree char *fallback = NULL;
  const char *chosen = "";

  if (!ttecomm_blocks_begin (self, id, "choice"))
    return;
  ttecomm_blocks_put (self, "label", label);
  ttecomm_json_writer_string (&self->json, "value", value);
  ttecomm_json_writer_begin (&self->json, "options", '[');
  for (gsize i = 0; options[i] != NULL; i += 2)
    {
      ttecomm_json_writer_begin (&self->json, NULL, '{');
      ttecomm_json_writer_string (&self->json, "id", options[i]);
      ttecomm_blocks_put (self, "label", options[i + 1]);
      ttecomm_json_writer_end (&self->json, '}');
      if (strcmp (options[i], value) == 0)
        chosen = options[i + 1];
    }
  ttecomm_json_writer_end (&self->json, ']');
  fallback = g_strdup_printf ("%s: %s", label, chosen);
  ttecomm_blocks_end (self, fallback);
}
