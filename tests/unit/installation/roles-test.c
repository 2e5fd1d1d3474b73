/* SPDX-License-Identifier: MIT */
#include "plugin/installation/roles.h"
#include "plugin/installation/clean.h"
#include "tests/harness/harness.h"
#include "tests/unit/installation/nbt-file.h"

#define UNKNOWN TTECOMM_INSTALLATION_ROLE_UNKNOWN
#define NONE TTECOMM_INSTALLATION_ROLE_NONE
#define USER TTECOMM_INSTALLATION_ROLE_USER
#define INTEGRATOR TTECOMM_INSTALLATION_ROLE_INTEGRATOR
#define OWNER TTECOMM_INSTALLATION_ROLE_OWNER

static const char people[]
    = "{\"people\":["
      "{\"id\":\"1\",\"name\":\"owner\",\"email\":\"owner@example.org\",\"cloud_access\":\"owner\"},"
      "{\"id\":\"2\",\"name\":\"user\",\"email\":\" User@Example.ORG\\t\",\"cloud_access\":\"user\"},"
      "{\"id\":\"3\",\"name\":\"no access\",\"email\":\"none@example.org\",\"cloud_access\":\"none\"},"
      "{\"id\":\"4\",\"name\":\"both\",\"email\":\"both@example.org\",\"cloud_access\":\"owner\"},"
      "{\"id\":\"5\",\"name\":\"declared\",\"email\":\"declared@example.org\",\"cloud_access\":\"owner\","
      "\"integrator\":true},"
      "{\"id\":\"6\",\"name\":\"user too\",\"email\":\"mixed@example.org\",\"cloud_access\":\"user\","
      "\"integrator\":true},"
      "{\"id\":\"7\",\"name\":\"twice\",\"email\":\"twice@example.org\",\"cloud_access\":\"user\"},"
      "{\"id\":\"8\",\"name\":\"twice\",\"email\":\"TWICE@example.org\",\"cloud_access\":\"owner\"},"
      "{\"id\":\"9\",\"name\":\"no address\",\"email\":null,\"cloud_access\":\"owner\"},"
      "{\"id\":\"10\",\"name\":\"blank\",\"email\":\"  \",\"cloud_access\":\"owner\"},"
      "{\"id\":\"11\",\"name\":\"accents\",\"email\":\"j\\u00d6rg@example.org\",\"cloud_access\":\"user\"}],"
      "\"integrators\":["
      "{\"id\":\"1\",\"name\":\"integrator\",\"email\":\"Integrator@example.org\"},"
      "{\"id\":\"2\",\"name\":\"both\",\"email\":\"BOTH@example.org\\u00a0\"},"
      "{\"id\":\"3\",\"name\":\"blank\",\"email\":\"\"}]}";

static const struct
{
  const char *address;
  TtecommInstallationRole role;
  gboolean is_owner;
  gboolean is_integrator;
} rows[] = {
  { "owner@example.org", OWNER, TRUE, FALSE },
  { "OWNER@EXAMPLE.ORG", OWNER, TRUE, FALSE },
  { "  owner@example.org \n", OWNER, TRUE, FALSE },
  { "\xc2\xa0owner@example.org\xe2\x80\x83", OWNER, TRUE, FALSE },
  { "user@example.org", USER, FALSE, FALSE },
  { "none@example.org", NONE, FALSE, FALSE },
  { "both@example.org", OWNER, TRUE, TRUE },
  { "declared@example.org", OWNER, TRUE, TRUE },
  { "mixed@example.org", INTEGRATOR, FALSE, TRUE },
  { "twice@example.org", OWNER, TRUE, FALSE },
  { "integrator@example.org", INTEGRATOR, FALSE, TRUE },
  { "J\xc3\xb6RG@example.org", USER, FALSE, FALSE },
  { "stranger@example.org", NONE, FALSE, FALSE },
  { "owner@example.org.evil.example", NONE, FALSE, FALSE },
  { "owner@example", NONE, FALSE, FALSE },
  { "wner@example.org", NONE, FALSE, FALSE },
  { "owner", NONE, FALSE, FALSE },
  { "own er@example.org", NONE, FALSE, FALSE },
  /* Nobody: not the people without an address. */
  { "", NONE, FALSE, FALSE },
  { "   ", NONE, FALSE, FALSE },
  { "\xc2\xa0", NONE, FALSE, FALSE },
  { NULL, NONE, FALSE, FALSE },
};

static TtecommInstallation *
read_users (const char *text)
{
  g_autoptr (GByteArray) file = nbt_file_pack_texts (NULL, NULL, text);
  g_autoptr (GError) error = NULL;
  TtecommInstallation *installation = nbt_file_read (file, &error);

  g_assert_no_error (error);
  return installation;
}

