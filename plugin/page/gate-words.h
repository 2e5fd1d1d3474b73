/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/decision-words.h"
#include "plugin/text/text.h"

G_BEGIN_DECLS

/**
 * TtecommWordFacts:
 *
 * What the words of gate.md section 5 are filled with. Everything is borrowed and may be missing:
 * then a neutral word stands in its place ("this installation"), never a hole.
 */
typedef struct
{
  const char *code;  /* of the table: "ok", "ended", ... */
  const char *cause; /* (nullable): rows C: why TTcloud could not be asked */
  const char *was;   /* (nullable): row C4: the code of the last verified answer */

  const char *site;      /* (nullable): name of the installation */
  const char *account;   /* (nullable): address of the signed-in account */
  const char *version;   /* (nullable): of PROSOFT */
  const char *min;       /* (nullable): the oldest PROSOFT that will do */
  const char *until;     /* (nullable): YYYY-MM-DD, inclusive */
  const char *payer;     /* (nullable): display name */
  const char *reference; /* (nullable): what support can look up */
  const char *issuer;    /* (nullable): cause tls_trust: who issued the certificate */
  guint status;          /* cause busy, refused, proxy_login: the HTTP status; 0: unknown */
  gint64 until_ts;       /* Unix s: the first second it is over; for {n}; 0: unknown */
  gint64 trusted;        /* Unix s: the time the decision was made with; for {n}; 0: unknown */
  gint64 seen;           /* Unix s: when the installation was last connected; 0: unknown */
  gint64 when;           /* Unix s: when the answer in use was made (`iat`); 0: unknown */
  gint64 exp;            /* Unix s: last second the answer may be used; 0: unknown */
  gint64 high_water;     /* Unix s: 0: unknown */
  gint64 clock_off;      /* seconds by which the PC's clock is wrong */
  gint64 now;            /* Unix s: the PC's clock; 0: cannot be read */

  /* (nullable): where buttons lead; without them such a button explains on our page instead. */
  const char *ttecomm_url; /* origin of the account pages */
  const char *account_url; /* the account's own page, for cards, payments and renewal */
} TtecommWordFacts;

/**
 * ttecomm_gate_words:
 * @message: (out): what the person reads; %NULL for a code with nothing to say (ok, cancelled)
 * @buttons: (out): (element-type TtecommButton): perhaps empty, never %NULL; at least one for every
 *   code that does not open a session, but cancelled
 *
 * The words of a decision. A code or cause that is not in the table says that the check could not
 * be done, which is true, and offers to try again. Thread: any.
 */
void ttecomm_gate_words (const TtecommText *text,
                         const TtecommWordFacts *facts,
                         char **message,
                         GPtrArray **buttons);

/* The words for a cause alone ("TTcloud could not be reached."), as in {cause}. (transfer full) */
char *ttecomm_gate_cause_words (const TtecommText *text,
                                const TtecommWordFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
