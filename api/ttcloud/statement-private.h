/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/statement.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What statement-claims.c reads out of the payload and statement.c hands out. */
struct _TtecommStatement
{
  char *jws;          /* (owned) */
  char *kid;          /* (owned) */
  char *installation; /* (owned) */
  char *account;      /* (owned) */
  char *min_prosoft;  /* (owned) */
  char *payer;        /* (owned) (nullable) */
  GHashTable *ids;    /* (owned): the services' names, which their flags borrow */
  GArray *services;   /* (owned) (element-type TtecommServiceFlag) */
  gint64 ver;
  gint64 iat;
  gint64 exp;
  gint64 seen;
  gint64 next;
  TtecommStatementRole role;
  gboolean si_access;
  gboolean connected;
};

/* Compares iss, aud, env, sub, acct and nonce with what was expected, in this order. */
gboolean ttecomm_statement_check_claims (JsonObject *claims,
                                         const TtecommStatementExpected *expected,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads iat alone: the key's time is judged by it before anything else is. */
gboolean ttecomm_statement_read_iat (JsonObject *claims,
                                     gint64 *iat,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads sub alone (borrowed): it tells which question the statement answers. */
gboolean ttecomm_statement_read_sub (JsonObject *claims,
                                     const char **sub,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads all other members into @self and checks their ranges. */
gboolean ttecomm_statement_read_claims (TtecommStatement *self,
                                        JsonObject *claims,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
