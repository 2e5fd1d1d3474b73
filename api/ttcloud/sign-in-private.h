/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/guard.h"
#include "api/ttcloud/oauth.h"
#include "api/ttcloud/sign-in.h"
#include "api/ttcloud/tokens.h"

G_BEGIN_DECLS

/*
 * TtecommSignIn lives in two files: sign-in.c (who is signed in: start, end, restore) and
 * sign-in-token.c (access tokens: one refresh for all who wait). This is what they share.
 */
struct _TtecommSignIn
{
  GObject parent_instance;

  TtecommOauth *oauth;       /* (owned) */
  TtecommClock *clock;       /* (owned) */
  TtecommSecretStore *store; /* (owned) (nullable) */
  guint timeout_ms;

  TtecommTokens *tokens;         /* (owned) (nullable): NULL = signed out */
  TtecommSignInState told_state; /* what `changed` told last */
  char *told_id;                 /* (owned) (nullable) */
  char *told_email;              /* (owned) (nullable) */
  guint generation;      /* grows when another sign-in takes the place of this one, or none does */
  TtecommGuard *attempt; /* (nullable): of the sign-in that runs; the attempt owns it */

  GPtrArray *waiters;       /* (owned) (element-type Waiter): for the refresh that runs */
  GCancellable *refreshing; /* (owned) (nullable): the refresh that runs */
};

/* Takes @tokens (nullable) in place of what is held, keeps or erases the secret, and tells. */
void ttecomm_sign_in_adopt (TtecommSignIn *self, TtecommTokens *tokens);
/* What is held has changed in itself: keeps it, and tells what others can see of that. */
void ttecomm_sign_in_save (TtecommSignIn *self);

/* The refresh that runs is of no use any more; whoever waits for it gets @error (taken). */
void ttecomm_sign_in_stop_refresh (TtecommSignIn *self, GError *error);
/* A GDestroyNotify for the waiters. */
void ttecomm_sign_in_waiter_free (gpointer waiter);

/* Another number: another sign-in. */
guint ttecomm_sign_in_get_generation (TtecommSignIn *self);

GError *ttecomm_sign_in_nobody (void);

G_END_DECLS
