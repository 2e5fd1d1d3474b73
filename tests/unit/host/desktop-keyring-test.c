/* SPDX-License-Identifier: MIT */
/* The desktop's safe on a Secret Service that works, fails, hangs, asks the person, or goes away.
 */
#include "tests/host/desktop/safe.h"
#include "tests/unit/host/mock-secrets.h"
#include "tests/unit/host/safe-answers.h"

/* Far more than an answer needs; what a test waits for in vain; and what an answer may take on a
 * slow day, though the test waits for longer. */
#define LONG_MS 60000
#define SHORT_MS 200
#define CALL_MS 1500

typedef struct
{
  GTestDBus *bus;       /* (owned) */
  MockSecrets *service; /* (owned) */
  DesktopSafe *self;    /* (owned) (nullable) with long bounds */
  const HostSafe *safe; /* its table */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->service = mock_secrets_new (g_test_dbus_get_bus_address (fixture->bus));
  if (data == NULL)
    mock_secrets_appear (fixture->service);
  fixture->self = desktop_safe_new_bounded (LONG_MS, LONG_MS);
  fixture->safe = desktop_safe_get (fixture->self);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->self, desktop_safe_free);
  mock_secrets_free (fixture->service);
  /* It waits until nobody holds the connection any more. */
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

/* The bounds of the safe become short, or long enough for a question only. */
static void
use_bounds (Fixture *fixture, guint call_ms, guint ask_ms)
{
  desktop_safe_free (fixture->self);
  fixture->self = desktop_safe_new_bounded (call_ms, ask_ms);
  fixture->safe = desktop_safe_get (fixture->self);
}

static void
assert_is_empty_elsewhere (const char *key)
{
  g_autoptr (DesktopSafe) other = desktop_safe_new_bounded (LONG_MS, LONG_MS);

  g_assert_cmpint (safe_load (desktop_safe_get (other), key), ==, PROSOFT_E_NOT_FOUND);
}

static void
assert_loads_elsewhere (const char *key, const char *text)
{
  g_autoptr (DesktopSafe) other = desktop_safe_new_bounded (LONG_MS, LONG_MS);

  safe_assert_loads (desktop_safe_get (other), key, text);
}

static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  g_assert_true (desktop_safe_lasts (fixture->self));
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
  g_assert_cmpint (safe_store (fixture->safe, "other", "2nd"), ==, PROSOFT_OK);
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "second"), ==, PROSOFT_OK);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 2);
  kept = mock_secrets_get (fixture->service, "sign-in");
  g_assert_cmpstr (kept, ==, "c2Vjb25k");
  g_assert_true (desktop_safe_lasts (fixture->self));
  safe_assert_loads (fixture->safe, "sign-in", "second");
  assert_loads_elsewhere ("sign-in", "second");

  g_assert_cmpint (fixture->safe->erase (fixture->safe->data, "sign-in"), ==, PROSOFT_OK);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  assert_is_empty_elsewhere ("sign-in");
  assert_loads_elsewhere ("other", "2nd");
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 1);
}

static void
test_keeps_any_bytes (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) stored = { 0 };
  g_auto (HostSafeAnswer) loaded = { 0 };
  g_autoptr (DesktopSafe) other = desktop_safe_new_bounded (LONG_MS, LONG_MS);
  const HostSafe *safe = desktop_safe_get (other);
  guint8 bytes[PROSOFT_SECRET_MAX_SIZE];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)(i * 7 + i / 256);
  fixture->safe->store (fixture->safe->data, "sign-in", bytes, sizeof bytes, &stored);
  g_assert_cmpint (safe_answer_wait (&stored), ==, PROSOFT_OK);
  safe->load (safe->data, "sign-in", &loaded);
  g_assert_cmpint (safe_answer_wait (&loaded), ==, PROSOFT_OK);
  g_assert_cmpuint (g_bytes_get_size (loaded.bytes), ==, sizeof bytes);
  g_assert_cmpint (memcmp (g_bytes_get_data (loaded.bytes, NULL), bytes, sizeof bytes), ==, 0);
}

