/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/payer.h"

#include "api/ttcloud/fields.h"
#include "base/json.h"

static void
clear (gpointer data)
{
  TtecommPayer *self = data;

  g_free (self->name);
  g_free (self->email);
}

TtecommPayer *
ttecomm_payer_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommPayer) self = g_atomic_rc_box_new0 (TtecommPayer);

  if (!ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
      || !ttecomm_field_text (object, "email", TTECOMM_EMAIL_MAX, &self->email, error)
      || !ttecomm_json_get_boolean (object, "you", &self->you, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommPayer *
ttecomm_payer_ref (TtecommPayer *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_payer_unref (TtecommPayer *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
