/* SPDX-License-Identifier: MIT */
#include "plugin/page/gate-words.h"

#include "plugin/page/gate-buttons.h"
#include "plugin/text/when.h"

#include <string.h>

#define DAY 86400
#define MAX_BUTTONS 3
#define MAX_VALUES 24

/* One row of gate.md section 5: the text, verbatim, and its buttons. */
typedef struct
{
  const char *code;
  const char *context;
  const char *message; /* (nullable): nothing to say */
  TtecommGateButton buttons[MAX_BUTTONS];
} Row;

static const Row rows[] = {
  { "cancelled", NULL, NULL, { 0 } },
  { "ok", NULL, NULL, { 0 } },
  { "never_connected",
    TTECOMM_TEXT_MARK ("gate", "{site} has never been connected to TTcloud. Connect it first."),
    { TTECOMM_GATE_BUTTON_CONNECT } },
  { "locked",
    TTECOMM_TEXT_MARK ("gate", "Enter the password of {site} first."),
    { TTECOMM_GATE_BUTTON_PASSWORD } },
  { "sign_in",
    TTECOMM_TEXT_MARK ("gate", "Sign in to TTcloud to open a remote session."),
    { TTECOMM_GATE_BUTTON_SIGN_IN } },
  { "prosoft_old",
    TTECOMM_TEXT_MARK (
        "gate",
        "Remote sessions with {site} need PROSOFT {min} or newer; this is {version}. Your "
        "subscription is not affected."),
    { TTECOMM_GATE_BUTTON_UPDATE } },
  { "not_linked",
    TTECOMM_TEXT_MARK (
        "gate",
        "{site} is not linked to {account}. Ask its owner, or sign in with another account."),
    { TTECOMM_GATE_BUTTON_SWITCH_ACCOUNT } },
  { "role",
    TTECOMM_TEXT_MARK (
        "gate",
        "Your role for {site} does not include remote sessions. Its owner or system integrator "
        "can open one."),
    { TTECOMM_GATE_BUTTON_ROLE } },
  { "role_unknown",
    TTECOMM_TEXT_MARK (
        "gate",
        "TTcloud could not tell your role for {site}. Transmit the users of {site} with PROSOFT, "
        "then try again."),
    { TTECOMM_GATE_BUTTON_RETRY } },
  { "access_disabled_by_owner",
    TTECOMM_TEXT_MARK ("gate",
                       "The owner of {site} has switched off access for system integrators."),
    { TTECOMM_GATE_BUTTON_ASK_OWNER } },
  { "suspended",
    TTECOMM_TEXT_MARK (
        "gate",
        "Remote Services for {site} is paused by TELETASK. Contact support and mention {ref}."),
    { TTECOMM_GATE_BUTTON_CONTACT } },
  { "not_activated",
    TTECOMM_TEXT_MARK ("gate", "Remote Services is not activated yet for {site}."),
    { TTECOMM_GATE_BUTTON_BUY, TTECOMM_GATE_BUTTON_NOT_NOW } },
  { "payment",
    TTECOMM_TEXT_MARK (
        "gate",
        "The renewal payment did not succeed and Remote Services ended on {until}. Payer: "
        "{payer}."),
    { TTECOMM_GATE_BUTTON_PAYMENT } },
  { "ended",
    TTECOMM_TEXT_MARK ("gate",
                       "Remote Services for {site} ended on {until}; renewal was switched off."),
    { TTECOMM_GATE_BUTTON_BUY_AGAIN } },
  { "ended_check",
    TTECOMM_TEXT_MARK ("gate",
                       "Remote Services for {site} ended on {until}, although renewal is on."),
    { TTECOMM_GATE_BUTTON_CHECK_AGAIN, TTECOMM_GATE_BUTTON_TTECOMM } },
  { "flag_off",
    TTECOMM_TEXT_MARK (
        "gate",
        "TTcloud says Remote Services is off for {site} although it is paid until {until}. "
        "Contact support and mention {ref}."),
    { TTECOMM_GATE_BUTTON_CHECK_AGAIN } },
  { "not_connected",
    TTECOMM_TEXT_MARK (
        "gate",
        "{site} is not connected to TTcloud (last seen {seen}). Your subscription is fine until "
        "{until}."),
    { TTECOMM_GATE_BUTTON_RECONNECT, TTECOMM_GATE_BUTTON_RETRY } },
  { "payment_soon",
    TTECOMM_TEXT_MARK (
        "gate",
        "The renewal payment did not succeed. Remote sessions keep working until {until}."),
    { TTECOMM_GATE_BUTTON_PAYMENT } },
  { "clock",
    TTECOMM_TEXT_MARK (
        "gate",
        "The clock of this PC is {diff} wrong. Sessions work, but not when TTcloud cannot be "
        "reached."),
    { TTECOMM_GATE_BUTTON_DATE } },
  { "flag_unknown",
    TTECOMM_TEXT_MARK (
        "gate",
        "Could not check the subscription of {site}: {cause}. This is not about your payment."),
    { TTECOMM_GATE_BUTTON_RETRY, TTECOMM_GATE_BUTTON_DETAILS } },
  { "clock_unreadable",
    TTECOMM_TEXT_MARK ("gate", "The date of this PC cannot be read."),
    { TTECOMM_GATE_BUTTON_RETRY } },
  { "clock_back",
    TTECOMM_TEXT_MARK (
        "gate",
        "The PC shows {date}, earlier than the last check with TTcloud ({high_water}). Correct "
        "the date, or go online and try again."),
    { TTECOMM_GATE_BUTTON_DATE, TTECOMM_GATE_BUTTON_RETRY } },
  { "unknown_was_no",
    TTECOMM_TEXT_MARK ("gate",
                       "Could not check again: {cause}. The last check ({when}) said: {reason}."),
    { TTECOMM_GATE_BUTTON_RETRY } },
  { "grace_over",
    TTECOMM_TEXT_MARK (
        "gate",
        "TTcloud could not be reached since {when}. Your subscription ran until {until} at the "
        "last check."),
    { TTECOMM_GATE_BUTTON_RETRY, TTECOMM_GATE_BUTTON_NETWORK } },
  { "renewal_unconfirmed",
    TTECOMM_TEXT_MARK ("gate",
                       "Could not confirm the renewal of {until}. Go online and try again."),
    { TTECOMM_GATE_BUTTON_RETRY } },
  { "ended_unconfirmed",
    TTECOMM_TEXT_MARK (
        "gate",
        "At the last check ({when}) Remote Services was to end on {until}. Go online to confirm "
        "or renew."),
    { TTECOMM_GATE_BUTTON_BUY_AGAIN, TTECOMM_GATE_BUTTON_RETRY } },
  { "stale",
    TTECOMM_TEXT_MARK ("gate", "Using the check of {when}; the next one is needed by {exp}."),
    { 0 } },
  { "recent",
    TTECOMM_TEXT_MARK ("gate", "TTcloud could not be reached; using the check of {when}."),
    { 0 } },
};

