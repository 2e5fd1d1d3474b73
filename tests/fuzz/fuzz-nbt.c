/* SPDX-License-Identifier: MIT */
/*
 * The .nbt container (plugin/installation/nbt-reader.h): a digit, then
 *   0  a file, as it is
 *   1  a file, whose size and digests are made right first
 *   2  the texts of INST, UNIT and USER, each up to a line feed, in a file that is right
 *   3  the same, as a protected file whose INST is encrypted, with LOCK in front
 *   4  the same, whose INST is plain
 *
 * The reader asks for nothing outside the file and for nothing twice, refuses every file that is
 * cut short, and hands out nothing that is out of bounds; a protected file says with its key what
 * the plain one of the same texts says, and nothing at all with another.
 */
#include "tests/fuzz/fuzz.h"

#include "plugin/installation/clean.h"
#include "plugin/installation/nbt-reader.h"
#include "plugin/installation/roles.h"
#include "tests/tools/nbt-packer.h"

#include <openssl/evp.h>
#include <string.h>

#define HEADER 64
#define ENTRY 64
#define NONCE 12
#define TAG 16
/* All that may be asked for: header, table, and the four sections at their largest and sealed. */
#define MAX_READ (64 + 16384 + (64 + 256 + 512 + 4) * 1024 + 3 * 28)

static const guint8 good_key[32] = { 1 };
static const guint8 other_key[32] = { 2 };

/* --- making files --- */

static void
put (GByteArray *file, gsize at, gsize size, guint64 value)
{
  for (gsize i = 0; i < size; i++)
    file->data[at + i] = (guint8)(value >> (8 * i));
}

static void
append_zeros (GByteArray *file, gsize n)
{
  guint before = file->len;

  g_byte_array_set_size (file, before + (guint)n);
  memset (file->data + before, 0, n);
}

/* Nonce, ciphertext, tag; @aad: the first 32 bytes of the table entry. */
static void
append_sealed (GByteArray *file, const guint8 *aad, const char *text, gsize length)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  g_autofree guint8 *out = g_malloc (length + 1);
  const guint8 nonce[NONCE] = { 0 };
  guint8 tag[TAG];
  int n = 0;

  g_assert_true (EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, good_key, nonce)
                 && EVP_EncryptUpdate (context, NULL, &n, aad, 32)
                 && EVP_EncryptUpdate (context, out, &n, (const guint8 *)text, (int)length)
                 && EVP_EncryptFinal_ex (context, out + n, &n)
                 && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, TAG, tag));
  EVP_CIPHER_CTX_free (context);
  g_byte_array_append (file, nonce, NONCE);
  g_byte_array_append (file, out, (guint)length);
  g_byte_array_append (file, tag, TAG);
}

static void
append_section (GByteArray *file,
                guint index,
                const char *tag,
                const char *text,
                gboolean is_sealed)
{
  gsize entry = HEADER + ENTRY * (gsize)index;
  gsize length = strlen (text);
  guint8 aad[32];

  append_zeros (file, (8 - file->len % 8) % 8);
  memcpy (file->data + entry, tag, 4);
  put (file, entry + 4, 4, is_sealed ? 1 : 0);
  put (file, entry + 8, 8, file->len);
  put (file, entry + 16, 8, is_sealed ? length + NONCE + TAG : length);
  put (file, entry + 24, 8, length);
  memcpy (aad, file->data + entry, sizeof aad);
  if (is_sealed)
    append_sealed (file, aad, text, length);
  else
    g_byte_array_append (file, (const guint8 *)text, (guint)length);
}

/* @lock: (nullable): NULL for a file that is not protected. @texts: of INST, UNIT, USER */
static GByteArray *
make_file (const char *lock, char **texts, gboolean seals_inst)
{
  GByteArray *file = g_byte_array_new ();
  guint n = 0;

  append_zeros (file, HEADER + ENTRY * (lock != NULL ? 4 : 3));
  memcpy (file->data, "\x89NBT\r\n\x1a\n", 8);
  put (file, 8, 2, 1);
  put (file, 12, 4, lock != NULL ? 1 : 0);
  put (file, 24, 4, lock != NULL ? 4 : 3);
  if (lock != NULL)
    append_section (file, n++, "LOCK", lock, FALSE);
  append_section (file, n++, "INST", texts[0], lock != NULL && seals_inst);
  append_section (file, n++, "UNIT", texts[1], lock != NULL);
  append_section (file, n++, "USER", texts[2], lock != NULL);
  nbt_packer_reseal (file, TRUE);
  return file;
}

/* --- reading them --- */

