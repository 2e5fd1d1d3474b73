/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"

G_BEGIN_DECLS

/*
 * One operation of TtecommClient: token, request, one renewal after a 401, and the strict reading
 * of the answer. For this room only.
 */
typedef struct _TtecommCall TtecommCall;

/* Reads and checks the answer; (transfer full). Fails with a JSON error or a TTECOMM_CLOUD_ERROR.
 */
typedef gpointer (*TtecommCallRead) (const TtecommCall *call, JsonObject *object, GError **error);

struct _TtecommCall
{
  TtecommTransport *transport; /* (owned) */
  TtecommSignIn *sign_in;      /* (owned) (nullable): NULL for a call that needs no account */
  GUri *ttecomm_origin;        /* (owned) */
  TtecommRequest *request;     /* (owned) */
  TtecommCallRead read;
  GDestroyNotify free_result;
  gpointer expected; /* (owned) (nullable): what @read compares the answer with */
  GDestroyNotify free_expected;

  gboolean renewed;       /* the token has been renewed once */
  TtecommTimings timings; /* of the answer */
  guint generation;       /* of the sign-in, when the call was made */
};

void ttecomm_call_free (TtecommCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommCall, ttecomm_call_free)

/* What the answer must be about; (transfer full). */
void ttecomm_call_expect (TtecommCall *call, gpointer expected, GDestroyNotify free_expected);

/* A date of TTcloud's that an answer holds (client.c). */
void ttecomm_client_note_today (TtecommClient *self, const GDate *today);

/* Takes @call. */
void ttecomm_call_run_async (TtecommClient *client,
                             TtecommCall *call,
                             gpointer tag,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* (transfer full): what TtecommCallRead gave. @timings: (out) (optional) */
gpointer ttecomm_call_run_finish (TtecommClient *client,
                                  GAsyncResult *result,
                                  gpointer tag,
                                  TtecommTimings *timings,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
