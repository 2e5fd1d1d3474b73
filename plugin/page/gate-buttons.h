/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/decision-words.h"
#include "plugin/text/text.h"

G_BEGIN_DECLS

/* The buttons of gate.md section 5. */
typedef enum
{
  TTECOMM_GATE_BUTTON_NONE,
  TTECOMM_GATE_BUTTON_ASK_OWNER,
  TTECOMM_GATE_BUTTON_BROWSER,
  TTECOMM_GATE_BUTTON_BUY,
  TTECOMM_GATE_BUTTON_BUY_AGAIN,
  TTECOMM_GATE_BUTTON_CHECK_AGAIN,
  TTECOMM_GATE_BUTTON_CONNECT,
  TTECOMM_GATE_BUTTON_CONTACT,
  TTECOMM_GATE_BUTTON_DATE,
  TTECOMM_GATE_BUTTON_DETAILS,
  TTECOMM_GATE_BUTTON_NETWORK,
  TTECOMM_GATE_BUTTON_NOT_NOW,
  TTECOMM_GATE_BUTTON_PASSWORD,
  TTECOMM_GATE_BUTTON_PAYMENT,
  TTECOMM_GATE_BUTTON_RECONNECT,
  TTECOMM_GATE_BUTTON_RENEW,
  TTECOMM_GATE_BUTTON_RETRY,
  TTECOMM_GATE_BUTTON_ROLE,
  TTECOMM_GATE_BUTTON_SIGN_IN,
  TTECOMM_GATE_BUTTON_SWITCH_ACCOUNT,
  TTECOMM_GATE_BUTTON_TTECOMM,
  TTECOMM_GATE_BUTTON_UPDATE,
} TtecommGateButton;

/**
 * ttecomm_gate_button_add:
 * @buttons: (element-type TtecommButton)
 * @ttecomm_url: (nullable): origin of the account pages
 * @account_url: (nullable): the account's own page
 *
 * Appends the button, unless one that does the same is there already. One that would lead to a page
 * whose address is not known explains on our page instead.
 */
void ttecomm_gate_button_add (GPtrArray *buttons,
                              const TtecommText *text,
                              TtecommGateButton button,
                              const char *ttecomm_url,
                              const char *account_url);

G_END_DECLS
