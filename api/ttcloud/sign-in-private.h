/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/guard.h"
#include "api/ttcloud/oauth.h"
#include "api/ttcloud/sign-in.h"
#include "api/ttcloud/tokens.h"

G_BEGIN_DECLS

/*
 * TtecommSignIn lives in three files: sign-in.c (who is signed in: start and end), sign-in-token.c
 * (access tokens: one refresh for all who wait) and sign-in-keep.c (what outlives the process).
 * This is what they share.
 */
struct _TtecommSignIn
{
  GObject parent_instance;

  TtecommOauth *oauth;       /* (owned) */
  GUri *origin;              /* (owned): TTcloud's */
  GUri *ttecomm_origin;      /* (owned) */
  TtecommClock *clock;       /* (owned) */
  TtecommSecretStore *store; /* (owned) (nullable) */
  guint timeout_ms;

  TtecommTokens *tokens;             /* (owned) (nullable): NULL = signed out */
  gboolean is_refused;               /* TTcloud did not renew the tokens */
  TtecommSignInState told_state;     /* what `changed` told last */
  TtecommSignInTrouble told_trouble; /* what `trouble` told last */
  char *told_id;                     /* (owned) (nullable) */
  char *told_email;                  /* (owned) (nullable) */
  guint generation;      /* grows when another sign-in takes the place of this one, or none does */
  TtecommGuard *attempt; /* (nullable): of the sign-in that runs; the attempt owns it */

  GPtrArray *waiters;       /* (owned) (element-type Waiter): for the refresh that runs */
  GCancellable *refreshing; /* (owned) (nullable): the refresh that runs */

  /* sign-in-keep.c */
  GCancellable *reading;    /* (owned) (nullable): the store is being read */
  gboolean must_keep;       /* and is to be written then */
  guint restore_generation; /* when the store was asked for an earlier run's sign-in */
  gboolean was_kept;        /* the store has held this sign-in */
  gboolean is_elsewhere;   /* another window signed out, or in as somebody else: what is kept is not
                            * ours to change */
  gboolean is_overwriting; /* what could not be erased is being written over */
  gboolean not_kept;
  gboolean not_erased;
  gboolean not_revoked;
};

/* Takes @tokens (nullable) in place of what is held. */
void ttecomm_sign_in_take (TtecommSignIn *self, TtecommTokens *tokens);
/* For the tokens that come next: the time, and in any case more than before. */
gint64 ttecomm_sign_in_next_serial (TtecommSignIn *self);
/* Tells others what they can see of what has changed. */
void ttecomm_sign_in_tell (TtecommSignIn *self);

/* The same about trouble. */
void ttecomm_sign_in_tell_trouble (TtecommSignIn *self);

/* Keeps what is held, unless the store turns out to hold something newer, or another window's. */
void ttecomm_sign_in_keep (TtecommSignIn *self);
/* The same without looking: a person has signed in, or out, just now. */
void ttecomm_sign_in_keep_now (TtecommSignIn *self);
/* (transfer full) (nullable): the tokens that @secret holds, if they are of the account that is
 * held and TTcloud takes them; @secret is (nullable) */
TtecommTokens *ttecomm_sign_in_read_own (TtecommSignIn *self, GBytes *secret);
/* The store said how a save ended. */
void ttecomm_sign_in_note_saved (TtecommSignIn *self, gboolean good);

/* The refresh that runs is of no use any more; whoever waits for it gets @error (taken). */
void ttecomm_sign_in_stop_refresh (TtecommSignIn *self, GError *error);
/* A GDestroyNotify for the waiters. */
void ttecomm_sign_in_waiter_free (gpointer data);

/* Another number: another sign-in. */
guint ttecomm_sign_in_get_generation (TtecommSignIn *self);

/* Why there is no token to be had. */
GError *ttecomm_sign_in_no_token (TtecommSignIn *self);

G_END_DECLS
