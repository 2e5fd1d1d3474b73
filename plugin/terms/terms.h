/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Terms of sale as data: how one kind of product is sold. The code knows no vendor and no product;
 * everything that differs is a field here. The functions of this room are pure: no I/O, no clock,
 * no locale, no time zone but one that is handed in. Thread: any; terms never change once parsed.
 *
 * Conventions of the room:
 *  - a day is a GDate; an invalid one (g_date_clear()) says "none";
 *  - an end date is the last day of service (inclusive);
 *  - money is integer cents of `currency`, net unless a name says otherwise;
 *  - percentages are basis points (10000 = 100 %).
 */

#define TTECOMM_TERMS_MAX_REMINDERS 8
#define TTECOMM_TERMS_MAX_PERIODS 32
#define TTECOMM_TERMS_MAX_MONTHS 600
#define TTECOMM_TERMS_MAX_CENTS G_GINT64_CONSTANT (1000000000000000)
#define TTECOMM_TERMS_MAX_UNITS G_GINT64_CONSTANT (1000000000)
/* The most terms one subscription may run through. */
#define TTECOMM_TERMS_MAX_N G_GINT64_CONSTANT (100000)

/**
 * TtecommTermsError:
 * @TTECOMM_TERMS_ERROR_INVALID: an argument that makes no sense (a negative price, n below 1, ...)
 * @TTECOMM_TERMS_ERROR_UNSUPPORTED: terms that ask for what this code does not do
 * @TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD: no such id in `periods`
 * @TTECOMM_TERMS_ERROR_MONTHS_OUT_OF_RANGE: a free period without months, or outside its bounds
 * @TTECOMM_TERMS_ERROR_BELOW_MINIMUM_UNITS: fewer units than may be bought
 * @TTECOMM_TERMS_ERROR_ABOVE_MAXIMUM_UNITS: more units than may be bought
 * @TTECOMM_TERMS_ERROR_EXPIRED: the day lies after the end
 * @TTECOMM_TERMS_ERROR_OVERFLOW: an amount too large to be counted
 */
typedef enum
{
  TTECOMM_TERMS_ERROR_INVALID,
  TTECOMM_TERMS_ERROR_UNSUPPORTED,
  TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD,
  TTECOMM_TERMS_ERROR_MONTHS_OUT_OF_RANGE,
  TTECOMM_TERMS_ERROR_BELOW_MINIMUM_UNITS,
  TTECOMM_TERMS_ERROR_ABOVE_MAXIMUM_UNITS,
  TTECOMM_TERMS_ERROR_EXPIRED,
  TTECOMM_TERMS_ERROR_OVERFLOW,
} TtecommTermsError;

#define TTECOMM_TERMS_ERROR (ttecomm_terms_error_quark ())
GQuark ttecomm_terms_error_quark (void);

/* The code in snake case ("months_out_of_range"). Static. */
const char *ttecomm_terms_error_name (TtecommTermsError code);

typedef enum
{
  TTECOMM_OFFSET_NONE,
  TTECOMM_OFFSET_MONTHS,
  TTECOMM_OFFSET_DAYS,
} TtecommOffsetUnit;

/* A distance in the calendar. Months and days are never converted into each other (C30). */
typedef struct
{
  TtecommOffsetUnit unit;
  gint64 count;
} TtecommOffset;

typedef enum
{
  TTECOMM_ALIGNMENT_END_OF_MONTH, /* the last day of the month plus the period (S55) */
  TTECOMM_ALIGNMENT_ANNIVERSARY,
  TTECOMM_ALIGNMENT_EVERGREEN, /* no end (T23) */
} TtecommAlignment;

typedef enum
{
  TTECOMM_STACK_MULTIPLY,
  TTECOMM_STACK_ADD,
} TtecommStack;

typedef enum
{
  TTECOMM_PRORATION_NONE,
  TTECOMM_PRORATION_BY_DAY,
} TtecommProration;

typedef enum
{
  TTECOMM_OVER_NONE,
  TTECOMM_OVER_FLAG,
  TTECOMM_OVER_AUTO_ADD,
  TTECOMM_OVER_LIMIT_WHEN_ZERO,
} TtecommOver;

typedef enum
{
  TTECOMM_INVOICE_PAYER_MONTH,
  TTECOMM_INVOICE_ACCOUNT,
  TTECOMM_INVOICE_SUBSCRIPTION,
} TtecommInvoiceGroup;

