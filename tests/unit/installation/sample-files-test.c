/* SPDX-License-Identifier: MIT */
#include "plugin/installation/roles.h"
#include "tests/harness/harness.h"
#include "tests/tools/nbt-packer.h"
#include "tests/unit/installation/nbt-file.h"

#include <openssl/evp.h>
#include <string.h>

/* The files of tests/data are what their descriptions say, and read as a person would expect. */

static const char *const samples[] = {
  "villa-picos", "never-connected", "no-owner",        "not-transmitted",
  "protected",   "protected-name",  "protected-small", "protected-heavy",
};

static TtecommInstallation *
read_sample (const char *name)
{
  g_autoptr (GByteArray) file = nbt_file_load (name);
  g_autoptr (GError) error = NULL;
  TtecommInstallation *installation = nbt_file_read (file, &error);

  g_assert_no_error (error);
  return installation;
}

static void
assert_described (const char *name)
{
  g_autofree char *json_name = g_strconcat (name, ".json", NULL);
  g_autofree char *nbt_name = g_strconcat (name, ".nbt", NULL);
  g_autoptr (GByteArray) text = nbt_file_load (json_name);
  g_autoptr (GByteArray) wanted = nbt_file_load (nbt_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = nbt_packer_pack_text ((const char *)text->data, text->len, &error);

  g_test_message ("%s", name);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (packed, NULL), (int)g_bytes_get_size (packed), wanted->data,
                   wanted->len);
}

static void
test_descriptions_give_the_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_described (samples[i]);
}

/* Those that belong to the sandbox's showcase; tests/unit/host tells what each is there for. */
static void
test_the_showcase_is_described (void)
{
  g_autofree char *folder = harness_data_path ("showcase");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *file;
  guint n = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".nbt"))
      {
        g_autofree char *stem = g_strndup (file, strlen (file) - strlen (".nbt"));
        g_autofree char *name = g_build_filename ("showcase", stem, NULL);

        assert_described (name);
        n++;
      }
  g_assert_cmpuint (n, ==, 19);
}

static void
run_packer (const char *in, const char *out, int wanted_status, const char *wanted_stderr)
{
  g_autofree char *program = harness_build_path ("tests/tools/nbt-pack");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                          program, in, out, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, wanted_status);
  g_assert_nonnull (strstr (text, wanted_stderr));
}

static void
test_the_program_packs (void)
{
  g_autofree char *in = harness_data_path ("villa-picos.json");
  g_autofree char *out = g_build_filename (harness_tmpdir (), "out.nbt", NULL);
  g_autofree char *bad = g_build_filename (harness_tmpdir (), "bad.json", NULL);
  g_autofree char *packed = NULL;
  g_autoptr (GByteArray) wanted = nbt_file_load ("villa-picos.nbt");
  gsize length = 0;

  run_packer (in, out, 0, "");
  g_assert_true (g_file_get_contents (out, &packed, &length, NULL));
  g_assert_cmpmem (packed, (int)length, wanted->data, wanted->len);

  g_assert_true (g_file_set_contents (bad, "{\"sections\":[{\"tag\":\"INST\"}]}", -1, NULL));
  run_packer (bad, out, 1, "sections[0]: a section needs one of");
  run_packer (in, NULL, 2, "two file names are needed");
}

static void
test_villa_picos (void)
{
  g_autoptr (TtecommInstallation) villa = read_sample ("villa-picos.nbt");
  const TtecommCentralUnit *unit;
  const TtecommPerson *person;
  const TtecommIntegrator *integrator;

  g_assert_cmpstr (villa->id, ==, "3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10");
  g_assert_cmpstr (villa->name, ==, "Villa Picos");
  g_assert_cmpstr (villa->language, ==, "en");
  g_assert_cmpstr (villa->prosoft, ==, "5.1.2.0");
  g_assert_true (villa->connected);
  g_assert_cmpstr (villa->ttcloud_id, ==, "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3");
  g_assert_cmpint (g_date_time_to_unix (villa->modified), ==, 1791806607);
  g_assert_nonnull (villa->transmitted);
  g_assert_false (villa->is_protected);
  g_assert_true (villa->roles_known);
  g_assert_true (villa->users_transmitted);

  g_assert_cmpuint (villa->units->len, ==, 2);
  unit = villa->units->pdata[0];
  g_assert_cmpstr (unit->type, ==, "PICOS 250");
  g_assert_cmpstr (unit->name, ==, "Main building");
  g_assert_cmpstr (unit->serial, ==, "P250-2604-01187");
  g_assert_cmpstr (unit->mac, ==, "00:00:5E:00:53:1A");
  g_assert_cmpstr (unit->ip, ==, "192.168.1.60");
  g_assert_cmpstr (unit->firmware, ==, "4.2.1");
  unit = villa->units->pdata[1];
  g_assert_cmpstr (unit->type, ==, "DoIP");

  g_assert_cmpuint (villa->people->len, ==, 3);
  person = villa->people->pdata[0];
  g_assert_cmpstr (person->name, ==, "Alexa Picos");
  g_assert_cmpstr (person->group, ==, "parents");
  g_assert_cmpint (person->cloud_access, ==, TTECOMM_CLOUD_ACCESS_OWNER);
  person = villa->people->pdata[2];
  g_assert_null (person->email);
  g_assert_cmpuint (villa->integrators->len, ==, 2);
  integrator = villa->integrators->pdata[1];
  g_assert_cmpstr (integrator->name, ==, "Jonas Maes");
  g_assert_cmpstr (integrator->company, ==, "Maes Domotics");
  g_assert_cmpstr (integrator->email, ==, "jonas@example.org");
  g_assert_cmpint (ttecomm_roles_get_owner_state (villa), ==, TTECOMM_OWNER_PRESENT);
}