/* An erase that is overtaken by the store behind it would take the new value with it. */
static void
test_keeps_the_order_of_calls (Fixture *fixture, gconstpointer data)
{
  HostSafeAnswer answers[4] = { { 0 } };
  const HostSafe *safe = fixture->safe;

  safe->store (safe->data, "sign-in", "first", 5, &answers[0]);
  safe->erase (safe->data, "sign-in");
  safe->load (safe->data, "sign-in", &answers[1]);
  safe->store (safe->data, "sign-in", "second", 6, &answers[2]);
  safe->load (safe->data, "sign-in", &answers[3]);
  g_assert_cmpint (safe_answer_wait (&answers[3]), ==, PROSOFT_OK);
  g_assert_cmpint (answers[0].result, ==, PROSOFT_OK);
  g_assert_cmpint (answers[1].result, ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpint (answers[2].result, ==, PROSOFT_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_cmpuint (answers[i].given, ==, 1);
      safe_answer_clear (&answers[i]);
    }
  assert_loads_elsewhere ("sign-in", "second");
}

static void
test_finds_damage (Fixture *fixture, gconstpointer data)
{
  static const char *const damaged[]
      = { "", "c2Vjb25", "c2Vjb25k=", "c2Vj b25k", "c2Vjb25k\n", "!!!!", "caf\xe9", "c2Vjb25l=" };
  g_autofree char *larger = g_strnfill (8196, 'A');

  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      mock_secrets_put (fixture->service, "sign-in", damaged[i]);
      g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_FORMAT);
    }
  mock_secrets_put (fixture->service, "sign-in", larger);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_FORMAT);
  g_assert_true (desktop_safe_lasts (fixture->self));
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
  safe_assert_loads (fixture->safe, "sign-in", "first");
}

/* --- a service that is not well ----------------------------------------------------------------
 */

static const char *const load_methods[] = { "OpenSession", "SearchItems", "GetSecrets" };
static const char *const store_methods[] = { "OpenSession", "CreateItem" };
static const char *const erase_methods[] = { "OpenSession", "SearchItems", "Delete" };

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  for (gsize i = 0; i < G_N_ELEMENTS (load_methods); i++)
    {
      mock_secrets_set_mood (fixture->service, load_methods[i], MOCK_FAILS);
      g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_IO);
      mock_secrets_set_mood (fixture->service, load_methods[i], MOCK_WELL);
      safe_assert_loads (fixture->safe, "sign-in", "second");
    }
  mock_secrets_set_mood (fixture->service, "CreateItem", MOCK_FAILS);
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "third"), ==, PROSOFT_E_IO);
  /* What was there is still there, and nothing else anywhere. */
  safe_assert_loads (fixture->safe, "sign-in", "second");
  g_assert_true (desktop_safe_lasts (fixture->self));
}

static void
test_fails_to_erase (Fixture *fixture, gconstpointer data)
{
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_mood (fixture->service, "Delete", MOCK_FAILS);
  g_assert_cmpint (fixture->safe->erase (fixture->safe->data, "sign-in"), ==, PROSOFT_OK);
  /* It is gone for who asks here, */
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 1);
  /* and really, as soon as that can be. */
  mock_secrets_set_mood (fixture->service, "Delete", MOCK_WELL);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 0);
}

static void
test_hangs (Fixture *fixture, gconstpointer data)
{
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  for (gsize i = 0; i < G_N_ELEMENTS (load_methods); i++)
    {
      use_bounds (fixture, SHORT_MS, LONG_MS);
      mock_secrets_set_mood (fixture->service, load_methods[i], MOCK_HANGS);
      g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_TIMEOUT);
      mock_secrets_set_mood (fixture->service, load_methods[i], MOCK_WELL);
      assert_loads_elsewhere ("sign-in", "second");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (store_methods); i++)
    {
      use_bounds (fixture, SHORT_MS, LONG_MS);
      mock_secrets_set_mood (fixture->service, store_methods[i], MOCK_HANGS);
      g_assert_cmpint (safe_store (fixture->safe, "sign-in", "third"), ==, PROSOFT_E_TIMEOUT);
      /* Not well yet: what was sent just before the end may be read just after. */
      mock_secrets_set_mood (fixture->service, "CreateItem", MOCK_FAILS);
      mock_secrets_set_mood (fixture->service, "OpenSession", MOCK_WELL);
      assert_loads_elsewhere ("sign-in", "second");
      mock_secrets_set_mood (fixture->service, "CreateItem", MOCK_WELL);
    }
}

