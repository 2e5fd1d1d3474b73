/* SPDX-License-Identifier: MIT */
/*
 * What a browser, or anybody on this PC, sends to the loopback listener (api/ttcloud/
 * loopback-page.h): a digit, then
 *   0  a request's head, as it is
 *   1  a query, in a request that is right
 *   2  header lines, behind a request line that is right
 *
 * What is taken is a GET of /callback for this very listener; its query is what GLib reads in it;
 * and what is said back of it is one whole answer without a tag that is not ours.
 */
#include "tests/fuzz/fuzz.h"

#include "api/ttcloud/loopback-page.h"

#include <string.h>

#define AUTHORITY "127.0.0.1:40000"
#define START "GET /callback?"

/* The listener's buffer: up to the empty line, and up to a NUL. (transfer full) */
static char *
take_head (FuzzInput *input)
{
  guint choice = fuzz_input_take_choice (input, 3);
  gsize length = 0;
  g_autofree guint8 *rest = fuzz_input_take_rest (input, &length);
  g_autofree char *text = g_strndup ((const char *)rest, length);
  char *head;
  char *end;

  if (choice == 0)
    head = g_steal_pointer (&text);
  else if (choice == 1)
    head = g_strdup_printf (START "%s HTTP/1.1\r\nHost: " AUTHORITY "\r\n", text);
  else
    head = g_strdup_printf (START "code=c&state=s HTTP/1.1\r\n%s\r\n", text);
  end = strstr (head, "\r\n\r\n");
  if (end != NULL)
    end[2] = '\0';
  return head;
}

static void
assert_request (const char *head)
{
  g_autoptr (GRegex) line = g_regex_new ("\\AGET /callback\\?[^ ]* HTTP/1\\.[01]\r\n", G_REGEX_RAW,
                                         G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GRegex) host
      = g_regex_new ("\r\nhost:", G_REGEX_RAW | G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (line, head, G_REGEX_MATCH_DEFAULT, NULL));
  g_assert_true (g_regex_match (host, head, G_REGEX_MATCH_DEFAULT, &match));
  g_assert_false (g_match_info_next (match, NULL));
  g_assert_nonnull (strstr (head, AUTHORITY));
}

static gsize
count_tags (const char *text)
{
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '<';
  return n;
}

static void
assert_page (const char *text)
{
  g_autoptr (GBytes) page = ttecomm_loopback_page (404, "en", text, text);
  g_autoptr (GBytes) plain = ttecomm_loopback_page (404, "en", "", "");
  gsize size = 0;
  const char *answer = g_bytes_get_data (page, &size);
  const char *body = strstr (answer, "\r\n\r\n") + 4;
  const char *length = strstr (answer, "Content-Length: ") + strlen ("Content-Length: ");

  g_assert_cmpuint (g_ascii_strtoull (length, NULL, 10), ==, size - (gsize)(body - answer));
  g_assert_cmpuint (count_tags (answer), ==, count_tags (g_bytes_get_data (plain, NULL)));
}

static void
assert_query (GHashTable *query, const char *head)
{
  const char *start = head + strlen (START);
  g_autofree char *text = g_strndup (start, strcspn (start, " "));
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) expected
      = g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, &error);
  GHashTableIter iter;
  gpointer name, value;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (g_utf8_validate (value, -1, NULL));
      g_assert_cmpstr (value, ==, g_hash_table_lookup (expected, name));
      assert_page (value);
    }
  g_assert_cmpuint (g_hash_table_size (query), ==, g_hash_table_size (expected));
}

int
ttecomm_fuzz_redirect (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  g_autofree char *head = take_head (&input);
  g_autoptr (GHashTable) query = ttecomm_loopback_read_request (head, AUTHORITY);

  if (query == NULL)
    return 0;
  assert_request (head);
  assert_query (query, head);
  return 0;
}
