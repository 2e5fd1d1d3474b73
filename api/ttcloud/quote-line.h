/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/charge.h"
#include "api/ttcloud/enums.h"

G_BEGIN_DECLS

/* One change of a preview or an order, and what it leads to. Immutable, counted; any thread. */
typedef struct
{
  TtecommQuoteAction action;
  char *installation;      /* (owned) */
  char *installation_name; /* (owned) */
  char *service;           /* (owned): id of the product */
  char *order_reference;   /* (owned) */
  char *name;              /* (owned) */
  char *period;            /* (owned) (nullable) */
  GDate start;             /* not valid when there is none */
  GDate end;               /* inclusive; not valid when there is none */
  guint free_days;         /* S60: days of the first month that cost nothing */
  gint64 net_cents;
  TtecommCharge *next_charge; /* (owned) (nullable) */
  TtecommCloudState label_state;
  GDate label_date; /* not valid when the label has none */
  TtecommBlockers blockers;
} TtecommQuoteLine;

TtecommQuoteLine *ttecomm_quote_line_from_json (JsonObject *object,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommQuoteLine *ttecomm_quote_line_ref (TtecommQuoteLine *self);
void ttecomm_quote_line_unref (TtecommQuoteLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommQuoteLine, ttecomm_quote_line_unref)

/* The member @name of @object: 1 to 500 lines. */
GPtrArray *ttecomm_quote_lines_from_json (JsonObject *object,
                                          const char *name,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
