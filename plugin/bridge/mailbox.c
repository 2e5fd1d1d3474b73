/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/mailbox.h"

struct _TtecommMailbox
{
  GAsyncQueue *queue; /* (owned) (element-type Mail) */
};

typedef struct
{
  TtecommMailFunc func;
  gpointer payload;
  GDestroyNotify destroy; /* (nullable) of payload */
  gboolean lasts;
} Mail;

static void
mail_free (gpointer data)
{
  Mail *mail = data;

  if (mail->destroy != NULL)
    mail->destroy (mail->payload);
  g_free (mail);
}

TtecommMailbox *
ttecomm_mailbox_new (void)
{
  TtecommMailbox *self = g_new0 (TtecommMailbox, 1);

  self->queue = g_async_queue_new_full (mail_free);
  return self;
}

void
ttecomm_mailbox_free (TtecommMailbox *self)
{
  g_async_queue_unref (self->queue);
  g_free (self);
}

static void
push (TtecommMailbox *self,
      TtecommMailFunc func,
      gpointer payload,
      GDestroyNotify destroy,
      gboolean lasts)
{
  Mail *mail = g_new0 (Mail, 1);

  mail->func = func;
  mail->payload = payload;
  mail->destroy = destroy;
  mail->lasts = lasts;
  g_async_queue_push (self->queue, mail);
}

void
ttecomm_mailbox_post (TtecommMailbox *self,
                      TtecommMailFunc func,
                      gpointer payload,
                      GDestroyNotify destroy)
{
  push (self, func, payload, destroy, FALSE);
}

void
ttecomm_mailbox_post_lasting (TtecommMailbox *self,
                              TtecommMailFunc func,
                              gpointer payload,
                              GDestroyNotify destroy)
{
  push (self, func, payload, destroy, TRUE);
}

void
ttecomm_mailbox_deliver (TtecommMailbox *self, gpointer target)
{
  int n = g_async_queue_length (self->queue);

  /* Counted first: a worker that posts as fast as we deliver must not hold the main thread. */
  for (; n > 0; n--)
    {
      Mail *mail = g_async_queue_try_pop (self->queue);

      if (mail == NULL)
        return;
      mail->func (target, mail->payload);
      mail_free (mail);
    }
}

void
ttecomm_mailbox_deliver_last (TtecommMailbox *self, gpointer target)
{
  Mail *mail;

  while ((mail = g_async_queue_try_pop (self->queue)) != NULL)
    {
      if (mail->lasts)
        mail->func (target, mail->payload);
      mail_free (mail);
    }
}
