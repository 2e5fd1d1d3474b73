/* SPDX-License-Identifier: MIT */
/* Windows: the proxy settings of a person, as the system's own window writes them. */
#include "base/platform.h"

#include <windows.h>

#include "tests/harness/harness.h"
#include "tests/support/http-server.h"

#define CONNECTIONS L"Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections"
#define STORE L"Software\\TTecomm\\proxy-test"
#define VERSION 0x46
#define DIRECT 1
#define BY_PROXY 2
#define BY_SCRIPT 4
#define TTCLOUD "https://api.ttcloud.example/v1"

typedef struct
{
  wchar_t *store;           /* (owned): of this process in the registry */
  HKEY person;              /* (owned): stands for the person's own settings */
  GProxyResolver *resolver; /* (owned) */
} Fixture;

/* The process sees a person with no settings, and the PC's person keeps theirs. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("-%lu", (unsigned long)GetCurrentProcessId ());
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);

  self->store = g_new0 (wchar_t, wcslen (STORE) + wcslen ((wchar_t *)wide) + 1);
  wcscat (wcscat (self->store, STORE), (wchar_t *)wide);
  g_assert_cmpint (RegCreateKeyExW (HKEY_CURRENT_USER, self->store, 0, NULL, 0, KEY_ALL_ACCESS,
                                    NULL, &self->person, NULL),
                   ==, ERROR_SUCCESS);
  g_assert_cmpint (RegOverridePredefKey (HKEY_CURRENT_USER, self->person), ==, ERROR_SUCCESS);
  self->resolver = ttecomm_platform_dup_proxy_resolver ();
  g_assert_nonnull (self->resolver);
  g_assert_true (g_proxy_resolver_is_supported (self->resolver));
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

/* The thread of a lookup that was cancelled keeps it until Windows gives up. */
static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_true (harness_wait_until (is_alone, self->resolver, 60000));
  g_assert_finalize_object (self->resolver);
  g_assert_cmpint (RegOverridePredefKey (HKEY_CURRENT_USER, NULL), ==, ERROR_SUCCESS);
  RegCloseKey (self->person);
  g_assert_cmpint (RegDeleteTreeW (HKEY_CURRENT_USER, self->store), ==, ERROR_SUCCESS);
  g_free (self->store);
}

static void
append_number (GByteArray *blob, guint32 number)
{
  guint32 bytes = GUINT32_TO_LE (number);

  g_byte_array_append (blob, (const guint8 *)&bytes, sizeof bytes);
}

static void
append_text (GByteArray *blob, const char *text)
{
  append_number (blob, (guint32)strlen (text));
  g_byte_array_append (blob, (const guint8 *)text, (guint)strlen (text));
}

static void
write_settings (guint flags, const char *proxies, const char *bypass, const char *script)
{
  g_autoptr (GByteArray) blob = g_byte_array_new ();
  HKEY key;

  append_number (blob, VERSION);
  append_number (blob, 0);
  append_number (blob, flags);
  append_text (blob, proxies);
  append_text (blob, bypass);
  append_text (blob, script);
  g_assert_cmpint (RegCreateKeyExW (HKEY_CURRENT_USER, CONNECTIONS, 0, NULL, 0, KEY_ALL_ACCESS,
                                    NULL, &key, NULL),
                   ==, ERROR_SUCCESS);
  g_assert_cmpint (RegSetValueExW (key, L"DefaultConnectionSettings", 0, REG_BINARY, blob->data,
                                   blob->len),
                   ==, ERROR_SUCCESS);
  RegCloseKey (key);
}

/* The test's server of scripts lives in this loop. (transfer full) */
static char *
lookup_one (Fixture *self, const char *uri)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = NULL;

  g_proxy_resolver_lookup_async (self->resolver, uri, NULL, test_store_result, &result);
  test_await (&result);
  found = g_proxy_resolver_lookup_finish (self->resolver, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (found), ==, 1);
  return g_strdup (found[0]);
}

