/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommJsonWriter:
 *
 * Writes one JSON value front to back, without a tree: a page of thousands of rows is made within
 * milliseconds. Brackets must pair; @name is %NULL inside an array and for the outermost value.
 */
typedef struct
{
  GString *out;     /* (owned) */
  gboolean pending; /* the next member needs a comma in front */
  guint depth;
} TtecommJsonWriter;

void ttecomm_json_writer_init (TtecommJsonWriter *self);
void ttecomm_json_writer_clear (TtecommJsonWriter *self);

/* What was written, brackets closed. (transfer full) */
GBytes *ttecomm_json_writer_finish (TtecommJsonWriter *self) G_GNUC_WARN_UNUSED_RESULT;

void ttecomm_json_writer_begin (TtecommJsonWriter *self, const char *name, char bracket);
void ttecomm_json_writer_end (TtecommJsonWriter *self, char bracket);

/* @value: valid UTF-8 */
void ttecomm_json_writer_string (TtecommJsonWriter *self, const char *name, const char *value);
void ttecomm_json_writer_int (TtecommJsonWriter *self, const char *name, gint64 value);
void ttecomm_json_writer_boolean (TtecommJsonWriter *self, const char *name, gboolean value);
void ttecomm_json_writer_null (TtecommJsonWriter *self, const char *name);

G_END_DECLS
