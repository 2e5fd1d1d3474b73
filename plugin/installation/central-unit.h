/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One central unit of an installation; a subscription covers all of them (S15-S18). */
typedef struct
{
  char *type;     /* (owned): "PICOS 250" */
  char *name;     /* (owned) */
  char *serial;   /* (owned) (nullable) */
  char *mac;      /* (owned) (nullable) */
  char *ip;       /* (owned) (nullable) */
  char *firmware; /* (owned) (nullable) */
} TtecommCentralUnit;

/* One element of section UNIT; domain TTECOMM_JSON_ERROR. Any thread. */
TtecommCentralUnit *ttecomm_central_unit_new_from_json (JsonObject *object,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_central_unit_free (TtecommCentralUnit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommCentralUnit, ttecomm_central_unit_free)

G_END_DECLS
