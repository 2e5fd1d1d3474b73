/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/loopback-page.h"

#include "api/ttcloud/secret-text.h"

#include <string.h>

#define PATH "/callback"
/* Far more than any server adds of its own. */
#define MAX_PARAMETERS 32

TtecommSignInPages *
ttecomm_sign_in_pages_copy (const TtecommSignInPages *pages)
{
  TtecommSignInPages *copy = g_new0 (TtecommSignInPages, 1);

  copy->language = g_strdup (pages->language);
  copy->done_title = g_strdup (pages->done_title);
  copy->done_text = g_strdup (pages->done_text);
  copy->failed_title = g_strdup (pages->failed_title);
  copy->failed_text = g_strdup (pages->failed_text);
  copy->unknown_title = g_strdup (pages->unknown_title);
  copy->unknown_text = g_strdup (pages->unknown_text);
  return copy;
}

void
ttecomm_sign_in_pages_free (TtecommSignInPages *pages)
{
  if (pages == NULL)
    return;
  g_free ((char *)pages->language);
  g_free ((char *)pages->done_title);
  g_free ((char *)pages->done_text);
  g_free ((char *)pages->failed_title);
  g_free ((char *)pages->failed_text);
  g_free ((char *)pages->unknown_title);
  g_free ((char *)pages->unknown_text);
  g_free (pages);
}

static char *
make_html (const char *language, const char *title, const char *text)
{
  return g_markup_printf_escaped (
      "<!DOCTYPE html>\n"
      "<html lang=\"%s\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>"
      "<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 sans-serif;max-width:32rem;"
      "margin:15vh auto;padding:0 1rem}</style></head>"
      "<body><main><h1>%s</h1><p>%s</p></main></body></html>\n",
      language, title, title, text);
}

GBytes *
ttecomm_loopback_page (guint status, const char *language, const char *title, const char *text)
{
  g_autofree char *html = make_html (language, title, text);
  char *answer
      = g_strdup_printf ("HTTP/1.1 %u %s\r\n"
                         "Content-Type: text/html; charset=utf-8\r\n"
                         "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                         "Connection: close\r\n"
                         "Cache-Control: no-store\r\n"
                         "Referrer-Policy: no-referrer\r\n"
                         "X-Content-Type-Options: nosniff\r\n"
                         "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
                         "frame-ancestors 'none'\r\n"
                         "\r\n%s",
                         status, status == 200 ? "OK" : "Not Found", strlen (html), html);

  return g_bytes_new_take (answer, strlen (answer));
}

/* One Host header, the right one: a page elsewhere whose name was bent to 127.0.0.1 has another. */
static gboolean
has_host (char **lines, const char *authority)
{
  guint n = 0;
  gboolean right = FALSE;

  for (guint i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], "Host:", 5) == 0)
      {
        n++;
        right = strcmp (g_strstrip (lines[i] + 5), authority) == 0;
      }
  return n == 1 && right;
}

/* "GET /callback?query HTTP/1.1"; the query is cut out of @line. */
static char *
find_query (char *line)
{
  char *query;
  char *end;

  if (!g_str_has_prefix (line, "GET " PATH "?"))
    return NULL;
  query = line + strlen ("GET " PATH "?");
  end = strchr (query, ' ');
  if (end == NULL || (strcmp (end, " HTTP/1.1") != 0 && strcmp (end, " HTTP/1.0") != 0))
    return NULL;
  *end = '\0';
  return query;
}

/* A name or value of a query; NULL when it is badly escaped, or not text. */
static char *
unescape (const char *start, gsize length)
{
  g_autofree char *raw = g_strndup (start, length);

  return g_uri_unescape_string (g_strdelimit (raw, "+", ' '), NULL);
}

static gboolean
add_parameter (GHashTable *query, const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *name = NULL;
  g_autoptr (TtecommSecretText) value = NULL;

  if (equals == NULL)
    return FALSE;
  name = unescape (pair, (gsize)(equals - pair));
  value = unescape (equals + 1, strlen (equals + 1));
  if (name == NULL || value == NULL || !g_utf8_validate (name, -1, NULL)
      || !g_utf8_validate (value, -1, NULL) || g_hash_table_contains (query, name))
    return FALSE;
  g_hash_table_insert (query, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

GHashTable *
ttecomm_loopback_read_request (const char *head, const char *authority)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_auto (GStrv) pairs = NULL;
  g_autoptr (GHashTable) query = NULL;
  const char *text;

  if (lines[0] == NULL || !has_host (lines, authority))
    return NULL;
  text = find_query (lines[0]);
  if (text == NULL)
    return NULL;
  query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                 (GDestroyNotify)ttecomm_secret_text_free);
  pairs = g_strsplit (text, "&", MAX_PARAMETERS + 1);
  if (g_strv_length (pairs) > MAX_PARAMETERS)
    return NULL;
  for (guint i = 0; pairs[i] != NULL; i++)
    if (!add_parameter (query, pairs[i]))
      return NULL;
  return g_steal_pointer (&query);
}
