/* SPDX-License-Identifier: MIT */
#include "plugin/terms/event.h"

const char *
ttecomm_event_kind_name (TtecommEventKind kind)
{
  static const char *const names[]
      = { "purchase_invoice", "reminder",    "renewal_invoice", "charge_failed",
          "deactivated",      "reactivated", "expired" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == TTECOMM_EVENT_EXPIRED + 1);
  g_return_val_if_fail (kind <= TTECOMM_EVENT_EXPIRED, "");
  return names[kind];
}

static void
event_line_free (TtecommEventLine *line)
{
  g_free (line->subscription);
  g_free (line);
}

void
ttecomm_event_free (TtecommEvent *event)
{
  g_return_if_fail (event != NULL);
  g_free (event->payer);
  g_free (event->currency);
  g_ptr_array_unref (event->lines);
  g_free (event);
}

GPtrArray *
ttecomm_events_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_event_free);
}

static const char *
first_subscription (const TtecommEvent *event)
{
  return ((const TtecommEventLine *)g_ptr_array_index (event->lines, 0))->subscription;
}

static gboolean
is_shared (TtecommEventKind kind, const TtecommTerms *terms)
{
  switch (kind)
    {
    case TTECOMM_EVENT_PURCHASE_INVOICE:
    case TTECOMM_EVENT_REMINDER:
    case TTECOMM_EVENT_RENEWAL_INVOICE:
    case TTECOMM_EVENT_CHARGE_FAILED:
      return terms->invoice_group != TTECOMM_INVOICE_SUBSCRIPTION;
    case TTECOMM_EVENT_DEACTIVATED:
    case TTECOMM_EVENT_REACTIVATED:
    case TTECOMM_EVENT_EXPIRED:
    default:
      return FALSE;
    }
}

static TtecommEvent *
find_event (GPtrArray *events,
            const GDate *day,
            TtecommEventKind kind,
            const char *payer,
            const char *currency)
{
  for (guint i = 0; i < events->len; i++)
    {
      TtecommEvent *event = g_ptr_array_index (events, i);

      if (event->shared && event->kind == kind && g_str_equal (event->payer, payer)
          && g_str_equal (event->currency, currency) && g_date_compare (&event->day, day) == 0)
        return event;
    }
  return NULL;
}

static TtecommEvent *
add_event (GPtrArray *events,
           const GDate *day,
           TtecommEventKind kind,
           const char *payer,
           const char *currency)
{
  TtecommEvent *event = g_new0 (TtecommEvent, 1);

  event->day = *day;
  event->kind = kind;
  event->payer = g_strdup (payer);
  event->currency = g_strdup (currency);
  event->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)event_line_free);
  g_ptr_array_add (events, event);
  return event;
}

gboolean
ttecomm_events_add (GPtrArray *events,
                    const GDate *day,
                    TtecommEventKind kind,
                    const char *payer,
                    const TtecommTerms *terms,
                    const TtecommEventLine *line,
                    GError **error)
{
  gboolean shared = is_shared (kind, terms);
  TtecommEvent *event = NULL;
  TtecommEventLine *copy;

  g_return_val_if_fail (line->cents >= 0, FALSE);

  if (shared)
    event = find_event (events, day, kind, payer, terms->currency);
  if (event == NULL)
    event = add_event (events, day, kind, payer, terms->currency);
  event->shared = shared;
  if (line->cents > G_MAXINT64 - event->cents)
    {
      g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW,
                           "An invoice is too large to be counted");
      return FALSE;
    }

  copy = g_new0 (TtecommEventLine, 1);
  *copy = *line;
  copy->subscription = g_strdup (line->subscription);
  g_ptr_array_add (event->lines, copy);
  event->cents += line->cents;
  return TRUE;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const TtecommEvent *first = *(const TtecommEvent *const *)a;
  const TtecommEvent *second = *(const TtecommEvent *const *)b;
  int order = strcmp (first->payer, second->payer);

  if (order == 0)
    order = (int)first->kind - (int)second->kind;
  if (order == 0)
    order = strcmp (first->currency, second->currency);
  return order != 0 ? order : strcmp (first_subscription (first), first_subscription (second));
}

void
ttecomm_events_sort (GPtrArray *events)
{
  g_ptr_array_sort (events, compare_events);
}

void
ttecomm_events_append (GPtrArray *to, GPtrArray *from)
{
  g_ptr_array_extend_and_steal (to, from);
}
