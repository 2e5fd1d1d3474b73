/* SPDX-License-Identifier: MIT */
#include "tests/tools/nbt-packer.h"

#include "base/json.h"

#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <string.h>

#define HEADER 64
#define ENTRY 64
#define SEAL 28
#define NONCE 12
#define GCM_TAG 16
#define KEY 32
#define MAX_TEXT (8 * 1024 * 1024)
#define MAX_OPAQUE (64 * 1024 * 1024)
#define MAX_SECTIONS 1000 /* more than a reader accepts: bad files are wanted too */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

typedef struct
{
  char tag[5];
  gboolean encrypted;
  gboolean critical;
  GBytes *plain;    /* (owned) */
  char *password;   /* (owned) (nullable): of LOCK */
  JsonObject *lock; /* (owned) (nullable): of LOCK */
  guint8 nonce[NONCE];
} Section;

static void
section_free (Section *self)
{
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_clear_pointer (&self->lock, json_object_unref);
  g_free (self->password);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Section, section_free)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, what);
  return FALSE;
}

static void
put_u16 (guint8 *data, gsize offset, guint16 value)
{
  value = GUINT16_TO_LE (value);
  memcpy (data + offset, &value, sizeof value);
}

static void
put_u32 (guint8 *data, gsize offset, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (data + offset, &value, sizeof value);
}

static void
put_u64 (guint8 *data, gsize offset, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (data + offset, &value, sizeof value);
}

static guint64
get_u64 (const guint8 *data, gsize offset)
{
  guint64 value;

  memcpy (&value, data + offset, sizeof value);
  return GUINT64_FROM_LE (value);
}

static void
put_digest (guint8 *out, const guint8 *data, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (checksum, data, (gssize)length);
  g_checksum_get_digest (checksum, out, &size);
}

/* Bytes that look like nothing, the same every time. */
static GBytes *
make_opaque (gsize length)
{
  guint8 *data = g_malloc (MAX (length, 1));
  guint64 state = 0x9e3779b97f4a7c15u;

  for (gsize i = 0; i < length; i++)
    {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      data[i] = (guint8)(state >> 32);
    }
  return g_bytes_new_take (data, length);
}

static GBytes *
compact_json (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
take_plain (Section *self, JsonObject *object, GError **error)
{
  const char *text = NULL;
  gint64 opaque = -1;

  if (!ttecomm_json_get_optional_string (object, "text", MAX_TEXT, &text, error)
      || !ttecomm_json_get_optional_int (object, "opaque", 0, MAX_OPAQUE, -1, &opaque, error))
    return FALSE;
  if (json_object_has_member (object, "json"))
    self->plain = compact_json (json_object_get_member (object, "json"));
  else if (text != NULL)
    self->plain = g_bytes_new (text, strlen (text));
  else if (opaque >= 0)
    self->plain = make_opaque ((gsize)opaque);
  else
    return fail (error, "a section needs one of \"json\", \"text\" and \"opaque\"");
  return TRUE;
}

static gboolean
take_nonce (Section *self, JsonObject *object, GError **error)
{
  const char *hex = NULL;

  if (!self->encrypted)
    return TRUE;
  if (!ttecomm_json_get_string (object, "nonce", 2 * NONCE, &hex, error))
    return FALSE;
  for (guint i = 0; i < NONCE; i++)
    {
      if (!g_ascii_isxdigit (hex[2 * i]) || !g_ascii_isxdigit (hex[2 * i + 1]))
        return fail (error, "\"nonce\" must be 24 hexadecimal digits");
      self->nonce[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) * 16
                                + g_ascii_xdigit_value (hex[2 * i + 1]));
    }
  return TRUE;
}

static gboolean
take_password (Section *self, JsonObject *object, GError **error)
{
  const char *password = NULL;
  JsonObject *lock = NULL;

  if (!ttecomm_json_get_optional_string (object, "password", 256, &password, error))
    return FALSE;
  if (password == NULL)
    return TRUE;
  if (!ttecomm_json_get_object (object, "json", &lock, error))
    return FALSE;
  self->password = g_strdup (password);
  self->lock = json_object_ref (lock);
  return TRUE;
}

