/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-private.h"
#include "plugin/purchase/order-record.h"

/*
 * What a person is told about where the sign-in is kept, and what a sign-in leaves behind.
 *
 * Signing out removes, in this order (ttecomm_sign_in_end_async): the tokens from memory; the
 * secret from the host's safe place; then, told by `changed`, the gate's answers in memory and on
 * disk, and the records of that account's orders; last it tells TTcloud. Killed in between, the
 * next start finds no secret, so nobody is signed in, and a statement or a record that is left
 * opens nothing and is read by nobody but the same account after a new sign-in.
 */

void
ttecomm_model_note_account (TtecommModel *self, gboolean is_held, const char *account)
{
  g_autofree char *origin = g_uri_to_string (self->cloud->origin);
  g_autoptr (GError) error = NULL;
  gboolean has_left
      = self->held_account != NULL
        && (!is_held || (account != NULL && !g_str_equal (account, self->held_account)));

  if (has_left && self->settings->data_dir != NULL
      && !ttecomm_order_record_remove_all (self->settings->data_dir, origin, self->held_account,
                                           &error))
    ttecomm_model_log (self, TTECOMM_LOG_WARNING, "purchase", error->message);
  if (!has_left && account == NULL)
    return;
  g_free (self->held_account);
  self->held_account = g_strdup (account);
}

/* The host's safe place opened after all. */
static void
late_cb (TtecommHostSecrets *secrets, GBytes *secret, TtecommModel *self)
{
  g_autoptr (GError) error = NULL;

  if (!ttecomm_sign_in_restore_late (self->cloud->sign_in, secret, &error))
    ttecomm_model_log (self, TTECOMM_LOG_WARNING, "secrets", error->message);
}

void
ttecomm_model_connect_sign_in (TtecommModel *self)
{
  g_signal_connect_swapped (self->cloud->sign_in, "trouble", G_CALLBACK (ttecomm_model_publish),
                            self);
  if (self->secrets != NULL)
    g_signal_connect (self->secrets, "late", G_CALLBACK (late_cb), self);
}

void
ttecomm_model_look_again (TtecommModel *self)
{
  if (self->cloud != NULL)
    ttecomm_sign_in_look_again (self->cloud->sign_in);
}

void
ttecomm_model_add_sign_in (TtecommModel *self, TtecommSnapshot *snapshot)
{
  if (self->cloud == NULL)
    return;
  snapshot->sign_in_trouble = ttecomm_sign_in_get_trouble (self->cloud->sign_in);
  snapshot->sign_in_email = g_strdup (ttecomm_sign_in_get_email (self->cloud->sign_in));
}

/* --- the host's answers --- */

static gboolean
is_about (TtecommModel *self, const char *key)
{
  return self->secrets != NULL && g_str_equal (ttecomm_host_secrets_get_key (self->secrets), key);
}

void
ttecomm_model_secret_loaded (TtecommModel *self, const char *key, GBytes *secret)
{
  if (is_about (self, key))
    ttecomm_host_secrets_loaded (self->secrets, secret);
}

void
ttecomm_model_secret_failed (TtecommModel *self, const char *key)
{
  if (is_about (self, key))
    ttecomm_host_secrets_failed (self->secrets);
}

void
ttecomm_model_secret_saved (TtecommModel *self, const char *key, gboolean good)
{
  if (is_about (self, key))
    ttecomm_host_secrets_saved (self->secrets, good);
}
