/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase-view.h"

TtecommPurchaseView *
ttecomm_purchase_view_copy (const TtecommPurchaseView *view)
{
  TtecommPurchaseView *copy = g_new0 (TtecommPurchaseView, 1);

  copy->state = view->state;
  copy->lines
      = view->lines != NULL ? ttecomm_basket_lines_copy (view->lines) : ttecomm_basket_lines_new ();
  copy->po = g_strdup (view->po);
  copy->n_blocked = view->n_blocked;
  copy->quote = view->quote != NULL ? ttecomm_quote_ref (view->quote) : NULL;
  copy->terms_accepted = view->terms_accepted;
  copy->order = view->order != NULL ? ttecomm_order_ref (view->order) : NULL;
  copy->error = view->error != NULL ? g_error_copy (view->error) : NULL;
  copy->offline = view->offline;
  copy->found = view->found;
  return copy;
}

void
ttecomm_purchase_view_free (TtecommPurchaseView *view)
{
  g_clear_pointer (&view->lines, g_ptr_array_unref);
  g_free (view->po);
  g_clear_pointer (&view->quote, ttecomm_quote_unref);
  g_clear_pointer (&view->order, ttecomm_order_unref);
  g_clear_error (&view->error);
  g_free (view);
}

const char *
ttecomm_purchase_state_to_string (TtecommPurchaseState state)
{
  static const char *const names[] = {
    "empty",   "filled", "quoting", "blocked",   "quoted",  "ordering",
    "waiting", "paid",   "failed",  "cancelled", "expired",
  };

  return (guint)state < G_N_ELEMENTS (names) ? names[state] : "unknown";
}