static void
test_never_connected (void)
{
  g_autoptr (TtecommInstallation) chalet = read_sample ("never-connected.nbt");

  g_assert_false (chalet->connected);
  g_assert_null (chalet->ttcloud_id);
  g_assert_null (chalet->transmitted);
  g_assert_true (chalet->roles_known);
  g_assert_false (chalet->users_transmitted);
}

static void
test_no_owner (void)
{
  g_autoptr (TtecommInstallation) loft = read_sample ("no-owner.nbt");

  /* One is marked owner, but has no address: nobody gets the mails. */
  g_assert_cmpint (ttecomm_roles_get_owner_state (loft), ==, TTECOMM_OWNER_MISSING);
  g_assert_true (loft->users_transmitted);
}

static void
test_not_transmitted (void)
{
  g_autoptr (TtecommInstallation) villa = read_sample ("not-transmitted.nbt");
  TtecommRoles roles = ttecomm_roles_of (villa, "iris@example.org");

  g_assert_nonnull (villa->transmitted);
  g_assert_false (villa->users_transmitted);
  g_assert_true (roles.is_owner && roles.is_integrator);
}

static void
test_protected (void)
{
  g_autoptr (TtecommInstallation) villa = read_sample ("protected.nbt");

  g_assert_true (villa->is_protected);
  g_assert_cmpstr (villa->name, ==, "Villa Serena");
  g_assert_nonnull (villa->ttcloud_id);
  g_assert_false (villa->roles_known);
  g_assert_false (villa->users_transmitted);
  g_assert_cmpuint (villa->units->len + villa->people->len + villa->integrators->len, ==, 0);
  g_assert_cmpint (ttecomm_roles_of (villa, "alexa@example.org").role, ==,
                   TTECOMM_INSTALLATION_ROLE_UNKNOWN);
  g_assert_cmpint (ttecomm_roles_get_owner_state (villa), ==, TTECOMM_OWNER_UNKNOWN);
}

/* Opens a section of protected.nbt by hand, as design and nbt.ksy describe it. */
static char *
decrypt (const GByteArray *file, const char *tag, const char *password)
{
  static const char salt[] = "ROZRd4WljOpytGJw";
  const guint8 *entry = file->data + nbt_file_find_entry (file, tag);
  const guint8 *stored = file->data + nbt_file_get (file, (gsize)(entry + 8 - file->data), 8);
  int length = (int)nbt_file_get (file, (gsize)(entry + 24 - file->data), 8);
  g_autofree guint8 *plain = g_malloc0 ((gsize)length + 1);
  guint8 key[32];
  guint8 gcm_tag[16];
  int n = 0;
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  gboolean ok;

  memcpy (gcm_tag, stored + 12 + length, sizeof gcm_tag);
  ok = EVP_PBE_scrypt (password, strlen (password), (const guint8 *)salt, 16, 32768, 8, 1,
                       64 * 1024 * 1024, key, sizeof key)
           == 1
       && EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, key, stored) == 1
       && EVP_DecryptUpdate (context, NULL, &n, entry, 32) == 1
       && EVP_DecryptUpdate (context, plain, &n, stored + 12, length) == 1
       && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_SET_TAG, sizeof gcm_tag, gcm_tag) == 1
       && EVP_DecryptFinal_ex (context, plain + n, &n) == 1;
  EVP_CIPHER_CTX_free (context);
  return ok ? (char *)g_steal_pointer (&plain) : NULL;
}

static void
test_protected_is_really_encrypted (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");
  g_autofree char *users = decrypt (file, "USER", "serena 2026 \xc3\xa9");
  g_autofree char *units = decrypt (file, "UNIT", "serena 2026 \xc3\xa9");
  g_autofree char *wrong = decrypt (file, "USER", "serena 2026");

  g_assert_nonnull (users);
  g_assert_nonnull (strstr (users, "alexa@example.org"));
  g_assert_nonnull (units);
  g_assert_nonnull (strstr (units, "PICOS 250"));
  g_assert_null (wrong);
  g_assert_null (g_strstr_len ((const char *)file->data, file->len, "alexa"));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "sample-files", "descriptions-give-the-files",
               test_descriptions_give_the_files);
  harness_add (harness, "sample-files", "the-showcase-is-described",
               test_the_showcase_is_described);
  harness_add (harness, "sample-files", "the-program-packs", test_the_program_packs);
  /* rules: S15 H2 */
  harness_add (harness, "sample-files", "villa-picos", test_villa_picos);
  harness_add (harness, "sample-files", "never-connected", test_never_connected);
  /* rules: H7 */
  harness_add (harness, "sample-files", "no-owner", test_no_owner);
  /* rules: S80 */
  harness_add (harness, "sample-files", "not-transmitted", test_not_transmitted);
  /* rules: H17 H18 */
  harness_add (harness, "sample-files", "protected", test_protected);
  harness_add (harness, "sample-files", "protected-is-really-encrypted",
               test_protected_is_really_encrypted);
}

HARNESS_MAIN (register_tests)
