/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/statement-private.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "base/version.h"

#include <string.h>

/* Sane bounds: nothing we ever compute with these can overflow. */
#define MIN_TIME G_GINT64_CONSTANT (946684800)   /* 2000-01-01 */
#define MAX_TIME G_GINT64_CONSTANT (32503679999) /* the last second of 2999 */
#define MAX_VER (G_GINT64_CONSTANT (1) << 53)
#define MAX_NEXT (7 * 86400)
#define MAX_ID 128
#define MAX_NONCE 64
#define MAX_SERVICES 64
#define MAX_SERVICE_ID 32
#define MAX_VERSION 64
#define MAX_PAYER 256

/* A member missing or of another type is CONTENT, a value out of bounds is RANGE. */
static gboolean
propagate (GError **error, GError *inner)
{
  gboolean range = g_error_matches (inner, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE)
                   || inner->domain == TTECOMM_DATE_ERROR;

  if (inner->domain == TTECOMM_STATEMENT_ERROR)
    {
      g_propagate_error (error, inner);
      return FALSE;
    }
  g_set_error (error, TTECOMM_STATEMENT_ERROR,
               range ? TTECOMM_STATEMENT_ERROR_RANGE : TTECOMM_STATEMENT_ERROR_CONTENT, "%s",
               inner->message);
  g_error_free (inner);
  return FALSE;
}

static gboolean
fail (GError **error, TtecommStatementError code, const char *text)
{
  g_set_error_literal (error, TTECOMM_STATEMENT_ERROR, (gint)code, text);
  return FALSE;
}

/* The member must be there and be @expected. The values are ids and nonces: no error repeats them.
 */
static gboolean
check_text (JsonObject *claims,
            const char *name,
            const char *expected,
            TtecommStatementError code,
            GError **error)
{
  GError *inner = NULL;
  const char *value = NULL;

  if (!ttecomm_json_get_string (claims, name, MAX_ID, &value, &inner))
    return propagate (error, inner);
  if (g_str_equal (value, expected))
    return TRUE;
  g_set_error (error, TTECOMM_STATEMENT_ERROR, (gint)code, "%s is not the one expected", name);
  return FALSE;
}

static gboolean
check_nonce (JsonObject *claims, const char *expected, GError **error)
{
  GError *inner = NULL;
  const char *nonce = NULL;

  if (expected == NULL)
    return TRUE;
  if (!ttecomm_json_get_string (claims, "nonce", MAX_NONCE, &nonce, &inner))
    {
      g_error_free (inner);
      return fail (error, TTECOMM_STATEMENT_ERROR_NONCE, "nonce is missing or no text");
    }
  if (!g_str_equal (nonce, expected))
    return fail (error, TTECOMM_STATEMENT_ERROR_NONCE, "nonce is not the one we sent");
  return TRUE;
}

gboolean
ttecomm_statement_check_claims (JsonObject *claims,
                                const TtecommStatementExpected *expected,
                                GError **error)
{
  const char *env = ttecomm_key_set_get_env (expected->keys);

  return check_text (claims, "iss", TTECOMM_STATEMENT_ISS, TTECOMM_STATEMENT_ERROR_ISSUER, error)
         && check_text (claims, "aud", TTECOMM_STATEMENT_AUD, TTECOMM_STATEMENT_ERROR_AUDIENCE,
                        error)
         && check_text (claims, "env", env, TTECOMM_STATEMENT_ERROR_ENVIRONMENT, error)
         && check_text (claims, "sub", expected->installation, TTECOMM_STATEMENT_ERROR_SUBJECT,
                        error)
         && check_text (claims, "acct", expected->account, TTECOMM_STATEMENT_ERROR_ACCOUNT, error)
         && check_nonce (claims, expected->nonce, error);
}

gboolean
ttecomm_statement_read_sub (JsonObject *claims, const char **sub, GError **error)
{
  GError *inner = NULL;

  if (ttecomm_json_get_string (claims, "sub", MAX_ID, sub, &inner))
    return TRUE;
  return propagate (error, inner);
}

gboolean
ttecomm_statement_read_iat (JsonObject *claims, gint64 *iat, GError **error)
{
  GError *inner = NULL;

  if (!ttecomm_json_get_int (claims, "iat", MIN_TIME, MAX_TIME, iat, &inner))
    return propagate (error, inner);
  return TRUE;
}

static gboolean
read_times (TtecommStatement *self, JsonObject *claims, GError **error)
{
  return ttecomm_json_get_int (claims, "ver", 0, MAX_VER, &self->ver, error)
         && ttecomm_json_get_int (claims, "iat", MIN_TIME, MAX_TIME, &self->iat, error)
         && ttecomm_json_get_int (claims, "exp", self->iat, self->iat + TTECOMM_STATEMENT_MAX_LIFE,
                                  &self->exp, error)
         && ttecomm_json_get_int (claims, "next", 0, MAX_NEXT, &self->next, error);
}

/* TRUE for states in which there need never have been an end. */
static gboolean
may_lack_until (TtecommServiceState state)
{
  return state == TTECOMM_SERVICE_STATE_NOT_ACTIVATED || state == TTECOMM_SERVICE_STATE_SUSPENDED
         || state == TTECOMM_SERVICE_STATE_NOT_LINKED;
}

