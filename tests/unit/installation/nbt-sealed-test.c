/* SPDX-License-Identifier: MIT */
#include "plugin/installation/roles.h"
#include "tests/harness/harness.h"
#include "tests/tools/nbt-packer.h"
#include "tests/unit/installation/nbt-file.h"

#include <string.h>

/* Protected files: what their password gives, and what anything else gives. */

#define HEADER 64
#define ENTRY 64
#define E_ACUTE "\xc3\xa9"
#define INDEPENDENT "na\xc3\xafve \xe2\x80\x93 \xe5\xaf\x86\xe7\xa0\x81 \xf0\x9f\x94\x90"

static TtecommInstallation *
unlock_sample (const char *name, const char *password)
{
  g_autoptr (GByteArray) file = nbt_file_load (name);
  g_autoptr (GError) error = NULL;
  TtecommInstallation *installation = nbt_file_unlock (file, password, -1, &error);

  g_assert_no_error (error);
  g_assert_true (installation->is_protected);
  g_assert_true (installation->roles_known);
  return installation;
}

static void
assert_locked (const GByteArray *file, const char *password, gssize length, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallation) installation = nbt_file_unlock (file, password, length, &error);

  g_assert_null (installation);
  g_assert_error (error, TTECOMM_NBT_ERROR, code);
  g_assert_nonnull (strstr (error->message, "(at offset 0x"));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* --- the samples ------------------------------------------------------------------------------ */

static void
test_protected (void)
{
  g_autoptr (TtecommInstallation) villa = unlock_sample ("protected.nbt", "serena 2026 " E_ACUTE);

  g_assert_cmpstr (villa->name, ==, "Villa Serena");
  g_assert_cmpuint (villa->units->len, ==, 2);
  g_assert_cmpuint (villa->people->len, ==, 3);
  g_assert_cmpuint (villa->integrators->len, ==, 2);
  g_assert_true (villa->users_transmitted);
  g_assert_true (ttecomm_roles_of (villa, "alexa@example.org").is_owner);
  g_assert_cmpint (ttecomm_roles_get_owner_state (villa), ==, TTECOMM_OWNER_PRESENT);
}

static void
test_name_is_encrypted_too (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected-name.nbt");
  g_autoptr (TtecommInstallation) locked = nbt_file_read (file, NULL);
  g_autoptr (TtecommInstallation) casa
      = unlock_sample ("protected-name.nbt", "una parola d'ordine che nessuno indovina 1847");

  g_assert_null (locked->name);
  g_assert_null (locked->ttcloud_id);
  g_assert_null (g_strstr_len ((const char *)file->data, file->len, "Nascosta"));
  g_assert_cmpstr (casa->name, ==, "Casa Nascosta");
  g_assert_cmpstr (casa->ttcloud_id, ==, "inst-1");
  g_assert_true (casa->users_transmitted);
}

static void
test_other_implementation (void)
{
  g_autoptr (TtecommInstallation) huis = unlock_sample ("protected-independent.nbt", INDEPENDENT);
  const TtecommIntegrator *yuki;

  g_assert_cmpstr (huis->name, ==, "Huis Dijkstra");
  g_assert_cmpuint (huis->units->len, ==, 1);
  g_assert_true (huis->users_transmitted);
  g_assert_true (ttecomm_roles_of (huis, "noor@example.org").is_owner);
  yuki = huis->integrators->pdata[0];
  g_assert_cmpstr (yuki->company, ==, "\xe4\xbd\x90\xe8\x97\xa4\xe9\x9b\xbb\xe6\xa9\x9f");
}

static void
test_costliest (void)
{
  g_autoptr (TtecommInstallation) house
      = unlock_sample ("protected-heavy.nbt", "zwaar als lood " E_ACUTE "\xc3\xa8");

  g_assert_cmpstr (house->name, ==, "Zwaar");
}

/* --- passwords -------------------------------------------------------------------------------- */