/* Part C when TTcloud was reached and wants the person to sign in again: it is not the network. */
static const Row refused_rows[] = {
  { "grace_over",
    TTECOMM_TEXT_MARK (
        "gate",
        "TTcloud wants you to sign in again; the check of {when} is too old to open a "
        "session by it."),
    { TTECOMM_GATE_BUTTON_SIGN_IN } },
  { "stale",
    TTECOMM_TEXT_MARK (
        "gate",
        "TTcloud wants you to sign in again; using the check of {when} until {exp}."),
    { TTECOMM_GATE_BUTTON_SIGN_IN } },
  { "recent",
    TTECOMM_TEXT_MARK ("gate", "TTcloud wants you to sign in again; using the check of {when}."),
    { TTECOMM_GATE_BUTTON_SIGN_IN } },
};

/* Row A14: the only text with a number. */
#define ENDS_SOON "ends_soon"
static const Row ends_soon = { ENDS_SOON, "gate", NULL, { TTECOMM_GATE_BUTTON_RENEW } };

/* Part B: what could not be used, and what helps. */
static const Row causes[] = {
  { "reply_altered",
    TTECOMM_TEXT_MARK (
        "gate",
        "The answer from TTcloud could not be verified, so it was not used. Something between "
        "this PC and TTcloud may change data (proxy, antivirus)."),
    { 0 } },
  { "keys",
    TTECOMM_TEXT_MARK (
        "gate",
        "This module does not know TTcloud's current key. Updating PROSOFT usually solves this."),
    { TTECOMM_GATE_BUTTON_UPDATE } },
  { "replay",
    TTECOMM_TEXT_MARK (
        "gate",
        "The answer from TTcloud could not be verified, so it was not used. Something between "
        "this PC and TTcloud may change data (proxy, antivirus)."),
    { 0 } },
  { "wrong_site",
    TTECOMM_TEXT_MARK ("gate", "TTcloud answered for another installation. Nothing was changed."),
    { 0 } },
  { "portal",
    TTECOMM_TEXT_MARK ("gate", "This network asks you to sign in first (hotel or guest network?)."),
    { TTECOMM_GATE_BUTTON_BROWSER } },
  { "sign_in",
    TTECOMM_TEXT_MARK ("gate", "TTcloud wants you to sign in again."),
    { TTECOMM_GATE_BUTTON_SIGN_IN } },
  { "refused",
    TTECOMM_TEXT_MARK ("gate", "TTcloud is busy or a proxy refused the request ({status})."),
    { 0 } },
  { "proxy_login",
    TTECOMM_TEXT_MARK ("gate", "TTcloud is busy or a proxy refused the request ({status})."),
    { 0 } },
  { "busy",
    TTECOMM_TEXT_MARK ("gate", "TTcloud is busy or a proxy refused the request ({status})."),
    { 0 } },
  { "tls_clock",
    TTECOMM_TEXT_MARK (
        "gate",
        "The date of this PC looks wrong ({date}), so no secure connection is possible."),
    { TTECOMM_GATE_BUTTON_DATE } },
  { "tls_trust",
    TTECOMM_TEXT_MARK (
        "gate",
        "The secure connection is intercepted or misconfigured: {issuer}. Ask your network "
        "administrator."),
    { 0 } },
  { "offline", TTECOMM_TEXT_MARK ("gate", "TTcloud could not be reached."), { 0 } },
  { "blocked", TTECOMM_TEXT_MARK ("gate", "TTcloud could not be reached."), { 0 } },
  { "slow", TTECOMM_TEXT_MARK ("gate", "TTcloud could not be reached."), { 0 } },
};

