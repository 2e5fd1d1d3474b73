/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/reply.h"

#include "api/ttcloud/cloud-error.h"
#include "base/json.h"

#include <string.h>

#define TYPE_JSON "application/json"
#define TYPE_PROBLEM "application/problem+json"
#define STATUS_NETWORK_LOGIN 511 /* RFC 6585: the network, not the server, wants a login */

TtecommReply *
ttecomm_reply_new (guint status, const char *content_type, GBytes *body)
{
  TtecommReply *self = g_new0 (TtecommReply, 1);

  self->status = status;
  self->content_type = content_type != NULL ? g_ascii_strdown (content_type, -1) : NULL;
  self->body = g_bytes_ref (body);
  self->retry_after = -1;
  self->timings = TTECOMM_TIMINGS_NONE;
  return self;
}

void
ttecomm_reply_free (TtecommReply *self)
{
  if (self == NULL)
    return;
  g_free (self->content_type);
  g_bytes_unref (self->body);
  g_free (self);
}

static gboolean
is_type (const TtecommReply *self, const char *type)
{
  return g_strcmp0 (self->content_type, type) == 0;
}

static gboolean
is_web_page (const TtecommReply *self)
{
  return is_type (self, "text/html") || is_type (self, "application/xhtml+xml");
}

static JsonObject *
parse (const TtecommReply *self, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (self->body, &length);

  return ttecomm_json_parse_object (text, length, length, error);
}

/* What TTcloud itself says about a refusal; NULL for anybody else's words. */
static TtecommProblem *
read_problem (const TtecommReply *self)
{
  g_autoptr (JsonObject) object = NULL;

  if (!is_type (self, TYPE_PROBLEM))
    return NULL;
  object = parse (self, NULL);
  return object != NULL ? ttecomm_problem_from_json (object, self->status, NULL) : NULL;
}

static gboolean
is_explained_by_problem (guint status)
{
  return status == 400 || status == 403 || status == 404 || status == 409;
}

static TtecommCloudError
code_for_status (const TtecommReply *self, const TtecommProblem *problem)
{
  if (self->status == 401)
    return TTECOMM_CLOUD_ERROR_SIGN_IN;
  if (self->status == 407)
    return TTECOMM_CLOUD_ERROR_PROXY_LOGIN;
  if (self->status == STATUS_NETWORK_LOGIN)
    return TTECOMM_CLOUD_ERROR_PORTAL;
  if (self->status == 429 || self->status >= 500)
    return TTECOMM_CLOUD_ERROR_BUSY;
  if (problem != NULL && is_explained_by_problem (self->status))
    return TTECOMM_CLOUD_ERROR_PROBLEM;
  if (self->status >= 300 && self->status < 400 && is_web_page (self))
    return TTECOMM_CLOUD_ERROR_PORTAL;
  /* another 2xx than the contract's: somebody else answered */
  return self->status < 300 ? TTECOMM_CLOUD_ERROR_ALTERED : TTECOMM_CLOUD_ERROR_REFUSED;
}

static const char *
explain (TtecommCloudError code)
{
  switch ((guint)code)
    {
    case TTECOMM_CLOUD_ERROR_SIGN_IN:
      return "TTcloud wants the person to sign in again";
    case TTECOMM_CLOUD_ERROR_PROXY_LOGIN:
      return "The proxy asks for a name and a password; check the proxy setting";
    case TTECOMM_CLOUD_ERROR_PORTAL:
      return "A web page answered instead of TTcloud; open a browser and sign in to this network";
    case TTECOMM_CLOUD_ERROR_BUSY:
      return "TTcloud is busy; try again later";
    case TTECOMM_CLOUD_ERROR_ALTERED:
      return "The answer is not one that TTcloud gives; something may change data on the way";
    default:
      return "The request was refused; look at the status and try again later";
    }
}

static GError *
finish_error (const TtecommReply *self, GError *error)
{
  ttecomm_cloud_error_set_status (error, self->status, self->retry_after);
  ttecomm_cloud_error_set_timings (error, &self->timings);
  return error;
}

static GError *
error_for_status (const TtecommReply *self)
{
  g_autoptr (TtecommProblem) problem = read_problem (self);
  TtecommCloudError code = code_for_status (self, problem);
  GError *error;

  if (code == TTECOMM_CLOUD_ERROR_PROBLEM)
    error = g_error_new (TTECOMM_CLOUD_ERROR, (int)code, "TTcloud answered “%s” (status %u): %s",
                         ttecomm_problem_name_to_string (problem->name), self->status,
                         problem->title);
  else
    error = g_error_new (TTECOMM_CLOUD_ERROR, (int)code, "%s (status %u)", explain (code),
                         self->status);
  ttecomm_cloud_error_set_problem (error, problem);
  return finish_error (self, error);
}

static GError *
error_for_type (const TtecommReply *self)
{
  TtecommCloudError code
      = is_web_page (self) ? TTECOMM_CLOUD_ERROR_PORTAL : TTECOMM_CLOUD_ERROR_ALTERED;

  return finish_error (self,
                       g_error_new (TTECOMM_CLOUD_ERROR, (int)code, "%s (status %u, not JSON)",
                                    explain (code), self->status));
}

GError *
ttecomm_reply_altered (const TtecommReply *self, GError *json_error)
{
  GError *error = g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED,
                               "The answer is not as the contract says, so it was not used: %s",
                               json_error->message);

  g_error_free (json_error);
  return finish_error (self, error);
}

JsonObject *
ttecomm_reply_get_object (const TtecommReply *self, GError **error)
{
  GError *json_error = NULL;
  JsonObject *object = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->status != 200 && self->status != 201)
    g_propagate_error (error, error_for_status (self));
  else if (!is_type (self, TYPE_JSON))
    g_propagate_error (error, error_for_type (self));
  else
    {
      object = parse (self, &json_error);
      if (object == NULL)
        g_propagate_error (error, ttecomm_reply_altered (self, json_error));
    }
  return object;
}

JsonObject *
ttecomm_reply_get_any_object (const TtecommReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!is_type (self, TYPE_JSON) && !is_type (self, TYPE_PROBLEM))
    return NULL;
  return parse (self, NULL);
}
