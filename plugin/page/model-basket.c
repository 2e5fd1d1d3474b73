/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-basket.h"

#include <string.h>

#include "base/json.h"
#include "plugin/page/error-words.h"
#include "plugin/text/clean.h"

#define PO "basket.po"
/* Of what may arrive as a PO reference; the purchase says how much of that is too much. */
#define MAX_TYPED 1024

/* Of the signed-in account; (nullable): the operation has been ended. */
static TtecommPurchase *
get_purchase (TtecommModel *self, TtecommModelOperation *operation)
{
  if (self->purchase == NULL)
    ttecomm_model_end (self, operation->op, TTECOMM_ENDED_FAILED,
                       ttecomm_text_get (self->text, "basket", "Sign in to TTcloud first."),
                       "nobody is signed in");
  return self->purchase;
}

/* Keeps what is typed beside the buttons. FALSE: the operation has been ended. */
static gboolean
take_po (TtecommModel *self, TtecommModelOperation *operation, JsonObject *inputs)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *po = NULL;
  const char *typed;

  if (inputs == NULL || !json_object_has_member (inputs, PO))
    return TRUE;
  if (!ttecomm_json_get_optional_string (inputs, PO, MAX_TYPED, &typed, &error))
    {
      ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID, NULL, error->message);
      return FALSE;
    }
  po = ttecomm_text_clean (typed, MAX_TYPED);
  if (ttecomm_purchase_set_po (self->purchase, po, &error))
    return TRUE;
  if (!g_error_matches (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_INVALID))
    ttecomm_model_end_with (self, operation->op, error);
  else
    ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID,
                       ttecomm_text_get (self->text, "basket",
                                         "The PO reference is too long. Shorten it to 64 "
                                         "characters (accented letters count double), then try "
                                         "again."),
                       error->message);
  return FALSE;
}

/* Purchase and inputs are there. (nullable): the operation has been ended. */
static TtecommPurchase *
begin (TtecommModel *self, TtecommModelOperation *operation, JsonObject *inputs)
{
  TtecommPurchase *purchase = get_purchase (self, operation);

  return purchase != NULL && take_po (self, operation, inputs) ? purchase : NULL;
}

/* "RS" is for the open installation, "RS.site-7" for any. The service is the part before the first
 * point. FALSE: the operation has been ended. */
static gboolean
read_line (TtecommModel *self,
           TtecommModelOperation *operation,
           const char *argument,
           char **service,
           const char **installation)
{
  const char *point = strchr (argument, '.');

  *service = point != NULL ? g_strndup (argument, (gsize)(point - argument)) : g_strdup (argument);
  *installation = point != NULL                ? point + 1
                  : self->installation != NULL ? self->installation->ttcloud_id
                                               : NULL;
  if (*installation != NULL && ttecomm_client_is_id (*installation)
      && ttecomm_client_is_id (*service))
    return TRUE;
  ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID,
                     ttecomm_text_get (self->text, "basket",
                                       "It is not known for which installation. Open its project "
                                       "first."),
                     "no installation is open, or the id is none");
  return FALSE;
}

/* What the open file, or else the account's list, calls the installation: the line keeps its name
 * when the file is closed. */
void
ttecomm_model_basket_name_line (TtecommModel *self, const char *installation)
{
  TtecommPortfolioList *list
      = self->portfolio != NULL ? ttecomm_portfolio_get_list (self->portfolio) : NULL;
  const TtecommPortfolioItem *item
      = list != NULL ? ttecomm_portfolio_list_find (list, installation) : NULL;

  if (self->installation != NULL && g_strcmp0 (self->installation->ttcloud_id, installation) == 0)
    ttecomm_purchase_set_name (self->purchase, installation, self->installation->name);
  else if (item != NULL)
    ttecomm_purchase_set_name (self->purchase, installation, item->installation->name);
}

/* Only what the catalogue sells goes into the basket, under the id that the catalogue gives it
 * (C3). */
void
ttecomm_model_basket_add (TtecommModel *self,
                          TtecommModelOperation *operation,
                          const char *argument,
                          JsonObject *inputs)
{
  TtecommPurchase *purchase = begin (self, operation, inputs);
  TtecommCatalogue *catalogue = purchase != NULL ? ttecomm_facts_get_catalogue (self->facts) : NULL;
  const TtecommProduct *product = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *service = NULL;
  const char *installation;

  if (purchase == NULL || !read_line (self, operation, argument, &service, &installation))
    return;
  if (catalogue != NULL)
    product = ttecomm_catalogue_find (catalogue, service);
  if (product == NULL)
    {
      ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID,
                         ttecomm_text_get (self->text, "basket",
                                           "TTecomm does not sell this service."),
                         "not in the catalogue");
      return;
    }
  if (ttecomm_purchase_add (purchase, installation, product->id, &error))
    ttecomm_model_basket_name_line (self, installation);
  ttecomm_model_end_with (self, operation->op, error);
}