static gboolean
read_until (TtecommServiceFlag *flag, JsonObject *object, GError **error)
{
  const char *until = NULL;

  if (!ttecomm_json_get_optional_string (object, "until", TTECOMM_DATE_SIZE, &until, error)
      || !ttecomm_json_get_optional_int (object, "until_ts", 0, MAX_TIME, 0, &flag->until_ts,
                                         error))
    return FALSE;
  if (until == NULL && flag->until_ts == 0 && may_lack_until (flag->state))
    return TRUE;
  if (until == NULL || flag->until_ts == 0)
    return fail (error, TTECOMM_STATEMENT_ERROR_CONTENT, "until and until_ts belong together");
  return ttecomm_date_parse (until, &flag->until, error);
}

static gboolean
read_service (TtecommStatement *self, const char *id, JsonObject *object, GError **error)
{
  TtecommServiceFlag flag = { 0 };
  const char *state = NULL;

  g_date_clear (&flag.until, 1);
  if (*id == '\0' || strlen (id) > MAX_SERVICE_ID)
    return fail (error, TTECOMM_STATEMENT_ERROR_RANGE, "A service has no name, or a long one");
  if (!ttecomm_json_get_boolean (object, "flag", &flag.flag, error)
      || !ttecomm_json_get_boolean (object, "renew", &flag.renew, error)
      || !ttecomm_json_get_string (object, "state", 32, &state, error))
    return FALSE;
  if (!ttecomm_service_state_from_string (state, &flag.state))
    return fail (error, TTECOMM_STATEMENT_ERROR_RANGE, "A service's state is not a known one");
  if (!read_until (&flag, object, error))
    return FALSE;
  flag.id = g_strdup (id);
  g_hash_table_add (self->ids, (char *)flag.id);
  g_array_append_val (self->services, flag);
  return TRUE;
}

static gboolean
read_services (TtecommStatement *self, JsonObject *claims, GError **error)
{
  g_autoptr (GList) ids = NULL;
  JsonObject *services = NULL;

  if (!ttecomm_json_get_object (claims, "svc", &services, error))
    return FALSE;
  if (json_object_get_size (services) > MAX_SERVICES)
    return fail (error, TTECOMM_STATEMENT_ERROR_RANGE, "svc has too many services");
  ids = json_object_get_members (services);
  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonObject *service = NULL;

      if (!ttecomm_json_get_object (services, l->data, &service, error)
          || !read_service (self, l->data, service, error))
        return FALSE;
    }
  if (ttecomm_statement_get_service (self, TTECOMM_STATEMENT_REMOTE_SERVICES) == NULL)
    return fail (error, TTECOMM_STATEMENT_ERROR_CONTENT, "svc says nothing about RS");
  return TRUE;
}

static gboolean
read_people (TtecommStatement *self, JsonObject *claims, GError **error)
{
  JsonObject *who = NULL;
  JsonObject *cloud = NULL;
  const char *role = NULL;

  if (!ttecomm_json_get_object (claims, "who", &who, error)
      || !ttecomm_json_get_string (who, "role", 32, &role, error)
      || !ttecomm_json_get_boolean (who, "si_access", &self->si_access, error)
      || !ttecomm_json_get_object (claims, "cloud", &cloud, error)
      || !ttecomm_json_get_boolean (cloud, "connected", &self->connected, error)
      || !ttecomm_json_get_optional_int (cloud, "seen", 0, MAX_TIME, 0, &self->seen, error))
    return FALSE;
  if (!ttecomm_statement_role_from_string (role, &self->role))
    return fail (error, TTECOMM_STATEMENT_ERROR_RANGE, "who.role is not a known one");
  return TRUE;
}

static gboolean
read_texts (TtecommStatement *self, JsonObject *claims, GError **error)
{
  const char *min_prosoft = NULL;
  const char *payer = NULL;
  const char *installation = NULL;
  const char *account = NULL;

  if (!ttecomm_json_get_string (claims, "min_prosoft", MAX_VERSION, &min_prosoft, error)
      || !ttecomm_json_get_optional_string (claims, "payer", MAX_PAYER, &payer, error)
      || !ttecomm_json_get_string (claims, "sub", MAX_ID, &installation, error)
      || !ttecomm_json_get_string (claims, "acct", MAX_ID, &account, error))
    return FALSE;
  if (!ttecomm_version_is_valid (min_prosoft))
    return fail (error, TTECOMM_STATEMENT_ERROR_RANGE, "min_prosoft is no version");
  self->min_prosoft = g_strdup (min_prosoft);
  self->payer = g_strdup (payer);
  self->installation = g_strdup (installation);
  self->account = g_strdup (account);
  return TRUE;
}

gboolean
ttecomm_statement_read_claims (TtecommStatement *self, JsonObject *claims, GError **error)
{
  GError *inner = NULL;

  if (read_times (self, claims, &inner) && read_services (self, claims, &inner)
      && read_people (self, claims, &inner) && read_texts (self, claims, &inner))
    return TRUE;
  return propagate (error, inner);
}
