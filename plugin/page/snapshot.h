/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/account.h"
#include "api/ttcloud/catalogue.h"
#include "api/ttcloud/installation-info.h"
#include "api/ttcloud/sign-in.h"
#include "plugin/installation/installation.h"
#include "plugin/page/decision-words.h"
#include "plugin/page/lock-words.h"
#include "plugin/page/portfolio-list.h"
#include "plugin/purchase/purchase-view.h"
#include "plugin/text/text.h"

G_BEGIN_DECLS

typedef enum
{
  TTECOMM_PAGE_LOADING, /* something is being asked for, and nothing is known yet */
  TTECOMM_PAGE_READY,
  TTECOMM_PAGE_OFFLINE, /* what was known is shown with its age */
  TTECOMM_PAGE_ERROR,   /* nothing can be shown: see config_error, project_error, cloud_error */
} TtecommPageState;

typedef enum
{
  TTECOMM_SIGNED_OUT,
  TTECOMM_SIGNING_IN,      /* the browser is open; an account may still be held */
  TTECOMM_SIGNED_IN,       /* `account` may still be on its way */
  TTECOMM_SIGN_IN_REFUSED, /* an account is held, but TTcloud wants the person to sign in again */
} TtecommSignedIn;

/**
 * TtecommSnapshot:
 *
 * All that a page is made of, at one moment: a page is a pure function of it. Whoever makes one
 * fills in what is known; every pointer but @text may be %NULL, which says "not known", never
 * "none". Owns what it points to.
 */
typedef struct
{
  TtecommPageState state;
  gint64 revision;   /* only grows */
  TtecommText *text; /* (owned): always there */

  gboolean project_open;             /* a .nbt is open, readable or not */
  GError *project_error;             /* (owned) (nullable): why it could not be read */
  TtecommInstallation *installation; /* (owned) (nullable) */
  gboolean unlocking;                /* its password is being tried */
  TtecommLockTrouble lock_trouble;   /* how that went the last time */

  TtecommSignedIn sign_in;
  char *sign_in_email; /* (owned) (nullable): of the account that is held */
  TtecommSignInTrouble sign_in_trouble;
  GError *sign_in_error;         /* (owned) (nullable): how the last sign-in failed */
  TtecommAccount *account;       /* (owned) (nullable) */
  TtecommInstallationInfo *info; /* (owned) (nullable): of the open installation */
  TtecommCatalogue *catalogue;   /* (owned) (nullable) */
  gint64 asked_wall;             /* Unix s: when @info came; 0 when it never did */
  gint64 now_wall;               /* Unix s: 0 when the clock cannot be read */
  GError *cloud_error;           /* (owned) (nullable): why TTcloud did not answer the last time */
  gboolean refreshing;           /* it is being asked just now */

  TtecommPortfolioView *portfolio; /* (owned) (nullable): all installations of the account */

  TtecommPurchaseView *purchase; /* (owned) (nullable) */

  TtecommDecision *decision; /* (owned) (nullable): the last check of a remote session */
  gint64 decision_wall;      /* Unix s: when it was made */
  gboolean checking;         /* one runs */

  char *prosoft_version; /* (owned) (nullable): of the host */
  char *ttecomm_url;     /* (owned) (nullable): origin of the account pages; NULL: no links */
  char *config_error;    /* (owned) (nullable): for the person: what is wrong with the set-up */
  GStrv explained;       /* (owned) (nullable): NAMEs of the explanations that are unfolded */
} TtecommSnapshot;

/* State loading, revision 0, signed out, nothing known. */
TtecommSnapshot *ttecomm_snapshot_new (TtecommText *text);
void ttecomm_snapshot_free (TtecommSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSnapshot, ttecomm_snapshot_free)

G_END_DECLS
