/* SPDX-License-Identifier: MIT */
#include "plugin/page/error-words.h"

#include "api/ttcloud/cloud-error.h"
#include "base/json.h"
#include "plugin/installation/nbt-error.h"
#include "plugin/purchase/purchase.h"

typedef struct
{
  int code;
  const char *context;
  const char *words;
} Row;

static const Row cloud_rows[] = {
  { TTECOMM_CLOUD_ERROR_OFFLINE,
    TTECOMM_TEXT_MARK (
        "error",
        "TTcloud could not be reached. Check the network connection of this PC, then try again.") },
  { TTECOMM_CLOUD_ERROR_BLOCKED,
    TTECOMM_TEXT_MARK (
        "error",
        "TTcloud could not be reached: this network does not find its address. Ask your network "
        "administrator whether TTcloud is blocked, then try again.") },
  { TTECOMM_CLOUD_ERROR_SLOW,
    TTECOMM_TEXT_MARK ("error", "TTcloud did not answer in time. Try again in a moment.") },
  { TTECOMM_CLOUD_ERROR_TLS_CLOCK,
    TTECOMM_TEXT_MARK (
        "error",
        "No secure connection to TTcloud is possible, probably because the date of this PC is "
        "wrong. Correct the date, then try again.") },
  { TTECOMM_CLOUD_ERROR_TLS_TRUST,
    TTECOMM_TEXT_MARK (
        "error",
        "The secure connection to TTcloud is intercepted or misconfigured, so nothing was sent. "
        "Ask your network administrator.") },
  { TTECOMM_CLOUD_ERROR_PORTAL,
    TTECOMM_TEXT_MARK (
        "error",
        "This network asks you to sign in first (hotel or guest network?). Open a browser, sign "
        "in to the network, then try again.") },
  { TTECOMM_CLOUD_ERROR_SIGN_IN,
    TTECOMM_TEXT_MARK ("error", "TTcloud wants you to sign in again. Choose Sign in.") },
  { TTECOMM_CLOUD_ERROR_REFUSED,
    TTECOMM_TEXT_MARK (
        "error",
        "TTcloud or a proxy refused the request. Try again; if it stays, ask your network "
        "administrator.") },
  { TTECOMM_CLOUD_ERROR_PROXY_LOGIN,
    TTECOMM_TEXT_MARK (
        "error",
        "The proxy of this network asks for a name and a password. Sign in to the proxy, then try "
        "again.") },
  { TTECOMM_CLOUD_ERROR_BUSY,
    TTECOMM_TEXT_MARK ("error", "TTcloud is busy. Try again in a few minutes.") },
  { TTECOMM_CLOUD_ERROR_ALTERED,
    TTECOMM_TEXT_MARK (
        "error",
        "The answer from TTcloud could not be understood, so it was not used. Something between "
        "this PC and TTcloud may change data (proxy, antivirus). Try again.") },
  { TTECOMM_CLOUD_ERROR_FOREIGN_LINK,
    TTECOMM_TEXT_MARK (
        "error",
        "The answer from TTcloud led to a page that is not TTecomm's, so it was not opened. "
        "Contact support.") },
  { TTECOMM_CLOUD_ERROR_DENIED,
    TTECOMM_TEXT_MARK ("error",
                       "The sign-in was refused in the browser. Choose Sign in to try again.") },
  { TTECOMM_CLOUD_ERROR_EXPIRED,
    TTECOMM_TEXT_MARK ("error",
                       "Nobody finished the sign-in in time. Choose Sign in to try again.") },
  { TTECOMM_CLOUD_ERROR_REPLACED,
    TTECOMM_TEXT_MARK (
        "error",
        "This sign-in was replaced by a newer one. Finish that one in the browser.") },
  { TTECOMM_CLOUD_ERROR_INVALID,
    TTECOMM_TEXT_MARK (
        "error",
        "The set-up of TTcloud in this PROSOFT is not usable. Update PROSOFT, or contact "
        "support.") },
};

