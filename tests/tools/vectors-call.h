/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"
#include "tests/tools/vectors.h"

G_BEGIN_DECLS

#define VECTORS_MAX_TEXT 256

/* What nearly every function of the terms needs. */
typedef struct
{
  JsonObject *in;      /* borrowed from the row */
  TtecommTerms *terms; /* (owned) */
} VectorsCall;

gboolean
vectors_call_init (VectorsCall *call, JsonObject *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void vectors_call_clear (VectorsCall *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VectorsCall, vectors_call_clear)

gboolean vectors_get_date (JsonObject *in, const char *name, GDate *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* None where it is null or absent. */
gboolean vectors_get_optional_date (JsonObject *in, const char *name, GDate *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean vectors_get_int (JsonObject *in, const char *name, gint64 *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The members `period` and, optional, `months`. */
gboolean vectors_get_choice (JsonObject *in,
                             TtecommTermChoice *choice,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