void
ttecomm_model_basket_remove (TtecommModel *self,
                             TtecommModelOperation *operation,
                             const char *argument,
                             JsonObject *inputs)
{
  TtecommPurchase *purchase = begin (self, operation, inputs);
  g_autoptr (GError) error = NULL;
  g_autofree char *service = NULL;
  const char *installation;

  if (purchase == NULL || !read_line (self, operation, argument, &service, &installation))
    return;
  if (!ttecomm_purchase_remove (purchase, installation, service, &error))
    ttecomm_model_end_with (self, operation->op, error);
  else
    ttecomm_model_end_with (self, operation->op, NULL);
}

static void
quoted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_purchase_quote_finish (TTECOMM_PURCHASE (source), result, &error))
    ttecomm_model_end_with (step->model, step->op, error);
  else
    ttecomm_model_end_with (step->model, step->op, NULL);
}

void
ttecomm_model_basket_quote (TtecommModel *self,
                            TtecommModelOperation *operation,
                            const char *argument,
                            JsonObject *inputs)
{
  TtecommPurchase *purchase = begin (self, operation, inputs);

  if (purchase != NULL)
    ttecomm_purchase_quote_async (purchase, operation->cancellable, quoted_cb,
                                  ttecomm_model_step_new (self, operation->op));
}

void
ttecomm_model_basket_remove_blocked (TtecommModel *self,
                                     TtecommModelOperation *operation,
                                     const char *argument,
                                     JsonObject *inputs)
{
  TtecommPurchase *purchase = begin (self, operation, inputs);
  g_autoptr (GError) error = NULL;

  if (purchase == NULL)
    return;
  if (!ttecomm_purchase_remove_blocked (purchase, &error))
    ttecomm_model_end_with (self, operation->op, error);
  else
    ttecomm_purchase_quote_async (purchase, operation->cancellable, quoted_cb,
                                  ttecomm_model_step_new (self, operation->op));
}

void
ttecomm_model_basket_accept (TtecommModel *self,
                             TtecommModelOperation *operation,
                             const char *argument,
                             JsonObject *inputs)
{
  TtecommPurchase *purchase = begin (self, operation, inputs);
  g_autoptr (GError) error = NULL;
  gboolean accepted;

  if (purchase == NULL)
    return;
  if (inputs == NULL || !ttecomm_json_get_boolean (inputs, "terms", &accepted, &error))
    ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID, NULL,
                       error != NULL ? error->message : "inputs: terms is missing");
  else if (!ttecomm_purchase_accept (purchase, accepted, &error))
    ttecomm_model_end_with (self, operation->op, error);
  else
    ttecomm_model_end_with (self, operation->op, NULL);
}

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_purchase_pay_finish (TTECOMM_PURCHASE (source), result, &error))
    ttecomm_model_end_with (step->model, step->op, error);
  else
    ttecomm_model_end_with (step->model, step->op, NULL);
}

void
ttecomm_model_basket_pay (TtecommModel *self,
                          TtecommModelOperation *operation,
                          const char *argument,
                          JsonObject *inputs)
{
  TtecommPurchase *purchase = begin (self, operation, inputs);

  if (purchase != NULL)
    ttecomm_purchase_pay_async (purchase, paid_cb, ttecomm_model_step_new (self, operation->op));
}

void
ttecomm_model_basket_open_checkout (TtecommModel *self,
                                    TtecommModelOperation *operation,
                                    const char *argument,
                                    JsonObject *inputs)
{
  TtecommPurchase *purchase = get_purchase (self, operation);
  g_autoptr (GError) error = NULL;

  if (purchase == NULL)
    return;
  if (!ttecomm_purchase_open_checkout (purchase, &error))
    ttecomm_model_end_with (self, operation->op, error);
  else
    ttecomm_model_end_with (self, operation->op, NULL);
}

static void
order_cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_purchase_cancel_finish (TTECOMM_PURCHASE (source), result, &error))
    ttecomm_model_end_with (step->model, step->op, error);
  else
    ttecomm_model_end_with (step->model, step->op, NULL);
}

void
ttecomm_model_basket_cancel_order (TtecommModel *self,
                                   TtecommModelOperation *operation,
                                   const char *argument,
                                   JsonObject *inputs)
{
  TtecommPurchase *purchase = get_purchase (self, operation);

  if (purchase != NULL)
    ttecomm_purchase_cancel_async (purchase, order_cancelled_cb,
                                   ttecomm_model_step_new (self, operation->op));
}