static Section *
section_new (JsonObject *object, GError **error)
{
  g_autoptr (Section) self = g_new0 (Section, 1);
  const char *tag = NULL;

  if (!ttecomm_json_get_string (object, "tag", 4, &tag, error)
      || !ttecomm_json_get_optional_boolean (object, "encrypted", FALSE, &self->encrypted, error)
      || !ttecomm_json_get_optional_boolean (object, "critical", FALSE, &self->critical, error)
      || !take_plain (self, object, error) || !take_nonce (self, object, error)
      || !take_password (self, object, error))
    return NULL;
  memcpy (self->tag, tag, strlen (tag));
  return g_steal_pointer (&self);
}

static Section *
find_section (GPtrArray *sections, const char *tag)
{
  for (guint i = 0; i < sections->len; i++)
    {
      Section *section = sections->pdata[i];

      if (g_str_equal (section->tag, tag))
        return section;
    }
  return NULL;
}

/* Writes USER's digest where INST asks for the current one. */
static void
note_transmission (JsonObject *inst, GBytes *users)
{
  JsonNode *node = json_object_get_member (inst, "transmitted_users_sha256");
  g_autofree char *digest = NULL;

  if (node == NULL || g_strcmp0 (json_node_get_string (node), "current") != 0)
    return;
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, users);
  json_object_set_string_member (inst, "transmitted_users_sha256", digest);
}

static GPtrArray *
parse_sections (JsonObject *description, GError **error)
{
  g_autoptr (GPtrArray) sections = g_ptr_array_new_with_free_func ((GDestroyNotify)section_free);
  JsonArray *array = NULL;

  if (!ttecomm_json_get_array (description, "sections", MAX_SECTIONS, &array, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = NULL;
      Section *section = NULL;

      if (ttecomm_json_array_get_object (array, i, &object, error))
        section = section_new (object, error);
      if (section == NULL)
        {
          g_prefix_error (error, "sections[%u]: ", i);
          return NULL;
        }
      g_ptr_array_add (sections, section);
    }
  return g_steal_pointer (&sections);
}

static gboolean
apply_transmission (JsonObject *description, GPtrArray *sections, GError **error)
{
  JsonArray *array = json_object_get_array_member (description, "sections");
  Section *inst = find_section (sections, "INST");
  Section *users = find_section (sections, "USER");

  if (inst == NULL || users == NULL)
    return TRUE;
  for (guint i = 0; i < sections->len; i++)
    {
      JsonObject *object = NULL;
      JsonNode *node;

      if (sections->pdata[i] != inst)
        continue;
      if (!ttecomm_json_array_get_object (array, i, &object, error))
        return FALSE;
      node = json_object_get_member (object, "json");
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        continue;
      note_transmission (json_node_get_object (node), users->plain);
      g_bytes_unref (inst->plain);
      inst->plain = compact_json (node);
    }
  return TRUE;
}

static gboolean
derive_key (GPtrArray *sections, guint8 key[KEY], GError **error)
{
  Section *lock = find_section (sections, "LOCK");
  const char *salt_text = NULL;
  g_autofree guint8 *salt = NULL;
  gsize salt_length = 0;
  gint64 n = 0, r = 0, p = 0;

  if (lock == NULL || lock->password == NULL)
    return fail (error, "an encrypted section needs a section LOCK with a \"password\"");
  if (!ttecomm_json_get_int (lock->lock, "n", 2, 1 << 20, &n, error)
      || !ttecomm_json_get_int (lock->lock, "r", 1, 64, &r, error)
      || !ttecomm_json_get_int (lock->lock, "p", 1, 16, &p, error)
      || !ttecomm_json_get_string (lock->lock, "salt", 64, &salt_text, error))
    return FALSE;
  salt = g_base64_decode (salt_text, &salt_length);
  /* Its default limit refuses even n = 32768. */
  if (EVP_PBE_scrypt (lock->password, strlen (lock->password), salt, salt_length, (guint64)n,
                      (guint64)r, (guint64)p, 256u * 1024 * 1024, key, KEY)
      != 1)
    return fail (error, "scrypt refuses the parameters of section LOCK");
  return TRUE;
}

/* nonce, ciphertext, tag at @out; @entry gives the additional data. */
static gboolean
seal (const Section *section, const guint8 *key, const guint8 *entry, guint8 *out, GError **error)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  gsize length = 0;
  const guint8 *plain = g_bytes_get_data (section->plain, &length);
  int n = 0;

  memcpy (out, section->nonce, NONCE);
  if (EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, key, section->nonce) != 1
      || EVP_EncryptUpdate (context, NULL, &n, entry, 32) != 1
      || EVP_EncryptUpdate (context, out + NONCE, &n, plain, (int)length) != 1
      || EVP_EncryptFinal_ex (context, out + NONCE + n, &n) != 1
      || EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, GCM_TAG, out + NONCE + length) != 1)
    return fail (error, "a section cannot be encrypted");
  return TRUE;
}

