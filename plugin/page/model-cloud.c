/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-portfolio.h"
#include "plugin/page/setup-words.h"

/* The connection to one TTcloud, and what hangs on it: sign-in, facts, purchase, gate. */

#define SECRET_KEY "be.teletask.ttecomm/sign-in/"
#define SECRET_KEY_DIGITS 16

static void
open_url_cb (GObject *source, const char *url, TtecommModel *self)
{
  if (!self->down)
    self->sink->open_uri (self->sink_data, url);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_facts_refresh_finish (TTECOMM_FACTS (source), result, &error))
    ttecomm_model_log (self, TTECOMM_LOG_INFO, "cloud", error->message);
  if (self->facts != TTECOMM_FACTS (source))
    return;
  self->settling = FALSE;
  ttecomm_model_publish (self);
}

/* "Paid" is shown together with what was paid for: page and gate agree at once. */
static void
paid_cb (TtecommPurchase *purchase, TtecommModel *self)
{
  ttecomm_desk_refresh (self->desk, TRUE);
  self->settling = TRUE;
  ttecomm_model_clear_publishing (self);
  ttecomm_model_portfolio_refresh (self, TRUE);
  ttecomm_facts_refresh_afresh_async (self->facts, settled_cb, g_object_ref (self));
}

static void
drop_purchase (TtecommModel *self)
{
  if (self->purchase != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->purchase, self);
      ttecomm_purchase_stop (self->purchase);
    }
  g_clear_object (&self->purchase);
  g_clear_pointer (&self->account, g_free);
}

static void
start_purchase (TtecommModel *self, const char *account)
{
  g_autofree char *origin = g_uri_to_string (self->cloud->origin);
  g_autofree char *line = NULL;
  guint n_odd;

  self->account = g_strdup (account);
  self->purchase
      = ttecomm_purchase_new (self->cloud->client, origin, account, self->settings->data_dir);
  g_signal_connect_swapped (self->purchase, "changed", G_CALLBACK (ttecomm_model_publish), self);
  g_signal_connect (self->purchase, "open-url", G_CALLBACK (open_url_cb), self);
  g_signal_connect (self->purchase, "paid", G_CALLBACK (paid_cb), self);
  n_odd = ttecomm_purchase_recover (self->purchase);
  if (n_odd == 0)
    return;
  line = g_strdup_printf ("%u order records in data-dir could not be read and were left alone",
                          n_odd);
  ttecomm_model_log (self, TTECOMM_LOG_WARNING, "purchase", line);
}

void
ttecomm_model_account_known (TtecommModel *self)
{
  const char *account = ttecomm_sign_in_get_account_id (self->cloud->sign_in);
  gboolean is_out = ttecomm_sign_in_get_state (self->cloud->sign_in) == TTECOMM_SIGN_IN_SIGNED_OUT;

  if (is_out)
    account = NULL;
  ttecomm_desk_set_account (self->desk, !is_out, account,
                            ttecomm_sign_in_get_email (self->cloud->sign_in));
  if (g_strcmp0 (account, self->account) != 0)
    {
      drop_purchase (self);
      ttecomm_model_note_account (self, !is_out, account);
      if (account != NULL)
        start_purchase (self, account);
      ttecomm_model_portfolio_account_changed (self);
      ttecomm_desk_prefetch (self->desk);
    }
  else
    ttecomm_model_note_account (self, !is_out, account);
  ttecomm_model_go_on (self);
  ttecomm_model_publish (self);
}

/* Whether the facts, or those that are being asked for, may be of another person than @sign_in's.
 */
static gboolean
are_facts_of_another (TtecommModel *self, TtecommSignIn *sign_in)
{
  const char *id = ttecomm_sign_in_get_account_id (sign_in);
  TtecommAccount *account = ttecomm_facts_get_account (self->facts);

  if (ttecomm_sign_in_get_state (sign_in) == TTECOMM_SIGN_IN_SIGNED_OUT || id == NULL)
    return TRUE;
  return account != NULL && !g_str_equal (account->id, id);
}

static void
sign_in_changed_cb (TtecommSignIn *sign_in, TtecommModel *self)
{
  gboolean is_another = are_facts_of_another (self, sign_in);
  gboolean was_refused = self->is_refused;

  self->is_refused = ttecomm_sign_in_get_state (sign_in) == TTECOMM_SIGN_IN_AGAIN;
  if (is_another)
    ttecomm_facts_clear (self->facts);
  ttecomm_model_account_known (self);
  if ((is_another || (was_refused && !self->is_refused)) && !self->restoring)
    ttecomm_model_refresh (self);
}