static void
assert_proxy (Fixture *self, const char *uri, const char *expected)
{
  g_autofree char *found = lookup_one (self, uri);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_without_a_proxy (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = NULL;

  write_settings (DIRECT, "", "", "");
  assert_proxy (self, TTCLOUD, "direct://");
  found = g_proxy_resolver_lookup (self->resolver, TTCLOUD, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found[0], ==, "direct://");
}

/* Written down and switched off. */
static void
test_off (Fixture *self, gconstpointer data)
{
  write_settings (DIRECT, "10.0.0.1:8080", "", "");
  assert_proxy (self, TTCLOUD, "direct://");
}

static void
test_one_for_all (Fixture *self, gconstpointer data)
{
  write_settings (DIRECT | BY_PROXY, "10.0.0.1:8080", "", "");
  assert_proxy (self, TTCLOUD, "http://10.0.0.1:8080");
}

static void
test_one_for_each (Fixture *self, gconstpointer data)
{
  write_settings (DIRECT | BY_PROXY, "http=plain.example:80;https=safe.example:8443", "", "");
  assert_proxy (self, TTCLOUD, "http://safe.example:8443");
  assert_proxy (self, "http://api.ttcloud.example/", "http://plain.example:80");
}

static void
test_around_it (Fixture *self, gconstpointer data)
{
  write_settings (DIRECT | BY_PROXY, "10.0.0.1:8080", "*.ttcloud.example;<local>", "");
  assert_proxy (self, TTCLOUD, "direct://");
  assert_proxy (self, "https://intranet/", "direct://");
  assert_proxy (self, "https://elsewhere.example/", "http://10.0.0.1:8080");
}

/* They change while PROSOFT runs. */
static void
test_read_each_time (Fixture *self, gconstpointer data)
{
  write_settings (DIRECT | BY_PROXY, "10.0.0.1:8080", "", "");
  assert_proxy (self, TTCLOUD, "http://10.0.0.1:8080");
  write_settings (DIRECT | BY_PROXY, "10.0.0.2:8080", "", "");
  assert_proxy (self, TTCLOUD, "http://10.0.0.2:8080");
  write_settings (DIRECT, "", "", "");
  assert_proxy (self, TTCLOUD, "direct://");
}

/* What somebody wrote by hand, or a program that fails. */
static void
test_nonsense (Fixture *self, gconstpointer data)
{
  static const char *const odd[] = { "", ";;;", "://", "https=", "https=:", "=" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      write_settings (DIRECT | BY_PROXY, odd[i], odd[i], "");
      assert_proxy (self, TTCLOUD, "direct://");
    }
}

/* --- scripts --- */

static void
answer_script (const TestHttpRequest *request, TestAnswer *answer, gpointer data)
{
  test_answer_set (
      answer, 200, "application/x-ns-proxy-autoconfig", NULL,
      "function FindProxyForURL (url, host)\n"
      "{\n"
      "  return host == \"api.ttcloud.example\" ? \"PROXY 10.0.0.3:3128\" : \"DIRECT\";\n"
      "}\n");
}

static void
test_script (Fixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new (NULL, answer_script, NULL);
  g_autofree char *script = g_strconcat (test_server_get_origin (server), "/proxy.pac", NULL);

  write_settings (DIRECT | BY_SCRIPT, "", "", script);
  assert_proxy (self, TTCLOUD, "http://10.0.0.3:3128");
  assert_proxy (self, "https://elsewhere.example/", "direct://");
}

static void
answer_nothing (const TestHttpRequest *request, TestAnswer *answer, gpointer data)
{
  test_answer_set (answer, 404, "text/plain", NULL, "no");
}

/* As a browser does: the settings below it count. */
static void
test_script_that_is_not_there (Fixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new (NULL, answer_nothing, NULL);
  g_autofree char *script = g_strconcat (test_server_get_origin (server), "/proxy.pac", NULL);

  write_settings (DIRECT | BY_PROXY | BY_SCRIPT, "10.0.0.1:8080", "", script);
  assert_proxy (self, TTCLOUD, "http://10.0.0.1:8080");
}

/* Another proxy each time that it is asked. */
static void
answer_by_lot (const TestHttpRequest *request, TestAnswer *answer, gpointer data)
{
  test_answer_set (answer, 200, "application/x-ns-proxy-autoconfig", NULL,
                   "function FindProxyForURL (url, host)\n"
                   "{\n"
                   "  return \"PROXY 10.0.0.3:\" + (1 + Math.floor (Math.random () * 60000));\n"
                   "}\n");
}

/* Looking for one takes its time, whatever comes of it: not before each question. Wine keeps the
 * script itself, so that the server would be asked once in any case. */
static void
test_script_is_remembered (Fixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new (NULL, answer_by_lot, NULL);
  g_autofree char *script = g_strconcat (test_server_get_origin (server), "/proxy.pac", NULL);
  g_autofree char *first = NULL;

  write_settings (DIRECT | BY_SCRIPT, "", "", script);
  first = lookup_one (self, TTCLOUD);
  g_assert_true (g_str_has_prefix (first, "http://10.0.0.3:"));
  assert_proxy (self, TTCLOUD, first);
}

static void
answer_never (const TestHttpRequest *request, TestAnswer *answer, gpointer data)
{
  answer->then = TEST_THEN_STALL;
}

static gboolean
was_asked (gpointer data)
{
  return test_server_get_n_requests (data) > 0;
}

/* Whoever wants in does not wait for it either: the way that is known is tried meanwhile. */
static void
test_script_that_never_comes (Fixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new (NULL, answer_never, NULL);
  g_autofree char *script = g_strconcat (test_server_get_origin (server), "/proxy.pac", NULL);
  gint64 began = g_get_monotonic_time ();

  write_settings (DIRECT | BY_PROXY | BY_SCRIPT, "10.0.0.1:8080", "", script);
  assert_proxy (self, TTCLOUD, "http://10.0.0.1:8080");
  assert_proxy (self, "https://elsewhere.example/", "http://10.0.0.1:8080");
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (test_server_get_n_requests (server), ==, 1);
  g_clear_pointer (&server, test_server_free);
}

/* Whoever closes PROSOFT does not wait for a script that does not come. */
static void
test_cancelled_at_the_script (Fixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new (NULL, answer_never, NULL);
  g_autofree char *script = g_strconcat (test_server_get_origin (server), "/proxy.pac", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began;

  write_settings (DIRECT | BY_SCRIPT, "", "", script);
  g_proxy_resolver_lookup_async (self->resolver, TTCLOUD, cancellable, test_store_result, &result);
  g_assert_true (harness_wait_until (was_asked, server, 10000));
  g_assert_null (result);
  began = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  test_await (&result);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_assert_null (g_proxy_resolver_lookup_finish (self->resolver, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&server, test_server_free);
}

static void
test_cancelled_before (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (g_proxy_resolver_lookup (self->resolver, TTCLOUD, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "platform-proxy", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("without-a-proxy", test_without_a_proxy);
  ADD ("off", test_off);
  ADD ("one-for-all", test_one_for_all);
  ADD ("one-for-each", test_one_for_each);
  ADD ("around-it", test_around_it);
  ADD ("read-each-time", test_read_each_time);
  ADD ("nonsense", test_nonsense);
  ADD ("script", test_script);
  ADD ("script-that-is-not-there", test_script_that_is_not_there);
  ADD ("script-is-remembered", test_script_is_remembered);
  ADD ("script-that-never-comes", test_script_that_never_comes);
  ADD ("cancelled-at-the-script", test_cancelled_at_the_script);
  ADD ("cancelled-before", test_cancelled_before);
}

HARNESS_MAIN (register_tests)