static void
test_roles (void)
{
  g_autoptr (TtecommInstallation) installation = read_users (people);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TtecommRoles roles = ttecomm_roles_of (installation, rows[i].address);

      g_test_message ("row %u", i);
      g_assert_cmpint (roles.role, ==, rows[i].role);
      g_assert_cmpint (roles.is_owner, ==, rows[i].is_owner);
      g_assert_cmpint (roles.is_integrator, ==, rows[i].is_integrator);
    }
}

/* A protected file never says "no role". */
static void
test_unknown_roles (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");
  g_autoptr (TtecommInstallation) installation = nbt_file_read (file, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TtecommRoles roles = ttecomm_roles_of (installation, rows[i].address);

      g_assert_cmpint (roles.role, ==, UNKNOWN);
      g_assert_false (roles.is_owner || roles.is_integrator);
    }
}

static void
test_owner_state (void)
{
  static const struct
  {
    const char *person;
    TtecommOwnerState state;
  } owners[] = {
    { "", TTECOMM_OWNER_MISSING },
    { "{\"id\":\"1\",\"name\":\"N\",\"email\":\"a@b\",\"cloud_access\":\"user\"}",
      TTECOMM_OWNER_MISSING },
    { "{\"id\":\"1\",\"name\":\"N\",\"email\":null,\"cloud_access\":\"owner\"}",
      TTECOMM_OWNER_MISSING },
    { "{\"id\":\"1\",\"name\":\"N\",\"email\":\" \",\"cloud_access\":\"owner\"}",
      TTECOMM_OWNER_MISSING },
    { "{\"id\":\"1\",\"name\":\"N\",\"email\":\"a@b\",\"cloud_access\":\"owner\"}",
      TTECOMM_OWNER_PRESENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"people\":[%s],\"integrators\":[{\"id\":\"1\","
                                               "\"name\":\"N\",\"email\":\"i@b\"}]}",
                                               owners[i].person);
      g_autoptr (TtecommInstallation) installation = read_users (text);

      g_assert_cmpint (ttecomm_roles_get_owner_state (installation), ==, owners[i].state);
    }
}

static void
test_role_names (void)
{
  g_assert_cmpstr (ttecomm_installation_role_to_string (UNKNOWN), ==, "unknown");
  g_assert_cmpstr (ttecomm_installation_role_to_string (NONE), ==, "none");
  g_assert_cmpstr (ttecomm_installation_role_to_string (USER), ==, "user");
  g_assert_cmpstr (ttecomm_installation_role_to_string (INTEGRATOR), ==, "integrator");
  g_assert_cmpstr (ttecomm_installation_role_to_string (OWNER), ==, "owner");
}

static void
test_cleaning (void)
{
  static const struct
  {
    const char *text;
    const char *clean;
    const char *address;
  } texts[] = {
    { NULL, NULL, NULL },
    { "", "", NULL },
    { " \t\n", "", NULL },
    { " Villa  Picos ", "Villa  Picos", "villa  picos" },
    { "a\nb\x1b[31mc\x7f", "a b [31mc", "a b [31mc" },
    { "a\xc2\x85"
      "b",
      "a b", "a b" },
    { "Stra\xc3\x9f"
      "e",
      "Stra\xc3\x9f"
      "e",
      "strasse" },
    { "\xe2\x80\x83\xc3\x89\xc2\xa0", "\xc3\x89", "\xc3\xa9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *clean = ttecomm_clean_text (texts[i].text);
      g_autofree char *address = ttecomm_clean_address (texts[i].text);

      g_assert_cmpstr (clean, ==, texts[i].clean);
      g_assert_cmpstr (address, ==, texts[i].address);
    }
}

/* Names on the page are one line, whatever the file holds. */
static void
test_names_are_cleaned (void)
{
  g_autoptr (TtecommInstallation) installation
      = read_users ("{\"people\":[{\"id\":\"1\",\"name\":\" A\\nB\\u001b \",\"email\":\" x@y \","
                    "\"group\":\"\\t\",\"cloud_access\":\"user\"}],\"integrators\":[]}");
  const TtecommPerson *person = installation->people->pdata[0];

  g_assert_cmpstr (person->name, ==, "A B");
  g_assert_cmpstr (person->email, ==, "x@y");
  g_assert_null (person->group);
}

static void
register_tests (Harness *harness)
{
  /* rules: S40 S72 H1 H3 H5 H12 */
  harness_add (harness, "roles", "roles", test_roles);
  /* rules: H18 */
  harness_add (harness, "roles", "unknown-roles", test_unknown_roles);
  /* rules: H7 H9 */
  harness_add (harness, "roles", "owner-state", test_owner_state);
  /* rules: H1 C12 */
  harness_add (harness, "roles", "role-names", test_role_names);
  harness_add (harness, "roles", "cleaning", test_cleaning);
  /* rules: H2 */
  harness_add (harness, "roles", "names-are-cleaned", test_names_are_cleaned);
}

HARNESS_MAIN (register_tests)