static void
test_hangs_while_it_erases (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (erase_methods); i++)
    {
      g_auto (HostSafeAnswer) behind = { 0 };

      mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
      use_bounds (fixture, SHORT_MS, LONG_MS);
      mock_secrets_set_mood (fixture->service, erase_methods[i], MOCK_HANGS);
      fixture->safe->erase (fixture->safe->data, "sign-in");
      /* What waits behind it ends with it. */
      fixture->safe->load (fixture->safe->data, "other", &behind);
      g_assert_cmpint (safe_answer_wait (&behind), ==, PROSOFT_E_TIMEOUT);
      g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 1);
      mock_secrets_set_mood (fixture->service, erase_methods[i], MOCK_WELL);
      g_assert_cmpint (safe_load (fixture->safe, "sign-in"), !=, PROSOFT_OK);
    }
}

/* --- a keyring that is locked ------------------------------------------------------------------
 */

static gboolean
is_asking (gpointer data)
{
  return mock_secrets_is_asking (data);
}

/* Waits until the person is asked, then for `ms`: nothing happens. */
static void
wait_for_question (Fixture *fixture, HostSafeAnswer *answer, guint ms)
{
  g_assert_true (harness_wait_until (is_asking, fixture->service, 20000));
  g_assert_false (safe_answer_comes (answer, ms));
}

static void
test_waits_for_the_person (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) loaded = { 0 };
  g_auto (HostSafeAnswer) stored = { 0 };

  use_bounds (fixture, CALL_MS, LONG_MS);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_lock (fixture->service, MOCK_ASKS);
  fixture->safe->load (fixture->safe->data, "sign-in", &loaded);
  wait_for_question (fixture, &loaded, CALL_MS + SHORT_MS);
  mock_secrets_reply (fixture->service, TRUE);
  g_assert_cmpint (safe_answer_wait (&loaded), ==, PROSOFT_OK);
  g_assert_cmpuint (g_bytes_get_size (loaded.bytes), ==, 6);

  mock_secrets_set_lock (fixture->service, MOCK_ASKS);
  fixture->safe->store (fixture->safe->data, "sign-in", "third", 5, &stored);
  wait_for_question (fixture, &stored, CALL_MS + SHORT_MS);
  mock_secrets_reply (fixture->service, TRUE);
  g_assert_cmpint (safe_answer_wait (&stored), ==, PROSOFT_OK);
  assert_loads_elsewhere ("sign-in", "third");
  g_assert_true (desktop_safe_lasts (fixture->self));
}

/* What is locked is erased, too. */
static void
test_unlocks_to_erase (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) behind = { 0 };

  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_lock (fixture->service, MOCK_ASKS);
  fixture->safe->erase (fixture->safe->data, "sign-in");
  fixture->safe->load (fixture->safe->data, "sign-in", &behind);
  wait_for_question (fixture, &behind, SHORT_MS);
  mock_secrets_reply (fixture->service, TRUE);
  g_assert_cmpint (safe_answer_wait (&behind), ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 0);
}

static void
test_person_says_no (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) loaded = { 0 };
  g_auto (HostSafeAnswer) stored = { 0 };

  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_lock (fixture->service, MOCK_ASKS);
  fixture->safe->load (fixture->safe->data, "sign-in", &loaded);
  g_assert_true (harness_wait_until (is_asking, fixture->service, 20000));
  mock_secrets_reply (fixture->service, FALSE);
  g_assert_cmpint (safe_answer_wait (&loaded), ==, PROSOFT_E_CANCELLED);
  g_assert_null (loaded.bytes);
  fixture->safe->store (fixture->safe->data, "sign-in", "third", 5, &stored);
  g_assert_true (harness_wait_until (is_asking, fixture->service, 20000));
  mock_secrets_reply (fixture->service, FALSE);
  g_assert_cmpint (safe_answer_wait (&stored), ==, PROSOFT_E_CANCELLED);
  g_assert_true (desktop_safe_lasts (fixture->self));
}

static void
test_stays_locked (Fixture *fixture, gconstpointer data)
{
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_lock (fixture->service, MOCK_REFUSES);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_CANCELLED);
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "third"), ==, PROSOFT_E_CANCELLED);
  fixture->safe->erase (fixture->safe->data, "sign-in");
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 1);
}

static void
test_person_says_nothing (Fixture *fixture, gconstpointer data)
{
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_lock (fixture->service, MOCK_ASKS);
  use_bounds (fixture, LONG_MS, SHORT_MS);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_TIMEOUT);
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "third"), ==, PROSOFT_E_TIMEOUT);
  /* An answer after that is nobody's. */
  mock_secrets_reply (fixture->service, TRUE);
  safe_assert_loads (fixture->safe, "sign-in", "second");
}