static void
today_changed_cb (TtecommClient *client, GParamSpec *pspec, TtecommModel *self)
{
  const GDate *today = ttecomm_client_get_server_today (client);

  if (today != NULL)
    ttecomm_desk_note_today (self->desk, today);
  ttecomm_model_portfolio_note_today (self);
  ttecomm_model_publish (self);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_sign_in_restore_finish (TTECOMM_SIGN_IN (source), result, &error))
    ttecomm_model_log (self, TTECOMM_LOG_WARNING, "secrets", error->message);
  if (self->down || self->cloud == NULL || self->cloud->sign_in != TTECOMM_SIGN_IN (source))
    return;
  self->restoring = FALSE;
  ttecomm_model_account_known (self);
  ttecomm_model_refresh (self);
}

void
ttecomm_model_close_cloud (TtecommModel *self)
{
  ttecomm_model_cancel_sign_ins (self);
  if (self->cloud != NULL)
    ttecomm_sign_in_flush (self->cloud->sign_in);
  ttecomm_desk_set_cloud (self->desk, NULL, NULL);
  drop_purchase (self);
  ttecomm_model_portfolio_close (self);
  if (self->facts != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->facts, self);
      ttecomm_facts_stop (self->facts);
    }
  g_clear_object (&self->facts);
  if (self->cloud != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->cloud->sign_in, self);
      g_signal_handlers_disconnect_by_data (self->cloud->client, self);
    }
  g_clear_pointer (&self->cloud, ttecomm_cloud_free);
  /* Who waits for the host's answer waits for nothing: it would be about another cloud. */
  if (self->secrets != NULL)
    ttecomm_host_secrets_stop (self->secrets);
  if (self->secrets != NULL)
    g_signal_handlers_disconnect_by_data (self->secrets, self);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->held_account, g_free);
  g_clear_error (&self->setup_error);
  self->restoring = FALSE;
  self->settling = FALSE;
  self->is_refused = FALSE;
}

static void
facts_changed (TtecommModel *self)
{
  ttecomm_model_go_on (self);
  ttecomm_model_publish (self);
}

static void
connect_cloud (TtecommModel *self)
{
  g_signal_connect (self->cloud->sign_in, "open-url", G_CALLBACK (open_url_cb), self);
  g_signal_connect (self->cloud->sign_in, "changed", G_CALLBACK (sign_in_changed_cb), self);
  g_signal_connect (self->cloud->client, "notify::server-today", G_CALLBACK (today_changed_cb),
                    self);
  ttecomm_model_connect_sign_in (self);
  self->facts = ttecomm_facts_new (self->cloud->client, self->clock);
  g_signal_connect_swapped (self->facts, "changed", G_CALLBACK (facts_changed), self);
  if (self->installation != NULL)
    ttecomm_facts_set_installation (self->facts, self->installation->ttcloud_id);
  ttecomm_desk_set_cloud (self->desk, self->cloud, self->settings->cache_dir);
  ttecomm_model_portfolio_open (self);
}

/* One name for each TTcloud, short and plain whatever the address: it may become the name of a file
 * or of a registry value. */
static char *
secret_key_of (const char *url)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);

  digest[SECRET_KEY_DIGITS] = '\0';
  return g_strconcat (SECRET_KEY, digest, NULL);
}

void
ttecomm_model_open_cloud (TtecommModel *self)
{
  g_autofree char *key = NULL;
  g_autofree char *problem = NULL;

  if (self->settings->has_secrets && self->settings->ttcloud_url != NULL)
    {
      key = secret_key_of (self->settings->ttcloud_url);
      self->secrets = ttecomm_host_secrets_new (key, self->sink, self->sink_data);
    }
  self->cloud
      = ttecomm_cloud_new (self->settings, self->clock,
                           self->secrets != NULL ? TTECOMM_SECRET_STORE (self->secrets) : NULL,
                           &self->setup_error);
  if (self->cloud == NULL)
    {
      ttecomm_model_log (self, TTECOMM_LOG_WARNING, "cloud", self->setup_error->message);
      problem = ttecomm_setup_words (self->text, self->setup_error);
      ttecomm_desk_set_problem (self->desk, problem);
      return;
    }
  ttecomm_desk_set_problem (self->desk, NULL);
  connect_cloud (self);
  self->restoring = TRUE;
  ttecomm_sign_in_restore_async (self->cloud->sign_in, NULL, restored_cb, g_object_ref (self));
}