/* All values, named as in the texts. */
typedef struct
{
  TtecommTextValue values[MAX_VALUES];
  gsize n;
  GPtrArray *owned; /* (owned) (element-type utf8): the computed ones */
} Values;

static void
values_clear (Values *self)
{
  g_clear_pointer (&self->owned, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

static void
put (Values *self, const char *name, const char *value, const char *otherwise)
{
  gboolean is_missing = value == NULL || *value == '\0';

  g_return_if_fail (self->n < MAX_VALUES);
  self->values[self->n++] = (TtecommTextValue){ name, is_missing ? otherwise : value, is_missing };
}

/* @value is a text of ours. */
static void
take (Values *self, const char *name, char *value)
{
  g_return_if_fail (self->n < MAX_VALUES);
  g_ptr_array_add (self->owned, value);
  self->values[self->n++] = (TtecommTextValue){ name, value, TRUE };
}

static char *
tell_instant (const TtecommText *text, gint64 instant, gint64 now)
{
  if (instant == 0)
    return g_strdup (ttecomm_text_get (text, "gate", "at an unknown time"));
  return ttecomm_text_instant (text, instant, now != 0 ? now : G_MININT64);
}

static char *
tell_status (const TtecommText *text, guint status)
{
  return status != 0 ? g_strdup_printf ("%u", status)
                     : g_strdup (ttecomm_text_get (text, "gate", "without a reason"));
}

static char *
tell_until (const TtecommText *text, const char *until)
{
  if (until == NULL || *until == '\0')
    return g_strdup (ttecomm_text_get (text, "gate", "an unknown date"));
  return ttecomm_text_iso_date (text, until);
}

static void
values_init (Values *self, const TtecommText *text, const TtecommWordFacts *facts)
{
  const char *unknown = ttecomm_text_get (text, "gate", "unknown");

  self->n = 0;
  self->owned = g_ptr_array_new_with_free_func (g_free);
  put (self, "site", facts->site, ttecomm_text_get (text, "gate", "this installation"));
  put (self, "account", facts->account, ttecomm_text_get (text, "gate", "this account"));
  put (self, "version", facts->version, ttecomm_text_get (text, "gate", "an unknown version"));
  put (self, "min", facts->min, unknown);
  put (self, "payer", facts->payer, unknown);
  put (self, "ref", facts->reference,
       ttecomm_text_get (text, "gate", "the name of the installation"));
  put (self, "issuer", facts->issuer, ttecomm_text_get (text, "gate", "unknown issuer"));
  take (self, "until", tell_until (text, facts->until));
  take (self, "seen", tell_instant (text, facts->seen, facts->now));
  take (self, "when", tell_instant (text, facts->when, facts->now));
  take (self, "exp", tell_instant (text, facts->exp, facts->now));
  /* Both with the full date: they are compared. */
  take (self, "date", tell_instant (text, facts->now, 0));
  take (self, "high_water", tell_instant (text, facts->high_water, 0));
  take (self, "diff", ttecomm_text_span (text, facts->clock_off));
  take (self, "status", tell_status (text, facts->status));
}

static const Row *
find (const Row *table, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (table[i].code, code) == 0)
      return &table[i];
  return NULL;
}

/* An unknown code is a check that could not be done. */
static const Row *
find_row (const char *code, const char *cause)
{
  const Row *row = NULL;

  if (g_strcmp0 (cause, "sign_in") == 0)
    row = find (refused_rows, G_N_ELEMENTS (refused_rows), code);
  if (row == NULL)
    row = find (rows, G_N_ELEMENTS (rows), code);
  if (g_strcmp0 (code, ENDS_SOON) == 0)
    return &ends_soon;
  return row != NULL ? row : find (rows, G_N_ELEMENTS (rows), "flag_unknown");
}

static const Row *
find_cause (const char *cause)
{
  const Row *row = find (causes, G_N_ELEMENTS (causes), cause);

  return row != NULL ? row : find (causes, G_N_ELEMENTS (causes), "offline");
}

/* Without its full stop, to stand inside another sentence. */
static char *
as_clause (char *sentence)
{
  gsize length = strlen (sentence);

  if (length > 0 && sentence[length - 1] == '.')
    sentence[length - 1] = '\0';
  return sentence;
}

static char *
fill (const TtecommText *text, const Row *row, const Values *values)
{
  return ttecomm_text_fill (ttecomm_text_get (text, row->context, row->message), values->values,
                            values->n);
}

char *
ttecomm_gate_cause_words (const TtecommText *text, const TtecommWordFacts *facts)
{
  g_auto (Values) values = { 0 };

  values_init (&values, text, facts);
  return fill (text, find_cause (facts->cause), &values);
}

static guint64
days_left (const TtecommWordFacts *facts)
{
  gint64 left = facts->until_ts - facts->trusted;

  if (facts->until_ts <= 0 || facts->trusted <= 0 || left <= 0)
    return 0;
  return (guint64)((left - 1) / DAY + 1);
}

static char *
tell_ends_soon (const TtecommText *text, const TtecommWordFacts *facts)
{
  g_autofree char *until = tell_until (text, facts->until);

  return ttecomm_text_format_plural (text, "gate",
                                     "Remote Services ends on {until} ({n} day); renewal is off.",
                                     "Remote Services ends on {until} ({n} days); renewal is off.",
                                     days_left (facts), "until", until, NULL);
}

static char *
tell_was (const TtecommText *text, const TtecommWordFacts *facts, const Values *values)
{
  const Row *row = find (rows, G_N_ELEMENTS (rows), facts->was);

  if (row == NULL || row->message == NULL || g_str_equal (row->code, "unknown_was_no"))
    return g_strdup (ttecomm_text_get (text, "gate", "no remote session may be opened"));
  return as_clause (fill (text, row, values));
}

static char *
tell (const TtecommText *text, const TtecommWordFacts *facts, const Row *row)
{
  g_auto (Values) values = { 0 };

  if (row == &ends_soon)
    return tell_ends_soon (text, facts);
  if (row->message == NULL)
    return NULL;
  values_init (&values, text, facts);
  take (&values, "cause", as_clause (fill (text, find_cause (facts->cause), &values)));
  if (g_str_equal (row->code, "unknown_was_no"))
    take (&values, "reason", tell_was (text, facts, &values));
  return fill (text, row, &values);
}

static void
add_buttons (GPtrArray *buttons,
             const TtecommText *text,
             const TtecommWordFacts *facts,
             const Row *row)
{
  for (gsize i = 0; row != NULL && i < MAX_BUTTONS; i++)
    ttecomm_gate_button_add (buttons, text, row->buttons[i], facts->ttecomm_url,
                             facts->account_url);
}

void
ttecomm_gate_words (const TtecommText *text,
                    const TtecommWordFacts *facts,
                    char **message,
                    GPtrArray **buttons)
{
  const Row *row = find_row (facts->code, facts->cause);

  *message = tell (text, facts, row);
  *buttons = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_button_free);
  add_buttons (*buttons, text, facts, row);
  if (row->message != NULL && strstr (row->message, "{cause}") != NULL)
    add_buttons (*buttons, text, facts, find_cause (facts->cause));
  if (g_strcmp0 (row->code, "unknown_was_no") == 0)
    add_buttons (*buttons, text, facts, find (rows, G_N_ELEMENTS (rows), facts->was));
}
