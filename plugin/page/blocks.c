/* SPDX-License-Identifier: MIT */
#include "plugin/page/blocks.h"

#include "plugin/page/blocks-private.h"
#include "plugin/text/clean.h"

#include <string.h>

static const char *const severity_names[] = { "neutral", "good", "info", "warning", "error" };
static const char *const severity_symbols[] = { "–", "✓", "i", "!", "✗" };
static const char *const style_names[] = { "normal", "primary", "danger" };

static void
page_action_free (TtecommPageAction *action)
{
  g_free (action->disabled_reason);
  g_free (action->fingerprint);
  g_free (action);
}

TtecommBlocks *
ttecomm_blocks_new (const TtecommText *text)
{
  TtecommBlocks *self = g_new0 (TtecommBlocks, 1);

  self->text = text;
  ttecomm_json_writer_init (&self->json);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->actions
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)page_action_free);
  return self;
}

void
ttecomm_blocks_free (TtecommBlocks *self)
{
  if (self == NULL)
    return;
  ttecomm_json_writer_clear (&self->json);
  g_hash_table_unref (self->ids);
  g_clear_pointer (&self->actions, g_hash_table_unref);
  g_clear_pointer (&self->row_ids, g_hash_table_unref);
  if (self->table_words != NULL)
    g_string_free (self->table_words, TRUE);
  g_free (self);
}

const TtecommText *
ttecomm_blocks_get_text (TtecommBlocks *self)
{
  return self->text;
}

gboolean
ttecomm_blocks_has (TtecommBlocks *self, const char *id)
{
  return g_hash_table_contains (self->ids, id);
}

const char *
ttecomm_blocks_severity_name (TtecommSeverity severity)
{
  return severity_names[severity];
}

char *
ttecomm_blocks_clean (const char *text)
{
  return ttecomm_text_clean (text, TTECOMM_BLOCKS_MAX_CHARS);
}

void
ttecomm_blocks_put (TtecommBlocks *self, const char *name, const char *text)
{
  g_autofree char *clean = ttecomm_blocks_clean (text);

  ttecomm_json_writer_string (&self->json, name, clean);
}

gboolean
ttecomm_blocks_begin (TtecommBlocks *self, const char *id, const char *type)
{
  if (!g_hash_table_add (self->ids, g_strdup (id)))
    return FALSE;
  ttecomm_json_writer_begin (&self->json, NULL, '{');
  ttecomm_json_writer_string (&self->json, "id", id);
  ttecomm_json_writer_string (&self->json, "type", type);
  return TRUE;
}

void
ttecomm_blocks_end (TtecommBlocks *self, const char *fallback)
{
  ttecomm_blocks_put (self, "fallback_text", fallback);
  ttecomm_json_writer_end (&self->json, '}');
}

void
ttecomm_blocks_put_ids (TtecommBlocks *self, const char *name, const char *const *ids)
{
  ttecomm_json_writer_begin (&self->json, name, '[');
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    ttecomm_json_writer_string (&self->json, NULL, ids[i]);
  ttecomm_json_writer_end (&self->json, ']');
}

void
ttecomm_blocks_begin_page (TtecommBlocks *self,
                           const char *title,
                           gint64 revision,
                           const char *state)
{
  ttecomm_json_writer_begin (&self->json, NULL, '{');
  ttecomm_json_writer_string (&self->json, "page", TTECOMM_PAGE_ID);
  ttecomm_blocks_put (self, "title", title);
  ttecomm_json_writer_int (&self->json, "revision", revision);
  ttecomm_json_writer_string (&self->json, "state", state);
  ttecomm_json_writer_begin (&self->json, "blocks", '[');
}

GBytes *
ttecomm_blocks_end_page (TtecommBlocks *self, GHashTable **actions)
{
  ttecomm_json_writer_end (&self->json, ']');
  ttecomm_json_writer_end (&self->json, '}');
  *actions = g_steal_pointer (&self->actions);
  return ttecomm_json_writer_finish (&self->json);
}

void
ttecomm_blocks_begin_group (TtecommBlocks *self, const char *id, const char *title)
{
  gboolean is_new = ttecomm_blocks_begin (self, id, "group");

  g_return_if_fail (is_new);
  ttecomm_blocks_put (self, "title", title);
  ttecomm_blocks_put (self, "fallback_text", title);
  ttecomm_json_writer_begin (&self->json, "blocks", '[');
}

