/* SPDX-License-Identifier: MIT */
#include "plugin/page/json-writer.h"

void
ttecomm_json_writer_init (TtecommJsonWriter *self)
{
  *self = (TtecommJsonWriter){ g_string_sized_new (4096), FALSE, 0 };
}

void
ttecomm_json_writer_clear (TtecommJsonWriter *self)
{
  if (self->out != NULL)
    g_string_free (g_steal_pointer (&self->out), TRUE);
}

GBytes *
ttecomm_json_writer_finish (TtecommJsonWriter *self)
{
  g_return_val_if_fail (self->depth == 0, NULL);

  return g_string_free_to_bytes (g_steal_pointer (&self->out));
}

static void
append_quoted (GString *out, const char *value)
{
  const char *run = value;
  const char *p;

  g_string_append_c (out, '"');
  for (p = value; *p != '\0'; p++)
    {
      if ((guchar)*p >= 0x20 && *p != '"' && *p != '\\')
        continue;
      g_string_append_len (out, run, p - run);
      run = p + 1;
      if (*p == '\n')
        g_string_append (out, "\\n");
      else if ((guchar)*p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guchar)*p);
      else
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
    }
  g_string_append_len (out, run, p - run);
  g_string_append_c (out, '"');
}

static void
begin_value (TtecommJsonWriter *self, const char *name)
{
  if (self->pending)
    g_string_append_c (self->out, ',');
  if (name != NULL)
    {
      append_quoted (self->out, name);
      g_string_append_c (self->out, ':');
    }
  self->pending = TRUE;
}

void
ttecomm_json_writer_begin (TtecommJsonWriter *self, const char *name, char bracket)
{
  begin_value (self, name);
  g_string_append_c (self->out, bracket);
  self->pending = FALSE;
  self->depth++;
}

void
ttecomm_json_writer_end (TtecommJsonWriter *self, char bracket)
{
  g_return_if_fail (self->depth > 0);

  g_string_append_c (self->out, bracket);
  self->pending = TRUE;
  self->depth--;
}

void
ttecomm_json_writer_string (TtecommJsonWriter *self, const char *name, const char *value)
{
  begin_value (self, name);
  append_quoted (self->out, value);
}

void
ttecomm_json_writer_int (TtecommJsonWriter *self, const char *name, gint64 value)
{
  begin_value (self, name);
  g_string_append_printf (self->out, "%" G_GINT64_FORMAT, value);
}

void
ttecomm_json_writer_boolean (TtecommJsonWriter *self, const char *name, gboolean value)
{
  begin_value (self, name);
  g_string_append (self->out, value ? "true" : "false");
}

void
ttecomm_json_writer_null (TtecommJsonWriter *self, const char *name)
{
  begin_value (self, name);
  g_string_append (self->out, "null");
}