static const Row problem_rows[] = {
  { TTECOMM_PROBLEM_NOT_SIGNED_IN,
    TTECOMM_TEXT_MARK ("error", "TTcloud wants you to sign in again. Choose Sign in.") },
  { TTECOMM_PROBLEM_ROLE,
    TTECOMM_TEXT_MARK (
        "error",
        "Your role for this installation does not allow this. Its owner or a system integrator "
        "can do it.") },
  { TTECOMM_PROBLEM_NOT_FOUND,
    TTECOMM_TEXT_MARK (
        "error",
        "TTcloud does not know this installation for your account. Transmit the users with "
        "PROSOFT, or sign in with another account.") },
  { TTECOMM_PROBLEM_INVALID,
    TTECOMM_TEXT_MARK ("error",
                       "TTcloud did not accept the request. Refresh the page and try again.") },
  { TTECOMM_PROBLEM_NOT_CONNECTED,
    TTECOMM_TEXT_MARK (
        "error",
        "The installation is not connected to TTcloud. Connect it, then try again.") },
  { TTECOMM_PROBLEM_PROSOFT_TOO_OLD,
    TTECOMM_TEXT_MARK (
        "error",
        "The installation was transmitted with a PROSOFT that is too old. Open it with the "
        "current PROSOFT, transmit it, then try again.") },
  { TTECOMM_PROBLEM_ACCOUNT_INCOMPLETE,
    TTECOMM_TEXT_MARK (
        "error",
        "Your account lacks data for buying. Complete it on its account page, then try again.") },
  { TTECOMM_PROBLEM_CARD_NOT_VERIFIED,
    TTECOMM_TEXT_MARK (
        "error",
        "Your card is missing or not verified. Add it on your account page, then try again.") },
  { TTECOMM_PROBLEM_ALREADY_SUBSCRIBED,
    TTECOMM_TEXT_MARK (
        "error",
        "This service runs already, so nothing was bought. Take it out of the basket.") },
  { TTECOMM_PROBLEM_QUOTE_CHANGED,
    TTECOMM_TEXT_MARK (
        "error",
        "Something changed since the price was shown, so nothing was bought. Look at the new "
        "price and confirm again.") },
  { TTECOMM_PROBLEM_QUOTE_EXPIRED,
    TTECOMM_TEXT_MARK (
        "error",
        "The price was shown on another day, so nothing was bought. Ask for the price again.") },
  { TTECOMM_PROBLEM_IDEMPOTENCY_CONFLICT,
    TTECOMM_TEXT_MARK (
        "error",
        "This purchase was sent already with other contents, so nothing new was bought. Refresh "
        "the page and look at the subscriptions.") },
  { TTECOMM_PROBLEM_CONFLICT,
    TTECOMM_TEXT_MARK (
        "error",
        "This does not fit the current state any more. Refresh the page and try again.") },
  { TTECOMM_PROBLEM_TOO_MANY,
    TTECOMM_TEXT_MARK ("error", "TTcloud is busy. Try again in a few minutes.") },
};

static const Row purchase_rows[] = {
  { TTECOMM_PURCHASE_ERROR_STATE,
    TTECOMM_TEXT_MARK (
        "error",
        "This cannot be done while another step of the purchase runs. Wait for it, or cancel the "
        "order.") },
  { TTECOMM_PURCHASE_ERROR_TERMS, TTECOMM_TEXT_MARK ("error", "Accept the terms of sale first.") },
  { TTECOMM_PURCHASE_ERROR_RECORD,
    TTECOMM_TEXT_MARK (
        "error",
        "The order could not be written to this PC's disk, so it was not sent and nothing was "
        "bought. Make room on the disk, then try again.") },
  { TTECOMM_PURCHASE_ERROR_FULL,
    TTECOMM_TEXT_MARK (
        "error",
        "The basket is full: 64 lines are the most that one order takes. Buy what is "
        "in it first, or take something out.") },
  { TTECOMM_PURCHASE_ERROR_INVALID,
    TTECOMM_TEXT_MARK ("error",
                       "This cannot be put into the basket. Choose Refresh, then try "
                       "again.") },
  { TTECOMM_PURCHASE_ERROR_UNKNOWN,
    TTECOMM_TEXT_MARK (
        "error",
        "Whether the order arrived is not known yet. It is asked again by itself and never sent "
        "twice; wait, or refresh.") },
};