void
ttecomm_blocks_end_group (TtecommBlocks *self)
{
  ttecomm_json_writer_end (&self->json, ']');
  ttecomm_json_writer_end (&self->json, '}');
}

void
ttecomm_blocks_heading (TtecommBlocks *self, const char *id, int level, const char *text)
{
  if (!ttecomm_blocks_begin (self, id, "heading"))
    return;
  ttecomm_blocks_put (self, "text", text);
  ttecomm_json_writer_int (&self->json, "level", level);
  ttecomm_blocks_end (self, text);
}

void
ttecomm_blocks_text (TtecommBlocks *self, const char *id, const char *text)
{
  if (!ttecomm_blocks_begin (self, id, "text"))
    return;
  ttecomm_blocks_put (self, "text", text);
  ttecomm_blocks_end (self, text);
}

void
ttecomm_blocks_notice (TtecommBlocks *self,
                       const char *id,
                       TtecommSeverity severity,
                       const char *text,
                       const char *action)
{
  const char *const ids[] = { action, NULL };

  if (!ttecomm_blocks_begin (self, id, "notice"))
    return;
  ttecomm_json_writer_string (&self->json, "severity", severity_names[severity]);
  ttecomm_blocks_put (self, "text", text);
  if (action != NULL)
    ttecomm_blocks_put_ids (self, "actions", ids);
  ttecomm_blocks_end (self, text);
}

static char *
label_with (TtecommBlocks *self, const char *label, const char *value)
{
  return g_strconcat (label, ttecomm_text_get (self->text, "after a label", ": "), value, NULL);
}

void
ttecomm_blocks_status (TtecommBlocks *self,
                       const char *id,
                       TtecommSeverity severity,
                       const char *word,
                       const char *text)
{
  g_autofree char *fallback = NULL;

  if (!ttecomm_blocks_begin (self, id, "status"))
    return;
  ttecomm_json_writer_string (&self->json, "severity", severity_names[severity]);
  ttecomm_json_writer_string (&self->json, "symbol", severity_symbols[severity]);
  ttecomm_blocks_put (self, "word", word);
  ttecomm_blocks_put (self, "text", text);
  fallback = label_with (self, word, text);
  ttecomm_blocks_end (self, fallback);
}

void
ttecomm_blocks_facts (TtecommBlocks *self, const char *id, const GPtrArray *rows)
{
  g_autoptr (GString) fallback = g_string_new (NULL);

  if (rows->len < 2 || !ttecomm_blocks_begin (self, id, "facts"))
    return;
  ttecomm_json_writer_begin (&self->json, "rows", '[');
  for (guint i = 0; i + 1 < rows->len; i += 2)
    {
      g_autofree char *fact = NULL;

      ttecomm_json_writer_begin (&self->json, NULL, '[');
      ttecomm_blocks_put (self, NULL, rows->pdata[i]);
      ttecomm_blocks_put (self, NULL, rows->pdata[i + 1]);
      ttecomm_json_writer_end (&self->json, ']');
      fact = label_with (self, rows->pdata[i], rows->pdata[i + 1]);
      if (i > 0)
        g_string_append (fallback, ttecomm_text_get (self->text, "between parts", "; "));
      g_string_append (fallback, fact);
    }
  ttecomm_json_writer_end (&self->json, ']');
  ttecomm_blocks_end (self, fallback->str);
}

/* Everything a click agrees to, in one text: parts are parted by what no text holds. */
static char *
fingerprint_of (const TtecommActionSpec *spec)
{
  if (spec->confirm_title == NULL && spec->promise == NULL)
    return NULL;
  return g_strdup_printf ("%s\n%s\n%s", spec->confirm_title != NULL ? spec->confirm_title : "",
                          spec->confirm_text != NULL ? spec->confirm_text : "",
                          spec->promise != NULL ? spec->promise : "");
}