/* --- a service that comes and goes -------------------------------------------------------------
 */

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_false (desktop_safe_lasts (fixture->self));
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
  safe_assert_loads (fixture->safe, "sign-in", "first");
  /* It is started later: what is newest comes first, and goes there with the next store. */
  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_appear (fixture->service);
  safe_assert_loads (fixture->safe, "sign-in", "first");
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "third"), ==, PROSOFT_OK);
  g_assert_true (desktop_safe_lasts (fixture->self));
  assert_loads_elsewhere ("sign-in", "third");
  safe_assert_loads (fixture->safe, "sign-in", "third");
}

static void
test_vanishes_between_calls (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
  mock_secrets_vanish (fixture->service);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_IO);
  g_assert_false (desktop_safe_lasts (fixture->self));
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "second"), ==, PROSOFT_OK);
  g_assert_false (desktop_safe_lasts (fixture->self));
  safe_assert_loads (fixture->safe, "sign-in", "second");
  mock_secrets_appear (fixture->service);
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "third"), ==, PROSOFT_OK);
  g_assert_true (desktop_safe_lasts (fixture->self));
  assert_loads_elsewhere ("sign-in", "third");
}

/* A new one under the same name knows no session of the old one. */
static void
test_is_started_anew (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 5; i++)
    {
      g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
      mock_secrets_vanish (fixture->service);
      mock_secrets_appear (fixture->service);
    }
  safe_assert_loads (fixture->safe, "sign-in", "first");
  g_assert_cmpuint (mock_secrets_count_calls (fixture->service, "OpenSession"), >=, 6);
}

static gboolean
has_got_secrets (gpointer data)
{
  return mock_secrets_count_calls (data, "GetSecrets") > 0;
}

static gboolean
has_created_item (gpointer data)
{
  return mock_secrets_count_calls (data, "CreateItem") > 0;
}

static void
test_vanishes_in_a_call (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) loaded = { 0 };
  g_auto (HostSafeAnswer) stored = { 0 };

  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_mood (fixture->service, "GetSecrets", MOCK_HANGS);
  fixture->safe->load (fixture->safe->data, "sign-in", &loaded);
  g_assert_true (harness_wait_until (has_got_secrets, fixture->service, 20000));
  mock_secrets_vanish (fixture->service);
  g_assert_cmpint (safe_answer_wait (&loaded), ==, PROSOFT_E_IO);
  g_assert_false (desktop_safe_lasts (fixture->self));

  mock_secrets_appear (fixture->service);
  mock_secrets_set_mood (fixture->service, "CreateItem", MOCK_HANGS);
  fixture->safe->store (fixture->safe->data, "sign-in", "third", 5, &stored);
  g_assert_true (harness_wait_until (has_created_item, fixture->service, 20000));
  mock_secrets_vanish (fixture->service);
  g_assert_cmpint (safe_answer_wait (&stored), ==, PROSOFT_OK);
  g_assert_false (desktop_safe_lasts (fixture->self));
  safe_assert_loads (fixture->safe, "sign-in", "third");
}

static void
test_vanishes_while_it_asks (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) loaded = { 0 };

  mock_secrets_put (fixture->service, "sign-in", "c2Vjb25k");
  mock_secrets_set_lock (fixture->service, MOCK_ASKS);
  fixture->safe->load (fixture->safe->data, "sign-in", &loaded);
  g_assert_true (harness_wait_until (is_asking, fixture->service, 20000));
  mock_secrets_vanish (fixture->service);
  g_assert_cmpint (safe_answer_wait (&loaded), ==, PROSOFT_E_CANCELLED);
}

static void
test_erases_what_comes_back (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
  mock_secrets_vanish (fixture->service);
  fixture->safe->erase (fixture->safe->data, "sign-in");
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_false (desktop_safe_lasts (fixture->self));
  mock_secrets_appear (fixture->service);
  g_assert_cmpint (safe_load (fixture->safe, "sign-in"), ==, PROSOFT_E_NOT_FOUND);
  g_assert_true (desktop_safe_lasts (fixture->self));
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 0);
}

static void
on_closed (GDBusConnection *bus, gboolean by_peer, GError *error, gpointer data)
{
  *(gboolean *)data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *)data;
}