/* As the bridge does; what is asked for is copied, so that reading past it is seen. */
static void
feed_all (TtecommNbtReader *reader, const GByteArray *file)
{
  guint64 offset = 0, again_offset = 0, n_read = 0;
  gsize length = 0, again_length = 0;

  while (ttecomm_nbt_reader_next (reader, &offset, &length))
    {
      g_autofree guint8 *slice = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (ttecomm_nbt_reader_next (reader, &again_offset, &again_length));
      g_assert_cmpuint (offset, ==, again_offset);
      g_assert_cmpuint (length, ==, again_length);
      g_assert_cmpuint (length, >, 0);
      g_assert_cmpuint (length, <=, TTECOMM_NBT_SLICE_SIZE);
      g_assert_cmpuint (offset, <=, file->len);
      g_assert_cmpuint (length, <=, file->len - offset);
      n_read += length;
      g_assert_cmpuint (n_read, <=, MAX_READ);
      slice = g_memdup2 (file->data + offset, length);
      if (!ttecomm_nbt_reader_feed (reader, slice, length, &error))
        {
          fuzz_assert_error (error, TTECOMM_NBT_ERROR);
          g_assert_nonnull (strstr (error->message, "0x"));
          g_assert_false (ttecomm_nbt_reader_next (reader, &offset, &length));
        }
    }
}

/* (nullable) @sealed: (out) (optional) (nullable) */
static TtecommInstallation *
read_file (const GByteArray *file, TtecommNbtSealed **sealed, GError **error)
{
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
  TtecommInstallation *installation;

  feed_all (reader, file);
  installation = ttecomm_nbt_reader_finish (reader, error);
  if (sealed != NULL && ttecomm_nbt_reader_get_sealed (reader) != NULL)
    *sealed = ttecomm_nbt_sealed_ref (ttecomm_nbt_reader_get_sealed (reader));
  if (installation == NULL)
    g_assert_null (ttecomm_nbt_reader_get_sealed (reader));
  return installation;
}

static void
assert_people (const TtecommInstallation *installation)
{
  g_assert_cmpuint (installation->units->len, <=, TTECOMM_INSTALLATION_MAX_UNITS);
  g_assert_cmpuint (installation->people->len, <=, TTECOMM_INSTALLATION_MAX_PEOPLE);
  g_assert_cmpuint (installation->integrators->len, <=, TTECOMM_INSTALLATION_MAX_INTEGRATORS);
  for (guint i = 0; i < installation->people->len; i++)
    {
      const TtecommPerson *person = installation->people->pdata[i];
      g_autofree char *address = ttecomm_clean_address (person->email);
      TtecommRoles roles = ttecomm_roles_of (installation, person->email);

      fuzz_assert_line (person->name);
      fuzz_assert_line (person->group);
      g_assert_cmpstr (person->address, ==, address);
      if (person->cloud_access == TTECOMM_CLOUD_ACCESS_OWNER && address != NULL)
        g_assert_true (roles.is_owner && roles.role == TTECOMM_INSTALLATION_ROLE_OWNER);
    }
  for (guint i = 0; i < installation->integrators->len; i++)
    {
      const TtecommIntegrator *integrator = installation->integrators->pdata[i];

      fuzz_assert_line (integrator->name);
      fuzz_assert_line (integrator->company);
      if (integrator->address != NULL)
        g_assert_true (ttecomm_roles_of (installation, integrator->address).is_integrator);
    }
}

/* Of a plain file, or of one that was opened with its key. */
static void
assert_installation (const TtecommInstallation *installation)
{
  g_assert_true (g_uuid_string_is_valid (installation->id));
  fuzz_assert_line (installation->name);
  fuzz_assert_line (installation->language);
  g_assert_cmpuint (strspn (installation->prosoft, "0123456789."), ==,
                    strlen (installation->prosoft));
  g_assert_true (!installation->connected || installation->ttcloud_id != NULL);
  g_assert_true (installation->roles_known);
  g_assert_false (installation->users_transmitted && installation->transmitted == NULL);
  assert_people (installation);
}

/* One byte less, and nothing of it is read. */
static void
assert_whole (GByteArray *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallation) installation = NULL;

  g_byte_array_set_size (file, file->len - 1);
  installation = read_file (file, NULL, &error);
  g_assert_null (installation);
  fuzz_assert_error (error, TTECOMM_NBT_ERROR);
}

static TtecommInstallation *
open_sealed (const TtecommNbtSealed *sealed, const guint8 *key, GError **error)
{
  g_autoptr (TtecommSecret) secret = ttecomm_secret_new_from (key, 32);

  return ttecomm_nbt_sealed_open (sealed, secret, error);
}