static void
test_wrong_passwords (void)
{
  static const char *const wrong[]
      = { "", "k", "klei", "klein ", " klein", "Klein", "kleinx", "klein\n", "kl\xc3\xa9in" };
  g_autoptr (GByteArray) file = nbt_file_load ("protected-small.nbt");
  g_autoptr (TtecommInstallation) right = unlock_sample ("protected-small.nbt", "klein");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_locked (file, wrong[i], -1, TTECOMM_NBT_ERROR_PASSWORD);
  /* Were the NUL an end, this one would open. */
  assert_locked (file, "klein\0x", 7, TTECOMM_NBT_ERROR_PASSWORD);
}

/* One that looks the same is another one: nothing is normalized (see nbt-cipher.h). */
static void
test_as_typed (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");

  assert_locked (file, "serena 2026 e\xcc\x81", -1, TTECOMM_NBT_ERROR_PASSWORD);
}

/* --- damage ----------------------------------------------------------------------------------- */

/* Where a change means nothing: the minor version, and what lies between sections. */
static gboolean
is_free (const GByteArray *file, gsize at)
{
  guint64 n = nbt_file_get (file, 24, 4);

  if (at == 10 || at == 11)
    return TRUE;
  if (at < HEADER + ENTRY * n)
    return FALSE;
  for (gsize entry = HEADER; entry < HEADER + ENTRY * n; entry += ENTRY)
    {
      guint64 offset = nbt_file_get (file, entry + 8, 8);

      if (at >= offset && at < offset + nbt_file_get (file, entry + 16, 8))
        return FALSE;
    }
  return TRUE;
}

static void
test_every_byte_counts (void)
{
  static const guint8 changes[] = { 0x01, 0x20, 0x80, 0xff };
  g_autoptr (GByteArray) file = nbt_file_load ("protected-small.nbt");
  guint n_free = 0;

  for (gsize at = 0; at < file->len; at++)
    for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (TtecommInstallation) installation = NULL;

        file->data[at] ^= changes[i];
        installation = nbt_file_unlock (file, "klein", -1, &error);
        file->data[at] ^= changes[i];
        if (is_free (file, at))
          {
            n_free++;
            g_assert_no_error (error);
            continue;
          }
        g_assert_null (installation);
        g_assert_nonnull (error);
        /* Damage is never taken for a wrong password. */
        g_assert_false (g_error_matches (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD));
      }
  g_assert_cmpuint (n_free, <, 4 * 32);
}

/* With all digests made right again, only the seal stands between a change and wrong roles. */
static void
test_every_byte_is_sealed (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected-small.nbt");
  gsize inst = (gsize)nbt_file_get (file, nbt_file_find_entry (file, "INST") + 8, 8);
  gsize unit = (gsize)nbt_file_get (file, nbt_file_find_entry (file, "UNIT") + 8, 8);
  guint n_opened = 0;

  for (gsize at = HEADER; at < file->len; at++)
    {
      g_autoptr (GByteArray) changed = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommInstallation) installation = NULL;

      g_byte_array_append (changed, file->data, file->len);
      changed->data[at] ^= 0x01;
      nbt_packer_reseal (changed, FALSE);
      installation = nbt_file_unlock (changed, "klein", -1, &error);
      if (installation == NULL)
        continue;
      /* The name in a plain INST is not sealed, nor are flags and digest of plain sections. */
      n_opened++;
      g_assert_true (ttecomm_roles_of (installation, "ana@example.org").is_owner);
      g_assert_cmpuint (installation->people->len, ==, 1);
      g_assert_cmpuint (installation->integrators->len, ==, 1);
      g_assert_cmpuint (installation->units->len, ==, 0);
      g_assert_false (at >= unit && !is_free (file, at)
                      && at < nbt_file_get (file, nbt_file_find_entry (file, "LOCK") + 8, 8));
    }
  g_assert_cmpuint (n_opened, <, unit - inst + 4 * ENTRY);
}

static void
test_truncated (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected-small.nbt");

  while (file->len > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommInstallation) installation = NULL;

      g_byte_array_set_size (file, file->len - 1);
      installation = nbt_file_unlock (file, "klein", -1, &error);
      g_assert_null (installation);
      g_assert_nonnull (error);
      g_assert_false (g_error_matches (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD));
    }
}

