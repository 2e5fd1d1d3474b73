/* SPDX-License-Identifier: MIT */
#include "tests/unit/host/safe-answers.h"

#include <string.h>

bool
host_safe_loaded (HostSafeAnswer *answer, prosoft_result_t result, const void *bytes, size_t size)
{
  answer->given++;
  answer->result = result;
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  if (bytes != NULL)
    answer->bytes = g_bytes_new (bytes, size);
  return true;
}

bool
host_safe_stored (HostSafeAnswer *answer, prosoft_result_t result)
{
  return host_safe_loaded (answer, result, NULL, 0);
}

void
safe_answer_clear (HostSafeAnswer *answer)
{
  g_clear_pointer (&answer->bytes, g_bytes_unref);
}

static gboolean
is_given (gpointer data)
{
  const HostSafeAnswer *answer = data;

  return answer->given > 0;
}

gboolean
safe_answer_comes (HostSafeAnswer *answer, guint ms)
{
  return harness_wait_until (is_given, answer, ms);
}

prosoft_result_t
safe_answer_wait (HostSafeAnswer *answer)
{
  g_assert_true (safe_answer_comes (answer, 20000));
  g_assert_cmpuint (answer->given, ==, 1);
  return answer->result;
}

prosoft_result_t
safe_store (const HostSafe *safe, const char *key, const char *text)
{
  g_auto (HostSafeAnswer) answer = { 0 };

  safe->store (safe->data, key, text, strlen (text), &answer);
  return safe_answer_wait (&answer);
}

prosoft_result_t
safe_load (const HostSafe *safe, const char *key)
{
  g_auto (HostSafeAnswer) answer = { 0 };

  safe->load (safe->data, key, &answer);
  safe_answer_wait (&answer);
  g_assert_cmpint (answer.bytes != NULL, ==, answer.result == PROSOFT_OK);
  return answer.result;
}

void
safe_assert_loads (const HostSafe *safe, const char *key, const char *text)
{
  g_auto (HostSafeAnswer) answer = { 0 };
  g_autofree char *loaded = NULL;

  safe->load (safe->data, key, &answer);
  g_assert_cmpint (safe_answer_wait (&answer), ==, PROSOFT_OK);
  loaded = g_strndup (g_bytes_get_data (answer.bytes, NULL), g_bytes_get_size (answer.bytes));
  g_assert_cmpuint (g_bytes_get_size (answer.bytes), ==, strlen (text));
  g_assert_cmpstr (loaded, ==, text);
}
