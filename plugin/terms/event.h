/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/* What the scheduler reports: one row of its ledger. */
typedef enum
{
  TTECOMM_EVENT_PURCHASE_INVOICE,
  TTECOMM_EVENT_REMINDER,
  TTECOMM_EVENT_RENEWAL_INVOICE,
  TTECOMM_EVENT_CHARGE_FAILED,
  TTECOMM_EVENT_DEACTIVATED,
  TTECOMM_EVENT_REACTIVATED,
  TTECOMM_EVENT_EXPIRED,
} TtecommEventKind;

/* "purchase_invoice", "reminder", ... Static. */
const char *ttecomm_event_kind_name (TtecommEventKind kind);

/* One subscription's part in an event. */
typedef struct
{
  char *subscription; /* (owned) */
  gint64 n;           /* the term that was or will be paid; otherwise the present one */
  GDate end;          /* that term's last day */
  gint64 cents;       /* net; 0 where nothing is paid */
} TtecommEventLine;

typedef struct
{
  GDate day;
  TtecommEventKind kind;
  char *payer;      /* (owned) */
  char *currency;   /* (owned) */
  GPtrArray *lines; /* (owned) (element-type TtecommEventLine): in byte order of subscription */
  gint64 cents;     /* the lines' sum */
  gboolean shared;  /* other subscriptions may join */
} TtecommEvent;

void ttecomm_event_free (TtecommEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommEvent, ttecomm_event_free)

/* An empty list of events that owns them. */
GPtrArray *ttecomm_events_new (void);

/**
 * ttecomm_events_add:
 * @events: (element-type TtecommEvent)
 * @terms: the line's terms of sale: currency, and how invoices are grouped
 * @line: copied; lines come in byte order of their subscriptions
 *
 * Rule 4a-20 (S57, S59, S61): a payer's lines of one kind and day are one event, whatever is bought
 * under whichever terms, unless the terms ask for one invoice a subscription. Another currency is
 * another invoice. A line that is not about money (deactivated, reactivated, expired) stands alone.
 */
gboolean ttecomm_events_add (GPtrArray *events,
                             const GDate *day,
                             TtecommEventKind kind,
                             const char *payer,
                             const TtecommTerms *terms,
                             const TtecommEventLine *line,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sorts by payer, kind, currency and first subscription, in byte order. */
void ttecomm_events_sort (GPtrArray *events);

/* Moves all of @from to the end of @to, and frees @from. */
void ttecomm_events_append (GPtrArray *to, GPtrArray *from);

G_END_DECLS
