/* SPDX-License-Identifier: MIT */
/* Buying, as a person does it on the page. */
#include "tests/host/host-driver.h"
#include "tests/host/json.h"
#include "tests/host/page-text.h"
#include "tests/host/page-tree.h"

#include <string.h>

#define WIDTH 96
#define SHORT_WAIT_MS 10000
#define PAY_WAIT_MS 120000
#define SETTLE_MS 2000

typedef struct
{
  HostDriver *driver;
  const char *const *services; /* SERVICE of the open project, SERVICE@INSTALLATION of another */
  const char *po;              /* (nullable) */
  HostDriverStep step;
  gpointer data;
} Purchase;

/* "RS" is basket.add.RS on the page, "RS@site-7" is basket.add.RS.site-7. */
static char *
action_for (const char *verb, const char *service)
{
  return g_strdelimit (g_strconcat ("basket.", verb, ".", service, NULL), "@", '.');
}

static void
tell (Purchase *purchase, const char *what, const char *block)
{
  JsonObject *page = host_driver_get_page (purchase->driver, NULL);
  g_autofree char *shown
      = page != NULL && block != NULL ? host_page_block_to_text (page, block, WIDTH) : NULL;

  if (purchase->step != NULL)
    purchase->step (what, shown != NULL ? shown : "", purchase->data);
}

static gboolean
can_be_invoked (JsonObject *page, gpointer data)
{
  return host_page_can_invoke (page, data, NULL);
}

static gboolean
is_order_over (JsonObject *page, gpointer data)
{
  return host_page_find (page, "basket.cancel-order") == NULL;
}

/* After paying, what was bought is no longer in the basket. */
static gboolean
is_paid (JsonObject *page, gpointer data)
{
  Purchase *purchase = data;

  for (gsize i = 0; purchase->services[i] != NULL; i++)
    {
      g_autofree char *remove = action_for ("remove", purchase->services[i]);

      if (host_page_find (page, remove) != NULL)
        return FALSE;
    }
  return is_order_over (page, NULL) && host_page_find (page, "basket.pay") == NULL;
}

/* The page has caught up with the payment: there is an order, or what became of it. */
static gboolean
is_ordered (JsonObject *page, gpointer data)
{
  return !is_order_over (page, NULL) || host_page_find (page, "basket.pay") == NULL;
}

/* What was bought is no longer offered where the subscriptions are listed. Elsewhere it may be: the
 * last answer of the gate keeps its buttons until it is asked again. */
static gboolean
is_shown (JsonObject *page, gpointer data)
{
  Purchase *purchase = data;
  JsonObject *subscriptions = host_page_find (page, "subscriptions");
  g_autoptr (GHashTable) offered
      = subscriptions != NULL ? host_page_collect_drawn (subscriptions) : NULL;

  for (gsize i = 0; offered != NULL && purchase->services[i] != NULL; i++)
    {
      g_autofree char *add = action_for ("add", purchase->services[i]);

      if (g_hash_table_contains (offered, add))
        return FALSE;
    }
  return offered != NULL;
}

static gboolean
is_there (JsonObject *page, gpointer data)
{
  return host_page_find (page, data) != NULL;
}

/* The account's other installations may be listed later than the open one. When one is not listed
 * at all, invoking says so. */
static gboolean
is_one_there (JsonObject *page, gpointer data)
{
  const char *const *actions = data;

  return is_there (page, (gpointer)actions[0]) || is_there (page, (gpointer)actions[1]);
}

static gboolean
put_into_basket (Purchase *purchase, const char *service, GError **error)
{
  g_autofree char *add = action_for ("add", service);
  g_autofree char *remove = action_for ("remove", service);
  const char *const actions[] = { add, remove };
  JsonObject *page;

  if (strchr (service, '@') != NULL
      && !host_driver_wait_page (purchase->driver, is_one_there, (gpointer)actions, "the list",
                                 SHORT_WAIT_MS, NULL))
    g_debug ("%s is not listed", service);
  page = host_driver_get_page (purchase->driver, error);
  if (page == NULL)
    return FALSE;
  /* There already, from a purchase that was not finished. */
  return is_there (page, remove)
         || (host_driver_invoke (purchase->driver, add, NULL, NULL, error)
             && host_driver_wait_page (purchase->driver, is_there, remove,
                                       "the basket to hold the service", SHORT_WAIT_MS, error));
}

static gboolean
fill_basket (Purchase *purchase, GError **error)
{
  for (gsize i = 0; purchase->services[i] != NULL; i++)
    {
      g_autofree char *what = g_strconcat ("put ", purchase->services[i], " into the basket", NULL);

      if (!put_into_basket (purchase, purchase->services[i], error))
        return FALSE;
      tell (purchase, what, NULL);
    }
  return TRUE;
}