/* What concerns a file's contents is one sentence; these can be told apart by a person. */
static const Row nbt_rows[] = {
  { TTECOMM_NBT_ERROR_MAGIC,
    TTECOMM_TEXT_MARK ("error", "This is not a PROSOFT project. Open another .nbt file.") },
  { TTECOMM_NBT_ERROR_VERSION,
    TTECOMM_TEXT_MARK (
        "error",
        "This project was saved by a newer PROSOFT. Update PROSOFT, then open it again.") },
  { TTECOMM_NBT_ERROR_FLAGS,
    TTECOMM_TEXT_MARK (
        "error",
        "This project was saved by a newer PROSOFT. Update PROSOFT, then open it again.") },
  { TTECOMM_NBT_ERROR_CRITICAL,
    TTECOMM_TEXT_MARK (
        "error",
        "This project was saved by a newer PROSOFT. Update PROSOFT, then open it again.") },
  { TTECOMM_NBT_ERROR_TRUNCATED,
    TTECOMM_TEXT_MARK (
        "error",
        "This project file is cut short. Open a backup, or save the project again.") },
  { TTECOMM_NBT_ERROR_SIZE,
    TTECOMM_TEXT_MARK (
        "error",
        "This project file is cut short. Open a backup, or save the project again.") },
  { TTECOMM_NBT_ERROR_READ,
    TTECOMM_TEXT_MARK ("error",
                       "PROSOFT could not read the project file. Close it and open it again.") },
};

static const char *
find (const TtecommText *text, const Row *rows, gsize n, int code)
{
  for (gsize i = 0; i < n; i++)
    if (rows[i].code == code)
      return ttecomm_text_get (text, rows[i].context, rows[i].words);
  return NULL;
}

/* Somebody was faster, or this person was: that says more than "something changed". */
static const char *
changed_words (const TtecommText *text, const TtecommProblem *problem)
{
  if (problem->name != TTECOMM_PROBLEM_QUOTE_CHANGED)
    return NULL;
  if ((problem->blockers & TTECOMM_BLOCKER_ALREADY_SUBSCRIBED) != 0)
    return ttecomm_text_get (text, "error",
                             "A service of this basket was bought with another order meanwhile, so "
                             "this one was not made and nothing was charged. Ask for the price "
                             "again: it says which service, and the rest can still be bought.");
  if ((problem->blockers & TTECOMM_BLOCKER_CONFLICT) != 0)
    return ttecomm_text_get (text, "error",
                             "An order of yours for a service of this basket waits for its payment "
                             "already, so no second one was made and nothing was charged. Pay that "
                             "one or cancel it, then go on.");
  return NULL;
}

static const char *
cloud_words (const TtecommText *text, const GError *error)
{
  const TtecommProblem *problem = ttecomm_cloud_error_get_problem (error);
  const char *words = NULL;

  if (error->code == TTECOMM_CLOUD_ERROR_PROBLEM && problem != NULL)
    words = changed_words (text, problem);
  if (words != NULL)
    return words;
  if (error->code == TTECOMM_CLOUD_ERROR_PROBLEM && problem != NULL)
    return find (text, problem_rows, G_N_ELEMENTS (problem_rows), (int)problem->name);
  return find (text, cloud_rows, G_N_ELEMENTS (cloud_rows), error->code);
}

static const char *
find_words (const TtecommText *text, const GError *error)
{
  const char *words;

  if (error->domain == TTECOMM_CLOUD_ERROR)
    return cloud_words (text, error);
  if (error->domain == TTECOMM_PURCHASE_ERROR)
    return find (text, purchase_rows, G_N_ELEMENTS (purchase_rows), error->code);
  if (error->domain == TTECOMM_NBT_ERROR)
    {
      words = find (text, nbt_rows, G_N_ELEMENTS (nbt_rows), error->code);
      return words != NULL ? words
                           : ttecomm_text_get (text, "error",
                                               "This project file is damaged. Open a backup, "
                                               "or save the project again.");
    }
  if (error->domain == TTECOMM_JSON_ERROR)
    return ttecomm_text_get (text, "error",
                             "Data that arrived could not be understood, so it was not used. Try "
                             "again; if it stays, update PROSOFT.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ttecomm_text_get (text, "error", "Cancelled. Choose the action again to go on.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return ttecomm_text_get (text, "error", "This took too long. Try again in a moment.");
  return NULL;
}

char *
ttecomm_error_words (const TtecommText *text, const GError *error)
{
  const char *words = error != NULL ? find_words (text, error) : NULL;

  if (words == NULL)
    words = ttecomm_text_get (text, "error",
                              "Something unexpected happened. Try again; if it happens again, "
                              "contact support with the log of PROSOFT.");
  return g_strdup (words);
}