/* Fills in the table, whose digests reseal() adds. Returns the size of the file. */
static gsize
lay_out (GPtrArray *sections, GByteArray *file)
{
  gsize end = HEADER + ENTRY * (gsize)sections->len;

  g_byte_array_set_size (file, (guint)end);
  memset (file->data, 0, end);
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = sections->pdata[i];
      guint8 *entry = file->data + HEADER + ENTRY * (gsize)i;
      gsize length = g_bytes_get_size (section->plain);
      gsize stored = length + (section->encrypted ? SEAL : 0);
      gsize offset = (end + 7) / 8 * 8;

      memcpy (entry, section->tag, 4);
      put_u32 (entry, 4, (guint32)(section->encrypted | section->critical << 1));
      put_u64 (entry, 8, offset);
      put_u64 (entry, 16, stored);
      put_u64 (entry, 24, length);
      end = offset + stored;
    }
  return end;
}

static gboolean
write_sections (GPtrArray *sections, GByteArray *file, const guint8 *key, GError **error)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = sections->pdata[i];
      const guint8 *entry = file->data + HEADER + ENTRY * (gsize)i;
      guint8 *out = file->data + get_u64 (entry, 8);
      gsize length = 0;
      const guint8 *plain = g_bytes_get_data (section->plain, &length);

      if (section->encrypted && !seal (section, key, entry, out, error))
        return FALSE;
      if (!section->encrypted && length > 0)
        memcpy (out, plain, length);
    }
  return TRUE;
}

static gboolean
has_encrypted (GPtrArray *sections)
{
  for (guint i = 0; i < sections->len; i++)
    if (((const Section *)sections->pdata[i])->encrypted)
      return TRUE;
  return FALSE;
}

GBytes *
nbt_packer_pack (JsonObject *description, GError **error)
{
  g_autoptr (GPtrArray) sections = parse_sections (description, error);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint8 key[KEY] = { 0 };
  gint64 minor = 0;
  gsize table_end, size;

  if (sections == NULL || !apply_transmission (description, sections, error)
      || !ttecomm_json_get_optional_int (description, "minor", 0, 65535, 0, &minor, error)
      || (has_encrypted (sections) && !derive_key (sections, key, error)))
    return NULL;

  size = lay_out (sections, file);
  table_end = file->len;
  g_byte_array_set_size (file, (guint)size);
  memset (file->data + table_end, 0, size - table_end);
  memcpy (file->data, "\x89NBT\r\n\x1a\n", 8);
  put_u16 (file->data, 8, 1);
  put_u16 (file->data, 10, (guint16)minor);
  put_u32 (file->data, 12, find_section (sections, "LOCK") != NULL);
  put_u32 (file->data, 24, sections->len);
  if (!write_sections (sections, file, key, error))
    return NULL;
  nbt_packer_reseal (file, TRUE);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

GBytes *
nbt_packer_pack_text (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) description = ttecomm_json_parse_object (text, length, MAX_TEXT, error);

  return description != NULL ? nbt_packer_pack (description, error) : NULL;
}

void
nbt_packer_reseal (GByteArray *file, gboolean set_size)
{
  guint32 n;
  gsize table;

  g_return_if_fail (file->len >= HEADER);

  if (set_size)
    put_u64 (file->data, 16, file->len);
  memcpy (&n, file->data + 24, sizeof n);
  n = GUINT32_FROM_LE (n);
  table = MIN ((gsize)n, (file->len - HEADER) / ENTRY) * ENTRY;
  for (gsize at = HEADER; at < HEADER + table; at += ENTRY)
    {
      guint64 offset = get_u64 (file->data, at + 8);
      guint64 length = get_u64 (file->data, at + 16);

      if (offset <= file->len && length <= file->len - offset)
        put_digest (file->data + at + 32, file->data + offset, (gsize)length);
    }
  put_digest (file->data + 32, file->data + HEADER, table);
}
