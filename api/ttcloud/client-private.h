/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client-call.h"

G_BEGIN_DECLS

/*
 * TtecommClient lives in three files: client.c (the object, account, service flag), client-many.c
 * (lists) and client-buying.c (catalogue, quotes, orders). This is what they share.
 */
struct _TtecommClient
{
  GObject parent_instance;

  TtecommTransport *transport; /* (owned) */
  TtecommSignIn *sign_in;      /* (owned) */
  GUri *ttecomm_origin;        /* (owned) */
  GDate server_today;          /* not valid before the first answer */
};

/**
 * ttecomm_client_make_call:
 * @body: (transfer full) (nullable): an object still open, POSTed as JSON; a GET without
 *
 * Everything here may be sent twice: it changes nothing, or has an Idempotency-Key.
 */
TtecommCall *ttecomm_client_make_call (TtecommClient *self,
                                       const char *path,
                                       const char *query,
                                       JsonBuilder *body,
                                       const TtecommLimits *limits,
                                       TtecommCallRead read,
                                       GDestroyNotify free_result);

/* Nothing was sent: @what says what cannot be. */
void ttecomm_client_refuse (TtecommClient *self,
                            const char *what,
                            gpointer tag,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* (transfer full): a body with its object open */
JsonBuilder *ttecomm_client_body_new (void);
void ttecomm_client_body_add (JsonBuilder *body, const char *name, const char *value);

G_END_DECLS
