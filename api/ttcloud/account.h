/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/card.h"
#include "api/ttcloud/enums.h"

G_BEGIN_DECLS

typedef enum
{
  TTECOMM_TAX_ID_NONE,
  TTECOMM_TAX_ID_VAT,
  TTECOMM_TAX_ID_GST,
} TtecommTaxIdKind;

/**
 * TtecommAccount:
 *
 * Who is signed in (S31, S36, C23). Immutable, counted; any thread.
 */
typedef struct
{
  GDate server_today;
  char *id;       /* (owned): `acct` of the statements */
  char *email;    /* (owned) */
  char *name;     /* (owned) */
  char *company;  /* (owned) (nullable) */
  char *country;  /* (owned) (nullable): ISO 3166, two letters */
  char *street;   /* (owned) (nullable) */
  char *postcode; /* (owned) (nullable) */
  char *city;     /* (owned) (nullable) */
  TtecommTaxIdKind tax_id_kind;
  char *tax_id;        /* (owned) (nullable): NULL with TTECOMM_TAX_ID_NONE only */
  char *invoice_email; /* (owned) (nullable) */
  gboolean complete;   /* nothing is missing for buying; then @missing is none */
  TtecommMissing missing;
  TtecommCard *card; /* (owned) (nullable) */
  char *account_url; /* (owned): checked by the client to be of ttecomm-url's origin */
} TtecommAccount;

TtecommAccount *ttecomm_account_from_json (JsonObject *object,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommAccount *ttecomm_account_ref (TtecommAccount *self);
void ttecomm_account_unref (TtecommAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommAccount, ttecomm_account_unref)

G_END_DECLS
