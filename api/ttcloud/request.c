/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/request.h"

#include "api/ttcloud/secret-text.h"

#include <string.h>

TtecommRequest *
ttecomm_request_new (const char *method, GUri *uri, const TtecommLimits *limits)
{
  TtecommRequest *self;

  g_return_val_if_fail (uri != NULL && limits != NULL, NULL);

  self = g_new0 (TtecommRequest, 1);
  self->method = method;
  self->uri = g_uri_ref (uri);
  self->repeatable = strcmp (method, "GET") == 0;
  self->limits = *limits;
  return self;
}

TtecommRequest *
ttecomm_request_copy (const TtecommRequest *self)
{
  TtecommRequest *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ttecomm_request_new (self->method, self->uri, &self->limits);
  copy->bearer = g_strdup (self->bearer);
  copy->idempotency_key = g_strdup (self->idempotency_key);
  copy->content_type = g_strdup (self->content_type);
  copy->body = self->body != NULL ? g_bytes_ref (self->body) : NULL;
  copy->repeatable = self->repeatable;
  return copy;
}

void
ttecomm_request_free (TtecommRequest *self)
{
  if (self == NULL)
    return;
  g_uri_unref (self->uri);
  ttecomm_secret_text_free (self->bearer);
  g_free (self->idempotency_key);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
