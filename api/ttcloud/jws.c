/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/jws.h"

#include "base/base64url.h"
#include "base/json.h"

#include <string.h>

#define MAX_HEADER 512

struct _TtecommJws
{
  char *kid;            /* (owned) */
  char *signing_input;  /* (owned): header.payload as they came */
  const char *payload;  /* inside signing_input */
  gsize payload_length; /* in characters */
  guint8 signature[TTECOMM_ED25519_SIGNATURE_SIZE];
};

G_DEFINE_QUARK (ttecomm - jws - error - quark, ttecomm_jws_error)

gboolean
ttecomm_jws_is_kid (const char *kid)
{
  gsize length = strspn (kid, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._-");

  return length > 0 && length <= TTECOMM_JWS_MAX_KID && kid[length] == '\0';
}

static gboolean
fail (GError **error, TtecommJwsError code, const char *text)
{
  g_set_error_literal (error, TTECOMM_JWS_ERROR, (gint)code, text);
  return FALSE;
}

/* Where the two dots are; there must be exactly two, and nothing empty between them. */
static gboolean
find_dots (const char *text, gsize length, gsize dots[2], GError **error)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '.')
        continue;
      if (n == 2)
        return fail (error, TTECOMM_JWS_ERROR_FORMAT, "A JWS has three parts, this has more");
      dots[n++] = i;
    }
  if (n != 2 || dots[0] == 0 || dots[1] == dots[0] + 1 || dots[1] + 1 == length)
    return fail (error, TTECOMM_JWS_ERROR_FORMAT, "A JWS has three parts, this has fewer");
  return TRUE;
}

static gboolean
check_header_members (JsonObject *header, const char *typ, const char **kid, GError **error)
{
  const char *alg = NULL;
  const char *real_typ = NULL;

  if (json_object_get_size (header) != 3)
    return fail (error, TTECOMM_JWS_ERROR_HEADER,
                 "The JWS header may have the members alg, typ and kid only");
  if (!ttecomm_json_get_string (header, "alg", 16, &alg, error)
      || !ttecomm_json_get_string (header, "typ", 64, &real_typ, error)
      || !ttecomm_json_get_string (header, "kid", TTECOMM_JWS_MAX_KID, kid, error))
    return FALSE;
  if (!g_str_equal (alg, "EdDSA") || !g_str_equal (real_typ, typ) || !ttecomm_jws_is_kid (*kid))
    return fail (error, TTECOMM_JWS_ERROR_HEADER, "The JWS header has another alg, typ or kid");
  return TRUE;
}

/* Sets @self->kid from the header's @text, which is bytes from outside. */
static gboolean
read_header (TtecommJws *self, const char *text, gsize length, const char *typ, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) header = NULL;
  const char *kid = NULL;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isspace (text[i]))
      return fail (error, TTECOMM_JWS_ERROR_HEADER, "The JWS header has white space");
  header = ttecomm_json_parse_object (text, length, MAX_HEADER, &local_error);
  if (header == NULL || !check_header_members (header, typ, &kid, &local_error))
    {
      g_set_error (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_HEADER,
                   "The JWS header cannot be used: %s", local_error->message);
      return FALSE;
    }
  self->kid = g_strdup (kid);
  return TRUE;
}

TtecommJws *
ttecomm_jws_parse (const char *text, gsize length, const char *typ, gsize max_bytes, GError **error)
{
  g_autoptr (TtecommJws) self = g_new0 (TtecommJws, 1);
  g_autofree guint8 *header = NULL;
  g_autofree guint8 *payload = NULL;
  g_autofree guint8 *signature = NULL;
  gsize dots[2] = { 0, 0 };
  gsize header_length = 0, payload_length = 0, signature_length = 0;

  g_return_val_if_fail (text != NULL && typ != NULL, NULL);

  if (length > max_bytes)
    {
      fail (error, TTECOMM_JWS_ERROR_SIZE, "The JWS is longer than allowed");
      return NULL;
    }
  if (!find_dots (text, length, dots, error))
    return NULL;
  self->payload_length = dots[1] - dots[0] - 1;
  header = ttecomm_base64url_decode (text, dots[0], &header_length);
  payload = ttecomm_base64url_decode (text + dots[0] + 1, self->payload_length, &payload_length);
  signature
      = ttecomm_base64url_decode (text + dots[1] + 1, length - dots[1] - 1, &signature_length);
  if (header == NULL || payload == NULL || signature == NULL
      || signature_length != TTECOMM_ED25519_SIGNATURE_SIZE)
    {
      fail (error, TTECOMM_JWS_ERROR_FORMAT, "The JWS is cut short or not canonical base64url");
      return NULL;
    }
  if (!read_header (self, (const char *)header, header_length, typ, error))
    return NULL;
  memcpy (self->signature, signature, sizeof self->signature);
  self->signing_input = g_strndup (text, dots[1]);
  self->payload = self->signing_input + dots[0] + 1;
  return g_steal_pointer (&self);
}

void
ttecomm_jws_free (TtecommJws *self)
{
  g_free (self->kid);
  g_free (self->signing_input);
  g_free (self);
}

const char *
ttecomm_jws_get_kid (const TtecommJws *self)
{
  return self->kid;
}

GBytes *
ttecomm_jws_verify (const TtecommJws *self,
                    const guint8 key[TTECOMM_ED25519_KEY_SIZE],
                    GError **error)
{
  guint8 *payload;
  gsize length = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (!ttecomm_ed25519_verify (key, self->signing_input, strlen (self->signing_input),
                               self->signature))
    {
      fail (error, TTECOMM_JWS_ERROR_SIGNATURE, "The signature of the JWS is not good");
      return NULL;
    }
  payload = ttecomm_base64url_decode (self->payload, self->payload_length, &length);
  return g_bytes_new_take (payload, length);
}
