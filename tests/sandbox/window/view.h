/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What GET /sandbox/overview says, read strictly. Plain data; belongs to whoever holds it. */
typedef struct
{
  GDate day;
  char *kind;          /* (owned): "renewal_invoice" */
  char *payer;         /* (owned): an e-mail address */
  GStrv subscriptions; /* (owned): "INSTALLATION/SERVICE", the first ones */
  gint64 n;            /* how many there are */
  gint64 cents;        /* net */
} SandboxViewEvent;

typedef struct
{
  char *sent;    /* (owned): RFC 3339 */
  char *to;      /* (owned) */
  char *subject; /* (owned) */
  char *body;    /* (owned) */
} SandboxViewMail;

typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean connected;
  gboolean si_access;
  gboolean suspended;
} SandboxViewSite;

typedef struct
{
  char *email;   /* (owned) */
  char *name;    /* (owned) */
  char *last4;   /* (owned) (nullable): without a card */
  char *expires; /* (owned) (nullable): YYYY-MM */
  gboolean card_good;
} SandboxViewAccount;

typedef struct
{
  GDate today;
  GPtrArray *events;    /* (owned) (element-type SandboxViewEvent): newest first */
  GPtrArray *mails;     /* (owned) (element-type SandboxViewMail): newest first */
  GPtrArray *sites;     /* (owned) (element-type SandboxViewSite) */
  GPtrArray *accounts;  /* (owned) (element-type SandboxViewAccount) */
  GPtrArray *faults;    /* (owned) (element-type utf8): every name there is */
  GHashTable *on;       /* (owned) (element-type utf8): the names that are set */
  GHashTable *services; /* (owned) (element-type utf8 utf8): ids to names */
} SandboxView;

SandboxView *sandbox_view_from_json (JsonObject *object, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_view_free (SandboxView *self);

/* (nullable): borrowed */
const SandboxViewSite *sandbox_view_find_site (const SandboxView *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxView, sandbox_view_free)

G_END_DECLS
