/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "api/ttcloud/trust.h"
#include "plugin/page/settings.h"

G_BEGIN_DECLS

/**
 * TtecommSetupError:
 *
 * Why there is no TTcloud to speak with. Each has its own sentence on the page.
 */
typedef enum
{
  TTECOMM_SETUP_ERROR_NO_URL,  /* the host names no ttcloud-url or ttecomm-url */
  TTECOMM_SETUP_ERROR_BAD_URL, /* one of them is not an origin that may be used */
  TTECOMM_SETUP_ERROR_NO_KEYS, /* no production key is published yet, and no sandbox declared */
  TTECOMM_SETUP_ERROR_TRUST,   /* ttcloud-trust is not what it must be */
  TTECOMM_SETUP_ERROR_PROXY,   /* proxy or ttcloud-ca cannot be used */
} TtecommSetupError;

#define TTECOMM_SETUP_ERROR (ttecomm_setup_error_quark ())
GQuark ttecomm_setup_error_quark (void);

/**
 * TtecommCloud:
 *
 * One TTcloud as the host's settings name it: whom to believe, the way there, who is signed in.
 * Other settings make another one. Made and freed on the worker; members are read-only.
 */
typedef struct
{
  TtecommTrust *trust;         /* (owned) */
  GUri *origin;                /* (owned) of TTcloud's API */
  GUri *ttecomm_origin;        /* (owned) of the account and checkout pages */
  TtecommOriginRule rule;      /* SANDBOX only when the trust says so */
  TtecommTransport *transport; /* (owned) */
  TtecommSignIn *sign_in;      /* (owned) */
  TtecommClient *client;       /* (owned) */
} TtecommCloud;

/* @store: (nullable). Fails with TTECOMM_SETUP_ERROR. */
TtecommCloud *ttecomm_cloud_new (const TtecommSettings *settings,
                                 TtecommClock *clock,
                                 TtecommSecretStore *store,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_cloud_free (TtecommCloud *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommCloud, ttecomm_cloud_free)

/* Whether @settings declare the sandbox, where clock-offset and ttcloud-ca count. */
gboolean ttecomm_cloud_settings_are_sandbox (const TtecommSettings *settings);

G_END_DECLS
