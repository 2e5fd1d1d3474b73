/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate-source.h"
#include "tests/support/fake-signer.h"

G_BEGIN_DECLS

#define TTECOMM_TYPE_FAKE_SOURCE (ttecomm_fake_source_get_type ())
G_DECLARE_FINAL_TYPE (TtecommFakeSource, ttecomm_fake_source, TTECOMM, FAKE_SOURCE, GObject)

/* TTcloud for tests of the gate: answers at once, holds its answers back, or fails. */
struct _TtecommFakeSource
{
  GObject parent_instance;

  TtecommFakeSigner *signer;      /* (owned) */
  TtecommFakeStatement statement; /* what is signed; installation and nonce are the question's */
  const char *installation;       /* (nullable): signed instead of the question's */
  const char *nonce;              /* (nullable): signed instead of the question's */
  const char *body;               /* (nullable): sent instead of a statement */
  const char *keys;               /* (nullable): sent instead of the signer's key set */
  const char *server_today;       /* (nullable) */
  TtecommGateCause fail;          /* of statements */
  TtecommGateCause fail_keys;
  guint http_status;
  gint64 retry_after;
  gboolean hold;     /* answers wait for ttecomm_fake_source_release() */
  GPtrArray *held;   /* (owned) (element-type GTask) */
  GPtrArray *nonces; /* (owned): all that were asked with */

  /* Of questions about many; they fail as others do, with fail_many. */
  TtecommGateCause fail_many;
  gboolean shuffle;      /* the answers come in another order */
  gboolean one_too_few;  /* the last answer is missing */
  gboolean repeat;       /* the first answer comes again in the place of the last */
  const char *stranger;  /* (nullable): whom the last answer is about */
  const char *spoil;     /* (nullable): whose answer has another nonce */
  const char *soon;      /* (nullable): whose answer welcomes the next question at once */
  GPtrArray *asked_many; /* (owned) (element-type utf8): all that were asked about */
  guint n_many;          /* questions */
  guint most;            /* of one question */
  guint n_statements;    /* how often each was asked for */
  guint n_keys;
};

TtecommFakeSource *ttecomm_fake_source_new (gint64 iat);

/* Answers the questions that are held, as the source is set up now. */
void ttecomm_fake_source_release (TtecommFakeSource *self);
/* The @index'th of them alone, oldest first. */
void ttecomm_fake_source_release_one (TtecommFakeSource *self, guint index);

G_END_DECLS
