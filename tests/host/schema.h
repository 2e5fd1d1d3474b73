/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * JSON Schema draft-07, as much of it as the schemas of api/prosoft use. A schema with a keyword
 * that is not known here is refused when it is loaded: nothing is skipped in silence.
 */
typedef struct _HostSchema HostSchema;

#define HOST_SCHEMA_ERROR (host_schema_error_quark ())
GQuark host_schema_error_quark (void);

typedef enum
{
  HOST_SCHEMA_ERROR_SCHEMA, /* the schema itself */
  HOST_SCHEMA_ERROR_VALUE,  /* the value is not what the schema asks for */
} HostSchemaError;

HostSchema *
host_schema_new (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One of the schemas in api/prosoft, "page" or "plugin"; built into the program. */
HostSchema *host_schema_load (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void host_schema_free (HostSchema *schema);

/* The error names the place as a path ("/blocks/3/label") and what is wrong with it. */
gboolean
host_schema_check (HostSchema *schema, JsonNode *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostSchema, host_schema_free)

G_END_DECLS