void
ttecomm_blocks_hidden_action (TtecommBlocks *self, const TtecommActionSpec *spec)
{
  TtecommPageAction *action = g_new0 (TtecommPageAction, 1);

  action->enabled = spec->disabled_reason == NULL;
  action->disabled_reason = g_strdup (spec->disabled_reason);
  action->fingerprint = fingerprint_of (spec);
  g_hash_table_insert (self->actions, g_strdup (spec->id), action);
}

static void
put_confirm (TtecommBlocks *self, const TtecommActionSpec *spec)
{
  ttecomm_json_writer_begin (&self->json, "confirm", '{');
  ttecomm_blocks_put (self, "title", spec->confirm_title);
  ttecomm_blocks_put (self, "text", spec->confirm_text);
  ttecomm_blocks_put (self, "ok", spec->confirm_ok);
  ttecomm_blocks_put (self, "cancel", spec->confirm_cancel);
  ttecomm_json_writer_end (&self->json, '}');
}

void
ttecomm_blocks_action (TtecommBlocks *self, const TtecommActionSpec *spec)
{
  const char *name = spec->name != NULL ? spec->name : spec->label;

  if (!ttecomm_blocks_begin (self, spec->id, "action"))
    return;
  ttecomm_blocks_put (self, "label", spec->label);
  ttecomm_blocks_put (self, "name", name);
  ttecomm_json_writer_string (&self->json, "style", style_names[spec->style]);
  ttecomm_json_writer_boolean (&self->json, "enabled", spec->disabled_reason == NULL);
  if (spec->disabled_reason != NULL)
    ttecomm_blocks_put (self, "disabled_reason", spec->disabled_reason);
  if (spec->busy)
    ttecomm_json_writer_boolean (&self->json, "busy", TRUE);
  if (spec->confirm_title != NULL)
    put_confirm (self, spec);
  ttecomm_blocks_end (self, name);
  ttecomm_blocks_hidden_action (self, spec);
}

void
ttecomm_blocks_toggle (TtecommBlocks *self,
                       const char *id,
                       const char *label,
                       gboolean value,
                       const char *action)
{
  if (!ttecomm_blocks_begin (self, id, "toggle"))
    return;
  ttecomm_blocks_put (self, "label", label);
  ttecomm_json_writer_boolean (&self->json, "value", value);
  ttecomm_json_writer_string (&self->json, "action", action);
  ttecomm_blocks_end (self, label);
}

void
ttecomm_blocks_input (TtecommBlocks *self,
                      const char *id,
                      const char *kind,
                      const char *label,
                      const char *value)
{
  if (!ttecomm_blocks_begin (self, id, "input"))
    return;
  ttecomm_blocks_put (self, "label", label);
  ttecomm_json_writer_string (&self->json, "kind", kind);
  if (value != NULL)
    ttecomm_blocks_put (self, "value", value);
  ttecomm_blocks_end (self, label);
}

void
ttecomm_blocks_secret (TtecommBlocks *self, const char *id, const char *label, const char *error)
{
  if (!ttecomm_blocks_begin (self, id, "input"))
    return;
  ttecomm_blocks_put (self, "label", label);
  ttecomm_json_writer_string (&self->json, "kind", "secret");
  if (error != NULL)
    ttecomm_blocks_put (self, "error", error);
  ttecomm_blocks_end (self, label);
}

void
ttecomm_blocks_progress (TtecommBlocks *self, const char *id, const char *text, const char *cancel)
{
  if (!ttecomm_blocks_begin (self, id, "progress"))
    return;
  ttecomm_json_writer_null (&self->json, "fraction");
  ttecomm_blocks_put (self, "text", text);
  if (cancel != NULL)
    ttecomm_json_writer_string (&self->json, "cancel", cancel);
  ttecomm_blocks_end (self, text);
}

void
ttecomm_blocks_link (TtecommBlocks *self, const char *id, const char *label, const char *uri)
{
  g_autofree char *fallback = NULL;

  if (uri == NULL || strlen (uri) > 2048 || !g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL)
      || !(g_str_has_prefix (uri, "https://") || g_str_has_prefix (uri, "http://"))
      || !ttecomm_blocks_begin (self, id, "link"))
    return;
  ttecomm_blocks_put (self, "label", label);
  ttecomm_json_writer_string (&self->json, "uri", uri);
  fallback = label_with (self, label, uri);
  ttecomm_blocks_end (self, fallback);
}