/* What `approval` names: operations that become requests. */
typedef enum
{
  TTECOMM_APPROVAL_CREATE = 1 << 0,
  TTECOMM_APPROVAL_UNITS = 1 << 1,
  TTECOMM_APPROVAL_LICENCE = 1 << 2,
  TTECOMM_APPROVAL_RENEW = 1 << 3,
  TTECOMM_APPROVAL_CANCEL = 1 << 4,
  TTECOMM_APPROVAL_INTERVAL = 1 << 5,
  TTECOMM_APPROVAL_REMOVE = 1 << 6,
} TtecommApproval;

typedef struct
{
  char *id;      /* (owned) */
  gint64 months; /* 0: free, chosen between the bounds below */
  gint64 months_min;
  gint64 months_max;
  gint64 months_default;
  gint64 discount_bp;
} TtecommPeriod;

typedef struct
{
  TtecommOffset before; /* counted back from the end */
  char *to;             /* (owned): whom, a role */
} TtecommReminder;

typedef struct
{
  char *id;       /* (owned) */
  char *currency; /* (owned): ISO 4217 */
  char *tz;       /* (owned): IANA name; turns an instant into "today", once, on the server */

  char *unit_kind;  /* (owned) */
  char *unit_scope; /* (owned) */
  gint64 unit_min;
  gint64 unit_max;      /* -1: no limit */
  gint64 unit_per_seat; /* units one seat covers */
  gboolean unit_typed;

  TtecommAlignment alignment;
  GPtrArray *periods; /* (owned) (element-type TtecommPeriod): at least one */
  gint64 start_past_days;
  gint64 start_future_days;

  gint64 price_list_months; /* months the list price is for; 0: one period */
  TtecommStack price_stack;
  gboolean price_final; /* FALSE: a list price, not the invoice (C34) */
  TtecommProration proration;

  gboolean renewal_auto;
  TtecommOffset charge_lead;
  TtecommReminder reminders[TTECOMM_TERMS_MAX_REMINDERS];
  guint n_reminders;

  char *cancel_effect;         /* (owned) */
  TtecommOffset cancel_notice; /* back from the renewal date */
  gboolean cancel_refund;
  gboolean cancel_self_service;
  char *removal_effect; /* (owned) (nullable) */
  TtecommOffset removal_freeze;
  guint approval; /* TtecommApproval flags */

  char *payer_scope;  /* (owned) */
  char *payer_change; /* (owned) */
  GStrv payer_who;    /* (owned): roles */

  TtecommOver usage_over;
  TtecommInvoiceGroup invoice_group;
  char *invoice_po;              /* (owned): none, optional, recommended */
  gint64 invoice_within_minutes; /* -1: not promised */

  GStrv cards;                      /* (owned): brands, in order */
  gint64 verify_cents;              /* 0: cards are not tested */
  gint64 other_from_cents;          /* -1: never */
  GDate other_grandfathered_before; /* invalid: nobody */

  gboolean requires_cloud;
  char *requires_prosoft; /* (owned) (nullable): the oldest version */
  char *requires_role;    /* (owned) (nullable) */
} TtecommTerms;

/**
 * ttecomm_terms_new_from_json:
 * @object: one object of a terms-of-sale file
 *
 * All or nothing: a member that is missing, of the wrong type, out of range or of an unknown
 * meaning refuses the whole, and the message names it by its path.
 *
 * Returns: (transfer full): free with ttecomm_terms_unref()
 */
TtecommTerms *ttecomm_terms_new_from_json (JsonObject *object,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

TtecommTerms *ttecomm_terms_ref (TtecommTerms *terms);
void ttecomm_terms_unref (TtecommTerms *terms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommTerms, ttecomm_terms_unref)

/* Which period: its id, and the months where the period leaves them free (otherwise ignored). */
typedef struct
{
  const char *period;
  gint64 months;
} TtecommTermChoice;

/* (nullable): borrowed from @terms. */
const TtecommPeriod *ttecomm_terms_find_period (const TtecommTerms *terms, const char *id);

/**
 * ttecomm_terms_resolve:
 * @months: (out): the length of one term
 * @discount_bp: (out) (nullable)
 */
gboolean ttecomm_terms_resolve (const TtecommTerms *terms,
                                const TtecommTermChoice *choice,
                                gint64 *months,
                                gint64 *discount_bp,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
