/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client-call.h"

G_BEGIN_DECLS

/*
 * Reading each operation's answer, and whether it is the answer to what was asked; each is a
 * TtecommCallRead. For this room only.
 */

/* What an order's answer is compared with; each (owned) (nullable): NULL = whatever it is. */
typedef struct
{
  char *id;
  char *key;
  char *quote_id;
} TtecommExpectedOrder;

TtecommExpectedOrder *
ttecomm_expected_order_new (const char *id, const char *key, const char *quote_id);
void ttecomm_expected_order_free (gpointer expected);

/* What a quote's lines are compared with. */
typedef struct
{
  TtecommQuoteAction action;
  char *installation; /* (owned) */
} TtecommExpectedLine;

/* (transfer full) (element-type TtecommExpectedLine) */
GPtrArray *ttecomm_expected_lines_new (const TtecommQuoteRequestLine *lines, gsize n_lines);

gpointer ttecomm_read_account (const TtecommCall *call, JsonObject *object, GError **error);
/* expected: the id */
gpointer ttecomm_read_installation (const TtecommCall *call, JsonObject *object, GError **error);
gpointer ttecomm_read_statement (const TtecommCall *call, JsonObject *object, GError **error);
gpointer ttecomm_read_keys (const TtecommCall *call, JsonObject *object, GError **error);
gpointer ttecomm_read_catalogue (const TtecommCall *call, JsonObject *object, GError **error);
/* expected: GPtrArray of TtecommExpectedLine */
gpointer ttecomm_read_quote (const TtecommCall *call, JsonObject *object, GError **error);
/* expected: TtecommExpectedOrder */
gpointer ttecomm_read_order (const TtecommCall *call, JsonObject *object, GError **error);
/* expected: the name of the state */
gpointer ttecomm_read_orders (const TtecommCall *call, JsonObject *object, GError **error);

G_END_DECLS
