/* SPDX-License-Identifier: MIT */
/* What the newest page of a ModelHost shows. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/page/model-host.h"

static const char *
page_text (ModelHost *host, gsize *size)
{
  *size = 0;
  return host->page != NULL ? g_bytes_get_data (ttecomm_page_get_json (host->page), size) : "";
}

gboolean
model_host_page_says (ModelHost *host, const char *text)
{
  gsize size;
  const char *page = page_text (host, &size);

  return g_strstr_len (page, (gssize)size, text) != NULL;
}

char *
model_host_get_state (ModelHost *host)
{
  gsize size;
  const char *page = page_text (host, &size);
  const char *state = g_strstr_len (page, (gssize)size, "\"state\":\"");

  if (state == NULL)
    return g_strdup ("none");
  state += strlen ("\"state\":\"");
  return g_strndup (state, strcspn (state, "\""));
}

typedef struct
{
  ModelHost *host;
  const char *text;
} Wanted;

static gboolean
has_state (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *state = model_host_get_state (wanted->host);

  return g_str_equal (state, wanted->text);
}

void
model_host_await_state (ModelHost *host, const char *state)
{
  Wanted wanted = { .host = host, .text = state };
  g_autofree char *last = NULL;

  if (harness_wait_until (has_state, &wanted, SHOP_PATIENCE))
    return;
  last = model_host_get_state (host);
  g_error ("the page is still %s, not %s", last, state);
}

static gboolean
says (gpointer data)
{
  const Wanted *wanted = data;

  return model_host_page_says (wanted->host, wanted->text);
}

void
model_host_await_text (ModelHost *host, const char *text)
{
  Wanted wanted = { .host = host, .text = text };
  gsize size;

  if (!harness_wait_until (says, &wanted, SHOP_PATIENCE))
    g_error ("the page does not say \"%s\": %s", text, page_text (host, &size));
}

gboolean
model_host_offers (ModelHost *host, const char *action)
{
  const TtecommPageAction *found
      = host->page != NULL ? ttecomm_page_get_action (host->page, action) : NULL;

  return found != NULL && found->enabled;
}
