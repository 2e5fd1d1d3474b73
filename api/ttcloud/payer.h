/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whose card pays (S76). Immutable, counted; any thread. */
typedef struct
{
  char *name;   /* (owned) */
  char *email;  /* (owned) */
  gboolean you; /* it is the signed-in account */
} TtecommPayer;

TtecommPayer *ttecomm_payer_from_json (JsonObject *object,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommPayer *ttecomm_payer_ref (TtecommPayer *self);
void ttecomm_payer_unref (TtecommPayer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPayer, ttecomm_payer_unref)

G_END_DECLS