/* Cut short, with a header, a table and digests that say so. */
static void
test_truncated_and_resealed (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("protected-small.nbt");

  for (gsize length = file->len - 1; length >= HEADER; length--)
    {
      g_autoptr (GByteArray) cut = g_byte_array_new ();
      g_autoptr (TtecommInstallation) installation = NULL;

      g_byte_array_append (cut, file->data, (guint)length);
      nbt_packer_reseal (cut, TRUE);
      installation = nbt_file_unlock (cut, "klein", -1, NULL);
      g_assert_null (installation);
    }
}

/* A byte of one section, with its digest made right. */
static void
damage_and_reseal (GByteArray *file, const char *tag)
{
  file->data[nbt_file_get (file, nbt_file_find_entry (file, tag) + 8, 8) + 13] ^= 1;
  nbt_packer_reseal (file, FALSE);
}

/* The key is right when one section opens: then the file is to blame, whichever is the other one.
 */
static void
test_damage_or_password (void)
{
  static const char *const tags[] = { "UNIT", "USER" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("protected-small.nbt");

      damage_and_reseal (file, tags[i]);
      assert_locked (file, "klein", -1, TTECOMM_NBT_ERROR_SEAL);
      assert_locked (file, "groot", -1, TTECOMM_NBT_ERROR_PASSWORD);
      damage_and_reseal (file, tags[1 - i]);
      assert_locked (file, "klein", -1, TTECOMM_NBT_ERROR_PASSWORD);
    }
}

/* Two sections of one length cannot change places: the entry is part of the seal. */
static void
test_swapped_sections (void)
{
  g_autoptr (GByteArray) file = nbt_file_pack (
      "{\"sections\":[{\"tag\":\"INST\",\"json\":{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\","
      "\"name\":\"N\",\"prosoft\":\"5.1\",\"ttcloud\":{\"connected\":false}}},"
      "{\"tag\":\"UNIT\",\"text\":\"[                            ]\",\"encrypted\":true,"
      "\"nonce\":\"000000000000000000000001\"},"
      "{\"tag\":\"USER\",\"text\":\"{\\\"people\\\":[],\\\"integrators\\\":[]}\",\"encrypted\":true,"
      "\"nonce\":\"000000000000000000000002\"},"
      "{\"tag\":\"LOCK\",\"password\":\"p\",\"json\":{\"kdf\":\"scrypt\",\"n\":2,\"r\":1,\"p\":1,"
      "\"salt\":\"Uk9aUmQ0V2xqT3B5dEdKdw==\"}}]}");
  gsize unit = (gsize)nbt_file_get (file, nbt_file_find_entry (file, "UNIT") + 8, 8);
  gsize user = (gsize)nbt_file_get (file, nbt_file_find_entry (file, "USER") + 8, 8);
  gsize length = (gsize)nbt_file_get (file, nbt_file_find_entry (file, "USER") + 16, 8);
  g_autofree guint8 *sealed = g_memdup2 (file->data + user, length);
  g_autoptr (TtecommInstallation) installation = nbt_file_unlock (file, "p", -1, NULL);

  g_assert_nonnull (installation);
  g_assert_cmpuint (length, ==, nbt_file_get (file, nbt_file_find_entry (file, "UNIT") + 16, 8));
  memcpy (file->data + user, file->data + unit, length);
  memcpy (file->data + unit, sealed, length);
  nbt_packer_reseal (file, FALSE);
  assert_locked (file, "p", -1, TTECOMM_NBT_ERROR_PASSWORD);
}

/* Well sealed, and still wrong: judged like the content of a plain file. */
static void
test_hostile_content (void)
{
  g_autoptr (GByteArray) file = nbt_file_pack (
      "{\"sections\":[{\"tag\":\"INST\",\"json\":{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\","
      "\"name\":\"N\",\"prosoft\":\"5.1\",\"ttcloud\":{\"connected\":false}}},"
      "{\"tag\":\"UNIT\",\"json\":[],\"encrypted\":true,\"nonce\":\"000000000000000000000001\"},"
      "{\"tag\":\"USER\",\"text\":\"\",\"encrypted\":true,"
      "\"nonce\":\"000000000000000000000002\"},"
      "{\"tag\":\"LOCK\",\"password\":\"p\",\"json\":{\"kdf\":\"scrypt\",\"n\":2,\"r\":1,\"p\":1,"
      "\"salt\":\"Uk9aUmQ0V2xqT3B5dEdKdw==\"}}]}");

  assert_locked (file, "p", -1, TTECOMM_NBT_ERROR_CONTENT);
}

