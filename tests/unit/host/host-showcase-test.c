/* SPDX-License-Identifier: MIT */
/* The world to look at (tests/sandbox/showcase.json) and its files: each shows what it is there
 * for. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/host/host-driver.h"
#include "tests/host/page-tree.h"
#include "tests/support/sandbox-process.h"

#define PATIENCE_MS 60000
#define ADDRESS "mara@example.org"

typedef struct
{
  const char *file;    /* of tests/data/showcase, without .nbt */
  const char *name;    /* how the installation's begins */
  const char *code;    /* the gate's */
  const char *notices; /* ids without "notice.", in the page's order */
} Row;

static const Row rows[] = {
  { "villa-lindehof", "Villa Lindehof", "ok", "" },
  { "loft-sablon", "Loft Sablon", "ok", "no-owner" },
  { "huis-kanaalzicht", "Huis Kanaalzicht", "ok", "not-transmitted" },
  { "kantoor-meir", "Kantoor Meir", "not_linked", "offline,not-in-file" },
  { "residentie-zeezicht", "Residentie Zeezicht", "ok", "several-payers" },
  { "ferienhaus-ostsee", "Ferienhaus Ostsee", "never_connected", "never-connected" },
  { "maison-des-vignes", "Maison des Vignes", "ok", "protected" },
  { "hotel-du-lac", "Hôtel du Lac", "ok", "" },
  { "haus-am-deich", "Haus am Deich", "not_activated", "" },
  { "bakkerij-de-molen", "Bakkerij De Molen", "ended", "" },
  { "praxis-am-dom", "Praxis am Dom", "payment_soon", "payment" },
  { "chalet-edelweiss", "Chalet Edelweiss", "ends_soon", "" },
  { "school-de-regenboog", "School De Regenboog", "suspended", "" },
  { "villa-beau-sejour", "Villa Beau Séjour", "access_disabled_by_owner", "si-access" },
  { "hoeve-ter-linden", "Hoeve Ter Linden", "not_connected", "not-connected" },
  { "oude-molen", "Oude Molen", "ok", "prosoft-old" },
  { "duplex-montparnasse", "Duplex Montparnasse", "role_unknown", "" },
  { "kasteelhoeve-deinze", "Kasteelhoeve Deinze", "ok", "payer-leaves,several-payers" },
  { "penthouse-de-haven", "Penthouse De Haven", "ok", "card" },
};

typedef struct
{
  SandboxProcess *sandbox; /* (owned) */
  HostDriver *driver;      /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *program = harness_build_path ("tests/sandbox/ttcloud-sandbox");
  g_autofree char *world = harness_source_path ("tests/sandbox/showcase.json");
  g_autofree char *module = harness_build_path ("plugin/ttecomm.so");
  g_autofree char *person = harness_build_path ("tests/sandbox/sandbox-person");
  g_autofree char *browser = g_strdup_printf ("%s --as " ADDRESS, person);
  g_autofree char *home = g_build_filename (harness_tmpdir (), "home", NULL);
  const char *folder = harness_tmpdir ();
  g_autoptr (GError) error = NULL;

  self->sandbox = sandbox_process_start_world (program, folder, world, &error);
  g_assert_no_error (error);
  self->driver = host_driver_new (&(HostDriverOptions){ .module = module,
                                                        .home = home,
                                                        .sandbox = folder,
                                                        .address = ADDRESS,
                                                        .browser = browser },
                                  &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  /* Whatever rule a call broke, the host has seen it. */
  g_assert_cmpuint (host_driver_stop (self->driver), ==, 0);
  host_driver_free (self->driver);
  sandbox_process_free (self->sandbox);
}

/* (transfer full) */
static char *
notices_of (JsonObject *page)
{
  JsonObject *group = host_page_find (page, "notices");
  JsonArray *blocks = group != NULL ? host_page_get_blocks (group) : NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      const char *id = host_page_get_text (json_array_get_object_element (blocks, i), "id");

      if (g_str_has_prefix (id, "notice."))
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", id + strlen ("notice."));
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static const char *
installation_of (JsonObject *page)
{
  JsonObject *identity = host_page_find (page, "identity");
  JsonArray *facts = identity != NULL ? json_object_get_array_member (identity, "rows") : NULL;

  return facts != NULL ? json_array_get_string_element (json_array_get_array_element (facts, 0), 1)
                       : "";
}

/* The page of a file fills in steps; what it comes to is what counts. */
static gboolean
shows (JsonObject *page, gpointer data)
{
  const Row *row = data;
  g_autofree char *notices = notices_of (page);

  return g_str_has_prefix (installation_of (page), row->name)
         && g_str_equal (notices, row->notices);
}

static const Row *
row_of (const char *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].file, file))
      return &rows[i];
  g_assert_not_reached ();
}