static void
run_file (GByteArray *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_key = NULL;
  g_autoptr (TtecommNbtSealed) sealed = NULL;
  g_autoptr (TtecommInstallation) opened = NULL;
  g_autoptr (TtecommInstallation) installation = read_file (file, &sealed, &error);

  if (installation == NULL)
    {
      fuzz_assert_error (error, TTECOMM_NBT_ERROR);
      return;
    }
  g_assert_cmpint (installation->is_protected, ==, sealed != NULL);
  g_assert_cmpint (installation->roles_known, ==, sealed == NULL);
  if (sealed == NULL)
    assert_installation (installation);
  else
    {
      g_assert_cmpuint (installation->people->len, ==, 0);
      g_assert_cmpint (ttecomm_roles_of (installation, "a@b.test").role, ==,
                       TTECOMM_INSTALLATION_ROLE_UNKNOWN);
      opened = open_sealed (sealed, other_key, &no_key);
      g_assert_null (opened);
      fuzz_assert_error (no_key, TTECOMM_NBT_ERROR);
    }
  assert_whole (file);
}

/* --- plain and protected must say the same --- */

static void
append_people (GString *text, const TtecommInstallation *installation)
{
  for (guint i = 0; i < installation->units->len; i++)
    {
      const TtecommCentralUnit *unit = installation->units->pdata[i];

      g_string_append_printf (text, "%s|%s|%s|%s\n", unit->type, unit->name, unit->serial,
                              unit->firmware);
    }
  for (guint i = 0; i < installation->people->len; i++)
    {
      const TtecommPerson *person = installation->people->pdata[i];

      g_string_append_printf (text, "%s|%s|%s|%d|%d\n", person->id, person->name, person->address,
                              (int)person->cloud_access, person->is_integrator);
    }
  for (guint i = 0; i < installation->integrators->len; i++)
    {
      const TtecommIntegrator *integrator = installation->integrators->pdata[i];

      g_string_append_printf (text, "%s|%s|%s\n", integrator->id, integrator->name,
                              integrator->address);
    }
}

/* All that an installation says. (transfer full) */
static char *
describe (const TtecommInstallation *installation)
{
  g_autofree char *modified
      = installation->modified != NULL ? g_date_time_format_iso8601 (installation->modified) : NULL;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s|%s|%s|%s|%d|%s|%s|%d\n", installation->id, installation->name,
                          installation->language, installation->prosoft, installation->connected,
                          installation->ttcloud_id, modified, installation->users_transmitted);
  append_people (text, installation);
  return g_string_free (text, FALSE);
}

/* Every text is good on its own, so the two files must agree. */
static void
assert_same_with_key (const TtecommNbtSealed *sealed, char **texts)
{
  g_autoptr (GByteArray) plain_file = make_file (NULL, texts, FALSE);
  g_autoptr (TtecommInstallation) plain = read_file (plain_file, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallation) opened = open_sealed (sealed, good_key, &error);
  g_autofree char *plain_text = NULL;
  g_autofree char *opened_text = NULL;

  g_assert_cmpint (plain != NULL, ==, opened != NULL);
  if (opened == NULL)
    {
      /* The key is right: it must not be said that it is wrong. */
      g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_CONTENT);
      return;
    }
  assert_installation (opened);
  g_assert_true (opened->is_protected);
  plain_text = describe (plain);
  opened_text = describe (opened);
  g_assert_cmpstr (plain_text, ==, opened_text);
}

static void
assert_other_key_opens_nothing (const TtecommNbtSealed *sealed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallation) opened = open_sealed (sealed, other_key, &error);

  g_assert_null (opened);
  g_assert_error (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD);
}

static void
run_texts (FuzzInput *input, gboolean is_protected, gboolean seals_inst)
{
  g_autofree char *lock = is_protected ? fuzz_input_take_until (input, '\n', NULL) : NULL;
  g_auto (GStrv) texts = g_new0 (char *, 4);
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (TtecommNbtSealed) sealed = NULL;
  g_autoptr (TtecommInstallation) installation = NULL;

  for (guint i = 0; i < 3; i++)
    texts[i] = fuzz_input_take_until (input, '\n', NULL);
  file = make_file (lock, texts, seals_inst);
  installation = read_file (file, &sealed, NULL);
  if (sealed != NULL)
    {
      assert_same_with_key (sealed, texts);
      assert_other_key_opens_nothing (sealed);
    }
  run_file (file);
}

int
ttecomm_fuzz_nbt (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint choice = fuzz_input_take_choice (&input, 5);

  if (choice >= 2)
    run_texts (&input, choice > 2, choice == 3);
  else
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();

      g_byte_array_append (file, input.at, (guint)input.left);
      if (choice == 1 && file->len >= HEADER)
        nbt_packer_reseal (file, TRUE);
      run_file (file);
    }
  return 0;
}