/* --- the parts -------------------------------------------------------------------------------- */

static void
test_keys_follow_their_lock (void)
{
  const TtecommNbtLock lock = { .n = 16, .r = 1, .salt = "0123456789abcde" };
  const TtecommNbtLock others[] = {
    { .n = 32, .r = 1, .salt = "0123456789abcde" },
    { .n = 16, .r = 2, .salt = "0123456789abcde" },
    { .n = 16, .r = 1, .salt = "0123456789abcdf" },
  };
  g_autoptr (TtecommSecret) password = ttecomm_secret_new_from ("p", 1);
  g_autoptr (TtecommSecret) key = ttecomm_nbt_key_derive (&lock, password, NULL);
  g_autoptr (TtecommSecret) again = ttecomm_nbt_key_derive (&lock, password, NULL);

  g_assert_true (ttecomm_nbt_lock_equal (&lock, &lock));
  g_assert_cmpmem (ttecomm_secret_get_data (key), 32, ttecomm_secret_get_data (again), 32);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (TtecommSecret) other = ttecomm_nbt_key_derive (&others[i], password, NULL);

      g_assert_false (ttecomm_nbt_lock_equal (&lock, &others[i]));
      g_assert_cmpint (memcmp (ttecomm_secret_get_data (key), ttecomm_secret_get_data (other), 32),
                       !=, 0);
    }
}

/* From Python's hashlib.scrypt. */
static void
test_a_known_key (void)
{
  static const guint8 wanted[32]
      = { 0x96, 0x02, 0x48, 0x08, 0x32, 0x34, 0xdc, 0x9e, 0xde, 0xf7, 0x52,
          0xba, 0x1a, 0xce, 0xcb, 0x4c, 0xc4, 0x8f, 0x8b, 0xe9, 0xe4, 0x1d,
          0x70, 0x7e, 0x60, 0x53, 0xcd, 0x88, 0x63, 0xd9, 0x91, 0xe8 };
  TtecommNbtLock lock = { .n = 1024, .r = 8 };
  g_autoptr (TtecommSecret) password = ttecomm_secret_new_from ("pleaseletmein", 13);
  g_autoptr (TtecommSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (lock.salt, "SodiumChlorideXY", sizeof lock.salt);
  key = ttecomm_nbt_key_derive (&lock, password, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ttecomm_secret_get_data (key), (int)ttecomm_secret_get_length (key), wanted,
                   sizeof wanted);
}

static void
register_tests (Harness *harness)
{
  /* rules: H17 */
  harness_add (harness, "nbt-sealed", "protected", test_protected);
  harness_add (harness, "nbt-sealed", "name-is-encrypted-too", test_name_is_encrypted_too);
  harness_add (harness, "nbt-sealed", "other-implementation", test_other_implementation);
  harness_add (harness, "nbt-sealed", "costliest", test_costliest);
  /* rules: H18 */
  harness_add (harness, "nbt-sealed", "wrong-passwords", test_wrong_passwords);
  harness_add (harness, "nbt-sealed", "as-typed", test_as_typed);
  harness_add (harness, "nbt-sealed", "every-byte-counts", test_every_byte_counts);
  harness_add (harness, "nbt-sealed", "every-byte-is-sealed", test_every_byte_is_sealed);
  harness_add (harness, "nbt-sealed", "truncated", test_truncated);
  harness_add (harness, "nbt-sealed", "truncated-and-resealed", test_truncated_and_resealed);
  harness_add (harness, "nbt-sealed", "damage-or-password", test_damage_or_password);
  harness_add (harness, "nbt-sealed", "swapped-sections", test_swapped_sections);
  harness_add (harness, "nbt-sealed", "hostile-content", test_hostile_content);
  harness_add (harness, "nbt-sealed", "keys-follow-their-lock", test_keys_follow_their_lock);
  harness_add (harness, "nbt-sealed", "a-known-key", test_a_known_key);
}

HARNESS_MAIN (register_tests)
