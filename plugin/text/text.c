/* SPDX-License-Identifier: MIT */
#define G_LOG_DOMAIN "ttecomm-text"

#include "plugin/text/text.h"

#include "plugin/text/amount.h"
#include "plugin/text/messages.h"
#include "plugin/text/packed.h"
#include "resources/resources.h"

#include <string.h>

#define MAX_LOCALE 35
#define MAX_VALUES 16

struct _TtecommText
{
  gatomicrefcount ref_count;
  char *language;            /* (owned) */
  TtecommMessages *messages; /* (owned) (nullable): NULL for English */
  GTimeZone *zone;           /* (owned) */
};

/* "nl-BE", and also "nl_BE.UTF-8", as "nl-be"; NULL when it is no language tag. */
static char *
normalise (const char *locale)
{
  gsize length = locale == NULL ? 0 : strcspn (locale, ".@");
  g_autofree char *tag = NULL;

  if (length < 2 || length > MAX_LOCALE)
    return NULL;
  tag = g_ascii_strdown (locale, (gssize)length);
  g_strdelimit (tag, "_", '-');
  for (const char *p = tag; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return NULL;
  return g_ascii_isalpha (tag[0]) ? g_steal_pointer (&tag) : NULL;
}

static gboolean
load (TtecommText *self, const char *language, TtecommTextLoader loader, gpointer data)
{
  g_autoptr (GBytes) bytes = loader (language, data);
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return FALSE;
  self->messages = ttecomm_messages_new (bytes, &error);
  if (self->messages == NULL)
    {
      g_warning ("%s: %s; English is used", language, error->message);
      return FALSE;
    }
  self->language = g_strdup (language);
  return TRUE;
}

/* From the most special tag to the least: "nl-be", then "nl". */
static void
choose (TtecommText *self, const char *locale, TtecommTextLoader loader, gpointer data)
{
  g_autofree char *tag = normalise (locale);
  char *dash;

  if (tag == NULL || loader == NULL)
    return;
  while (strcmp (tag, "en") != 0 && !load (self, tag, loader, data))
    {
      dash = strrchr (tag, '-');
      if (dash == NULL)
        return;
      *dash = '\0';
    }
}

static GBytes *
load_resource (const char *language, gpointer data)
{
  g_autofree char *name = g_strconcat ("text/", language, NULL);
  g_autoptr (GBytes) translations = ttecomm_resources_lookup (name, NULL);
  g_autoptr (GBytes) texts = NULL;

  if (translations == NULL)
    return NULL;
  texts = ttecomm_resources_lookup ("texts", NULL);
  return texts != NULL ? ttecomm_packed_join (texts, translations) : NULL;
}

TtecommText *
ttecomm_text_new (const char *locale)
{
  return ttecomm_text_new_full (locale, load_resource, NULL, NULL);
}

TtecommText *
ttecomm_text_new_in_zone (const char *locale, GTimeZone *zone)
{
  return ttecomm_text_new_full (locale, load_resource, NULL, zone);
}

TtecommText *
ttecomm_text_new_full (const char *locale, TtecommTextLoader loader, gpointer data, GTimeZone *zone)
{
  TtecommText *self = g_new0 (TtecommText, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  choose (self, locale, loader, data);
  if (self->language == NULL)
    self->language = g_strdup ("en");
  return self;
}

TtecommText *
ttecomm_text_ref (TtecommText *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ttecomm_text_unref (TtecommText *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->language);
  ttecomm_messages_free (self->messages);
  g_time_zone_unref (self->zone);
  g_free (self);
}

const char *
ttecomm_text_get_language (const TtecommText *self)
{
  return self->language;
}

GTimeZone *
ttecomm_text_get_zone (const TtecommText *self)
{
  return self->zone;
}

const char *
ttecomm_text_get (const TtecommText *self, const char *context, const char *text)
{
  const char *translated = NULL;

  if (self->messages != NULL)
    translated = ttecomm_messages_lookup (self->messages, context, text);
  return translated != NULL ? translated : text;
}

const char *
ttecomm_text_get_plural (const TtecommText *self,
                         const char *context,
                         const char *one,
                         const char *many,
                         guint64 n)
{
  const char *translated = NULL;

  if (self->messages != NULL)
    translated = ttecomm_messages_lookup_plural (self->messages, context, one, n);
  if (translated != NULL)
    return translated;
  return n == 1 ? one : many;
}

static gsize
collect (TtecommTextValue values[MAX_VALUES], gsize n, va_list args)
{
  const char *name;

  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);

      g_return_val_if_fail (n < MAX_VALUES, n);
      values[n++] = (TtecommTextValue){ name, value, FALSE };
    }
  return n;
}

char *
ttecomm_text_format (const TtecommText *self, const char *context, const char *text, ...)
{
  TtecommTextValue values[MAX_VALUES];
  va_list args;
  gsize n;

  va_start (args, text);
  n = collect (values, 0, args);
  va_end (args);
  return ttecomm_text_fill (ttecomm_text_get (self, context, text), values, n);
}

char *
ttecomm_text_format_plural (const TtecommText *self,
                            const char *context,
                            const char *one,
                            const char *many,
                            guint64 n,
                            ...)
{
  g_autofree char *number = ttecomm_text_number (self, n);
  TtecommTextValue values[MAX_VALUES] = { { "n", number } };
  va_list args;
  gsize n_values;

  va_start (args, n);
  n_values = collect (values, 1, args);
  va_end (args);
  return ttecomm_text_fill (ttecomm_text_get_plural (self, context, one, many, n), values,
                            n_values);
}
