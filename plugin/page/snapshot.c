/* SPDX-License-Identifier: MIT */
#include "plugin/page/snapshot.h"

TtecommSnapshot *
ttecomm_snapshot_new (TtecommText *text)
{
  TtecommSnapshot *self = g_new0 (TtecommSnapshot, 1);

  self->state = TTECOMM_PAGE_LOADING;
  self->text = ttecomm_text_ref (text);
  return self;
}

void
ttecomm_snapshot_free (TtecommSnapshot *self)
{
  if (self == NULL)
    return;
  ttecomm_text_unref (self->text);
  g_clear_error (&self->project_error);
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_free (self->sign_in_email);
  g_clear_error (&self->sign_in_error);
  g_clear_pointer (&self->account, ttecomm_account_unref);
  g_clear_pointer (&self->info, ttecomm_installation_info_unref);
  g_clear_pointer (&self->catalogue, ttecomm_catalogue_unref);
  g_clear_error (&self->cloud_error);
  g_clear_pointer (&self->portfolio, ttecomm_portfolio_view_free);
  g_clear_pointer (&self->purchase, ttecomm_purchase_view_free);
  g_clear_pointer (&self->decision, ttecomm_decision_unref);
  g_free (self->prosoft_version);
  g_free (self->ttecomm_url);
  g_free (self->config_error);
  g_strfreev (self->explained);
  g_free (self);
}