/* Nor does the process end with its bus. */
static void
test_bus_goes_away (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = NULL;
  gboolean is_closed = FALSE;

  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "first"), ==, PROSOFT_OK);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_signal_connect (bus, "closed", G_CALLBACK (on_closed), &is_closed);
  mock_secrets_vanish (fixture->service);
  g_test_dbus_stop (fixture->bus);
  g_assert_true (harness_wait_until (is_set, &is_closed, 20000));
  g_assert_cmpint (safe_store (fixture->safe, "sign-in", "second"), ==, PROSOFT_OK);
  g_assert_false (desktop_safe_lasts (fixture->self));
  safe_assert_loads (fixture->safe, "sign-in", "second");
}

/* --- the end -----------------------------------------------------------------------------------
 */

/* Who signs out and closes the window is signed out. */
static void
test_finishes_before_the_end (Fixture *fixture, gconstpointer data)
{
  HostSafeAnswer answers[2] = { { 0 } };
  g_autofree char *kept = NULL;

  mock_secrets_put (fixture->service, "old", "c2Vjb25k");
  fixture->safe->load (fixture->safe->data, "old", &answers[0]);
  fixture->safe->store (fixture->safe->data, "sign-in", "second", 6, &answers[1]);
  fixture->safe->erase (fixture->safe->data, "old");
  g_clear_pointer (&fixture->self, desktop_safe_free);
  g_assert_cmpuint (answers[0].given, ==, 1);
  g_assert_cmpint (answers[0].result, ==, PROSOFT_E_CANCELLED);
  g_assert_cmpuint (answers[1].given, ==, 1);
  g_assert_cmpint (answers[1].result, ==, PROSOFT_OK);
  kept = mock_secrets_get (fixture->service, "sign-in");
  g_assert_cmpstr (kept, ==, "c2Vjb25k");
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 1);
}

static void
test_ends_while_the_service_hangs (Fixture *fixture, gconstpointer data)
{
  g_auto (HostSafeAnswer) stored = { 0 };
  g_auto (HostSafeAnswer) loaded = { 0 };

  mock_secrets_set_mood (fixture->service, "CreateItem", MOCK_HANGS);
  fixture->safe->store (fixture->safe->data, "sign-in", "second", 6, &stored);
  fixture->safe->load (fixture->safe->data, "sign-in", &loaded);
  g_assert_true (harness_wait_until (has_created_item, fixture->service, 20000));
  g_clear_pointer (&fixture->self, desktop_safe_free);
  g_assert_cmpuint (stored.given, ==, 1);
  g_assert_cmpint (stored.result, ==, PROSOFT_E_CANCELLED);
  g_assert_cmpuint (loaded.given, ==, 1);
  /* What libsecret still has to say finds nobody, and does no harm. */
  mock_secrets_vanish (fixture->service);
  g_assert_false (safe_answer_comes (&(HostSafeAnswer){ 0 }, SHORT_MS));
  g_assert_cmpuint (stored.given, ==, 1);
}

#define ADD(name, func) ADD_WITH (name, func, NULL)
#define ADD_WITH(name, func, absent)                                                               \
  harness_add_fixture (harness, "desktop-keyring", name, Fixture, absent, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("keeps", test_keeps);
  ADD ("keeps-any-bytes", test_keeps_any_bytes);
  ADD ("keeps-the-order-of-calls", test_keeps_the_order_of_calls);
  ADD ("finds-damage", test_finds_damage);
  ADD ("fails", test_fails);
  ADD ("fails-to-erase", test_fails_to_erase);
  ADD ("hangs", test_hangs);
  ADD ("hangs-while-it-erases", test_hangs_while_it_erases);
  ADD ("waits-for-the-person", test_waits_for_the_person);
  ADD ("unlocks-to-erase", test_unlocks_to_erase);
  ADD ("person-says-no", test_person_says_no);
  ADD ("person-says-nothing", test_person_says_nothing);
  ADD ("stays-locked", test_stays_locked);
  ADD_WITH ("nobody-there", test_nobody_there, "absent");
  ADD ("vanishes-between-calls", test_vanishes_between_calls);
  ADD ("is-started-anew", test_is_started_anew);
  ADD ("vanishes-in-a-call", test_vanishes_in_a_call);
  ADD ("vanishes-while-it-asks", test_vanishes_while_it_asks);
  ADD ("erases-what-comes-back", test_erases_what_comes_back);
  ADD ("bus-goes-away", test_bus_goes_away);
  ADD ("finishes-before-the-end", test_finishes_before_the_end);
  ADD ("ends-while-the-service-hangs", test_ends_while_the_service_hangs);
}

HARNESS_MAIN (register_tests)
