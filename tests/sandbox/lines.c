/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "tests/sandbox/quote.h"

static const char *const action_names[] = { "buy", "deactivate", "reactivate" };

SandboxLine *
sandbox_line_new (SandboxLineAction action, const char *installation, const SandboxProduct *product)
{
  SandboxLine *line = g_new0 (SandboxLine, 1);

  line->action = action;
  line->installation = g_strdup (installation);
  line->product = product;
  line->period = g_ptr_array_index (product->terms->periods, 0);
  return line;
}

void
sandbox_line_free (SandboxLine *line)
{
  g_free (line->installation);
  g_free (line);
}

static gboolean
refuse (GError **error, const char *format, const char *what)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", format, what);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, text);
  return FALSE;
}

static gboolean
read_action (const char *name, SandboxLineAction *action, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_names); i++)
    if (g_str_equal (action_names[i], name))
      {
        *action = (SandboxLineAction)i;
        return TRUE;
      }
  return refuse (error, "there is no such action", name);
}

static gboolean
check_members (JsonObject *object, const char *const *names, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (names, l->data))
      return refuse (error, "a member is not known here", l->data);
  return TRUE;
}

static SandboxLine *
read_line (SandboxWorld *world, JsonObject *object, GError **error)
{
  static const char *const members[] = { "action", "installation", "service", "period", NULL };
  g_autoptr (SandboxLine) line = NULL;
  const SandboxProduct *product;
  SandboxLineAction action;
  const char *action_name;
  const char *installation;
  const char *service;
  const char *period;

  if (!check_members (object, members, error)
      || !ttecomm_json_get_string (object, "action", 16, &action_name, error)
      || !ttecomm_json_get_string (object, "installation", 64, &installation, error)
      || !ttecomm_json_get_string (object, "service", 16, &service, error)
      || !ttecomm_json_get_optional_string (object, "period", 32, &period, error)
      || !read_action (action_name, &action, error))
    return NULL;
  if (!sandbox_exchange_is_id (installation))
    return refuse (error, "this is not an installation's id", installation), NULL;
  product = sandbox_catalogue_find (world->catalogue, service);
  if (product == NULL)
    return refuse (error, "there is no such service", service), NULL;
  line = sandbox_line_new (action, installation, product);
  if (period != NULL)
    line->period = ttecomm_terms_find_period (product->terms, period);
  if (line->period == NULL)
    return refuse (error, "there is no such period", period), NULL;
  return g_steal_pointer (&line);
}

/* One line a subscription: what two of them would do together is nobody's guess. */
static gboolean
is_repeated (GPtrArray *lines, const SandboxLine *line)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const SandboxLine *other = g_ptr_array_index (lines, i);

      if (other->product == line->product && g_str_equal (other->installation, line->installation))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
sandbox_lines_read (SandboxWorld *world, JsonObject *request, GError **error)
{
  static const char *const members[] = { "lines", NULL };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_line_free);
  JsonArray *array;

  if (!check_members (request, members, error)
      || !ttecomm_json_get_array (request, "lines", SANDBOX_MAX_LINES, &array, error))
    return NULL;
  if (json_array_get_length (array) == 0)
    return refuse (error, "lines", "at least one is needed"), NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (SandboxLine) line = NULL;
      JsonObject *object;

      if (ttecomm_json_array_get_object (array, i, &object, error))
        line = read_line (world, object, error);
      if (line != NULL && is_repeated (lines, line))
        {
          refuse (error, "two lines are about the same subscription", line->product->id);
          g_clear_pointer (&line, sandbox_line_free);
        }
      if (line == NULL)
        {
          g_prefix_error (error, "lines[%u]: ", i);
          return NULL;
        }
      g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  return g_steal_pointer (&lines);
}
