/* SPDX-License-Identifier: MIT */
/* The desktop's safe where there is no Secret Service: with libsecret and, built once more,
 * without. */
#include "tests/harness/environment.h"
#include "tests/host/desktop/safe.h"
#include "tests/unit/host/safe-answers.h"

#include <string.h>

/* Answers come before any of the safe's bounds; half of that is far more than they need. */
#define QUICK_MS 2500

static void
assert_keeps_in_memory (void)
{
  g_autoptr (DesktopSafe) self = desktop_safe_new ();
  const HostSafe *safe = desktop_safe_get (self);
  gint64 started = g_get_monotonic_time ();

  g_assert_cmpint (safe_load (safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_false (desktop_safe_lasts (self));
  g_assert_cmpint (safe_store (safe, "sign-in", "first"), ==, PROSOFT_OK);
  g_assert_cmpint (safe_store (safe, "other", "2nd"), ==, PROSOFT_OK);
  safe_assert_loads (safe, "sign-in", "first");
  g_assert_cmpint (safe_store (safe, "sign-in", "second"), ==, PROSOFT_OK);
  safe_assert_loads (safe, "sign-in", "second");
  safe_assert_loads (safe, "other", "2nd");
  g_assert_cmpint (safe->erase (safe->data, "sign-in"), ==, PROSOFT_OK);
  g_assert_cmpint (safe_load (safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  safe_assert_loads (safe, "other", "2nd");
  g_assert_false (desktop_safe_lasts (self));
  g_assert_cmpint ((g_get_monotonic_time () - started) / 1000, <,
                   QUICK_MS * harness_environment_slowness ());
}

static void
test_without_a_bus (void)
{
  assert_keeps_in_memory ();
}

static void
test_with_a_bus_that_is_gone (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_keeps_in_memory ();
}

static void
test_with_an_address_that_is_none (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "nowhere", TRUE);
  assert_keeps_in_memory ();
}

/* Each process has its own. */
static void
test_another_safe_knows_nothing (void)
{
  g_autoptr (DesktopSafe) one = desktop_safe_new ();
  g_autoptr (DesktopSafe) other = desktop_safe_new ();

  g_assert_cmpint (safe_store (desktop_safe_get (one), "sign-in", "first"), ==, PROSOFT_OK);
  g_assert_cmpint (safe_load (desktop_safe_get (other), "sign-in"), ==, PROSOFT_E_NOT_FOUND);
}

static void
test_keeps_any_bytes (void)
{
  g_autoptr (DesktopSafe) self = desktop_safe_new ();
  const HostSafe *safe = desktop_safe_get (self);
  g_auto (HostSafeAnswer) stored = { 0 };
  g_auto (HostSafeAnswer) loaded = { 0 };
  guint8 bytes[PROSOFT_SECRET_MAX_SIZE];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)(i * 7 + i / 256);
  safe->store (safe->data, "sign-in", bytes, sizeof bytes, &stored);
  safe->load (safe->data, "sign-in", &loaded);
  g_assert_cmpint (safe_answer_wait (&stored), ==, PROSOFT_OK);
  g_assert_cmpint (safe_answer_wait (&loaded), ==, PROSOFT_OK);
  g_assert_cmpuint (g_bytes_get_size (loaded.bytes), ==, sizeof bytes);
  g_assert_cmpint (memcmp (g_bytes_get_data (loaded.bytes, NULL), bytes, sizeof bytes), ==, 0);
}

/* Each of them is answered, in the order of the calls. */
static void
test_is_freed_with_open_calls (void)
{
  DesktopSafe *self = desktop_safe_new ();
  const HostSafe *safe = desktop_safe_get (self);
  HostSafeAnswer answers[3] = { { 0 } };

  safe->store (safe->data, "sign-in", "first", 5, &answers[0]);
  safe->load (safe->data, "sign-in", &answers[1]);
  safe->erase (safe->data, "sign-in");
  safe->load (safe->data, "sign-in", &answers[2]);
  desktop_safe_free (self);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_cmpuint (answers[i].given, ==, 1);
      safe_answer_clear (&answers[i]);
    }
  g_assert_cmpint (answers[0].result, ==, PROSOFT_OK);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, DESKTOP_SUITE, "without-a-bus", test_without_a_bus);
  harness_add (harness, DESKTOP_SUITE, "with-a-bus-that-is-gone", test_with_a_bus_that_is_gone);
  harness_add (harness, DESKTOP_SUITE, "with-an-address-that-is-none",
               test_with_an_address_that_is_none);
  harness_add (harness, DESKTOP_SUITE, "another-safe-knows-nothing",
               test_another_safe_knows_nothing);
  harness_add (harness, DESKTOP_SUITE, "keeps-any-bytes", test_keeps_any_bytes);
  harness_add (harness, DESKTOP_SUITE, "is-freed-with-open-calls", test_is_freed_with_open_calls);
}

HARNESS_MAIN (register_tests)