/* What stands in the field for the reference when the price is asked for. (nullable) */
static char *
dup_po_input (Purchase *purchase)
{
  g_autoptr (JsonObject) inputs = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (purchase->po == NULL)
    return NULL;
  json_object_set_string_member (inputs, "basket.po", purchase->po);
  json_node_set_object (node, inputs);
  return host_json_to_text (node);
}

static gboolean
ask_price (Purchase *purchase, GError **error)
{
  g_autofree char *inputs = dup_po_input (purchase);

  if (!host_driver_invoke (purchase->driver, "basket.quote", inputs, NULL, error)
      || !host_driver_wait_page (purchase->driver, is_there, (gpointer) "basket.pay", "the price",
                                 SHORT_WAIT_MS, error))
    return FALSE;
  tell (purchase, "asked for the price", "basket");
  return TRUE;
}

static gboolean
accept_terms (Purchase *purchase, GError **error)
{
  if (!host_driver_invoke (purchase->driver, "basket.accept", "{\"terms\":true}", NULL, error)
      || !host_driver_wait_page (purchase->driver, can_be_invoked, (gpointer) "basket.pay",
                                 "the payment to be offered", SHORT_WAIT_MS, error))
    return FALSE;
  tell (purchase, "accepted the terms of sale", NULL);
  return TRUE;
}

/* The browser is open; this is the end of it. */
static gboolean
await_payment (Purchase *purchase, GError **error)
{
  g_autofree char *shown = NULL;

  tell (purchase, "opened the checkout page in the browser", NULL);
  /* Without an order to wait for the basket is as it was: then that is the answer. */
  if (host_driver_wait_page (purchase->driver, is_ordered, NULL, "the order", SHORT_WAIT_MS, NULL)
      && !host_driver_wait_page (purchase->driver, is_order_over, NULL, "the payment", PAY_WAIT_MS,
                                 error))
    return FALSE;
  if (!host_driver_wait_page (purchase->driver, is_paid, purchase, "the payment", SETTLE_MS, NULL))
    {
      JsonObject *page = host_driver_get_page (purchase->driver, error);

      if (page == NULL)
        return FALSE;
      shown = host_page_block_to_text (page, "basket", WIDTH);
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_FAILED,
                   "it was not paid; the basket says: %s", g_strdelimit (shown, "\n", ' '));
      return FALSE;
    }
  return TRUE;
}

static gboolean
pay (Purchase *purchase, GError **error)
{
  return host_driver_invoke (purchase->driver, "basket.pay", NULL, NULL, error)
         && await_payment (purchase, error);
}

/* An order of an earlier run is on its way, or was found to wait for its payment. */
static gboolean
is_settled (JsonObject *page, gpointer data)
{
  JsonObject *waiting = host_page_find (page, "basket.waiting");

  return waiting == NULL || host_page_find (page, "basket.checkout") != NULL;
}

/* Goes on with the order that an earlier run left, if there is one: TRUE with *@resumed. */
static gboolean
resume (Purchase *purchase, gboolean *resumed, GError **error)
{
  JsonObject *page, *link;

  *resumed = FALSE;
  if (!host_driver_wait_page (purchase->driver, is_settled, NULL, "the order of an earlier run",
                              PAY_WAIT_MS, error))
    return FALSE;
  page = host_driver_get_page (purchase->driver, error);
  link = page != NULL ? host_page_find (page, "basket.checkout") : NULL;
  if (link == NULL)
    return page != NULL;
  *resumed = TRUE;
  tell (purchase, "found an order that waits for its payment", "basket");
  if (host_follow_link (host_driver_get_host (purchase->driver), host_page_get_text (link, "uri"))
      != PROSOFT_OK)
    {
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_ACTION,
                   "the checkout page cannot be opened: %s", host_page_get_text (link, "uri"));
      return FALSE;
    }
  return await_payment (purchase, error);
}

static gboolean
buy (Purchase *purchase, GError **error)
{
  gboolean resumed;

  if (!resume (purchase, &resumed, error))
    return FALSE;
  return resumed
         || (fill_basket (purchase, error) && ask_price (purchase, error)
             && accept_terms (purchase, error) && pay (purchase, error));
}

gboolean
host_driver_buy (HostDriver *driver,
                 const char *const *services,
                 const char *po,
                 HostDriverStep step,
                 gpointer data,
                 GError **error)
{
  Purchase purchase = { driver, services, po, step, data };

  if (!buy (&purchase, error)
      || !host_driver_wait_page (driver, is_shown, &purchase, "the page to show what was paid for",
                                 SHORT_WAIT_MS, error))
    return FALSE;
  tell (&purchase, "paid", "subscriptions");
  return TRUE;
}
