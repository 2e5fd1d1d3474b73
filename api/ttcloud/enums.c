/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/enums.h"

#include "api/ttcloud/enum-names.h"

const char *const ttecomm_cloud_role_names[] = { "owner", "integrator", "user", "unknown", NULL };

const char *const ttecomm_cloud_state_names[]
    = { "none",   "requested", "rejected", "scheduled", "active",
        "ending", "past_due",  "expired",  NULL };

const char *const ttecomm_quote_action_names[] = { "buy", "deactivate", "reactivate", NULL };

const char *const ttecomm_vat_kind_names[] = { "standard", "reverse_charge", "outside", NULL };

const char *const ttecomm_order_state_names[]
    = { "pending", "paid", "failed", "cancelled", "expired", NULL };

const char *const ttecomm_order_reason_names[] = { "card_declined",
                                                   "card_refused_brand",
                                                   "confirmation_failed",
                                                   "cancelled_by_person",
                                                   "timed_out",
                                                   "already_subscribed",
                                                   NULL };

const char *const ttecomm_blocker_names[] = { "role",
                                              "not_connected",
                                              "prosoft_too_old",
                                              "account_incomplete",
                                              "card_not_verified",
                                              "already_subscribed",
                                              "not_found",
                                              "conflict",
                                              NULL };

const char *const ttecomm_missing_names[]
    = { "address", "country", "company", "tax_id", "invoice_email", NULL };

/* The enums are dense and start at 0; whatever lies outside has no word. */
static const char *
name_at (const char *const *names, guint index)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (i == index)
      return names[i];
  return NULL;
}

static const char *
name_of_bit (const char *const *names, guint bit)
{
  if (bit == 0 || (bit & (bit - 1)) != 0)
    return NULL;
  return name_at (names, g_bit_storage (bit) - 1);
}

const char *
ttecomm_cloud_role_to_string (TtecommCloudRole role)
{
  return name_at (ttecomm_cloud_role_names, (guint)role);
}

const char *
ttecomm_cloud_state_to_string (TtecommCloudState state)
{
  return name_at (ttecomm_cloud_state_names, (guint)state);
}

const char *
ttecomm_quote_action_to_string (TtecommQuoteAction action)
{
  return name_at (ttecomm_quote_action_names, (guint)action);
}

const char *
ttecomm_order_state_to_string (TtecommOrderState state)
{
  return name_at (ttecomm_order_state_names, (guint)state);
}

const char *
ttecomm_order_reason_to_string (TtecommOrderReason reason)
{
  return reason == TTECOMM_ORDER_REASON_NONE
             ? NULL
             : name_at (ttecomm_order_reason_names, (guint)reason - 1);
}

const char *
ttecomm_blocker_to_string (TtecommBlockers blocker)
{
  return name_of_bit (ttecomm_blocker_names, (guint)blocker);
}

const char *
ttecomm_missing_to_string (TtecommMissing missing)
{
  return name_of_bit (ttecomm_missing_names, (guint)missing);
}
