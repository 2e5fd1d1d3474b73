/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

/* A day that exists, from YYYY-MM-DD. */
GDate support_date (const char *iso);

/* The object of one of tests/data/vectors/terms-of-sale.json, a copy that may be changed. */
JsonObject *support_terms_object (const char *id);

/* The same, parsed. */
TtecommTerms *support_terms (const char *id);

/* "2026-09-30", or "none". (transfer full) */
char *support_date_text (const GDate *date);

#define support_assert_date(date, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_text = support_date_text (date);                                             \
    g_assert_cmpstr (_text, ==, (expected));                                                       \
  }                                                                                                \
  G_STMT_END