static void
wait_for (Fixture *self, const Row *row)
{
  g_autoptr (GError) error = NULL;

  if (!host_driver_wait_page (self->driver, shows, (gpointer)row, "its notices", PATIENCE_MS,
                              &error)
      || !host_driver_wait_rest (self->driver, PATIENCE_MS, &error))
    {
      g_autofree char *notices = notices_of (host_driver_get_page (self->driver, NULL));

      g_error ("%s: \"%s\" instead of \"%s\": %s", row->name, notices, row->notices,
               error->message);
    }
}

static void
open_file (Fixture *self, const Row *row)
{
  g_autofree char *relative = g_strdup_printf ("tests/data/showcase/%s.nbt", row->file);
  g_autofree char *file = harness_source_path (relative);
  g_autoptr (GError) error = NULL;
  gboolean good;

  host_close_project (host_driver_get_host (self->driver));
  good
      = host_driver_open (self->driver, file, &error) && host_driver_sign_in (self->driver, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  wait_for (self, row);
}

static void
assert_code (Fixture *self, const char *code)
{
  g_autoptr (GError) error = NULL;
  const HostDecision *decision = host_driver_check (self->driver, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (decision->code, ==, code);
}

static void
travel (Fixture *self, const char *day)
{
  g_autoptr (GError) error = NULL;
  gboolean good = sandbox_process_travel (self->sandbox, day, &error)
                  && host_driver_sync_clock (self->driver, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

static void
test_each_file (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s: %s", rows[i].file, rows[i].code);
      open_file (self, &rows[i]);
      assert_code (self, rows[i].code);
      /* Nor does the check bring another one. */
      wait_for (self, &rows[i]);
    }
}

/* What is due while one looks on: a week, a day, and over. */
static void
test_the_end_comes (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *day;
    const char *code;
  } days[] = { { "2027-03-17", "ends_soon" },
               { "2027-03-24", "ends_soon" },
               { "2027-03-31", "ends_soon" },
               { "2027-04-01", "ended" } };

  open_file (self, row_of ("chalet-edelweiss"));
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      travel (self, days[i].day);
      assert_code (self, days[i].code);
    }
}

/* With the password the people are seen, and then nothing is left to say. */
static void
test_the_password (Fixture *self, gconstpointer data)
{
  const Row *row = row_of ("maison-des-vignes");
  g_autoptr (GError) error = NULL;
  gboolean good;

  open_file (self, row);
  good = host_driver_invoke (self->driver, "lock.open",
                             "{\"lock.password\":\"vendange tardive \xc3\xa9 27\"}", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  wait_for (self, &(Row){ .name = row->name, .notices = "" });
}

static gboolean
has_list (JsonObject *page, gpointer data)
{
  return host_page_find (page, "installations.table") != NULL;
}

/* All that the list of installations can say is said of one of them at least. */
static void
test_every_state (Fixture *self, gconstpointer data)
{
  static const char *const words[] = { "renews at",  "expires at",        "payment failed",
                                       "expired at", "not activated yet", "Claire Fontaine" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean good;

  open_file (self, row_of ("villa-lindehof"));
  good = host_driver_wait_page (self->driver, has_list, NULL, "the list", PATIENCE_MS, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  json_node_set_object (node, host_page_find (host_driver_get_page (self->driver, NULL),
                                              "installations"));
  text = json_to_string (node, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("nobody is \"%s\": %s", words[i], text);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "host-showcase", name, Fixture, NULL, set_up, func, tear_down)
  ADD ("each-file", test_each_file);
  ADD ("the-end-comes", test_the_end_comes);
  ADD ("the-password", test_the_password);
  ADD ("every-state", test_every_state);
}

HARNESS_MAIN (register_tests)
