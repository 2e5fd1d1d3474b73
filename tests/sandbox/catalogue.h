/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "plugin/terms/tax.h"
#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/* What is sold, at fictitious prices (C28), and the terms it is sold under. Read-only data. */
typedef struct
{
  char *id;              /* (owned): "RS" */
  char *order_reference; /* (owned): "TSF16100" (S12) */
  GStrv aliases;         /* (owned): accepted, never given out (C3) */
  char *name;            /* (owned) */
  gint64 list_cents;     /* net */
  TtecommTerms *terms;   /* (owned) */
} SandboxProduct;

typedef struct
{
  JsonArray *products_json; /* (owned): as the data file has it */
  JsonObject *terms_json;   /* (owned): terms by id */
  GPtrArray *products;      /* (owned) (element-type SandboxProduct) */
  TtecommTaxTable *taxes;   /* (owned) */
} SandboxCatalogue;

SandboxCatalogue *sandbox_catalogue_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_catalogue_free (SandboxCatalogue *self);

/* (nullable): by id, order reference or alias. Borrowed. */
const SandboxProduct *sandbox_catalogue_find (const SandboxCatalogue *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxCatalogue, sandbox_catalogue_free)

G_END_DECLS
