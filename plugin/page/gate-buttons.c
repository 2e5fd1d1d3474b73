/* SPDX-License-Identifier: MIT */
#include "plugin/page/gate-buttons.h"

typedef enum
{
  TO_TARGET,
  TO_TTECOMM, /* the origin of the account pages */
  TO_ACCOUNT, /* the account's own page, or that origin */
} Leads;

typedef struct
{
  const char *id;
  const char *context;
  const char *label;
  TtecommButtonKind kind;
  const char *target; /* (nullable): for what leads to an address: what is done without one */
  Leads leads;
} Button;

static const Button table[] = {
  [TTECOMM_GATE_BUTTON_ASK_OWNER] = { "ask-owner", TTECOMM_TEXT_MARK ("button", "Ask the owner"),
                                      TTECOMM_BUTTON_ACTION, "explain.si-access", TO_TARGET },
  [TTECOMM_GATE_BUTTON_BROWSER] = { "browser", TTECOMM_TEXT_MARK ("button", "Open browser"),
                                    TTECOMM_BUTTON_URI, "explain.check", TO_TTECOMM },
  [TTECOMM_GATE_BUTTON_BUY] = { "buy", TTECOMM_TEXT_MARK ("button", "Buy in browser"),
                                TTECOMM_BUTTON_ACTION, "basket.add.RS", TO_TARGET },
  [TTECOMM_GATE_BUTTON_BUY_AGAIN] = { "renew", TTECOMM_TEXT_MARK ("button", "Renew in browser"),
                                      TTECOMM_BUTTON_ACTION, "basket.add.RS", TO_TARGET },
  [TTECOMM_GATE_BUTTON_CHECK_AGAIN]
  = { "retry", TTECOMM_TEXT_MARK ("button", "Check again"), TTECOMM_BUTTON_RETRY, NULL, TO_TARGET },
  [TTECOMM_GATE_BUTTON_CONNECT] = { "connect", TTECOMM_TEXT_MARK ("button", "How to connect"),
                                    TTECOMM_BUTTON_ACTION, "explain.never-connected", TO_TARGET },
  [TTECOMM_GATE_BUTTON_CONTACT] = { "contact", TTECOMM_TEXT_MARK ("button", "Contact"),
                                    TTECOMM_BUTTON_ACTION, "explain.support", TO_TARGET },
  [TTECOMM_GATE_BUTTON_DATE] = { "date-settings", TTECOMM_TEXT_MARK ("button", "Date settings"),
                                 TTECOMM_BUTTON_HOST, "date-settings", TO_TARGET },
  [TTECOMM_GATE_BUTTON_DETAILS] = { "details", TTECOMM_TEXT_MARK ("button", "Details"),
                                    TTECOMM_BUTTON_ACTION, "explain.check", TO_TARGET },
  [TTECOMM_GATE_BUTTON_NETWORK] = { "network", TTECOMM_TEXT_MARK ("button", "Network help"),
                                    TTECOMM_BUTTON_HOST, "network", TO_TARGET },
  [TTECOMM_GATE_BUTTON_NOT_NOW]
  = { "close", TTECOMM_TEXT_MARK ("button", "Not now"), TTECOMM_BUTTON_HOST, "close", TO_TARGET },
  [TTECOMM_GATE_BUTTON_PASSWORD] = { "password", TTECOMM_TEXT_MARK ("button", "Enter password"),
                                     TTECOMM_BUTTON_ACTION, "explain.protected", TO_TARGET },
  [TTECOMM_GATE_BUTTON_PAYMENT] = { "payment", TTECOMM_TEXT_MARK ("button", "Open payment page"),
                                    TTECOMM_BUTTON_URI, "explain.payment", TO_ACCOUNT },
  [TTECOMM_GATE_BUTTON_RECONNECT] = { "reconnect", TTECOMM_TEXT_MARK ("button", "How to reconnect"),
                                      TTECOMM_BUTTON_ACTION, "explain.reconnect", TO_TARGET },
  [TTECOMM_GATE_BUTTON_RENEW] = { "renew", TTECOMM_TEXT_MARK ("button", "Renew"),
                                  TTECOMM_BUTTON_URI, "explain.renewal", TO_ACCOUNT },
  [TTECOMM_GATE_BUTTON_RETRY]
  = { "retry", TTECOMM_TEXT_MARK ("button", "Try again"), TTECOMM_BUTTON_RETRY, NULL, TO_TARGET },
  [TTECOMM_GATE_BUTTON_ROLE] = { "details", TTECOMM_TEXT_MARK ("button", "Details"),
                                 TTECOMM_BUTTON_ACTION, "explain.role", TO_TARGET },
  [TTECOMM_GATE_BUTTON_SIGN_IN] = { "sign-in", TTECOMM_TEXT_MARK ("button", "Sign in"),
                                    TTECOMM_BUTTON_ACTION, "sign-in", TO_TARGET },
  [TTECOMM_GATE_BUTTON_SWITCH_ACCOUNT]
  = { "sign-in", TTECOMM_TEXT_MARK ("button", "Switch account"), TTECOMM_BUTTON_ACTION, "sign-in",
      TO_TARGET },
  [TTECOMM_GATE_BUTTON_TTECOMM] = { "ttecomm", TTECOMM_TEXT_MARK ("button", "Open TTecomm"),
                                    TTECOMM_BUTTON_URI, "explain.support", TO_TTECOMM },
  [TTECOMM_GATE_BUTTON_UPDATE] = { "update", TTECOMM_TEXT_MARK ("button", "Get update"),
                                   TTECOMM_BUTTON_HOST, "update", TO_TARGET },
};

static const char *
address_of (const Button *button, const char *ttecomm_url, const char *account_url)
{
  switch (button->leads)
    {
    case TO_ACCOUNT:
      return account_url != NULL ? account_url : ttecomm_url;
    case TO_TTECOMM:
      return ttecomm_url;
    case TO_TARGET:
    default:
      return NULL;
    }
}

void
ttecomm_gate_button_add (GPtrArray *buttons,
                         const TtecommText *text,
                         TtecommGateButton button,
                         const char *ttecomm_url,
                         const char *account_url)
{
  const Button *row = &table[button];
  const char *address;
  TtecommButtonKind kind;

  if (button == TTECOMM_GATE_BUTTON_NONE)
    return;
  for (guint i = 0; i < buttons->len; i++)
    if (g_str_equal (((TtecommButton *)buttons->pdata[i])->id, row->id))
      return;
  address = address_of (row, ttecomm_url, account_url);
  kind = row->leads == TO_TARGET || address != NULL ? row->kind : TTECOMM_BUTTON_ACTION;
  g_ptr_array_add (buttons,
                   ttecomm_button_new (row->id, ttecomm_text_get (text, row->context, row->label),
                                       kind, address != NULL ? address : row->target));
}
