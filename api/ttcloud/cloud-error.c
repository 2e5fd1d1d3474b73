/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/cloud-error.h"

typedef struct
{
  guint status;
  gint64 retry_after;
  TtecommProblem *problem; /* (owned) (nullable) */
  char *issuer;            /* (owned) (nullable) */
  gboolean has_timings;
  TtecommTimings timings;
} TtecommCloudErrorPrivate;

/* The four functions that G_DEFINE_EXTENDED_ERROR asks for by name. */
static void
ttecomm_cloud_error_private_init (TtecommCloudErrorPrivate *priv)
{
  priv->retry_after = -1;
}

static void
ttecomm_cloud_error_private_copy (const TtecommCloudErrorPrivate *from,
                                  TtecommCloudErrorPrivate *to)
{
  *to = *from;
  to->problem = ttecomm_problem_copy (from->problem);
  to->issuer = g_strdup (from->issuer);
}

static void
ttecomm_cloud_error_private_clear (TtecommCloudErrorPrivate *priv)
{
  g_clear_pointer (&priv->problem, ttecomm_problem_free);
  g_clear_pointer (&priv->issuer, g_free);
}

G_DEFINE_EXTENDED_ERROR (TtecommCloudError, ttecomm_cloud_error)

static TtecommCloudErrorPrivate *
peek (const GError *error)
{
  if (error == NULL || error->domain != TTECOMM_CLOUD_ERROR)
    return NULL;
  return ttecomm_cloud_error_get_private (error);
}

guint
ttecomm_cloud_error_get_status (const GError *error)
{
  const TtecommCloudErrorPrivate *priv = peek (error);

  return priv != NULL ? priv->status : 0;
}

gint64
ttecomm_cloud_error_get_retry_after (const GError *error)
{
  const TtecommCloudErrorPrivate *priv = peek (error);

  return priv != NULL ? priv->retry_after : -1;
}

const TtecommProblem *
ttecomm_cloud_error_get_problem (const GError *error)
{
  const TtecommCloudErrorPrivate *priv = peek (error);

  return priv != NULL ? priv->problem : NULL;
}

const char *
ttecomm_cloud_error_get_issuer (const GError *error)
{
  const TtecommCloudErrorPrivate *priv = peek (error);

  return priv != NULL ? priv->issuer : NULL;
}

const TtecommTimings *
ttecomm_cloud_error_get_timings (const GError *error)
{
  const TtecommCloudErrorPrivate *priv = peek (error);

  return priv != NULL && priv->has_timings ? &priv->timings : NULL;
}

void
ttecomm_cloud_error_set_status (GError *error, guint status, gint64 retry_after)
{
  TtecommCloudErrorPrivate *priv = peek (error);

  g_return_if_fail (priv != NULL);

  priv->status = status;
  priv->retry_after = retry_after;
}

void
ttecomm_cloud_error_set_problem (GError *error, const TtecommProblem *problem)
{
  TtecommCloudErrorPrivate *priv = peek (error);

  g_return_if_fail (priv != NULL);

  g_clear_pointer (&priv->problem, ttecomm_problem_free);
  priv->problem = ttecomm_problem_copy (problem);
}

void
ttecomm_cloud_error_set_issuer (GError *error, const char *issuer)
{
  TtecommCloudErrorPrivate *priv = peek (error);

  g_return_if_fail (priv != NULL);

  g_clear_pointer (&priv->issuer, g_free);
  priv->issuer = g_strdup (issuer);
}

void
ttecomm_cloud_error_set_timings (GError *error, const TtecommTimings *timings)
{
  TtecommCloudErrorPrivate *priv = peek (error);

  g_return_if_fail (priv != NULL);

  priv->has_timings = TRUE;
  priv->timings = *timings;
}

const char *
ttecomm_cloud_error_code_name (TtecommCloudError code)
{
  /* in the order of the enum */
  static const char *const names[]
      = { "offline",      "blocked", "slow",        "tls_clock", "tls_trust", "portal",
          "sign_in",      "refused", "proxy_login", "busy",      "altered",   "problem",
          "foreign_link", "denied",  "expired",     "replaced",  "invalid" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == TTECOMM_CLOUD_ERROR_INVALID + 1);
  g_return_val_if_fail ((gsize)code < G_N_ELEMENTS (names), NULL);

  return names[code];
}
